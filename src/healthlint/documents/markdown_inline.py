"""The inline part of Markdown: where each piece of a paragraph stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from healthlint.documents.blocks import Block, BlockKind
from healthlint.documents.html_elements import last_closings
from healthlint.documents.references import put_with_references
from healthlint.documents.weaving import TextBuilder, raised
from healthlint.documents.words import word_set

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_HREF = re.compile(r"""\shref\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_ALT = re.compile(r"""\salt\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
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
    """Follows the parser's inline tokens through the text they were made from."""

    def __init__(self, source: str, content: Content) -> None:
        self.builder = TextBuilder(source)
        self.images: list[Block] = []
        self._source = source
        self._content = content
        self._cursor = 0
        self._closings: dict[str, int] | None = None
        self._unread = ""  # the tag whose end will make words count again
        self._raised = False  # a <sup> that was just opened

    def read(self, tokens: Sequence[Token]) -> None:
        """Adds what the tokens say, left to right."""
        text = self._content.text
        for token in tokens:
            name = token.type
            cursor = self._cursor
            if name == "text":
                words = token.content
                if words:
                    at = cursor if text.startswith(words, cursor) else max(text.find(words, cursor), cursor)
                    self._words(at, at + len(words))
            elif name == "text_special":
                self._special(token)
            elif name in ("softbreak", "hardbreak"):
                self._line_break()
            elif name == "link_open":
                self._cursor += 1
                self.builder.open_link(str(token.attrs.get("href", "")))
            elif name == "link_close":
                self.builder.close_link()
                self._cursor = cursor + 1 if token.info == "auto" else int(token.meta.get("end", cursor))
            elif name == "image":
                self._image(token)
            elif name == "code_inline":
                self._code(token)
            elif name == "html_inline":
                self._html(token)
            else:
                self._cursor += len(token.markup)

    def copy(self, start: int, end: int) -> None:
        """Adds the content from `start` to `end` as it stands."""
        content = self._content
        position = start
        for at, _ in content.starts:
            if position < at < end:
                self._copy_within(position, at)
                position = at
        self._copy_within(position, end)

    def _copy_within(self, start: int, end: int) -> None:
        if start < end:
            low = self._content.source(start)
            self.builder.copy(low, low + end - start)

    def _words(self, start: int, end: int) -> None:
        if not self._unread:
            words = self._content.text[start:end]
            shown = raised(words, self.builder.last) if self._raised else words
            self._raised = False
            if shown != words:
                low = self._content.source(start)
                self.builder.decode(shown, low, low + end - start)
            elif len(self._content.starts) == 1:
                low = self._content.source(start)
                self.builder.copy(low, low + end - start)
            else:
                self._split_words(start, end)
        self._cursor = end

    def _split_words(self, start: int, end: int) -> None:
        starts = self._content.starts
        index = bisect_right(starts, (start, 1 << 60))
        while index < len(starts) and starts[index][0] < end:
            self._copy_within(start, starts[index][0])
            start = starts[index][0]
            index += 1
        self._copy_within(start, end)

    def _special(self, token: Token) -> None:
        start = self._content.source(self._cursor)
        length = len(token.markup)
        if not self._unread:
            if token.content == token.markup:
                self.builder.copy(start, start + length)
            else:
                self.builder.decode(token.content, start, start + length)
        self._cursor += length

    def _line_break(self) -> None:
        text = self._content.text
        at = text.find("\n", self._cursor)
        if at < 0:
            return
        after = at + 1
        while after < len(text) and text[after] in " \t":
            after += 1
        self.builder.gap(self._content.source(self._cursor), self._content.source(after))
        self._cursor = after

    def _image(self, token: Token) -> None:
        end = int(token.meta.get("end", self._cursor + 2 + len(token.content)))
        if not self._unread:
            inner = Inlines(self._source, self._content)
            inner._cursor = self._cursor + 2
            inner.read(token.children or [])
            block = inner.builder.build(BlockKind.ALT)
            if block:
                self.images.append(block)
            self.images.extend(inner.images)
        self._cursor = end

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
        self.builder.gap(self._content.source(self._cursor), self._content.source(end - 1) + 1)
        self._cursor = end

    def _html(self, token: Token) -> None:
        start, end = self._cursor, self._cursor + len(token.content)
        self._cursor = end
        match = _TAG.match(token.content)
        if not match:
            return
        closing, name = match.group(1) == "/", match.group(2).lower()
        low = self._content.source(start)
        if self._unread:
            if closing and name == self._unread:
                self._unread = ""
        elif name == "sup":
            self._raised = not closing
        elif name == "br":
            self.builder.gap(low, self._content.source(end - 1) + 1)
        elif name == "a":
            target = _HREF.search(token.content)
            if closing:
                self.builder.close_link()
            else:
                self.builder.open_link(target.group(1).strip("\"'") if target else "")
        elif name == "img":
            self._alt(token.content, low)
        elif name in _UNREAD and not closing and self._closes(name, end):
            self.builder.gap(low, self._content.source(end - 1) + 1)
            self._unread = name

    def _closes(self, name: str, position: int) -> bool:
        """Whether an element is closed behind `position`: one left open hides nothing."""
        if self._closings is None:
            self._closings = last_closings(self._content.text)
        return self._closings.get(name, -1) >= position

    def _alt(self, tag: str, low: int) -> None:
        match = _ALT.search(tag)
        if not match or "\n" in tag[: match.end()]:
            return
        start, end = match.span(1)
        if tag[start] in "\"'":
            start, end = start + 1, end - 1
        builder = TextBuilder(self._source)
        put_with_references(builder, self._source, low + start, low + end)
        block = builder.build(BlockKind.ALT)
        if block:
            self.images.append(block)
