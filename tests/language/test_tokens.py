"""Tokens: plain forms to match on, at the exact places of the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthlint.language.tokens import lowered, plain, tokenize


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("Don’t stop.", ["don't", "stop", "."]),
        ("It's the patient's choice", ["it's", "the", "patient's", "choice"]),
        ("over-the-counter", ["over", "-", "the", "-", "counter"]),
        ("1,000 people at 14.9 %", ["1,000", "people", "at", "14.9", "%"]),
        ("5mg", ["5", "mg"]),
        ("B12 and omega-3", ["b", "12", "and", "omega", "-", "3"]),
        ("0.4–0.9 mg/kg", ["0.4", "-", "0.9", "mg", "/", "kg"]),
        ("“Safe”", ['"', "safe", '"']),
        ("Botox® and Wegovy™", ["botox", "and", "wegovy"]),
        ("naïve crème", ["naïve", "crème"]),
        ("", []),
        (" \u00a0\t", []),
        ("(a|b)", ["(", "a", "|", "b", ")"]),
        ("rock'n'roll 'quoted'", ["rock'n'roll", "'", "quoted", "'"]),
        ("50%", ["50", "%"]),
        ("$99.95", ["$", "99.95"]),
    ],
)
def test_norms(text: str, norms: list[str]) -> None:
    assert [t.norm for t in tokenize(text)] == norms


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("Take 2 now!", ["word", "number", "word", "mark"]), ("(7)", ["mark", "number", "mark"])],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [t.kind for t in tokenize(text)] == kinds


def test_offsets_point_into_the_whole_text() -> None:
    text = "First. Second one’s here."
    second = tokenize(text, 7)
    assert [text[t.start : t.end] for t in second] == ["Second", "one’s", "here", "."]
    assert [text[t.start : t.end] for t in tokenize(text, 0, 5)] == ["First"]


@given(st.text())
@example("İstanbul")
@example("ΑΣ ΑΣ")
@example("ẞ ŉ ﬁ")
def test_lowering_keeps_the_length(text: str) -> None:
    assert len(lowered(text)) == len(text)
    assert len(plain(text)) == len(text)


def test_lowering_keeps_the_length_of_every_letter() -> None:
    letters = "".join(chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) != "Cs")
    assert len(lowered(letters)) == len(letters)
    assert all(len(lowered(c)) == 1 for c in letters)


@given(st.text(), st.integers(0, 20), st.integers(0, 40))
@example("İSafe ’ “x” 1.5", 1, 12)
def test_tokens_stand_where_they_say(text: str, start: int, end: int) -> None:
    """In order, apart, inside the stretch; each covers what it was made from, and nothing visible is lost."""
    start, end = min(start, len(text)), min(end, len(text))
    tokens = tokenize(text, start, end)
    at = start
    for token in tokens:
        assert at <= token.start < token.end <= end
        assert token.norm == lowered(plain(text[token.start : token.end]))
        between = text[at : token.start]
        assert all(c.isspace() or c in "®™" for c in between), repr(between)
        at = token.end
    assert all(c.isspace() or c in "®™" for c in text[at:end])


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_a_stretch_reads_the_same_wherever_it_stands(before: str, text: str) -> None:
    alone = [(t.norm, t.start, t.end, t.kind) for t in tokenize(text)]
    moved = tokenize(f"{before} {text}", len(before) + 1)
    shift = len(before) + 1
    assert [(t.norm, t.start - shift, t.end - shift, t.kind) for t in moved] == alone
