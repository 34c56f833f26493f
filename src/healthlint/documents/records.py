"""Documents kept as JSON lines: one record a line, its text in one field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.documents.source import Source
from healthlint.errors import UserError, did_you_mean

_LINE = re.compile(r"[^\r\n]+")


def read_records(source: Source, field: str) -> Iterator[Source | UserError]:
    """Each record's text as a document of its own, named FILE:LINE; for a bad record its error, and on."""
    import json

    for match in _LINE.finditer(source.text):
        content = match.group()
        if not content.strip():
            continue
        where = f"{source.path}:{source.position(match.start())[0]}"
        try:
            record = json.loads(content)
        except json.JSONDecodeError as error:
            yield UserError(f"not a JSON record: {error.msg} at column {error.colno}", where=where)
            continue
        except (RecursionError, ValueError) as error:
            reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            yield UserError(f"not a JSON record: {reason}", where=where)
            continue
        yield _text_of(record, field, where)


def _text_of(record: object, field: str, where: str) -> Source | UserError:
    if not isinstance(record, dict):
        return UserError("not a JSON object", where=where, hint='each line must be a record like {"text": "…"}')
    if field not in record:
        return UserError(f"no field '{field}'", where=where, hint=did_you_mean(field, [str(key) for key in record]))
    text = record[field]
    if not isinstance(text, str):
        return UserError(f"field '{field}' is not text", where=where)
    return Source(where, text)
