"""Which files to check: from the paths that were named to files with their configuration."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthlint.config import Config, Configs
from healthlint.documents import FORMATS, LOOKED_FOR
from healthlint.errors import UserError

if TYPE_CHECKING:
    from healthlint.documents.source import Source

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "env", "site-packages"})
_PLACE = re.compile(r"(:\d+)+$|: .*$")
"""What follows the file in the place that an error names: line and column, or a key."""
RECORD_SUFFIXES = (".jsonl", ".ndjson")
TABLE_SUFFIXES = (".csv", ".tsv")
_WAYS_OUT = {
    ".adoc": "no parser of AsciiDoc tells where its words stand; run 'asciidoctor FILE' and check the .html",
    ".asciidoc": "no parser of AsciiDoc tells where its words stand; run 'asciidoctor FILE' and check the .html",
    ".doc": "save it as .docx",
    ".dotx": "save it as .docx",
    ".epub": "check the Markdown or HTML that it is made from",
    ".ipynb": "run 'jupyter nbconvert --to markdown FILE' and check the .md",
    ".json": "write one record a line into a .jsonl file, and add --records FIELD",
    ".odt": "save it as .docx",
    ".pages": "export it as .docx",
    ".pptx": "save its text as .docx, Markdown or plain text",
    ".rtf": "save it as .docx",
    ".tex": "convert it to HTML or Markdown, such as with pandoc",
    ".xls": "save the sheet as .csv, and add --records COLUMN",
    ".xlsx": "save the sheet as .csv, and add --records COLUMN",
}
"""Kinds of file that hold words and are not read, and what to do instead."""


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
    """What was found, in order of name. A configuration that cannot be read is one problem, told once.

    `passed` are the files in the folders that could be read but were neither named nor included.
    """

    files: tuple[File, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed: tuple[str, ...] = ()


def discover(
    paths: tuple[str, ...], configs: Configs, *, records: bool = False, absent: Iterable[Path] = ()
) -> Discovered:
    """The files that `paths` name, folders searched through; excluded ones are left out silently.

    A file under several names counts once, under its own rather than that of a link.
    `records`: files of records (JSON lines) are checked too. `absent` are real paths of files that are not in their
    folder, and are to be found all the same.
    """
    files: dict[str, File] = {}
    problems: dict[str, Problem] = {}
    passed: dict[str, str] = {}
    for given in paths:
        without = _absent(given, tuple(absent), configs, _searched(records), problems)
        for file in without:
            files.setdefault(_identity(file.path), file)
        if without and not os.path.exists(given):
            continue
        try:
            for path, display in _candidates(given, configs, records, problems, passed):
                _add(path, display, configs, files, problems)
        except UserError as error:
            problems.setdefault(str(error), problem_of(error, _slashed(given)))
    ordered = sorted(files.values(), key=lambda file: file.display)
    unnamed = sorted(display for identity, display in passed.items() if identity not in files)
    return Discovered(tuple(ordered), tuple(problems.values()), tuple(unnamed))


def _absent(
    given: str, absent: tuple[Path, ...], configs: Configs, searched: tuple[str, ...], problems: dict[str, Problem]
) -> list[File]:
    """The absent files that the path names, or that a walk below it would find."""
    top, found = Path(os.path.realpath(given)), []
    for file in absent:
        if file != top and top not in file.parents:
            continue
        below = file.relative_to(top)
        path, display = (Path(given), _slashed(given)) if file == top else (file, "")
        if file != top:
            path, display = Path(given) / below, _below(_slashed(given), Path(given) / below, Path(given))
            hidden = any(part.startswith(".") or part in SKIPPED_FOLDERS for part in below.parts[:-1])
            if hidden or not (file.suffix.lower() in searched or _is_included(path, configs)):
                continue
        try:
            config = configs.of(path.parent)
            if not config.excludes(path):
                found.append(File(path, display, config))
        except UserError as error:
            problems.setdefault(str(error), problem_of(error, display))
    return found


def _add(path: Path, display: str, configs: Configs, files: dict[str, File], problems: dict[str, Problem]) -> None:
    try:
        config = configs.of(path.parent)
    except UserError as error:
        problems.setdefault(str(error), problem_of(error, display))
        return
    if config.excludes(path):
        return
    try:
        status = _status(path, display)
    except UserError as error:
        problems.setdefault(str(error), problem_of(error, display))
        return
    known = files.get(_identity(path))
    if stat.S_ISREG(status.st_mode) and (known is None or (known.path.is_symlink() and not path.is_symlink())):
        files[_identity(path)] = File(path, display, config)


def _identity(path: Path) -> str:
    """What a file is known by: its number, in whichever case its name is written; its path where it has several."""
    try:
        status = path.stat()
    except OSError:
        return os.path.realpath(path)
    return f"{status.st_dev}:{status.st_ino}" if status.st_nlink == 1 and status.st_ino else os.path.realpath(path)


def _candidates(
    given: str, configs: Configs, records: bool, problems: dict[str, Problem], passed: dict[str, str]
) -> Iterator[tuple[Path, str]]:
    path, display = Path(given), _slashed(given)
    status = _status(path, display)
    if stat.S_ISDIR(status.st_mode):
        found = False
        searched = _searched(records)
        for below in _unignored(_walk(path, problems), searched):
            name = _below(display, below, path)
            if below.suffix.lower() not in searched and not _is_included(below, configs):
                if below.suffix.lower() in FORMATS and not _is_excluded(below, configs):
                    passed.setdefault(_identity(below), name)
                continue
            found = True
            try:
                require_known_suffix(below, name, records=records)
            except UserError as error:
                problems.setdefault(str(error), problem_of(error, name))
            else:
                yield below, name
        if not found:
            known = ", ".join(searched)
            hint = _git_hint(path, searched) or f"searched for are {known}"
            raise UserError("nothing to check in this folder", where=display, hint=hint)
        return
    if not stat.S_ISREG(status.st_mode):
        raise UserError("not a file but a pipe, a socket or a device", where=display, hint="give its text to -")
    if not configs.of(path.parent).excludes(path):
        require_known_suffix(path, display, records=records)
    yield path, display


def _status(path: Path, display: str) -> os.stat_result:
    """What stands at the path, links followed; UserError if nothing does, or it cannot be reached."""
    try:
        return path.stat()
    except PermissionError as error:
        raise UserError(f"cannot be reached: {error.strerror}", where=display, hint="check the permissions") from None
    except OSError:
        what = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
        raise UserError(what, where=display, hint="check the path") from None


def _unignored(walked: Iterator[Path], searched: tuple[str, ...]) -> Iterator[Path]:
    """The files without those that git ignores."""
    files = [path for path in walked if _may_be_read(path.suffix.lower(), searched)]
    if not files:
        return
    from healthlint.git import ignored

    left_out = ignored(map(str, files))
    yield from (path for path in files if str(path) not in left_out)


def _git_hint(top: Path, searched: tuple[str, ...]) -> str:
    """The way out where git ignores the first file in a folder that could be checked."""
    first = next((path for path in _walk(top, {}) if path.suffix.lower() in searched), None)
    if first is None:
        return ""
    from healthlint.git import ignored_by

    where = ignored_by(first)
    return f"git ignores {_slashed(str(first))} by {where}; name files to check them" if where else ""


def _may_be_read(suffix: str, searched: tuple[str, ...]) -> bool:
    """Whether a file with this suffix can be checked, or its configuration can ask for what is said of it."""
    return suffix in searched or suffix in FORMATS or suffix in RECORD_SUFFIXES + TABLE_SUFFIXES or suffix in _WAYS_OUT


def require_known_suffix(path: Path, display: str, *, records: bool = False) -> None:
    """UserError for a file whose name does not tell how to read it."""
    suffix = path.suffix.lower()
    if suffix in FORMATS or (records and suffix in RECORD_SUFFIXES + TABLE_SUFFIXES):
        return
    if suffix in RECORD_SUFFIXES + TABLE_SUFFIXES:
        raise UserError("which field of the records to check is not told", where=display, hint="add --records FIELD")
    if suffix in _WAYS_OUT:
        raise UserError(f"{suffix} files are not read", where=display, hint=_WAYS_OUT[suffix])
    what = f"unknown kind of file '{suffix}'" if suffix else "a file without a suffix"
    raise UserError(what, where=display, hint="known are " + ", ".join(sorted(FORMATS)))


def _searched(records: bool) -> tuple[str, ...]:
    """The suffixes that a folder is searched for."""
    searched = sorted(suffix for suffix, format in FORMATS.items() if format in LOOKED_FOR)
    return (*searched, *RECORD_SUFFIXES) if records else tuple(searched)


def _is_included(path: Path, configs: Configs) -> bool:
    """Whether the configuration asks for a file whose kind is not searched for."""
    suffix = path.suffix.lower()
    if not _may_be_read(suffix, ()):
        return False
    try:
        config = configs.of(path.parent)
    except UserError:
        return True  # so that the trouble with the configuration is told
    return config.includes(path) and not config.excludes(path)


def _is_excluded(path: Path, configs: Configs) -> bool:
    return configs.of(path.parent).excludes(path)


def _walk(top: Path, problems: dict[str, Problem]) -> Iterator[Path]:
    """Files below `top`, save those that programs keep beside others; links that lead nowhere are among them.

    Each real folder is entered once, so that links that loop come to an end.

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
            if _is_folder(entry):
                if not _skipped(entry):
                    (linked if entry.is_symlink() else folders).append(folder / entry.name)
            elif not entry.name.startswith(("._", "~$", ".#")) and (entry.is_symlink() or entry.is_file()):
                yield folder / entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself, or through a closed folder
        return False


def _skipped(entry: os.DirEntry[str]) -> bool:
    hidden = entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS
    return hidden or os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _below(display: str, path: Path, top: Path) -> str:
    relative = path.relative_to(top).as_posix()
    return relative if display in (".", "./") else f"{display.rstrip('/')}/{relative}"


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/")
