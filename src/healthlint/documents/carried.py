"""Text that stands inside another notation, a JSON string or a cell of a table, with the way back through it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.documents.blocks import Block, Segment


class Carried(NamedTuple):
    """A text and where each stretch of it stands in its source, at `start`; stretches of one length are copies.

    Any other stretch is one character that an escape stands for.
    """

    text: str
    stretches: tuple[Segment, ...]
    start: int

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the source of the text from `start` to `end` (exclusive)."""
        if not self.stretches:
            return self.start, self.start
        first = self._stretch(start)
        low = first.source_start + (start - first.text_start if _copies(first) else 0)
        if end <= start:
            return low, low
        last = self._stretch(end - 1)
        high = last.source_start + (end - last.text_start if _copies(last) else last.source_length)
        return low, high

    def pieces(self, start: int, end: int) -> Iterator[Segment]:
        """The stretches of the text from `start` to `end`, cut to it."""
        index = self._index(start)
        while start < end:
            stretch = self.stretches[index]
            until = min(end, stretch.text_start + stretch.text_length)
            yield Segment(start, until - start, *_measured(self.source_span(start, until)))
            start = until
            index += 1

    def _stretch(self, offset: int) -> Segment:
        return self.stretches[self._index(offset)]

    def _index(self, offset: int) -> int:
        return max(bisect_right(self.stretches, offset, key=lambda stretch: stretch.text_start) - 1, 0)


def carry(block: Block, carried: Carried) -> Block:
    """A block of the carried text as a block of the source."""
    segments: list[Segment] = []
    for segment in block.segments:
        start, length = segment.source_start, segment.source_length
        if segment.text_length != length:
            span = _measured(carried.source_span(start, start + length))
            segments.append(Segment(segment.text_start, segment.text_length, *span))
            continue
        shift = segment.text_start - start
        segments += (
            piece._replace(text_start=piece.text_start + shift) for piece in carried.pieces(start, start + length)
        )
    return block._replace(segments=tuple(segments))


def _copies(stretch: Segment) -> bool:
    return stretch.text_length == stretch.source_length


def _measured(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], span[1] - span[0]
