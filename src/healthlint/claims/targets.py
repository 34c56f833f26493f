"""Targets: the conditions, symptoms, body functions and looks for which a benefit can be claimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from healthlint.language.annotation import MARK, NUMBER, WORD, Mention, Token

if TYPE_CHECKING:
    from healthlint.language.matching import View

TARGET_LEXICONS = {
    "condition": "condition",
    "symptom": "symptom",
    "body-function": "function",
    "appearance": "appearance",
    "wellbeing": "wellbeing",
    "outcome": "outcome",
    "body-part": "part",
    "weight-goal": "weight",
    "daily-life": "life",
}
"""Lexicons whose mentions can be a claim's target, and the kind of target each gives."""

_HEADS = {"head:function": "function", "head:complaint": "symptom"}
_SHORTEST_DISEASE = 7
"""A shorter word with the ending of a disease is mostly something else."""
_MEASURED = frozenset("cholesterol blood triglycerides glucose ldl".split())
_PART_OF = frozenset("of from in with associated caused".split())
_CLAUSE_WORDS = frozenset("that which who is are was were and or but".split())


class Target(NamedTuple):
    """One thing that can be made better; `first` and `last` are token indices, `last` exclusive."""

    term: str
    kind: str
    first: int
    last: int


class Endings(NamedTuple):
    """How the name of a disease ends that is in no list, and words that only end so."""

    endings: tuple[str, ...]
    exceptions: frozenset[str]


Span = TypeVar("Span", Target, Mention)


def target_terms(data: Mapping[str, Any]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Lexicon name and (written form, what it stands for) pairs of the words that make targets of others."""
    for name, key in (("head:function", "function-heads"), ("head:complaint", "complaint-heads")):
        yield name, [(word, word.replace("~", "")) for word in data[key]]
    yield "bodily", [(word, word) for word in data["bodily"]]
    yield "stranger", [(word, word) for word in data["strangers"]]


def targets_of(view: View, endings: Endings) -> list[Target]:
    """What a benefit can be claimed for, in order of place; a term within a longer one is left out."""
    by_lexicon, norms = view.by_lexicon, view.norms
    targets: list[Target] = []
    for lexicon, kind in TARGET_LEXICONS.items():
        if lexicon in by_lexicon:
            for _, term, first, last, _, _ in by_lexicon[lexicon]:
                if norms[first] == "lower" and last - first > 1 and norms[first + 1] in _MEASURED:
                    first += 1  # "lower cholesterol" begins with what is done to it; not so "lower back pain"
                targets.append(Target(term, kind, first, last))
    if "condition?" in by_lexicon:
        certain = {(t.first, t.last) for t in targets}
        targets.extend(
            Target(m.term, "condition", m.first, m.last)
            for m in by_lexicon["condition?"]
            if (m.first, m.last) not in certain and not _is_counted(view.tokens, m.first)
        )
    heads = not by_lexicon.keys().isdisjoint(_HEADS)
    as_disease, exceptions = endings
    diseases = [w for w in norms if len(w) >= _SHORTEST_DISEASE and w.endswith(as_disease) and w not in exceptions]
    if heads or diseases:
        listed = {i for t in targets for i in range(t.first, t.last)}
        if heads:
            targets.extend(_made(view, targets, listed))
        if diseases:
            places = [i for i, word in enumerate(norms) if word in diseases and i not in listed]
            targets.extend(Target(norms[i], "condition", i, i + 1) for i in places)
    if len(targets) < 2:
        return targets
    whole = outermost(targets)
    return [_with_its_condition(t, whole, view) for t in whole]


def outermost(spans: Iterable[Span]) -> list[Span]:
    """The spans in order of place, without those within a longer one: "hearing" in "hearing loss"."""
    whole: list[Span] = []
    first = last = 0
    for span in sorted(spans, key=_place):
        # one that begins no earlier than another must end after it, or be the same words
        if span.last > last or (span.first == first and span.last == last):
            whole.append(span)
            first, last = span.first, span.last
    return whole


def _place(span: Target | Mention) -> tuple[int, int]:
    return span.first, -span.last


def _made(view: View, targets: list[Target], listed: set[int]) -> list[Target]:
    """Targets made by a head: "collagen density", "digestive issues", "blood oxygen levels".

    `targets` are the listed ones and `listed` their tokens; "tissue" in "soft tissue" continues one and makes none.
    """
    by_lexicon, tokens = view.by_lexicon, view.tokens
    made = []
    within = {i for t in targets for i in range(t.first + 1, t.last)}
    strange = {m.last for m in by_lexicon.get("stranger", ())}
    bodily = {m.last: m.first for m in by_lexicon.get("bodily", ())}
    for lexicon, kind in _HEADS.items():
        for head in by_lexicon.get(lexicon, ()):
            before = head.first
            if before and tokens[before - 1].norm == "-":
                before -= 1
            if before in strange or before == 0 or head.first in within:
                continue
            if before - 1 in listed or before in bodily:
                first = bodily.get(before, before - 1)
                words = " ".join(t.norm for t in tokens[first : head.last] if t.kind == WORD)
                made.append(Target(words, kind, first, head.last))
    return made


def _is_counted(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a number stands before the word: "20 spots" are places on a list, and no acne."""
    return first > 0 and tokens[first - 1].kind == NUMBER


def _with_its_condition(target: Target, targets: list[Target], view: View) -> Target:
    """ "The symptoms of psoriasis" are psoriasis: a target together with the condition that it is part of."""
    if target.kind not in ("symptom", "appearance") or view.norms[target.last] not in _PART_OF:
        return target
    for other in targets:
        if other.first > target.last and other.kind == "condition":
            between = view.tokens[target.last + 1 : other.first]
            if len(between) <= 3 and not any(t.kind == MARK or t.norm in _CLAUSE_WORDS for t in between):
                return Target(other.term, other.kind, target.first, other.last)
            break
    return target


_MOST_WORDS_OF_AN_ITEM = 8
_BETWEEN_TARGETS = frozenset(
    """
    and or & of the a an other all any many most more mild moderate severe chronic acute occasional daily everyday
    stubborn persistent general poor low high better less early common minor recurring ongoing deep laser
    """.split()
)


def is_bare_list(tokens: tuple[Token, ...], targets: list[Target]) -> bool:
    """Whether the words only name targets, as an item of a list does: "Hay fever and sinus congestion"."""
    words = [i for i, token in enumerate(tokens) if token.kind == WORD]
    if not targets or not 0 < len(words) <= _MOST_WORDS_OF_AN_ITEM or tokens[-1].norm in (".", "?", "!", ":"):
        return False
    named = {i for target in targets for i in range(target.first, target.last)}
    return all(i in named or tokens[i].norm in _BETWEEN_TARGETS for i in words)
