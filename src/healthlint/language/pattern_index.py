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

    __slots__ = ("_always", "_keys", "_letters")

    def __init__(self, patterns: Iterable[tuple[Owner, PatternText]]) -> None:
        self._keys: dict[str, list[tuple[int, Owner, PatternText]]] = {}
        self._letters: dict[str, list[tuple[int, Owner, PatternText]]] = {}
        self._always: list[tuple[int, Owner, PatternText]] = []
        for number, (owner, pattern) in enumerate(patterns):
            entry = (number, owner, pattern)
            if not pattern.anchor:
                self._always.append(entry)
            elif is_letters(pattern.anchor[0]):
                for key in pattern.anchor:
                    self._letters.setdefault(key[1:], []).append(entry)
            else:
                for key in pattern.anchor:
                    self._keys.setdefault(key, []).append(entry)

    def candidates(self, view: View) -> list[tuple[Owner, PatternText]]:
        """The patterns that may match, in the order given."""
        keys, by_key = view.keys, self._keys
        found = {number: (owner, pattern) for number, owner, pattern in self._always}
        for key in keys & by_key.keys():
            for number, owner, pattern in by_key[key]:
                for needed in pattern.further:  # as `possible` does, without a call for each
                    if keys.isdisjoint(needed):
                        break
                else:
                    found[number] = (owner, pattern)
        if self._letters:
            low = view.low
            for letters, entries in self._letters.items():
                if letters in low:
                    found.update([(number, (owner, pattern)) for number, owner, pattern in entries])
        return [found[number] for number in sorted(found)] if len(found) > 1 else list(found.values())

    def within(self, low: str) -> PatternIndex[Owner]:
        """The index for the sentences of a text, in lower case: letters that it never has are not looked for again."""
        narrowed = copy(self)
        narrowed._letters = {letters: entries for letters, entries in self._letters.items() if letters in low}
        return narrowed
