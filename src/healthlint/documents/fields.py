"""Which fields of a record to read, and as what: `title,body:html`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from healthlint.documents import LOOKED_FOR, parse
from healthlint.documents.blocks import Block, BlockKind, Document, Place
from healthlint.documents.carried import Carried, carry
from healthlint.documents.source import Source
from healthlint.documents.words import word_set
from healthlint.errors import UserError

_TITLES = word_set("title headline heading name")
_OF_ONE_LINE = (BlockKind.PARAGRAPH, BlockKind.HEADING)


class Field(NamedTuple):
    """A field by its name, and the format of what it holds: text, markdown, mdx or html."""

    name: str
    format: str = "text"


def fields_of(words: str) -> tuple[Field, ...]:
    """The fields that `words` name, with commas between them; UserError where that is no list of fields."""
    fields = []
    for word in words.split(","):
        name, colon, format = word.strip().rpartition(":")
        known = colon and format in LOOKED_FOR
        fields.append(Field(name.strip(), format) if known else Field(word.strip()))
    names = [field.name for field in fields]
    if not all(names):
        raise UserError(f"a field without a name in '{words}'", where="--records", hint="write title,body:html")
    if len(set(names)) < len(names):
        raise UserError(f"a field stands twice in '{words}'", where="--records", hint="name each once")
    return tuple(fields)


def document_of(source: Source, name: str, values: Sequence[tuple[Field, Carried]]) -> Document:
    """The record in `source` as a document; `name` is what a reader calls it, such as `row 5`.

    The fields follow one another as they were asked for. A field named `title`, `headline`, `heading` or `name` is the
    title of the document if it is one block.
    """
    blocks: list[Block] = []
    places = []
    for field, value in values:
        read = parse(Source(source.path, value.text), field.format).blocks
        if len(read) == 1 and field.name.lower() in _TITLES and read[0].kind in _OF_ONE_LINE:
            read = (read[0]._replace(kind=BlockKind.TITLE, level=0),)
        blocks += (carry(block, value)._replace(label=field.name) for block in read)
        places.append(Place(value.start, f"{name}, {field.name}"))
    formats = {field.format for field, _ in values}
    format = next((format for format in ("html", "mdx", "markdown") if format in formats), "text")
    return Document(source, format, tuple(blocks), places=tuple(sorted(places)))
