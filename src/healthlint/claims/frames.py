"""A frame: the words by which a sentence says that something does good to a target, before it is asked who does.

`norms`, here and in the modules that make frames, are those of a `View`: an empty one follows the last token's, so that
the word after any other can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from healthlint.claims.relations import Relation, Relations
from healthlint.claims.targets import Target
from healthlint.language.annotation import STANDING, WORD

if TYPE_CHECKING:
    from healthlint.language.matching import View


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
    topic: bool = False
    """Whether in a heading it only names what is spoken of: "Managing eczema"."""


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
_BARS = BLOCKERS | _FINDS_OUT | frozenset(".;:!?(")
"""Words and marks that no verb or noun of benefit reaches over."""
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
    view: View, start: int, targets: list[Target], relation: Relation, gap: int, stop: int | None = None
) -> Target | None:
    """The nearest fitting target to the right, before `stop`, with nothing between that would begin another clause."""
    kinds = relation.targets
    for target in targets:
        if target.first >= start and target.kind in kinds:
            break
    else:
        return None
    if stop is not None and target.first >= stop:
        return None
    norms = view.norms
    passed = 0
    for i in range(start, target.first):
        norm = norms[i]
        if norm == "at" and norms[i + 2] in _PLACES:
            return None  # "lifts a flap at the front of the eye" says where
        if norm in _SUBJECTS and norms[i + 1] in _MODALS:
            return None
        if norm in _BARS:
            return None
        if norm not in _LINKS and view.tokens[i].kind == WORD:
            passed += 1
            if passed > gap:
                return None
    return _extended(target, targets, relation)


def _extended(target: Target, targets: list[Target], relation: Relation) -> Target:
    """A target with the one that follows directly: "skin" in "skin elasticity" gives way to the whole."""
    for other in targets:
        if other.first == target.last and fits(relation, other) and other.kind in ("function", "outcome", "appearance"):
            return Target(f"{target.term} {other.term}", other.kind, target.first, other.last)
    return target


def pattern_frames(
    view: View, said: Iterable[tuple[str, int, int]], relations: Relations, targets: list[Target]
) -> Iterator[Frame]:
    """Frames of the relations' own patterns; the target is the last one that fits within the words."""
    for name, first, last in said:
        relation = relations.by_name[name]
        within = [t for t in targets if first <= t.first and t.last <= last and fits(relation, t)]
        if within:
            target = within[-1]
            yield Frame(name, target.term, target.kind, first, last, first)
        elif not relation.targets:
            words = " ".join(view.norms[first:last])
            yield Frame(name, words, STANDING if relation.standing else "wellbeing", first, last, first)
