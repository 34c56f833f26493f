"""Superlatives and comparatives of merit: each row a sentence and the words of the place found in it."""

from __future__ import annotations

import pytest

from .seeing import sentence_of


def places(text: str, lexicon: str) -> list[str]:
    sentence = sentence_of(text)
    return [sentence.words(m.start, m.end) for m in sentence.mentions if m.lexicon == lexicon]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is the gentlest balm", ["gentlest"]),
        ("Our most reliable patch", ["most reliable"]),
        ("The purest and most potent oil", ["purest", "most potent"]),
        ("The least invasive procedure", ["least invasive"]),
        ("Healthiest snack of the year", ["Healthiest"]),
        ("The slimmest patch", ["slimmest"]),
        # a quantity, not a degree
        ("Most effective creams cost little", []),
        ("Most people sleep well", []),
        # size, age, number, harm, importance
        ("The largest trial had the oldest members", []),
        ("The most common side effect", []),
        ("The driest, thickest patches", []),
        ("The most widely used test", []),
        # words that only end so
        ("Rest, and test the chest in a forest to the west", []),
        ("The best cream", []),
        ("The latest results", []),
    ],
)
def test_superlatives(text: str, found: list[str]) -> None:
    assert places(text, "superlative") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A gentler balm", ["gentler"]),
        ("It works better", ["better"]),
        ("It is more effective and less harsh", ["more effective", "less harsh"]),
        ("It soaks in more quickly", ["more quickly"]),
        ("It is fluffier than wool", ["fluffier"]),
        ("A fluffier towel", []),
        ("The dose is higher in older men", []),
        ("Women are more likely to have it", []),
        ("It is less common", []),
        ("More patients came with more treatments", []),
        ("Water, cancer and fever, whether or not, after other matters", []),
        ("The doctor and the user never offer it", []),
        ("It is heavier than lead", []),
    ],
)
def test_comparatives(text: str, found: list[str]) -> None:
    assert places(text, "comparative") == found


def test_a_hyphen_does_not_hide_a_superlative() -> None:
    assert places("One of the most sought-after balms", "superlative") == ["most sought"]
