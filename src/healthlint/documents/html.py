"""HTML: the text a reader sees, block by block, with the place of every character in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

from healthlint.documents.blocks import Block, BlockKind, Document
from healthlint.documents.source import Source
from healthlint.documents.weaving import TextBuilder, cut
from healthlint.documents.words import word_set

_SKIPPED = word_set("script style code pre template svg math canvas iframe object textarea datalist noembed noframes")
_INLINE = word_set(
    "a abbr acronym b bdi bdo big blink cite data del dfn em font i ins kbd label mark nobr output q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr slot picture source track audio video map area link base "
    "basefont param col"
)
_VOID = word_set("area base basefont br col embed hr img input link meta param source track wbr")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_PROCESSING = re.compile(r"<\?(?:php\b|=).*?(?:\?>|\Z)", re.DOTALL | re.IGNORECASE)
_BUTTON_LIKE = re.compile(r"\b(?:btn|button|cta)\b", re.IGNORECASE)
_COMMENT_OR_SECTION = re.compile(r"<!--.*?-->|<!\[[^>]*(?:>|\Z)", re.DOTALL)
_LINE_START = re.compile(r"\n")

_REACH = 200  # how far down the open elements to look: deeper pages are broken, and must not be slow
# An opening tag here closes an element there that its author left open.
_CLOSES = {
    "li": ("li", frozenset({"ul", "ol", "menu", "dir"})),
    "dt": ("dt dd", frozenset({"dl"})),
    "dd": ("dt dd", frozenset({"dl"})),
    "tr": ("tr td th", frozenset({"table"})),
    "td": ("td th", frozenset({"table", "tr"})),
    "th": ("td th", frozenset({"table", "tr"})),
    "option": ("option", frozenset({"select", "datalist"})),
}


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
    return Document(source, "html", tuple(blocks), front.declared_kind)


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
        self._text = text
        self._base = base
        self._body = body
        self._lines = [0, *(m.end() for m in _LINE_START.finditer(text))]
        self._stack: list[tuple[str, _Context]] = []
        self._counts: Counter[str] = Counter()
        self._builder = TextBuilder(text, base)
        self._after: list[Block] = []
        self._hidden = 0  # height of the stack at which something unseen began, else 0
        self._hidden_at = 0
        self._buttons: set[str] = set()
        self._broken = False  # a line break was just read
        self._raised: tuple[int, int] | None = None  # a <sup> that was just opened
        self._link: str | None = None
        self._carried = False
        self._closings = _last_closings(text)

    def read(self) -> None:
        """Reads the whole text."""
        self.feed(_readable(self._text))
        self.close()
        self._flush()

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._offset()
        if self._hidden:
            if tag not in _VOID:
                self._push(tag, self._context())
            return
        raw = self.get_starttag_text() or ""
        if tag in _SKIPPED and (tag in ("script", "style") or self._closings.get(tag, -1) >= start):
            self._builder.gap(start, start + len(raw))
            self._push(tag, self._context())
            self._hidden, self._hidden_at = len(self._stack), start
            return
        if tag == "br":
            self._break(start, len(raw))
            return
        if tag in ("img", "area"):
            self._attribute(raw, start, "alt", BlockKind.ALT)
            return
        if tag == "input":
            values = dict(attrs)
            if (values.get("type") or "").lower() in ("submit", "button", "reset"):
                self._attribute(raw, start, "value", BlockKind.BUTTON)
            return
        if tag == "meta":
            if (dict(attrs).get("name") or "").lower() == "description":
                self._attribute(raw, start, "content", BlockKind.DESCRIPTION)
            return
        if tag in _INLINE:
            self._inline(tag, attrs, start, len(raw))
            return
        self._flush()
        self._close_open(tag)
        if tag not in _VOID:
            self._push(tag, self._inner(tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML ignores the slash, except in SVG, and in components of site generators
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and self._stack and self._stack[-1][0] == tag:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        start = self._offset()
        if self._hidden:
            self._pop(tag)
            if len(self._stack) < self._hidden:
                self._hidden = 0
                if tag not in _INLINE and tag not in _SKIPPED:
                    self._flush()
                else:
                    self._builder.gap(self._hidden_at, start)
            return
        if tag in _INLINE:
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
        if self._raised is not None:
            if self._builder.last.isalpha() and data[:1].isdigit():
                self._builder.gap(*self._raised)
            self._raised = None
        if not data.isspace():
            self._broken = False
        self._builder.copy(start, end)

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
        _put_reference(self._builder, self._text, start, start + length)

    def _inline(self, tag: str, attrs: list[tuple[str, str | None]], start: int, length: int) -> None:
        if tag in _VOID:
            return
        if tag == "a":
            values = dict(attrs)
            self._end_link()
            target = values.get("href") or ""
            self._builder.open_link(target)
            self._link = target if self._closings.get("a", -1) > start else None
            if values.get("role") == "button" or _BUTTON_LIKE.search(values.get("class") or ""):
                self._buttons.add(target)
        elif tag == "sup":
            self._raised = (start, start + length)
        self._push(tag, self._context())

    def _end_link(self) -> None:
        self._builder.close_link()
        self._link = None

    def _break(self, start: int, length: int) -> None:
        """One line break is a space; a second one in a row ends the block."""
        if self._broken:
            self._flush()
        self._builder.gap(start, start + length)
        self._broken = True

    def _attribute(self, raw: str, start: int, name: str, kind: BlockKind) -> None:
        builder = TextBuilder(self._text, self._base)
        for match in _ATTRIBUTE.finditer(raw, _name_end(raw)):
            if match.group(1).lower() == name and match.group(2):
                low, high = match.span(2)
                if raw[low] in "\"'":
                    low, high = low + 1, high - 1
                put_with_references(builder, self._text, start + low, start + high)
                break
        block = builder.build(kind)
        if block:
            self._after.append(block)

    # Structure

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _context(self) -> _Context:
        return self._stack[-1][1] if self._stack else self._body

    def _inner(self, tag: str, attrs: dict[str, str | None]) -> _Context:
        around = self._context()
        if tag in _HEADINGS:
            return _Context(BlockKind.HEADING, _HEADINGS[tag], around.depth)
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
        lowest = max(index - _REACH, 0)
        while self._stack[index][0] != tag:
            if index <= lowest or self._stack[index][0] not in _INLINE:
                return
            index -= 1
        del self._stack[index]
        self._counts[tag] -= 1

    def _close_open(self, tag: str) -> None:
        """Closes what the tag implies closed: a paragraph, or a sibling item or cell left open."""
        if self._counts["p"] and self._stack[-1][0] in ("p", *_INLINE):
            index = len(self._stack) - 1
            while index >= 0 and self._stack[index][0] in _INLINE:
                index -= 1
            if index >= 0 and self._stack[index][0] == "p":
                self._pop("p")
        rule = _CLOSES.get(tag)
        if rule is None:
            return
        siblings, walls = rule
        names = siblings.split()
        if not any(self._counts[name] for name in names):
            return
        index = len(self._stack) - 1
        lowest = index - _REACH
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
                self.blocks.extend(self._standing_links(block))
        self._builder = TextBuilder(self._text, self._base)
        self._carried = self._link is not None  # a link around blocks leads on
        if self._link is not None:
            self._builder.open_link(self._link)
        if self._after:
            self.blocks.extend(self._after)
            self._after = []

    def _standing_links(self, block: Block) -> Iterator[Block]:
        """A paragraph of nothing but links is one block for each of them."""
        if block.kind is not BlockKind.PARAGRAPH or not block.links or self._carried:
            yield block
            return
        position = 0
        for link in block.links:
            if block.text[position : link.start].strip(" |·•/-–") or link.start < position:
                yield block
                return
            position = link.end
        if block.text[position:].strip(" |·•/-–"):
            yield block
            return
        for link in block.links:
            kind = BlockKind.BUTTON if link.target in self._buttons else BlockKind.LINK
            yield cut(block, link.start, link.end, kind)


def _outside_heading(context: _Context) -> _Context:
    """The same place, but not in a heading: an unclosed one does not swallow the page."""
    if context.kind is BlockKind.HEADING:
        return _Context(BlockKind.PARAGRAPH, 0, context.depth)
    return context


def put_with_references(builder: TextBuilder, text: str, start: int, end: int) -> None:
    """Adds a stretch of HTML text, its character references decoded."""
    position = start
    for match in _ENTITY.finditer(text, start, end):
        if match.start() > position:
            builder.copy(position, match.start())
        _put_reference(builder, text, *match.span())
        position = match.end()
    if position < end:
        builder.copy(position, end)


def _put_reference(builder: TextBuilder, text: str, start: int, end: int) -> None:
    raw = text[start:end]
    decoded = unescape(raw)
    if decoded == raw:
        builder.copy(start, end)
    else:
        builder.decode(decoded, start, end)


def _name_end(raw: str) -> int:
    match = re.match(r"<[^\s/>]+", raw)
    return match.end() if match else 1


def _last_closings(text: str) -> dict[str, int]:
    """Where each skipped element is closed for the last time: one never closed hides nothing."""
    lower = text.lower()
    return {tag: lower.rfind("</" + tag) for tag in (*_SKIPPED, "a") if "<" + tag in lower}


def _readable(text: str) -> str:
    """The same text, same length, with what the parser would stumble over blanked."""
    if "<?" in text:
        text = _PROCESSING.sub(lambda m: _blank(m.group()), text)
    # A comment never closed hides nothing; blanking its opening also keeps the parser from searching on and on
    tail = text.rfind("-->") + 3 if "-->" in text else 0
    if "<!--" in text[tail:]:
        text = text[:tail] + text[tail:].replace("<!--", "    ")
    if "<![" in text:  # marked sections, which make the parser give up
        text = _COMMENT_OR_SECTION.sub(lambda m: m.group() if m.group()[2] == "-" else _blank(m.group()), text)
    # Behind the last > no tag ends, so every < there is only a sign
    tail = text.rfind(">") + 1
    return text[:tail] + text[tail:].replace("<", " ")


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
