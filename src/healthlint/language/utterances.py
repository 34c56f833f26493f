"""Who is heard in a block: what stands between quotation marks, and lines that sign it with a person's name."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKS = re.compile("[\"“”«»„]|(?:^|(?<=\\s))['‘](?=\\w)|(?<=[.!?,])['’](?=\\s|$)")
_ANY_MARK = re.compile("[\"“”«»„'‘’]")
_OPENING, _CLOSING = "“«„‘", "”»’"
_SHORTEST = 4
"""Fewer words between quotation marks are a term or a title, unless they are all that the block holds."""
_BEFORE = re.compile(r"[\s★⭐☆✮✯*–—-]*(?:[A-Z][\w'’., ]{1,32}:\s*)?")
"""What may stand before a quotation that is the block's own: stars, a dash, a name with a colon."""

_NAME = r"(?:[A-Z][a-zà-ÿ]+(?:['’-][A-Z]?[a-zà-ÿ]+)*|[A-Z]\.(?:\s?[A-Z]\.)*)"
_NAMES = (
    rf"{_NAME}(?:\s(?:[A-Z]\.?(?![\w'’])|{_NAME})){{0,2}}"
    rf"(?:\s?(?:&|and|\+)\s?{_NAME}(?:\s(?:[A-Z]\.?(?!\w)|{_NAME}))?)?"
)
# Written out and compiled where they are first asked for: few documents have lines that could be signatures.
_DETAIL = r"(?:\s*[,|·•/;–—-]\s*[\w'’+. -]{1,40}|\s*\([^()]{2,40}\))"
_VERIFIED = r"(?:[Vv]erified|[Cc]onfirmed) (?:buyer|customer|purchase|patient|user|review|client|member)s?"
_AFTER = re.compile(r"[\s.★⭐*]*(?:$|[–—-])")
_NAMED_BEFORE = rf"[\s★⭐☆✮✯*–—-]*(?:{_NAMES}{_DETAIL}{{0,2}}|{_VERIFIED}):\s*"
_DASHED = rf"[–—~-]{{1,2}}\s*(?:{_NAMES}|[Aa]nonymous|{_VERIFIED}|[Aa] [a-z]+){_DETAIL}{{0,3}}[.★⭐*\s]*"
_SIGNED = (
    rf"(?:{_NAMES}{_DETAIL}{{1,3}}|{_NAME}\s[A-Z]\.?|[Aa]nonymous(?:{_DETAIL})?|{_VERIFIED}(?:{_DETAIL})?"
    rf"|(?:Google|Trustpilot|Facebook|Yelp|Doctify|Amazon) (?:[Rr]eview|user|reviewer)(?:{_DETAIL}){{0,2}})[.★⭐*\s]*"
)
_TAIL = rf"(?<=[.!?…\"”'’])\s*[–—~-]{{1,2}}\s*{_NAMES}{_DETAIL}{{0,3}}[.★⭐*\s]*$"
_USER = r"(?:@\w{3,20}|[A-Z][a-z]+[A-Z]\w{0,16}|[A-Za-z]\w{1,16}\d\w*)"
_LOOSE = rf"[–—~-]{{1,2}}\s*(?:{_USER}|[a-z]+(?: [a-z]+){{0,2}}, [A-Z][\w'’. -]{{1,30}})[.★⭐*\s]*"
"""A user's name, which no word looks like, or a trade and a place: enough of a signature right behind a quotation."""
_BARE = rf"{_NAMES}\.?"
_PLACE = re.compile(r"[A-Z][\w'’. -]+, [A-Z]{2}")
"""A town and a state say where, not who."""
_LONGEST_SIGNATURE = 70
_TELLING = re.compile(r",\s*(?:\d{2}\b|[A-Z])|\s[A-Z]\.?(?:$|[\s,(|])|\(|[Vv]erified|^[–—~-]|[Rr]eview")
"""What makes a line with a name a signature wherever it stands: an age, a place, an initial, a bracket, a dash."""


class Quote(NamedTuple):
    """A stretch between quotation marks, these included. `standing`: the block is there for its sake."""

    start: int
    end: int
    standing: bool


def quotes_in(text: str) -> tuple[Quote, ...]:
    """The quotations of a block. One that is not closed goes on to the end, as a long one does."""
    if not _ANY_MARK.search(text):
        return ()
    found: list[tuple[int, int]] = []
    begun: int | None = None
    for match in _MARKS.finditer(text):
        mark = match.group()
        if begun is None:
            if mark not in _CLOSING:
                begun = match.start()
        elif (mark not in _OPENING or text[begun] == mark) and (text[begun] in "'‘") == (mark in "'’"):
            found.append((begun, match.end()))
            begun = None
    if begun is not None and _BEFORE.fullmatch(text[:begun]) and text[begun] not in "'":
        found.append((begun, len(text)))
    quotes = (Quote(start, end, _BEFORE.fullmatch(text[:start]) is not None) for start, end in found)
    return tuple(quote for quote in quotes if _is_said(text, quote))


def _is_said(text: str, quote: Quote) -> bool:
    """Whether it is more than a term: long enough, with a comma before "she said", or all that its block holds."""
    if text.count(" ", quote.start, quote.end) + 1 >= _SHORTEST or text[quote.end - 2] == ",":
        return True
    return quote.standing and _AFTER.match(text, quote.end) is not None


def is_signature(text: str, *, after_quote: bool = False, dashed: bool = False) -> bool:
    """Whether a line is the name of who spoke: "— Priya, Leeds".

    Right after a quotation less is asked of it; behind a dash, which the caller may have seen, a bare name will do.
    """
    line = text.strip()
    if not 2 <= len(line) <= _LONGEST_SIGNATURE:
        return False
    if _PLACE.fullmatch(line):
        return False
    if re.fullmatch(_DASHED, line) or (re.fullmatch(_SIGNED, line) and (after_quote or _TELLING.search(line))):
        return True
    if after_quote and re.fullmatch(_LOOSE, line):
        return True
    return after_quote and dashed and re.fullmatch(_BARE, line) is not None


def signed_from(text: str) -> int | None:
    """Where the signature begins that a block ends with: "… no pain since. — Priya, Leeds"."""
    first = max(len(text) - _LONGEST_SIGNATURE, 1)
    tail = text[first:]
    if not ("-" in tail or "–" in tail or "—" in tail or "~" in tail):
        return None  # nearly every block ends without a dash
    match = re.compile(_TAIL).search(text, first)
    return match.start() if match else None


def is_named_before(text: str) -> bool:
    """Whether what stands before a quotation is the name of who speaks: "Verified buyer:", "Priya, 47:"."""
    return re.fullmatch(_NAMED_BEFORE, text) is not None
