"""Which phrase rules can match a sentence at all, told from its words, so that a thousand patterns cost little."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from healthlint.language.pattern_nodes import PatternText
from healthlint.rules.model import PhraseCheck, Rule

if TYPE_CHECKING:
    from healthlint.language.matching import View


class _Entry(NamedTuple):
    rule: int
    number: int
    pattern: PatternText


class PhraseIndex:
    """The patterns of all phrase rules by their anchor keys. Rules with other checks are passed over."""

    __slots__ = ("_always", "_keys", "_letters", "_rules")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rule for rule in rules if isinstance(rule.check, PhraseCheck))
        self._keys: dict[str, list[_Entry]] = {}
        self._letters: list[tuple[str, _Entry]] = []
        self._always: list[_Entry] = []
        for number, rule in enumerate(self._rules):
            assert isinstance(rule.check, PhraseCheck)
            for k, pattern in enumerate(rule.check.patterns):
                entry = _Entry(number, k, pattern)
                if not pattern.anchor:
                    self._always.append(entry)
                for key in pattern.anchor:
                    if len(key) > 1 and key[0] == "=":
                        self._letters.append((key[1:], entry))
                    else:
                        self._keys.setdefault(key, []).append(entry)

    def candidates(self, view: View, block_kind: str = "") -> list[tuple[Rule, list[PatternText]]]:
        """Rules that may match, in the order given, each with the patterns that may; those that read such blocks."""
        found: dict[tuple[int, int], PatternText] = {}
        keys = view.keys
        for key in self._keys.keys() & keys:
            for entry in self._keys[key]:
                further = entry.pattern.further
                if not further or not keys.isdisjoint(further):
                    found[entry.rule, entry.number] = entry.pattern
        for letters, entry in self._letters:
            if letters in view.low:
                found[entry.rule, entry.number] = entry.pattern
        for entry in self._always:
            found[entry.rule, entry.number] = entry.pattern
        by_rule: dict[int, list[PatternText]] = {}
        for rule, number in sorted(found):
            by_rule.setdefault(rule, []).append(found[rule, number])
        return [
            (self._rules[rule], patterns)
            for rule, patterns in by_rule.items()
            if not block_kind or self._rules[rule].reads(block_kind)
        ]
