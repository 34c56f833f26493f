"""What a pattern is made of, and how each piece of it moves a match on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthlint.language.annotation import MARK

if TYPE_CHECKING:
    from healthlint.language.matching import View

ANY = "anyword"
"""The place that any one word fills."""
SKIPPED = frozenset(",:()[]{}\"'-*_®™©†‡•·|~…/\\")
"""Marks that a pattern passes over unless it writes them."""
STOPS = frozenset(".!?;")
"""Marks that nothing passes over."""


class Word(NamedTuple):
    """One token out of these."""

    words: frozenset[str]

    def step(self, reached: set[int], view: View) -> set[int]:
        words, norms, solid = self.words, view.norms, view.solid
        found: set[int] = set()
        for at in reached:
            here = solid[at]
            if norms[here] in words:
                found.add(here + 1)
        return found


class Place(NamedTuple):
    """A mention of one of these lexicons."""

    lexicons: frozenset[str]

    def step(self, reached: set[int], view: View) -> set[int]:
        lexicons, places, solid = self.lexicons, view.places, view.solid
        if ANY in lexicons:
            words = [solid[at] for at in reached if solid[at] < view.count]
            return {here + 1 for here in words if view.tokens[here].kind != MARK}
        found: set[int] = set()
        for at in reached:
            here = solid[at]
            if here in places:
                for mention in places[here]:
                    if mention[0] in lexicons:
                        found.add(mention[3])
        return found


class Mark(NamedTuple):
    """A punctuation mark that the pattern writes."""

    norm: str

    def step(self, reached: set[int], view: View) -> set[int]:
        found: set[int] = set()
        for at in reached:
            for here in range(at, min(view.solid[at] + 1, view.count)):
                if view.norms[here] == self.norm:
                    found.add(here + 1)
                    break
        return found


class Gap(NamedTuple):
    """Up to this many words, whichever they are."""

    limit: int

    def step(self, reached: set[int], view: View) -> set[int]:
        norms, solid, count = view.norms, view.solid, view.count
        found = set(reached)
        for at in reached:
            for _ in range(self.limit):
                at = solid[at]
                if at >= count or norms[at] in STOPS:
                    break
                at += 1
                found.add(at)
        return found


class Sign(NamedTuple):
    """A condition on the place, no token: `^` or `$`; or where the reported part begins and ends: `⟦`, `⟧`."""

    sign: str

    def step(self, reached: set[int], view: View) -> set[int]:
        if self.sign == "^":
            return {at for at in reached if at <= view.solid[0]}
        return {at for at in reached if at >= view.tail}


class Group(NamedTuple):
    """Alternatives; an empty one makes the group optional. Made by `group_of`.

    `by_word` holds those that begin with a plain word, by this word: what follows it. `others` are the rest but the
    empty one.
    """

    choices: tuple[tuple[Node, ...], ...]
    by_word: dict[str, list[tuple[Node, ...]]]
    others: tuple[tuple[Node, ...], ...]
    optional: bool

    def step(self, reached: set[int], view: View) -> set[int]:
        by_word, norms, solid = self.by_word, view.norms, view.solid
        found = set(reached) if self.optional else set()
        for at in reached:
            here = solid[at]
            norm = norms[here]
            if norm in by_word:
                for rest in by_word[norm]:
                    if rest:
                        found |= follow(rest, {here + 1}, view)
                    else:
                        found.add(here + 1)
        for choice in self.others:
            found |= follow(choice, reached, view)
        return found


Node = Word | Place | Mark | Gap | Sign | Group


def group_of(*choices: tuple[Node, ...]) -> Group:
    """The group of these alternatives."""
    by_word: dict[str, list[tuple[Node, ...]]] = {}
    others: list[tuple[Node, ...]] = []
    for choice in filter(None, choices):
        first = choice[0]
        if isinstance(first, Word):
            for word in first.words:
                by_word.setdefault(word, []).append(choice[1:])
        else:
            others.append(choice)
    return Group(choices, by_word, tuple(others), () in choices)


def follow(nodes: tuple[Node, ...], reached: set[int], view: View) -> set[int]:
    """Where the nodes, one after the other, lead from these tokens; empty where they do not match."""
    for node in nodes:
        reached = node.step(reached, view)
        if not reached:
            break
    return reached


class PatternText(NamedTuple):
    """A pattern as written. `anchor`: one of these keys is in every sentence it can match; empty means any sentence.

    `further` holds more sets of keys, one of each of which must be there too. A key is a word, `{lexicon}` for a
    place, two words with a space for one after the other, `^` and a word or place for the start of the sentence, or
    `=letters` for a stretch of its text.
    """

    text: str
    regex: bool = False
    anchor: tuple[str, ...] = ()
    further: tuple[tuple[str, ...], ...] = ()


def is_letters(key: str) -> bool:
    """Whether a key stands for a stretch of text (`=letters`), not for a word or a place."""
    return key[0] == "=" and len(key) > 1


class PatternList(tuple[PatternText, ...]):
    """Patterns that are asked together; what any of them needs is worked out once."""

    @cached_property
    def anchors(self) -> frozenset[str] | None:
        """Keys one of which a sentence must hold for any of them to match; None where that cannot be told."""
        if not all(pattern.anchor and not is_letters(pattern.anchor[0]) for pattern in self):
            return None
        return frozenset(key for pattern in self for key in pattern.anchor)
