"""Which files to check: from the paths that were named to files with their configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthlint.config import Config, Configs
from healthlint.documents import FORMATS
from healthlint.errors import UserError

if TYPE_CHECKING:
    from healthlint.documents.source import Source

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "env", "site-packages"})
_PLACE = re.compile(r"(:\d+)+$|: .*$")
"""What follows the file in the place that an error names: line and column, or a key."""
RECORD_SUFFIXES = (".jsonl", ".ndjson")


class File(NamedTuple):
    """One file to check: `display` names it in reports, as given, with `/`; `source` is set if it was read already."""

    path: Path
    display: str
    config: Config
    source: Source | None = None


class Problem(NamedTuple):
    """A file that cannot be used (one to check, a configuration, a rule), and why."""

    path: str
    error: UserError


def problem_of(error: UserError, path: str = "") -> Problem:
    """The error as a problem of the file that it names, else of `path`."""
    return Problem(_PLACE.sub("", error.where) or path, error)


class Discovered(NamedTuple):
    """What was found, in order of name. A configuration that cannot be read is one problem, told once."""

    files: tuple[File, ...] = ()
    problems: tuple[Problem, ...] = ()


def discover(paths: tuple[str, ...], configs: Configs, *, records: bool = False) -> Discovered:
    """The files that `paths` name, folders searched through; excluded ones are left out silently.

    `records`: files of records (JSON lines) are checked too.
    """
    files: dict[str, File] = {}
    problems: dict[str, Problem] = {}
    for given in paths:
        try:
            for path, display in _candidates(given, configs, records, problems):
                _add(path, display, configs, files, problems)
        except UserError as error:
            problems.setdefault(str(error), problem_of(error, _slashed(given)))
    ordered = sorted(files.values(), key=lambda file: file.display)
    return Discovered(tuple(ordered), tuple(problems.values()))


def _add(path: Path, display: str, configs: Configs, files: dict[str, File], problems: dict[str, Problem]) -> None:
    try:
        config = configs.of(path.parent)
    except UserError as error:
        problems.setdefault(str(error), problem_of(error, display))
        return
    if not config.excludes(path):
        files.setdefault(os.path.realpath(path), File(path, display, config))


def _candidates(
    given: str, configs: Configs, records: bool, problems: dict[str, Problem]
) -> Iterator[tuple[Path, str]]:
    path, display = Path(given), _slashed(given)
    if path.is_dir():
        found = False
        for below in _walk(path, _suffixes(records), problems):
            found = True
            yield below, _below(display, below, path)
        if not found:
            known = ", ".join(_suffixes(records))
            raise UserError("nothing to check in this folder", where=display, hint=f"known are {known}")
        return
    if not path.exists():
        what = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
        raise UserError(what, where=display, hint="check the path")
    if not configs.of(path.parent).excludes(path):
        require_known_suffix(path, display, records=records)
    yield path, display


def require_known_suffix(path: Path, display: str, *, records: bool = False) -> None:
    """UserError for a file whose name does not tell how to read it."""
    suffix = path.suffix.lower()
    if suffix in _suffixes(records):
        return
    if suffix in RECORD_SUFFIXES:
        raise UserError("which field of the records to check is not told", where=display, hint="add --records FIELD")
    what = f"unknown kind of file '{suffix}'" if suffix else "a file without a suffix"
    raise UserError(what, where=display, hint="known are " + ", ".join(_suffixes(records=False)))


def _suffixes(records: bool) -> tuple[str, ...]:
    known = sorted(suffix for suffix in FORMATS if suffix not in RECORD_SUFFIXES)
    return (*known, *RECORD_SUFFIXES) if records else tuple(known)


def _walk(top: Path, suffixes: tuple[str, ...], problems: dict[str, Problem]) -> Iterator[Path]:
    """Files below `top`. Each real folder is entered once, so that links that loop come to an end.

    Linked folders come last: a folder is reported under its own name where it has one below `top`.
    """
    entered: set[str] = set()
    folders, linked = [top], list[Path]()
    while folders or linked:
        folder = folders.pop() if folders else linked.pop(0)
        real = os.path.realpath(folder)
        if real in entered:
            continue
        entered.add(real)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            what = f"the folder cannot be read: {error.strerror}"
            unreadable = UserError(what, where=_slashed(str(folder)), hint="check its permissions")
            problems.setdefault(str(unreadable), problem_of(unreadable))
            continue
        for entry in entries:
            if entry.is_dir():
                if not _skipped(entry):
                    (linked if entry.is_symlink() else folders).append(folder / entry.name)
            elif not entry.name.startswith("._") and entry.is_file() and Path(entry.name).suffix.lower() in suffixes:
                yield folder / entry.name


def _skipped(entry: os.DirEntry[str]) -> bool:
    hidden = entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS
    return hidden or os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _below(display: str, path: Path, top: Path) -> str:
    relative = path.relative_to(top).as_posix()
    return relative if display in (".", "./") else f"{display.rstrip('/')}/{relative}"


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/")
