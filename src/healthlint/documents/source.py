"""A file as it stands: its name, its characters, and where its lines begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


@lru_cache(maxsize=2)  # a report asks for many places of one file
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _LINE_BREAK.finditer(text)))


@lru_cache(maxsize=2)  # the findings of one line hold the same characters
def _line_text(text: str, index: int) -> str:
    starts = _line_starts(text)
    end = starts[index + 1] if index + 1 < len(starts) else len(text)
    return text[starts[index] : end].rstrip("\r\n")


class Source(NamedTuple):
    """The decoded text of one file, byte order mark removed, line ends as they are in the file.

    `path` is the name to report, with `/`. Positions count from 1 in code points; `first_line` is where a text that is
    part of a file begins in it. `data` is the file itself where it is no text and has yet to be taken apart.
    """

    path: str
    text: str
    first_line: int = 1
    data: bytes = b""

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset."""
        starts = _line_starts(self.text)
        line = bisect_right(starts, offset)
        return line + self.first_line - 1, offset - starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The characters of line `line`, without its line end."""
        return _line_text(self.text, line - self.first_line)
