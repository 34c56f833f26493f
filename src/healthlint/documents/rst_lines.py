"""The lines of a reStructuredText file as its parser takes them, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\n|\r")
_ODD_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029\x00]")
_TAB = 8
_FURTHEST = 40
"""Lines above and below the one that the parser names, in which to look for a text."""


class Line(NamedTuple):
    """A line as the parser takes it, tabs made blanks. `columns` are those of the file, if others."""

    start: int
    text: str
    columns: Sequence[int] | None

    def offset(self, column: int) -> int:
        """The offset in the file."""
        if self.columns is None:
            return self.start + column
        return self.start + self.columns[min(column, len(self.columns) - 1)]


class Located(NamedTuple):
    """A text and where each of its lines stands: `rows` pairs the offset at which one begins with line and column."""

    text: str
    rows: tuple[tuple[int, Line, int], ...]

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """The stretches of the file for a part of the text, and which of them only part its lines."""
        for number, (at, line, column) in enumerate(self.rows):
            last = number + 1 == len(self.rows)
            until = len(self.text) if last else self.rows[number + 1][0] - 1
            low, high = max(start, at), min(end, until)
            if low < high:
                yield line.offset(column + low - at), line.offset(column + high - 1 - at) + 1, False
            if not last and start <= until < end:
                following, first = self.rows[number + 1][1:]
                yield line.offset(column + until - at), following.offset(first), True

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the text begins and ends in the file."""
        pieces = list(self.stretches(start, end))
        return (pieces[0][0], pieces[-1][1]) if pieces else (self.rows[0][1].start, self.rows[0][1].start)


class Lines:
    """All lines of a file."""

    def __init__(self, text: str) -> None:
        self._lines: list[Line] = []
        self._read: dict[int, int] = {}
        position = 0
        for match in _BREAK.finditer(text):
            self._lines.append(_line(text, position, match.start()))
            position = match.end()
        self._lines.append(_line(text, position, len(text)))

    def __str__(self) -> str:
        return "\n".join(line.text for line in self._lines)

    def locate(self, text: str, number: int, *, in_cell: bool = False) -> Located:
        """Where a text stands that the parser took from about line `number`, counted from 1.

        The parser cuts prefixes and cells off its lines, but leaves the words as they are: the end of a line, or in a
        cell what comes next from left to right.
        """
        wanted = text.split("\n")
        for first, again in self._nearest(number - 1, len(wanted)):
            columns = [self._column(first + row, words, in_cell, again) for row, words in enumerate(wanted)]
            if all(column >= 0 for column in columns):
                rows = []
                at = 0
                for row, (words, column) in enumerate(zip(wanted, columns, strict=True)):
                    rows.append((at, self._lines[first + row], column))
                    at += len(words) + 1
                    self._read[first + row] = column + len(words)
                return Located(text, tuple(rows))
        line = self._lines[max(min(number - 1, len(self._lines) - 1), 0)]
        return Located("", ((0, line, 0),))

    def _nearest(self, first: int, rows: int) -> Iterator[tuple[int, bool]]:
        """The lines to look in, and whether to look again where something was read."""
        last = len(self._lines) - rows
        if 0 <= first <= last:
            yield first, False
            yield first, True
        for distance in range(1, _FURTHEST):
            for candidate in (first + distance, first - distance):
                if 0 <= candidate <= last:
                    yield candidate, False

    def _column(self, number: int, words: str, in_cell: bool, again: bool) -> int:
        line = self._lines[number].text
        read = 0 if again else self._read.get(number, 0)
        if not in_cell and len(line) - len(words) >= read and line.endswith(words):
            return len(line) - len(words)
        at = line.find(words, read)
        while at >= 0 and not (_ends(line, at) and _ends(line, at + len(words))):
            at = line.find(words, at + 1)
        return at


def _ends(line: str, at: int) -> bool:
    """Whether words may begin or end here."""
    return at in (0, len(line)) or not (line[at - 1].isalnum() and line[at].isalnum())


def _line(text: str, start: int, end: int) -> Line:
    raw = _ODD_BREAK.sub(" ", text[start:end])
    if "\t" not in raw:
        return Line(start, raw.rstrip(), None)
    expanded: list[str] = []
    columns: list[int] = []
    for column, character in enumerate(raw):
        blanks = _TAB - len(expanded) % _TAB if character == "\t" else 1
        expanded += [" "] * blanks if character == "\t" else [character]
        columns += [column] * blanks
    columns.append(len(raw))
    return Line(start, "".join(expanded).rstrip(), columns)
