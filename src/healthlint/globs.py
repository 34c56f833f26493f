"""Paths named by patterns, as git reads them in a .gitignore."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_WILD = re.compile(r"[*?\[\\]")
_STARS = re.compile(r"\*+")
_CLASS = re.compile(r"\[:([^]]*?):\]")
_CLASSES = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "blank": " \\t", "cntrl": "\\x00-\\x1f\\x7f", "digit": "0-9",
    "graph": "!-~", "lower": "a-z", "print": " -~", "punct": "!-/:-@\\[-`{-~", "space": "\\s", "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}  # fmt: skip


class _Glob(NamedTuple):
    anchored: bool
    folders_only: bool
    regex: re.Pattern[str] | None


def matches(patterns: tuple[str, ...], path: str, *, folder: bool = False) -> bool:
    """Whether the last pattern that names `path`, or a folder above it, names it in.

    `path` is relative to the folder the patterns count from, with `/`. A pattern with a slash before its end counts
    from that folder, one without matches at any depth, a final slash matches folders only, `**` any number of
    folders, and `!` takes back what an earlier pattern named. What stands in a named folder cannot be taken back.
    """
    parts = path.split("/")
    for depth in range(1, len(parts) + 1):
        if _names(patterns, "/".join(parts[:depth]), parts[depth - 1], folder or depth < len(parts)):
            return True
    return False


def is_malformed(pattern: str) -> bool:
    """Whether the pattern can name nothing, for want of a `]` or of anything at all."""
    return _compiled(pattern.removeprefix("!")).regex is None


def _names(patterns: tuple[str, ...], path: str, name: str, is_folder: bool) -> bool:
    named = False
    for pattern in patterns:
        glob = _compiled(pattern.removeprefix("!"))
        if glob.regex is None or (glob.folders_only and not is_folder):
            continue
        if glob.regex.fullmatch(path if glob.anchored else name):
            named = not pattern.startswith("!")
    return named


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> _Glob:
    body = pattern.removesuffix("/")
    translated = _translated(body.removeprefix("/")) if body.removeprefix("/") else None
    regex = re.compile(translated, re.DOTALL) if translated is not None else None
    return _Glob("/" in body, pattern.endswith("/"), regex)


def _translated(pattern: str) -> str | None:
    """The pattern as a regular expression, or None where git takes it for one that matches nothing."""
    first = _WILD.search(pattern)
    result: list[str] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "*":
            stars = _STARS.match(pattern, at)
            end = stars.end() if stars else at
            # To git the first wild card begins a pattern of its own.
            begins = at == 0 or pattern[at - 1] == "/" or (first is not None and first.start() == at)
            rest = pattern[end:]
            if end - at == 1 or not begins or (rest and rest[0] != "/" and not rest.startswith("\\/")):
                result.append("[^/]*")
            elif rest.startswith("/"):
                result.append("(?:.*/)?")
                end += 1
            else:
                result.append(".*")
            at = end
        elif character == "?":
            result.append("[^/]")
            at += 1
        elif character == "[":
            bracket = _bracket(pattern, at)
            if bracket is None:
                return None
            text, at = bracket
            result.append(text)
        elif character == "\\":
            if at + 1 == len(pattern):
                return None
            result.append(re.escape(pattern[at + 1]))
            at += 2
        else:
            result.append(re.escape(character))
            at += 1
    return "".join(result)


def _bracket(pattern: str, at: int) -> tuple[str, int] | None:
    """The set of characters that opens at `at`, and where it ends; it never holds the slash."""
    at += 1
    negated = pattern[at : at + 1] in ("!", "^")
    at += negated
    parts: list[str] = []
    first = True
    while first or pattern[at : at + 1] != "]":
        first = False
        named = _CLASS.match(pattern, at)
        if named:
            if named[1] not in _CLASSES:
                return None
            parts.append(_CLASSES[named[1]])
            at = named.end()
            continue
        low, at = _member(pattern, at)
        high = low
        if pattern[at : at + 1] == "-" and pattern[at + 1 : at + 2] not in ("", "]"):
            high, at = _member(pattern, at + 1)
        if not low or not high:
            return None
        # Of a range that runs backwards, its first character counts.
        parts.append(f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low))
    inside = "".join(parts)
    return (f"(?!/)[^{inside}]" if negated else f"(?!/)[{inside}]"), at + 1


def _member(pattern: str, at: int) -> tuple[str, int]:
    """One character of a set, perhaps behind a backslash, and where it ends; nothing where the pattern ends."""
    at += pattern[at : at + 1] == "\\"
    return pattern[at : at + 1], at + 1
