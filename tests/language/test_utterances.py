"""Quotations in a block, and lines that sign them."""

from __future__ import annotations

import pytest

from healthlint.language.utterances import is_named_before, is_signature, quotes_in, signed_from


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“A calm night. And a long one.”", ["“A calm night. And a long one.”"]),
        ('★★★★★ "Never a dull day here."', ['"Never a dull day here."']),
        ("‘It’s my knees’ turn,’ she said.", ["‘It’s my knees’ turn,’"]),
        ("“The first of two paragraphs", ["“The first of two paragraphs"]),
        ("Then she said: “It was quiet at last.”", ["“It was quiet at last.”"]),
        ("A jar marked “all natural” is a jar.", []),
        ("The patients' rooms and the nurses' tea", []),
        ('A 6" scar', []),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[quote.start : quote.end] for quote in quotes_in(text)] == quoted


def test_a_quotation_stands_for_itself_at_the_beginning_of_its_block() -> None:
    assert [q.standing for q in quotes_in("Tess R., Hull: “So quiet and so clean.”")] == [True]
    assert [q.standing for q in quotes_in("and then she wrote “so quiet and so clean”")] == [False]


@pytest.mark.parametrize(
    ("line", "alone", "after_quote"),
    [
        ("— Priya", True, True),
        ("Odette, 41, Truro", True, True),
        ("Jane M., verified buyer", True, True),
        ("Marcus T. (knee replacement)", True, True),
        ("Verified buyer", True, True),
        ("N. & J., Stroud", True, True),
        ("Tess, mother of two", False, True),
        ("– florist, Hull", False, True),
        ("– kneesUp42", False, True),
        ("– side effects", False, False),
        ("Storage", False, False),
        ("Austin, TX", False, False),
        ("Take one a day.", False, False),
        ("– Constipation can last for days, so drink.", False, False),
    ],
)
def test_signatures(line: str, alone: bool, after_quote: bool) -> None:
    assert (is_signature(line), is_signature(line, after_quote=True)) == (alone, after_quote)


def test_behind_a_dash_a_bare_name_will_do() -> None:
    assert is_signature("Sam", after_quote=True, dashed=True)
    assert not is_signature("Sam", dashed=True)


@pytest.mark.parametrize("line", ["– jo_88", "– MiraT", "— weaver, Stroud"])
def test_a_user_name_or_a_trade_signs_right_behind_a_quotation(line: str) -> None:
    assert is_signature(line, after_quote=True)
    assert not is_signature("– and then it rained", after_quote=True)


def test_a_block_may_be_signed_at_its_end_or_its_beginning() -> None:
    text = "My heel is fine again. — Tess R., 29"
    assert signed_from(text) is not None
    assert signed_from("It comes in two sizes - Small and Large for all") is None
    assert is_named_before("Verified buyer: ")
    assert not is_named_before("our motto: ")
