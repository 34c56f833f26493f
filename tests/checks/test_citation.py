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
