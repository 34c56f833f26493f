"""The other commands end to end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_support import HOUSE_RULE, Cli, Put

from healthlint import __version__
from healthlint.config import load_config


@pytest.fixture(autouse=True)
def pages(put: Put, house: Path) -> None:
    put("page.md", "# Moon\n\nOnce in a blue moon. There is no blue moon here.\n")


def test_version(cli: Cli) -> None:
    ran = cli("--version")
    assert ran.status == 0
    pattern = (
        rf"healthlint {re.escape(__version__)} \(rules [0-9a-f]{{12}}; medicines \d{{4}}-\d\d-\d\d, \d+ records\)\n"
    )
    assert re.fullmatch(pattern, ran.out)


def test_help(cli: Cli) -> None:
    assert "annotate" in cli("--help").out
    assert "--fail-on" in cli("check", "--help").out
    bare = cli()
    assert (bare.status, bare.out) == (2, cli("--help").out)


@pytest.mark.parametrize("word", ["HOUSE101", "house101", "blue-moon", "Blue-Moon"])
def test_explain(cli: Cli, word: str) -> None:
    ran = cli("explain", word)
    assert ran.status == 0
    for part in (
        "HOUSE101 blue-moon\n\nA page speaks of the blue moon.\n",
        "\nseverity    error in base\n",
        "\nWhy\n---\nThe house style has no moon.\n",
        "\nWrite instead\n-------------\nleave the moon out\n",
        "\nFlagged\n-------\n- Once in a ⟦blue moon⟧.\n",
        "- There is no blue moon here. [negated]\n",
        "- the claim is denied (negated)\n",
        "\npatterns:\n  blue moon\n",
    ):
        assert part in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_every_rule_can_be_explained(cli: Cli) -> None:
    codes = [rule["rule"] for rule in json.loads(cli("rules", "--format", "json").out)["rules"]]
    assert "HOUSE101" in codes
    for code in codes[::12]:
        assert cli("explain", code).out.startswith(code)


def test_rules(cli: Cli) -> None:
    lines = cli("rules").out.splitlines()
    assert lines[0].split() == ["code", "name", "category", "severity", "profiles", "status"]
    assert ["HOUSE101", "blue-moon", "promotion", "error", "base", "stable"] in [line.split() for line in lines]
    safety = json.loads(cli("rules", "--category", "safety", "--format", "json").out)["rules"]
    assert {rule["category"] for rule in safety} == {"safety"}


def test_rules_by_profile(cli: Cli, put: Put) -> None:
    put(".healthlint.yaml", "rules: [house]\nselect: [HOUSE101]\n")
    put(
        "house/HOUSE101-blue-moon.yaml",
        HOUSE_RULE.replace("[base]", "[uk]").replace(": error", ": {base: off, uk: info}"),
    )
    assert "HOUSE101  blue-moon" not in cli("rules", "--profile", "us").out
    rows = [line.split() for line in cli("rules", "--profile", "uk").out.splitlines()]
    assert ["HOUSE101", "blue-moon", "promotion", "info", "uk", "stable"] in rows


def test_rules_test(cli: Cli) -> None:
    assert cli("rules", "test", "house") == (0, f"HOUSE101 {'blue-moon':<32} ... ...\n1 rule passed\n", "")


def test_rules_test_tells_what_came(cli: Cli, put: Put) -> None:
    rule = HOUSE_RULE.replace("⟦blue moon⟧", "blue ⟦moon⟧").replace('"A blue moon rises."', '"A red moon sets."')
    rule = rule.replace('"A red moon rises."', '"My blue moon."').replace(
        "There is no blue moon", "There is no red moon"
    )
    put("house/HOUSE101-blue-moon.yaml", rule)
    ran = cli("rules", "test", "house")
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert lines[0] == f"HOUSE101 {'blue-moon':<32} WM. N.G"
    assert lines[1:4] == ["  wrong-span: bad 1", "    Once in a blue moon.", "    expected moon, got blue moon"]
    assert "  missing: bad 2" in lines
    assert "  noisy: good 1" in lines
    assert "    expected negated, got no match" in lines
    assert lines[-1] == "1 rule of 1 failed, with 4 faults"


def test_rules_test_misses_examples(cli: Cli, put: Put) -> None:
    put("house/HOUSE101-blue-moon.yaml", HOUSE_RULE.replace(', "Blue moon tea."', ""))
    ran = cli("rules", "test", "house")
    assert ran.status == 1
    assert ran.out.splitlines()[0].endswith(".. ... I")


def test_rules_test_of_a_broken_folder(cli: Cli, put: Put) -> None:
    put("house/HOUSE101-blue-moon.yaml", HOUSE_RULE.replace("since:", "sinse:"))
    ran = cli("rules", "test", "house")
    assert ran.status == 2
    assert ran.errors[0].startswith("healthlint: error: house/HOUSE101-blue-moon.yaml:5: unknown key 'sinse'")


def test_annotate(cli: Cli) -> None:
    ran = cli("annotate", "page.md")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("page.md: article")
    assert "1:3 heading: Moon" in lines
    assert "    finding   HOUSE101 blue-moon: reads as moonlight: blue moon" in lines
    assert "    silent    HOUSE101 blue-moon “blue moon”: negated" in lines
    assert any(line.startswith("    cue       negation “") for line in lines)


def test_annotate_for_programs(cli: Cli) -> None:
    text = "Sleep. This tea does not treat acne.\n"
    ran = cli("annotate", "-", "--format", "json", stdin=text)
    objects = [json.loads(line) for line in ran.out.splitlines()]
    assert list(objects[1])[:11] == [
        "path", "line", "column", "end_line", "end_column", "block", "text", "mentions", "cues", "claims", "evidence",
    ]  # fmt: skip
    sentence = objects[1]
    assert (sentence["path"], sentence["line"], sentence["column"]) == ("-", 1, 8)
    (cue,) = [cue for cue in sentence["cues"] if cue["kind"] == "negation"]
    assert list(cue) == ["kind", "strength", "start", "end", "scope"]
    words = sentence["text"][cue["scope"][0] : cue["scope"][1]]
    assert "treat acne" in words
    (acne,) = [m for m in sentence["mentions"] if m["lexicon"] == "condition"]
    assert sentence["text"][acne["start"] : acne["end"]] == "acne"


def test_annotate_records(cli: Cli, put: Put) -> None:
    put("data.jsonl", '{"text": "A red moon."}\nnonsense\n')
    ran = cli("annotate", "--format", "json", "--records", "text", "data.jsonl")
    assert ran.status == 2
    assert json.loads(ran.out)["path"] == "data.jsonl:1"
    assert ran.errors[0].startswith("healthlint: error: data.jsonl:2: ")


def test_init_writes_a_configuration_that_holds(cli: Cli, tmp_path: Path) -> None:
    """As it is, and with every line that shows a key in force."""
    (tmp_path / "new/house-rules").mkdir(parents=True)
    assert cli("init", "new") == (0, "", "wrote new/.healthlint.yaml\n")
    path = tmp_path / "new/.healthlint.yaml"
    assert cli("check", "page.md", "--config", "new/.healthlint.yaml").status in (0, 1)
    path.write_text(re.sub(r"(?m)^# (?=[a-z-]+:|  )", "", path.read_text()))
    config = load_config(path)
    assert config.per_file and config.baseline and config.approvals
    config.approvals.write_text("schema: 1\napprovals: []\n")
    assert cli("baseline", "write", "page.md", "--config", "new/.healthlint.yaml").status == 0
    assert cli("check", "page.md", "--config", "new/.healthlint.yaml") == (0, "no findings in 1 file\n", "")


def test_init_overwrites_when_told(cli: Cli, tmp_path: Path) -> None:
    assert cli("init", "--force").status == 0
    assert "fail-on: warning" in (tmp_path / ".healthlint.yaml").read_text()
