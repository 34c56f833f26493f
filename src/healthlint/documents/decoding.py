"""Text that stands in a file as the string of another language, and the way back from what is read in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.documents.blocks import Block, Segment

_JSON_ESCAPE = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)", re.DOTALL
)
_JSON_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class Decoded(NamedTuple):
    """A text and, for each character of it, where the source that stands for it begins and ends."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def json_string(source: str, start: int, end: int) -> Decoded:
    """What the inside of a JSON string between `start` and `end` stands for."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def plain(low: int, high: int) -> None:
        text.append(source[low:high])
        starts.extend(range(low, high))
        ends.extend(range(low + 1, high + 1))

    position = start
    for match in _JSON_ESCAPE.finditer(source, start, end):
        plain(position, match.start())
        high, low, code, char = match.groups()
        if high:
            text.append(chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00))
        elif code:
            text.append(_sound(chr(int(code, 16))))
        else:
            text.append(_JSON_ESCAPED.get(char, char))
        starts.append(match.start())
        ends.append(match.end())
        position = match.end()
    plain(position, end)
    return Decoded("".join(text), tuple(starts), tuple(ends))


def _sound(char: str) -> str:
    """Half of a pair is no character."""
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char


def traced(block: Block, decoded: Decoded) -> Block:
    """A block read in the decoded text, its segments led on to the source."""
    segments: list[Segment] = []
    for segment in block.segments:
        first, length = segment.source_start, segment.source_length
        if segment.text_length != length:
            start = decoded.starts[first] if first < len(decoded.starts) else decoded.ends[-1]
            if not length:
                _add(segments, segment.text_start, segment.text_length, start, 0)
                continue
            _add(segments, segment.text_start, segment.text_length, start, decoded.ends[first + length - 1] - start)
            continue
        for step in range(length):
            start, end = decoded.starts[first + step], decoded.ends[first + step]
            _add(segments, segment.text_start + step, 1, start, end - start)
    return block._replace(segments=tuple(segments))


def _add(segments: list[Segment], text_start: int, text_length: int, start: int, length: int) -> None:
    if segments and text_length == length:
        last = segments[-1]
        if last.text_length == last.source_length and last.source_start + last.source_length == start:
            joined = last.text_length + length
            segments[-1] = Segment(last.text_start, joined, last.source_start, joined)
            return
    segments.append(Segment(text_start, text_length, start, length))
