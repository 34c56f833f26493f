"""The elements of a Word file: what each stands for in the text, and which only mark what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

SPACES = {
    "w-tab": "\t",
    "w-ptab": "\t",
    "w-br": "\v",
    "w-cr": "\v",
    "w-noBreakHyphen": "\u2011",
    "w-softHyphen": "\u00ad",
}
_SYMBOLS = {
    **dict(zip("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True)),
    "\xa3": "≤", "\xb3": "≥", "\xb1": "±", "\xb4": "×", "\xb7": "•", "\xae": "→", "D": "Δ", "W": "Ω",
}  # fmt: skip
"""The letters of the font Symbol that health copy uses."""
_PICTURES = frozenset(("wp-docPr", "v-shape", "v-imagedata"))


class Aside(NamedTuple):
    """What hangs on a paragraph and is read after it: a text box or the description of a picture."""

    box: Element | None
    words: str


def unwrapped(parent: Element) -> Iterator[Element]:
    """The children of an element, through whatever only marks them: controls, inserted and moved text, alternatives."""
    for element in parent:
        name = element.tag
        if name == "w-sdt":
            if element.find("w-sdtPr/w-showingPlcHdr") is None:
                content = element.find("w-sdtContent")
                if content is not None:
                    yield from unwrapped(content)
        elif name in ("w-customXml", "w-smartTag", "w-ins", "w-moveTo"):
            yield from unwrapped(element)
        elif name == "mc-AlternateContent":
            choice = element.find("mc-Choice")
            chosen = element.find("mc-Fallback") if choice is None else choice
            if chosen is not None:
                yield from unwrapped(chosen)
        else:
            yield element


def asides_of(drawing: Element) -> Iterator[Aside]:
    """The text boxes and the descriptions in a drawing; of two forms of the same drawing the first."""
    for element in unwrapped(drawing):
        if element.tag == "w-txbxContent":
            yield Aside(element, "")
            continue
        if element.tag in _PICTURES:
            words = element.get("descr") or element.get("alt") or ""
            if words.strip():
                yield Aside(None, words)
        yield from asides_of(element)


def text_of(element: Element) -> str:
    text = one_line(element.text or "")
    kept = any(key.endswith("space") and value == "preserve" for key, value in element.attrib.items())
    return text if kept else text.strip(" \t")


def one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


def symbol_of(element: Element) -> str:
    code = element.get("w-char", "")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        letter = chr(number - 0xF000)
        return _SYMBOLS.get(letter, "") if element.get("w-font", "").lower() == "symbol" else ""
    return chr(number) if 0x20 <= number < 0xD800 else ""


def target_of(code: str) -> str | None:
    """Where the code of a HYPERLINK field leads; None for any other field."""
    words = code.split(None, 1)
    if not words or words[0].upper() != "HYPERLINK":
        return None
    before, quote, rest = (words[1] if len(words) > 1 else "").partition('"')
    target = rest.split('"')[0] if quote else (before.split() or [""])[0]
    return f"#{target}" if before.strip().startswith("\\l") else target
