"""A document as a reader sees it: blocks of text, each with a map back to every character of the source."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from operator import itemgetter
from typing import NamedTuple

from healthlint.documents.source import Source


class BlockKind(str, Enum):
    """What sort of block it is; a reader's word, not a markup language's."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    QUOTATION = "quotation"
    LINK = "link"
    BUTTON = "button"
    ALT = "alt"
    FRONT_MATTER = "front-matter"
    TITLE = "title"
    DESCRIPTION = "description"


HEADINGS = frozenset((BlockKind.HEADING, BlockKind.TITLE))
"""Kinds of block that name what stands below them."""


class Segment(NamedTuple):
    """A run of block text and the source it came from.

    Equal lengths mean character for character; otherwise the whole run stands for the whole source stretch
    (an entity, a soft line break with its quote prefix).
    """

    text_start: int
    text_length: int
    source_start: int
    source_length: int


_TEXT_START = itemgetter(0)


class Link(NamedTuple):
    """A stretch of block text that leads somewhere, in offsets of the block text."""

    start: int
    end: int
    target: str


class Block(NamedTuple):
    """One block: `text` as read (white space single, markup gone, entities decoded), `segments` covering all of it.

    `level` is the heading level (1 to 6) or the list depth (1 and up), else 0. `label` names a field of front
    matter or of a record; `numbered` is that of a list item whose number the file does not hold.
    """

    kind: BlockKind
    text: str
    segments: tuple[Segment, ...]
    level: int = 0
    label: str = ""
    links: tuple[Link, ...] = ()

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of the text from `start` to `end` (exclusive); an empty span maps to an empty one."""
        if end <= start:
            at = self._source_of(min(start, max(len(self.text) - 1, 0)), last=False)
            return at, at
        if len(self.segments) == 1:
            text_start, text_length, source_start, source_length = self.segments[0]
            if text_length == source_length:
                return source_start + start - text_start, source_start + end - text_start
        return self._source_of(start, last=False), self._source_of(end - 1, last=True)

    def shifted(self, by: int) -> Block:
        """The same block `by` characters further on in the source."""
        if not by:
            return self
        return self._replace(segments=tuple(s._replace(source_start=s.source_start + by) for s in self.segments))

    def _source_of(self, offset: int, *, last: bool) -> int:
        segments = self.segments
        if not segments:
            return 0
        index = bisect_right(segments, offset, key=_TEXT_START) - 1 if len(segments) > 1 else 0
        text_start, text_length, source_start, source_length = segments[max(index, 0)]
        if text_length == source_length:
            return source_start + (offset - text_start) + (1 if last else 0)
        return source_start + (source_length if last else 0)


class Setting(NamedTuple):
    """One key that stands under `healthlint` in front matter.

    `name` is dotted where keys are nested, and empty where `healthlint` itself holds a value. `values` are as written,
    one for a plain value, any number for a list. `start` is the offset of the key in the source.
    """

    name: str
    values: tuple[str, ...]
    start: int


class Place(NamedTuple):
    """From offset `start` of the source on, how a reader finds the place, such as `page 3, line 7`."""

    start: int
    words: str


class Document(NamedTuple):
    """One file as read: its blocks in order.

    `declared_kind` is the kind its front matter names, if any; `settings` are all that its front matter says to
    healthlint. `places`, in order, tell where things are if lines and columns do not. `unread` tells what in the file
    could not be read while the rest could.
    """

    source: Source
    format: str
    blocks: tuple[Block, ...]
    declared_kind: str | None = None
    settings: tuple[Setting, ...] = ()
    places: tuple[Place, ...] = ()
    unread: tuple[str, ...] = ()

    def place(self, offset: int) -> str:
        """How a reader finds the offset; empty where line and column say it all."""
        index = bisect_right(self.places, offset, key=lambda place: place.start) - 1
        return self.places[index].words if index >= 0 else ""
