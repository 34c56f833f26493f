"""Settings of extended configurations, sections, front matter and the environment; and where each is set."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint.config import Configs, FileSettings, Overrides, load_config
from healthlint.documents import parse
from healthlint.documents.source import Source
from healthlint.errors import UserError
from healthlint.page_settings import with_page_settings
from healthlint.provenance import excluded_by, held_for

CURE = "Our tea cures asthma.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check(*arguments: str, **environment: str) -> tuple[int, list[str], str]:
    """Status, findings as `path:line RULE severity`, what was told besides."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "HEALTHLINT_"))}
    ran = subprocess.run(
        [sys.executable, "-m", "healthlint", "check", "--format", "json", "--select", "HL1", *arguments],
        env={**outside, **environment}, capture_output=True, text=True,
    )  # fmt: skip
    found = json.loads(ran.stdout)["findings"] if ran.stdout.startswith("{") else []
    return ran.returncode, [f"{f['path']}:{f['line']} {f['rule']} {f['severity']}" for f in found], ran.stderr


def test_own_keys_replace_or_add() -> None:
    write(
        "base.yaml",
        "profiles: [us]\nselect: [HL1]\nignore: [HL2]\npublisher: [Ours]\nseverity: {HL1: info}\nfail-on: error",
    )
    config = load_config(
        write(".healthlint.yaml", "extend: base.yaml\nprofiles: [uk]\nignore: [HL3]\nseverity: {HL1: error}\n")
    )
    settings = config.settings_for("a.md")
    assert settings.profiles == ("base", "uk")
    assert (settings.select, settings.ignore, config.fail_on) == (("HL1",), ("HL2", "HL3"), "error")
    assert settings.severity == (("HL1", "info"), ("HL1", "error"))
    assert settings.publisher == ("Ours",)
    assert config.extended == ("base.yaml",)


def test_several_and_deeper() -> None:
    write("far.yaml", "profiles: [eu]\nfail-on: info")
    write("one.yaml", "extend: far.yaml\nprofiles: [us]")
    write("two.yaml", "profiles: [au]")
    config = load_config(write(".healthlint.yaml", "extend: [one.yaml, two.yaml]"))
    assert (config.profiles, config.fail_on) == (("au",), "info")
    assert config.extended == ("far.yaml", "one.yaml", "two.yaml")


def test_patterns_count_from_the_file_that_holds_them() -> None:
    write(".healthlint.yaml", 'exclude: [/drafts/, "*.old.md"]\nper-file: {"shop/*.md": {kind: promotional}}')
    config = load_config(write("shop/.healthlint.yaml", "extend: ../.healthlint.yaml\nexclude: [/own/]"))
    assert config.excludes("drafts/a.md") and config.excludes("shop/own/a.md") and config.excludes("shop/a.old.md")
    assert not config.excludes("shop/drafts/a.md") and not config.excludes("own/a.md")
    assert config.settings_for("shop/a.md").kind == "promotional"


def test_a_pyproject_can_be_extended() -> None:
    write("pyproject.toml", '[tool.healthlint]\nprofiles = ["us"]\n')
    assert load_config(write("deep/x.yaml", "extend: ../pyproject.toml")).profiles == ("us",)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({".healthlint.yaml": "extend: none.yaml"}, ".healthlint.yaml:1: no configuration 'none.yaml' to extend"),
        ({".healthlint.yaml": "\nextend: [sub]", "sub/a": ""}, ".healthlint.yaml:2: 'sub' is a folder"),
        ({".healthlint.yaml": "extend: .healthlint.yaml"}, "extends itself: .healthlint.yaml -> .healthlint.yaml"),
        ({".healthlint.yaml": "extend: a.yaml", "a.yaml": "extend: b.yaml", "b.yaml": "extend: a.yaml"},
         "b.yaml:1: a configuration that extends itself: .healthlint.yaml -> a.yaml -> b.yaml -> a.yaml"),
        ({".healthlint.yaml": "extend: a.yaml", "a.yaml": "profile: [us]"}, "a.yaml:1: unknown key 'profile'"),
        ({".healthlint.yaml": "extend: pyproject.toml", "pyproject.toml": "[project]"}, "no [tool.healthlint]"),
        ({".healthlint.yaml": "extend: {a: b}"}, ".healthlint.yaml:1: a list of words is expected here"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended(files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        write(name, text)
    with pytest.raises(UserError) as error:
        load_config(Path(".healthlint.yaml"))
    assert message in str(error.value)


def test_a_folder_without_extend_does_not_inherit() -> None:
    write(".healthlint.yaml", "profiles: [us]\nexclude: [a.md]")
    write("sub/.healthlint.yaml", "ignore: [HL2]")
    config = Configs().of("sub")
    assert config.profiles == () and not config.excludes("sub/a.md")


def test_severity_of_a_section() -> None:
    write(".healthlint.yaml", 'severity: {HL110: info}\nper-file: {"shop/*": {severity: {HL110: warning}}}')
    write("shop/a.md", CURE)
    write("b.md", CURE)
    assert check()[1] == ["b.md:1 HL110 info", "shop/a.md:1 HL110 warning"]


@pytest.mark.parametrize(
    "front",
    [
        "---\nhealthlint: {kind: promotional, profiles: [uk]}\n---\n",
        "---\nhealthlint:\n  kind: promotional\n  profiles: uk\n---\n",
        '+++\n[healthlint]\nkind = "promotional"\nprofiles = ["uk"]\n+++\n',
    ],
)
def test_a_page_names_its_kind_and_profiles(front: str) -> None:
    document = parse(Source("a.md", front + CURE))
    general = FileSettings(profiles=("base", "us"))
    assert with_page_settings(general, document) == FileSettings(profiles=("base", "uk"), kind="promotional")
    section = FileSettings(profiles=("base", "us"), kind="leaflet", profiles_fixed=True)
    assert with_page_settings(section, document) == FileSettings(profiles=("base", "us"), kind="leaflet")


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("healthlint: {kind: promo}", "a.md:2:14: unknown kind 'promo' in the front matter"),
        (
            "healthlint:\n  profiles: [uk, ukk]",
            "a.md:3:3: unknown profile 'ukk' in the front matter (did you mean 'uk'?)",
        ),
        (
            "healthlint: {ignore: [HL101]}",
            "a.md:2:14: unknown key 'ignore' in the front matter (write <!-- healthlint: ",
        ),
        ("healthlint: {profile: uk}", "unknown key 'profile' in the front matter (did you mean 'profiles'?)"),
        ("healthlint: off", "keys are expected under 'healthlint'"),
    ],
)
def test_a_page_that_asks_for_what_there_is_not(front: str, message: str) -> None:
    write("a.md", f"---\n{front}\n---\n{CURE}")
    write("b.md", CURE)
    status, found, told = check()
    assert (status, found) == (2, ["b.md:1 HL110 error"])
    assert message in told


def test_profiles_of_a_page_are_those_it_is_checked_with() -> None:
    """`HL4` rules of one regime alone would not do: the report's rules are those that ran."""
    write(".healthlint.yaml", "profiles: [us]")
    write("a.md", "---\nhealthlint: {profiles: [uk]}\n---\nHi.\n")
    told = subprocess.run(
        [sys.executable, "-m", "healthlint", "check", "--format", "sarif", "a.md"], capture_output=True, text=True
    ).stdout
    alone = subprocess.run(
        [sys.executable, "-m", "healthlint", "check", "--format", "sarif", "--profile", "uk", "a.md"],
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert [r["id"] for r in json.loads(told)["runs"][0]["tool"]["driver"]["rules"]] == [
        r["id"] for r in json.loads(alone)["runs"][0]["tool"]["driver"]["rules"]
    ]


def test_the_environment_stands_in_for_options() -> None:
    write("a.md", CURE)
    write("strict.yaml", "severity: {HL110: info}")
    assert check("a.md", HEALTHLINT_FAIL_ON="never")[0] == 0
    assert check("a.md", "--fail-on", "error", HEALTHLINT_FAIL_ON="never")[0] == 1
    assert check("a.md", HEALTHLINT_CONFIG="strict.yaml")[1] == ["a.md:1 HL110 info"]
    assert check("a.md", HEALTHLINT_FAIL_ON="")[0] == 1
    status, _, told = check("a.md", HEALTHLINT_CONFIG="none.yaml")
    assert status == 2 and "HEALTHLINT_CONFIG: no such configuration file 'none.yaml'" in told
    status, _, told = check("a.md", HEALTHLINT_PROFILE="us,ukk")
    assert status == 2 and "HEALTHLINT_PROFILE: unknown profile 'ukk'" in told


def test_what_git_ignores_is_passed_over_unless_named() -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    for name in ("a.md", "built/b.md", "deep/c.md", "deep/kept.md", "info.md", "n\u00e9 w.md", "tracked.md"):
        write(name, CURE)
    write(".gitignore", "built/\n*.tmp\nn\u00e9*\ntracked.md\n")
    write("deep/.gitignore", "*.md\n!kept.md\n")
    write(".git/info/exclude", "info.md\n")
    subprocess.run(["git", "add", "-f", "tracked.md"], check=True)
    names = [found.split(":")[0] for found in check()[1]]
    assert names == ["a.md", "deep/kept.md", "tracked.md"]
    assert check("built/b.md")[1] == ["built/b.md:1 HL110 error"]
    assert "built: nothing to check in this folder (git ignores built/b.md by .gitignore:1; " in check("built")[2]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_opened() -> None:
    os.mkfifo("p.md")
    write("a.md", CURE)
    assert check()[:2] == (1, ["a.md:1 HL110 error"])
    status, _, told = check("p.md")
    assert status == 2 and "not a file but a pipe" in told


def test_where_each_setting_is_set() -> None:
    write("base.yaml", "profiles: [us]\nignore: [HL203]\nexclude: [old/]\n")
    write(".healthlint.yaml", 'extend: base.yaml\nper-file:\n  "shop/*.md": {ignore: [HL301], severity: {HL1: info}}\n')
    config = Configs().of(".")
    page = parse(Source("shop/a.md", "---\nhealthlint: {kind: journal, profiles: [uk]}\n---\nHi.\n"))
    held = {one.key: (one.values, one.where) for one in held_for(Path("shop/a.md"), config, page)}
    section = ".healthlint.yaml:3 (shop/*.md)"
    assert held["profiles"] == (("base", "uk"), ("shop/a.md:2",))
    assert held["kind"] == (("journal",), ("shop/a.md:2",))
    assert held["ignore"] == (("HL203", "HL301"), ("base.yaml:2", section))
    assert held["severity"] == (("HL1: info",), (section,))
    assert held["fail-on"] == (("warning",), ("default",))
    assert excluded_by(Path("old/a.md"), config) == "base.yaml:3"
    over = Configs(Overrides(profiles=("au",))).of(".")
    assert held_for(Path("shop/a.md"), over, page)[0].where == ("command line",)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("a.md", "yes, as markdown"),
        ("none.md", "no, there is no such file"),
        ("old/a.md", "no, excluded at .healthlint.yaml:1"),
        ("a.ipynb", "no, .ipynb files are not read: run"),
        ("a.docx", "yes, as docx, if it is named"),
        ("ignored.md", "yes, as markdown, if it is named: git ignores it by .gitignore:1"),
    ],
)
def test_config_show_tells_whether_a_file_is_checked(name: str, answer: str) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    write(".healthlint.yaml", "exclude: [old/]")
    write(".gitignore", "ignored.md")
    for file in ("a.md", "old/a.md", "a.ipynb", "a.docx", "ignored.md"):
        write(file, CURE)
    ran = subprocess.run([sys.executable, "-m", "healthlint", "config", "show", name], capture_output=True, text=True)
    assert ran.returncode == 0 and answer in ran.stdout.splitlines()[1]
    report = subprocess.run(
        [sys.executable, "-m", "healthlint", "config", "show", name, "--format", "json"], capture_output=True, text=True
    )
    assert json.loads(report.stdout)["checked"] == answer.startswith("yes")


def test_config_show_of_a_broken_configuration() -> None:
    write(".healthlint.yaml", "select: [HL999]")
    ran = subprocess.run([sys.executable, "-m", "healthlint", "config", "show", "a.md"], capture_output=True, text=True)
    assert ran.returncode == 2 and "unknown rule 'HL999'" in ran.stderr
