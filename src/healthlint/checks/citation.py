"""The `citation` check: words that call research to witness, with nothing in reach that points to it."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.checks.candidate import Candidate
from healthlint.checks.phrase import allowed, outside
from healthlint.language.annotation import AnnotatedDocument, Sentence
from healthlint.language.matching import Match
from healthlint.rules.model import CitationCheck, Rule

_MISSING = {
    "citation": "no author and year, DOI, link or numbered reference",
    "locator": "no author, year, title, DOI or link",
    "year": "no year",
}


def check(rule: Rule, document: AnnotatedDocument, index: int) -> Iterator[Candidate]:
    """Evidence of the asked kinds in the sentence; cited evidence is handed on as silenced by `cited`."""
    asked = rule.check
    assert isinstance(asked, CitationCheck)
    sentence = document.sentences[index]
    evidence = [e for e in sentence.evidence if e.role == "witness" and e.kind in asked.evidence]
    if not evidence or (asked.benefit_only and not any(c.is_benefit for c in sentence.claims)):
        return
    if not allowed(asked.with_, asked.without, sentence.view):
        return
    kept = outside([Match(0, 0, e.start, e.end) for e in evidence], asked.except_, sentence.view)
    has_source = is_cited(document, index)
    if asked.lacking == "year":
        has_source = has_source or any(m.lexicon == "year" for m in sentence.mentions)
    for match in kept[:1]:
        words = sentence.block.text[match.start : match.end]
        data = (("match", words), ("evidence", words), ("missing", _MISSING[asked.lacking]))
        yield Candidate(rule, index, match.start, match.end, data, silenced="cited" if has_source else "")


def is_cited(document: AnnotatedDocument, index: int) -> bool:
    """Whether a citation stands in the sentence, or in the next one of the same block."""
    sentence = document.sentences[index]
    if _cites(sentence):
        return True
    following = _next_in_block(document, index)
    return following is not None and _cites(following)


def _cites(sentence: Sentence) -> bool:
    return any(citation.cites for citation in sentence.citations)


def _next_in_block(document: AnnotatedDocument, index: int) -> Sentence | None:
    if index + 1 >= len(document.sentences):
        return None
    following = document.sentences[index + 1]
    return following if following.block_index == document.sentences[index].block_index else None
