"""Markdown marks that turn up in plain text: pages saved as .txt keep their emphasis and links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_MARK = re.compile(r"\*{1,3}|_{2,3}|!?\[|\](?:\(\s*([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\s*\))?")


class Mark(NamedTuple):
    """A stretch of source that is markup; `target` opens a link there if set, `closes` ends one."""

    start: int
    end: int
    target: str | None = None
    closes: bool = False


def may_hold_marks(text: str) -> bool:
    """Whether looking for marks is worth the while."""
    return "*" in text or "__" in text or "](" in text


def marks_in(source: str, pieces: Sequence[tuple[int, int]]) -> list[Mark]:
    """The paired emphasis and link marks in the pieces of one block, in order; unpaired ones are ordinary text."""
    found: list[Mark] = []
    brackets: list[tuple[int, int, bool]] = []
    openers: dict[str, tuple[int, int]] = {}
    low, high = pieces[0][0], pieces[-1][1]
    for start, end in pieces:
        for match in _MARK.finditer(source, start, end):
            token = match.group()
            at, after = match.span()
            if token[-1] == "[":
                brackets.append((at, after, token[0] == "!"))
            elif token[0] == "]":
                if not brackets:
                    continue
                opening, inside, image = brackets.pop()
                target = match.group(1)
                if target is None or inside == at:
                    continue
                if image:
                    found += (Mark(opening, inside), Mark(at, after))
                else:
                    found += (Mark(opening, inside, target=target), Mark(at, after, closes=True))
            else:
                before = source[at - 1] if at > low else " "
                behind = source[after] if after < high else " "
                if token in openers and _can_close(token, before, behind):
                    opened = openers.pop(token)
                    found += (Mark(*opened), Mark(at, after))
                elif _can_open(token, before, behind):
                    openers[token] = (at, after)
    found.sort()
    return found


def _can_open(token: str, before: str, behind: str) -> bool:
    if behind.isspace():
        return False
    return (len(token) > 1 and token[0] == "*") or not before.isalnum()


def _can_close(token: str, before: str, behind: str) -> bool:
    if before.isspace():
        return False
    return (len(token) > 1 and token[0] == "*") or not behind.isalnum()
