"""Which phrase rules can match a sentence at all, told from its words, so that a thousand patterns cost little."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from healthlint.language.matching import View, is_letters
from healthlint.language.pattern_nodes import PatternText
from healthlint.rules.model import PhraseCheck, Rule


class _Entry(NamedTuple):
    """One pattern; `number` counts over all rules, so that entries sort in the order of the rules and patterns."""

    number: int
    rule: Rule
    pattern: PatternText


class PhraseIndex:
    """The patterns of all phrase rules by their anchor keys. Rules with other checks are passed over."""

    __slots__ = ("_always", "_keys", "_letters")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._keys: dict[str, list[_Entry]] = {}
        self._letters: dict[str, list[_Entry]] = {}
        self._always: list[_Entry] = []
        number = 0
        for rule in rules:
            if not isinstance(rule.check, PhraseCheck):
                continue
            for pattern in rule.check.patterns:
                number += 1
                entry = _Entry(number, rule, pattern)
                if not pattern.anchor:
                    self._always.append(entry)
                for key in pattern.anchor:
                    if is_letters(key):
                        self._letters.setdefault(key[1:], []).append(entry)
                    else:
                        self._keys.setdefault(key, []).append(entry)

    def candidates(self, view: View, block_kind: str = "") -> list[tuple[Rule, list[PatternText]]]:
        """Rules that may match, in the order given, each with the patterns that may; those that read such blocks."""
        keys, low, by_key = view.keys, view.low, self._keys
        found = {entry.number: entry for entry in self._always}
        for key in keys & by_key.keys():
            for entry in by_key[key]:
                further = entry.pattern.further
                if not further or not keys.isdisjoint(further):
                    found[entry.number] = entry
        for letters, entries in self._letters.items():
            if letters in low:
                found.update((entry.number, entry) for entry in entries)
        given: list[tuple[Rule, list[PatternText]]] = []
        for _, entry in sorted(found.items()):
            _, rule, pattern = entry
            if given and given[-1][0] is rule:
                given[-1][1].append(pattern)
            elif not block_kind or rule.reads(block_kind):
                given.append((rule, [pattern]))
        return given
