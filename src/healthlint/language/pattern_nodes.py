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

States = dict[int, tuple[int, int]]
"""Positions reached, each with where the reported part begins and ends (-1: not yet)."""


def add(states: States, at: int, marks: tuple[int, int]) -> None:
    """Put a position in; of two ways to one position, keep the one that reports more."""
    before = states.get(at)
    if before is None or (marks[0], -marks[1]) < (before[0], -before[1]):
        states[at] = marks


class Word(NamedTuple):
    """One token out of these."""

    words: frozenset[str]

    def step(self, states: States, view: View) -> States:
        words, norms, solid = self.words, view.norms, view.solid
        reached: States = {}
        for at, marks in states.items():
            here = solid[at]
            if norms[here] in words:
                add(reached, here + 1, marks)
        return reached


class Place(NamedTuple):
    """A mention of one of these lexicons."""

    lexicons: frozenset[str]

    def step(self, states: States, view: View) -> States:
        lexicons, places, solid = self.lexicons, view.places, view.solid
        reached: States = {}
        if ANY in lexicons:
            for at, marks in states.items():
                here = solid[at]
                if here < view.count and view.tokens[here].kind != MARK:
                    add(reached, here + 1, marks)
            return reached
        for at, marks in states.items():
            for mention in places.get(solid[at], ()):
                if mention.lexicon in lexicons:
                    add(reached, mention.last, marks)
        return reached


class Mark(NamedTuple):
    """A punctuation mark that the pattern writes."""

    norm: str

    def step(self, states: States, view: View) -> States:
        reached: States = {}
        for at, marks in states.items():
            for here in range(at, min(view.solid[at] + 1, view.count)):
                if view.norms[here] == self.norm:
                    add(reached, here + 1, marks)
                    break
        return reached


class Gap(NamedTuple):
    """Up to this many words, whichever they are."""

    limit: int

    def step(self, states: States, view: View) -> States:
        limit, norms, solid, count = self.limit, view.norms, view.solid, view.count
        reached: States = {}
        for at, marks in states.items():
            passed = [at]
            for _ in range(limit):
                at = solid[at]
                if at >= count or norms[at] in STOPS:
                    break
                at += 1
                passed.append(at)
            if reached:
                for at in passed:
                    add(reached, at, marks)
            else:
                reached = dict.fromkeys(passed, marks)
        return reached


class Sign(NamedTuple):
    """A condition on the place, no token: `^`, `$`, `⟦` or `⟧`."""

    sign: str

    def step(self, states: States, view: View) -> States:
        sign = self.sign
        reached: States = {}
        for at, (opened, closed) in states.items():
            if sign == "⟦":
                add(reached, at, (min(view.solid[at], view.count - 1), closed))
            elif sign == "⟧":
                add(reached, at, (opened, at))
            elif (sign == "^" and at <= view.solid[0]) or (sign == "$" and at >= view.tail):
                add(reached, at, (opened, closed))
        return reached


class Group(NamedTuple):
    """Alternatives; an empty one makes the group optional. Made by `group_of`.

    `by_word` holds those that begin with a plain word, by this word: what follows it. `others` are the rest.
    """

    choices: tuple[tuple[Node, ...], ...]
    by_word: dict[str, list[tuple[Node, ...]]]
    others: tuple[tuple[Node, ...], ...]

    def step(self, states: States, view: View) -> States:
        by_word, norms, solid = self.by_word, view.norms, view.solid
        reached: States = {}
        for at, marks in states.items():
            here = solid[at]
            for rest in by_word.get(norms[here], ()):
                for after, kept in follow(rest, {here + 1: marks}, view).items():
                    add(reached, after, kept)
        for choice in self.others:
            for at, marks in follow(choice, states, view).items():
                add(reached, at, marks)
        return reached


Node = Word | Place | Mark | Gap | Sign | Group


def group_of(*choices: tuple[Node, ...]) -> Group:
    """The group of these alternatives."""
    by_word: dict[str, list[tuple[Node, ...]]] = {}
    others: list[tuple[Node, ...]] = []
    for choice in choices:
        first = choice[0] if choice else None
        if isinstance(first, Word):
            for word in first.words:
                by_word.setdefault(word, []).append(choice[1:])
        else:
            others.append(choice)
    return Group(choices, by_word, tuple(others))


def follow(nodes: tuple[Node, ...], states: States, view: View) -> States:
    """Where the nodes, one after the other, lead from these positions; empty where they do not match."""
    for node in nodes:
        states = node.step(states, view)
        if not states:
            break
    return states


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
