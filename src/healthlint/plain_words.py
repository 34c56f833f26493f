"""The words of a text without what a copy editor or a converter may change: case, quotes, dashes, white space."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

_LETTER = r"(?:[^\W¹²³⁰⁴-⁹]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])"
"""Small raised figures point to a note and are no part of the word."""
_WORD = re.compile(rf"[0-9]+(?:[.,][0-9]+)*(?!{_LETTER})|{_LETTER}+(?:['’ʼ‘\-‐‑]{_LETTER}+)*|[%‰£$€<>≤≥]")
_PLAIN = str.maketrans("’ʼ‘‐‑", "'''--", "\u00ad\u200b\u200c\u200d\u2060")


class PlainWord(NamedTuple):
    """A word, number or sign in its plain form, and where it stands in the text."""

    plain: str
    start: int
    end: int


def plain_words(text: str) -> list[PlainWord]:
    """The words in order; punctuation is left out."""
    return [PlainWord(_plain(match[0]), *match.span()) for match in _WORD.finditer(text)]


def plain(text: str) -> str:
    """The words with single spaces between; a text without words stands for itself."""
    return " ".join(word.plain for word in plain_words(text)) or " ".join(text.split())


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return normalize("NFC", word.translate(_PLAIN)).casefold()
