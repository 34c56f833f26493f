"""Strings in a line of JSON: where each stands, and each of their characters through its escape."""

from __future__ import annotations

import re
from collections.abc import Mapping

from healthlint.documents.blocks import Segment
from healthlint.documents.carried import Carried

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_ESCAPE = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)", re.DOTALL
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def strings_of(line: str) -> Mapping[str, Carried]:
    """The strings that an object, known to be sound, holds itself, by their keys; of equal keys the last counts."""
    spans: dict[str, tuple[int, int]] = {}
    depth, key, is_value = 0, "", False
    for match in _TOKEN.finditer(line):
        first = line[match.start()]
        if depth == 1 and is_value and first not in ":,}":
            spans.pop(key, None)
            if first == '"':
                spans[key] = match.start() + 1, match.end() - 1
        if first in "{[":
            depth += 1
        elif first in "}]":
            depth -= 1
        elif depth == 1:
            if first == '"' and not is_value:
                key = json_string(line, match.start() + 1, match.end() - 1).text
            is_value = first == ":" or (is_value and first != ",")
    return {name: json_string(line, *span) for name, span in spans.items()}


def json_string(line: str, start: int, end: int) -> Carried:
    """What the inside of a JSON string between `start` and `end` stands for."""
    parts: list[str] = []
    stretches: list[Segment] = []
    size, position = 0, start
    for match in _ESCAPE.finditer(line, start, end):
        if match.start() > position:
            parts.append(line[position : match.start()])
            stretches.append(Segment(size, match.start() - position, position, match.start() - position))
            size += match.start() - position
        parts.append(_meaning(match))
        stretches.append(Segment(size, 1, match.start(), match.end() - match.start()))
        size += 1
        position = match.end()
    if position < end:
        parts.append(line[position:end])
        stretches.append(Segment(size, end - position, position, end - position))
    return Carried("".join(parts), tuple(stretches), start)


def _meaning(match: re.Match[str]) -> str:
    high, low, code, short = match.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    return _sound(chr(int(code, 16))) if code else _SHORT.get(short, short)


def _sound(char: str) -> str:
    """Half of a pair is no character."""
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char
