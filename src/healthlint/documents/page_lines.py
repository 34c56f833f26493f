"""The lines of printed pages: which begin anew below a gap, which stand in columns, which repeat on every page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

_WIDE_GAP = 1.45
"""Distances of lines; a paragraph below a wider one begins anew."""
_LOOSEST = 1.5
"""Heights of a line; wider distances between all lines of a page count as this."""
_OTHER_SIZE = 1.15
_COLUMN = 25
"""Characters that the lines of a column have at least, on average; shorter ones stand in a table."""
_COLUMN_LINES = 3
_SAME_EDGE = 6.0
"""Points by which the left edges of a column may differ."""
_OUTER_LINES = 2
_TELLING = 8
"""Characters of a line that two pages have in common by more than chance."""
_PAGE_NUMBER = re.compile(
    r"^(?:(?:page|p\.)\s*)?[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?(?=\s|$)"
    r"|(?:^|\s)(?:(?:page|p\.)\s*)?[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?$",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """Words that stand together on a page: `number` is their line on it, from 1; `x`, `y`, `height` are in points."""

    text: str
    number: int
    x: float
    y: float
    height: float


class PageLine(NamedTuple):
    """A piece in the order of reading; `apart` if it does not go on from the one before."""

    page: int
    order: int
    text: str
    number: int
    apart: bool


def arranged(page: int, rows: Sequence[Sequence[Piece]]) -> tuple[PageLine, ...]:
    """The pieces of a page in the order of reading. Each row holds the pieces of one line, from left to right."""
    distances = sorted(one[0].y - two[0].y for one, two in pairwise(rows) if one[0].y > two[0].y)
    usual = distances[len(distances) // 2] if len(distances) > 1 else 0.0
    lines: list[PageLine] = []
    before: Piece | None = None
    for piece, alone in _ordered(rows):
        apart = before is not None and (alone or _is_apart(before, piece, usual))
        lines.append(PageLine(page, len(lines), piece.text, piece.number, apart))
        before = piece
    return tuple(lines)


def _is_apart(before: Piece, piece: Piece, usual: float) -> bool:
    small, large = sorted((max(before.height, 1.0), max(piece.height, 1.0)))
    if large > small * _OTHER_SIZE:
        return True
    distance = max(min(usual, large * _LOOSEST), large)
    return before.y - piece.y > distance * _WIDE_GAP


def _ordered(rows: Sequence[Sequence[Piece]]) -> Iterable[tuple[Piece, bool]]:
    """The pieces in the order of reading, each with whether it stands alone, as a cell of a table does."""
    at = 0
    while at < len(rows):
        end = _columns_until(rows, at)
        if end - at >= _COLUMN_LINES:
            for side in range(len(rows[at])):
                for row in rows[at:end]:
                    yield row[side], row is rows[at]
            at = end
            continue
        for piece in rows[at]:
            yield piece, len(rows[at]) > 1
        at += 1


def _columns_until(rows: Sequence[Sequence[Piece]], at: int) -> int:
    """Where the columns of running text that begin in the row end; `at` itself where none begin."""
    first = rows[at]
    end = at
    while (
        end < len(rows)
        and len(rows[end]) == len(first) > 1
        and all(abs(one.x - two.x) <= _SAME_EDGE for one, two in zip(first, rows[end], strict=True))
    ):
        end += 1
    sides = [sum(len(row[side].text) for row in rows[at:end]) for side in range(len(first))]
    return end if min(sides) >= _COLUMN * (end - at) else at


def without_repeats(pages: Sequence[Sequence[PageLine]]) -> tuple[list[PageLine], list[PageLine]]:
    """The lines of the running text; and those that pages repeat at the top or at the foot, each once.

    Lines that only number the pages are in neither.
    """
    seen: dict[tuple[bool, str], set[int]] = {}
    outer: dict[PageLine, tuple[bool, str]] = {}
    for lines in pages:
        numbers = sorted({line.number for line in lines})
        for line in lines:
            top, foot = line.number in numbers[:_OUTER_LINES], line.number in numbers[-_OUTER_LINES:]
            if top or foot:
                words = _PAGE_NUMBER.sub("", line.text, count=1).strip().casefold()
                outer[line] = top, words
                seen.setdefault((top, words), set()).add(line.page)
    filled = sum(bool(lines) for lines in pages)
    repeated = {
        key for key, found in seen.items() if len(found) >= 3 or (len(found) == filled == 2 and len(key[1]) >= _TELLING)
    }
    flow: list[PageLine] = []
    once: dict[tuple[bool, str], PageLine] = {}
    for lines in pages:
        for line in lines:
            key = outer.get(line)
            if key in repeated:
                if key[1]:
                    once.setdefault(key, line)
            elif key is None or key[1] or not line.text.strip().isdecimal():
                flow.append(line)
    return flow, list(once.values())
