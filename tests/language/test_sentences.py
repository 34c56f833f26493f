"""Where sentences end: each row is one block, its sentences split by |."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.language.sentences import sentence_spans

from .seeing import see

ROWS = [
    "One thing. | Another thing.",
    "Dr. Osei advises rest. | Mrs. Lund agrees.",
    "Take 2.5 mg at night. | Then rest.",
    "Use salt, e.g. sea salt, with care. | Rinse.",
    "Some foods, i.e. nuts, are risky.",
    "Ask J. K. Moreau about it. | She knows.",
    "The U.S. agency replied. | It was short.",
    "We met at 9 a.m. on Monday. | Nobody came.",
    "Smith et al. found nothing. | Others did.",
    "See Fig. 3 for details. | Then read on.",
    "Is it safe? | Nobody knows!",
    "Try it out! https://larkwood.com/try. | Then rest.",
    "Try it out! | It is at www.larkwood.com.",
    "“Is it safe?” she asked. | He nodded.",
    "He said “It works.” | She laughed.",
    "Rest helps (see below.) | Sleep does too.",
    "It was small.[3] | It was short.[4, 5] | The end.",
    "It was small. [3] | It was short.",
    "Wait... | Then breathe.",
    "Wait… | Then breathe.",
    "Really?! | Yes.",
    "Vitamins A, B, etc. are sold here. | Minerals too.",
    "They sell vitamins, minerals, etc. | We do not.",
    "No. 4 is missing. | So is No. 5 today.",
    "Was it enough? | No. | Then take more.",
    "Version 2.0 is out. | Get it.",
    "Pain eased by 3.5 points. | That is little.",
    "Visit example.org today. | Thanks.",
    "Approx. 40 people came. | All left.",
    "Take 500 mg. | Rest after.",
    "Dose: 5 mg. daily for a week. | Stop then.",
    "1. Wash your hands. | Dry them.",
    "Weight vs. height matters. | Age too.",
    "no capital starts this. nor this one",
    "",
]


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("row", ROWS)
def test_sentences(row: str) -> None:
    expected = [part for part in row.split(" | ") if part]
    assert spans(row.replace(" | ", " ")) == expected


def test_a_missing_space_does_not_hide_an_end() -> None:
    assert spans("It ended.Then another began. So it goes.") == ["It ended.", "Then another began.", "So it goes."]


@given(st.text(alphabet="aB .?!…”)[1]\u00a0\n", max_size=40))
def test_spans_cover_the_text(text: str) -> None:
    """In order and apart, with nothing but white space outside them and none at their edges."""
    at = 0
    for start, end in sentence_spans(text):
        assert start >= at and not text[at:start].strip()
        assert end > start and not text[start].isspace() and not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


def test_headings_list_items_and_cells_are_units() -> None:
    page = (
        "# Rest. Then sleep.\n\nRest. Then sleep.\n\n| Rest. Then sleep. | x |\n|---|---|\n| Rest. Then sleep. | y |\n"
    )
    texts = [s.text for s in see(page, format="markdown").sentences]
    assert texts.count("Rest. Then sleep.") == 3
    assert texts.count("Rest.") == 1


def test_wrapped_lines_are_joined() -> None:
    document = see("The cream was tried by\ntwelve people in\na town. Nobody complained.\n")
    assert [s.text for s in document.sentences] == [
        "The cream was tried by twelve people in a town.",
        "Nobody complained.",
    ]


def test_time_grows_with_length() -> None:
    """A block of many sentences takes moments: quadratic behaviour would take minutes."""
    text = "Rest is good for tired people. " * 20_000
    start = time.process_time()
    assert len(sentence_spans(text)) == 20_000
    assert time.process_time() - start < 3
