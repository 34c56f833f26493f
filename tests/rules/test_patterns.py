from __future__ import annotations

import time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.language.annotation import Mention
from healthlint.language.matching import View, any_match, find, possible
from healthlint.language.pattern_keys import cost
from healthlint.language.pattern_nodes import PatternText
from healthlint.language.patterns import PatternError, parse_pattern
from healthlint.language.tokens import tokenize


def view_of(text: str, mentions: dict[str, str] | None = None) -> View:
    """The sentence; `mentions` are words of it with the lexicon they belong to."""
    tokens = tokenize(text)
    found = []
    for words, lexicons in (mentions or {}).items():
        norms = [t.norm for t in tokenize(words)]
        for i in range(len(tokens) - len(norms) + 1):
            if [t.norm for t in tokens[i : i + len(norms)]] == norms:
                last = i + len(norms)
                for lexicon in lexicons.split():
                    found.append(Mention(lexicon, words, i, last, tokens[i].start, tokens[last - 1].end))
    return View(tokens, found, text)


def hits(pattern: str, text: str, mentions: dict[str, str] | None = None) -> list[str]:
    return [text[m.start : m.end] for m in find(parse_pattern(pattern), view_of(text, mentions))]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("no pain", "There is No PAIN, no pain at all", ["No PAIN", "no pain"]),
        ("no pain", "no; pain", []),
        ("no pain", "no. pain", []),
        ("safe effective", "“Safe”, effective — then safe & effective", ["Safe”, effective"]),
        ("over-the-counter", "an over the counter cream, over-the-counter", ["over the counter", "over-the-counter"]),
        ("don't wait", "Don’t wait", ["Don’t wait"]),
        ("~schedule a visit", "Scheduling a visit; schedules a visit", ["Scheduling a visit", "schedules a visit"]),
        ("~side-effect", "side effects", ["side effects"]),
        ("(side|adverse) effects", "side effects, adverse effects", ["side effects", "adverse effects"]),
        ("(call us|get in touch) now", "Call us now or get in touch now", ["Call us now", "get in touch now"]),
        ("your? visit", "Your visit. A visit", ["Your visit", "visit"]),
        ("(very|really)? safe", "really safe, safe", ["really safe", "safe"]),
        ("a ... b", "a 1 2 3 4 b", ["a 1 2 3 4 b"]),
        ("a ... b", "a 1 2 3 4 5 b", []),
        ("a ...8 b", "a 1 2 3, 4 5 b", ["a 1 2 3, 4 5 b"]),
        ("a ... b", "a x. b", []),
        ("a ... b", "a b x b", ["a b x b"]),
        ("⟦few to no⟧ ...2 effects", "few to no known effects", ["few to no"]),
        ("no ⟦hidden , costs⟧", "no (hidden, costs)", ["hidden, costs"]),
        ("only : 5", "only: 5, only 5", ["only: 5"]),
        ("100%", "100% or 100 %", ["100%", "100 %"]),
        ("24/7", "24/7", ["24/7"]),
        ("$ 99", "for $99", ["$99"]),
        ("u.s. made", "U.S. made", ["U.S. made"]),
        ("^ buy now", "“Buy now”, buy now", ["Buy now"]),
        ("buy now $", "buy now, buy now!”", ["buy now"]),
        ("(^ buy|sell) now", "Buy now, buy now, sell now", ["Buy now", "sell now"]),
        ("^ ... cure $", "The best cure!!", ["The best cure"]),
        ("very ...3", "very good and so on and on", ["very good and so"]),
        ("{anyword} oil", "fish oil, oil", ["fish oil"]),
        ("a a", "a a a", ["a a"]),
        ("x", "", []),
    ],
)
def test_matches(pattern: str, text: str, found: list[str]) -> None:
    assert hits(pattern, text) == found


def test_places() -> None:
    mentions = {"dry skin": "symptom", "skin": "body-part", "eczema": "condition"}
    either = hits("for {condition|symptom}", "for dry skin, for eczema, for skin", mentions)
    assert either == ["for dry skin", "for eczema"]
    assert hits("dry {body-part}", "dry skin", mentions) == ["dry skin"]
    assert hits("{symptom} relief", "dry skin relief", mentions) == ["dry skin relief"]
    assert hits("{symptom}? relief", "relief", mentions) == ["relief"]
    assert hits("{harm}", "dry skin", mentions) == []


def test_of_two_mentions_at_a_place_either_may_fit() -> None:
    mentions = {"weight": "outcome", "weight loss": "outcome"}
    assert hits("{outcome} loss", "weight loss", mentions) == ["weight loss"]
    assert hits("{outcome} now", "weight loss now", mentions) == ["weight loss now"]


def test_reported_part_is_the_widest_for_one_place() -> None:
    assert hits("a ...3 ⟦b ...3 c⟧", "a b b c") == ["b b c"]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("", "the pattern is empty, at column 1"),
        ("big (a|b", "'(' is never closed, at column 5"),
        ("a)", "')' closes nothing, at column 2"),
        ("a|b", "'|' stands outside of brackets, at column 2"),
        ("a {x", "'{' has no partner, at column 3"),
        ("a x}", "'}' has no partner, at column 4"),
        ("{}", "'' is no name of a lexicon"),
        ("{Bad}", "'Bad' is no name of a lexicon"),
        ("{anyword|harm}", "{anyword} takes in every other place"),
        ("a ?", "'?' must follow a word, a place or a group directly, at column 3"),
        ("? a", "'?' must follow a word"),
        ("a ...? b", "'?' makes a word, a place or a group optional"),
        ("~", "'~' must be followed by a word"),
        ("~(a|b)", "'~' must be followed by a word"),
        ("a~b", "'~' must stand at the start of a word"),
        ("... a", "a pattern cannot begin with a gap"),
        ("a ...99 b", "a gap has 1 to 30 words, at column 3"),
        ("a? b?", "can match nothing at all"),
        ("^ $", "can match nothing at all"),
        ("(a|)", "an alternative is empty"),
        ("⟦a", "⟦ and ⟧ must stand once each"),
        ("a⟧ ⟦b", "⟦ and ⟧ must stand once each"),
        ("(⟦a⟧|b)", "'⟦' cannot stand in brackets"),
        ("a, b", "',' is passed over anyway"),
        ("(" * 9 + "a" + ")" * 9, "brackets are nested more than 8 deep"),
        ("(we|'ll) go", "an apostrophe begins no word"),
    ],
)
def test_errors(pattern: str, problem: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse_pattern(pattern)
    assert problem in str(caught.value)


def test_a_group_of_words_is_one_step() -> None:
    assert len(parse_pattern("(a|b|~c) d").nodes) == 2


@pytest.mark.parametrize(
    ("pattern", "anchor"),
    [
        ("the miracle of our tea", {"our tea"}),
        ("(side|adverse) effects", {"side effects", "adverse effects"}),
        ("side ⟦effects⟧", {"side effects"}),
        ("~side ... effects", {"effects"}),
        ("^ ⟦the (moon|{harm})⟧", {"^the"}),
        ("{condition} of the", {"of the"}),
        ("{condition} of plums", {"of plums"}),
        ("{condition|symptom}", {"{condition}", "{symptom}"}),
        ("(call us|phone me)", {"call us", "phone me"}),
        ("(call us)? {anyword} the", {"the"}),
        ("{anyword}", set()),
        ("!", {"!"}),
    ],
)
def test_anchor(pattern: str, anchor: set[str]) -> None:
    assert set(parse_pattern(pattern).keyed.anchor) == anchor


def test_many_gaps_take_bounded_time() -> None:
    pattern = "a " + "...30 (a|a b|b)? " * 12 + "z"
    started = time.process_time()
    assert hits(pattern, "a b " * 150) == []
    assert time.process_time() - started < 3


_PIECES = st.sampled_from(
    ["a", "b", "~c", "(a|b c)", "(a|b)?", "b?", "...", "...2", "{harm}", "{harm}?", ",", "%", "^ a", "{anyword}"]
)


@given(st.lists(_PIECES, min_size=1, max_size=6), st.text("abc ,.%!'-", max_size=40))
def test_matches_lie_in_the_sentence_in_order_and_hold_an_anchor(pieces: list[str], text: str) -> None:
    written = " ".join(pieces)
    try:
        pattern = parse_pattern(written)
    except PatternError:
        return
    view = view_of(text, {"b": "harm"})
    end = 0
    for match in find(pattern, view):
        assert end <= match.start < match.end <= len(text)
        assert text[match.start : match.end].strip() == text[match.start : match.end]
        assert possible((pattern.keyed,), view)
        end = match.end


@given(st.text("ab ()|?{}~⟦⟧.…^$,'-:", max_size=20))
def test_parsing_never_breaks(text: str) -> None:
    try:
        list(find(parse_pattern(text), view_of("a b, a")))
    except PatternError as error:
        assert 1 <= error.column <= len(text) + 1


def test_any_match() -> None:
    patterns = tuple(PatternText(t, False, parse_pattern(t).keyed.anchor) for t in ("moon dust", "sand"))
    assert any_match(patterns, view_of("a bag of sand"))
    assert not any_match(patterns, view_of("a bag of dust"))
    assert not any_match((), view_of("a"))


def test_the_cost_of_keys_does_not_depend_on_their_order() -> None:
    """Else the compiled rules, and with them their version, would differ from one run to another."""
    keys = ("^kelp", "kelp", "{name} salt", "^the", "kelp salt", "^sand dune", "the kelp")
    assert len({cost(order) for order in permutations(keys)}) == 1
