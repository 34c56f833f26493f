"""The documents that the project started from: what must be found in them, and what must be left alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from healthlint.config import FileSettings
from healthlint.documents import parse
from healthlint.documents.reading import read_source
from healthlint.documents.source import Source
from healthlint.findings import FileReport, Finding, Severity
from healthlint.linter import lint
from healthlint.rules.pack import load_pack

SEEDS = Path(__file__).parents[1] / "seeds"
BACK_PAIN, IMMUNE = "honeydew-accutane-back-pain.txt", "honeydew-accutane-immune-system.txt"
ECZEMA, PSORIASIS, JOURNAL = (
    "isotretinoin-eczema.txt",
    "isotretinoin-psoriasis.txt",
    "isotretinoin-myopathy-journal.txt",
)
FIRST_TITLE, LAST_TITLE = 38, 73


@cache
def checked(name: str) -> tuple[Source, tuple[Finding, ...], FileReport]:
    source = read_source(SEEDS / name, name)
    return source, *lint(parse(source), load_pack(), FileSettings())


def stretch(source: Source, line: int, words: str) -> tuple[int, int]:
    """Where the words stand in that line, as columns."""
    at = source.line_text(line).index(words)
    return at + 1, at + 1 + len(words)


def within(name: str, line: int, words: str) -> list[Finding]:
    """Findings of a sentence or block that touch the words."""
    source, findings, _ = checked(name)
    start, end = stretch(source, line, words)
    return [f for f in findings if f.line == line and f.column < end and start < f.end_column and f.scope != "document"]


@pytest.mark.parametrize(
    ("name", "line", "words", "category", "severity"),
    [
        (PSORIASIS, 7, "used to treat severe psoriasis", "overclaim", Severity.ERROR),
        (PSORIASIS, 30, "used to treat severe psoriasis", "overclaim", Severity.ERROR),
        (PSORIASIS, 5, "Isotretinoin for Psoriasis", "overclaim", Severity.ERROR),
        (PSORIASIS, 36, "Below, you’ll find a collection of reviews", "structure", Severity.WARNING),
        (BACK_PAIN, 18, "few to no side effects", "safety", Severity.ERROR),
        (BACK_PAIN, 18, "Recent research shows", "citation", Severity.WARNING),
        (BACK_PAIN, 35, "Schedule your virtual consultation today", "promotion", Severity.WARNING),
        (IMMUNE, 4, "According to a recent study", "citation", Severity.WARNING),
        (IMMUNE, 38, "Don't let concerns about immunity hold you back", "safety", Severity.WARNING),
        (IMMUNE, 38, "Contact Honeydew Care today", "promotion", Severity.WARNING),
        (ECZEMA, 8, "Risks and Side Effects of Isotretinoin:", "structure", Severity.WARNING),
        (
            ECZEMA,
            7,
            "isotretinoin can lead to significant improvements in eczema symptoms",
            "overclaim",
            Severity.ERROR,
        ),
        (ECZEMA, 13, "insights from medical experts", "citation", Severity.WARNING),
    ],
)
def test_what_must_be_found(name: str, line: int, words: str, category: str, severity: Severity) -> None:
    found = within(name, line, words)
    rules = {rule.id: rule for rule in load_pack().rules}
    categories = {f.category for f in found} | {rules[code].category for f in found for code in f.also}
    assert category in categories, found
    assert max(f.severity for f in found) >= severity


def test_the_birth_defects_are_missed_where_they_are_not_told() -> None:
    for name in (BACK_PAIN, IMMUNE, PSORIASIS):
        _, findings, _ = checked(name)
        text = (SEEDS / name).read_text(encoding="utf-8").lower()
        assert "birth defect" not in text
        if name != PSORIASIS:  # there the list of titles names contraception
            assert any(f.category == "safety" and f.scope == "document" for f in findings), name


def test_the_journal_article_is_left_alone() -> None:
    _, findings, report = checked(JOURNAL)
    assert report.kind == "journal", report.kind_cues
    assert findings == ()


def test_pages_are_no_patient_leaflets() -> None:
    assert checked(BACK_PAIN)[2].kind == "promotional"
    assert checked(IMMUNE)[2].kind == "promotional"
    assert checked(PSORIASIS)[2].kind in ("article", "listing", "promotional"), checked(PSORIASIS)[2].kind_cues
    assert checked(ECZEMA)[2].kind in ("article", "promotional"), checked(ECZEMA)[2].kind_cues


# What a title of that status is worth
STATUSES = {
    "contraindicated": Severity.ERROR,
    "adverse-reaction": Severity.ERROR,
    "no-evidence": Severity.ERROR,
    "off-label-limited": Severity.ERROR,
    "off-label-supported": Severity.WARNING,
    "labelled-broadened": Severity.INFO,
}


@pytest.mark.parametrize("line", range(FIRST_TITLE, LAST_TITLE + 1))
def test_each_title_of_the_list(line: int) -> None:
    source, findings, _ = checked(PSORIASIS)
    title = source.line_text(line).removeprefix("- ")
    pairs = [f for f in findings if f.line == line and "status" in dict(f.data)]
    assert len(pairs) == 1, title
    (finding,) = pairs
    data = dict(finding.data)
    assert data["medicine"] == "isotretinoin"
    assert finding.severity == STATUSES[data["status"]], (title, data)
    assert finding.column == 3
    assert finding.text.startswith("Isotretinoin for ")


def test_the_list_has_36_titles() -> None:
    source, _, _ = checked(PSORIASIS)
    assert source.line_text(FIRST_TITLE - 1) == "Related Articles:"
    lines = [source.line_text(n) for n in range(FIRST_TITLE, LAST_TITLE + 1)]
    assert len(lines) == 36
    assert all(line.startswith("- Isotretinoin for ") for line in lines)


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Acne", "labelled-broadened"), ("Abortion", "contraindicated"), ("Back Pain", "adverse-reaction"),
        ("Rosacea", "off-label-supported"), ("Hemorrhoids", "no-evidence"), ("Insomnia", "adverse-reaction"),
    ],
)  # fmt: skip
def test_statuses_of_some_titles(title: str, status: str) -> None:
    _, findings, _ = checked(PSORIASIS)
    (finding,) = [f for f in findings if f.line >= FIRST_TITLE and f.text == f"Isotretinoin for {title}"]
    assert dict(finding.data)["status"] == status


DRY = [
    (BACK_PAIN, 2, "Back pain is possible side effects of Accutane treatment"),
    (BACK_PAIN, 4, "While it is unclear why Accutane can be associated with back pain"),
    (BACK_PAIN, 4, "Another hypothesis is that isotretinoin may increase inflammatory molecules in the joints."),
    (
        BACK_PAIN,
        6,
        "Accutane can, however, cause inflammatory responses in joints that lead to back pain in some cases.",
    ),
    (BACK_PAIN, 14, "May cause morning stiffness"),
    (BACK_PAIN, 18, "At higher doses, Accutane may cause more side effects."),
    (BACK_PAIN, 20, "In addition to managing pain by adjusting the dose"),
    (BACK_PAIN, 21, "Managing Back Pain During Accutane Treatment"),
    (BACK_PAIN, 23, "Discuss dose adjustment with your healthcare provider"),
    (BACK_PAIN, 25, "Monitor your symptoms and report any changes to your healthcare provider"),
    (IMMUNE, 2, "our immune system plays a crucial role in maintaining our overall health"),
    (IMMUNE, 13, "this doesn't necessarily mean you're more susceptible to all infections"),
    (IMMUNE, 15, "One area where infection risk may increase is in mucous membranes."),
    (IMMUNE, 23, "Report any unusual symptoms to your healthcare provider"),
    (IMMUNE, 24, "Stay up to date with recommended vaccinations"),
    (ECZEMA, 1, "A common question is whether isotretinoin can be used to treat eczema"),
    (ECZEMA, 3, "Therefore, isotretinoin is not typically used for treating eczema."),
    (ECZEMA, 7, "isotretinoin can also cause skin dryness, which might exacerbate eczema in some individuals"),
    (ECZEMA, 12, "If you have eczema, it’s crucial to discuss these risks with your healthcare provider"),
    (ECZEMA, 13, "Dermatologists generally do not recommend isotretinoin as a primary treatment for eczema."),
    (ECZEMA, 13, "its use for eczema is less common and more controversial"),
    (ECZEMA, 17, "dermatologists generally do not recommend isotretinoin as a primary treatment for eczema"),
    (PSORIASIS, 24, "Some common side effects of isotretinoin include dry skin, which can be itchy and flaky."),
    (PSORIASIS, 26, "isotretinoin can also cause other side effects, such as headaches, muscle pain, and joint pain"),
    (
        PSORIASIS,
        26,
        "These side effects are rare, but they can be life-threatening, and it’s essential to seek medical attention",
    ),
    (PSORIASIS, 28, "Your doctor may also recommend lifestyle changes"),
    (PSORIASIS, 34, "Psoriasis is a chronic autoimmune condition that causes red, scaly patches on the skin."),
]


@pytest.mark.parametrize(("name", "line", "words"), DRY)
def test_dry_statements_are_left_alone(name: str, line: int, words: str) -> None:
    loud = [f for f in within(name, line, words) if f.severity > Severity.INFO]
    assert not loud, [(f.rule, f.text) for f in loud]


def test_findings_agree_with_their_source() -> None:
    for name in (BACK_PAIN, IMMUNE, ECZEMA, PSORIASIS):
        source, findings, _ = checked(name)
        assert findings
        for finding in findings:
            assert source.text[finding.start : finding.end] == finding.text
            assert source.position(finding.start) == (finding.line, finding.column)
