"""The labels of a bulk download one by one: a zip of one JSON file, or that file, little of it held at a time.

The file is `{"meta": {…}, "results": [label, label, …]}` and may unpack to more than a gigabyte. Strings and brackets
are told apart in one walk, so that each label is parsed by itself.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from healthlint.errors import UserError

Tick = Callable[[int], None]
"""Told of bytes as they are read, of the unpacked file."""

CHUNK = 1 << 20
MOST_CHARACTERS = 64 << 20
"""Of one label; the longest real ones have a few million."""

_AGAIN = "download it again; what was imported before is kept"
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]"]', re.DOTALL)
_ZIP = b"PK"
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)


def unpacked_size(path: str) -> int:
    """How many bytes `labels_in` will read; UserError where the file cannot be read or is a damaged archive."""
    if not _is_zip(path):
        return os.path.getsize(path)
    with _archive(path) as archive:
        return sum(member.file_size for member in _members(archive, path))


def labels_in(path: str, tick: Tick) -> Iterator[str]:
    """The text of each label in order; UserError at the place where the file turns out to be damaged."""
    try:
        if _is_zip(path):
            with _archive(path) as archive:
                for member in _members(archive, path):
                    with archive.open(member) as stream:
                        yield from _labels(cast(BinaryIO, stream), path, tick)
        else:
            with open(path, "rb") as file:
                yield from _labels(file, path, tick)
    except _DAMAGES as error:
        raise UserError(f"is a damaged archive: {error}", where=path, hint=_AGAIN) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place in the archive that is none
            raise UserError("is a damaged archive", where=path, hint=_AGAIN) from error
        raise UserError(f"cannot be read: {error.strerror or error}", where=path) from error


def parsed(text: str, path: str, number: int) -> dict[str, Any]:
    """One label's text as a mapping."""
    try:
        label = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"label {number} is not valid JSON", where=path, hint=_AGAIN) from error
    return label if isinstance(label, dict) else {}


def _is_zip(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(2) == _ZIP
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", where=path) from error


def _archive(path: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _DAMAGES as error:
        raise UserError(f"is a damaged archive: {error}", where=path, hint=_AGAIN) from error


def _members(archive: zipfile.ZipFile, path: str) -> list[zipfile.ZipInfo]:
    members = [member for member in archive.infolist() if member.filename.lower().endswith(".json")]
    if not members:
        raise UserError("is an archive without a JSON file", where=path, hint="give the drug label download of openFDA")
    return members


def _labels(stream: BinaryIO, path: str, tick: Tick) -> Iterator[str]:
    walk = _Walk(path)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := stream.read(CHUNK):
            tick(len(chunk))
            yield from walk.read(decoder.decode(chunk))
        yield from walk.read(decoder.decode(b"", final=True))
    except UnicodeDecodeError as error:
        raise UserError("is not UTF-8 text", where=path, hint=_AGAIN) from error
    walk.finish()


class _Walk:
    """The walk over one JSON text as it comes in. `depth` counts open brackets; a label opens at the second."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._text = ""
        self._at = 0
        self._depth = 0
        self._key: tuple[int, int] | None = None
        self._start: int | None = None
        self._between = 0
        self._inside = self._found = self._closed = False
        self._count = 0

    def read(self, text: str) -> Iterator[str]:
        """The labels that end in this stretch."""
        self._text += text
        whole = self._text
        for match in _TOKEN.finditer(whole, self._at):
            first, after = match.span()
            mark = whole[first]
            if mark == '"':
                if after - first == 1:
                    self._at = first  # the string goes on in the next stretch
                    break
                if self._depth == 1:
                    self._key = first, after
            elif mark in "{[":
                if self._inside and self._depth == 2:
                    self._separated(first, "," if self._count else "")
                    self._start = first
                elif self._depth == 1 and mark == "[" and self._opens_results(first):
                    self._inside = self._found = True
                    self._between = after
                elif self._depth == 0 and (mark != "{" or self._closed):
                    raise self._damaged("is not the JSON of a label download")
                self._depth += 1
            else:
                self._depth -= 1
                if self._start is not None and self._depth == 2:
                    self._count += 1
                    yield whole[self._start : after]
                    self._start, self._between = None, after
                elif self._inside and self._depth == 1:
                    self._separated(first, "")
                    self._inside = False
                self._key = None
                self._closed = self._depth <= 0
                if self._depth < 0:
                    raise self._damaged(f"has a bracket too many {self._place()}")
            self._at = after
        self._forget()

    def finish(self) -> None:
        """UserError unless the text was whole and held labels."""
        if self._text.strip() and not self._found and self._depth <= 0 and not self._closed:
            raise self._damaged("is not the JSON of a label download")
        if self._depth or not self._closed:
            raise self._damaged(f"ends in the middle, {self._place()}")
        if not self._found:
            hint = "give the drug label download of openFDA"
            raise UserError("holds no labels: no list 'results'", where=self._path, hint=hint)

    def _opens_results(self, at: int) -> bool:
        if self._key is None or self._found:
            return False
        first, after = self._key
        return self._text[first:after] == '"results"' and self._text[after:at].strip() == ":"

    def _separated(self, at: int, mark: str) -> None:
        """Between labels stands a comma, and nothing else before the first and after the last."""
        if self._text[self._between : at].strip() != mark:
            raise self._damaged(f"is damaged {self._place()}")

    def _place(self) -> str:
        return f"after label {self._count}" if self._count else "before the first label"

    def _forget(self) -> None:
        """Let go of what will not be looked at again."""
        keep = [self._at]
        keep += [self._start] if self._start is not None else []
        keep += [self._between] if self._inside and self._start is None else []
        keep += [self._key[0]] if self._key and self._depth == 1 else []
        cut = min(keep)
        if len(self._text) - cut > MOST_CHARACTERS:
            raise self._damaged(f"is damaged {self._place()}: what follows has no end")
        self._text = self._text[cut:]
        self._at -= cut
        self._between -= cut
        if self._start is not None:
            self._start -= cut
        if self._key:
            self._key = self._key[0] - cut, self._key[1] - cut

    def _damaged(self, title: str) -> UserError:
        return UserError(title, where=self._path, hint=_AGAIN)
