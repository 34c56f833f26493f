"""The linter as a whole: which rules run, how findings merge and repeat, and that each stands where it says."""

from __future__ import annotations

import html
import os
import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthlint.config import FileSettings
from healthlint.documents import parse
from healthlint.documents.source import Source
from healthlint.findings import Finding, Severity
from healthlint.language.patterns import parse_pattern
from healthlint.linter import is_selected, lint, trace
from healthlint.rules.model import PhraseCheck, Rule
from healthlint.rules.pack import Pack, load_pack

EXAMPLES = int(os.environ.get("HEALTHLINT_EXAMPLES", "1000"))


@cache
def built_in() -> Pack:
    return load_pack()


def rule_of(code: str, words: str, **changes: object) -> Rule:
    """A phrase rule for `words`, made from one of the built-in ones."""
    model = next(r for r in built_in().rules if isinstance(r.check, PhraseCheck))
    check = PhraseCheck(patterns=(parse_pattern(words).keyed,))
    plain = model._replace(
        id=code, name=code.lower(), category="overclaim", severity=(("base", Severity.WARNING),),
        confidence="high", message="{match}", check=check, profiles=("base",), kinds=("article", "promotional"),
        blocks=(), unless=(),
    )  # fmt: skip
    return plain._replace(**changes)  # type: ignore[arg-type]


def pack_of(*rules: Rule) -> Pack:
    return built_in()._replace(version=f"test {hash(rules)}", rules=rules)


def found(
    text: str, pack: Pack | None = None, *, format: str = "text", kind: str | None = "article", **changes: object
) -> tuple[Finding, ...]:
    chosen = FileSettings(kind=kind, **changes)  # type: ignore[arg-type]
    return lint(parse(Source(f"page.{format}", text), format), pack or built_in(), chosen)[0]


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
MOON = "They sell blue moon dust here."


# Merging


def test_two_rules_on_the_same_words_are_one_finding() -> None:
    mild = rule_of("AA101", "blue moon dust")
    harsh = rule_of("ZZ101", "blue moon", severity=(("base", ERROR),))
    (finding,) = found(MOON, pack_of(mild, harsh))
    assert (finding.rule, finding.severity, finding.also) == ("ZZ101", ERROR, ("AA101",))
    assert finding.text == "blue moon"


def test_of_equal_severity_the_wider_words_win() -> None:
    (finding,) = found(MOON, pack_of(rule_of("AA101", "blue moon"), rule_of("AA102", "blue moon dust")))
    assert (finding.rule, finding.also) == ("AA102", ("AA101",))


def test_words_of_another_category_that_hardly_overlap_stay_apart() -> None:
    wide = rule_of("AA101", "they sell blue moon dust here")
    narrow = rule_of("BB101", "dust", category="promotion")
    assert [f.rule for f in found(MOON, pack_of(wide, narrow))] == ["AA101", "BB101"]


def test_words_of_another_category_that_mostly_overlap_are_one() -> None:
    wide = rule_of("AA101", "they sell blue moon dust here")
    narrow = rule_of("BB101", "they sell blue moon dust", category="promotion")
    (finding,) = found(MOON, pack_of(wide, narrow))
    assert finding.also == ("BB101",)


def test_words_side_by_side_are_two_findings() -> None:
    both = found(MOON, pack_of(rule_of("AA101", "blue moon"), rule_of("AA102", "dust")))
    assert [(f.rule, f.also) for f in both] == [("AA101", ()), ("AA102", ())]


def test_a_rule_is_not_its_own_companion() -> None:
    pack = pack_of(rule_of("AA101", "(blue moon|moon dust)"))
    assert all("AA101" not in f.also for f in found(MOON, pack))


def test_findings_come_in_order_of_place() -> None:
    pack = pack_of(rule_of("ZZ101", "sell"), rule_of("AA101", "dust", severity=(("base", ERROR),)))
    assert [f.rule for f in found(MOON, pack)] == ["ZZ101", "AA101"]


# Repeats


def test_the_same_words_again_are_marked_as_a_repeat() -> None:
    pack = pack_of(rule_of("AA101", "moon dust"))
    text = "Moon dust is here. We like moon dust.\n\nMoon  dust!\n\nSand.\n"
    assert [(f.repeat, f.line) for f in found(text, pack)] == [(False, 1), (True, 1), (True, 3)]


def test_equal_findings_are_counted() -> None:
    pack = pack_of(rule_of("AA101", "moon dust"))
    assert [f.occurrence for f in found("Moon dust.\n\nMoon dust.\n\nMoon dust.\n", pack)] == [0, 1, 2]


def test_other_words_of_the_same_rule_are_no_repeat() -> None:
    pack = pack_of(rule_of("AA101", "(blue|red) moon"))
    assert [f.repeat for f in found("A blue moon. A red moon. A blue moon.", pack)] == [False, False, True]


def test_two_rules_do_not_repeat_each_other() -> None:
    pack = pack_of(rule_of("AA101", "moon"), rule_of("AA102", "dust"))
    assert not any(f.repeat for f in found("Moon, dust.", pack))


def test_the_same_pair_in_other_words_is_a_repeat() -> None:
    text = "Isotretinoin is used to treat psoriasis.\n\nDoctors treat psoriasis with isotretinoin.\n"
    pairs = [f for f in found(text) if dict(f.data).get("condition-id") == "psoriasis"]
    assert [f.repeat for f in pairs] == [False, True]


# Severity


def test_severities_by_profile() -> None:
    severities = (("base", ERROR), ("uk", WARNING), ("edu", INFO), ("au", None))
    pack = pack_of(rule_of("AA101", "moon dust", severity=severities))

    def severity(*profiles: str) -> Severity | None:
        findings = found("Moon dust.", pack, profiles=("base", *profiles))
        return findings[0].severity if findings else None

    assert severity() == ERROR
    assert severity("uk") == WARNING
    assert severity("edu") == INFO
    assert severity("us") == ERROR, "a profile that is not named falls back"
    assert severity("au") is None, "off"
    assert severity("uk", "edu") == WARNING, "the strictest of those named"
    assert severity("edu", "au") == INFO


def test_a_rule_runs_only_in_its_profiles() -> None:
    pack = pack_of(rule_of("AA101", "moon dust", profiles=("uk",)))
    assert found("Moon dust.", pack) == ()
    assert found("Moon dust.", pack, profiles=("base", "us")) == ()
    assert len(found("Moon dust.", pack, profiles=("base", "uk"))) == 1


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ((("AA101", "error"),), ERROR),
        ((("aa101", "info"),), INFO),
        ((("overclaim", "info"),), INFO),
        ((("overclaim", "info"), ("AA101", "error")), ERROR),
        ((("AA101", "error"), ("overclaim", "info")), ERROR),
        ((("AA101", "off"),), None),
        ((("overclaim", "off"),), None),
        ((("overclaim", "off"), ("AA101", "warning")), WARNING),
        ((("promotion", "off"),), WARNING),
    ],
)
def test_severities_by_configuration(severity: tuple[tuple[str, str], ...], expected: Severity | None) -> None:
    findings = found("Moon dust.", pack_of(rule_of("AA101", "moon dust")), severity=severity)
    assert [f.severity for f in findings] == ([] if expected is None else [expected])


def test_a_severity_for_a_category_does_not_bring_in_rules_of_other_profiles() -> None:
    pack = pack_of(rule_of("AA101", "moon dust", profiles=("uk",)))
    assert found("Moon dust.", pack, severity=(("overclaim", "error"),)) == ()


# Selection


@pytest.mark.parametrize(
    ("select", "ignore", "runs"),
    [
        ((), (), True),
        (("AA101",), (), True),
        (("aa101",), (), True),
        (("AA102",), (), False),
        (("AA1",), (), True),
        (("AA",), (), True),
        (("overclaim",), (), True),
        (("promotion",), (), False),
        (("promotion", "AA101"), (), True),
        ((), ("AA101",), False),
        ((), ("AA1",), False),
        ((), ("overclaim",), False),
        ((), ("promotion",), True),
        (("AA101",), ("overclaim",), True),
        (("AA101",), ("AA1",), True),
        (("AA1",), ("AA101",), False),
        (("overclaim",), ("AA101",), False),
        (("overclaim",), ("AA1",), False),
        (("AA101",), ("AA101",), False),
        (("overclaim",), ("overclaim",), False),
    ],
)
def test_select_and_ignore(select: tuple[str, ...], ignore: tuple[str, ...], runs: bool) -> None:
    rule = rule_of("AA101", "moon dust")
    chosen = FileSettings(select=select, ignore=ignore, kind="article")
    assert is_selected(rule, chosen) is runs
    assert bool(found("Moon dust.", pack_of(rule), select=select, ignore=ignore)) is runs


# Kinds


@pytest.mark.parametrize(
    ("kind", "runs"), [("article", True), ("promotional", True), ("journal", False), ("leaflet", False)]
)
def test_kinds_switch_rules_off(kind: str, runs: bool) -> None:
    assert bool(found("Moon dust.", pack_of(rule_of("AA101", "moon dust")), kind=kind)) is runs


def test_a_journal_article_switches_most_rules_off() -> None:
    text = "Studies show that this miracle tea cures asthma with no side effects. Call us today!"
    assert {f.severity for f in found(text)} >= {ERROR, WARNING}
    assert not [f for f in found(text, kind="journal") if f.severity >= WARNING]


def test_the_report_names_the_kind() -> None:
    document = parse(Source("page.txt", "Moon dust."), "text")
    assert lint(document, built_in(), FileSettings())[1].kind == "article"
    report = lint(document, built_in(), FileSettings(kind="leaflet"))[1]
    assert (report.path, report.kind, report.kind_cues, report.error) == ("page.txt", "leaflet", ("declared",), None)


# Tracing


def test_what_a_guard_silences_is_told() -> None:
    guard = next(g for r in built_in().rules for g in r.unless if g.name == "negated")
    pack = pack_of(rule_of("AA101", "⟦moon dust⟧", unless=(guard,)))
    document = parse(Source("page.txt", "There is no moon dust."), "text")
    findings, silenced = trace(document, pack, FileSettings(kind="article"))
    assert findings == ()
    assert [(candidate.rule.id, name) for candidate, name in silenced] == [("AA101", "negated")]


def test_an_empty_document_has_no_findings() -> None:
    for format in ("text", "markdown", "html"):
        for text in ("", "\n", " \n\n", "\ufeff"):
            assert found(text, format=format, profiles=("base", "us", "uk", "edu")) == ()


# Places: generated documents

BAD = [
    "This tea cures asthma", "Isotretinoin is used to treat severe psoriasis", "There are few to no side effects",
    "Schedule your consultation today", "Studies show that rest eases pain", "It is a miracle cure for cancer",
    "Guaranteed results in 7 days", "Our clinically proven formula boosts your immune system", "100% safe and natural",
    "Lose 10 pounds in two weeks", "Call us now and save 20%", "It’s “doctor recommended” — and risk-free",
    "Say goodbye to joint pain & wrinkles", "The best treatment for eczema", "FDA-approved vitamins",
]  # fmt: skip
GOOD = [
    "Going to bed at the same hour is a habit worth keeping", "There is no cure for tinnitus", "Call 999 if you choke",
    "It may ease pain", "Ask your doctor", "The naïve café was shut at 10.30", "Rain fell",
    "👩\u200d⚕️ e\u0301clair שלום",
]  # fmt: skip
STOPS = [".", "!", "?", ":", "", ";"]

fragment = st.sampled_from([*BAD, *BAD, *GOOD])


def dressed(words: str, dress: list[int], styles: list[tuple[str, str]]) -> str:
    """The words, some of them wrapped in one of the styles."""
    parts = words.split(" ")
    return " ".join(
        f"{styles[number % len(styles)][0]}{part}{styles[number % len(styles)][1]}" if number else part
        for part, number in zip(parts, (dress * len(parts))[: len(parts)], strict=True)
    )


def spaced(text: str, breaks: list[int], gaps: list[str]) -> str:
    """The text with some of its spaces replaced by the gaps."""
    parts = text.split(" ")
    chosen = [gaps[number % len(gaps)] for number in (breaks * len(parts))[: len(parts) - 1]]
    return "".join(part + gap for part, gap in zip(parts, [*chosen, ""], strict=True))


numbers = st.lists(st.integers(0, 6), min_size=1, max_size=5)
sentence = st.tuples(fragment, st.sampled_from(STOPS)).map("".join)
paragraph = st.lists(sentence, min_size=1, max_size=3).map(" ".join)
pieces = st.lists(st.tuples(paragraph, st.integers(0, 8), numbers, numbers), min_size=1, max_size=4)

MD_STYLES = [("", ""), ("**", "**"), ("*", "*"), ("", ""), ("[", "](/x)"), ("<b>", "</b>"), ("", "&shy;")]
MD_PREFIXES = [
    ("", ""),
    ("# ", None),
    ("- ", "  "),
    ("> ", "> "),
    ("1. ", "   "),
    ("> - ", ">   "),
    ("", ""),
    ("- ", "  "),
]
HTML_STYLES = [
    ("", ""),
    ("<b>", "</b>"),
    ("<i>", "</i>"),
    ("", "&shy;"),
    ("<a href='/x'>", "</a>"),
    ("", ""),
    ("<!-- x -->", ""),
]
HTML_TAGS = ["p", "li", "h2", "td", "blockquote", "button", "div", "p", "figcaption"]
TEXT_PREFIXES = ["", "- ", "# ", "3. ", "", "> ", "• "]


def markdown_page(parts: list[tuple[str, int, list[int], list[int]]]) -> str:
    blocks = []
    for text, shape, dress, breaks in parts:
        first, rest = MD_PREFIXES[shape % len(MD_PREFIXES)]
        gaps = (
            [" ", " ", "  ", "&nbsp;", "\u00a0"] if rest is None else [" ", f"\n{rest}", "&#32;", " ", "\u00a0", "  "]
        )
        body = dressed(text.replace("&", "&amp;"), dress, MD_STYLES)
        blocks.append(first + spaced(body, breaks, gaps))
    return "\n\n<!-- -->\n\n".join(blocks)


def html_page(parts: list[tuple[str, int, list[int], list[int]]]) -> str:
    blocks = []
    for text, shape, dress, breaks in parts:
        tag = HTML_TAGS[shape % len(HTML_TAGS)]
        body = dressed(html.escape(text, quote=False), dress, HTML_STYLES)
        # Attributes keep their spaces: only gaps between words change.
        body = re.sub(r"<a href", "<a\x00href", body).replace("<!-- x -->", "<!--\x00x\x00-->")
        body = spaced(body, breaks, [" ", "\n", "&nbsp;", "\r\n  ", " ", "\t", "<br>"]).replace("\x00", " ")
        blocks.append(f"<{tag}>{body}</{tag}>")
    return "\n".join(blocks)


def text_page(parts: list[tuple[str, int, list[int], list[int]]]) -> str:
    blocks = [
        TEXT_PREFIXES[shape % len(TEXT_PREFIXES)] + spaced(text, breaks, [" ", "\u00a0", " ", "  ", " \u00ad", "\n"])
        for text, shape, _, breaks in parts
    ]
    return "\n\n".join(blocks)


def bare(text: str) -> str:
    """What is left when white space and characters that cannot be seen are gone."""
    return re.sub("[\\s\u00ad\u200b]", "", text)


def bare_text(text: str) -> str:
    return bare(re.sub(r"\n> ", "\n", text))


def bare_markdown(text: str) -> str:
    text = re.sub(r"\n[ >]*", "\n", text)
    text = re.sub(r"<!--.*?-->|\]\(/x\)|</?b>|[\[*]", "", text)
    return bare(html.unescape(text))


def bare_html(text: str) -> str:
    return bare(html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", text)))


PAGES = {"text": (text_page, bare_text), "markdown": (markdown_page, bare_markdown), "html": (html_page, bare_html)}


@pytest.mark.parametrize("format", list(PAGES))
@settings(max_examples=max(EXAMPLES // 3, 1), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pieces, st.sampled_from(["\n", "\r\n"]))
def test_findings_stand_where_they_say(
    format: str, parts: list[tuple[str, int, list[int], list[int]]], line_end: str
) -> None:
    page, clean = PAGES[format]
    text = page(parts).replace("\r\n", "\n").replace("\n", line_end)
    source = Source(f"page.{format}", text)
    findings, _ = lint(parse(source, format), built_in(), FileSettings(profiles=("base", "us", "uk")))
    for finding in findings:
        covered = text[finding.start : finding.end]
        assert clean(covered) == bare(finding.text), (covered, finding.text)
        assert (finding.line, finding.column) == place(text, finding.start)
        assert (finding.end_line, finding.end_column) == place(text, finding.end)
        assert finding.text in finding.sentence or finding.scope != "sentence"
        assert finding.source_line == re.split(r"\r\n|\n|\r", text)[finding.line - 1]
    assert list(findings) == sorted(findings, key=lambda f: (f.start, f.end, f.rule))


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, counted the long way."""
    before = re.split(r"\r\n|\n|\r", text[:offset])
    return len(before), len(before[-1]) + 1


@settings(max_examples=max(EXAMPLES // 10, 1), deadline=None)
@given(st.text(alphabet="aB .,?!’“”-–()[]*_#>&;:%$0123\n\r\u00a0\u00ad", max_size=120), st.sampled_from(list(PAGES)))
def test_no_text_breaks_the_linter(text: str, format: str) -> None:
    lint(
        parse(Source("page.x", text), format),
        built_in(),
        FileSettings(profiles=("base", "us", "uk", "edu", "platform")),
    )


@settings(max_examples=max(EXAMPLES // 20, 1), deadline=None)
@given(pieces)
def test_a_document_is_read_the_same_each_time(parts: list[tuple[str, int, list[int], list[int]]]) -> None:
    text = markdown_page(parts)
    assert found(text, format="markdown", kind=None) == found(text, format="markdown", kind=None)
