"""The values of a TOML text with their places, which the parser of the standard library does not tell."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    \#[^\r\n]*
    | (?P<long>\"{3}(?:[^\\]|\\.)*?\"{3,5}(?!\") | '{3}.*?'{3,5}(?!'))
    | (?P<short>"(?:[^"\\\r\n]|\\.)*" | '[^'\r\n]*')
    | (?P<line>\r\n|\n|\r)
    | (?P<mark>[\[\]{},=])
    | (?P<bare>[^\s\[\]{},="'\#]+)
    """,
    re.DOTALL | re.VERBOSE,
)


_LINE_BREAK = re.compile(r"\r\n|\r")


class Value(NamedTuple):
    """One value: its dotted key and where that begins, and the stretch inside any quotes."""

    label: str
    key: int
    start: int
    end: int
    escaped: bool


def is_toml(text: str) -> bool:
    """Whether a parser takes the text."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib  # type: ignore[import-not-found]

    try:
        tomllib.loads(_LINE_BREAK.sub("\n", text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return True


def toml_values(text: str, start: int, end: int) -> Iterator[Value]:
    """The values between `start` and `end`, in order, those of arrays and inline tables among them."""
    table = label = ""
    at = start
    keys: list[str] = []
    open_brackets: list[tuple[str, str]] = []
    in_value = in_header = False
    for token in _TOKEN.finditer(text, start, end):
        kind, words = token.lastgroup, token.group()
        if kind is None:
            continue
        if kind == "line":
            if in_header:
                table, in_header = ".".join(keys), False
            if not open_brackets:
                in_value, keys = False, []
        elif kind == "mark":
            if not in_value and not open_brackets and words in "[]":
                in_header = True
            elif words == "=" and not in_value:
                prefix = open_brackets[-1][1] if open_brackets else table
                label, keys, in_value = ".".join(filter(None, (prefix, *keys))), [], True
            elif words in "[{":
                open_brackets.append((words, label))
                in_value = words == "["
            elif words in "]}" and open_brackets:
                label = open_brackets.pop()[1]
                in_value = True
            elif words == "," and open_brackets:
                label = open_brackets[-1][1]
                in_value = open_brackets[-1][0] == "["
        elif not in_value:
            at = at if keys else token.start()
            keys.append(words.strip(".").strip("\"'"))
        else:
            quotes = {"long": 3, "short": 1}.get(kind, 0)
            yield Value(label, at, token.start() + quotes, token.end() - quotes, words[0] == '"')
