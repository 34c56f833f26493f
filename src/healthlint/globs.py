"""Paths named by patterns, as in a .gitignore."""

from __future__ import annotations

import re
from functools import lru_cache


def matches(patterns: tuple[str, ...], path: str, *, folder: bool = False) -> bool:
    """Whether the last pattern that names `path`, or a folder above it, names it in.

    `path` is relative to the folder the patterns count from, with `/`. A pattern with a slash inside counts from that
    folder, one without matches at any depth, a final slash matches folders only, `**` any number of folders, and `!`
    takes back what an earlier pattern named. What stands in a named folder cannot be taken back.
    """
    parts = path.split("/")
    for depth in range(1, len(parts) + 1):
        is_folder = folder or depth < len(parts)
        if _names(patterns, "/".join(parts[:depth]), is_folder):
            return True
    return False


def _names(patterns: tuple[str, ...], path: str, is_folder: bool) -> bool:
    named = False
    for pattern in patterns:
        takes_back = pattern.startswith("!")
        body = pattern[1:] if takes_back else pattern
        if body.endswith("/") and not is_folder:
            continue
        if _compiled(body.rstrip("/")).fullmatch(path):
            named = not takes_back
    return named


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    anchored = "/" in pattern
    text = pattern.removeprefix("./").removeprefix("/")
    return re.compile(("" if anchored else "(?:.*/)?") + _translate(text), re.DOTALL)


def _translate(pattern: str) -> str:
    """The pattern as a regular expression; an unclosed `[` stands for itself."""
    result, at = [], 0
    while at < len(pattern):
        for wild, meaning in (("**/", "(?:.*/)?"), ("**", ".*"), ("*", "[^/]*"), ("?", "[^/]")):
            if pattern.startswith(wild, at):
                result.append(meaning)
                at += len(wild)
                break
        else:
            close = pattern.find("]", at + 2) if pattern[at] == "[" else -1
            if close > 0:
                inside = pattern[at + 1 : close].replace("\\", r"\\").replace("[", r"\[").replace("^", r"\^")
                result.append("[" + ("^" + inside[1:] if inside.startswith("!") else inside) + "]")
                at = close + 1
            else:
                result.append(re.escape(pattern[at]))
                at += 1
    return "".join(result)
