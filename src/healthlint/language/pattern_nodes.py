"""What a pattern is made of."""

from __future__ import annotations

from typing import NamedTuple

ANY = "anyword"
"""The place that any one word fills."""


class Word(NamedTuple):
    """One token out of these."""

    words: frozenset[str]


class Place(NamedTuple):
    """A mention of one of these lexicons."""

    lexicons: frozenset[str]


class Mark(NamedTuple):
    """A punctuation mark that the pattern writes."""

    norm: str


class Gap(NamedTuple):
    """Up to this many words, whichever they are."""

    limit: int


class Sign(NamedTuple):
    """A condition on the place, no token: `^`, `$`, `⟦` or `⟧`."""

    sign: str


class Group(NamedTuple):
    """Alternatives; an empty one makes the group optional."""

    choices: tuple[tuple[Node, ...], ...]


Node = Word | Place | Mark | Gap | Sign | Group


class PatternText(NamedTuple):
    """A pattern as written. `anchor`: one of these keys is in every sentence it can match; empty means any sentence.

    `further` holds more such keys, one of which must be there too. A key is a word, `{lexicon}` for a place, or
    `=letters` for a stretch of the sentence's text.
    """

    text: str
    regex: bool = False
    anchor: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
