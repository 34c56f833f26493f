"""Which phrase rules can match a sentence at all, told from its words."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.language.matching import View
from healthlint.language.pattern_index import PatternIndex
from healthlint.language.pattern_nodes import PatternText
from healthlint.rules.model import PhraseCheck, Rule


class PhraseIndex:
    """The patterns of all phrase rules. Rules with other checks are passed over."""

    __slots__ = ("_patterns",)

    def __init__(self, patterns: PatternIndex[Rule]) -> None:
        self._patterns = patterns

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> PhraseIndex:
        return cls(
            PatternIndex(
                (rule, pattern)
                for rule in rules
                if isinstance(rule.check, PhraseCheck)
                for pattern in rule.check.patterns
            )
        )

    def within(self, views: Iterable[View]) -> PhraseIndex:
        """The index for these sentences alone, which asks less of each."""
        return PhraseIndex(self._patterns.within("\n".join([view.low for view in views])))

    def candidates(self, view: View) -> list[tuple[Rule, list[PatternText]]]:
        """Rules that may match, in the order given, each with the patterns that may."""
        given: list[tuple[Rule, list[PatternText]]] = []
        for rule, pattern in self._patterns.candidates(view):
            if given and given[-1][0] is rule:
                given[-1][1].append(pattern)
            else:
                given.append((rule, [pattern]))
        return given
