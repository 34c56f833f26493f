"""Attributes of HTML tags that a reader comes to see or hear: alternative texts, labels, tips, the words on buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.documents.blocks import BlockKind
from healthlint.documents.words import word_set

_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?""")
_NAME = re.compile(r"</?[^\s/>]+")
_HINT = re.compile(r"\b(?:alt|title|label|description|placeholder|value)\s*=", re.IGNORECASE)
_SAID_ANYWHERE = word_set("alt title aria-label aria-description")
_LABELLED = word_set("option optgroup track")
_MUTE = word_set("link meta base style script template")
_BUTTON_TYPES = word_set("submit button reset image")


class Attribute(NamedTuple):
    """One attribute of a tag: its name in small letters, and the stretch of its value inside any quotes."""

    name: str
    start: int
    end: int


class Said(NamedTuple):
    """A stretch of a tag that a reader sees or hears, and as what."""

    kind: BlockKind
    start: int
    end: int


def attributes(raw: str) -> Iterator[Attribute]:
    """The attributes of an opening tag that have a value; of two with one name browsers take the first."""
    name_end = _NAME.match(raw)
    seen = set()
    for match in _ATTRIBUTE.finditer(raw, name_end.end() if name_end else 1):
        name = match.group(1).lower()
        if not match.group(2) or name in seen:
            continue
        seen.add(name)
        start, end = match.span(2)
        quoted = raw[start] in "\"'"
        yield Attribute(name, start + quoted, end - quoted)


def said(tag: str, raw: str) -> list[Said]:
    """What an opening tag says to a reader; words that it says twice are given once."""
    if tag in _MUTE or not _HINT.search(raw):
        return []
    given = list(attributes(raw))
    kinds = {raw[a.start : a.end].lower() for a in given if a.name == "type"}
    found: dict[str, Said] = {}
    for name, start, end in given:
        kind = BlockKind.ALT
        if name == "value" and tag == "input" and kinds & _BUTTON_TYPES:
            kind = BlockKind.BUTTON
        elif not (
            name in _SAID_ANYWHERE
            or (name == "placeholder" and tag in ("input", "textarea"))
            or (name == "label" and tag in _LABELLED)
        ):
            continue
        found.setdefault(raw[start:end].strip(), Said(kind, start, end))
    return list(found.values())


def value_span(raw: str, name: str) -> tuple[int, int] | None:
    """The stretch of the value of an attribute."""
    return next(((a.start, a.end) for a in attributes(raw) if a.name == name), None)


def value_of(raw: str, name: str) -> str:
    """The value of an attribute as written; empty if the tag has none."""
    start, end = value_span(raw, name) or (0, 0)
    return raw[start:end]
