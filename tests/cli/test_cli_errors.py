"""Every mistake a user can make: one line, the place, the way out, exit status 2, and the other files still checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_support import HOUSE_RULE, Cli, Put, Ran

PAGE = "Once in a blue moon.\n"
FOUND = "page.md:1:11: error HOUSE101 reads as moonlight: blue moon [blue-moon]\n"


def assert_told(ran: Ran, place: str, what: str, way_out: str) -> None:
    assert ran.status == 2, ran
    pattern = rf"healthlint: error: {re.escape(place)}: .*{re.escape(what)}.* \(.*{re.escape(way_out)}.*\)"
    matching = [line for line in ran.errors if re.fullmatch(pattern, line)]
    assert len(matching) == 1, ran.err


@pytest.fixture
def check(cli: Cli, put: Put, house: Path) -> Callable[..., Ran]:
    """Check the named paths after a page with one finding, which must be reported whatever happens to the others."""
    put("page.md", PAGE)

    def run(*args: str) -> Ran:
        ran = cli("check", "--format", "concise", "page.md", *args)
        assert ran.out == FOUND, ran
        return ran

    return run


def test_a_missing_path(check: Callable[..., Ran]) -> None:
    assert_told(check("none.md"), "none.md", "no such file or folder", "check the path")


def test_a_folder_with_nothing_to_check(check: Callable[..., Ran], put: Put) -> None:
    put("pictures/a.png", b"")
    assert_told(check("pictures"), "pictures", "nothing to check", "searched for are")


def test_an_unknown_kind_of_file(check: Callable[..., Ran], put: Put) -> None:
    put("a.weird", b"PK\x03\x04")
    assert_told(check("a.weird"), "a.weird", "unknown kind of file '.weird'", "known are")


def test_a_binary_file(check: Callable[..., Ran], put: Put) -> None:
    put("a.txt", b"\x00\x01\x02\xff" * 100)
    assert_told(check("a.txt"), "a.txt", "binary", "")


def test_another_encoding(check: Callable[..., Ran], put: Put) -> None:
    put("a.txt", b"Tr\xe8s bien.\n")
    assert_told(check("a.txt"), "a.txt:1", "not UTF-8", "save it as UTF-8")


def test_records_without_a_field(check: Callable[..., Ran], put: Put) -> None:
    put("a.jsonl", '{"text": "A blue moon."}\n')
    assert_told(check("a.jsonl"), "a.jsonl", "which field", "--records FIELD")


def test_bad_records(check: Callable[..., Ran], put: Put) -> None:
    put("a.jsonl", '{"text": "A red moon."}\nnonsense\n{"txt": "A blue moon."}\n')
    ran = check("--records", "text", "a.jsonl")
    assert ran.status == 2
    assert [line.split(": ")[2] for line in ran.errors if ": error: " in line] == ["a.jsonl:2", "a.jsonl:3"]


def test_a_broken_configuration_beside_other_files(check: Callable[..., Ran], put: Put) -> None:
    put("other/.healthlint.yaml", "profiles: [us]\nexclud: [x]\n")
    put("other/a.md", PAGE)
    assert_told(check("other"), "other/.healthlint.yaml:2", "unknown key 'exclud'", "did you mean 'exclude'?")


def test_a_configuration_with_an_unknown_rule(check: Callable[..., Ran], put: Put) -> None:
    put("other/.healthlint.yaml", "select:\n- blue-mon\nrules: [../house]\n")
    put("other/a.md", PAGE)
    assert_told(check("other"), "other/.healthlint.yaml:2", "unknown rule 'blue-mon'", "did you mean 'blue-moon'?")


@pytest.mark.parametrize(
    ("change", "place", "what", "way_out"),
    [
        (("schema: 1", "schema: [1"), ":2:3", "YAML", ""),
        (("since:", "sinse:"), ":5", "unknown key 'sinse'", "did you mean 'since'?"),
        (("[negated]", "[negatd]"), ":16", "negatd", "did you mean 'negated'?"),
        (('["blue moon"]', '["blue (moon"]'), ":15", "pattern 'blue (moon'", ""),
        (('["blue moon"]', '[{regex: "blue ["}]'), ":15", "regular expression cannot be read", ""),
        (('["blue moon"]', '["blue {moons}"]'), ":15", "moons", ""),
        (("HOUSE101", "HL301"), "", "HL301 is taken by", "a code and a name of its own"),
        (("category: promotion", "category: promotoin"), ":6", "promotoin", "did you mean 'promotion'?"),
    ],
    ids=["yaml", "key", "guard", "pattern", "regex", "lexicon", "duplicate", "category"],
)
def test_a_broken_rule_file(cli: Cli, put: Put, change: tuple[str, str], place: str, what: str, way_out: str) -> None:
    """The built-in rules still report; what the broken folder would have said is not known."""
    name = "house/HOUSE101-blue-moon.yaml" if change[1] != "HL301" else "house/HL301-blue-moon.yaml"
    put(name, HOUSE_RULE.replace(*change))
    put(".healthlint.yaml", "rules: [house]\n")
    put("page.md", "Call us today to book your consultation. This miracle cure has no side effects at all.\n")
    ran = cli("check", "--format", "concise")
    assert ran.status == 2
    assert "page.md:1:" in ran.out, ran
    told = [line for line in ran.errors if line.startswith("healthlint: error: ")]
    at = f"healthlint: error: {name}{place}: "
    assert any(line.startswith(at) and what in line and way_out in line for line in told), ran.err


def test_the_same_code_twice(cli: Cli, put: Put, house: Path) -> None:
    put(".healthlint.yaml", "rules: [house]\nselect: [HOUSE101]\n")
    put("house/HOUSE101-red-moon.yaml", HOUSE_RULE.replace("blue-moon", "red-moon"))
    put("page.md", PAGE)
    ran = cli("check", "page.md")
    assert ran.status == 2
    assert any("house/HOUSE101-red-moon.yaml" in line and "is taken by" in line for line in ran.errors), ran.err


def test_a_regex_that_does_not_end(cli: Cli, put: Put) -> None:
    put(
        "house/HOUSE101-blue-moon.yaml",
        HOUSE_RULE.replace('["blue moon"]', '[{regex: "(x|xx|xxx|x+)+y"}, "blue moon"]'),
    )
    put(".healthlint.yaml", "rules: [house]\nselect: [HOUSE101]\n")
    put("slow.md", f"It is {'x' * 60} in May.\n")
    put("page.md", PAGE)
    ran = cli("check", "--format", "concise", "page.md", "slow.md")
    assert ran.status == 2, ran
    assert ran.out == FOUND
    assert_told(ran, "house/HOUSE101-blue-moon.yaml", "(x|xx|xxx|x+)+y", "without a repetition inside a repetition")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("chek",), "unknown command 'chek' (did you mean 'check'?)"),
        (("page.md",), "unknown command 'page.md' (did you mean 'healthlint check page.md'?)"),
        (("check", "--formt", "json"), "unknown option '--formt' (did you mean '--format'?)"),
        (("check", "--format", "jsn"), "--format: unknown format 'jsn' (did you mean 'json'?)"),
        (("check", "--format"), "--format: expected one argument (see healthlint check --help)"),
        (("check", "--profile", "us,ukk"), "--profile: unknown profile 'ukk' (did you mean 'uk'?)"),
        (("check", "--select", "HL99X"), "--select: unknown rule 'HL99X' ("),
        (("check", "--ignore", "promotoin"), "--ignore: unknown rule 'promotoin' (did you mean 'promotion'?)"),
        (("check", "--select", ","), "--select: an empty list ("),
        (("check", "--fail-on", "warn"), "--fail-on: unknown level 'warn' (did you mean 'warning'?)"),
        (("check", "--jobs", "0"), "--jobs: not a whole number from 1: '0' ("),
        (("check", "--color", "blue"), "--color: unknown choice 'blue' ("),
        (("check", "--config", "none.yaml"), "none.yaml: no such configuration file (check the path)"),
        (("check", "--stdin-filename", "a.md"), "--stdin-filename: standard input is not among the paths (add - "),
        (("check", "--output", "no/such/folder.txt", "page.md"), "no/such/folder.txt: cannot be written: "),
        (("explain",), "which rule to explain is not told ("),
        (("explain", "blue-mon"), "unknown rule 'blue-mon' (did you mean 'blue-moon'?)"),
        (("rules", "tset"), "test: unknown action 'tset' (did you mean 'test'?)"),
        (("rules", "--category", "safty"), "--category: unknown category 'safty' (did you mean 'safety'?)"),
        (("rules", "test", "nowhere"), "nowhere: no such folder of rules ("),
        (("annotate",), "which files to annotate is not told ("),
        (("annotate", "none.md"), "none.md: no such file or folder (check the path)"),
        (("init",), ".healthlint.yaml: there is one already (edit it, or overwrite it with --force)"),
        (("init", "nowhere"), "nowhere: no such folder (create it first)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_command_line(cli: Cli, put: Put, house: Path, args: tuple[str, ...], message: str) -> None:
    put("page.md", PAGE)
    ran = cli(*args)
    assert ran.status == 2
    assert ran.out == "" or "--output" in args
    assert ran.errors[0].startswith(f"healthlint: error: {message}"), ran.err
    assert len(ran.errors) == 1, ran.err


def test_a_broken_configuration_named_on_the_command_line(cli: Cli, put: Put) -> None:
    put("mine.yaml", "profile: [us]\n")
    put("page.md", PAGE)
    ran = cli("check", "--config", "mine.yaml")
    assert_told(ran, "mine.yaml:1", "unknown key 'profile'", "did you mean 'profiles'?")


def test_an_error_cannot_command_the_terminal(cli: Cli) -> None:
    ran = cli("check", "a\x1b[2J\nb.md")
    assert ran.status == 2
    assert "\x1b" not in ran.err
    assert len(ran.errors) == 1
