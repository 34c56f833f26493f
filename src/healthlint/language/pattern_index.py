"""Which patterns can match a sentence at all, told from its words, so that thousands of them cost little."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Generic, TypeVar

from healthlint.language.matching import View
from healthlint.language.pattern_nodes import PatternText, is_letters

Owner = TypeVar("Owner")


class PatternIndex(Generic[Owner]):
    """Patterns by their anchor keys, each with what it belongs to."""

    __slots__ = ("_always", "_anchors", "_keys", "_letters", "_patterns")

    def __init__(self, patterns: Iterable[tuple[Owner, PatternText]]) -> None:
        self._patterns = list(patterns)
        self._keys: dict[str, list[tuple[int, tuple[tuple[str, ...], ...]]]] = {}
        """By anchor key the patterns, as indices, each with its further keys."""
        self._letters: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, (_, pattern) in enumerate(self._patterns):
            if not pattern.anchor:
                self._always.append(number)
            elif is_letters(pattern.anchor[0]):
                for key in pattern.anchor:
                    self._letters.setdefault(key[1:], []).append(number)
            else:
                entry = (number, pattern.further)
                for key in pattern.anchor:
                    self._keys.setdefault(key, []).append(entry)
        self._anchors = frozenset(self._keys)
        """The same keys: two sets meet faster than a set and a dictionary."""

    def candidates(self, view: View) -> list[tuple[Owner, PatternText]]:
        """The patterns that may match, in the order given."""
        keys, by_key = view.keys, self._keys
        found = set(self._always)
        for key in keys & self._anchors:
            for number, further in by_key[key]:
                for needed in further:  # as `possible` does, without a call for each
                    if keys.isdisjoint(needed):
                        break
                else:
                    found.add(number)
        if self._letters:
            low = view.low
            for letters, numbers in self._letters.items():
                if letters in low:
                    found.update(numbers)
        patterns = self._patterns
        return [patterns[number] for number in sorted(found)] if found else []

    def within(self, low: str) -> PatternIndex[Owner]:
        """The index for the sentences of a text, in lower case: letters that it never has are not looked for again."""
        narrowed = copy(self)
        narrowed._letters = {letters: numbers for letters, numbers in self._letters.items() if letters in low}
        return narrowed
