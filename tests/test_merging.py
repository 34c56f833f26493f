"""Findings that say the same: merged where they overlap, marked where they repeat."""

from __future__ import annotations

from healthlint.config import FileSettings
from healthlint.documents import parse
from healthlint.documents.source import Source
from healthlint.findings import Finding
from healthlint.linter import lint
from healthlint.rules.pack import load_pack


def findings_of(text: str, format: str = "markdown") -> list[Finding]:
    document = parse(Source("page.md", text), format)
    return list(lint(document, load_pack(), FileSettings())[0])


def test_what_a_heading_offers_is_not_told_again_under_it() -> None:
    found = findings_of("# Isotretinoin for psoriasis\n\nIsotretinoin is used to treat psoriasis.")
    of_the_pair = [f for f in found if dict(f.data).get("condition-id") == "psoriasis"]
    assert [(f.rule, f.repeat) for f in of_the_pair] == [("HL102", False), ("HL101", True)]


def test_a_benefit_told_twice_is_one_claim() -> None:
    found = findings_of("Saffron lifts your mood. Every morning, saffron lifts the mood of its fans.")
    lifted = [f for f in found if dict(f.data).get("target") == "mood"]
    assert [f.repeat for f in lifted] == [False, True]


def test_another_target_is_another_claim() -> None:
    found = findings_of("Saffron lifts your mood. Saffron lifts your energy.")
    assert [f.repeat for f in found if dict(f.data).get("relation")] == [False, False]


def test_overlapping_findings_of_a_category_are_one() -> None:
    (found,) = findings_of("Our gel gives guaranteed instant relief from eczema.")
    assert (found.rule, found.also) == ("HL112", ("HL115",))
