"""Finding terms of lexicons in one walk over the tokens."""

from __future__ import annotations

import pytest

from healthlint.language.inflection import inflections
from healthlint.language.tokens import tokenize
from healthlint.language.vocabulary import Vocabulary, entries, find_mentions, written

from .seeing import see

TABLE = Vocabulary(
    written(
        [
            entries(
                "fruit",
                [("apple", "apple"), ("apple tart", "apple tart"), ("~pear", "pear"), ("sour cherry", "cherry")],
            ),
            entries("food", [("tart", "tart"), ("apple tart with cream", "dessert")]),
            entries("short", [], [("ED", "ED"), ("IT", "IT")]),
            entries("verb", [("~give up", "give up"), ("~stop", "stop"), ("~carry", "carry")]),
        ]
    )
)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(m.lexicon, m.term, text[m.start : m.end]) for m in find_mentions(tokenize(text), text, TABLE)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("An apple.", [("fruit", "apple", "apple")]),
        ("An apple tart.", [("fruit", "apple tart", "apple tart"), ("food", "tart", "tart")]),
        ("An Apple-Tart!", [("fruit", "apple tart", "Apple-Tart"), ("food", "tart", "Tart")]),
        (
            "An apple tart with cream",
            [("food", "dessert", "apple tart with cream"), ("fruit", "apple tart", "apple tart")],
        ),
        ("Sour-cherry and sour cherry", [("fruit", "cherry", "Sour-cherry"), ("fruit", "cherry", "sour cherry")]),
        ("Apple, tart", [("fruit", "apple", "Apple"), ("food", "tart", "tart")]),
        ("Pears and a pear", [("fruit", "pear", "Pears"), ("fruit", "pear", "pear")]),
        ("apples", []),
        ("ED and Ed and ed", [("short", "ED", "ED")]),
        ("it is IT", [("short", "IT", "IT")]),
        ("He gave up", [("verb", "give up", "gave up")]),
        ("stopping, stopped, stops", [("verb", "stop", w) for w in ("stopping", "stopped", "stops")]),
        ("She carried it", [("verb", "carry", "carried")]),
        ("pineapple", []),
        ("apple tar", [("fruit", "apple", "apple")]),
    ],
)
def test_mentions(text: str, mentions: list[tuple[str, str, str]]) -> None:
    assert sorted(found(text)) == sorted(mentions)


def test_mentions_of_one_lexicon_do_not_overlap() -> None:
    table = Vocabulary(written([entries("x", [("a b", "ab"), ("b c", "bc"), ("c", "c")])]))
    text = "a b c"
    assert [m.term for m in find_mentions(tokenize(text), text, table)] == ["ab", "c"]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("supply", {"supply", "supplies", "supplied", "supplying"}),
        ("grow", {"grow", "grows", "grew", "grown", "growing"}),
        ("plan", {"plan", "plans", "planned", "planning"}),
        ("ease", {"ease", "eases", "eased", "easing"}),
        ("analysis", {"analysis", "analyses"}),
        ("child", {"child", "children"}),
        ("rash", {"rash", "rashes"}),
        ("label", {"label", "labels", "labelled", "labeled", "labelling", "labeling"}),
        ("fast-track", {"fast-track", "fast-tracks", "fast-tracked", "fast-tracking"}),
    ],
)
def test_inflections(word: str, forms: set[str]) -> None:
    assert forms <= set(inflections(word))


def test_a_publisher_is_known_by_name() -> None:
    document = see("Try Willow Lane’s tea. Willow Lane is here.", publisher=("Willow Lane",))
    names = [m.term for s in document.sentences for m in s.mentions if m.lexicon == "publisher"]
    assert "Willow Lane" in names
    assert not [m for s in see("Try Willow Lane.").sentences for m in s.mentions if m.lexicon == "publisher"]


def test_working_words_of_the_language_layer_are_no_mentions() -> None:
    lexicons = {
        m.lexicon for s in see("It may not help to reduce pain, says the clinic.").sentences for m in s.mentions
    }
    assert not {x for x in lexicons if x.startswith(("cue", "rel-", "adj-"))}
