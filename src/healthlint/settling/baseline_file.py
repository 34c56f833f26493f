"""A baseline as a file: a first line with the version, then an entry a line, sorted, so that merges are clean."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from healthlint.config import display
from healthlint.errors import UserError
from healthlint.settling.baseline import Entry

VERSION = 1
_KEY = "healthlint-baseline"
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_AGAIN = "restore the file, or write it anew with 'healthlint baseline write --force'"


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """The entries of a file; UserError with the line where it is none."""
    name = display(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        hint = "write it with 'healthlint baseline write', or take the baseline out of the configuration"
        raise UserError("no such baseline", where=name, hint=hint) from None
    except UnicodeDecodeError:
        raise UserError("the baseline is not UTF-8 text", where=name, hint=_AGAIN) from None
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", where=name, hint="check its permissions") from None
    lines = [(f"{name}:{number}", line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for where, line in lines:
        if line.startswith(_MARKERS):
            hint = "keep the entries of both sides and take out the lines with <<<<<<<, ======= and >>>>>>>"
            raise UserError("a merge conflict in the baseline", where=where, hint=hint)
    if not lines:
        raise UserError("an empty file, not a baseline", where=name, hint=_AGAIN)
    values = [(where, _object(line, where)) for where, line in lines]
    # A merge may have put the first line twice, or behind an entry. Wherever it stands, it says the same.
    heads = [(where, value) for where, value in values if _KEY in value]
    if not heads:
        raise UserError("no baseline: the line with its version is missing", where=f"{name}:1", hint=_AGAIN)
    for where, head in heads:
        if head != {_KEY: VERSION}:
            hint = f"this healthlint reads version {VERSION}; install the one that wrote the file"
            raise UserError(f"unknown version of a baseline: {head[_KEY]}", where=where, hint=hint)
    return tuple(_entry(value, where) for where, value in values if _KEY not in value)


def baseline_text(entries: Iterable[Entry]) -> str:
    """The file with these entries: the same text for the same entries, in whatever order they come."""
    lines = (json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(entries))
    return "".join(f"{line}\n" for line in (json.dumps({_KEY: VERSION}), *lines))


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise UserError("not an entry of a baseline", where=where, hint=_AGAIN) from None
    if not isinstance(value, dict):
        raise UserError("not an entry of a baseline", where=where, hint=_AGAIN)
    return value


def _entry(value: dict[str, Any], where: str) -> Entry:
    for key in value:
        if key not in Entry._fields:
            raise UserError(f"unknown key '{key}' in an entry", where=where, hint="keys: " + ", ".join(Entry._fields))
    for key in Entry._fields:
        if not isinstance(value.get(key), str):
            raise UserError(f"an entry without '{key}'", where=where, hint=_AGAIN)
    return Entry(**value)
