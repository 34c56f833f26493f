"""reStructuredText: read by docutils, each character traced back to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.documents.blocks import Block, BlockKind, Document
from healthlint.documents.source import Source
from healthlint.documents.weaving import TextBuilder, standing_links
from healthlint.errors import UserError

if TYPE_CHECKING:
    from healthlint.documents.rst_inline import Inline, Resolver
    from healthlint.documents.rst_lines import Lines

_NOT_READ = (".. raw::", ".. include::", ".. code", ".. math::", ".. parsed-literal::", ".. sourcecode::")
_SETTINGS = {
    "report_level": 5,  # nothing goes to standard error
    "halt_level": 5,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "warning_stream": False,
    "syntax_highlight": "none",
    "line_length_limit": 10_000_000,
}


class _Context(NamedTuple):
    """What text is by the elements around it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    section: int = 0
    depth: int = 0
    label: str = ""


def parse_rst(source: Source) -> Document:
    """The blocks of a reStructuredText file; UserError where docutils is not installed."""
    try:
        import docutils  # noqa: F401
    except ImportError:
        hint = "pip install 'healthlint[rst]'"
        raise UserError(
            "reStructuredText needs a library that is not installed", where=source.path, hint=hint
        ) from None
    from healthlint.documents.rst_inline import Resolver
    from healthlint.documents.rst_lines import Lines

    lines = Lines(source.text)
    try:
        tree = _tree(lines)
        reader = _Reader(source.text, lines, Resolver(tree))
        reader.walk(tree, _Context())
        return Document(source, "rst", tuple(reader.blocks), unread=tuple(dict.fromkeys(reader.unread)))
    except Exception:  # a fault of the parser must not cost the page
        from healthlint.documents.text import text_blocks

        return Document(source, "rst", text_blocks(source.text), unread=("its markup, at which the parser gave up,",))


def _tree(lines: Lines) -> Any:
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser
    from docutils.utils import new_document

    from healthlint.documents.rst_directives import learn
    from healthlint.documents.rst_inline import LocatingInliner

    text = str(lines)
    learn(text)
    parser = Parser(inliner=LocatingInliner(lines))
    settings = get_default_settings(parser)
    for name, value in _SETTINGS.items():
        setattr(settings, name, value)
    document = new_document("", settings)
    parser.parse(text, document)
    return document


class _Reader:
    """Walks the tree of one file and turns it into blocks."""

    def __init__(self, text: str, lines: Lines, resolver: Resolver) -> None:
        self.blocks: list[Block] = []
        self.unread: list[str] = []
        self._text = text
        self._lines = lines
        self._resolver = resolver

    def walk(self, node: Any, context: _Context) -> None:
        """Adds the blocks below a node."""
        from docutils import nodes

        from healthlint.documents.rst_inline import Inline

        for child in node.children:
            if isinstance(child, Inline):
                self._inline(child, context)
            elif isinstance(child, nodes.system_message):
                self._trouble(child, context)
            elif isinstance(child, nodes.image):
                self._picture(child)
            elif isinstance(child, (nodes.footnote, nodes.citation)):
                self._note(child, context)
            elif not isinstance(child, (nodes.Invisible, nodes.FixedTextElement, nodes.math_block, nodes.raw)):
                self.walk(child, self._inside(child, context))

    def _inside(self, node: Any, context: _Context) -> _Context:
        from docutils import nodes

        if isinstance(node, nodes.section):
            return context._replace(section=context.section + 1)
        if isinstance(node, nodes.title):
            if isinstance(node.parent, nodes.section):
                return context._replace(kind=BlockKind.HEADING, level=min(context.section, 6))
            return (
                context if isinstance(node.parent, nodes.table) else context._replace(kind=BlockKind.HEADING, level=6)
            )
        if isinstance(node, nodes.rubric):
            return context._replace(kind=BlockKind.HEADING, level=6)
        if isinstance(node, (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list)):
            return context._replace(depth=context.depth + 1)
        if isinstance(node, (nodes.list_item, nodes.definition_list_item)):
            return context._replace(kind=BlockKind.LIST_ITEM, level=context.depth)
        if isinstance(node, nodes.block_quote):
            return context._replace(kind=BlockKind.QUOTATION, level=0)
        if isinstance(node, nodes.entry):
            return context._replace(kind=BlockKind.TABLE_CELL, level=0)
        if isinstance(node, nodes.field_list) and all(b.kind is BlockKind.HEADING for b in self.blocks):
            return context._replace(kind=BlockKind.FRONT_MATTER, level=0)
        if isinstance(node, nodes.field) and context.kind is BlockKind.FRONT_MATTER:
            return context._replace(label=node[0].astext().strip().lower())
        return context

    def _inline(self, inline: Inline, context: _Context) -> None:
        from docutils import nodes

        from healthlint.documents.rst_inline import woven

        kind = context.kind
        if kind is BlockKind.FRONT_MATTER:
            if isinstance(inline.parent, nodes.field_name):
                return
            named = {"title": BlockKind.TITLE, "description": BlockKind.DESCRIPTION, "summary": BlockKind.DESCRIPTION}
            kind = named.get(context.label, kind)
        block = woven(self._text, inline, self._resolver, kind, context.level, context.label)
        if block is not None:
            self.blocks += standing_links(block)

    def _note(self, note: Any, context: _Context) -> None:
        """A footnote or citation: its number stands before its first paragraph."""
        from docutils import nodes

        from healthlint.documents.rst_inline import Inline, woven

        label = note[0].astext() if note.children and isinstance(note[0], nodes.label) else str(note.get("number", ""))
        first = True
        for inline in note.findall(Inline):
            start = inline.located.span(0, len(inline.escaped))[0]
            mark = self._text.rfind("[", 0, start) if first and label else -1
            before = _marking(f"[{label}] ", mark, self._text.find("]", mark, start) + 1) if mark >= 0 else None
            block = woven(self._text, inline, self._resolver, context.kind, context.level, "", before)
            first = False
            if block is not None:
                self.blocks.append(block)

    def _picture(self, image: Any) -> None:
        words = image.get("alt", "")
        if not words.strip():
            return
        from healthlint.documents.rst_inline import put_located

        located = self._lines.locate(words, image.line or 1, in_cell=True)
        builder = TextBuilder(self._text)
        put_located(builder, located, 0, len(located.text))
        block = builder.build(BlockKind.ALT)
        if block is not None:
            self.blocks.append(block)

    def _trouble(self, message: Any, context: _Context) -> None:
        """What the parser could not follow is read as plain text."""
        from docutils import nodes

        from healthlint.documents.blocks import Segment
        from healthlint.documents.carried import Carried, carry
        from healthlint.documents.text import text_blocks

        line = message.get("line") or 1
        for literal in message.findall(nodes.literal_block):
            words = literal.astext()
            if words.lstrip().startswith(_NOT_READ):
                if words.lstrip().startswith((".. include::", ".. raw::")):
                    what = words.split("::")[0].strip(". \n")
                    self.unread.append(f"what line {line} takes in with '{what}'")
                continue
            located = self._lines.locate(words, line)
            parts: list[str] = []
            stretches: list[Segment] = []
            size = 0
            for start, end, breaks in located.stretches(0, len(located.text)):
                parts.append("\n" if breaks else self._text[start:end])
                stretches.append(Segment(size, len(parts[-1]), start, end - start))
                size += len(parts[-1])
            if parts:
                carried = Carried("".join(parts), tuple(stretches), stretches[0].source_start)
                self.blocks += (carry(block, carried) for block in text_blocks(carried.text))


def _marking(words: str, start: int, end: int) -> Any:
    def put(builder: TextBuilder) -> None:
        builder.decode(words.strip(), start, end)
        builder.gap(end, end)

    return put
