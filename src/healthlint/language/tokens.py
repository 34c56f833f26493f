"""Words, numbers and marks of a sentence, with plain forms to match on and exact places to report."""

from __future__ import annotations

import re

from healthlint.language.annotation import MARK, NUMBER, WORD, Token

_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'",
    "\x91": "'", "\x92": "'", "\x93": '"', "\x94": '"', "\x96": "-", "\x97": "-",  # Windows-1252 read as Latin-1
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ",
})  # fmt: skip
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)(?=[^\W\d_]*)"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*[®™]?)"
    r"|(?P<mark>\S)"
)


def plain(text: str) -> str:
    """`text` with plain quotes, dashes and spaces: as long as the original, so that offsets hold."""
    return text.translate(_PLAIN)


def lowered(text: str) -> str:
    """Lower case of the same length as `text`: the one letter that grows when lowered is left as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def tokenize(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Tokens of `text` between `start` and `end`; offsets count in `text`."""
    end = len(text) if end is None else end
    norm = lowered(plain(text[start:end]))
    tokens = []
    for match in _TOKEN.finditer(norm):
        kind = match.lastgroup
        word = match.group()
        s, e = match.start() + start, match.end() + start
        if kind == "word":
            if word[-1] in "®™":
                word = word[:-1]
                e -= 1
            tokens.append(Token(word, s, e, WORD))
        elif kind == "number":
            tokens.append(Token(word, s, e, NUMBER))
        else:
            tokens.append(Token(word, s, e, MARK))
    return tuple(tokens)
