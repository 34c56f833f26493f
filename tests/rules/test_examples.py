from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from healthlint.checks.candidate import Candidate
from healthlint.config import FileSettings
from healthlint.documents.blocks import Document
from healthlint.findings import Finding, Severity
from healthlint.rule_examples import Verdict, profiles_for
from healthlint.rule_examples import test_rules as run_examples
from healthlint.rules.loader import load_rule_file
from healthlint.rules.model import Example
from healthlint.rules.pack import Pack, compile_pack

from .conftest import Folder

ROOT = Path(__file__).resolve().parents[2]
seen: list[FileSettings] = []


def trace(document: Document, pack: Pack, settings: FileSettings) -> tuple[tuple[Finding, ...], tuple[Any, ...]]:
    """A linter that finds every `moon dust`; one with `not` in the text is silenced by `negated`."""
    seen.append(settings)
    text = document.source.text
    at = text.lower().find("moon dust")
    if at < 0:
        return (), ()
    (rule,) = pack.rules
    if "not" in text:
        return (), ((Candidate(rule, 0, at, at + 9), "negated"),)
    place = (1, at + 1, 1, at + 10, at, at + 9)
    finding = Finding(
        "HL999" if "also" in text else rule.id, rule.name, rule.category, Severity.ERROR, "high", "sentence",
        "", "", "", *place, text[at : at + 9], text, text, also=(rule.id,) if "also" in text else (),
    )  # fmt: skip
    return (finding,), ()


def verdicts(folder: Folder, **changes: Any) -> list[Verdict]:
    lists = {"bad": ["moon dust"] * 3, "good": ["sand"] * 3}
    examples = {**lists, **{k.replace("_", "-"): v for k, v in changes.items() if k.replace("_", "-") in _LISTS}}
    others = {k: v for k, v in changes.items() if k.replace("_", "-") not in _LISTS}
    folder.rule(examples=examples, **others)
    pack = compile_pack(folder.path)
    return list(run_examples(pack, pack.rules, trace))


_LISTS = ("bad", "good", "known-miss", "known-false-alarm")


def test_all_is_well(folder: Folder) -> None:
    bad = ["Buy ⟦moon dust⟧", "also moon dust", {"text": "moon dust", "kind": "listing"}]
    good = [{"text": "not moon dust", "because": "negated"}, {"text": "sand", "because": "no-match"}, "x"]
    assert verdicts(folder, bad=bad, good=good, unless=["negated"], known_miss=["dust"]) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"bad": ["moon dust", "moon dust", "sand"]},
         ("missing", "sand", "a finding", "none: no match", "bad", 3)),
        ({"bad": ["moon dust", "not moon dust", "moon dust"]},
         ("missing", "not moon dust", "a finding", "none: negated", "bad", 2)),
        ({"bad": ["a ⟦moon⟧ dust", "moon dust", "moon dust"]},
         ("wrong-span", "a moon dust", "moon", "moon dust", "bad", 1)),
        ({"good": ["sand", "moon dust", "sand"]},
         ("noisy", "moon dust", "no finding", "moon dust", "good", 2)),
        ({"unless": ["negated"], "good": [{"text": "no sand", "because": "negated"}, "a", "b"]},
         ("wrong-guard", "no sand", "negated", "no match", "good", 1)),
        ({"good": [{"text": "not moon dust", "because": "no-match"}, "a", "b"]},
         ("wrong-guard", "not moon dust", "no match", "negated", "good", 1)),
        ({"known_miss": ["moon dust"]},
         ("stale", "moon dust", "no finding yet", "moon dust", "known-miss", 1)),
        ({"known_false_alarm": ["moon dust", "sand"]},
         ("stale", "sand", "a finding still", "none: no match", "known-false-alarm", 2)),
        ({"bad": ["moon dust"] * 2}, ("incomplete", "", "at least 3 bad examples", "2", "", 0)),
        ({"good": []}, ("incomplete", "", "at least 3 good examples", "0", "", 0)),
        ({"unless": ["asked"]}, ("incomplete", "", "a good example with because: asked", "none", "", 0)),
    ],
)  # fmt: skip
def test_verdicts(folder: Folder, changes: dict[str, Any], expected: tuple[Any, ...]) -> None:
    assert verdicts(folder, **changes) == [Verdict("HL190", *expected)]


def test_settings_of_an_example(folder: Folder) -> None:
    seen.clear()
    verdicts(
        folder, kinds=["listing"], profiles=["uk", "eu"],
        bad=["moon dust", {"text": "moon dust", "profile": "eu", "kind": "article"}, "moon dust"],
    )  # fmt: skip
    assert seen[0] == FileSettings(profiles=("base", "uk"), select=("HL190",), kind="listing")
    assert (seen[1].profiles, seen[1].kind) == (("base", "eu"), "article")


@pytest.mark.parametrize(
    ("severity", "profiles", "expected"),
    [
        ("error", ["base"], ("base",)),
        ({"base": "off", "edu": "info"}, ["base"], ("base", "edu")),
        ({"base": "off", "edu": "info"}, ["edu"], ("base", "edu")),
        ({"base": "error", "uk": "off"}, ["uk", "us"], ("base", "us")),
        ({"base": "off"}, ["base"], ("base",)),
    ],
)
def test_profiles_of_an_example_that_names_none(
    folder: Folder, severity: Any, profiles: list[str], expected: tuple[str, ...]
) -> None:
    path = folder.rule(severity=severity, profiles=profiles)
    rule = load_rule_file(folder.text(path.name, path.read_text(encoding="utf-8").replace("'off'", "off")))
    assert profiles_for(rule, Example("x")) == expected


def test_the_built_in_rules_go_through_the_linter() -> None:
    pack = compile_pack(ROOT / "rules")
    for verdict in run_examples(pack, [rule for rule in pack.rules if rule.id == "HL111"]):
        assert verdict.rule == "HL111"
