"""Clauses: where the reach of a cue ends."""

from __future__ import annotations

import pytest

from healthlint.language.clauses import clause_around
from healthlint.language.tokens import tokenize

ROWS = [
    # the word marked with * stands in the clause between the brackets
    ("[The gel soothes *itching]", None),
    ("While it *eases pain, it stings.", "While it eases pain"),
    ("While it eases pain, it *stings.", " it stings."),
    ("It eases pain, but it *stings.", "but it stings."),
    ("It *eases pain, but it stings.", "It eases pain, "),
    ("When on it, drink; *rest often.", " rest often."),
    ("It eases pain, cramps and *gas.", "It eases pain, cramps and gas."),
]


@pytest.mark.parametrize(("marked", "clause"), ROWS)
def test_the_clause_around_a_word(marked: str, clause: str | None) -> None:
    text = marked.replace("*", "").strip("[]")
    at = marked.strip("[]").index("*")
    tokens = tokenize(text)
    index = next(i for i, t in enumerate(tokens) if t.start >= at)
    start, end = clause_around(tokens, index, 0, len(text))
    assert text[start:end].strip() == (clause or text).strip()
