"""Where sentences end inside a block: after `.`, `?` or `!`, unless an abbreviation, an initial or a number says no."""

from __future__ import annotations

import re

# It begins with the mark, and not with a choice or with what stands before, so that the search leaps to the marks.
_CANDIDATE = re.compile(
    r"[.!?…](?:[.!?…]*[\"'”’)\]»]*(?:\s*\[\d+(?:[,–-]\s*\d+)*\])*(?=\s|$)|(?<=[a-z][.!?])(?=[A-Z][a-z]))"
)
_VOLUME = re.compile(r"\s(?:19|20)\d\d\s?;\s?\d")
"""What follows the stop after the name of a journal: "J Sleep Res. 2018; 12: 45"."""
_ABBREVIATIONS = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
        "vs",
        "v",
        "etc",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "al",
        "fig",
        "figs",
        "no",
        "nos",
        "vol",
        "pp",
        "p",
        "ed",
        "eds",
        "dept",
        "univ",
        "approx",
        "est",
        "inc",
        "ltd",
        "co",
        "corp",
        "jr",
        "sr",
        "ph.d",
        "m.d",
        "b.sc",
        "m.sc",
        "d.o",
        "r.n",
        "u.s",
        "u.k",
        "u.s.a",
        "e.u",
        "a.m",
        "p.m",
        "ref",
        "refs",
        "sec",
        "min",
        "max",
        "avg",
        "hr",
        "hrs",
        "wk",
        "wks",
        "mo",
        "yr",
        "yrs",
        "tab",
        "tabs",
        "cap",
        "caps",
        "mg",
        "mcg",
        "ml",
        "kg",
        "cm",
        "mm",
        "oz",
        "lb",
        "lbs",
        "gen",
        "gov",
        "sen",
        "rep",
        "capt",
        "col",
        "lt",
        "sgt",
        "rev",
        "hon",
        "mt",
        "ft",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "cf",
        "ca",
        "c",
        "s",
        "spp",
        "sp",
        "subsp",
        "var",
        "syn",
        "resp",
        "suppl",
    ]
)
_LONGEST = max(map(len, _ABBREVIATIONS))
# After these an upper-case word may well begin a new sentence: they end one as often as not.
_MAY_END = frozenset(
    """
    etc a.m p.m inc ltd co corp u.s u.k e.u u.s.a mg mcg ml kg cm mm oz lb lbs ft hr hrs wk wks yr yrs jr sr m.d
    ph.d no
    """.split()
)
_ADDRESS = ("http://", "https://", "www.")
_CLOSERS = "\"'”’)]»"
_OPENERS = "\"'“‘([«"


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence of one block, white space at the edges left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if _goes_on(text, match.start(), match.end()):
            continue
        end = match.end()
        _append(spans, text, start, end)
        start = end
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def _goes_on(text: str, stop: int, end: int) -> bool:
    """Whether the mark at `stop` leaves the sentence open."""
    after = text[end : end + 4].lstrip()[:2]
    if not after:
        return False
    first = after[0]
    if first in "12" and _VOLUME.match(text, end):
        return True
    if first in _OPENERS and len(after) > 1:
        first = after[1]
    if text[stop] == "!" and text.startswith(_ADDRESS, end + 1):
        return True  # an exclamation with the link that it leads to
    if text[stop] in "!?":
        # “Does it work?” she asked: a quoted question inside a sentence.
        return first.islower() and text[end - 1] in _CLOSERS
    if first.islower():
        return True
    if stop > _LONGEST and text[stop - _LONGEST - 1 : stop].isalpha():
        return False
    word_start = stop
    while word_start > 0 and not text[word_start - 1].isspace() and text[word_start - 1] not in _OPENERS:
        word_start -= 1
    word = text[word_start:stop].lower().strip(_OPENERS)
    if len(word) == 1 and word.isalpha() and text[word_start:stop].isupper():
        return word != "i"
    if word in _ABBREVIATIONS:
        if word in ("no", "nos"):
            return first.isdigit()
        return word not in _MAY_END or not first.isupper()
    # A bare number at the very start is a list number, not a sentence.
    return word.isdigit() and word_start == 0
