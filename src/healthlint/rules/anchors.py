"""Letters that every match of a regular expression holds, so that most sentences need not be searched."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import Any

from healthlint.language.tokens import plain

LEAST = 3
"""Shorter stretches are too common to be worth looking for, unless they hold no letter."""
MOST_MARKS = 8


_PROPERTY = re.compile(r"\\p\{\w+\}")
"""A class of characters that only the `regex` module knows; which one does not matter here."""


def regex_anchor(text: str) -> tuple[str, ...]:
    """Keys `=letters`, one of which is in the lower-case text of every match; empty when none can be told."""
    parser = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
    try:
        tree = parser.parse(_PROPERTY.sub(r"\\w", text), re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):
        return ()
    return tuple(sorted("=" + letters for letters in _letters(tree) or ()))


def _marks(members: Any) -> list[str] | None:
    """The marks of a set that holds nothing else and is small, in their plain form: stars, quotation marks, dashes."""
    if len(members) > MOST_MARKS or any(str(operation) != "LITERAL" for operation, _ in members):
        return None
    marks = {plain(chr(argument)) for _, argument in members}
    return None if any(mark.isalnum() or mark.isspace() for mark in marks) else sorted(marks)


def _letters(tree: Any) -> list[str] | None:
    """The best choice of stretches for one sequence: of its runs of plain letters and its alternatives, the longest."""
    choices: list[list[str]] = []
    run = ""
    for operation, argument in [*tree, (None, None)]:
        name = str(operation)
        if name == "LITERAL" and chr(argument).isascii():
            run += chr(argument).lower()
            continue
        if len(run) >= LEAST or (run.strip() and not any(map(str.isalpha, run))):
            choices.append([run])
        run = ""
        if name == "SUBPATTERN" or (name in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] >= 1):
            inner = _letters(argument[-1])
        elif name == "BRANCH":
            parts = [_letters(branch) for branch in argument[1]]
            inner = [letters for part in parts if part for letters in part] if all(parts) else None
        elif name == "IN":
            inner = _marks(argument)
        else:
            inner = None
        if inner:
            choices.append(inner)
    return max(choices, key=lambda c: (min(map(len, c)), -len(c)), default=None)
