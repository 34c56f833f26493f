"""Sentences that come again: read once, and understood as if they had been read anew in each place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from language.seeing import built_in, read, see

from healthlint import linter
from healthlint.config import FileSettings
from healthlint.findings import Finding
from healthlint.knowledge import load_language
from healthlint.readings import MOST_KEPT, Reading, Readings
from healthlint.rules.vocabulary import PROFILES

SENTENCES = (
    "Thistle balm cures eczema for good.",
    "It eases joint pain in a week.",
    "“The balm healed my gout,” says a customer.",
    "Ask your doctor before you take it.",
    "Studies show that it works.",
    "See the trial (Moreau et al., 2018).",
    "Fernhill has no side effects.",
    "At Fernhill, we listen.",
    "Natural relief for:",
    "Migraine and back pain",
    "Order now and save 20%!",
)
HEADINGS = ("## Myths about balms", "## Thistle balm for psoriasis", "## What Fernhill does for you", "## Sources")


def findings_of(text: str) -> tuple[Finding, ...]:
    return linter.lint(read(text, "markdown"), built_in(), FileSettings(profiles=PROFILES))[0]


def page(pieces: list[str]) -> str:
    return "\n\n".join(pieces)


@given(st.lists(st.lists(st.sampled_from((*SENTENCES, *HEADINGS)), min_size=1, max_size=6), min_size=2, max_size=4))
def test_what_was_read_before_changes_nothing(pages: list[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linter, "_benches", {})
        together = [findings_of(page(pieces)) for pieces in pages]
        again = [findings_of(page(pieces)) for pieces in pages]
        alone = []
        for pieces in pages:
            patch.setattr(linter, "_benches", {})
            alone.append(findings_of(page(pieces)))
    assert together == again == alone


def test_the_same_words_are_read_once() -> None:
    first, second = see("The balm eases pain. Rest is dull."), see("Rest is dull. The balm eases pain.")
    assert [s.view for s in first.sentences] == [s.view for s in reversed(second.sentences)]
    assert [s.start for s in second.sentences] == [0, 14]


def test_own_names_count_in_their_own_document_only() -> None:
    def publishers(*names: str) -> list[str]:
        (sentence,) = see("Fernhill's balm eases pain.", publisher=names).sentences
        return [mention.lexicon for mention in sentence.mentions if mention.lexicon == "publisher"]

    assert publishers() == []
    assert publishers("Fernhill") == ["publisher"]
    assert publishers("Larkwood") == []


def test_the_block_decides_which_rules_look_at_a_sentence() -> None:
    words = "Zinc for type-"

    def found(text: str) -> bool:
        return any(finding.name == "broken-text" for finding in findings_of(text))

    assert found(f"# {words}\n\nA line.")
    assert not found(f"# A heading\n\n{words}")
    assert found(f"# {words}\n\nA line.")


def test_no_more_is_kept_than_is_said() -> None:
    readings = Readings(load_language(built_in().language))

    def read(*texts: str) -> list[Reading]:
        return readings.of(texts, readings.knowledge.vocabulary)

    first, again = read("Line 0.", "Line 0.")
    assert again is first
    read(*(f"Line {number}." for number in range(MOST_KEPT)))
    assert read("Line 0.") == [first]
    assert read("Line 0.")[0] is first
    read(*(f"Line {number}." for number in range(1, MOST_KEPT + 2)))
    assert read("Line 0.")[0] is not first
