"""Markdown: CommonMark with tables, strikethrough and footnotes, read by markdown-it, each character traced back."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from healthlint.documents.blocks import Block, BlockKind, Document
from healthlint.documents.front_matter import read_front_matter
from healthlint.documents.markdown_inline import Content, Inlines, put_escaped
from healthlint.documents.markdown_rules import try_by_sign
from healthlint.documents.source import Source
from healthlint.documents.weaving import TextBuilder

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_BREAK = re.compile(r"\r\n|\n|\r")
_CONTAINER = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_DEFINITION = re.compile(r"\]:[\s>]*(?:<[^>\r\n]*>|[^\s<]\S*)[\s>]+([\"'(])")
_PREFIX = re.compile(r"(?:\r\n|\r|\n)[ \t>]*")
_NOTE_LABEL = re.compile(r"\[\^[^\]\s]+\]:")
_PLAIN_TARGET = re.compile(
    r"(?:https?://[a-z0-9.-]+(?=[/?#]|$))?[A-Za-z0-9._~/-]*(?:\?[A-Za-z0-9=&._~-]*)?(?:#[A-Za-z0-9._~/-]*)?"
)
"""Where a link leads, written in letters that an address keeps as they are."""
_UNDERLINE = re.compile(r"\n(?<!\n\n)[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
"""A line that can make a heading of the lines above it."""
_MAX_NESTING = 60


def parse_markdown(source: Source) -> Document:
    """The blocks of a Markdown file."""
    front = read_front_matter(source.text)
    blocks = (*front.blocks, *markdown_blocks(source.text, front.end))
    return Document(source, "markdown", blocks, front.declared_kind, front.settings)


def markdown_blocks(text: str, start: int = 0, *, mdx: bool = False) -> list[Block]:
    """The blocks of the Markdown that begins at `start`; for `mdx` without indented code and HTML blocks."""
    return _Reader(text, start, mdx=mdx).read()


@lru_cache(maxsize=8)
def _parser(*, mdx: bool, notes: bool, tables: bool, underlined: bool) -> MarkdownIt:
    """The parser, set to keep the source of escapes and entities, and the ends and titles of links.

    It tries only the rules that a document can need: those for `notes`, `tables` and `underlined` headings if asked.
    """
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def normalizeLink(self, url: str) -> str:  # noqa: N802
            return url if _PLAIN_TARGET.fullmatch(url) else super().normalizeLink(url)

    parser = Parser("commonmark", {"maxNesting": _MAX_NESTING}).enable("strikethrough")
    parser.core.ruler.disable("text_join", True)
    if mdx:
        parser.disable(["code", "html_block"])
    if tables:
        parser.enable("table")
    if not underlined:
        parser.disable("lheading")
    if notes:
        from mdit_py_plugins.footnote import footnote_plugin

        parser.use(footnote_plugin, inline=False, move_to_end=False)
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in ("link", "image", "footnote_ref"):
        if name in rules:
            parser.inline.ruler.at(name, _noting_end(rules[name]))
    try_by_sign(parser)
    return parser


def _noting_end(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule for a link, an image or a note, with the end of what it read, and any title, kept on its last token."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if state.src.find("]", start + 1) < 0:  # spares the rule a search to the end for every bracket
            return False
        found = rule(state, silent)
        if found and not silent:
            last = state.tokens[-1]
            last.meta["end"] = state.pos
            if any(token.attrs.get("title") for token in state.tokens[before : before + 2]):
                title = _title_in(state, start)
                if title:
                    last.meta["title"] = title
        return found

    return noting


def _title_in(state: StateInline, start: int) -> tuple[int, int] | None:
    """The stretch of the title of the link or image from `start` up to where the parser is; none if it stands apart."""
    source, end = state.src, state.pos
    if source[end - 1] != ")":
        return None
    helpers = state.md.helpers
    image = source[start] == "!"
    label_end = helpers.parseLinkLabel(state, start + image, not image)
    position = label_end + 2
    while source[position].isspace():
        position += 1
    position = helpers.parseLinkDestination(source, position, end).pos
    while source[position].isspace():
        position += 1
    return position + 1, len(source[: end - 1].rstrip()) - 1


class _Reader:
    """Walks the tokens of one file and turns them into blocks."""

    def __init__(self, text: str, start: int, *, mdx: bool) -> None:
        self._text = text
        self._mdx = mdx
        self._note: tuple[int, int] | None = None  # the label of a footnote that was just opened
        self._lines: list[tuple[int, int]] = []
        position = start
        for match in _BREAK.finditer(text, start):
            self._lines.append((position, match.start()))
            position = match.end()
        self._lines.append((position, len(text)))
        self._blocks: list[Block] = []

    def read(self) -> list[Block]:
        body = "\n".join(self._text[start:end] for start, end in self._lines)
        kinds: list[tuple[BlockKind, int]] = []
        lists = 0
        cells: list[Content] = []
        heading = 0
        in_cell = False
        env: dict[str, Any] = {}
        parser = _parser(
            mdx=self._mdx, notes="[^" in body, tables="|" in body, underlined=_UNDERLINE.search(body) is not None
        )
        tokens = parser.parse(body, env)
        if max([token.level for token in tokens], default=0) >= _MAX_NESTING - 1:
            # The parser drops what is nested deeper; nobody writes that, so read it as it stands
            from healthlint.documents.text import text_blocks

            start = self._lines[0][0]
            return list(text_blocks(" " * start + self._text[start:]))
        for token in tokens:
            name = token.type
            if name == "inline":
                if heading:
                    self._inline(token, self._heading(token), BlockKind.HEADING, heading)
                elif in_cell:
                    content = cells.pop(0) if cells else self._wrapped(token)
                    self._inline(token, content, BlockKind.TABLE_CELL, 0)
                else:
                    kind, level = kinds[-1] if kinds else (BlockKind.PARAGRAPH, 0)
                    self._inline(token, self._wrapped(token), kind, level)
            elif name == "heading_open":
                heading = int(token.tag[1])
            elif name == "heading_close":
                heading = 0
            elif name in ("bullet_list_open", "ordered_list_open"):
                lists += 1
            elif name in ("bullet_list_close", "ordered_list_close"):
                lists -= 1
            elif name == "list_item_open":
                kinds.append((BlockKind.LIST_ITEM, lists))
            elif name == "blockquote_open":
                kinds.append((BlockKind.QUOTATION, 0))
            elif name in ("list_item_close", "blockquote_close"):
                kinds.pop()
            elif name == "tr_open":
                cells = self._row(token)
            elif name == "tr_close":
                for content in cells:  # more cells than the head has: browsers drop them, we do not
                    self._plain(content, BlockKind.TABLE_CELL)
            elif name in ("th_open", "td_open", "th_close", "td_close"):
                in_cell = name.endswith("open")
            elif name == "html_block":
                kind, level = kinds[-1] if kinds else (BlockKind.PARAGRAPH, 0)
                self._html(token, kind, level)
            elif name == "footnote_reference_open":
                kinds.append((BlockKind.PARAGRAPH, 0))
                self._note = self._note_label(token)
            elif name == "footnote_reference_close":
                kinds.pop()
                self._note = None
        for definition in env.get("references", {}).values():
            if definition["title"]:
                self._definition(*definition["map"])
        return self._blocks

    def _inline(self, token: Token, content: Content, kind: BlockKind, level: int) -> None:
        inlines = Inlines(self._text, content, kind, level)
        if self._note:
            inlines.put_label(*self._note)
            self._note = None
        children = token.children or []
        inlines.skip_mark(children)
        inlines.read(children)
        self._blocks.extend(inlines.finish())

    def _plain(self, content: Content, kind: BlockKind) -> None:
        inlines = Inlines(self._text, content, kind)
        inlines.copy(0, len(content.text))
        self._blocks.extend(inlines.finish())

    def _note_label(self, token: Token) -> tuple[int, int] | None:
        first, _ = token.map or [0, 0]
        match = _NOTE_LABEL.search(self._text, *self._lines[min(first, len(self._lines) - 1)])
        return match.span() if match else None

    def _definition(self, first: int, last: int) -> None:
        """The title of a link that is defined apart from the text."""
        start, end = self._lines[first][0], self._lines[min(last, len(self._lines)) - 1][1]
        match = _DEFINITION.search(self._text, start, end)
        if not match:
            return
        low, high = match.end(), start + len(self._text[start:end].rstrip()) - 1
        builder = TextBuilder(self._text)
        for prefix in _PREFIX.finditer(self._text, low, high):
            put_escaped(builder, self._text, low, prefix.start())
            builder.gap(*prefix.span())
            low = prefix.end()
        put_escaped(builder, self._text, low, high)
        block = builder.build(BlockKind.ALT)
        if block:
            self._blocks.append(block)

    def _wrapped(self, token: Token) -> Content:
        """Where the lines of a paragraph stand in the file: each is the tail of its source line."""
        first, last = token.map or [0, 0]
        content = token.content
        if last - first == 1 and content[:1].strip(" \t") and content[-1] not in " \t":
            start, end = self._lines[min(first, len(self._lines) - 1)]
            if self._text.endswith(content, start, end):
                return Content(content, ((0, end - len(content)),))
        lines = content.split("\n")
        head = lines[0].strip()
        while last - first > len(lines) and not self._line(first).rstrip().endswith(head):
            first += 1  # a line of odd white space, which the parser has stripped
        starts: list[tuple[int, int]] = []
        offset = 0
        for number, line in enumerate(lines):
            words = line.strip(" \t")
            start, _ = self._lines[min(first + number, len(self._lines) - 1)]
            raw = self._line(first + number)
            tail = raw.rstrip(" \t")
            at = len(tail) - len(words) if tail.endswith(words) else max(raw.rfind(words), 0)
            lead = len(line) - len(line.lstrip(" \t"))
            starts.append((offset + lead, start + at))
            offset += len(line) + 1
        return Content(content, tuple(starts))

    def _line(self, number: int) -> str:
        """The characters of a line, as the parser takes them."""
        start, end = self._lines[min(number, len(self._lines) - 1)]
        return self._text[start:end].replace("\0", "\ufffd")

    def _heading(self, token: Token) -> Content:
        first, last = token.map or [0, 1]
        start, end = self._lines[min(first, len(self._lines) - 1)]
        raw = self._text[start:end]
        if last - first == 1 and token.content:
            hashes = re.compile(r"#{1,6}[ \t]+").search(raw)
            if hashes and raw.startswith(token.content, hashes.end()):
                return Content(token.content, ((0, start + hashes.end()),))
        return self._wrapped(token)

    def _row(self, token: Token) -> list[Content]:
        """The cells of a table row, split as the parser splits them: at bars without a backslash before them."""
        first, _ = token.map or [0, 0]
        start, end = self._lines[min(first, len(self._lines) - 1)]
        lead = _CONTAINER.match(self._text, start, end)
        position = lead.end() if lead else start
        row = self._text[position:end].rstrip(" \t")
        cells: list[list[tuple[int, int]]] = [[]]
        piece = 0
        escaped = False
        for index, char in enumerate(row):
            if char == "|":
                cells[-1].append((piece, index - 1 if escaped else index))
                piece = index if escaped else index + 1
                if not escaped:
                    cells.append([])
            escaped = char == "\\"
        cells[-1].append((piece, len(row)))
        contents = [_cell(row, position, pieces) for pieces in cells]
        if contents and not row[: cells[0][-1][1]]:
            contents.pop(0)
        if contents and cells[-1][0][0] == cells[-1][-1][1] == len(row):
            contents.pop()
        return contents

    def _html(self, token: Token, kind: BlockKind, level: int) -> None:
        from healthlint.documents.html import html_blocks

        first, last = token.map or [0, 0]
        lines = self._lines[first:last]
        if not lines:
            return
        start, end = lines[0][0], lines[-1][1]
        view = self._text[start:end]
        if token.level:  # blank the prefixes of the list or quotation around it
            pieces = []
            contents = token.content.split("\n")
            for number, (low, high) in enumerate(lines):
                words = contents[number].strip() if number < len(contents) else ""
                raw = self._text[low:high]
                at = max(raw.rfind(words), 0) if words else len(raw)
                following = lines[number + 1][0] if number + 1 < len(lines) else end
                pieces.append(" " * at + raw[at:] + self._text[high:following])
            view = "".join(pieces)
        self._blocks.extend(html_blocks(view, start, context=kind, level=level))


def _cell(row: str, position: int, pieces: list[tuple[int, int]]) -> Content:
    text = ""
    starts: list[tuple[int, int]] = []
    for start, end in pieces:
        if start < end:
            starts.append((len(text), position + start))
            text += row[start:end]
    lead = len(text) - len(text.lstrip())
    kept = text.strip()
    moved = [(max(offset - lead, 0), source + max(lead - offset, 0)) for offset, source in starts]
    while len(moved) > 1 and moved[1][0] == 0:
        moved.pop(0)
    return Content(kept, tuple(moved))
