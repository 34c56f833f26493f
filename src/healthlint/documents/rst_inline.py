"""The inline part of reStructuredText: the parser finds the markup, and where each piece stands in the file is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from docutils.utils import escape2null

from healthlint.documents.blocks import Block, BlockKind
from healthlint.documents.rst_lines import Lines, Located
from healthlint.documents.weaving import TextBuilder, raised
from healthlint.documents.words import word_set

_QUOTED = re.compile(r"(?::([\w.:+-]+):)?_?`(.*)`(?:__?|:([\w.:+-]+):)?", re.DOTALL)
_WITH_TARGET = re.compile(r"(.*?)\s*<([^<>]*)>", re.DOTALL)
_UNREAD_ROLES = word_set("code literal math raw eq index")
_SPACE_OR_ESCAPE = re.compile("\x00(?:\\s+|(.)|$)", re.DOTALL)


class Inline(nodes.inline):  # type: ignore[misc]
    """A stretch of inline text: the pieces that markup makes of it, and where they stand."""

    located: Located
    escaped: str
    pieces: tuple[Piece, ...]


class Piece(NamedTuple):
    """A part of the text: `node` is what the parser made of it; None for plain words."""

    start: int
    end: int
    node: Any


class LocatingInliner(Inliner):  # type: ignore[misc]
    """The parser's own recognition of markup, with its places kept in place of the nodes that it makes."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self._lines = lines

    def init_customizations(self, settings: Any) -> None:
        """The patterns are made from what the class itself holds, so that the parser's own class has to make them."""
        plain = Inliner()
        plain.init_customizations(settings)
        self.patterns = plain.patterns

    def parse(self, text: str, lineno: int, memo: Any, parent: Any) -> tuple[list[Any], list[Any]]:
        """One node for the whole text."""
        self.document = memo.document
        self.language = memo.language
        self.reporter = memo.document.reporter
        self.parent = parent
        escaped = escape2null(text)
        pieces: list[Piece] = []
        messages: list[Any] = []
        position = plain = 0
        while position < len(escaped):
            match = self.patterns.initial.search(escaped[position:])
            if match is None:
                break
            found = match.groupdict()
            read = self.dispatch[found["start"] or found["backquote"] or found["refend"] or found["fnend"]]
            before, inlines, remaining, told = read(self, match, lineno)
            messages += told
            end = len(escaped) - len(remaining)
            if inlines:
                start = position + len(before)
                if plain < start:
                    pieces.append(Piece(plain, start, None))
                pieces.append(Piece(start, end, inlines[0]))
                plain = end
            position = end
        if plain < len(escaped):
            pieces.append(Piece(plain, len(escaped), None))
        node = Inline(text, "", nodes.Text(_SPACE_OR_ESCAPE.sub(r"\1", escaped)))
        _, line = self.reporter.get_source_and_line(lineno)
        node.located = self._lines.locate(text, line or lineno, in_cell=_is_in_cell(parent))
        node.escaped = escaped
        node.pieces = tuple(pieces)
        return [node], messages

    def interpreted(self, rawsource: str, text: str, role: str, lineno: int) -> tuple[list[Any], list[Any]]:
        """Every role, known to the parser or not, marks words."""
        return [nodes.inline(rawsource, text)], []


def _is_in_cell(node: Any) -> bool:
    while node is not None and not isinstance(node, nodes.entry):
        node = node.parent
    return node is not None


class Resolver:
    """What references and substitutions of a document stand for."""

    def __init__(self, document: Any) -> None:
        self._targets: dict[str, str] = {}
        self._anonymous: list[str] = []
        self._numbers: dict[str, int] = {}
        for target in document.findall(nodes.target):
            address = target.get("refuri", "")
            if target.get("anonymous"):
                self._anonymous.append(address)
            for name in target["names"]:
                self._targets[name] = address
        self._substitutions: Mapping[str, Any] = document.substitution_defs
        self._names: Mapping[str, str] = document.substitution_names
        taken = {int(note[0].astext()) for note in document.findall(nodes.footnote) if _is_numbered(note)}
        number = 0
        self._auto: list[int] = []
        for note in document.findall(nodes.footnote):
            if note.get("auto") == 1:
                number += 1
                while number in taken:
                    number += 1
                note["number"] = number
                for name in note["names"]:
                    self._numbers[name] = number
                if not note["names"]:
                    self._auto.append(number)

    def target(self, raw: str) -> str:
        """Where a reference without an address of its own leads."""
        if raw.endswith("__"):
            return self._anonymous.pop(0) if self._anonymous else ""
        return self._targets.get(nodes.fully_normalize_name(raw.strip("`_")), "")

    def substitution(self, name: str) -> str | None:
        """What stands for a substitution; None where it is not defined or a picture."""
        key = self._names.get(nodes.fully_normalize_name(name).lower(), name)
        found = self._substitutions.get(key)
        return None if found is None else found.astext()

    def number(self, label: str) -> str:
        """The number of a footnote by its label: `1`, `#`, `#name`; empty for a symbol."""
        if label == "#":
            return str(self._auto.pop(0)) if self._auto else ""
        if label.startswith("#"):
            return str(self._numbers.get(nodes.fully_normalize_name(label[1:]), ""))
        return label if label.isdecimal() else ""


def _is_numbered(note: Any) -> bool:
    return bool(note.children) and isinstance(note[0], nodes.label) and note[0].astext().isdecimal()


def woven(
    source: str,
    inline: Inline,
    resolver: Resolver,
    kind: BlockKind,
    level: int,
    label: str,
    before: Before | None = None,
) -> Block | None:
    """The block of a stretch of inline text; `before` puts what stands before it."""
    builder = TextBuilder(source)
    if before is not None:
        before(builder)
    weaver = _Weaver(builder, inline, resolver)
    for piece in inline.pieces:
        weaver.put(piece)
    return builder.build(kind, level, label)


def put_located(builder: TextBuilder, located: Located, start: int, end: int) -> None:
    """Adds a part of a located text as it stands."""
    for low, high, parts in located.stretches(start, end):
        if parts:
            builder.gap(low, high)
        else:
            builder.copy(low, high)


Before = Callable[[TextBuilder], None]


class _Weaver:
    def __init__(self, builder: TextBuilder, inline: Inline, resolver: Resolver) -> None:
        self._builder = builder
        self._text = inline.escaped
        self._located = inline.located
        self._resolver = resolver

    def put(self, piece: Piece) -> None:
        """Adds a piece as a reader sees it."""
        start, end, node = piece
        raw = self._text[start:end]
        if node is None or isinstance(node, nodes.problematic):
            self._copy(start, end)
        elif isinstance(node, nodes.literal):
            self._gap(start, end)
        elif isinstance(node, nodes.emphasis):
            self._copy(start + 1, end - 1)
        elif isinstance(node, nodes.strong):
            self._copy(start + 2, end - 2)
        elif isinstance(node, (nodes.footnote_reference, nodes.citation_reference)):
            self._note(start, end, raw)
        elif raw.startswith("|"):
            self._substitution(start, end, raw)
        elif (match := _QUOTED.fullmatch(raw)) is not None:
            self._quoted(start, end, match)
        else:  # a name with an underscore behind it
            self._builder.open_link(self._resolver.target(raw))
            self._copy(start, start + len(raw.rstrip("_")))
            self._builder.close_link()

    def _quoted(self, start: int, end: int, match: re.Match[str]) -> None:
        role = match.group(1) or match.group(3)
        if role and role.rpartition(":")[2] in _UNREAD_ROLES:
            self._gap(start, end)
            return
        low, high = start + match.start(2), start + match.end(2)
        named = _WITH_TARGET.fullmatch(match.group(2))
        target = ""
        if named is not None:
            target = named.group(2).replace("\x00", "")
            part = 1 if named.group(1).strip() else 2
            low, high = low + named.start(part), low + named.end(part)
        refers = match.group().endswith("_")
        if refers and not target:
            target = self._resolver.target(match.group())
        elif refers and target.endswith("_"):
            target = self._resolver.target(target)
        if refers or (role and named):
            self._builder.open_link(target)
            self._copy(low, high)
            self._builder.close_link()
        elif role in ("sup", "superscript"):
            self._raise(low, high)
        else:
            self._copy(low, high)

    def _raise(self, start: int, end: int) -> None:
        words = self._text[start:end]
        shown = raised(words, self._builder.last)
        if shown == words:
            self._copy(start, end)
        else:
            self._builder.decode(shown, *self._located.span(start, end))

    def _note(self, start: int, end: int, raw: str) -> None:
        label = raw[1:-2]
        number = self._resolver.number(label)
        if number:
            self._builder.decode(raised(number, ""), *self._located.span(start, end))
        elif label[:1] not in "#*":
            self._copy(start, end - 1)

    def _substitution(self, start: int, end: int, raw: str) -> None:
        name = raw.strip("|_")
        words = self._resolver.substitution(name)
        if words is None:
            self._copy(start + 1, start + 1 + len(name))
        else:
            self._builder.decode(words, *self._located.span(start, end))

    def _gap(self, start: int, end: int) -> None:
        self._builder.gap(*self._located.span(start, end))

    def _copy(self, start: int, end: int) -> None:
        """Adds text without the backslashes that escape, and without the blanks that are escaped."""
        position = start
        for match in _SPACE_OR_ESCAPE.finditer(self._text, start, end):
            self._put(position, match.start())
            if match.group(1):
                self._put(match.start() + 1, match.end())
            position = match.end()
        self._put(position, end)

    def _put(self, start: int, end: int) -> None:
        put_located(self._builder, self._located, start, end)
