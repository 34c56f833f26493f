from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from healthlint.errors import UserError
from healthlint.findings import Severity
from healthlint.rules import model
from healthlint.rules.loader import load_rule_file, load_rules, rule_files
from healthlint.rules.nodes import CombinedError
from healthlint.rules.reading import unmark

from .conftest import RULE, Folder


def error_of(act: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as caught:
        act()
    return str(caught.value)


def test_a_rule(folder: Folder) -> None:
    rule = load_rule_file(folder.rule())
    assert (rule.id, rule.name, rule.since, rule.kinds) == ("HL190", "moon-dust", "0.1", model.v.DEFAULT_KINDS)
    assert rule.severity == (("base", Severity.ERROR),)
    assert rule.check == model.PhraseCheck((model.PatternText("moon dust", False, ("moon dust",)),))
    assert rule.bad[0] == model.Example("Try moon dust.", spans=((4, 13),))
    assert rule.profiles == ("base",)


def test_all_keys(folder: Folder) -> None:
    path = folder.rule(
        status="deprecated",
        replaced_by="HL191",
        severity={"base": "error", "uk": "warning", "edu": "off"},
        profiles=["uk", "edu"],
        kinds=["listing"],
        blocks=["heading"],
        unless=["negated", {"hedge": "strong"}],
        references=[{"title": "A law", "url": "https://example.org/law"}, {"title": "Another"}],
        check={
            "kind": "phrase", "patterns": ["a ~b", {"regex": "x+yz"}], "except": ["c"], "with": ["d"],
            "without": ["e"], "report": "sentence",
        },
        examples={
            "bad": [{"text": "a\nb", "profile": "uk", "kind": "listing", "format": "markdown"}],
            "good": [{"text": "not a b", "because": "negated"}, {"text": "maybe a b", "because": {"hedge": "strong"}}],
            "known-miss": ["x"],
            "known-false-alarm": [],
        },
    )  # fmt: skip
    rule = load_rule_file(path)
    check = rule.check
    assert isinstance(check, model.PhraseCheck)
    assert check.patterns[1] == model.PatternText("x+yz", True, ())
    assert [p.text for p in (*check.except_, *check.with_, *check.without)] == ["c", "d", "e"]
    assert check.report == "sentence"
    assert rule.unless == (model.Guard("negated"), model.Guard("hedge", "strong"))
    assert rule.references[0].url == "https://example.org/law"
    assert [e.because for e in rule.good] == ["negated", "hedge"]
    assert rule.bad == (model.Example("a\nb", "", "uk", "listing", "markdown"),)
    assert rule.known_miss[0].text == "x"
    assert rule.severity_in(("base",)) is Severity.ERROR
    assert rule.severity_in(("base", "uk")) is Severity.WARNING
    assert rule.severity_in(("base", "uk", "edu")) is Severity.WARNING
    assert rule.severity_in(("base", "edu")) is None
    assert rule.severity_in(("base", "us")) is Severity.ERROR
    assert rule.runs_in(("base", "edu")) and not rule.runs_in(("base", "us"))
    assert rule.reads("heading") and not rule.reads("paragraph")
    assert rule.runs_on("listing") and not rule.runs_on("article")


CHECKS: list[tuple[dict[str, Any], model.Check]] = [
    (
        {"kind": "claim", "relations": ["treats"], "targets": ["condition"], "conditions-at-least": 2, "times": True},
        model.ClaimCheck(("treats",), ("condition",), conditions_at_least=2, times=True),
    ),
    ({"kind": "pair", "statuses": ["no-evidence"]}, model.PairCheck(("no-evidence",))),
    (
        {"kind": "citation", "evidence": ["study"], "lacking": "year", "benefit-only": True},
        model.CitationCheck(("study",), "year", True),
    ),
    (
        {"kind": "required", "when": ["moon"], "must": ["sun"], "at-least": 2, "fields": ["author"]},
        model.RequiredCheck(
            (model.PatternText("moon", False, ("moon",)),), "", (model.PatternText("sun", False, ("sun",)),), 2,
            ("author",),
        ),
    ),
    ({"kind": "required", "medicine": "boxed-warning"}, model.RequiredCheck(medicine="boxed-warning")),
    ({"kind": "balance", "benefits-at-least": 3, "needs-medicine": True}, model.BalanceCheck(3, 0, True)),
    ({"kind": "metric", "metric": "sentence-words", "above": 30}, model.MetricCheck("sentence-words", 30.0)),
    ({"kind": "structure", "problem": "empty-section"}, model.StructureCheck("empty-section")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "check"), CHECKS)
def test_kinds_of_check(folder: Folder, written: dict[str, Any], check: model.Check) -> None:
    assert load_rule_file(folder.rule(message="found", check=written)).check == check


BAD: list[tuple[dict[str, Any], str]] = [
    ({"colour": "red"}, "unknown key 'colour' in the rule"),
    ({"sumary": "x"}, "did you mean 'summary'?"),
    ({"why": None}, "the rule lacks the key 'why'"),
    ({"examples": None}, "the rule lacks the key 'examples'"),
    ({"check": None}, "the rule lacks the key 'check'"),
    ({"schema": 2}, "schema must be 1"),
    ({"schema": None}, "lacks the key 'schema'"),
    ({"id": "HL9"}, "id 'HL9' is no code"),
    ({"id": "HL290"}, "code HL290 is for the category citation, not overclaim"),
    ({"name": "Moon"}, "name 'Moon' is no name"),
    ({"since": "soon"}, "since 'soon' is no version"),
    ({"category": "overclaims"}, "unknown category 'overclaims' (did you mean 'overclaim'?)"),
    ({"severity": "grave"}, "unknown severity 'grave'"),
    ({"severity": {"uk": "error"}}, "severity lacks the key 'base'"),
    ({"severity": {"base": "error", "fr": "info"}}, "unknown key 'fr' in severity"),
    ({"confidence": "sure"}, "unknown confidence 'sure' (one of: high, low, medium)"),
    ({"status": "beta"}, "unknown status 'beta'"),
    ({"status": "deprecated"}, "a deprecated rule needs 'replaced-by'"),
    ({"replaced-by": "HL191"}, "a deprecated rule alone has 'replaced-by'"),
    ({"profiles": ["fr"]}, "unknown profiles 'fr'"),
    ({"profiles": "uk"}, "profiles must be a list (write [uk])"),
    ({"kinds": ["blog"]}, "unknown kinds 'blog'"),
    ({"kinds": ["article", "article"]}, "'article' stands twice in kinds"),
    ({"blocks": ["headings"]}, "did you mean 'heading'?"),
    ({"summary": "ends with a stop."}, "summary must be one line without a final stop"),
    ({"summary": ""}, "summary is empty"),
    ({"summary": ["x"]}, "summary must be a text"),
    ({"message": "reads as {mach}"}, "message of a phrase check has no '{mach}' (did you mean 'match'?)"),
    ({"unless": ["negation"]}, "unknown guard 'negation' (did you mean 'negated'?)"),
    ({"unless": ["hedge"]}, "guard 'hedge' needs a strength"),
    ({"unless": [{"hedge": "weak"}]}, "unknown strength of hedge 'weak'"),
    ({"unless": [{"asked": "strong"}]}, "unknown key 'asked' in a guard"),
    ({"references": [{"url": "https://example.org"}]}, "a reference lacks the key 'title'"),
    ({"references": [{"title": "x", "url": "example"}]}, "url 'example' is no web address"),
    ({"references": ["x"]}, "a reference must be a mapping"),
    ({"check": "phrase"}, "check must be a mapping"),
    ({"check": {"patterns": ["a"]}}, "check lacks the key 'kind'"),
    ({"check": {"kind": "phrases"}}, "unknown kind of check 'phrases' (did you mean 'phrase'?)"),
    ({"check": {"kind": "phrase"}}, "the phrase check lacks the key 'patterns'"),
    ({"check": {"kind": "phrase", "patterns": []}}, "patterns is empty"),
    ({"check": {"kind": "phrase", "patterns": None}}, "patterns is empty"),
    ({"check": {"kind": "phrase", "patterns": ["a"], "expect": []}}, "did you mean 'except'?"),
    ({"check": {"kind": "phrase", "patterns": ["a", "a"]}}, "pattern stands twice in patterns: a"),
    ({"check": {"kind": "phrase", "patterns": ["(a"]}}, "pattern '(a': '(' is never closed, at column 1"),
    ({"check": {"kind": "phrase", "patterns": ["{harms}"]}}, "there is no lexicon 'harms' (did you mean 'harm'?)"),
    ({"check": {"kind": "phrase", "patterns": [{"regex": "("}]}}, "regular expression cannot be read"),
    ({"check": {"kind": "phrase", "patterns": [{"regexp": "a"}]}}, "unknown key 'regexp' in patterns"),
    ({"check": {"kind": "phrase", "patterns": ["a"], "report": "all"}}, "unknown report 'all'"),
    ({"check": {"kind": "claim", "relations": ["treat"]}}, "did you mean 'treats'?"),
    ({"check": {"kind": "claim", "relations": ["treats"], "times": "often"}}, "times must be true or false"),
    ({"check": {"kind": "claim", "relations": ["treats"], "conditions-at-least": -1}}, "must not be below 0"),
    ({"check": {"kind": "pair", "statuses": ["unlabelled"]}}, "unknown statuses 'unlabelled'"),
    ({"check": {"kind": "citation", "evidence": ["rumour"]}}, "unknown evidence 'rumour'"),
    ({"check": {"kind": "required", "must": ["a"]}}, "the required check needs 'when' or 'medicine'"),
    ({"check": {"kind": "required", "when": ["a"]}}, "the required check lacks the key 'must'"),
    ({"check": {"kind": "metric", "metric": "sentence-words", "above": "many"}}, "above must be a number"),
    ({"check": {"kind": "balance", "benefits-at-least": 1.5}}, "benefits-at-least must be a whole number"),
    ({"check": {"kind": "structure", "problem": "empty"}}, "unknown problem 'empty'"),
    ({"examples": {"bad": ["a"]}}, "examples lacks the key 'good'"),
    ({"examples": {"bad": ["a"], "good": "b"}}, "good must be a list"),
    ({"examples": {"bad": ["⟦a"], "good": []}}, "⟦ without ⟧"),
    ({"examples": {"bad": ["a⟧"], "good": []}}, "⟧ without ⟦"),
    ({"examples": {"bad": ["⟦⟦a⟧⟧"], "good": []}}, "⟦ inside of ⟦ ⟧"),
    ({"examples": {"bad": [{"text": "a", "because": "negated"}], "good": []}}, "it has no place here"),
    ({"examples": {"bad": [], "good": [{"text": "a", "because": "negated"}]}}, "which 'unless' does not name"),
    ({"examples": {"bad": [], "good": [{"text": "a", "because": "luck"}]}}, "unknown because 'luck'"),
    ({"examples": {"bad": [{"kind": "article"}], "good": []}}, "an example lacks the key 'text'"),
    ({"examples": {"bad": [{"text": "a", "format": "pdf"}], "good": []}}, "unknown format 'pdf'"),
]


@pytest.mark.parametrize(("changes", "problem"), BAD, ids=[problem for _, problem in BAD])
def test_errors_name_file_and_line(folder: Folder, changes: dict[str, Any], problem: str) -> None:
    path = folder.rule(**changes)
    message = error_of(lambda: load_rule_file(path, frozenset(("harm",))))
    assert problem in message
    assert message.startswith(f"{path}:")


def test_the_line_is_that_of_the_mistake(folder: Folder) -> None:
    text = folder.rule().read_text(encoding="utf-8").replace("confidence: high", "confidence: hgih")
    line = text.splitlines().index("confidence: hgih") + 1
    path = folder.text("HL190-moon-dust.yaml", text)
    assert error_of(lambda: load_rule_file(path)) == f"{path}:{line}: unknown confidence 'hgih' (did you mean 'high'?)"


def test_file_name(folder: Folder) -> None:
    path = folder.rule("HL190-moondust.yaml")
    assert "the file must be named HL190-moon-dust.yaml" in error_of(lambda: load_rule_file(path))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [1", "is no valid YAML"),
        ("- a", "must be a mapping of keys to values"),
        ("", "must be a mapping"),
        ("a: &x 1\nb: *x", "anchors and aliases are not used here"),
        ("name: a\nname: b", "key 'name' stands twice"),
        ("name: " + "[" * 100000, "is nested too deeply"),
    ],
)
def test_files_that_are_no_rules(folder: Folder, text: str, problem: str) -> None:
    path = folder.text("HL190-moon-dust.yaml", text)
    assert problem in error_of(lambda: load_rule_file(path))


def test_unreadable_files(folder: Folder) -> None:
    assert "cannot be read" in error_of(lambda: load_rule_file(folder.path / "no.yaml"))
    path = folder.path / "latin.yaml"
    path.write_bytes(b"name: caf\xe9")
    assert "is not UTF-8 text" in error_of(lambda: load_rule_file(path))


def test_plain_words_that_yaml_takes_for_something_else(folder: Folder) -> None:
    text = folder.rule().read_text(encoding="utf-8").replace("- moon dust", "- no\n  - 911\n  - off")
    check = load_rule_file(folder.text("HL190-moon-dust.yaml", text)).check
    assert isinstance(check, model.PhraseCheck)
    assert [p.text for p in check.patterns] == ["no", "911", "off"]


def test_a_folder_in_order_of_code_passing_over_other_things(folder: Folder) -> None:
    folder.rule("b/HL192-two.yaml", id="HL192", name="two")
    folder.rule("a/deep/HL191-one.yaml", id="HL191", name="one")
    for other in ("lexicons", "cues", "medicines", "conditions", "schema", ".git"):
        folder.text(f"{other}/x.yaml", "nonsense")
    folder.text("README.md", "nonsense")
    assert [rule.id for rule in load_rules(folder.path)] == ["HL191", "HL192"]
    assert len(list(rule_files(folder.path))) == 2


def test_every_broken_file_is_told(folder: Folder) -> None:
    folder.rule("a/HL190-moon-dust.yaml", severity="grave", confidence="sure")
    folder.rule("b/HL191-one.yaml", id="HL191", name="one", status="beta")
    with pytest.raises(CombinedError) as caught:
        load_rules(folder.path)
    assert len(caught.value.errors) == 3
    assert str(caught.value).count("\n") == 2


def test_codes_and_names_are_used_once(folder: Folder) -> None:
    first = folder.rule()
    second = folder.rule("HL190-other.yaml", name="other")
    third = folder.rule("HL193-moon-dust.yaml", id="HL193")
    message = error_of(lambda: load_rules(folder.path))
    assert f"{second}: code HL190 is taken by {first}" in message
    assert f"{third}: name moon-dust is taken by {first}" in message


def test_a_deprecated_rule_points_to_a_rule(folder: Folder) -> None:
    folder.rule(status="deprecated", replaced_by="HL199")
    assert "replaced-by names HL199, which is no rule" in error_of(lambda: load_rules(folder.path))


def test_no_folder(tmp_path: Path) -> None:
    assert "is no folder of rules" in error_of(lambda: load_rules(tmp_path / "no"))


def test_own_codes(folder: Folder) -> None:
    assert load_rule_file(folder.rule(id="ACME1001", category="safety")).id == "ACME1001"
    assert RULE["id"] == "HL190"


def test_unmark() -> None:
    assert unmark("a ⟦b⟧ c ⟦d⟧") == ("a b c d", ((2, 3), (6, 7)))
    assert unmark("plain") == ("plain", ())
