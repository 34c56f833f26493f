"""What the styles and lists of a Word file make of a paragraph: a heading, a list item, a quotation, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from healthlint.documents.blocks import BlockKind

_Value = TypeVar("_Value")

_HEADING = re.compile(r"heading ([1-9])")
_QUOTATIONS = frozenset(("quote", "intense quote", "block text", "quotations"))
_OFF = frozenset(("0", "false", "off", "none"))
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20
"""Styles based on one another; a longer chain is a loop."""


class Look(NamedTuple):
    """What a paragraph is. `numbered`: a list item whose number Word counts; `contents`: a line of the contents."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    numbered: bool = False
    contents: bool = False


class _Style(NamedTuple):
    name: str = ""
    parent: str = ""
    outline: int | None = None
    list_of: str | None = None
    depth: int | None = None
    hidden: bool | None = None


class Styles:
    """The styles and the lists of one file, from its parts `styles` and `numbering` where it has them."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for element in () if styles is None else styles.findall("w-style"):
            identifier = element.get("w-styleId", "")
            self._styles[identifier] = _style(element)
            if element.get("w-type") == "paragraph" and is_on(element.get("w-default", "0")):
                self._default = identifier
        self._formats = {} if numbering is None else _list_formats(numbering)

    def look(self, properties: Element | None) -> Look:
        """What the paragraph with these properties is."""
        own = _layout(properties)
        chain = list(self._chain(value_of(properties, "w-pStyle") or self._default))
        for name in (style.name for style in chain):
            if name == "title":
                return Look(BlockKind.TITLE)
            if name.startswith("toc ") and name[4:].isdigit():
                return Look(contents=True)
        outline = _first(own.outline, *(style.outline for style in chain))
        named = next((int(m[1]) - 1 for style in chain if (m := _HEADING.fullmatch(style.name))), None)
        level = named if outline is None else outline
        if level is not None and level < _BODY_LEVEL:
            return Look(BlockKind.HEADING, min(level + 1, 6))
        list_of = _first(own.list_of, *(style.list_of for style in chain))
        if list_of is not None and list_of != "0":
            depth = _first(own.depth, *(style.depth for style in chain)) or 0
            form = self._formats.get((list_of, depth), "bullet")
            if form != "none":
                return Look(BlockKind.LIST_ITEM, depth + 1, form != "bullet")
        if any(style.name in _QUOTATIONS for style in chain):
            return Look(BlockKind.QUOTATION)
        return Look()

    def hides(self, properties: Element | None, paragraph: Element | None) -> bool:
        """Whether text with these run properties, in a paragraph with those, is hidden."""
        own = None if properties is None else properties.find("w-vanish")
        if own is not None:
            return is_on(own.get("w-val", "1"))
        for identifier in (value_of(properties, "w-rStyle"), value_of(paragraph, "w-pStyle") or self._default):
            hidden = _first(*(style.hidden for style in self._chain(identifier)))
            if hidden is not None:
                return hidden
        return False

    def _chain(self, identifier: str) -> Iterator[_Style]:
        """The style and those that it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(identifier)
            if style is None:
                return
            yield style
            identifier = style.parent


def is_on(value: str) -> bool:
    """Whether a switch of the format is on."""
    return value not in _OFF


def value_of(element: Element | None, name: str) -> str:
    """The value of a property, empty where it is not set."""
    found = None if element is None else element.find(name)
    return "" if found is None else found.get("w-val", "")


def _style(element: Element) -> _Style:
    layout = _layout(element.find("w-pPr"))
    hidden = element.find("w-rPr/w-vanish")
    return layout._replace(
        name=value_of(element, "w-name").lower(),
        parent=value_of(element, "w-basedOn"),
        hidden=None if hidden is None else is_on(hidden.get("w-val", "1")),
    )


def _layout(properties: Element | None) -> _Style:
    if properties is None:
        return _Style()
    listed = properties.find("w-numPr")
    return _Style(
        outline=_number(value_of(properties, "w-outlineLvl")),
        list_of=value_of(listed, "w-numId") or None,
        depth=_number(value_of(listed, "w-ilvl")),
    )


def _list_formats(numbering: Element) -> Mapping[tuple[str, int], str]:
    """How each list marks each of its levels: `bullet`, `decimal`, …"""
    abstract = {
        element.get("w-abstractNumId", ""): {
            _number(level.get("w-ilvl", "")) or 0: value_of(level, "w-numFmt") for level in element.findall("w-lvl")
        }
        for element in numbering.findall("w-abstractNum")
    }
    formats = {}
    for element in numbering.findall("w-num"):
        levels = dict(abstract.get(value_of(element, "w-abstractNumId"), {}))
        for override in element.findall("w-lvlOverride"):
            form = value_of(override.find("w-lvl"), "w-numFmt")
            if form:
                levels[_number(override.get("w-ilvl", "")) or 0] = form
        for level, form in levels.items():
            formats[element.get("w-numId", ""), level] = form
    return formats


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _first(*values: _Value | None) -> _Value | None:
    return next((value for value in values if value is not None), None)
