"""HTML: the text a reader sees, block by block, with the place of every character in the file."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import NamedTuple

from healthlint.documents.blocks import Block, BlockKind, Document
from healthlint.documents.html_attributes import said, value_of, value_span
from healthlint.documents.html_elements import (
    CLOSES,
    HEADINGS,
    INLINE,
    REACH,
    SKIPPED,
    VOID,
    is_button_like,
    last_closings,
    parseable,
    readable,
)
from healthlint.documents.metadata import META, json_ld_blocks, without_echoes
from healthlint.documents.references import put_reference, put_with_references
from healthlint.documents.source import Source
from healthlint.documents.weaving import TextBuilder, raised, standing_links

_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script|\Z", re.IGNORECASE)
_LINE_START = re.compile(r"\n")


class _Context(NamedTuple):
    """What text is, by the elements around it: its kind and level, and how many lists it is in."""

    kind: BlockKind
    level: int = 0
    depth: int = 0


_BODY = _Context(BlockKind.PARAGRAPH)


def parse_html(source: Source) -> Document:
    """The blocks of an HTML page, with any front matter of a site generator above it."""
    from healthlint.documents.front_matter import read_front_matter

    front = read_front_matter(source.text)
    blocks = [*front.blocks, *html_blocks(source.text[front.end :], front.end)]
    return Document(source, "html", tuple(blocks), front.declared_kind, front.settings)


def html_blocks(text: str, base: int = 0, *, context: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> list[Block]:
    """The blocks of a stretch of HTML that begins at offset `base` of its file, inside a block of kind `context`."""
    reader = _Reader(text, base, _Context(context, level, level))
    reader.read()
    return reader.blocks


class _Reader(HTMLParser):
    """Collects blocks while the parser walks the page."""

    def __init__(self, text: str, base: int, body: _Context) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        text = readable(text)
        self._text = text
        self._base = base
        self._body = body
        self._lines = [0, *(m.end() for m in _LINE_START.finditer(text))]
        self._stack: list[tuple[str, _Context]] = []
        self._counts: Counter[str] = Counter()
        self._builder = TextBuilder(text, base)
        self._after: list[Block] = []
        self._metadata: list[Block] = []
        self._hidden = 0  # height of the stack at which something unseen began, else 0
        self._hidden_at = 0
        self._broken = False  # a line break was just read
        self._raised: tuple[int, int] | None = None  # a <sup> that was just opened
        self._link: str | None = None
        self._carried = False
        self._closings = last_closings(text)

    def read(self) -> None:
        """Reads the whole text."""
        self.feed(parseable(self._text))
        self.close()
        self._flush()
        if self._metadata:
            self.blocks = without_echoes(self.blocks, self._metadata)

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._offset()
        if self._hidden:
            if tag not in VOID:
                self._push(tag, self._context())
            return
        raw = self.get_starttag_text() or ""
        if "=" in raw:
            self._say(tag, raw, start)
        if self._is_skipped(tag, raw, start):
            self._builder.gap(start, start + len(raw))
            self._push(tag, self._context())
            self._hidden, self._hidden_at = len(self._stack), start
            return
        if tag == "br":
            self._break(start, len(raw))
            return
        if tag in ("img", "area", "input", "meta"):
            return
        if tag in INLINE:
            self._inline(tag, dict(attrs), start, raw)
            return
        self._flush()
        self._close_open(tag)
        if tag not in VOID:
            self._push(tag, self._inner(tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML ignores the slash, except in SVG, and in components of site generators
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self._stack and self._stack[-1][0] == tag:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        start = self._offset()
        if self._hidden:
            self._pop(tag)
            if len(self._stack) < self._hidden:
                self._hidden = 0
                if tag not in INLINE and tag not in SKIPPED:
                    self._flush()
                else:
                    self._builder.gap(self._hidden_at, start)
            return
        if tag in INLINE:
            if tag == "a":
                self._end_link()
            self._pop_inline(tag)
            return
        if tag in ("br", "p") and not self._counts[tag]:
            self._flush() if tag == "p" else self._builder.gap(start, start)
            return
        self._flush()
        self._pop(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        start = self._offset()
        end = start + len(data)
        shown = data
        if self._raised is not None:
            shown = raised(data, self._builder.last)
            if shown == data and self._builder.last.isalpha() and data[:1].isdigit():
                self._builder.gap(*self._raised)
            self._raised = None
        if not data.isspace():
            self._broken = False
        if shown == data:
            self._builder.copy(start, end)
        else:
            self._builder.decode(shown, start, end)

    def handle_entityref(self, name: str) -> None:
        self._reference(len(name) + 1)

    def handle_charref(self, name: str) -> None:
        self._reference(len(name) + 2)

    # Pieces

    def _reference(self, length: int) -> None:
        if self._hidden:
            return
        start = self._offset()
        if self._text.startswith(";", start + length):
            length += 1
        self._broken = False
        put_reference(self._builder, self._text, start, start + length)

    def _inline(self, tag: str, values: dict[str, str | None], start: int, raw: str) -> None:
        if tag in VOID:
            return
        context = self._context()
        if "=" in raw and (is_button_like(raw) if tag == "a" else values.get("role") == "button"):
            self._flush()
            context = _Context(BlockKind.BUTTON, 0, context.depth)
        if tag == "a":
            self._end_link()
            target = values.get("href") or ""
            self._builder.open_link(target)
            self._link = target if self._closings.get("a", -1) > start else None
        elif tag == "sup":
            self._raised = (start, start + len(raw))
        self._push(tag, context)

    def _end_link(self) -> None:
        self._builder.close_link()
        self._link = None

    def _break(self, start: int, length: int) -> None:
        """One line break is a space; a second one in a row ends the block."""
        if self._broken:
            self._flush()
        self._builder.gap(start, start + length)
        self._broken = True

    def _say(self, tag: str, raw: str, start: int) -> None:
        """Keeps what the attributes of a tag say, to follow the block that they stand in."""
        for kind, low, high in said(tag, raw):
            self._after.extend(self._value(kind, start + low, start + high))
        if tag == "meta":
            names = (value_of(raw, key).lower() for key in ("name", "property", "itemprop"))
            kinds = [META[name] for name in names if name in META]
            span = value_span(raw, "content") if kinds else None
            if span:
                blocks = self._value(kinds[0], start + span[0], start + span[1])
                if value_of(raw, "name").lower() == "description":
                    self._after.extend(blocks)
                else:
                    self._metadata.extend(blocks)
        elif tag == "script" and _JSON_LD.fullmatch(value_of(raw, "type").strip()):
            inside = start + len(raw)
            end = _SCRIPT_END.search(self._text, inside)
            self._metadata.extend(json_ld_blocks(self._text, inside, end.start() if end else inside, self._base))

    def _value(self, kind: BlockKind, start: int, end: int) -> list[Block]:
        builder = TextBuilder(self._text, self._base)
        put_with_references(builder, self._text, start, end)
        block = builder.build(kind)
        return [block] if block else []

    def _is_skipped(self, tag: str, raw: str, start: int) -> bool:
        """Whether nothing inside the element is for a reader; one that is never closed hides nothing."""
        if tag not in SKIPPED or (tag == "template" and "shadowroot" in raw):
            return False
        return tag in ("script", "style") or self._closings.get(tag, -1) >= start

    # Structure

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _context(self) -> _Context:
        return self._stack[-1][1] if self._stack else self._body

    def _inner(self, tag: str, attrs: dict[str, str | None]) -> _Context:
        around = self._context()
        if tag in HEADINGS:
            return _Context(BlockKind.HEADING, HEADINGS[tag], around.depth)
        if tag == "title" and not self._counts["body"]:
            return _Context(BlockKind.TITLE)
        if tag == "button" or attrs.get("role") == "button":
            return _Context(BlockKind.BUTTON, 0, around.depth)
        if tag in ("ul", "ol", "dl", "menu", "dir"):
            return _Context(_outside_heading(around).kind, around.level, around.depth + 1)
        if tag in ("li", "dt", "dd"):
            return _Context(BlockKind.LIST_ITEM, max(around.depth, 1), around.depth)
        if tag in ("td", "th"):
            return _Context(BlockKind.TABLE_CELL, 0, around.depth)
        if tag == "blockquote":
            return _Context(BlockKind.QUOTATION, 0, around.depth)
        if tag == "summary":
            return _Context(BlockKind.HEADING, 6, around.depth)
        if tag in ("p", "table", "section", "article", "main"):
            return _outside_heading(around)
        return around

    def _push(self, tag: str, context: _Context) -> None:
        self._stack.append((tag, context))
        self._counts[tag] += 1

    def _pop(self, tag: str) -> None:
        if not self._counts[tag]:
            return
        while self._stack:
            name, _ = self._stack.pop()
            self._counts[name] -= 1
            if name == tag:
                return

    def _pop_inline(self, tag: str) -> None:
        """Inline elements never close the blocks around them."""
        if not self._counts[tag]:
            return
        index = len(self._stack) - 1
        lowest = max(index - REACH, 0)
        while self._stack[index][0] != tag:
            if index <= lowest or self._stack[index][0] not in INLINE:
                return
            index -= 1
        around = self._stack[index - 1][1] if index else self._body
        if self._stack[index][1].kind is BlockKind.BUTTON is not around.kind:
            self._flush()
        del self._stack[index]
        self._counts[tag] -= 1

    def _close_open(self, tag: str) -> None:
        """Closes what the tag implies closed: a paragraph, or a sibling item or cell left open."""
        if self._counts["p"] and self._stack[-1][0] in ("p", *INLINE):
            index = len(self._stack) - 1
            while index >= 0 and self._stack[index][0] in INLINE:
                index -= 1
            if index >= 0 and self._stack[index][0] == "p":
                self._pop("p")
        rule = CLOSES.get(tag)
        if rule is None:
            return
        siblings, walls = rule
        names = siblings.split()
        if not any(self._counts[name] for name in names):
            return
        index = len(self._stack) - 1
        lowest = index - REACH
        while index >= max(lowest, 0) and self._stack[index][0] not in walls:
            if self._stack[index][0] in names:
                for name, _ in self._stack[index:]:
                    self._counts[name] -= 1
                del self._stack[index:]
                return
            index -= 1

    def _flush(self) -> None:
        """Ends the block under construction."""
        self._broken = False
        self._raised = None
        if self._builder:
            context = self._context()
            block = self._builder.build(context.kind, context.level)
            if block:
                self.blocks.extend([block] if self._carried else standing_links(block))
        self._builder = TextBuilder(self._text, self._base)
        self._carried = self._link is not None  # a link around blocks leads on
        if self._link is not None:
            self._builder.open_link(self._link)
        if self._after:
            self.blocks.extend(self._after)
            self._after = []


def _outside_heading(context: _Context) -> _Context:
    """The same place, but not in a heading: an unclosed one does not swallow the page."""
    if context.kind is BlockKind.HEADING:
        return _Context(BlockKind.PARAGRAPH, 0, context.depth)
    return context
