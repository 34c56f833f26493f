"""Word files: the text as it stands once tracked changes are accepted, told by paragraph and character.

The text of the source has one line for each paragraph of the body, those in tables too, so that the line is the number
of the paragraph and the column that of the character. Text boxes, descriptions of pictures, notes, headers and footers
follow, each with a place that says what it is.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from healthlint.documents.blocks import Block, BlockKind, Document
from healthlint.documents.docx_elements import (
    SPACES,
    Aside,
    asides_of,
    one_line,
    symbol_of,
    target_of,
    text_of,
    unwrapped,
)
from healthlint.documents.docx_lines import Draft, Line, laid_out, woven
from healthlint.documents.docx_styles import Look, Styles, is_on, value_of
from healthlint.documents.office_package import Package, Relation
from healthlint.documents.source import Source
from healthlint.documents.weaving import raised, standing_links

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_UNREAD = frozenset(("w-del", "w-moveFrom", "w-pPr", "w-rPr", "w-sdtPr", "w-rt", "w-instrText", "w-delText"))
"""What a reader does not see, with all that is in it."""


def parse_docx(source: Source) -> Document:
    """The blocks of a Word file, whose bytes `source.data` holds; UserError where it is none, damaged or locked."""
    from healthlint.errors import UserError

    data = source.data
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise UserError("locked with a password", where=source.path, hint="save a copy without the password")
        raise UserError("a Word file of the old kind (.doc)", where=source.path, hint="save it as .docx")
    return _Reader(Package(data, source.path)).read(source.path)


class _Field:
    """A field: its code, then its result. Only the result is read."""

    __slots__ = ("code", "linked", "shown")

    def __init__(self) -> None:
        self.code = ""
        self.shown = False
        self.linked = False


class _Where(NamedTuple):
    """Where paragraphs stand: `name` for those outside the body, `cell` for those in a table."""

    name: str = ""
    cell: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH


class _Reader:
    """Walks the parts of one file in the order in which they are read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.main_part()
        self._links: dict[str, Relation] = {}
        self._body: list[Line] = []
        self._rest: list[Line] = []
        self._drafts: list[Draft] = []
        self._carried: list[Line] = []
        self._fields: list[_Field] = []
        self._asides: list[Aside] = []
        self._notes: dict[tuple[str, str], int] = {}
        self._tables = 0
        self._sections: list[str] = []
        self._unread: list[str] = []
        self._styles = Styles(None, None)

    def read(self, path: str) -> Document:
        """The document, under the name `path`."""
        package, main = self._package, self._main
        relations = package.relations(main)
        parts = {
            relation.kind: relation.target
            for relation in relations.values()
            if not relation.external and package.has(relation.target)
        }
        self._styles = Styles(
            package.xml(parts["styles"]) if "styles" in parts else None,
            package.xml(parts["numbering"]) if "numbering" in parts else None,
        )
        self._links = relations
        body = package.xml(main).find("w-body")
        if body is None:
            raise package.damaged(f"{main} has no text part")
        self._blocks(body, _Where())
        self._read_notes(parts)
        for identifier in dict.fromkeys(self._sections):
            relation = relations.get(identifier)
            if relation and not relation.external and package.has(relation.target):
                self._part(relation.target, _Where(f"page {relation.kind}"))
        return self._document(path)

    def _read_notes(self, parts: dict[str, str]) -> None:
        """The notes that the text points to, in the order of their numbers."""
        notes: dict[tuple[str, str], Element] = {}
        for kind in {kind for kind, _ in self._notes}:
            if f"{kind}s" in parts:
                root = self._package.xml(parts[f"{kind}s"])
                notes |= {(kind, note.get("w-id", "")): note for note in root.findall(f"w-{kind}")}
        links = {kind: self._package.relations(parts[f"{kind}s"]) for kind in {kind for kind, _ in notes}}
        for (kind, identifier), number in list(self._notes.items()):
            note = notes.get((kind, identifier))
            if note is not None:
                self._links = links[kind]
                self._fields.clear()
                self._blocks(note, _Where(f"{kind} {number}"), first=f"[{number}] ")

    def _part(self, name: str, where: _Where) -> None:
        self._links = self._package.relations(name)
        self._fields.clear()
        self._blocks(self._package.xml(name), where)

    # Blocks

    def _blocks(self, parent: Element, where: _Where, first: str = "") -> None:
        for element in unwrapped(parent):
            name = element.tag
            if name == "w-p":
                self._paragraph(element, where, first)
                first = ""
            elif name == "w-tbl":
                self._table(element, where)
            elif name == "w-sectPr":
                self._section(element)
            elif name == "w-altChunk":
                self._unread.append("a document that is imported into it")
        if self._carried:
            self._finish(Look(), where)

    def _table(self, table: Element, where: _Where) -> None:
        self._tables += 1
        number = self._tables
        rows = [row for row in unwrapped(table) if row.tag == "w-tr" and row.find("w-trPr/w-del") is None]
        cells = [
            [cell for cell in unwrapped(row) if cell.tag == "w-tc" and cell.find("w-tcPr/w-cellDel") is None]
            for row in rows
        ]
        framed = len(cells) == 1 and len(cells[0]) == 1  # a box around text, no table
        for at, row in enumerate(cells, 1):
            column = 1
            for cell in row:
                name = f"table {number}, row {at}, column {column}"
                kind = where.kind if framed else BlockKind.TABLE_CELL
                self._blocks(cell, where if framed else where._replace(cell=name, kind=kind))
                span = value_of(cell.find("w-tcPr"), "w-gridSpan")
                column += int(span) if span.isdigit() and len(span) < 4 else 1

    def _section(self, properties: Element) -> None:
        for kind in ("w-headerReference", "w-footerReference"):
            self._sections += [element.get("r-id", "") for element in properties.findall(kind)]

    def _paragraph(self, element: Element, where: _Where, first: str) -> None:
        properties = element.find("w-pPr")
        line = Line("", body=not where.name)
        lines = self._body if line.body else self._rest
        lines.append(line)
        line.number = len(lines)
        paragraph = f"paragraph {line.number}" if line.body else where.name
        line.place = f"{paragraph}, {where.cell}" if where.cell else paragraph
        line.put(first)
        for field in self._fields:
            field.linked = False
        before, self._asides = self._asides, []
        self._inline(element, line, properties)
        while line.open:
            line.close_link()
        asides, self._asides = self._asides, before
        self._carried.append(line)
        if properties is None or properties.find("w-rPr/w-del") is None:
            self._finish(self._styles.look(properties), where)
        for aside in asides:
            self._aside(aside, paragraph)
        section = None if properties is None else properties.find("w-sectPr")
        if section is not None:
            self._section(section)

    def _finish(self, look: Look, where: _Where) -> None:
        """The block that the carried lines make up."""
        lines, self._carried = tuple(self._carried), []
        if look.contents:
            return
        kind = where.kind if look.kind is BlockKind.PARAGRAPH else look.kind
        self._drafts.append(Draft(kind, look.level, "numbered" if look.numbered else "", lines))

    def _aside(self, aside: Aside, paragraph: str) -> None:
        carried, self._carried = self._carried, []
        if aside.box is not None:
            fields, self._fields = self._fields, []
            self._blocks(aside.box, _Where(f"text box in {paragraph}"))
            self._fields = fields
        else:
            line = Line(f"picture in {paragraph}", body=False)
            line.put(one_line(aside.words))
            self._rest.append(line)
            self._drafts.append(Draft(BlockKind.ALT, 0, "", (line,)))
        self._carried = carried

    # Inside a paragraph

    def _inline(self, parent: Element, line: Line, paragraph: Element | None) -> None:
        for element in unwrapped(parent):
            name = element.tag
            if name in _UNREAD:
                continue
            if name == "w-r":
                self._run(element, line, paragraph)
            elif name == "w-hyperlink":
                relation = self._links.get(element.get("r-id", ""))
                anchor = element.get("w-anchor", "")
                line.open_link((relation.target if relation else "") + (f"#{anchor}" if anchor else ""))
                self._inline(element, line, paragraph)
                line.close_link()
            elif name == "w-fldSimple":
                target = target_of(element.get("w-instr", ""))
                if target is not None:
                    line.open_link(target)
                self._inline(element, line, paragraph)
                if target is not None:
                    line.close_link()
            elif name == "m-t":
                if self._is_shown():
                    line.put(one_line(element.text or ""))
            else:
                self._inline(element, line, paragraph)

    def _run(self, run: Element, line: Line, paragraph: Element | None) -> None:
        properties = run.find("w-rPr")
        hidden = self._styles.hides(properties, paragraph)
        high = value_of(properties, "w-vertAlign") == "superscript"
        for element in unwrapped(run):
            name = element.tag
            if name == "w-fldChar":
                self._field(element.get("w-fldCharType", ""), line)
            elif name == "w-instrText":
                if self._fields and not self._fields[-1].shown:
                    self._fields[-1].code += element.text or ""
            elif hidden or name in _UNREAD or not self._is_shown():
                continue
            elif name == "w-t":
                words = text_of(element)
                line.put(raised(words, line.parts[-1][-1:] if line.parts else "") if high else words)
            elif name in SPACES:
                line.put(SPACES[name])
            elif name == "w-sym":
                line.put(symbol_of(element))
            elif name in ("w-footnoteReference", "w-endnoteReference"):
                self._note(element, line)
            elif name in ("w-drawing", "w-pict", "w-object"):
                self._asides += asides_of(element)
            elif name in ("w-ruby", "w-rubyBase"):
                self._inline(element, line, paragraph)

    def _field(self, what: str, line: Line) -> None:
        if what == "begin":
            self._fields.append(_Field())
        elif what == "separate" and self._fields:
            field = self._fields[-1]
            field.shown = True
            target = target_of(field.code)
            if target is not None and self._is_shown():
                line.open_link(target)
                field.linked = True
        elif what == "end" and self._fields and self._fields.pop().linked:
            line.close_link()

    def _is_shown(self) -> bool:
        return all(field.shown for field in self._fields)

    def _note(self, element: Element, line: Line) -> None:
        if is_on(element.get("w-customMarkFollows", "0")):
            return
        key = element.tag[2:].removesuffix("Reference"), element.get("w-id", "")
        number = self._notes.setdefault(key, len(self._notes) + 1)
        line.put(raised(str(number), ""))

    # The document

    def _document(self, path: str) -> Document:
        text, starts, places = laid_out((*self._body, *self._rest))
        blocks: list[Block] = []
        seen: set[tuple[str, str]] = set()
        for draft in self._drafts:
            block = woven(text, draft, starts)
            if block is None:
                continue
            place = draft.lines[0].place
            if place in ("page header", "page footer"):
                if (place, block.text) in seen or not any(map(str.isalpha, block.text)):
                    continue
                seen.add((place, block.text))
            blocks += standing_links(block)
        return Document(
            Source(path, text),
            "docx",
            tuple(blocks),
            places=places,
            unread=tuple(dict.fromkeys(self._unread)),
        )
