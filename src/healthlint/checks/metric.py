"""The `metric` check: a number computed from the text, above a limit. textstat measures, on our own sentences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from healthlint.checks.candidate import Candidate
from healthlint.documents.blocks import BlockKind
from healthlint.language.annotation import WORD, AnnotatedDocument, Sentence
from healthlint.rules.model import MetricCheck, Rule

_PROSE = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION))
_FEWEST = 3
"""Fewer words are no sentence."""
_SHORT = 4
"""Words in capitals of up to this many letters are taken for abbreviations."""


class Prose(NamedTuple):
    """A sentence of running text with its words, numbers and marks not counted; `place` is its index."""

    place: int
    sentence: Sentence
    words: list[str]


def prose_of(document: AnnotatedDocument) -> list[Prose]:
    """What is measured of a document, the same for all rules."""
    found = []
    for index, sentence in enumerate(document.sentences):
        if sentence.block.kind in _PROSE:
            words = [norm for norm, _, _, kind in sentence.tokens if kind == WORD]
            if len(words) >= _FEWEST:
                found.append(Prose(index, sentence, words))
    return found


def check(rule: Rule, prose: list[Prose]) -> Iterator[Candidate]:
    """Sentences above the limit, or the document as a whole for a readability grade."""
    asked = rule.check
    assert isinstance(asked, MetricCheck)
    if asked.metric == "flesch-kincaid-grade":
        if sum([len(words) for _, _, words in prose]) >= max(asked.words_at_least, 1):
            value = flesch_kincaid_grade([words for _, _, words in prose])
            if value > asked.above:
                yield _candidate(rule, prose[0].place, prose[0].sentence, f"{value:.1f}", asked, "document")
        return
    for index, sentence, words in prose:
        value = float(len(words) if asked.metric == "sentence-words" else _shouted(sentence))
        if value > asked.above and len(words) >= asked.words_at_least:
            yield _candidate(rule, index, sentence, f"{value:.0f}", asked, "sentence")


def flesch_kincaid_grade(sentences: list[list[str]]) -> float:
    """US school grade of sentences, given as their words, by the Flesch-Kincaid formula.

    textstat counts the syllables; its own count of sentences goes wrong on decimals and abbreviations, so ours takes
    its place.
    """
    words = [word for sentence in sentences for word in sentence]
    return float(0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59)


@lru_cache(maxsize=8192)  # one document has most of its words from the ones before
def _syllables(word: str) -> int:
    return int(_textstat().syllable_count(word))


@cache
def _textstat() -> Any:
    import warnings

    with warnings.catch_warnings():
        # textstat reads its word lists through a module that warns of its own end.
        warnings.simplefilter("ignore")
        import textstat
    return textstat


def _shouted(sentence: Sentence) -> int:
    text = sentence.text
    return sum(t.kind == WORD and t.end - t.start > _SHORT and text[t.start : t.end].isupper() for t in sentence.tokens)


def _candidate(rule: Rule, index: int, sentence: Sentence, value: str, asked: MetricCheck, scope: str) -> Candidate:
    data = (("match", sentence.text), ("value", value), ("limit", f"{asked.above:g}"))
    return Candidate(rule, index, 0, len(sentence.text), data, scope)
