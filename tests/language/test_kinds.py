"""Kinds of document, told from short documents of each sort."""

from __future__ import annotations

import pytest

from healthlint.language.annotation import AnnotatedDocument

from .seeing import see

JOURNAL = """# Abstract

Background: Night cramps are common in later life, and stretching is often advised.

Methods: We enrolled 84 adults and randomised them to stretching or no stretching. The primary outcome was the number of
cramps a week.

Results: Participants in the control group had more cramps (mean difference 1.2, 95% CI 0.6 to 1.8, p < 0.01).

Conclusion: Stretching reduced night cramps in this trial.

# Discussion

The trial was small and the risk of bias was high.

# References

1. Hale T, Ide M. Cramps at night. 2018.
"""

LEAFLET = """# Hay fever

Hay fever is an allergy to pollen.

## Symptoms

Symptoms may include sneezing, itchy eyes and a runny nose.

## Causes

The body reacts to pollen as if it were harmful.

## Treatment

Your doctor may suggest a nose spray. Ask your pharmacist before you take tablets with other medicines.

## When to contact a medical professional

Call your doctor if you wheeze. Seek medical help at once if you cannot breathe.
"""

PROMOTIONAL = """# Willow Lane Sleep Drops

Our drops give you deeper sleep from the first night. Shop now and save 20% on your first order.

Our customers love them, and our team is here for you. Only $39 a bottle, with free shipping.

Order yours today!
"""

ARTICLE = """# Walking to work

Mina walks to work each morning, through the park and along the river. She says that it clears her head.

Many towns have built new paths in the last ten years. Some of them run past schools, others past shops.
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [(JOURNAL, "journal"), (LEAFLET, "leaflet"), (PROMOTIONAL, "promotional"), (ARTICLE, "article"), ("", "article")],
)
def test_kinds(text: str, kind: str) -> None:
    document = judged(text)
    assert document.kind == kind, document.kind_cues


def judged(text: str) -> AnnotatedDocument:
    return see(text, format="markdown", kind=None)


def test_the_cues_are_kept() -> None:
    assert "Shop now" in judged(PROMOTIONAL).kind_cues or "shop now" in " ".join(judged(PROMOTIONAL).kind_cues).lower()
    assert judged(ARTICLE).kind_cues == ()


@pytest.mark.parametrize("kind", ["journal", "leaflet", "promotional", "article", "listing"])
def test_what_is_declared_holds(kind: str) -> None:
    for text in (JOURNAL, LEAFLET, PROMOTIONAL, ARTICLE):
        document = see(text, format="markdown", kind=kind)
        assert (document.kind, document.kind_cues) == (kind, ("declared",))


def test_front_matter_declares_a_kind() -> None:
    document = judged(f"---\ntitle: Sleep drops\nhealthlint:\n  kind: leaflet\n---\n\n{PROMOTIONAL}")
    assert document.kind == "leaflet"


def test_the_configuration_has_the_last_word() -> None:
    text = f"---\nhealthlint:\n  kind: leaflet\n---\n\n{ARTICLE}"
    assert see(text, format="markdown", kind="promotional").kind == "promotional"


def test_sales_talk_is_no_patient_information() -> None:
    """A page with the headings of a leaflet that sells is promotional."""
    page = LEAFLET + "\nBook an appointment at our clinic today. Our team offers drops from $49. Call us now.\n" * 2
    assert judged(page).kind == "promotional"


def test_sales_talk_is_no_journal() -> None:
    page = "# Results\n\nOur customers love our drops. Shop now for $39.\n\n# Conclusion\n\nOrder now and save 20%.\n"
    assert judged(page).kind == "promotional"


def test_a_word_said_many_times_counts_once() -> None:
    assert judged("The price rose.\n\n" * 12).kind == "article"


def test_one_stray_call_does_not_make_an_advertisement_of_a_long_article() -> None:
    assert judged(ARTICLE * 3 + "\nThe price of a bus ticket rose too.\n").kind == "article"


def test_a_long_page_is_asked_for_more_than_a_few_prices() -> None:
    prices = "The lamps cost £12, the shades £15 and the frames £20.\n\nA hall cost $30 then.\n\nRent was €90.\n\n"
    walk = "\n\n".join(f"On day {day} she walked on to the next village." for day in range(80))
    assert judged(prices).kind == "promotional"
    assert judged(prices + walk).kind == "article"
