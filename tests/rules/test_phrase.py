from __future__ import annotations

import time
from typing import Any

import pytest

from healthlint.checks.phrase import check, matches_of
from healthlint.documents.blocks import Block, BlockKind
from healthlint.errors import UserError
from healthlint.language.annotation import Sentence
from healthlint.language.matching import View
from healthlint.language.tokens import tokenize
from healthlint.rules.anchors import regex_anchor
from healthlint.rules.loader import load_rule_file
from healthlint.rules.model import Rule
from healthlint.rules.phrase_index import PhraseIndex

from .conftest import Folder

_LETTERS = "abcdefghij"


def sentence_of(text: str, before: str = "") -> Sentence:
    whole = before + text
    block = Block(BlockKind.PARAGRAPH, whole, ())
    tokens = tokenize(text)
    return Sentence(block, 0, len(before), len(whole), tokens, view=View(tokens, (), text))


def found(rule: Rule, text: str, before: str = "") -> list[str]:
    sentence = sentence_of(text, before)
    candidates = list(check(rule, sentence, 3, matches_of(rule, sentence.view)))
    assert all(c.rule is rule and c.sentence_index == 3 and c.scope == "sentence" for c in candidates)
    return [sentence.words(c.start, c.end) for c in candidates]


def rule_of(folder: Folder, **changes: Any) -> Rule:
    return load_rule_file(folder.rule(check={"kind": "phrase", **changes}))


def test_words_found_and_their_place(folder: Folder) -> None:
    rule = rule_of(folder, patterns=["moon dust"])
    sentence = sentence_of("Moon-dust heals.", "Before it. ")
    (candidate,) = check(rule, sentence, 0, matches_of(rule, sentence.view))
    assert (candidate.start, candidate.end, candidate.data) == (0, 9, (("match", "Moon-dust"),))


def test_overlapping_matches_are_one(folder: Folder) -> None:
    rule = rule_of(folder, patterns=["moon dust", "dust", "dust heals", "moon"])
    assert found(rule, "moon dust heals, dust too") == ["moon dust", "dust"]


def test_except_bars_what_it_overlaps(folder: Folder) -> None:
    rule = rule_of(folder, patterns=["dust"], **{"except": ["moon ⟦dust⟧", "dust off"]})
    assert found(rule, "dust, moon dust, dust off") == ["dust"]


def test_with_and_without(folder: Folder) -> None:
    rule = rule_of(folder, patterns=["dust"], **{"with": ["moon", "mars"], "without": ["fake"]})
    assert found(rule, "dust from mars") == ["dust"]
    assert found(rule, "dust") == []
    assert found(rule, "fake dust from mars") == []


def test_the_whole_sentence(folder: Folder) -> None:
    rule = rule_of(folder, patterns=["dust", "moon"], report="sentence")
    assert found(rule, "Dust of the moon.", "One. ") == ["Dust of the moon."]
    assert found(rule, "Sand.") == []


def test_regular_expressions_see_plain_quotes_and_report_the_original(folder: Folder) -> None:
    rule = rule_of(folder, patterns=[{"regex": r"it's \d+-\d+"}])
    assert found(rule, "So it’s 10–20 grams", "It’s 1–2. ") == ["it’s 10–20"]


def test_an_endless_regular_expression_is_stopped(folder: Folder) -> None:
    rule = rule_of(folder, patterns=[{"regex": r"(x+x+)+y"}])
    started = time.process_time()
    with pytest.raises(UserError) as caught:
        found(rule, "x" * 5000)
    assert time.process_time() - started < 5
    assert "HL190-moon-dust.yaml" in caught.value.where
    assert "took more than" in caught.value.title


@pytest.mark.parametrize(
    ("regex", "anchor"),
    [
        (r"moon\s+dust", ("=moon",)),
        (r"(?:moon|mars) dust", ("= dust",)),
        (r"moon|sand", ("=moon", "=sand")),
        (r"(moonstone)+ a", ("=moonstone",)),
        (r"(moonstone)?ab", ()),
        (r"m\w+", ()),
        (r"\p{Lu}abc", ("=abc",)),
        (r"[^\p{Lu}]ab", ()),
        (r"\b(?:19|20)\d\d", ("=19", "=20")),
        (r"ab, cd", ("=ab, cd",)),
        (r"\w\s \w", ()),
        ("MOON", ("=moon",)),
        (r"[★⭐]{2,}", ("=★", "=⭐")),
        (r"\w+ [”\"]", ('="',)),
        (r"[★\w]", ()),
        (r"[^★]", ()),
    ],
)
def test_letters_that_a_regular_expression_needs(regex: str, anchor: tuple[str, ...]) -> None:
    assert regex_anchor(regex) == anchor


def test_the_index_gives_the_rules_that_may_match(folder: Folder) -> None:
    moon = load_rule_file(folder.rule())
    other = {"kind": "phrase", "patterns": ["sand", {"regex": "pebbles?"}, "mars rock", "{anyword} ! {anyword}"]}
    sand = load_rule_file(folder.rule(id="HL191", name="sand", check=other, blocks=["heading"]))
    metric = {"kind": "metric", "metric": "sentence-words", "above": 1}
    long = load_rule_file(folder.rule(id="HL192", name="long", message="x", check=metric))
    index = PhraseIndex.of([moon, sand, long])

    def given(text: str) -> list[tuple[str, list[str]]]:
        view = sentence_of(text).view
        return [(rule.id, [p.text for p in patterns]) for rule, patterns in index.candidates(view)]

    assert given("sand and moon-dust") == [("HL190", ["moon dust"]), ("HL191", ["sand"])]
    assert given("Pebble!") == [("HL191", ["pebbles?", "{anyword} ! {anyword}"])]
    assert given("mars, rock") == [("HL191", ["mars rock"])]
    assert given("mars") == []
    assert given("nothing") == []


def test_a_thousand_patterns_cost_little(folder: Folder) -> None:
    names = [a + b + c for a in _LETTERS for b in _LETTERS for c in _LETTERS]
    patterns = [f"dust{name} ... {{harm}}? grain" for name in names]
    rule = rule_of(folder, patterns=patterns)
    index = PhraseIndex.of([rule])
    text = "A sentence of some twenty plain words that says nothing at all about dustaah or any other grain."
    sentence = sentence_of(text)
    started = time.process_time()
    for _ in range(100):
        view = View(sentence.tokens, (), sentence.text)
        for candidate, few in index.candidates(view):
            assert [p.text for p in few] == [patterns[7]]
            assert matches_of(candidate, view, few)
    assert time.process_time() - started < 2
