"""The publisher's own name, and pages that are nothing but lists."""

from __future__ import annotations

import pytest

from healthlint.language.publisher import own_names

from .seeing import see


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("At Larkwood Clinic, we listen first.", ("Larkwood Clinic",)),
        ("Welcome to Moss & Fern.", ("Moss & Fern",)),
        ("Visit Harbour Dental today for a check.", ("Harbour Dental",)),
        ("Today we at Brightwell open our doors.", ("Brightwell",)),
        ("At Christmas, we are closed.", ()),
        ("At first, we were unsure.", ()),
        ("Contact your doctor today.", ()),
    ],
)
def test_names_by_which_a_page_speaks_of_itself(text: str, names: tuple[str, ...]) -> None:
    assert own_names([text]) == names


def test_the_last_part_of_a_title_is_the_name_where_the_text_has_it_too() -> None:
    title = "Knee pain | Larkwood Clinic"
    assert own_names([title, "Larkwood Clinic opens at nine."], [title]) == ("Larkwood Clinic",)
    assert own_names([title, "Knees are joints."], [title]) == ()
    assert own_names(["Knee pain | Home", "Home care helps."], ["Knee pain | Home"]) == ()


def test_the_name_is_a_mention_everywhere_on_the_page() -> None:
    page = see("At Larkwood Clinic, we listen.\n\nPeople come to Larkwood Clinic from afar.\n")
    assert page.publisher_names == ("Larkwood Clinic",)
    assert any(m.lexicon == "publisher" for m in page.sentences[-1].mentions)


def test_a_page_of_list_items_is_a_listing() -> None:
    page = see("- Acne\n- Rosacea\n- Eczema\n- Warts\n- Hives\n- Dandruff\n- Cold sores\n", kind=None)
    assert page.kind == "listing"
    assert page.kind_cues
