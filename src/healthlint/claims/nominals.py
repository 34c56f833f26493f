"""Benefits said without a verb: "relief from pain", "immune-boosting", "better sleep", "capsules for joint pain"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from healthlint.claims.frames import BLOCKERS, Frame, fits, next_target
from healthlint.claims.relations import AGENT_LEXICONS, Relation
from healthlint.claims.targets import Target
from healthlint.claims.verbs import BE
from healthlint.language.annotation import WORD, Mention

if TYPE_CHECKING:
    from healthlint.language.matching import View

_NAMES_A_TREATMENT = frozenset({"treats", "prevents", "cleanses"})
_SAYS_IT_ITSELF = frozenset({"outcome", "appearance", "wellbeing", "function"})
"""Kinds of target whose terms can hold the word of benefit too: "pain relief", "glowing skin"."""
_CAN_BE_BETTER = frozenset({"function", "appearance", "wellbeing", "outcome", "part"})
_GOOD_FOR_A_PART = frozenset({"supports", "boosts", "strengthens", "restores", "protects", "improves"})
_VERBS_TOO = frozenset(("releases", "breaks", "ends", "escapes"))
"""Plurals of such nouns that, before a noun, are the verb."""
_SOLD_AS = frozenset({"supports", "protects"})
"""Relations whose weak nouns are how supplements say what they do: "joint support"."""
_PRAISE = frozenset(
    """
    effective powerful natural proven best gentle safe fast ultimate successful reliable lasting real
    """.split()
)


def noun_frame(view: View, noun: Mention, relation: Relation, targets: list[Target]) -> Frame | None:
    """A noun of benefit with its target: "joint pain relief", "relief from joint pain"."""
    norms = view.norms
    _, term, first, last, _, _ = noun
    word, *prepositions = term.split("|")
    names_a_thing = word.startswith("-") or relation.name in _NAMES_A_TREATMENT
    if names_a_thing and relation.name not in _SOLD_AS and not _praised(norms, first, targets):
        return None
    if norms[first] in _VERBS_TOO and _has_object(view, last, prepositions):
        return None  # "the pancreas releases insulin"
    for target in targets:
        if target.first < first and target.last == last and target.kind in _SAYS_IT_ITSELF:
            return Frame(relation.name, target.term, target.kind, target.first, last, first, nominal=True)
        if relation.name == "restores" and target.kind == "part":
            continue
        # "bladder support group" is no support for the bladder
        adjacent = target.last == first and norms[last] != "group"
        joined = target.last == first - 1 and norms[target.last] in ("-", "&", "/")
        if (adjacent or joined) and fits(relation, target):
            return Frame(relation.name, target.term, target.kind, target.first, last, first, nominal=True)
    if norms[last] in prepositions:
        following = next_target(view, last + 1, targets, relation, 3)
        if following is not None:
            return Frame(relation.name, following.term, following.kind, first, following.last, first, nominal=True)
    return None


def _has_object(view: View, at: int, prepositions: list[str]) -> bool:
    return at < view.count and view.tokens[at].kind == WORD and view.norms[at] not in prepositions


def _praised(norms: list[str], noun: int, targets: list[Target]) -> bool:
    """Whether the treatment is called good: "effective back pain treatment", "powerful remedy for"."""
    first = next((t.first for t in targets if t.last == noun), noun)
    return not _PRAISE.isdisjoint(norms[max(first - 2, 0) : first])


def adjective_of_relation(view: View, adjective: Mention, relation: Relation, targets: list[Target]) -> Frame | None:
    """An adjective that takes its target with a preposition: "effective against eczema"."""
    _, term, first, last, _, _ = adjective
    _, *prepositions = term.split("|")
    if view.norms[last] not in prepositions:
        return None
    target = next_target(view, last + 1, targets, relation, 3)
    if target is None:
        return None
    return Frame(relation.name, target.term, target.kind, first, target.last, first)


def compound_frame(
    norms: list[str],
    part: Mention,
    relation: Relation,
    targets: list[Target],
    bodily: Collection[Mention],
) -> Frame | None:
    """A compound modifier: "an immune-boosting tea"; before a hyphen any word of the body will do."""
    at = part.first - 1
    hyphen = at >= 0 and norms[at] == "-"
    at = at - 1 if hyphen else at
    for target in targets:
        whole = target.last == part.last and target.first < part.first
        if whole or (target.last == at + 1 and (fits(relation, target) or (hyphen and target.kind == "part"))):
            return Frame(relation.name, target.term, target.kind, target.first, part.last, part.first)
    if hyphen and relation.name in _GOOD_FOR_A_PART:
        for word in bodily:
            if word.last == at + 1:
                return Frame(relation.name, word.term, "part", word.first, part.last, part.first)
    return None


_TAKES_AWAY = frozenset(
    """
    destroy destroys destroyed destroying erode erodes eroded eroding damage damages damaged damaging lose loses lost
    losing kill kills killed killing wear wears wore
    """.split()
)
"""Verbs after which "more" of a good thing is more of it gone."""


_BAD = frozenset({"symptom", "condition", "appearance", "function"})
ADJECTIVES = {
    "adj-comparative": ("improves", _CAN_BE_BETTER),
    "adj-positive": ("improves", _CAN_BE_BETTER),
    "adj-more": ("boosts", _CAN_BE_BETTER - {"part"}),
    "adj-less": ("reduces", _BAD),
}
"""Lexicons of adjectives of praise, what each says is done, and the kinds of target it praises."""


def adjective_frames(view: View, targets: list[Target]) -> Iterator[Frame]:
    """An adjective of praise with what it praises: "better sleep", "for calmer skin"."""
    by_lexicon, norms = view.by_lexicon, view.norms
    for lexicon, (relation, kinds) in ADJECTIVES.items():
        if lexicon not in by_lexicon:
            continue
        adjectives = by_lexicon[lexicon]
        firsts = [m.first for m in adjectives]
        for _, _, first, last, _, _ in adjectives:
            if lexicon == "adj-more" and not _TAKES_AWAY.isdisjoint(norms[max(first - 4, 0) : first]):
                continue  # "every fall destroys a little more bone"
            at = last
            while norms[at] in (",", "and") or at in firsts:
                at += 1
            if lexicon == "adj-comparative":
                labelled = _labelled(norms, first, targets)
                if labelled is not None:
                    yield Frame(relation, labelled.term, labelled.kind, labelled.first, last, first, nominal=True)
                    continue
            for target in targets:
                whole = target.first == first and target.kind in _SAYS_IT_ITSELF
                if (whole and lexicon != "adj-less") or (target.first == at and target.kind in kinds):
                    yield Frame(relation, target.term, target.kind, first, target.last, first, nominal=True)
                    break


def _labelled(norms: list[str], adjective: int, targets: list[Target]) -> Target | None:
    """The target that a label names before the adjective: "Skin: plumper", "Sleep - deeper"."""
    at = adjective - 1
    if at < 1 or norms[at] not in (":", "-"):
        return None
    return next((t for t in targets if t.last == at and t.first == 0 and t.kind in _CAN_BE_BETTER), None)


_NO_OFFER = BE | frozenset(
    "stand stands has have had potential risk reason warning allergy test blame responsible liability".split()
)
"""Words that stand between a thing and "for" where nothing is offered: "ketamine has a potential for misuse"."""
_OTHERS = BLOCKERS | frozenset("people patients women men who you to".split())
"""Words after "for" that say for whom, or begin another clause: what follows is not what the thing is for."""


def offer_frames(view: View, targets: list[Target], agents: list[Mention]) -> Iterator[Frame]:
    """Something offered for a target: "a daily capsule for joint pain"."""
    norms = view.norms
    for i, norm in enumerate(norms):
        if norm != "for" or i == 0:
            continue
        agent = next((a for a in reversed(agents) if a.last <= i and i - a.last <= 3), None)
        if agent is None or AGENT_LEXICONS[agent.lexicon] == "provider":
            continue
        if not _NO_OFFER.isdisjoint(norms[agent.last : i]):
            continue
        for target in targets:
            if target.first > i and target.first - i <= 4 and target.kind != "part":
                if not _OTHERS.isdisjoint(norms[i + 1 : target.first]):
                    break
                yield Frame("offered-for", target.term, target.kind, agent.first, target.last, i)
                break
