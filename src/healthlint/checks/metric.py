"""The `metric` check: a number computed from the text, above a limit. textstat measures, on our own sentences."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.checks.candidate import Candidate
from healthlint.documents.blocks import BlockKind
from healthlint.language.annotation import WORD, AnnotatedDocument, Sentence
from healthlint.rules.model import MetricCheck, Rule

_PROSE = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION))
_SHORT = 4
"""Words in capitals of up to this many letters are taken for abbreviations."""


def check(rule: Rule, document: AnnotatedDocument) -> Iterator[Candidate]:
    """Sentences above the limit, or the document as a whole for a readability grade."""
    asked = rule.check
    assert isinstance(asked, MetricCheck)
    prose = [(i, s) for i, s in enumerate(document.sentences) if s.block.kind in _PROSE and words_in(s) >= 3]
    if asked.metric == "flesch-kincaid-grade":
        if sum(words_in(s) for _, s in prose) >= max(asked.words_at_least, 1):
            value = flesch_kincaid_grade([s for _, s in prose])
            if value > asked.above:
                index, sentence = prose[0]
                yield _candidate(rule, index, sentence, f"{value:.1f}", asked, "document")
        return
    for index, sentence in prose:
        value = float(words_in(sentence) if asked.metric == "sentence-words" else _shouted(sentence))
        if value > asked.above and words_in(sentence) >= asked.words_at_least:
            yield _candidate(rule, index, sentence, f"{value:.0f}", asked, "sentence")


def words_in(sentence: Sentence) -> int:
    """Words of the sentence, numbers and marks not counted."""
    return [token.kind for token in sentence.tokens].count(WORD)


def flesch_kincaid_grade(sentences: list[Sentence]) -> float:
    """US school grade by the Flesch-Kincaid formula.

    textstat counts the syllables and words of our sentences with the stops taken out; its own count of sentences goes
    wrong on decimals and abbreviations, so ours takes its place.
    """
    import warnings

    with warnings.catch_warnings():
        # textstat reads its word lists through a module that warns of its own end.
        warnings.simplefilter("ignore")
        import textstat

    text = " ".join(" ".join(t.norm for t in s.tokens if t.kind == WORD) for s in sentences)
    words = textstat.lexicon_count(text)
    syllables = textstat.syllable_count(text)
    return float(0.39 * words / len(sentences) + 11.8 * syllables / words - 15.59)


def _shouted(sentence: Sentence) -> int:
    text = sentence.block.text
    return sum(t.kind == WORD and t.end - t.start > _SHORT and text[t.start : t.end].isupper() for t in sentence.tokens)


def _candidate(rule: Rule, index: int, sentence: Sentence, value: str, asked: MetricCheck, scope: str) -> Candidate:
    data = (("match", sentence.text), ("value", value), ("limit", f"{asked.above:g}"))
    return Candidate(rule, index, sentence.start, sentence.end, data, scope)
