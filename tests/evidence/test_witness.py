"""Words that call research to witness, by kind, and words that only speak of research."""

from __future__ import annotations

from itertools import pairwise

import pytest
from language.seeing import see

from healthlint.language.annotation import Evidence


def evidence_of(text: str, *, mentions: bool = False) -> list[Evidence]:
    return [evidence for sentence in see(text, mentions=mentions).sentences for evidence in sentence.evidence]


def witnesses_of(text: str) -> list[Evidence]:
    return [evidence for evidence in evidence_of(text) if evidence.role == "witness"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Studies show that rest eases pain.", "study"),
        ("Research suggests that rest eases pain.", "study"),
        ("A new trial found that rest eases pain.", "study"),
        ("According to a recent study, rest eases pain.", "study"),
        ("Scientists have discovered why rest eases pain.", "study"),
        ("Rest is backed by decades of research.", "study"),
        ("There is strong evidence that rest eases pain.", "study"),
        ("Many papers have linked rest to less pain.", "study"),
        ("Rest is backed by more than twenty trials.", "study"),
        ("Lab tests confirm that the pillow cools.", "study"),
        ("Data show that rest eases pain.", "study"),
        ("Neurologists now know why rest eases pain.", "expert"),
        ("Rest has been shown to ease pain.", "proof"),
        ("It is a well-documented fact that rest eases pain.", "proof"),
        ("Osteopaths swear by the pillow.", "expert"),
        ("Vets everywhere recommend the pillow.", "expert"),
        ("Half of all adults sleep badly.", "statistic"),
        ("Two thirds of pensioners have had a fall.", "statistic"),
        ("Wearers slept 40 minutes longer.", "statistic"),
        ("The pillow is clinically proven.", "proof"),
        ("The pillow is scientifically proven to ease pain.", "proof"),
        ("A dermatologist tested cream", "proof"),
        ("Experts agree that rest eases pain.", "expert"),
        ("Most doctors recommend rest.", "expert"),
        ("The pillow is recommended by experts.", "expert"),
        ("About 40% of adults sleep badly.", "statistic"),
        ("One in three adults sleeps badly.", "statistic"),
        ("9 out of 10 women saw a change.", "statistic"),
        ("A Harvard study found that rest eases pain.", "institution"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert kind in [evidence.kind for evidence in witnesses_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        # what is missing
        "There is no evidence that rest eases pain.",
        "No studies have shown that rest eases pain.",
        "There is little evidence that rest eases pain.",
        "There is not enough evidence to say so.",
        "More research is needed.",
        "Further studies are needed to show that rest eases pain.",
        "Evidence is lacking.",
        "Studies have not shown that rest eases pain.",
        "The pillow has never been clinically proven.",
        "Rest has yet to be proven.",
        # a paper's own results
        "We found that rest eased pain.",
        "Our results show that rest eased pain.",
        "In this study, rest eased pain.",
        "This review found that rest eased pain.",
        # no research at all
        "Scientists do not know why rest eases pain.",
        "Half of the pillows are blue.",
        "Nurses treat the wound.",
        "Your figures show how long you slept.",
        "She studies law in Oslo.",
        "He took his dog to a trial.",
        "Add 2% milk.",
        "The pillow is 20% cotton.",
        "Ask your doctor before you take it.",
        "Use SPF 30 each day.",
        "Join a clinical trial near you.",
        "The dose is 0.4–0.9 mg/kg a day.",
    ],
)
def test_no_witness(text: str) -> None:
    assert witnesses_of(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("There is no evidence that rest eases pain.", "lacking"),
        ("More research is needed.", "lacking"),
        ("The pillow has never been clinically proven.", "lacking"),
        ("We found that rest eased pain.", "own-work"),
        ("In this study, rest eased pain.", "own-work"),
        ("Studies show that rest eases pain.", "witness"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert [evidence.role for evidence in evidence_of(text)] == [role]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A pilot study of rest begins in May.", "study"),
        ("She runs three clinical trials in Oslo.", "study"),
        ("The survey results arrive on Monday.", "survey"),
        ("Our clinic takes part in research on sleep.", "research"),
        ("Her mother is an epidemiologist.", "researcher"),
        ("Preprints are not yet read by peers.", "journal"),
        ("I have read the new paper twice.", "paper"),
        ("He teaches the history of science.", "science"),
        ("Effects of long naps on the brain", "title"),
        ("Shorter nights are tied to a higher risk of falls.", "discovery"),
        ("Rest eased pain. doi:10.1234/abc.5678", "source"),
        ("The trial is on record as NCT01234567.", "source"),
        ("Why bees dance in the dark https://example.org/a", "headline"),
    ],
)
def test_mentions(text: str, kind: str) -> None:
    found = [(e.kind, e.role) for e in evidence_of(text, mentions=True)]
    assert (kind, "mention") in found
    assert not witnesses_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Why bees dance in the dark",
        "Please sign: save the bees https://example.org/a",
        "My brain is on holiday https://example.org/a",
        "Our kitchen has a new table https://example.org/a",
        "He took his dog to a trial of patience.",
    ],
)
def test_no_mention(text: str) -> None:
    assert evidence_of(text, mentions=True) == []


def test_mentions_are_looked_for_only_on_demand() -> None:
    assert evidence_of("Her mother is an epidemiologist.") == []


def test_nothing_is_mentioned_where_it_is_called_to_witness() -> None:
    found = evidence_of("Studies show that rest eases pain, writes an epidemiologist.", mentions=True)
    assert [(e.kind, e.role) for e in found] == [("study", "witness"), ("researcher", "mention")]


@pytest.mark.parametrize(
    "text",
    ["Sales of pillows rose by 12% in spring.", "The tax was raised by 3%.", "55% of voters were for it."],
)
def test_figures_of_trade_are_no_figures_of_research(text: str) -> None:
    assert witnesses_of(text) == []


def test_evidence_stands_where_it_says() -> None:
    text = "Rest is dull. Studies show that rest eases pain."
    (evidence,) = evidence_of(text)
    assert text[len("Rest is dull. ") :][evidence.start : evidence.end].startswith("Studies show")


def test_of_one_kind_the_longest_words_are_kept() -> None:
    found = evidence_of("According to a recent study published in Sleep, research shows that rest eases pain.")
    spans = [(e.start, e.end) for e in found if e.kind == "study"]
    assert len(spans) == len(set(spans))
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
