"""The elements of HTML as a reader needs them told apart, and markup mended so that a parser takes it."""

from __future__ import annotations

import re

from healthlint.documents.words import word_set

SKIPPED = word_set("script style code pre template svg math canvas iframe object textarea datalist noembed noframes")
INLINE = word_set(
    "a abbr acronym b bdi bdo big blink cite data del dfn em font i ins kbd label mark nobr output q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr slot picture source track audio video map area link base "
    "basefont param col"
)
VOID = word_set("area base basefont br col embed hr img input link meta param source track wbr")
BLOCKS = word_set(
    "address article aside blockquote button caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p section summary table td th tr ul"
)
"""Elements that set their text apart from the words around them."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

REACH = 200  # how far down the open elements to look: deeper pages are broken, and must not be slow

# An opening tag here closes an element there that its author left open.
CLOSES = {
    "li": ("li", frozenset({"ul", "ol", "menu", "dir"})),
    "dt": ("dt dd", frozenset({"dl"})),
    "dd": ("dt dd", frozenset({"dl"})),
    "tr": ("tr td th", frozenset({"table"})),
    "td": ("td th", frozenset({"table", "tr"})),
    "th": ("td th", frozenset({"table", "tr"})),
    "option": ("option", frozenset({"select", "datalist"})),
}

_BUTTON_LIKE = re.compile(
    r"""\srole\s*=\s*["']?button\b|\sclass\s*=\s*(?:"[^"]*\b(?:btn|button|cta)\b|'[^']*\b(?:btn|button|cta)\b)""",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</([A-Za-z][\w-]*)")
_PROCESSING = re.compile(r"<\?(?:php\b|=).*?(?:\?>|\Z)", re.DOTALL | re.IGNORECASE)
_COMMENT_OR_SECTION = re.compile(r"<!--.*?-->|<!\[(?:[^>]*>)?", re.DOTALL)


def is_button_like(raw: str) -> bool:
    """Whether a tag makes its element look like a button."""
    return _BUTTON_LIKE.search(raw) is not None


def last_closings(text: str) -> dict[str, int]:
    """Where each element is closed for the last time: a skipped one that never is hides nothing."""
    return {match.group(1).lower(): match.start() for match in _CLOSING.finditer(text)}


def readable(text: str) -> str:
    """The same text, same length, with what is for neither a reader nor the parser blanked: program code, sections."""
    if "<?" in text:
        text = _PROCESSING.sub(lambda m: _blank(m.group()), text)
    # A comment never closed hides nothing; blanking its opening also keeps the parser from searching on and on
    tail = text.rfind("-->") + 3 if "-->" in text else 0
    if "<!--" in text[tail:]:
        text = text[:tail] + text[tail:].replace("<!--", "    ")
    if "<![" in text:  # marked sections, which make the parser give up
        text = _COMMENT_OR_SECTION.sub(lambda m: m.group() if m.group()[2] == "-" else _blank(m.group()), text)
    return text


def parseable(text: str) -> str:
    """The same text, same length, without signs that the parser would search on for: behind the last > no tag ends."""
    tail = text.rfind(">") + 1
    return text[:tail] + text[tail:].replace("<", " ")


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
