"""A frame: the words by which a sentence says that something does good to a target, before it is asked who does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from healthlint.claims.relations import TARGET_LEXICONS, Relation
from healthlint.language.annotation import MARK, WORD, Mention, Token


class Target(NamedTuple):
    term: str
    kind: str
    first: int
    last: int


class Frame(NamedTuple):
    relation: str
    target: str
    target_kind: str
    first: int
    last: int
    verb: int
    """Token where the relation word stands: what negations and hedges must reach."""


BLOCKERS = frozenset(
    """
    that which who whom whose when while if because than is are was were been has have had whether before after
    until without but however although though unless
    """.split()
)
_PART_OF = frozenset(("of", "from", "in", "with", "associated", "caused"))
_LINKS = frozenset(
    """
    and or of in the a an your their our its his her my to with for from as well both more less
    """.split()
)


def targets_of(by_lexicon: Mapping[str, list[Mention]], tokens: tuple[Token, ...]) -> list[Target]:
    """What a benefit can be claimed for, in order of place; a term within a longer one is left out."""
    targets = [
        Target(m.term, kind, m.first, m.last)
        for lexicon, kind in TARGET_LEXICONS.items()
        for m in by_lexicon.get(lexicon, ())
    ]
    certain = {(t.first, t.last) for t in targets}
    targets.extend(
        Target(m.term, "condition", m.first, m.last)
        for m in by_lexicon.get("condition?", ())
        if (m.first, m.last) not in certain
    )
    targets.sort(key=lambda t: (t.first, -(t.last - t.first)))
    whole = [t for t in targets if not any(_covers(other, t) for other in targets)]
    return [_with_its_condition(t, whole, tokens) for t in whole]


def _with_its_condition(target: Target, targets: list[Target], tokens: tuple[Token, ...]) -> Target:
    """ "The symptoms of psoriasis" are psoriasis: a target together with the condition that it is part of."""
    if target.kind not in ("symptom", "appearance") or target.last >= len(tokens):
        return target
    if tokens[target.last].norm not in _PART_OF:
        return target
    for other in targets:
        if other.first > target.last and other.kind == "condition":
            between = tokens[target.last + 1 : other.first]
            if len(between) <= 3 and not any(t.kind == MARK or t.norm in BLOCKERS for t in between):
                return Target(other.term, other.kind, target.first, other.last)
            break
    return target


def _covers(other: Target, target: Target) -> bool:
    """Whether the words of the one lie within the longer words of the other: "hearing" in "hearing loss"."""
    longer = other.last - other.first > target.last - target.first
    return longer and other.first <= target.first and target.last <= other.last


def fits(relation: Relation, target: Target) -> bool:
    """Whether the relation says something good of such a target."""
    return target.kind in relation.targets


def next_target(
    tokens: tuple[Token, ...], start: int, targets: list[Target], relation: Relation, gap: int
) -> Target | None:
    """The nearest fitting target to the right with nothing between that would begin another clause."""
    passed = 0
    for i in range(start, len(tokens)):
        fitting = [t for t in targets if t.first == i and fits(relation, t)]
        if fitting:
            return _extended(fitting[0], targets, relation)
        token = tokens[i]
        if token.norm in BLOCKERS or (token.kind == MARK and token.norm in ".;:!?"):
            return None
        if token.kind == WORD and token.norm not in _LINKS:
            passed += 1
            if passed > gap:
                return None
    return None


def _extended(target: Target, targets: list[Target], relation: Relation) -> Target:
    """A target with the one that follows directly: "skin" in "skin elasticity" gives way to the whole."""
    for other in targets:
        if other.first == target.last and fits(relation, other) and other.kind in ("function", "outcome", "appearance"):
            return Target(f"{target.term} {other.term}", other.kind, target.first, other.last)
    return target
