"""What a page tells search engines and other sites about itself: meta elements and JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from healthlint.documents.blocks import Block, BlockKind
from healthlint.documents.carried import carry
from healthlint.documents.json_strings import json_string

META = {
    "description": BlockKind.DESCRIPTION,
    "abstract": BlockKind.DESCRIPTION,
    "dc.description": BlockKind.DESCRIPTION,
    "dcterms.description": BlockKind.DESCRIPTION,
    "og:description": BlockKind.DESCRIPTION,
    "twitter:description": BlockKind.DESCRIPTION,
    "dc.title": BlockKind.TITLE,
    "og:title": BlockKind.TITLE,
    "twitter:title": BlockKind.TITLE,
    "og:image:alt": BlockKind.ALT,
    "twitter:image:alt": BlockKind.ALT,
}
"""Names of meta elements whose content is words for a reader, in small letters."""

_JSON_LD_FIELDS = {
    "headline": BlockKind.TITLE,
    "alternativeheadline": BlockKind.TITLE,
    "description": BlockKind.DESCRIPTION,
    "disambiguatingdescription": BlockKind.DESCRIPTION,
    "abstract": BlockKind.DESCRIPTION,
    "name": BlockKind.FRONT_MATTER,
    "text": BlockKind.FRONT_MATTER,
    "articlebody": BlockKind.FRONT_MATTER,
    "caption": BlockKind.FRONT_MATTER,
    "slogan": BlockKind.FRONT_MATTER,
    "reviewbody": BlockKind.QUOTATION,
}
_JSON_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]', re.DOTALL)


def json_ld_blocks(text: str, start: int, end: int, base: int = 0) -> Iterator[Block]:
    """The texts for readers among the JSON-LD between `start` and `end`; broken JSON is read as far as it goes."""
    key = ""
    around: list[str] = []
    for token in _JSON_TOKEN.finditer(text, start, end):
        mark = token.group()
        if mark in "{[":
            around.append(key if mark == "[" else "")
            key = ""
        elif mark in "}]":
            if around:
                around.pop()
            key = ""
        elif token.group(2):
            key = token.group(1)
        else:
            name = key or (around[-1] if around else "")
            key = ""
            kind = _JSON_LD_FIELDS.get(name.lower())
            if kind is not None:
                for block in _string_blocks(text, *token.span(1), kind, f"json-ld.{name}"):
                    yield block.shifted(base)


def _string_blocks(text: str, start: int, end: int, kind: BlockKind, label: str) -> list[Block]:
    """The blocks of one string, which may hold HTML."""
    from healthlint.documents.html import html_blocks

    decoded = json_string(text, start, end)
    blocks = html_blocks(decoded.text, context=kind)
    return [carry(block, decoded)._replace(label=label) for block in blocks]


def without_echoes(blocks: Sequence[Block], metadata: Sequence[Block]) -> list[Block]:
    """The blocks of a page and its metadata in order of place; metadata that only says what the page says is left out.

    Search engines ask that it says the same: what stands on the page is read there.
    """
    page = " ".join(block.text for block in blocks)
    merged: list[Block] = []
    said: set[str] = set()
    pending = []
    for block in metadata:
        if block.text not in page and block.text not in said:
            said.add(block.text)
            pending.append(block)
    index = 0
    for block in blocks:
        while index < len(pending) and pending[index].segments[0].source_start < block.segments[0].source_start:
            merged.append(pending[index])
            index += 1
        merged.append(block)
    return merged + pending[index:]
