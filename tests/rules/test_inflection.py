from __future__ import annotations

import pytest

from healthlint.language.inflection import inflections


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("stop", "stop stops stopped stopping"),
        ("schedule", "schedule schedules scheduled scheduling"),
        ("study", "study studies studied studying"),
        ("play", "play plays played playing"),
        ("prefer", "prefer prefers preferred preferring"),
        ("visit", "visit visits visited visiting"),
        ("cancel", "cancel cancels cancelled canceled cancelling canceling"),
        ("benefit", "benefit benefits benefitted benefited benefitting benefiting"),
        ("fix", "fix fixes fixed fixing"),
        ("agree", "agree agrees agreed agreeing"),
        ("die", "die dies died dying"),
        ("quit", "quit quits quitting"),
        ("take", "take takes took taken taking"),
        ("get", "get gets got gotten getting"),
        ("regrow", "regrow regrows regrew regrown regrowing"),
        ("shed", "shed sheds shedding"),
        ("shrink", "shrink shrinks shrank shrunk shrinking"),
        ("show", "show shows showed shown showing"),
        ("wear", "wear wears wore worn wearing"),
        ("heal", "heal heals healed healing"),
        ("be", "be am is are was were been being"),
        ("child", "child children"),
        ("woman", "woman women"),
        ("diagnosis", "diagnosis diagnoses"),
        ("stomach", "stomach stomachs stomached stomaching"),
        ("side-effect", "side-effect side-effects side-effected side-effecting"),
        ("Relief", "relief reliefs reliefed reliefing"),
    ],
)
def test_forms(word: str, forms: str) -> None:
    assert inflections(word) == tuple(forms.split())


@pytest.mark.parametrize("word", ["stop", "try", "a", "i", "go", "ox", "be", "fly", "see", "relieve", "quiz"])
def test_the_word_itself_comes_first_and_no_form_twice(word: str) -> None:
    forms = inflections(word)
    assert forms[0] == word
    assert len(forms) == len(set(forms))
