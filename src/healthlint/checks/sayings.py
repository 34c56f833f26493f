"""What is said where in a document, so that what is said nowhere costs nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from healthlint.language.annotation import AnnotatedDocument
from healthlint.language.matching import Match, find
from healthlint.language.pattern_nodes import PatternText, is_letters
from healthlint.rules.model import RequiredCheck, Rule, VoiceCheck


def asked_of_documents(rules: Iterable[Rule]) -> frozenset[str]:
    """The keys of all patterns that these rules look for in a document as a whole."""
    keys: set[str] = set()
    for rule in rules:
        for patterns in _patterns_of(rule):
            for _, _, anchor, further in patterns:
                keys.update(anchor)
                keys.update(*further)
    return frozenset(key for key in keys if not is_letters(key))


def _patterns_of(rule: Rule) -> tuple[tuple[PatternText, ...], ...]:
    asked = rule.check
    if isinstance(asked, RequiredCheck):
        return asked.when, asked.must
    if isinstance(asked, VoiceCheck):
        return asked.headings, asked.not_under, asked.openings, asked.others
    return ()


class Sayings:
    """The sentences of a document by the keys that are asked for. Made once a document."""

    def __init__(self, document: AnnotatedDocument, asked: frozenset[str]) -> None:
        self._views = [sentence.view for sentence in document.sentences]
        self._said = frozenset[str]().union(*[view.keys & asked for view in set(self._views)])
        """The keys that are asked for and said."""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all sentences."""
        return frozenset[str]().union(*[view.keys for view in set(self._views)])

    @cached_property
    def _lows(self) -> list[str]:
        return [view.low for view in self._views]

    @cached_property
    def _low(self) -> str:
        return "\n".join(self._lows)

    def of(self, patterns: Iterable[PatternText]) -> Iterator[tuple[int, Match]]:
        """Every match of the patterns, one after the other, each with the index of its sentence."""
        for pattern in patterns:
            for index in self._places(pattern):
                for match in find(pattern, self._views[index]):
                    yield index, match

    def possible(self, patterns: Iterable[PatternText]) -> dict[int, list[PatternText]]:
        """The sentences in which one of the patterns may be, each with those that may."""
        found: dict[int, list[PatternText]] = {}
        for pattern in patterns:
            for index in self._places(pattern):
                found.setdefault(index, []).append(pattern)
        return found

    def _places(self, pattern: PatternText) -> Collection[int]:
        """The sentences in which the pattern may be, in order."""
        _, _, anchor, further = pattern
        for needed in further:
            if self._said.isdisjoint(needed):
                return ()
        if not anchor:
            places: Collection[int] = range(len(self._views))
        elif is_letters(anchor[0]):
            letters = [key[1:] for key in anchor if key[1:] in self._low]
            places = sorted({at for some in letters for at, low in enumerate(self._lows) if some in low})
        elif said := self._said.intersection(anchor):
            places = [at for at, view in enumerate(self._views) if not said.isdisjoint(view.keys)]
        else:
            return ()
        for needed in further:
            places = [at for at in places if not self._views[at].keys.isdisjoint(needed)]
        return places
