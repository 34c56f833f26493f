"""Tables with separators, as spreadsheets save them: where each cell stands, through quotes and breaks in cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from healthlint.documents.blocks import Segment
from healthlint.documents.carried import Carried
from healthlint.errors import UserError

_QUOTED = re.compile(r'[^"]*(?:""[^"]*)*"(?!")')
_BREAK = re.compile(r"\r\n|\r|\n")
_TOLD = re.compile(r"sep=(.)(?:\r\n|\r|\n|\Z)")


class Row(NamedTuple):
    """One row, counted from 1, its line end left out; `cells` are stretches of the source, quotes and all."""

    number: int
    start: int
    end: int
    cells: tuple[tuple[int, int], ...]

    def is_blank(self) -> bool:
        return all(start == end for start, end in self.cells)


class UnclosedError(Exception):
    """A quote that is never closed: the offset at which it opens."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def rows_of(text: str, separator: str, start: int = 0) -> Iterator[Row]:
    """The rows of a table, read as the csv module reads them; UnclosedError where a quote is left open."""
    plain = _plain(separator)
    number, position = 0, start
    while position < len(text):
        number += 1
        begun, cells = position, []
        while True:
            first = position
            if text.startswith('"', position):
                closing = _QUOTED.match(text, position + 1)
                if closing is None:
                    raise UnclosedError(position)
                position = closing.end()
            position = plain.match(text, position).end()  # type: ignore[union-attr]  # it matches the empty string
            cells.append((first, position))
            if not text.startswith(separator, position):
                break
            position += 1
        yield Row(number, begun, position, tuple(cells))
        line_end = _BREAK.match(text, position)
        position = line_end.end() if line_end else len(text)


@lru_cache(maxsize=8)
def _plain(separator: str) -> re.Pattern[str]:
    return re.compile(rf"[^\r\n{re.escape(separator)}]*")


def cell_of(text: str, span: tuple[int, int]) -> Carried:
    """What a cell holds, with the way back to `text`."""
    start, end = span
    if start == end or text[start] != '"':
        return Carried(text[start:end], (Segment(0, end - start, start, end - start),) if start < end else (), start)
    closing = _QUOTED.match(text, start + 1, end)
    inside = closing.end() - 1 if closing else end
    parts: list[str] = []
    stretches: list[Segment] = []
    size = 0

    def copy(low: int, high: int) -> None:
        nonlocal size
        if low < high:
            parts.append(text[low:high])
            stretches.append(Segment(size, high - low, low, high - low))
            size += high - low

    position = start + 1
    while (at := text.find('""', position, inside)) >= 0:
        copy(position, at)
        parts.append('"')
        stretches.append(Segment(size, 1, at, 2))
        size += 1
        position = at + 2
    copy(position, inside)
    copy(inside + 1, end)  # what stands behind the closing quote is read as it is
    return Carried("".join(parts), tuple(stretches), start + 1)


def layout_of(text: str, path: str, names: Sequence[str]) -> tuple[str, int]:
    """The separator of a table with the columns `names`, and where its first row begins; UserError if it lacks one."""
    told = _TOLD.match(text)
    if told:
        candidates, start = told.group(1), told.end()
    else:
        candidates, start = ("\t" if path.lower().endswith(".tsv") else ",;\t|"), 0
    headers: list[list[str]] = []
    for separator in candidates:
        try:
            header = header_of(text, next(rows_of(text, separator, start)))
        except UnclosedError:
            continue
        except StopIteration:
            raise UserError("no row with the names of the columns", where=path) from None
        if set(names) <= set(header):
            return separator, start
        headers.append(header)
    if not headers:
        raise UserError("a quote that is never closed", where=f"{path}:1", hint='close it, or write "" for a quote')
    header = max(headers, key=len)
    missing = next(name for name in names if name not in header)
    from healthlint.errors import did_you_mean

    raise UserError(f"no column '{missing}'", where=path, hint=did_you_mean(missing, [name for name in header if name]))


def header_of(text: str, row: Row) -> list[str]:
    """The names of the columns."""
    return [cell_of(text, span).text.strip() for span in row.cells]
