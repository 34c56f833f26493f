"""The `citation` check: words that call research to witness, with nothing in reach that points to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.checks.candidate import Candidate
from healthlint.checks.phrase import allowed, outside
from healthlint.language.annotation import AnnotatedDocument, Citation, Sentence
from healthlint.language.matching import Match
from healthlint.rules.model import CitationCheck, Rule

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEAR = 40
"""Characters behind the words of evidence in which a year or a name belongs to them."""
_BEFORE = 12
_OFFERED = re.compile(r"(?:[(\[][^()\[\]]*|\b(?:see|source|sources|ref|refs|reference)\b\s?:?)\s?\Z", re.I)
_PLACES = {"shop": "a shop or a sales page", "social": "a social network"}
_MISSING_BESIDE_YEAR = {
    "citation": "no author, DOI, link or numbered reference",
    "locator": "no author, title, DOI or link",
}
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
    for match in kept if asked.led_to else kept[:1]:
        link = _link_for(match, sentence) if asked.led_to else None
        if asked.led_to and (link is None or link.source not in asked.led_to):
            continue
        words = sentence.words(match.start, match.end)
        data = (
            ("match", words),
            ("evidence", words),
            ("missing", _missing(asked.lacking, match, sentence)),
            ("source", _PLACES.get(link.source, f"a {link.source}") if link else ""),
        )
        yield Candidate(rule, index, match.start, match.end, data, silenced="cited" if has_source else "")
        return


def _missing(lacking: str, match: Match, sentence: Sentence) -> str:
    """What is missing, and first what a partial citation gives already."""
    near = sentence.text[max(0, match.start - _BEFORE) : match.end + _NEAR]
    given = []
    if lacking != "year" and _YEAR.search(near):
        given.append("a year")
    if any(e.kind == "institution" and e.start < match.end + _NEAR for e in sentence.evidence):
        given.append("a journal or body")
    missing = (_MISSING_BESIDE_YEAR if "a year" in given else _MISSING)[lacking]
    return f"only {' and '.join(given)}; {missing}" if given else missing


def _link_for(match: Match, sentence: Sentence) -> Citation | None:
    """The link that is given for the words: around them, or behind them in brackets or after "see", "source"."""
    text = sentence.text
    for citation in sentence.citations:
        if citation.kind == "link" and (
            (citation.start < match.end and match.start < citation.end)
            or (citation.start >= match.end and _OFFERED.search(text, match.end, citation.start))
        ):
            return citation
    return None


def is_cited(document: AnnotatedDocument, index: int) -> bool:
    """Whether a citation stands in the sentence, or in the next one of the same block."""
    sentence = document.sentences[index]
    if _cites(sentence):
        return True
    if index + 1 >= len(document.sentences):
        return False
    following = document.sentences[index + 1]
    return following.block_index == sentence.block_index and _cites(following)


def _cites(sentence: Sentence) -> bool:
    return bool(sentence.citations) and any(citation.cites for citation in sentence.citations)
