"""Documents kept as records: an object a line in JSON lines, a row in a table; their text stands in named fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from healthlint.documents import parse
from healthlint.documents.blocks import Document
from healthlint.documents.fields import Field, document_of
from healthlint.documents.source import Source
from healthlint.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from healthlint.documents.tables import Row

_LINE = re.compile(r"[^\r\n]+")
_TABLES = (".csv", ".tsv")


def read_records(source: Source, fields: Sequence[Field]) -> Iterator[Document | UserError]:
    """Each record as a document of its own, named FILE:LINE; for a bad record its error, and on.

    Places count in the file. Only where one field of JSON lines is asked for they count inside that field.
    """
    if source.path.lower().endswith(_TABLES):
        yield from _rows(source, fields)
        return
    for match in _LINE.finditer(source.text):
        content = match.group()
        if content.strip():
            number = source.position(match.start())[0]
            try:
                yield _document(Source(f"{source.path}:{number}", content, number), fields)
            except UserError as error:
                yield error


def _document(line: Source, fields: Sequence[Field]) -> Document:
    record = _loaded(line)
    several = len(fields) > 1
    texts = [(field, _text_of(record, field.name, line.path, may_lack=several)) for field in fields]
    if not several:
        return parse(Source(line.path, texts[0][1]), fields[0].format)
    from healthlint.documents.json_strings import strings_of

    strings = strings_of(line.text)
    values = [(field, strings[field.name]) for field, text in texts if text]
    return document_of(line, f"record {line.first_line}", values)


def _loaded(line: Source) -> dict[str, Any]:
    import json

    try:
        record = json.loads(line.text)
    except json.JSONDecodeError as error:
        raise UserError(f"not a JSON record: {error.msg} at column {error.colno}", where=line.path) from None
    except (RecursionError, ValueError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UserError(f"not a JSON record: {reason}", where=line.path) from None
    if not isinstance(record, dict):
        hint = 'each line must be a record like {"text": "…"}'
        raise UserError("not a JSON object", where=line.path, hint=hint)
    return record


def _text_of(record: dict[str, Any], name: str, where: str, *, may_lack: bool) -> str:
    """The text of a field. Where several are asked for, null is an empty one."""
    if name not in record:
        raise UserError(f"no field '{name}'", where=where, hint=did_you_mean(name, list(record)))
    text = record[name]
    if text is None and may_lack:
        return ""
    if not isinstance(text, str):
        raise UserError(f"field '{name}' is not text", where=where)
    return text


def _rows(source: Source, fields: Sequence[Field]) -> Iterator[Document | UserError]:
    from healthlint.documents.tables import UnclosedError, header_of, layout_of, rows_of

    text = source.text
    names = [field.name for field in fields]
    separator, start = layout_of(text, source.path, names)
    rows = rows_of(text, separator, start)
    header = header_of(text, next(rows))
    twice = next((name for name in names if header.count(name) > 1), None)
    if twice is not None:
        raise UserError(f"the column '{twice}' stands twice", where=source.path, hint="rename one of them")
    columns = [header.index(name) for name in names]
    try:
        for row in rows:
            if not row.is_blank():
                line = source.position(row.start)[0]
                one = Source(f"{source.path}:{line}", text[row.start : row.end], line)
                try:
                    yield _row(one, row, fields, columns, header, separator)
                except UserError as error:
                    yield error
    except UnclosedError as unclosed:
        line, column = source.position(unclosed.offset)
        what = f"a quote at column {column} that is never closed: nothing from there on was checked"
        yield UserError(what, where=f"{source.path}:{line}", hint='close it, or write "" for a quote')


def _row(
    source: Source, row: Row, fields: Sequence[Field], columns: Sequence[int], header: Sequence[str], separator: str
) -> Document:
    from healthlint.documents.tables import cell_of

    cells = [(start - row.start, end - row.start) for start, end in row.cells]
    counted = f"{len(cells)} cells in this row, {len(header)} columns in the table"
    if any(start < end for start, end in cells[len(header) :]):
        sign = "tabs" if separator == "\t" else f"'{separator}'"
        raise UserError(counted, where=source.path, hint=f"put cells that hold {sign} in quotes")
    missing = next((header[column] for column in columns if column >= len(cells)), None)
    if missing is not None:
        raise UserError(f"{counted}: none for '{missing}'", where=source.path, hint="complete the row")
    values = [(field, cell_of(source.text, cells[column])) for field, column in zip(fields, columns, strict=True)]
    return document_of(source, f"row {row.number}", values)
