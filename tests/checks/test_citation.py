"""The citation check: research called to witness with no source in reach."""

from __future__ import annotations

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("cite-study", "Studies show that rest eases pain.", 1),
        ("cite-study", "Studies show that rest eases pain (Moreau 2018).", 0),
        ("cite-study", "Studies show that rest eases pain.[2]", 0),
        ("cite-study", "Studies show that rest eases pain. Moreau (2018) is one.", 0),
        ("cite-study", "Studies show that rest eases pain. That is good. Moreau (2018) is one.", 1),
        ("cite-study", "Rest eases pain.", 0),
        ("cite-study", "No studies show that rest eases pain.", 0),
        ("cite-year", "In 2019, a study found that rest eases pain.", 0),
        ("cite-year", "A study found that rest eases pain.", 1),
        ("cite-with", "A study found that rest eases pain in mice.", 1),
        ("cite-with", "A study found that rest eases pain.", 0),
        ("cite-shop", "Studies show that rest eases pain (https://example.org/shop/rest).", 1),
        ("cite-shop", "Studies show that rest eases pain, see https://www.facebook.com/rest.", 1),
        ("cite-shop", "Studies show that rest eases pain (https://example.org/rest).", 0),
        ("cite-shop", "Studies show that rest eases pain.", 0),
        ("cite-shop", "Studies show that the pillow at https://example.org/shop/rest eases pain.", 0),
        ("cite-shop", "Studies show that rest eases pain. The pillow: https://example.org/shop/rest", 0),
        ("cite-study", "Studies show that rest eases pain (https://example.org/shop/rest).", 1),
        ("cite-benefit", "A study found that many people walk.", 0),
        ("cite-benefit", "A study found that this tea cures asthma.", 1),
    ],
)
def test_matches(run: Run, name: str, text: str, found: int) -> None:
    assert len(run(name, text).texts) == found


def test_a_sentence_is_told_once(run: Run) -> None:
    assert len(run("cite-study", "Studies show it, and research suggests it too.").texts) == 1


def test_cited_evidence_is_silenced_by_its_citation(run: Run) -> None:
    assert run("cite-study", "Studies show that rest eases pain (Moreau 2018).").silenced == ("cited",)


def test_the_message_says_what_is_missing(run: Run) -> None:
    (message,) = run("cite-study", "Studies show that rest eases pain.").messages
    assert message.startswith("Studies show")
    assert "author" in message


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("A study found that rest eases pain.", "no author and year, DOI, link or numbered reference"),
        ("A 2021 study found that rest eases pain.", "only a year; no author, DOI, link or numbered reference"),
        ("Research published in Sleep shows that rest eases pain.", "only a journal or body; no author and year"),
    ],
)
def test_a_partial_citation_is_told_what_it_lacks(run: Run, text: str, missing: str) -> None:
    (message,) = run("cite-study", text).messages
    assert message.partition("|")[2].startswith(missing)


def test_a_dangling_note_is_told_with_what_there_is(run: Run) -> None:
    (message,) = run("dangling", "Rest helps [1, 4].\n\nReferences\n1. Moreau 2018.\n2. Lund 2019.").messages
    assert "no entry 4; the list has 1 to 2" in message
