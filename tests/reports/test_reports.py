"""Every report of the same run, compared with the ones kept in golden/."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from healthlint import __version__
from healthlint.findings import FileReport, Finding, Outcome
from healthlint.reports import concise, github, sarif, text
from healthlint.reports import json as json_report
from healthlint.reports.fingerprint import fingerprint
from healthlint.reports.wording import printable, statistics, summary
from healthlint.rules.model import Rule

Golden = Callable[[str, str], None]
CLEAN = Outcome(files=(FileReport("a.md", "article"), FileReport("b.md", "article")), rules_version="2024.1")


def without_version(report: str) -> str:
    return re.sub(rf'ersion": "{re.escape(__version__)}"', 'ersion": "0.0.0"', report)


def test_text(outcome: Outcome, golden: Golden) -> None:
    golden("text.txt", text.render(outcome))


def test_text_in_colour_with_statistics_on_a_narrow_terminal(outcome: Outcome, golden: Golden) -> None:
    golden("text-colour.txt", text.render(outcome, text.Style(color=True, width=60, statistics=True)))


def test_quiet_text(outcome: Outcome, golden: Golden) -> None:
    golden("text-quiet.txt", text.render(outcome, text.Style(quiet=True)))


def test_concise(outcome: Outcome, golden: Golden) -> None:
    golden("concise.txt", concise.render(outcome))


def test_json(outcome: Outcome, golden: Golden) -> None:
    golden("report.json", without_version(json_report.render(outcome)))


def test_sarif(outcome: Outcome, rules: tuple[Rule, ...], golden: Golden) -> None:
    golden("report.sarif", without_version(sarif.render(outcome, rules)))


def test_github(outcome: Outcome, golden: Golden) -> None:
    golden("github.txt", github.render(outcome))


def test_clean_run() -> None:
    assert text.render(CLEAN) == "no findings in 2 files\n"
    assert text.render(CLEAN, text.Style(quiet=True)) == ""
    assert concise.render(CLEAN) == github.render(CLEAN) == ""
    assert json.loads(json_report.render(CLEAN))["summary"] == {"error": 0, "warning": 0, "info": 0}


def test_json_is_the_contract(outcome: Outcome) -> None:
    report = json.loads(json_report.render(outcome))
    assert list(report) == ["schema_version", "tool", "findings", "files", "summary"]
    assert list(report["tool"]) == ["name", "version", "rules_version", "medicines_date", "medicines_records"]
    assert list(report["findings"][0]) == [
        "rule", "name", "category", "severity", "confidence", "scope", "message", "help", "path", "line", "column",
        "end_line", "end_column", "text", "sentence", "status", "fingerprint", "also", "data",
    ]  # fmt: skip
    assert list(report["files"][0]) == ["path", "kind", "error"]
    assert report["summary"] == {"error": 3, "warning": 2, "info": 1}
    assert report["findings"][1]["data"]["repeat"] is True
    assert "repeat" not in report["findings"][0]["data"]


def test_summary_counts_one_as_one(outcome: Outcome) -> None:
    single = outcome._replace(findings=outcome.findings[:1], files=outcome.files[:1], errors=())
    assert summary(single) == "1 error, 0 warnings, 0 info in 1 file"


def test_statistics_put_the_most_frequent_first(outcome: Outcome) -> None:
    assert statistics(outcome.findings).splitlines()[0] == "4  HL101  unapproved-use"


def test_github_says_what_it_does_not_show(outcome: Outcome) -> None:
    many = outcome._replace(findings=outcome.findings[:1] * 12, errors=())
    assert github.render(many).splitlines()[-1].startswith("2 more errors in this log")


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"line": 99, "column": 1, "path": "moved.md", "message": "reworded"}, True),
        ({"sentence": "It  treats\npsoriasis."}, True),
        ({"text": "Treats Psoriasis"}, True),
        ({"sentence": "It treats psoriasis well."}, False),
        ({"occurrence": 1}, False),
        ({"rule": "HL102"}, False),
    ],
)
def test_fingerprint_follows_the_sentence(outcome: Outcome, change: dict[str, object], same: bool) -> None:
    finding: Finding = outcome.findings[0]
    assert (fingerprint(finding._replace(**change)) == fingerprint(finding)) is same  # type: ignore[arg-type]


def test_a_source_line_cannot_command_the_terminal(outcome: Outcome) -> None:
    hostile = outcome.findings[0]._replace(source_line="It treats psoriasis.\x1b[2J\u202e", message="\x1b]0;x\x07")
    report = text.render(outcome._replace(findings=(hostile,)))
    assert "\x1b" not in report
    assert "\u202e" not in report


def test_printable_keeps_letters_and_flattens_lines() -> None:
    assert printable("à la\tcarte\r\n治療") == "à la carte  治療"


def test_underline_stands_below_the_words(outcome: Outcome) -> None:
    """Wide characters take two columns, and the gutter is as wide as the line number."""
    lines = text.render(outcome).splitlines()
    marked = [(lines[i - 1], line) for i, line in enumerate(lines) if line.rstrip().endswith("^")]
    assert marked
    for source, marks in marked:
        stretch = marks.index("^")
        wide = sum(text.columns(c) - 1 for c in source[:stretch] if text.columns(c) > 1)
        assert source[stretch - wide :].startswith(("treats psoriasis", "treats", "100 % safe", "Nothing is said"))


@pytest.mark.parametrize(
    ("path", "place", "file", "line"),
    [
        ("a/export.jsonl:7", "", "a/export.jsonl", 7),
        ("a/export.csv:7", "row 6, body", "a/export.csv", None),
        ("a/page.md", "", "a/page.md", None),
        ("a.csv:7.md", "", "a.csv:7.md", None),
    ],
)
def test_a_record_is_placed_in_its_file(outcome: Outcome, path: str, place: str, file: str, line: int | None) -> None:
    """Programs that open files know no FILE:LINE; inside a field of JSON lines only the record's line is the file's."""
    found = outcome.findings[0]._replace(path=path, place=place, line=2, end_line=2, column=1, end_column=4)
    outcome = Outcome((found,), (FileReport(path, "article"),))
    region = {"line": 2, "startLine": 2} if line is None else {"line": line, "startLine": line}
    command = github.render(outcome)
    assert f"file={file.replace(':', '%3A')},line={region['line']}," in command
    assert ("col=" in command) == (line is None)
    location = json.loads(sarif.render(outcome))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == file.replace(":", "%3A")
    assert location["region"]["startLine"] == region["startLine"]
    assert ("startColumn" in location["region"]) == (line is None)
