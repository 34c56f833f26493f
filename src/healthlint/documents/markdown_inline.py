"""The inline part of Markdown: where each piece of a paragraph stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from healthlint.documents.blocks import Block, BlockKind
from healthlint.documents.html_attributes import said, value_of
from healthlint.documents.html_elements import BLOCKS, HEADINGS, is_button_like, last_closings
from healthlint.documents.references import put_reference, put_with_references
from healthlint.documents.weaving import TextBuilder, raised, standing_links
from healthlint.documents.words import word_set

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_ESCAPE_OR_REFERENCE = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
_ALERT = re.compile(r"\[![A-Za-z]+\][ \t]*(?=\n)")
_LEADING_MARKS = {BlockKind.LIST_ITEM: _TASK, BlockKind.QUOTATION: _ALERT}
_UNREAD = word_set("code pre script style template svg")


class Content(NamedTuple):
    """The inline text of a block as the parser has it, and where its stretches begin in the file.

    `starts` pairs offsets in `text` with offsets in the file; each stretch runs on to the next pair or the line's end.
    """

    text: str
    starts: tuple[tuple[int, int], ...]

    def source(self, offset: int) -> int:
        """The offset in the file of an offset in the text."""
        index = max(bisect_right(self.starts, (offset, 1 << 60)) - 1, 0)
        at, start = self.starts[index]
        return start + offset - at


class Inlines:
    """Follows the parser's inline tokens through the text of a block of the given kind, and cuts that up.

    Nearly always into one block; an element of HTML that sets its words apart begins another, and what images and
    attributes say follows.
    """

    def __init__(self, source: str, content: Content, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> None:
        self._source = source
        self._content = content
        self._builder = TextBuilder(source)
        self._blocks: list[Block] = []
        self._after: list[Block] = []
        self._around: list[tuple[str, BlockKind, int]] = [("", kind, level)]
        self._cursor = 0
        self._skipped = 0  # the length of a mark to leave out of the first words
        self._closings: dict[str, int] | None = None
        self._unread = ""  # the tag whose end will make words count again
        self._raised = False  # a <sup> that was just opened
        self._closed_at = -1  # where the last component ended

    def finish(self) -> list[Block]:
        """The blocks, in order."""
        self._cut()
        return self._blocks

    def skip_mark(self, tokens: Sequence[Token]) -> None:
        """Passes over what stands for a box to tick or for a coloured frame at the beginning of `tokens`."""
        mark = _LEADING_MARKS.get(self._around[0][1]) if self._content.text.startswith("[") else None
        match = mark.match(self._content.text) if mark else None
        if match and tokens and tokens[0].type == "text" and tokens[0].content.startswith(match.group()):
            self._skipped = match.end()

    def put_label(self, start: int, end: int) -> None:
        """Adds a stretch of the source, set apart, before all else."""
        self._builder.copy(start, end)
        self._builder.gap(end, end)

    def read(self, tokens: Sequence[Token]) -> None:
        """Adds what the tokens say, left to right."""
        text = self._content.text
        for token in tokens:
            name = token.type
            cursor = self._cursor
            if name == "text":
                words = token.content
                if self._skipped:
                    words = words[self._skipped :]
                    cursor = self._cursor = self._skipped
                    self._skipped = 0
                if words:
                    at = cursor if text.startswith(words, cursor) else max(text.find(words, cursor), cursor)
                    self._words(at, at + len(words))
            elif name == "text_special":
                self._special(token)
            elif name in ("softbreak", "hardbreak"):
                self._line_break()
            elif name == "link_open":
                self._cursor += 1
                self._builder.open_link(str(token.attrs.get("href", "")))
            elif name == "link_close":
                self._builder.close_link()
                self._cursor = cursor + 1 if token.info == "auto" else int(token.meta.get("end", cursor))
                self._tip(token)
            elif name == "image":
                self._image(token)
            elif name == "code_inline":
                self._code(token)
            elif name == "html_inline":
                self._html(token.content)
            elif name == "footnote_ref":
                end = cursor + len(token.meta["label"]) + 3
                self._words(cursor, end)
            else:
                self._cursor += len(token.markup)

    def copy(self, start: int, end: int) -> None:
        """Adds the content from `start` to `end` as it stands."""
        for low, high in self._lines_of(start, end):
            self._builder.copy(low, high)

    def _words(self, start: int, end: int) -> None:
        if not self._unread:
            words = self._content.text[start:end]
            shown = raised(words, self._builder.last) if self._raised else words
            self._raised = False
            if shown != words:
                low = self._content.source(start)
                self._builder.decode(shown, low, low + end - start)
            elif len(self._content.starts) == 1:
                low = self._content.source(start)
                self._builder.copy(low, low + end - start)
            else:
                for low, high in self._lines_of(start, end):
                    self._builder.copy(low, high)
        self._cursor = end

    def _special(self, token: Token) -> None:
        start = self._content.source(self._cursor)
        length = len(token.markup)
        if not self._unread:
            if token.content == token.markup:
                self._builder.copy(start, start + length)
            else:
                self._builder.decode(token.content, start, start + length)
        self._cursor += length

    def _line_break(self) -> None:
        text = self._content.text
        at = text.find("\n", self._cursor)
        if at < 0:
            return
        after = at + 1
        while after < len(text) and text[after] in " \t":
            after += 1
        self._builder.gap(self._content.source(self._cursor), self._content.source(after))
        self._cursor = after

    def _image(self, token: Token) -> None:
        end = int(token.meta.get("end", self._cursor + 2 + len(token.content)))
        if not self._unread:
            inner = Inlines(self._source, self._content, BlockKind.ALT)
            inner._cursor = self._cursor + 2
            inner.read(token.children or [])
            self._after.extend(inner.finish())
            self._tip(token)
        self._cursor = end

    def _tip(self, token: Token) -> None:
        """The title of a link or an image, which a reader sees on pointing at it."""
        if "title" in token.meta and not self._unread:
            builder = TextBuilder(self._source)
            for low, high in self._lines_of(*token.meta["title"]):
                put_escaped(builder, self._source, low, high)
            self._put_after(builder, BlockKind.ALT)

    def _put_after(self, builder: TextBuilder, kind: BlockKind) -> None:
        block = builder.build(kind)
        if block:
            self._after.append(block)

    def _lines_of(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of the source that a stretch of the text was taken from, one for each line."""
        starts = self._content.starts
        index = bisect_right(starts, (start, 1 << 60))
        while index < len(starts) and starts[index][0] < end:
            low = self._content.source(start)
            yield low, low + starts[index][0] - start
            start = starts[index][0]
            index += 1
        if start < end:
            low = self._content.source(start)
            yield low, low + end - start

    def _code(self, token: Token) -> None:
        text = self._content.text
        inside = self._cursor + len(token.markup)
        end = len(text)
        position = inside
        while (at := text.find(token.markup, position)) >= 0:
            after = at + len(token.markup)
            if text[at - 1] != "`" and text[after : after + 1] != "`":
                end = after
                break
            while position < len(text) and text[position] != "`":
                position = at
                break
            position = after
            while text[position : position + 1] == "`":
                position += 1
        self._builder.gap(self._content.source(self._cursor), self._content.source(end - 1) + 1)
        self._cursor = end

    def _html(self, raw: str) -> None:
        start, end = self._cursor, self._cursor + len(raw)
        self._cursor = end
        match = _TAG.match(raw)
        if not match:
            return
        closing, written = match.group(1) == "/", match.group(2)
        name = written.lower()
        low, high = self._content.source(start), self._content.source(end - 1) + 1
        if self._unread:
            if closing and name == self._unread:
                self._unread = ""
            return
        if closing:
            self._close(written)
        else:
            for kind, first, last in said(name, raw):
                builder = TextBuilder(self._source)
                for one, other in self._lines_of(start + first, start + last):
                    put_with_references(builder, self._source, one, other)
                self._put_after(builder, kind)
        if name == "sup":
            self._raised = not closing
        elif name == "br":
            self._builder.gap(low, high)
        elif name == "a" and not closing:
            if is_button_like(raw):
                self._cut()
                self._around.append((written, BlockKind.BUTTON, 0))
            self._builder.open_link(value_of(raw, "href"))
        elif name in _UNREAD and not closing and self._closes(name, end):
            self._builder.gap(low, high)
            self._unread = name
        elif not closing and not raw.endswith("/>"):
            self._open(written, raw, start)

    def _open(self, written: str, raw: str, start: int) -> None:
        """An element that sets its words apart begins; so does a component right behind another one."""
        name = written.lower()
        _, kind, level = self._around[-1]
        if name in HEADINGS:
            kind, level = BlockKind.HEADING, HEADINGS[name]
        elif _is_button(written) or value_of(raw, "role") == "button":
            kind, level = BlockKind.BUTTON, 0
        elif name in ("li", "dt", "dd"):
            kind, level = BlockKind.LIST_ITEM, max(level, 1)
        elif name in ("td", "th"):
            kind, level = BlockKind.TABLE_CELL, 0
        elif name == "blockquote":
            kind, level = BlockKind.QUOTATION, 0
        elif name not in BLOCKS:
            if _is_component(written) and self._follows_component(start):
                self._cut()
            return
        self._cut()
        self._around.append((written, kind, level))

    def _follows_component(self, start: int) -> bool:
        """Whether the component at `start` stands right behind another one, or below one that has a line of its own."""
        text = self._content.text
        if not 0 <= self._closed_at <= start:
            return False
        between = text[self._closed_at : start]
        if not between:
            return True
        if between.strip() or "\n" not in between:
            return False
        above = text[text.rfind("\n", 0, self._closed_at) + 1 : self._closed_at].lstrip()
        line = text[start:].partition("\n")[0]
        return above.startswith("<") and line.rstrip().endswith(">")

    def _close(self, written: str) -> None:
        if written.lower() == "a":
            self._builder.close_link()
        if any(name == written for name, _, _ in self._around):
            self._cut()
            while self._around.pop()[0] != written:
                pass
        elif written.lower() in BLOCKS:
            self._cut()
        if _is_component(written):
            self._closed_at = self._cursor

    def _cut(self) -> None:
        """Ends the block under construction."""
        builder, self._builder = self._builder, self._builder.renewed()
        _, kind, level = self._around[-1]
        block = builder.build(kind, level)
        if block:
            self._blocks.extend(standing_links(block))
        self._blocks.extend(self._after)
        self._after.clear()

    def _closes(self, name: str, position: int) -> bool:
        """Whether an element is closed behind `position`: one left open hides nothing."""
        if self._closings is None:
            self._closings = last_closings(self._content.text)
        return self._closings.get(name, -1) >= position


def put_escaped(builder: TextBuilder, text: str, start: int, end: int) -> None:
    """Adds a stretch of a Markdown string, its escapes and character references decoded."""
    position = start
    for match in _ESCAPE_OR_REFERENCE.finditer(text, start, end):
        if match.start() > position:
            builder.copy(position, match.start())
        if match.group(1):
            builder.decode(match.group(1), *match.span())
        else:
            put_reference(builder, text, *match.span())
        position = match.end()
    if position < end:
        builder.copy(position, end)


def _is_component(name: str) -> bool:
    """Whether an element is one of a site's own."""
    return name[0].isupper() or "-" in name


def _is_button(name: str) -> bool:
    return name == "button" or (_is_component(name) and name.lower().endswith(("button", "btn", "cta")))
