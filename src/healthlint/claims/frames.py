"""A frame: the words by which a sentence says that something does good to a target, before it is asked who does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from healthlint.claims.relations import Relation, Relations
from healthlint.claims.targets import Target
from healthlint.language.annotation import MARK, STANDING, WORD, Token


class Frame(NamedTuple):
    relation: str
    target: str
    target_kind: str
    first: int
    last: int
    verb: int
    """Token where the relation word stands: what negations and hedges must reach."""
    nominal: bool = False
    """Whether a noun or an adjective says it, so that what stands before is no subject: "support for tired eyes"."""


_FINDS_OUT = frozenset(
    "find diagnose detect identify monitor assess check measure explain understand decide know".split()
)
"""Verbs after which a complaint is looked for, not made better: "helps to find the cause of bleeding"."""
_SUBJECTS = frozenset("you he she they we i it".split())
_MODALS = frozenset("can may might could will would should must are is feel get have has need".split())
"""With a subject before it, one of these begins a clause of its own: "if you stop it, you can feel dizzy"."""
BLOCKERS = frozenset(
    """
    that which who whom whose when while if because than is are was were been has have had whether before after
    until without but however although though unless yet whereas
    """.split()
)
_PLACES = frozenset("front back side sides top bottom edge base tip end ends entrance inside outside".split())
_LINKS = frozenset(
    """
    and or of in the a an your their our its his her my to with for from as well both more less
    """.split()
)


def fits(relation: Relation, target: Target) -> bool:
    """Whether the relation says something good of such a target."""
    return target.kind in relation.targets


def next_target(
    tokens: tuple[Token, ...], start: int, targets: list[Target], relation: Relation, gap: int, stop: int | None = None
) -> Target | None:
    """The nearest fitting target to the right, before `stop`, with nothing between that would begin another clause."""
    passed = 0
    for i in range(start, len(tokens) if stop is None else stop):
        fitting = [t for t in targets if t.first == i and fits(relation, t)]
        if fitting:
            return _extended(fitting[0], targets, relation)
        token = tokens[i]
        if token.norm == "at" and i + 2 < len(tokens) and tokens[i + 2].norm in _PLACES:
            return None  # "lifts a flap at the front of the eye" says where
        if token.norm in _SUBJECTS and i + 1 < len(tokens) and tokens[i + 1].norm in _MODALS:
            return None
        if token.norm in BLOCKERS or token.norm in _FINDS_OUT or (token.kind == MARK and token.norm in ".;:!?("):
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


def pattern_frames(
    tokens: tuple[Token, ...], said: Iterable[tuple[str, int, int]], relations: Relations, targets: list[Target]
) -> Iterator[Frame]:
    """Frames of the relations' own patterns; the target is the last one that fits within the words."""
    for name, first, last in said:
        relation = relations.by_name[name]
        within = [t for t in targets if first <= t.first and t.last <= last and fits(relation, t)]
        if within:
            target = within[-1]
            yield Frame(name, target.term, target.kind, first, last, first)
        elif not relation.targets:
            words = " ".join(t.norm for t in tokens[first:last])
            yield Frame(name, words, STANDING if relation.standing else "wellbeing", first, last, first)
