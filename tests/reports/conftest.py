"""A run put together by hand, with one of everything that a report has to show."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from healthlint.findings import Edition, FileReport, Finding, Outcome, Severity
from healthlint.language.pattern_nodes import PatternText
from healthlint.rules.model import Example, PhraseCheck, Reference, Rule

GOLDEN = Path(__file__).parent / "golden"


def finding_in(path: str, line: int, source_line: str, words: str, **more: Any) -> Finding:
    column = source_line.index(words) + 1
    values: dict[str, Any] = {
        "rule": "HL101",
        "name": "unapproved-use",
        "category": "overclaim",
        "severity": Severity.ERROR,
        "confidence": "high",
        "scope": "sentence",
        "message": f"reads as an established use: {words}",
        "help": "say that the use is off-label and cite the evidence, or leave it out",
        "path": path,
        "line": line,
        "column": column,
        "end_line": line,
        "end_column": column + len(words),
        "start": 100 * line + column,
        "end": 100 * line + column + len(words),
        "text": words,
        "sentence": source_line.strip(),
        "source_line": source_line,
    }
    return Finding(**(values | more))


@pytest.fixture
def rules() -> tuple[Rule, ...]:
    return (
        Rule(
            id="HL101",
            name="unapproved-use",
            status="stable",
            since="0.1",
            category="overclaim",
            severity=(("base", Severity.ERROR), ("edu", Severity.WARNING)),
            confidence="high",
            summary="a medicine is presented as established for a condition it is not approved for",
            message="reads as an established use: {match}",
            help="say that the use is off-label and cite the evidence, or leave it out",
            check=PhraseCheck(patterns=(PatternText("treats psoriasis"),)),
            why="A label names what was\nshown to work. Readers cannot tell.\n",
            references=(Reference("The label", "https://example.org/label"), Reference("The code of practice")),
            bad=(Example("It treats\npsoriasis."),),
            good=(Example("It does not treat psoriasis.", because="negated"),),
        ),
        Rule(
            id="HL901",
            name="long-sentence",
            status="preview",
            since="0.1",
            category="readability",
            severity=(("base", None), ("edu", Severity.INFO)),
            confidence="low",
            summary="a sentence is hard to follow",
            message="{value} words",
            help="make two sentences of it",
            check=PhraseCheck(patterns=(PatternText("long"),)),
        ),
    )


@pytest.fixture
def outcome() -> Outcome:
    long = "Our team has spent years on skin care, and the tablet treats psoriasis in adults for good, " * 3
    page, other = "content/skin care.md", "content/ödem.html"
    return Outcome(
        findings=(
            finding_in(
                page, 3, "It treats psoriasis.", "treats psoriasis",
                also=("HL402",), data=(("medicine", "isotretinoin"), ("condition", "psoriasis")),
            ),
            finding_in(
                page, 9, "It also treats psoriasis of the scalp.", "treats psoriasis",
                repeat=True, data=(("medicine", "isotretinoin"), ("condition", "psoriasis")),
            ),
            finding_in(page, 12, long.strip(), "treats psoriasis", data=(("condition", "eczema"),)),
            finding_in(page, 14, "It treats\tpsoriasis", "treats", status="suppressed"),
            finding_in(
                other, 2, "<p>治療は 100 % safe, and: it works</p>", "100 % safe",
                rule="HL301", name="hurry", category="promotion", severity=Severity.WARNING, confidence="medium",
                message="reads as a promise: 100 % safe", help="tell the known side effects",
            ),
            finding_in(
                other, 5, "Nothing is said", "Nothing is said",
                rule="HL901", name="long-sentence", category="readability", severity=Severity.INFO, confidence="low",
                end_line=7, end_column=4, scope="block", message="31 words", help="make two sentences of it",
            ),
            finding_in(
                other, 1, "<html>", "<html>", end_column=1, text="", scope="document", column=1,
                rule="HL801", name="no-sources", category="transparency", severity=Severity.WARNING,
                confidence="medium", message="names no source", help="name the sources",
            ),
        ),
        files=(
            FileReport(page, "article", ("has headings",)),
            FileReport(other, "promotional", ("has a price",)),
            FileReport("content/photo.md", error="content/photo.md: not a text (save it as UTF-8)"),
        ),
        errors=("content/photo.md: not a text (save it as UTF-8)",),
        rules_version="2024.1",
        rules_run=("HL101", "HL301", "HL801", "HL901"),
        medicines=Edition("2024-05-01", 12),
    )  # fmt: skip


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare with a kept report. HEALTHLINT_GOLDEN=write writes it anew; then read the difference."""

    def compare(name: str, report: str) -> None:
        path = GOLDEN / name
        if os.environ.get("HEALTHLINT_GOLDEN") == "write":
            path.write_text(report, encoding="utf-8", newline="\n")
        assert report == path.read_text(encoding="utf-8")

    return compare
