"""Numbers, shares, money, weights, durations, years and names: each row a sentence and the places found in it."""

from __future__ import annotations

import pytest

from .seeing import sentence_of


def places(text: str, lexicon: str) -> list[str]:
    sentence = sentence_of(text)
    return [sentence.words(m.start, m.end) for m in sentence.mentions if m.lexicon == lexicon]


@pytest.mark.parametrize(
    ("lexicon", "text", "found"),
    [
        ("number", "It took 3 tries and forty days", ["3", "forty"]),
        ("number", "In all 1,250 people of 14.5 % came", ["1,250", "14.5"]),
        ("percent", "About 15% of them left", ["15%"]),
        ("percent", "About 15 % of them left", ["15 %"]),
        ("percent", "About 15 percent left", ["15 percent"]),
        ("percent", "About 15 per cent left", ["15 per cent"]),
        ("percent", "Some 10–15% left", ["10–15%"]),
        ("percent", "Some eighty-two per cent left", ["eighty-two per cent"]),
        ("percent", "About ninety percent left", ["ninety percent"]),
        ("percent", "The 15 people left", []),
        ("money", "It costs $99 a month", ["$99"]),
        ("money", "It costs £1,299.50 in all", ["£1,299.50"]),
        ("money", "It costs 40 euros", ["40 euros"]),
        ("money", "It costs nothing", []),
        ("link", "Read it at https://larkwood.com/a?b=1.", ["https://larkwood.com/a?b=1"]),
        ("link", "Read it (www.larkwood.co.uk), then rest", ["www.larkwood.co.uk"]),
        ("link", "See larkwood-clinic.com/sleep and larkwood.health", ["larkwood-clinic.com/sleep", "larkwood.health"]),
        ("link", "Write to anna@larkwood.com", []),
        ("link", "Public health, e.g. the net weight, is no shop", []),
        ("weight", "He lost 10 pounds", ["10 pounds"]),
        ("weight", "He lost 10 lbs", ["10 lbs"]),
        ("weight", "He lost ten pounds", ["ten pounds"]),
        ("weight", "He lost 5kg", ["5kg"]),
        ("weight", "Take 500 mg", []),
        ("duration", "Wait 6 weeks", ["6 weeks"]),
        ("duration", "Wait three months", ["three months"]),
        ("duration", "Wait 4-8 weeks", ["4-8 weeks"]),
        ("duration", "Wait 4 to 8 weeks", ["4 to 8 weeks"]),
        ("duration", "Wait a few days", ["few days"]),
        ("duration", "After a 12-week course", ["12-week"]),
        ("duration", "Wait in vain", []),
        ("year", "It opened in 2019", ["2019"]),
        ("year", "It holds 2500 words", []),
        ("ordinal", "On the 3rd try", ["3rd"]),
        ("name", "She read the Gazette at home", ["Gazette"]),
        ("name", "Rest is best", []),
        ("name", "He said I was late", []),
    ],
)
def test_places(lexicon: str, text: str, found: list[str]) -> None:
    assert places(text, lexicon) == found


def test_a_name_may_be_of_several_words() -> None:
    assert "Oslo Gazette" in places("She read the Oslo Gazette at home", "name")


def test_a_few_is_a_duration_too() -> None:
    assert any("few days" in words for words in places("It takes a few days", "duration"))
