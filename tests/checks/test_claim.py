"""The claim check."""

from __future__ import annotations

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("claim-cure", "This tea cures asthma.", ["cures asthma"]),
        ("claim-cure", "This tea cures dull skin.", []),
        ("claim-cure", "This tea cures asthma and treats gout.", ["cures asthma and treats gout"]),
        ("claim-product", "This tea cures asthma.", ["cures asthma"]),
        ("claim-product", "Turmeric cures asthma.", []),
        ("claim-can", "The gel can relieve joint pain.", ["relieve joint pain"]),
        ("claim-can", "The gel may relieve joint pain.", []),
        ("claim-many", "This tea treats asthma.", []),
        ("claim-many", "This tea treats asthma. It treats gout.", []),
        (
            "claim-many",
            "This tea treats asthma, cures gout and cures migraine.",
            ["treats asthma, cures gout and cures migraine"],
        ),
        ("claim-except", "In a fairy tale, tea cures asthma.", []),
        ("claim-with", "This tea cures asthma overnight.", ["cures asthma"]),
        ("claim-with", "This tea cures asthma.", []),
        ("claim-cure", "Patients treat asthma with care.", []),
    ],
)
def test_matches(run: Run, name: str, text: str, found: list[str]) -> None:
    assert run(name, text).texts == found


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("This tea does not cure asthma.", "negated"),
        ("No tea cures asthma.", "negated"),
        ("This tea may cure asthma.", "hedge"),
        ("Does this tea cure asthma?", "asked"),
        ("The advert says “this tea cures asthma”.", "quoted"),
    ],
)
def test_a_claim_that_is_not_made_is_silenced(run: Run, text: str, guard: str) -> None:
    ran = run("claim-guarded", text)
    assert ran.texts == []
    assert guard in ran.silenced


def test_a_denied_claim_does_not_hide_the_next(run: Run) -> None:
    ran = run("claim-guarded", "This tea does not cure asthma, but it relieves joint pain.")
    assert ran.texts == ["relieves joint pain"]
    assert "negated" in ran.silenced


def test_the_message_tells_the_claim(run: Run) -> None:
    assert run("claim-cure", "This tea cures asthma.").messages == ["tea|cures|asthma"]


def test_an_unknown_agent_counts_on_a_page_that_sells(run: Run) -> None:
    text = "Zorblax cures asthma."
    assert run("claim-cure", text).texts == []
    assert run("claim-cure", text, kind="promotional").texts == ["cures asthma"]
