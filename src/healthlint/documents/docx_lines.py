"""The paragraphs of a Word file as lines of text, and the blocks that are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from healthlint.documents.blocks import Block, BlockKind, Place
from healthlint.documents.weaving import TextBuilder


class Line:
    """The text of one paragraph as it is put together, with its links as offsets."""

    __slots__ = ("body", "links", "number", "open", "parts", "place", "size")

    def __init__(self, place: str, *, body: bool) -> None:
        self.place = place
        self.body = body
        self.number = 0
        self.parts: list[str] = []
        self.size = 0
        self.links: list[tuple[int, int, str]] = []
        self.open: list[tuple[int, str]] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)

    def open_link(self, target: str) -> None:
        self.open.append((self.size, target))

    def close_link(self) -> None:
        if self.open:
            start, target = self.open.pop()
            if start < self.size:
                self.links.append((start, self.size, target))


class Draft(NamedTuple):
    """A block to be: the lines that make it up; several where a tracked change joins paragraphs."""

    kind: BlockKind
    level: int
    label: str
    lines: tuple[Line, ...]


def laid_out(lines: Iterable[Line]) -> tuple[str, Mapping[Line, int], tuple[Place, ...]]:
    """The lines as one text, where each begins in it, and the place that each is told by."""
    starts = {}
    places = []
    at = 0
    for line in lines:
        starts[line] = at
        places.append(Place(at, line.place))
        at += line.size + 1
    return "\n".join("".join(line.parts) for line in starts), starts, tuple(places)


def woven(text: str, draft: Draft, starts: Mapping[Line, int]) -> Block | None:
    """The block of a draft; None if there is nothing in it to read."""
    builder = TextBuilder(text)
    for line in draft.lines:
        base = at = starts[line]
        edges = [(start, 1, target) for start, _, target in line.links] + [(end, 0, "") for _, end, _ in line.links]
        for offset, opens, target in sorted(edges, key=lambda edge: edge[:2]):
            if base + offset > at:
                builder.copy(at, base + offset)
                at = base + offset
            if opens:
                builder.open_link(target)
            else:
                builder.close_link()
        if at < base + line.size:
            builder.copy(at, base + line.size)
    return builder.build(draft.kind, draft.level, draft.label)
