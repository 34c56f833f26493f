"""Exceptions in the text: what they cover, until when, and what is said about those that do not hold."""

from __future__ import annotations

from datetime import date

import pytest

from healthlint.documents import parse
from healthlint.documents.source import Source
from healthlint.findings import Finding, Severity
from healthlint.suppression import notices, suppress

TODAY = date(2026, 5, 1)
KNOWN = ("HL101", "unapproved-use", "HL301", "hurry")


def finding_of(word: str, text: str, rule: str = "HL101", name: str = "unapproved-use") -> Finding:
    start = text.index(word)
    source = Source("a.md", text)
    line, column = source.position(start)
    return Finding(
        rule=rule, name=name, category="overclaim", severity=Severity.ERROR, confidence="high", scope="sentence",
        message="m", help="h", path="a.md", line=line, column=column, end_line=line, end_column=column + len(word),
        start=start, end=start + len(word), text=word, sentence=word, source_line=source.line_text(line),
    )  # fmt: skip


def suppressed(text: str, *words: str, path: str = "a.md", rule: str = "HL101") -> list[str]:
    findings = tuple(finding_of(word, text, rule) for word in words)
    return [f.text for f in suppress(findings, parse(Source(path, text)), TODAY) if f.status == "suppressed"]


def told(text: str, path: str = "a.md") -> list[str]:
    return [f"{n.line}:{n.column} {n.problem}" for n in notices(parse(Source(path, text)), TODAY, KNOWN)]


BEFORE = "Alpha one.\n\n<!-- healthlint: {} -->\nBeta two.\nBeta three.\n\nGamma four.\n"


def test_ignore_speaks_for_the_next_block() -> None:
    text = BEFORE.format("ignore[HL101] -- approved by legal")
    assert suppressed(text, "Alpha", "two", "three", "Gamma") == ["two", "three"]
    assert told(text) == []


def test_ignore_skips_an_empty_line() -> None:
    text = "Alpha.\n\n<!-- healthlint: ignore[HL101] -- ok -->\n\nBeta.\n\nGamma.\n"
    assert suppressed(text, "Alpha", "Beta", "Gamma") == ["Beta"]


def test_ignore_inside_a_block_speaks_for_that_block() -> None:
    text = "Alpha <!-- healthlint: ignore[HL101] -- ok --> one.\n\nBeta.\n"
    assert suppressed(text, "Alpha", "one", "Beta") == ["Alpha", "one"]


def test_ignore_speaks_for_a_heading_and_a_list_item_alone() -> None:
    ignore = "<!-- healthlint: ignore[HL101] -- ok -->\n"
    text = f"{ignore}# Alpha\n\n{ignore}- Beta\n- Gamma\n"
    assert suppressed(text, "Alpha", "Beta", "Gamma") == ["Alpha", "Beta"]


@pytest.mark.parametrize("rules", ["HL101", "hl101", "unapproved-use", "HL301, HL101"])
def test_codes_and_names(rules: str) -> None:
    assert suppressed(BEFORE.format(f"ignore[{rules}] -- ok"), "two") == ["two"]


def test_other_rules_stay() -> None:
    assert suppressed(BEFORE.format("ignore[HL301] -- ok"), "two") == []


def test_a_stretch() -> None:
    text = (
        "Alpha.\n\n<!-- healthlint: disable[HL101,HL301] -- ok -->\n\nBeta.\n\nGamma.\n\n"
        "<!-- healthlint: enable[HL101] -->\n\nDelta.\n"
    )
    assert suppressed(text, "Alpha", "Beta", "Gamma", "Delta") == ["Beta", "Gamma"]
    assert suppressed(text, "Alpha", "Beta", "Gamma", "Delta", rule="HL301") == ["Beta", "Gamma", "Delta"]
    assert told(text) == []


def test_a_whole_file() -> None:
    text = "Alpha.\n\nBeta.\n\n<!-- healthlint: ignore-file[HL101] -- archived -->\n"
    assert suppressed(text, "Alpha", "Beta") == ["Alpha", "Beta"]


def test_html() -> None:
    text = "<p>Alpha</p>\n<!-- healthlint: ignore[HL101] -- ok -->\n<ul><li>Beta</li><li>Gamma</li></ul>\n"
    assert suppressed(text, "Alpha", "Beta", "Gamma", path="a.html") == ["Beta"]


def test_until_the_day_itself() -> None:
    assert suppressed(BEFORE.format("ignore[HL101] until=2026-05-01 -- ok"), "two") == ["two"]
    expired = BEFORE.format("ignore[HL101] until=2026-04-30 -- ok")
    assert suppressed(expired, "two") == []
    assert told(expired) == ["3:1 this exception expired on 2026-04-30"]


@pytest.mark.parametrize(
    ("directive", "problem"),
    [
        ("ignore[HL101]", "an exception must give a reason"),
        ("ignore[HL101] --", "an exception must give a reason"),
        ("ignore[] -- ok", "an exception must name its rules"),
        ("ignore -- ok", "malformed exception"),
        ("ignore[HL101 -- ok", "malformed exception"),
        ("ignroe[HL101] -- ok", "unknown exception 'ignroe'"),
        ("ignore[HL101] until=tomorrow -- ok", "not a date: 'tomorrow'"),
        ("ignore[HL101] legal said so", "malformed exception"),
        ("enable[HL101]", "an 'enable' with nothing disabled before it"),
    ],
)
def test_what_does_not_hold_is_told(directive: str, problem: str) -> None:
    text = BEFORE.format(directive)
    assert suppressed(text, "two") == []
    assert told(text) == [f"3:1 {problem}"]


def test_an_unknown_rule_is_told_with_the_closest() -> None:
    (notice,) = notices(parse(Source("a.md", BEFORE.format("ignore[HL1O1] -- ok"))), TODAY, KNOWN)
    assert (notice.problem, notice.hint) == ("unknown rule 'HL1O1' in an exception", "did you mean 'HL101'?")


@pytest.mark.parametrize(
    "text",
    [
        "```html\n<!-- healthlint: ignore[HL101] -- ok -->\n```\nBeta.\n",
        "~~~\n<!-- healthlint: nonsense -->\n~~~\nBeta.\n",
        "Write `<!-- healthlint: ignore[HL101] -- ok -->` above it: Beta.\n",
        "<!-- health: ignore[HL101] -- ok -->\nBeta.\n",
    ],
)
def test_code_shows_an_exception_and_makes_none(text: str) -> None:
    assert suppressed(text, "Beta") == []
    assert told(text) == []


def test_plain_text_has_no_exceptions() -> None:
    text = BEFORE.format("ignore[HL101] -- ok")
    assert suppressed(text, "two", path="a.txt") == []
