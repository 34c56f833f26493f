"""Words, numbers and marks of a sentence, with plain forms to match on and exact places to report."""

from __future__ import annotations

import re

from healthlint.language.annotation import MARK, NUMBER, WORD, Token

_PLAIN = {
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'",
    "\x91": "'", "\x92": "'", "\x93": '"', "\x94": '"', "\x96": "-", "\x97": "-",  # Windows-1252 read as Latin-1
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip
_FANCY = re.compile(f"[{''.join(_PLAIN)}]")
_SYMBOL = re.compile(r"(?<=[^\W\d_])[®™]")
"""What a word may carry and is no token of its own."""
_PIECE = re.compile(r"(\s*)([^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*|\S)")


class _Kinds(dict[str, str]):
    """The kind of the token that begins with a character."""

    def __missing__(self, first: str) -> str:
        kind = self[first] = NUMBER if first.isdecimal() else WORD if first.isalnum() else MARK
        return kind


_KINDS = _Kinds()


def plain(text: str) -> str:
    """`text` with plain quotes, dashes and spaces: as long as the original, so that offsets hold."""
    return _FANCY.sub(lambda match: _PLAIN[match.group()], text)


def lowered(text: str) -> str:
    """Lower case of the same length as `text`: the one letter that grows when lowered is left as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def tokenize(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Tokens of `text` between `start` and `end`; offsets count in `text`."""
    return tokens_of(lowered(plain(text[start:end])), start)


def tokens_of(low: str, start: int = 0) -> tuple[Token, ...]:
    """Tokens of a sentence in plain forms and lower case, which begins at `start` of its text."""
    made = tuple.__new__  # a token for every word of every text: `Token(…)` would take twice as long
    if "®" in low or "™" in low:
        low = _SYMBOL.sub(" ", low)
    tokens = []
    end = start
    for space, norm in _PIECE.findall(low.rstrip()):
        begin = end + len(space)
        end = begin + len(norm)
        tokens.append(made(Token, (norm, begin, end, _KINDS[norm[0]])))
    return tuple(tokens)
