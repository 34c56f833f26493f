"""Word, PDF, reStructuredText and records through the whole of the linter."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from cli_support import Cli, Put

sys.path.append(str(Path(__file__).parents[1] / "documents"))

from pdf_files import lines, pdf
from word_files import p, t, table, word

pytestmark = pytest.mark.usefixtures("house")

WORD = word(p("Tea"), table((p("x"), p("Once in a blue ", t("moon", "<w:b/>")))))
PDF = pdf(lines("On tea"), lines("One line,", "", "once in a blue", "moon."))


def places(cli: Cli, *args: str) -> list[tuple[str, int, int, int, int, str]]:
    findings = json.loads(cli("check", "--format", "json", *args).out)["findings"]
    keys = ("path", "line", "column", "end_line", "end_column")
    return [(*(finding[key] for key in keys), finding.get("place", "")) for finding in findings]


def test_word_by_paragraph_and_character(cli: Cli, put: Put) -> None:
    put("a.docx", WORD)
    assert places(cli, "a.docx") == [("a.docx", 3, 11, 3, 20, "paragraph 3, table 1, row 1, column 2")]
    assert cli("check", "a.docx", "--quiet").out.splitlines()[1:5] == [
        "  3:11 (paragraph 3, table 1, row 1, column 2)  error  HOUSE101 blue-moon",
        "    reads as moonlight: blue moon",
        "    3 | Once in a blue moon",
        "      |           ^^^^^^^^^",
    ]


def test_pdf_by_page_and_line(cli: Cli, put: Put) -> None:
    pytest.importorskip("pypdfium2")
    put("a.pdf", PDF)
    assert places(cli, "a.pdf") == [("a.pdf", 4, 11, 5, 5, "page 2, line 2")]
    assert cli("check", "a.pdf", "--format", "concise").out == (
        "a.pdf:4:11: error HOUSE101 reads as moonlight: blue moon [blue-moon] (page 2, line 2)\n"
    )
    sarif = json.loads(cli("check", "a.pdf", "--format", "sarif").out)
    (location,) = sarif["runs"][0]["results"][0]["locations"]
    assert location["message"] == {"text": "page 2, line 2"}
    assert "(page 2, line 2)%0A" in cli("check", "a.pdf", "--format", "github").out


def test_restructuredtext_with_an_exception(cli: Cli, put: Put) -> None:
    pytest.importorskip("docutils")
    put("a.rst", "Tea\n===\n\nA *blue*\nmoon.\n\n.. healthlint: ignore[HOUSE101] -- a song\n\nA blue moon.\n")
    ran = cli("check", "a.rst", "--format", "json")
    findings = json.loads(ran.out)["findings"]
    assert [(finding["line"], finding["column"], finding["status"]) for finding in findings] == [
        (4, 4, "active"),
        (9, 3, "suppressed"),
    ]


def test_tables_and_json_lines_by_field(cli: Cli, put: Put) -> None:
    put("a.csv", 'id,title,body\n1,Tea,"<p>Said\n""a <b>blue</b> moon"".</p>"\n2,short\n3,Blue moon,x\n')
    assert places(cli, "a.csv", "--records", "title,body:html") == [
        ("a.csv:2", 3, 8, 3, 21, "row 2, body"),
        ("a.csv:5", 5, 3, 5, 12, "row 4, title"),
    ]
    ran = cli("check", "a.csv", "--records", "title,body:html", "--quiet")
    assert ran.status == 2
    assert "a.csv:4: 2 cells in this row, 3 columns in the table: none for 'body' (complete the row)" in ran.err
    good = '{"title": "Tea", "body": "One.\\nA \\u0062lue moon."}'
    put("a.jsonl", f'{good}\n{{broken\n{{"title": "blue moon", "body": null}}\n')
    assert places(cli, "a.jsonl", "--records", "title,body") == [
        ("a.jsonl:1", 1, 35, 1, 49, "record 1, body"),
        ("a.jsonl:3", 3, 12, 3, 21, "record 3, title"),
    ]
    assert cli("check", "a.jsonl", "--records", "title,body").status == 2
    assert places(cli, "a.jsonl", "--records", "title") == [("a.jsonl:3", 1, 1, 1, 10, "")]
    ran = cli("check", "-", "--stdin-filename", "b.csv", "--records", "body", stdin="body\nA blue moon.\n")
    assert ran.out.startswith("b.csv:2\n  2:3 (row 2, body)  error  HOUSE101")


def test_what_is_passed_over_is_told(cli: Cli, put: Put) -> None:
    put("a.md", "Nothing here.\n")
    put("b.docx", WORD)
    ran = cli("check")
    assert ran.status == 0
    told = "passed over: 1 .docx (name them, or list them under include or exclude in .healthlint.yaml)"
    assert told in ran.errors
    assert "b.docx: passed over" in cli("check", "--verbose").errors
    assert cli("check", "--quiet").err == ""
    assert cli("check", "b.docx").status == 1


@pytest.mark.parametrize(("name", "hint"), [("a.adoc", "asciidoctor"), ("a.ipynb", "nbconvert"), ("a.doc", ".docx")])
def test_what_is_not_read_names_the_way_out(cli: Cli, put: Put, name: str, hint: str) -> None:
    put(name, "x")
    ran = cli("check", name)
    assert ran.status == 2
    assert f"{name}: {Path(name).suffix} files are not read" in ran.err
    assert hint in ran.err


@pytest.mark.parametrize("words", ["a,,b", "a,a"])
def test_bad_fields_are_an_error_of_usage(cli: Cli, words: str) -> None:
    ran = cli("check", "--records", words)
    assert ran.status == 2
    assert "--records: a field" in ran.err


def test_annotate_reads_them_too(cli: Cli, put: Put) -> None:
    put("a.docx", WORD)
    put("a.csv", "title,body\nTea,One. Two.\n")
    assert "3:1 table-cell: Once in a blue moon" in cli("annotate", "a.docx").out
    seen = cli("annotate", "a.csv", "--records", "title,body", "--format", "json").out.splitlines()
    assert [(s["path"], s["line"], s["column"]) for s in map(json.loads, seen)] == [
        ("a.csv:2", 2, 1),
        ("a.csv:2", 2, 5),
        ("a.csv:2", 2, 10),
    ]
