"""Evidence: words that speak of research, and which of them call it to witness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from healthlint.evidence.links import Links
from healthlint.language.annotation import Citation, Evidence

Hit = tuple[str, int, int]
"""Kind, start, end."""

_VOID = ("lacking", "own-work")
_TRADE = "trade"
_HEADLINE, _NO_HEADLINE = "headline", "void"
_RESEARCH = ("doi", "pmid", "registry", "journal-year")


def find_evidence(hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """Evidence of one sentence from the matches of the evidence patterns, in order of place.

    Words that say evidence is lacking, and a paper's words about its own work, call nothing to witness, nor does what
    they overlap. Studies of which the sentence goes on to say that they are not enough are none either: "some trials
    found a benefit, but more research is needed". Figures of trade are no figures of research.
    """
    if not hits:
        return ()
    void: list[Evidence] = []
    called: list[Evidence] = []
    trade: list[Evidence] = []
    for kind, start, end in hits:
        if kind in _VOID:
            void.append(Evidence("research", start, end, kind))
        elif kind == _TRADE:
            trade.append(Evidence(kind, start, end))
        else:
            called.append(Evidence(kind, start, end))
    if void:
        last_word = max((e.start for e in void if e.role == "lacking"), default=-1)
        called = [e for e in called if (e.kind != "study" or e.start > last_word) and not _overlaps(e, void)]
    if trade:
        called = [e for e in called if e.kind != "statistic" or not _overlaps(e, trade)]
    if len(called) < 2 and not void:
        return tuple(called)
    return _in_order([*_apart(void), *_longest(called)])


def with_mentions(
    evidence: tuple[Evidence, ...], hits: Iterable[Hit], citations: Iterable[Citation], links: Links, *, pointing: bool
) -> tuple[Evidence, ...]:
    """The evidence, and where none of it stands what only mentions research: citations of it, and words.

    A headline counts only beside a bare link (`pointing`), and where nothing plainer is found.
    """
    sources = [
        Evidence("source", c.start, c.end, "mention")
        for c in citations
        if c.kind in _RESEARCH or c.source in links.research
    ]
    named = [Evidence(kind, start, end, "mention") for kind, start, end in hits]
    plain = [e for e in named if e.kind not in (_HEADLINE, _NO_HEADLINE)]
    if not plain and pointing and not any(e.kind == _NO_HEADLINE for e in named):
        plain = [e for e in named if e.kind == _HEADLINE]
    kept = list(evidence)
    for group in (sources, plain):
        kept += [e for e in _apart(group) if not _overlaps(e, kept)]
    return _in_order(kept)


def _in_order(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(found, key=lambda e: (e.start, -e.end)))


def _overlaps(evidence: Evidence, others: Sequence[Evidence]) -> bool:
    return any(other.start < evidence.end and evidence.start < other.end for other in others)


def _apart(found: list[Evidence]) -> list[Evidence]:
    """Those of which none overlaps another: the first, and of these the longest."""
    kept: list[Evidence] = []
    for evidence in _in_order(found):
        if not kept or kept[-1].end <= evidence.start:
            kept.append(evidence)
    return kept


def _longest(found: list[Evidence]) -> list[Evidence]:
    """Of overlapping words of one kind the first, and of these the longest."""
    kept: list[Evidence] = []
    for evidence in _in_order(found):
        if not any(k.kind == evidence.kind and k.start <= evidence.start < k.end for k in kept):
            kept.append(evidence)
    return kept
