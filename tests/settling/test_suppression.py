"""Exceptions in the text: what they cover, until when, and what is found about those that do not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthlint.documents import parse
from healthlint.documents.blocks import Document
from healthlint.documents.source import Source
from healthlint.findings import Finding, Severity
from healthlint.rules.loader import load_rules
from healthlint.rules.model import PhraseCheck, Rule
from healthlint.settling.exceptions import Running
from healthlint.settling.settle import Judging, settle

TODAY = date(2026, 5, 1)
JUDGING = load_rules(Path(__file__).resolve().parents[2] / "rules" / "exceptions")


def rule_of(code: str, name: str) -> Rule:
    return Rule(
        id=code, name=name, status="stable", since="0.1", category="overclaim", severity=(("base", Severity.ERROR),),
        confidence="high", summary="s", message="m", help="h", check=PhraseCheck(()),
    )  # fmt: skip


RULES = (rule_of("HL101", "unapproved-use"), rule_of("HL301", "hurry"), *JUDGING)
RUNNING: Running = tuple((rule, Severity.WARNING) for rule in RULES)


def finding_of(word: str, text: str, rule: str = "HL101") -> Finding:
    start = text.index(word)
    source = Source("a.md", text)
    line, column = source.position(start)
    return Finding(
        rule=rule, name="n", category="overclaim", severity=Severity.ERROR, confidence="high", scope="sentence",
        message="m", help="h", path="a.md", line=line, column=column, end_line=line, end_column=column + len(word),
        start=start, end=start + len(word), text=word, sentence=word, source_line=source.line_text(line),
    )  # fmt: skip


def settled(document: Document, *findings: Finding, running: Running = RUNNING) -> tuple[Finding, ...]:
    return settle(findings, document, Path("a.md"), Judging(RULES, running, ("base",), TODAY)).findings


def suppressed(text: str, *words: str, path: str = "a.md", rule: str = "HL101") -> list[str]:
    findings = (finding_of(word, text, rule) for word in words)
    return [f.text for f in settled(parse(Source(path, text)), *findings) if f.status == "suppressed"]


def told(text: str, *words: str, path: str = "a.md", running: Running = RUNNING) -> list[str]:
    """What is found about the exceptions, where `words` are flagged as HL101."""
    document = parse(Source(path, text))
    found = settled(document, *(finding_of(word, text) for word in words), running=running)
    for finding in found:
        assert " ".join(text[finding.start : finding.end].split()) == finding.text
    return [
        f"{f.line}:{f.column} {f.rule} {f.text}" for f in found if f.rule.startswith("HL0") and f.status == "active"
    ]


BEFORE = "Alpha one.\n\n<!-- healthlint: {} -->\nBeta two.\nBeta three.\n\nGamma four.\n"


def test_ignore_speaks_for_the_next_block() -> None:
    text = BEFORE.format("ignore[HL101] -- approved by legal")
    assert suppressed(text, "Alpha", "two", "three", "Gamma") == ["two", "three"]
    assert told(text, "two") == []


def test_ignore_skips_an_empty_line() -> None:
    text = "Alpha.\n\n<!-- healthlint: ignore[HL101] -- ok -->\n\nBeta.\n\nGamma.\n"
    assert suppressed(text, "Alpha", "Beta", "Gamma") == ["Beta"]


def test_ignore_inside_a_block_speaks_for_that_block() -> None:
    text = "Alpha <!-- healthlint: ignore[HL101] -- ok --> one.\n\nBeta.\n"
    assert suppressed(text, "Alpha", "one", "Beta") == ["Alpha", "one"]


def test_ignore_at_the_end_of_a_block_speaks_for_that_block() -> None:
    text = "Alpha one.\nAlpha two. <!-- healthlint: ignore[HL101] -- ok -->\n\nBeta.\n"
    assert suppressed(text, "one", "two", "Beta") == ["one", "two"]


def test_ignore_speaks_for_all_of_a_paragraph_that_has_links() -> None:
    text = "<!-- healthlint: ignore[HL101] -- ok -->\n[Alpha](a.md) one and [beta](b.md) two.\n\nGamma.\n"
    assert suppressed(text, "Alpha", "one", "beta", "two", "Gamma") == ["Alpha", "one", "beta", "two"]
    text = "Alpha one and [beta](b.md) two. <!-- healthlint: ignore[HL101] -- ok -->\n\nGamma.\n"
    assert suppressed(text, "Alpha", "one", "beta", "two", "Gamma") == ["Alpha", "one", "beta", "two"]


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
        "<!-- healthlint: enable[unapproved-use] -->\n\nDelta.\n"
    )
    assert suppressed(text, "Alpha", "Beta", "Gamma", "Delta") == ["Beta", "Gamma"]
    assert suppressed(text, "Alpha", "Beta", "Gamma", "Delta", rule="HL301") == ["Beta", "Gamma", "Delta"]
    assert told(text, "Beta") == ["3:32 HL001 HL301"]


def test_a_whole_file() -> None:
    text = "Alpha.\n\nBeta.\n\n<!-- healthlint: ignore-file[HL101] -- archived -->\n"
    assert suppressed(text, "Alpha", "Beta") == ["Alpha", "Beta"]


def test_mdx() -> None:
    comment = "{/* healthlint: ignore[HL101] -- ok */}"
    text = f"import A from 'a'\n\n<A>\n{comment}\n\nAlpha.\n\nBeta.\n</A>\n"
    assert suppressed(text, "Alpha", "Beta", path="a.mdx") == ["Alpha"]
    assert told(text, path="a.mdx") == ["4:24 HL001 HL101"]


def test_html() -> None:
    text = "<p>Alpha</p>\n<!-- healthlint: ignore[HL101] -- ok -->\n<ul><li>Beta</li><li>Gamma</li></ul>\n"
    assert suppressed(text, "Alpha", "Beta", "Gamma", path="a.html") == ["Beta"]


def test_windows_line_ends() -> None:
    text = BEFORE.format("ignore[HL101] until=2026-06-01 -- ok").replace("\n", "\r\n")
    assert suppressed(text, "Alpha", "two", "three", "Gamma") == ["two", "three"]
    expired = BEFORE.format("ignore[HL101] until=2026-04-30 -- ok").replace("\n", "\r\n")
    assert told(expired, "two") == ["3:38 HL003 2026-04-30"]


def test_the_reason_goes_with_the_finding() -> None:
    text = BEFORE.format("ignore[HL101] until=2026-06-01 -- agreed with\n  legal")
    (found,) = (f for f in settled(parse(Source("a.md", text)), finding_of("two", text)) if f.rule == "HL101")
    assert found.grounds == (("reason", "agreed with legal"), ("until", "2026-06-01"))


def test_until_the_day_itself() -> None:
    assert suppressed(BEFORE.format("ignore[HL101] until=2026-05-01 -- ok"), "two") == ["two"]
    expired = BEFORE.format("ignore[HL101] until=2026-04-30 -- ok")
    assert suppressed(expired, "two") == []
    assert told(expired) == ["3:38 HL003 2026-04-30"]


@pytest.mark.parametrize(
    ("directive", "problem"),
    [
        ("ignore[HL101]", "3:1 HL005 <!-- healthlint: ignore[HL101] -->"),
        ("ignore[HL101] --", "3:1 HL005 <!-- healthlint: ignore[HL101] -- -->"),
        ("ignore[] -- ok", "3:1 HL002 <!-- healthlint: ignore[] -- ok -->"),
        ("ignore[ , ] -- ok", "3:1 HL002 <!-- healthlint: ignore[ , ] -- ok -->"),
        ("ignore -- ok", "3:1 HL002 <!-- healthlint: ignore -- ok -->"),
        ("ignore[HL101 -- ok", "3:1 HL002 <!-- healthlint: ignore[HL101 -- ok -->"),
        ("ignroe[HL101] -- ok", "3:18 HL002 ignroe"),
        ("ignore[HL101] until=tomorrow -- ok", "3:38 HL002 tomorrow"),
        ("ignore[HL101] until=2026-02-30 -- ok", "3:38 HL002 2026-02-30"),
        ("ignore[HL101] legal said so", "3:1 HL002 <!-- healthlint: ignore[HL101] legal said so -->"),
        ("enable[HL101]", "3:25 HL002 HL101"),
        ("ignore[HL1O1] -- ok", "3:25 HL004 HL1O1"),
        ("ignore[HL1] -- ok", "3:25 HL004 HL1"),
    ],
)
def test_what_does_not_hold_is_told(directive: str, problem: str) -> None:
    text = BEFORE.format(directive)
    assert suppressed(text, "two") == []
    assert told(text) == [problem]


@pytest.mark.parametrize("comment", ["<!-- healthlint-disable HL101 -->", "<!-- healthlint ignore[HL101] -- ok -->"])
def test_a_missing_colon_is_told(comment: str) -> None:
    assert told(f"{comment}\nBeta.\n", "Beta") == [f"1:1 HL002 {comment}"]


def test_a_comment_that_is_not_closed_is_told() -> None:
    text = "Alpha.\n\n<!-- healthlint: ignore[HL101] -- ok\nBeta.\n\nGamma.\n"
    assert told(text) == ["3:1 HL002 <!-- healthlint: ignore[HL101] -- ok"]


def test_an_unknown_rule_is_told_with_the_closest() -> None:
    (found,) = settled(parse(Source("a.md", BEFORE.format("ignore[HL1O1] -- ok"))))
    assert "'HL101'" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "```html\n<!-- healthlint: ignore[HL101] -- ok -->\n```\nBeta.\n",
        "1. One:\n\n    ```html\n    <!-- healthlint: nonsense -->\n    ```\n\nBeta.\n",
        "> ```html\n> <!-- healthlint: nonsense -->\n> ```\n\nBeta.\n",
        "~~~\n<!-- healthlint: nonsense -->\n~~~\nBeta.\n",
        "Write `<!-- healthlint: ignore[HL101] -- ok -->` above it: Beta.\n",
        "<!-- health: ignore[HL101] -- ok -->\nBeta.\n",
        "<!-- healthlint has seen this page -->\nBeta.\n",
    ],
)
def test_code_shows_an_exception_and_makes_none(text: str) -> None:
    assert suppressed(text, "Beta") == []
    assert told(text) == []


def test_plain_text_has_no_exceptions() -> None:
    text = BEFORE.format("ignore[HL101] -- ok")
    assert suppressed(text, "two", path="a.txt") == []
    assert told(text, path="a.txt") == []


# What is not needed


def test_an_exception_that_nothing_needs_is_told() -> None:
    text = BEFORE.format("ignore[HL301, unapproved-use] -- ok")
    assert told(text, "two") == ["3:25 HL001 HL301"]
    assert told(text) == ["3:25 HL001 HL301", "3:32 HL001 unapproved-use"]


def test_nothing_is_said_where_the_rule_did_not_run() -> None:
    without = tuple(pair for pair in RUNNING if pair[0].id != "HL301")
    assert told(BEFORE.format("ignore[HL301] -- ok"), running=without) == []


def test_of_two_exceptions_the_narrower_is_needed() -> None:
    text = BEFORE.format("ignore[HL101] -- ok") + "\n<!-- healthlint: ignore-file[HL101] -- ok -->\n"
    assert told(text, "two") == ["9:30 HL001 HL101"]
    assert told(text, "two", "Gamma") == []


def test_an_exception_given_twice_is_not_needed_twice() -> None:
    comment = "<!-- healthlint: ignore[HL101] -- ok -->\n"
    assert told(f"{comment}{comment}Beta.\n", "Beta") == ["2:25 HL001 HL101"]


def test_rules_that_do_not_run_tell_nothing() -> None:
    without = tuple(pair for pair in RUNNING if pair[0].id != "HL001")
    assert told(BEFORE.format("ignore[HL101] -- ok"), running=without) == []


# Exceptions from these rules


def test_another_exception_can_speak_for_one_that_is_not_needed() -> None:
    text = BEFORE.format("ignore[HL101] -- ok") + "\n<!-- healthlint: ignore-file[HL001] -- soon -->\n"
    assert told(text) == []


def test_no_exception_speaks_for_itself() -> None:
    text = "Alpha.\n\n<!-- healthlint: ignore-file[HL001] -- ok -->\n"
    assert told(text) == ["3:30 HL001 HL001"]
    both = "Alpha.\n\n<!-- healthlint: ignore-file[HL101, HL001] -- ok -->\n"
    assert told(both) == ["3:30 HL001 HL101", "3:37 HL001 HL001"]
    expired = "Alpha.\n\n<!-- healthlint: ignore-file[HL003] until=2026-04-30 -- ok -->\n"
    assert told(expired) == ["3:43 HL003 2026-04-30"]


# Other formats


def written_in(format: str, text: str, path: str = "a.txt") -> Document:
    """Text of a format whose comments are known; its paragraphs are those of plain text."""
    return parse(Source(path, text), "text")._replace(format=format)


@pytest.mark.parametrize(
    ("format", "path", "comment"),
    [
        ("mdx", "a.mdx", "{/* healthlint: ignore-file[HL101] -- ok */}"),
        ("mdx", "a.mdx", "<!-- healthlint: ignore-file[HL101] -- ok -->"),
        ("mdx", "a.mdx", "{/*healthlint: ignore-file[HL101]\n  -- ok*/}"),
        ("rst", "a.rst", ".. healthlint: ignore-file[HL101]\n   until=2026-06-01 -- ok"),
        ("asciidoc", "a.adoc", "// healthlint: ignore-file[HL101] -- ok"),
    ],
)
def test_comments_of_other_formats(format: str, path: str, comment: str) -> None:
    for line_end in ("\n", "\r\n"):
        text = f"Alpha.\n\n{comment}\n\nBeta.\n".replace("\n", line_end)
        document = written_in(format, text, path)
        assert [f.status for f in settled(document, finding_of("Beta", text))] == ["suppressed"]
        assert [f.rule for f in settled(document)] == ["HL001"]


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("markdown", "{/* healthlint: ignore-file[HL101] -- ok */}\n"),
        ("rst", ".. code-block:: rst\n\n   .. healthlint: nonsense\n\nBeta.\n"),
        ("rst", "Write it so::\n\n    .. healthlint: nonsense\n\nBeta.\n"),
        ("asciidoc", "----\n// healthlint: nonsense\n----\n"),
        ("asciidoc", "See // healthlint: nonsense\n"),
    ],
)
def test_what_is_no_comment_there(format: str, text: str) -> None:
    assert settled(written_in(format, text)) == ()


def test_comments_inside_a_directive_of_restructuredtext() -> None:
    text = ".. note::\n\n   .. healthlint: ignore-file[HL101] -- ok\n\n   Beta.\n"
    assert [f.status for f in settled(written_in("rst", text), finding_of("Beta", text))] == ["suppressed"]


def test_many_exceptions_take_no_longer_than_their_number() -> None:
    import time

    text = "<!-- healthlint: ignore[HL101] -- ok -->\nBeta.\n\n" * 4000
    document = parse(Source("a.md", text))
    started = time.perf_counter()
    assert len(settled(document)) == 4000
    assert time.perf_counter() - started < 3
