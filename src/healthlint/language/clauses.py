"""Where one clause of a sentence ends and the next begins, as far as cues need to know."""

from __future__ import annotations

from healthlint.language.annotation import Token

_CONTRASTS = frozenset("but however although though whereas yet nevertheless nonetheless".split())
_OPENERS = frozenset(
    "while whilst although though when whenever if unless because since as after before despite".split()
)
"""Words that, at the start of a sentence, open a clause which ends at the first comma."""


def clause_around(tokens: tuple[Token, ...], at: int, start: int, end: int) -> tuple[int, int]:
    """Offsets of the clause that holds the token at index `at`, in a sentence from offset `start` to `end`."""
    first, last = 0, len(tokens)
    for i, token in enumerate(tokens):
        if not _divides(tokens, i):
            continue
        if i <= at:
            first = i if token.norm in _CONTRASTS else i + 1
        else:
            last = i
            break
    begin = tokens[first].start if 0 < first < len(tokens) else start
    return begin, tokens[last].start if last < len(tokens) else end


def _divides(tokens: tuple[Token, ...], i: int) -> bool:
    norm = tokens[i].norm
    if norm == ";":
        return True
    if norm in _CONTRASTS:
        return i > 0
    return norm == "," and tokens[0].norm in _OPENERS and all(t.norm != "," for t in tokens[:i])
