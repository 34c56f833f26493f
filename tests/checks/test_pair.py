"""The pair check: medicines offered for conditions, held against their labels."""

from __future__ import annotations

import pytest
from language.seeing import see

from .conftest import Run


@pytest.mark.parametrize(
    "text",
    [
        "Isotretinoin is used to treat psoriasis.",
        "Isotretinoin is a capsule prescribed for psoriasis.",
        "Isotretinoin treats psoriasis.",
        "Doctors treat psoriasis with isotretinoin.",
        "Accutane for psoriasis is widely used.",
        "We prescribe isotretinoin for severe psoriasis.",
        "Isotretinoin is a capsule. It clears psoriasis.",
    ],
)
def test_a_use_off_the_label_is_found(run: Run, text: str) -> None:
    ran = run("pair-any", text)
    assert len(ran.texts) == 1
    assert "psoriasis" in ran.texts[0]
    (message,) = ran.messages
    assert message.split("|")[1:3] == ["psoriasis", "off-label-limited"]


@pytest.mark.parametrize(
    "text",
    [
        "Isotretinoin and psoriasis are two words.",
        "Isotretinoin can cause dry skin. Psoriasis is a disease of the skin.",
        "He took isotretinoin. His psoriasis flared.",
        "Psoriasis is treated with light.",
        "Isotretinoin is a capsule.",
        "A patient with psoriasis who took isotretinoin saw a doctor.",
    ],
)
def test_no_use_is_told(run: Run, text: str) -> None:
    assert run("pair-any", text).texts == []


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("Isotretinoin is not used to treat psoriasis.", "negated"),
        ("Isotretinoin is not licensed for psoriasis.", "negated"),
        ("Is isotretinoin used to treat psoriasis?", "asked"),
        ("According to the label, isotretinoin is used to treat psoriasis.", "attributed"),
    ],
)
def test_guards_are_judged_at_the_condition(run: Run, text: str, guard: str) -> None:
    ran = run("pair-guarded", text)
    assert ran.texts == []
    assert guard in ran.silenced


def test_a_title_is_a_frame_of_its_own(run: Run) -> None:
    page = "# Isotretinoin for psoriasis\n\nIsotretinoin is used for psoriasis.\n"
    assert run("pair-title", page, format="markdown").places == [(1, 3)]
    assert run("pair-any", page, format="markdown").places == [(1, 3), (3, 1)]


def test_a_list_item_is_a_title(run: Run) -> None:
    ran = run("pair-title", "- Isotretinoin for Psoriasis\n- Isotretinoin for Acne\n")
    assert ran.texts == ["Isotretinoin for Psoriasis"]


def test_a_harm_of_the_label_sold_as_a_use(run: Run) -> None:
    assert run("pair-harm", "Isotretinoin is used to treat back pain.").texts == [
        "Isotretinoin is used to treat back pain"
    ]
    for text in (
        "Isotretinoin can cause back pain.",
        "Back pain while on isotretinoin is common.",
        "Isotretinoin and back pain",
    ):
        assert run("pair-harm", text).texts == [], text


def test_a_labelled_use_has_its_own_status(run: Run) -> None:
    text = "Isotretinoin is used to treat severe nodular acne."
    assert run("pair-any", text).texts == []
    assert len(run("pair-labelled", text).texts) == 1


def test_one_pair_is_told_once_a_sentence(run: Run) -> None:
    text = "Isotretinoin is used to treat psoriasis, and isotretinoin is used for psoriasis."
    assert len(run("pair-any", text).texts) == 1


def test_a_list_under_the_heading_of_a_pair_speaks_of_it(run: Run) -> None:
    page = "# Benefits of isotretinoin for psoriasis\n\n- Reduces redness\n- Bring a hat\n"
    assert (3, 3) in run("pair-any", page, format="markdown").places
    assert all(line != 4 for line, _ in run("pair-any", page, format="markdown").places)


@pytest.mark.parametrize(
    "text",
    [
        "Turmeric capsules for gallstones and cancer are sold here.",
        "Ashwagandha is used to treat ADHD.",
        "Doctors treat COVID-19 with berberine.",
    ],
)
def test_a_supplement_is_offered_as_a_medicine_is(run: Run, text: str) -> None:
    ran = run("pair-any", text)
    assert [message.split("|")[2] for message in ran.messages] == ["no-evidence"]


def test_a_supplement_is_no_medicine_to_other_rules() -> None:
    sentence = see("We sell turmeric, melatonin and ketamine.").sentences[0]
    assert [m.term for m in sentence.mentions if m.lexicon == "medicine"] == ["melatonin", "ketamine"]
    assert [m.term for m in sentence.mentions if m.lexicon == "supplement-name"] == ["turmeric"]


@pytest.mark.parametrize(
    "text",
    [
        "The body needs magnesium to prevent tiredness and to treat food.",
        "Collagen is used by the body to heal wounds.",
        "Glutathione is used by the liver against poisoning.",
        "Biotin is needed for hair loss to be rare.",
        "Newborns get colostrum for immunity.",
        "The cell makes hydrogen peroxide against infection.",
        "Some take magnesium glycinate for sleep and ashwagandha for stress.",
    ],
)
def test_what_the_body_makes_or_eats_is_no_medicine(run: Run, text: str) -> None:
    assert run("pair-any", text).texts == []
