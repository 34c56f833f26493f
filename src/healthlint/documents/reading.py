"""From a file to its characters: bytes in, a Source out, or a clear word on why not."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

from healthlint.documents import format_of
from healthlint.documents.source import Source
from healthlint.errors import UserError

LIMIT_MEGABYTES = 100
"""Files above this size are refused; a text that long is not a page but a data dump."""

PACKED = frozenset(("docx", "pdf"))
"""Formats that are no text: their files are taken apart by their own parsers."""

_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"
_KNOWN_BINARY = (
    (b"%PDF-", "PDF file, not text", "export it as text or HTML"),
    (b"PK\x03\x04", "zip archive or Office document, not text", "export it as text, Markdown or HTML"),
    (b"\xd0\xcf\x11\xe0", "Office document, not text", "export it as text, Markdown or HTML"),
)


def read_source(path: Path, display: str) -> Source:
    """The file at `path`, to be reported as `display`."""
    try:
        with path.open("rb") as file:
            before = _state(file.fileno())
            # Room is made for all that is asked for, so no more than the file holds; of a pipe nobody knows.
            limit = LIMIT_MEGABYTES * 1_000_000
            data = file.read(min(before[0] or limit, limit) + 1)
            if _state(file.fileno()) != before:
                raise UserError("changed while it was read", where=display, hint="run again when it is at rest")
    except FileNotFoundError:
        raise UserError("no such file", where=display) from None
    except IsADirectoryError:
        raise UserError("is a folder, not a file", where=display) from None
    except OSError as error:
        if path.is_dir():  # Windows reports a folder as a lack of permission
            raise UserError("is a folder, not a file", where=display) from None
        raise UserError(f"cannot be read: {error.strerror or error}", where=display) from None
    except ValueError:
        raise UserError("not a file name", where=display) from None
    return decode(data, display)


def _state(file: int) -> tuple[int, int]:
    """What shows that a file was written to."""
    status = os.fstat(file)
    return status.st_size, status.st_mtime_ns


def decode(data: bytes, display: str) -> Source:
    """The text of `data`: UTF-8 with or without a byte order mark, or UTF-16 with one; line ends as they are.

    Where `display` names a packed format, the data as they are.
    """
    if len(data) > LIMIT_MEGABYTES * 1_000_000:
        raise UserError(
            f"larger than {LIMIT_MEGABYTES} MB", where=display, hint="split it into smaller files, or exclude it"
        )
    if format_of(display) in PACKED:
        return Source(display, "", data=data)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UserError("UTF-32 text", where=display, hint="save it as UTF-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Source(display, _utf16(data, display))
    for magic, title, hint in _KNOWN_BINARY:
        if data.startswith(magic):
            raise UserError(title, where=display, hint=hint)
    if b"\0" in data:
        if _looks_utf16(data):
            raise UserError("UTF-16 text without a byte order mark", where=display, hint="save it as UTF-8")
        raise UserError("binary file, not text", where=display, hint="exclude it, or save its text as UTF-8")
    sample = data[:8192]
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 10:
        raise UserError("binary file, not text", where=display, hint="exclude it, or save its text as UTF-8")
    try:
        return Source(display, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # utf-8-sig counts from behind the byte order mark
        offset = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        line = data.count(b"\n", 0, offset) + 1
        raise UserError(
            f"not UTF-8 text: byte 0x{data[offset]:02X} at offset {offset}",
            where=f"{display}:{line}",
            hint="save it as UTF-8",
        ) from None


def _utf16(data: bytes, display: str) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UserError(
            f"not UTF-16 text, though it starts like it: byte offset {error.start}",
            where=display,
            hint="save it as UTF-8",
        ) from None
    if "\0" in text:
        raise UserError("binary file, not text", where=display, hint="exclude it, or save its text as UTF-8")
    return text


def _looks_utf16(data: bytes) -> bool:
    sample = data[:4096]
    half = len(sample) // 2
    return half > 0 and max(sample[::2].count(0), sample[1::2].count(0)) > half * 0.7 and sample.count(0) < half * 1.2
