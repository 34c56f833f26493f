"""Character references of HTML: `&amp;`, `&#8217;` and their like."""

from __future__ import annotations

import re
from html import unescape

from healthlint.documents.weaving import TextBuilder

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")


def put_with_references(builder: TextBuilder, text: str, start: int, end: int) -> None:
    """Adds a stretch of HTML text, its character references decoded."""
    position = start
    for match in _ENTITY.finditer(text, start, end):
        if match.start() > position:
            builder.copy(position, match.start())
        put_reference(builder, text, *match.span())
        position = match.end()
    if position < end:
        builder.copy(position, end)


def put_reference(builder: TextBuilder, text: str, start: int, end: int) -> None:
    """Adds what one reference stands for; an unknown one stays as it is written."""
    raw = text[start:end]
    decoded = unescape(raw)
    if decoded == raw:
        builder.copy(start, end)
    else:
        builder.decode(decoded, start, end)
