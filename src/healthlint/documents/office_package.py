"""Word files as they are stored: a zip archive of XML parts, opened so that no archive can exhaust the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from healthlint.errors import UserError

MOST_BYTES = 200_000_000
"""Of all parts that are read, unpacked."""
DEEPEST = 200
"""Elements inside one another."""

_Failing = Callable[[str], UserError]
_RESAVE = "open it in Word and save it again"
_OTHER_KINDS = (("xl/", "a workbook"), ("ppt/", "a presentation"), ("content.xml", "an OpenDocument file"))
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}
"""Names as the format's two dialects, transitional and strict, write them, and the prefix they get here.

A hyphen follows the prefix, since ElementTree keeps the colon to itself.
"""


class Relation(NamedTuple):
    """Where a part points: `kind` is the last word of the relationship's type, `target` a part or an address."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one Word file. Every error names the file and the way out."""

    def __init__(self, data: bytes, display: str) -> None:
        from io import BytesIO
        from zipfile import BadZipFile, ZipFile

        self._display = display
        self._left = MOST_BYTES
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self.damaged("the archive ends too early or is broken") from error
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def main_part(self) -> str:
        """The name of the part that holds the text."""
        for beginning, what in _OTHER_KINDS:
            if any(name.startswith(beginning) for name in self._names):
                raise self._error(f"no Word document but {what}", "save its text as .docx, Markdown or plain text")
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise self.damaged("the part with the text is missing from the archive")

    def damaged(self, how: str) -> UserError:
        """The error for a file whose parts are not what they should be."""
        return self._error(f"damaged Word file: {how}")

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def xml(self, name: str) -> Element:
        """The root element of a part, names written with the prefixes `w-`, `r-`, `m-`, `wp-`, `mc-`, `v-`."""
        return _Parser(self._bytes(name), lambda why: self.damaged(f"{name} {why}")).root

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part by their identifiers; of the package itself for the part named ""."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        if not self.has(path):
            return {}
        found = {}
        for element in self.xml(path):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = target[1:] if target.startswith("/") else _joined(folder, target)
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    def _bytes(self, name: str) -> bytes:
        from zipfile import BadZipFile
        from zlib import error as zlib_error

        try:
            with self._zip.open(self._names[name.lower()]) as part:
                data = part.read(self._left + 1)
        except (BadZipFile, zlib_error, EOFError, OSError, ValueError) as error:
            raise self.damaged(f"{name} cannot be unpacked") from error
        except (RuntimeError, NotImplementedError) as error:  # locked, or packed in a way that Word does not use
            raise self._error(f"{name} is locked or packed in an unknown way") from error
        if len(data) > self._left:
            raise self._error(f"unpacks to more than {MOST_BYTES // 1_000_000} MB", "split it, or exclude it")
        self._left -= len(data)
        return data

    def _error(self, title: str, hint: str = _RESAVE) -> UserError:
        return UserError(title, where=self._display, hint=hint)


def _joined(folder: str, target: str) -> str:
    parts = folder.split("/") if folder else []
    for piece in target.split("/"):
        if piece == "..":
            del parts[-1:]
        elif piece not in ("", "."):
            parts.append(piece)
    return "/".join(parts)


class _Parser:
    """Reads one part. Word writes no document type, so one that defines entities is refused before it can grow."""

    def __init__(self, data: bytes, error: _Failing) -> None:
        self._error = error
        self._builder = TreeBuilder()
        self._depth = 0
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(data, True)
        except expat.ExpatError as broken:
            raise error(f"is no XML: {expat.ErrorString(broken.code)} at line {broken.lineno}") from broken
        except (LookupError, ValueError) as broken:
            raise error("is in an unknown encoding") from broken
        self.root = self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(f"is nested more than {DEEPEST} deep")
        self._builder.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_short(name))

    def _doctype(self, *_: object) -> None:
        raise self._error("defines a document type, which Word never does")


def _short(name: str) -> str:
    space, _, local = name.rpartition("\n")
    prefix = _NAMESPACES.get(space)
    return f"{prefix}-{local}" if prefix else local
