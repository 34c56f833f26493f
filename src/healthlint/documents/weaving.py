"""Grows the text of one block out of pieces of the source, keeping the way back to every character."""

from __future__ import annotations

import re
from bisect import bisect_right

from healthlint.documents.blocks import Block, BlockKind, Link, Segment

# What a reader does not see: soft hyphens, zero-width and directional marks, control characters. A zero-width joiner
# stays where it holds an emoji together.
_UNSEEN = (
    "[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x90\x98-\x9f]"
)
# Whatever cannot be copied character for character; a single plain space can.
_SPECIAL = re.compile(rf"\s{{2,}}|[^\S ]|{_UNSEEN}+|(?<=\w)\u200d|\u200d(?=\w)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,–-]\s*\d{1,3})*")
_BARE_URL = re.compile(r"(?:https?://|www\.|\b(?:dx\.)?doi\.org/)[^\s<>\"“”‘’«»]+", re.IGNORECASE)


def is_plain(source: str, start: int, end: int) -> bool:
    """Whether a stretch of the source reads exactly as it is written (its ends not considered)."""
    return _is_printed(source[start:end]) or _SPECIAL.search(source, start, end) is None


def _is_printed(text: str) -> bool:
    """Whether the text is surely plain: all that is unseen but one joiner, and every space but one, is unprintable."""
    return text.isprintable() and "  " not in text and "\u034f" not in text


def raised(text: str, last: str) -> str:
    """Raised numbers of notes as raised figures; any other text as it is. `last` is the character they are put to."""
    return text.translate(_RAISED) if not last.isdigit() and _NOTE_NUMBERS.fullmatch(text) else text


_BETWEEN_LINKS = " |·•/–-"


class TextBuilder:
    """The text of one block under construction; offsets are into `source`, shifted by `base` in the result.

    White space collapses to one space that stands for the whole run, and none is kept at either end.
    """

    __slots__ = ("_base", "_length", "_links", "_open", "_parts", "_runs", "_source", "_space")

    def __init__(self, source: str, base: int = 0) -> None:
        self._source = source
        self._base = base
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int, int]] = []
        self._length = 0
        self._space: tuple[int, int] | None = None
        self._links: list[tuple[int, int, str]] = []
        self._open: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        """Whether anything to read has been put in."""
        return self._length > 0

    @property
    def last(self) -> str:
        """The last character so far, a space if one is due, empty if there is none."""
        if not self._length:
            return ""
        return " " if self._space else self._parts[-1][-1]

    def copy(self, start: int, end: int) -> None:
        """Adds the source from `start` to `end` as a reader sees it."""
        position = start
        source = self._source
        end = min(end, len(source))
        for match in () if _is_printed(source[start:end]) else _SPECIAL.finditer(source, start, end):
            at, after = match.span()
            if at > position:
                self._copy_plain(position, at)
            if source[at].isspace():
                self.gap(at, after)
            position = after
        if position < end:
            self._copy_plain(position, end)

    def decode(self, text: str, start: int, end: int) -> None:
        """Adds `text`, which the source from `start` to `end` stands for (an entity, an escape)."""
        if text.isspace():
            self.gap(start, end)
        elif not is_plain(text, 0, len(text)):
            seen = " ".join(_SPECIAL.sub(lambda m: " " if m.group()[0].isspace() else "", text).split())
            if seen:
                self._put(seen, start, end - start)
        elif text:
            self._put(text, start, end - start)

    def gap(self, start: int, end: int) -> None:
        """Keeps what comes before and after apart by one space, which stands for `start` to `end`."""
        if self._space is None:
            if self._length:
                self._space = (start, end)
        elif self._space[1] == start:
            self._space = (self._space[0], end)

    def open_link(self, target: str) -> None:
        """From here on the text leads to `target`."""
        self._open.append((self._length + (self._space is not None), target))

    def close_link(self) -> None:
        """The innermost open link ends here."""
        if self._open:
            start, target = self._open.pop()
            self._links.append((start, self._length, target))

    def renewed(self) -> TextBuilder:
        """An empty builder for what follows, inside the links that are still open."""
        builder = TextBuilder(self._source, self._base)
        builder._open = [(0, target) for _, target in self._open]
        return builder

    def build(self, kind: BlockKind, level: int = 0, label: str = "") -> Block | None:
        """The finished block; None if there is nothing in it to read."""
        while self._open:
            self.close_link()
        if not self._length:
            return None
        text = "".join(self._parts)
        base = self._base
        segments = tuple([Segment(t, n, s + base, m) for t, n, s, m in self._runs])
        return Block(kind, text, segments, level, label, links_of(text, self._links))

    def _copy_plain(self, start: int, end: int) -> None:
        source = self._source
        if source[start] == " ":
            self.gap(start, start + 1)
            start += 1
            if start == end:
                return
        if source[end - 1] == " ":
            self._put(source[start : end - 1], start, end - 1 - start)
            self.gap(end - 1, end)
        else:
            self._put(source[start:end], start, end - start)

    def _put(self, text: str, start: int, length: int) -> None:
        if self._space is not None:
            at, after = self._space
            self._space = None
            self._add(" ", at, after - at)
        self._add(text, start, length)

    def _add(self, text: str, start: int, length: int) -> None:
        size = len(text)
        if self._runs and size == length:
            text_start, text_length, source_start, source_length = self._runs[-1]
            if text_length == source_length and source_start + source_length == start:
                self._runs[-1] = (text_start, text_length + size, source_start, source_length + size)
                self._parts.append(text)
                self._length += size
                return
        self._runs.append((self._length, size, start, length))
        self._parts.append(text)
        self._length += size


def links_of(text: str, marked: list[tuple[int, int, str]]) -> tuple[Link, ...]:
    """The links marked in a block, trimmed of outer spaces, and the bare addresses in its text, in order."""
    links = []
    for start, end, target in marked:
        while start < end and text[start] == " ":
            start += 1
        if start < end:
            links.append(Link(start, end, target))
    if "://" in text or "www." in text or "doi.org/" in text:
        links.sort(key=lambda link: link.start)
        links = _with_bare(text, links)
    if len(links) > 1:
        links.sort(key=lambda link: (link.start, link.end))
    return tuple(links)


def _with_bare(text: str, links: list[Link]) -> list[Link]:
    found = list(links)
    index = 0
    for match in _BARE_URL.finditer(text):
        target = match.group().rstrip(".,;:!?*_'\"")
        while (
            target and target[-1] in ")]}" and target.count(target[-1]) > target.count("([{"[")]}".index(target[-1])])
        ):
            target = target[:-1].rstrip(".,;:!?*_'\"")
        start, end = match.start(), match.start() + len(target)
        while index < len(links) and links[index].end <= start:
            index += 1
        if target and not (index < len(links) and links[index].start < end):
            found.append(Link(start, end, target))
    return found


def _link_block(block: Block, link: Link) -> Block:
    """The words of a link as a block of its own."""
    start, end = link.start, link.end
    segments = []
    index = max(bisect_right(block.segments, start, key=lambda segment: segment.text_start) - 1, 0)
    while index < len(block.segments) and block.segments[index].text_start < end:
        segment = block.segments[index]
        index += 1
        low, high = max(start, segment.text_start), min(end, segment.text_start + segment.text_length)
        if segment.text_length == segment.source_length:
            source = segment.source_start + low - segment.text_start
            segments.append(Segment(low - start, high - low, source, high - low))
        else:
            segments.append(Segment(low - start, high - low, segment.source_start, segment.source_length))
    links = (Link(0, end - start, link.target),)
    return Block(BlockKind.LINK, block.text[start:end], tuple(segments), block.level, block.label, links)


def standing_links(block: Block) -> list[Block]:
    """A paragraph of nothing but links as one block for each; any other block as it is."""
    if block.kind is not BlockKind.PARAGRAPH or not block.links:
        return [block]
    position = 0
    for link in block.links:
        if link.start < position or block.text[position : link.start].strip(_BETWEEN_LINKS):
            return [block]
        position = link.end
    if block.text[position:].strip(_BETWEEN_LINKS):
        return [block]
    return [_link_block(block, link) for link in block.links]
