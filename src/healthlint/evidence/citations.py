"""Citations: what in a sentence points to a source a reader can follow."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter

from healthlint.documents.blocks import Block
from healthlint.evidence.links import Links
from healthlint.language.annotation import Citation

_NAME = r"[A-Z][\w'’\-]+(?:\s(?:de|van|von|der|la|le|al|den)\s?)?(?:\s[A-Z][\w'’\-]+)?"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_CENTURIES = ("19", "20")
_FORMS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("doi", ("10.",), re.compile(r"\b(?:doi:?\s*)?10\.\d{4,9}/\S+[^\s.,;)\]]", re.I)),
    ("pmid", ("PM",), re.compile(r"\bPM(?:ID|CID)?:?\s*\d{5,9}\b|\bPMC\d{5,9}\b")),
    ("registry", ("NCT", "ISRCTN", "EudraCT", "ACTRN", "CRD"), re.compile(
        r"\b(?:NCT\d{6,8}|ISRCTN\d{6,8}|EudraCT\s*\d{4}-\d{6}-\d\d|ACTRN\d{14}|CRD\d{8,11})\b")),
    ("guideline", ("NICE", "NG", "CG", "TA", "SIGN"), re.compile(
        r"\bNICE,?\s+(?:guideline\s+)?(?:NG|CG|TA|QS|PH|HST|IPG|DG|MTG)\s?\d{1,4}\b|\b(?:NG|CG|TA)\d{2,4}\b|\bSIGN\s?\d{2,3}\b")),
    ("author-year", _CENTURIES, re.compile(
        rf"\b{_NAME}(?:,?\s(?:and|&)\s{_NAME}|,?\s+et\s+al\.?(?:['’]s)?)?,?\s*\(?\s*{_YEAR}(?!\d)\s*\)?")),
    ("author-year", _CENTURIES, re.compile(rf"(?<=\b(?:In|By|As)\s){_NAME}(?:,?\s(?:and|&)\s{_NAME})?\s\({_YEAR}\)")),
    ("author-year", _CENTURIES, re.compile(rf"\([^()]*\b[A-Z][\w'’\-]+[^()]{{0,60}}?,?\s{_YEAR}(?:[^()]*)\)")),
    ("author-year", _CENTURIES, re.compile(r"\bet\s+al\b\.?[^.]{0,40}?\(?(?:19|20)\d\d")),
    ("journal-year", _CENTURIES, re.compile(
        rf"\b[A-Z]\w+(?: (?:of |for |on |and )?[A-Z]\w+)+ "
        rf"(?:[Aa]udit|[Ss]urvey|[Ss]tudy|[Tt]rial|[Rr]eport|[Rr]egistry|[Gg]uideline),? \(?{_YEAR}\)?")),
    ("journal-year", _CENTURIES, re.compile(rf"\b[A-Z][\w. ]{{2,60}}\.?\s{_YEAR};\s?\d+(?:\(\w+\))?:\s?\w+")),
    ("note", ("[",), re.compile(r"(?<=[\w.,;:)%\"”’])\s?\[\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\[\^[\w-]+\]")),
    ("note", tuple("¹²³⁴⁵⁶⁷⁸⁹⁰"), re.compile(
        r"(?<![ /]m)(?<![ckmd]m)(?<!\d)[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?:[,–-][¹²³⁴⁵⁶⁷⁸⁹⁰]+)*(?=[\s.,;)]|$)")),
    ("note", ("^",), re.compile(r"(?<=[a-z.,;)])\^\d{1,3}(?:,\d{1,3})*\^?(?=[\s.,;)]|$)")),
    ("note", ("(",), re.compile(r"(?<=[a-z%])\s\(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\)(?=[.,;]|$)")),
    ("note", ("(",), re.compile(r"\((?:refs?|references?)\.?\s*\d+(?:\s?[,–-]\s?\d+)*\)", re.I)),
    ("note", ("",), re.compile(r"\d(?<=[a-z)][.,]\d)(?<![Nn]o\.\d)\d?(?:[,–-]\d{1,2})*(?=\s|$)")),
)  # fmt: skip
"""Kind, letters of which some are in every match (empty: no telling), form."""
_BY_SIGNS = [(signs, [(kind, form) for kind, _, form in forms]) for signs, forms in groupby(_FORMS, itemgetter(1))]
_LINK = re.compile(r"https?://\S+|www\.\S+", re.I)
# A month or a plain noun before a year is a date, not an author.
_NO_AUTHOR = re.compile(
    r"^\(?\s*(?:In|Since|By|Until|From|During|After|Before|Around|Between|The|Summer|Winter|Spring|Autumn|Fall|January|February|"
    r"March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|"
    r"Over|About|Nearly|Almost|Some|Roughly|Approximately|Only|Updated|Reviewed|Published|Copyright|Est|Established|Founded|Covid|COVID|Copyright|Act|Regulations?|Instrument|Code|Winner)\b"
    r"|\b(?:Awards?|Prize|Winner|Edition|Collection|Summit|Festival|Season|Games|Version|Model)\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Act|Regulations)\s*,?\s*\d"
)
_SIGNS = re.compile(r"[0-9¹²³⁴⁵⁶⁷⁸⁹⁰[]")
"""One of these is in every citation that is no address."""
_ANCHORS = ("#ref", "#fn", "#cite", "#note", "#footnote")


def written_citations(text: str, links: Links) -> tuple[Citation, ...]:
    """Citations that are written out in a sentence, in order of place.

    An address of a shop or a social network is found, but does not cite.
    """
    found: list[Citation] = []
    if _SIGNS.search(text):
        for signs, forms in _BY_SIGNS:
            for sign in signs:
                if sign in text:
                    break
            else:
                continue
            for kind, form in forms:
                for match in form.finditer(text):
                    if kind == "author-year" and _NO_AUTHOR.search(match.group()):
                        continue
                    found.append(Citation(kind, match.start(), match.end()))
    if "://" in text or "www." in text.lower():
        found += [_link(m.start(), m.end(), m.group(), links) for m in _LINK.finditer(text)]
    return _in_order(found)


def with_linked(
    written: tuple[Citation, ...], block: Block, start: int, end: int, links: Links
) -> tuple[Citation, ...]:
    """The citations of the sentence from `start` to `end` of the block: what is written, and what it links to.

    A link within the site is none. One to a shop or a social network is found, but does not cite.
    """
    found: list[Citation] = []
    for begin, stop, target in block.links:
        if not start <= begin < end:
            continue
        if target.startswith(_ANCHORS):
            found.append(Citation("note", begin - start, stop - start))
        elif target.startswith(("http://", "https://", "//")):
            found.append(_link(begin - start, stop - start, target, links))
    return _in_order([*written, *found]) if found else written


def _in_order(found: list[Citation]) -> tuple[Citation, ...]:
    if len(found) > 1:
        found.sort(key=lambda c: (c.start, -c.end))
    return tuple(found)


def has_bare_link(text: str) -> bool:
    """Whether an address stands written out in the text, as in a post that points to what it speaks of."""
    return _LINK.search(text) is not None


def _link(start: int, end: int, target: str, links: Links) -> Citation:
    kind = links.kind_of(target)
    return Citation("link", start, end, kind, kind not in links.no_source)
