"""Reading files: encodings, line ends, and clear refusals."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from healthlint.documents import FORMATS, format_of, parse, reading
from healthlint.documents.reading import decode, read_source
from healthlint.documents.source import Source
from healthlint.errors import UserError


@pytest.mark.parametrize(
    "data",
    [
        "Schlaf: gut, 😴\r\n".encode(),
        "\ufeffSchlaf: gut, 😴\r\n".encode(),
        "\ufeffSchlaf: gut, 😴\r\n".encode("utf-16-le"),
        "\ufeffSchlaf: gut, 😴\r\n".encode("utf-16-be"),
    ],
)
def test_encodings(data: bytes) -> None:
    source = decode(data, "a.txt")
    assert source.text == "Schlaf: gut, 😴\r\n"
    assert source.position(source.text.index("😴")) == (1, 14)


def test_line_ends_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\rthree\nfour")
    source = read_source(path, "a.txt")
    assert source.text == "one\r\ntwo\rthree\nfour"
    assert [source.line_text(n) for n in (1, 2, 3, 4)] == ["one", "two", "three", "four"]


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"")
    assert parse(read_source(path, "a.md")).blocks == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"ab\ncaf\xe9 au lait", "a.txt:2: not UTF-8 text: byte 0xE9 at offset 6 (save it as UTF-8)"),
        (b"\xef\xbb\xbfab\n\xff", "a.txt:2: not UTF-8 text: byte 0xFF at offset 6 (save it as UTF-8)"),
        (b"ab\0cd" * 9, "a.txt: binary file, not text (exclude it, or save its text as UTF-8)"),
        (b"\x01\x02\x03\x04abc\x05", "a.txt: binary file, not text (exclude it, or save its text as UTF-8)"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.txt: binary file, not text (exclude it, or save its text as UTF-8)"),
        (b"%PDF-1.7\n%\xe2\xe3", "a.txt: PDF file, not text (export it as text or HTML)"),
        (b"PK\x03\x04\x14", "a.txt: zip archive or Office document, not text (export it as text, Markdown or HTML)"),
        ("hello there".encode("utf-16-le"), "a.txt: UTF-16 text without a byte order mark (save it as UTF-8)"),
        (b"\xff\xfe\x00\xd8a", "a.txt: not UTF-16 text, though it starts like it: byte offset 2 (save it as UTF-8)"),
        ("\ufeffa".encode("utf-32-le"), "a.txt: UTF-32 text (save it as UTF-8)"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UserError) as raised:
        decode(data, "a.txt")
    assert str(raised.value) == message


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^a\.txt: no such file"):
        read_source(tmp_path / "a.txt", "a.txt")
    with pytest.raises(UserError, match=r"^docs: is a folder, not a file"):
        read_source(tmp_path, "docs")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a file that cannot be read")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UserError, match=r"^a\.txt: cannot be read: Permission denied"):
        read_source(path, "a.txt")


def test_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMIT_MEGABYTES", 1)
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 1_000_001)
    with pytest.raises(UserError, match=r"^a\.txt: larger than 1 MB \(split it into smaller files, or exclude it\)"):
        read_source(path, "a.txt")


def test_formats() -> None:
    assert format_of("a/b.MD") == "markdown"
    assert format_of("a.b/c") is None
    assert format_of("x.html") == "html"
    assert set(FORMATS.values()) == {"text", "markdown", "mdx", "html", "docx", "pdf", "rst"}
    assert parse(Source("a.md", "# b")).format == "markdown"
    assert parse(Source("a.md", "# b"), "text").format == "text"
    assert parse(Source("a", "# b")).format == "text"
    with pytest.raises(UserError, match=r"unknown format 'markdwon' \(did you mean 'markdown'"):
        parse(Source("a", ""), "markdwon")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_text("A page.")
    states = iter([(7, 1), (9, 2)])
    monkeypatch.setattr(reading, "_state", lambda _: next(states))
    with pytest.raises(UserError, match=r"^a\.md: changed while it was read"):
        reading.read_source(file, "a.md")
