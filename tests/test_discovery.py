"""Which files are checked, under which name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from healthlint.config import Configs
from healthlint.discovery import Discovered, discover
from healthlint.documents import FORMATS


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*paths: str, text: str = "Text.") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")


def names(found: Discovered) -> list[str]:
    return [file.display for file in found.files]


def errors(found: Discovered) -> list[str]:
    return [str(problem.error) for problem in found.problems]


def find(*paths: str, records: bool = False) -> Discovered:
    return discover(paths, Configs(), records=records)


def test_a_folder_is_searched_in_order() -> None:
    put("b.md", "a.txt", "deep/c.HTML", "deep/d.png", "README")
    assert names(find(".")) == ["a.txt", "b.md", "deep/c.HTML"]
    assert names(find("deep/")) == ["deep/c.HTML"]
    assert names(find("./deep")) == ["./deep/c.HTML"]


def test_folders_that_are_not_content_are_skipped() -> None:
    put("a.md", ".hidden/b.md", "node_modules/c.md", "venv/d.md", "own-env/pyvenv.cfg", "own-env/e.md", "._a.md")
    assert names(find(".")) == ["a.md"]


def test_a_hidden_file_or_folder_can_be_named() -> None:
    put(".hidden/b.md")
    assert names(find(".hidden")) == [".hidden/b.md"]
    assert names(find(".hidden/b.md")) == [".hidden/b.md"]


def test_a_file_is_checked_once() -> None:
    put("a.md")
    assert names(find("a.md", ".", "./a.md")) == ["a.md"]


def test_links_that_loop_come_to_an_end() -> None:
    put("z/a.md")
    Path("z/up").symlink_to("..")
    Path("b").symlink_to("z")
    assert names(find(".")) == ["z/a.md"]


def test_a_linked_folder_is_searched() -> None:
    put("elsewhere/a.md")
    Path("site").mkdir()
    Path("site/linked").symlink_to("../elsewhere")
    assert names(find("site")) == ["site/linked/a.md"]


def test_what_cannot_be_found_is_told_and_the_rest_goes_on() -> None:
    put("a.md", "b.png", "LICENSE", "data.jsonl", "c.adoc", "d.ipynb")
    known = ", ".join(sorted(FORMATS))
    Path("dead.md").symlink_to("nowhere")
    found = find("none.md", "a.md", "b.png", "LICENSE", "data.jsonl", "dead.md", "c.adoc", "d.ipynb")
    assert names(found) == ["a.md"]
    assert errors(found) == [
        "none.md: no such file or folder (check the path)",
        f"b.png: unknown kind of file '.png' (known are {known})",
        f"LICENSE: a file without a suffix (known are {known})",
        "data.jsonl: which field of the records to check is not told (add --records FIELD)",
        "dead.md: a link that leads nowhere (check the path)",
        "c.adoc: .adoc files are not read "
        "(no parser of AsciiDoc tells where its words stand; run 'asciidoctor FILE' and check the .html)",
        "d.ipynb: .ipynb files are not read (run 'jupyter nbconvert --to markdown FILE' and check the .md)",
    ]


def test_other_kinds_are_checked_when_named_or_included() -> None:
    put("a.md", "b.docx", "sub/c.docx", "~$b.docx", "d.csv", "e.adoc")
    found = find(".")
    assert names(found) == ["a.md"]
    assert found.passed == ("b.docx", "sub/c.docx")
    assert names(find(".", "b.docx")) == ["a.md", "b.docx"]
    assert find(".", "b.docx").passed == ("sub/c.docx",)
    put(".healthlint.yaml", text="include: [sub/, '*.adoc']")
    found = find(".")
    assert names(found) == ["a.md", "sub/c.docx"]
    assert found.passed == ("b.docx",)
    assert [error.split(":")[0] for error in errors(found)] == ["e.adoc"]
    put(".healthlint.yaml", text="exclude: ['*.docx']")
    assert find(".").passed == ()


def test_tables_are_records_that_must_be_named() -> None:
    put("a.md", "d.csv", "e.tsv")
    assert errors(find("d.csv")) == ["d.csv: which field of the records to check is not told (add --records FIELD)"]
    assert names(find("d.csv", "e.tsv", records=True)) == ["d.csv", "e.tsv"]
    assert names(find(".", records=True)) == ["a.md"]


def test_records_are_found_when_asked_for() -> None:
    put("data.jsonl", "a.md")
    assert names(find(".")) == ["a.md"]
    assert names(find(".", records=True)) == ["a.md", "data.jsonl"]


def test_a_folder_with_nothing_to_check_is_an_error() -> None:
    put("pictures/a.png")
    assert errors(find("pictures"))[0].startswith("pictures: nothing to check in this folder (searched for are .htm")


def test_excludes_hold_for_named_files_and_are_silent() -> None:
    put(".healthlint.yaml", text="exclude: [drafts/, '*.pdf']")
    put("drafts/a.md", "b.pdf", "c.md")
    assert find("drafts/a.md", "b.pdf") == Discovered()
    assert find("drafts") == Discovered()
    assert names(find(".")) == ["c.md"]


def test_a_broken_configuration_keeps_only_its_own_files_out() -> None:
    put("bad/.healthlint.yaml", text="nonsense: 1")
    put("bad/a.md", "bad/b.md", "good/c.md")
    found = find(".")
    assert names(found) == ["good/c.md"]
    assert [e.split(": ")[0] for e in errors(found)] == ["bad/.healthlint.yaml:1"]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_told() -> None:
    put("a.md", "closed/b.md")
    Path("closed").chmod(0)
    try:
        found = find(".")
    finally:
        Path("closed").chmod(0o755)
    assert names(found) == ["a.md"]
    assert errors(found)[0].startswith("closed: the folder cannot be read")


def test_a_linked_file_is_checked_once_under_its_own_name() -> None:
    put("z.md")
    Path("a.md").symlink_to("z.md")
    Path("twin.md").hardlink_to("z.md")
    assert names(find(".")) == ["twin.md", "z.md"]
    assert names(find("a.md")) == ["a.md"]


def test_links_that_lead_nowhere_are_told_unless_excluded() -> None:
    put(".healthlint.yaml", text="exclude: [old.md]")
    put("b.md")
    for link in ("dead.md", "old.md", ".#b.md", "x"):
        Path(link).symlink_to("none")
    Path("loop.md").symlink_to("loop.md")
    found = find(".")
    assert names(found) == ["b.md"]
    assert errors(found) == [f"{name}: a link that leads nowhere (check the path)" for name in ("dead.md", "loop.md")]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_any_name_is_found() -> None:
    put("a\nb.md", "tab\t.md", os.fsdecode(b"half\xff.md"), "\N{GREEK SMALL LETTER BETA}.md")
    assert len(names(find("."))) == 4
