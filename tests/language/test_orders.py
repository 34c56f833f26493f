"""Which verbs tell the reader to do something: each row a text, and what is left of the verbs of a list of orders."""

from __future__ import annotations

import time

import pytest

from healthlint.language.orders import without_statements
from healthlint.language.tokens import tokenize
from healthlint.language.vocabulary import Vocabulary, entries, find_mentions, written

from .seeing import sentence_of

VERBS = "read watch join share visit check-out read-on".split()
TABLE = Vocabulary(written([entries("order", zip(VERBS, VERBS, strict=True)), entries("noun", [("page", "page")])]))
ORDERS = frozenset(["order"])


def orders(text: str) -> list[str]:
    tokens = tokenize(text)
    mentions = without_statements(find_mentions(tokens, text, TABLE), tokens, ORDERS)
    return [text[m.start : m.end] for m in mentions if m.lexicon == "order"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # at the start, and softened
        ("Read our page.", ["Read"]),
        ("READ: our page", ["READ"]),
        ("Check out our page.", ["Check out"]),
        ("Please read our page.", ["read"]),
        ("So just read on.", ["read on"]),
        ("Don't forget to read our page.", ["read"]),
        ("Do not hesitate to join.", ["join"]),
        ("Make sure to watch it.", ["watch"]),
        ("Why not visit us?", ["visit"]),
        ("You can read our page.", ["read"]),
        ("We invite you to join us.", ["join"]),
        ("It's time to join us.", ["join"]),
        ("Let's join them.", ["join"]),
        ("Come join us.", ["join"]),
        # a new clause
        ("Hungry? Read our page.", ["Read"]),
        ("Our new film: watch it here.", ["watch"]),
        ("If you like it, share it.", ["share"]),
        ("Tonight, watch us.", ["watch"]),
        ("The course is small and starts in May, so please join soon.", ["join"]),
        ("For more information visit our page.", ["visit"]),
        ("Watch the film and share it.", ["Watch", "share"]),
        ("- Read our page", ["Read"]),
        # after handles, hashtags and addresses, and not inside them
        ("@anna_b2 read our page", ["read"]),
        ("#Sleep #rest Read our page", ["Read"]),
        ("https://larkwood.com/watch?v=1 Read our page", ["Read"]),
        ("Nice. @read our #join www.visit.com/share", []),
        ("Young people in #Leeds read our page", []),
        # statements, nouns, questions, prohibitions
        ("They read our page.", []),
        ("We watch our weight.", []),
        ("The watch is new.", []),
        ("Do you read our page?", []),
        ("Do not read our page.", []),
        ("Never visit us.", []),
        ("It lets you watch films.", []),
        ("This helps you to read.", []),
        ("Those who sleep well, read more and share less are happy.", []),
        ("Nurses write and read notes.", []),
        ("A well-read nurse", []),
        ("It takes time to read.", []),
    ],
)
def test_orders(text: str, found: list[str]) -> None:
    assert orders(text) == found


def test_other_mentions_stay() -> None:
    text = "They read our page."
    tokens = tokenize(text)
    kept = without_statements(find_mentions(tokens, text, TABLE), tokens, ORDERS)
    assert [m.lexicon for m in kept] == ["noun"]


def test_the_built_in_lists() -> None:
    assert "look-order" in {m.lexicon for m in sentence_of("Watch our film.").mentions}
    assert "look-order" not in {m.lexicon for m in sentence_of("We watch our weight.").mentions}


def test_time_grows_with_the_text() -> None:
    text = "read, watch and share, " * 2000
    tokens = tokenize(text)
    mentions = find_mentions(tokens, text, TABLE)
    start = time.perf_counter()
    kept = without_statements(mentions, tokens, ORDERS)
    assert time.perf_counter() - start < 0.5
    assert len(kept) == len(mentions)
