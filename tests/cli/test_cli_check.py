"""`healthlint check` end to end: what it prints where, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_support import HOUSE_RULE, SOURCE, Cli, Put

from healthlint.cli.check import FORMATS

PAGE = "Once in a blue moon.\n"
CLEAN = "The moon is red.\n"
FOUND = "1:11: error HOUSE101 reads as moonlight: blue moon [blue-moon]\n"


@pytest.fixture(autouse=True)
def pages(put: Put, house: Path) -> None:
    put("page.md", PAGE)
    put("clean.md", CLEAN)


def test_findings(cli: Cli) -> None:
    ran = cli("check")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == (
        "page.md\n"
        "  1:11  error  HOUSE101 blue-moon\n"
        "    reads as moonlight: blue moon\n"
        "    1 | Once in a blue moon.\n"
        "      |           ^^^^^^^^^\n"
        "    = help: leave the moon out\n"
        "\n"
        "1 error, 0 warnings, 0 info in 2 files\n"
    )


def test_no_findings(cli: Cli) -> None:
    assert cli("check", "clean.md") == (0, "no findings in 1 file\n", "")
    assert cli("check", "clean.md", "--quiet") == (0, "", "")


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(cli: Cli, level: str, status: int) -> None:
    assert cli("check", "--fail-on", level).status == status


def test_fail_on_is_taken_from_the_configuration_of_each_file(cli: Cli, put: Put) -> None:
    put("soft/.healthlint.yaml", "rules: [../house]\nselect: [HOUSE101]\nseverity: {blue-moon: info}\n")
    put("soft/page.md", PAGE)
    assert cli("check", "soft").status == 0
    assert cli("check", "soft", "--fail-on", "info").status == 1
    assert cli("check", "soft", "page.md").status == 1


def test_standard_input(cli: Cli) -> None:
    ran = cli("check", "-", "--format", "concise", stdin=PAGE)
    assert (ran.status, ran.out) == (1, f"-:{FOUND}")


def test_standard_input_under_a_name(cli: Cli, put: Put, shared_house: Path) -> None:
    put(".healthlint.yaml", f"rules: ['{shared_house.as_posix()}']\nselect: [HOUSE101]\nexclude: [drafts/]\n")
    page = "<p>A blue <b>moon</b>.</p>"
    ran = cli("check", "-", "--stdin-filename", "blog/a.html", "--format", "concise", stdin=page)
    assert ran.out.startswith("blog/a.html:1:6: error HOUSE101")
    assert cli("check", "-", "--stdin-filename", "drafts/a.html", "--quiet", stdin=page) == (0, "", "")
    assert cli("check", "-", "--stdin-filename", "a.pdf", stdin=page).status == 2
    assert cli("check", "-", stdin=b"\xff\xfe\x00").status == 2


def test_json_is_all_there_is_on_standard_output(cli: Cli) -> None:
    ran = cli("check", "--format", "json", "--statistics", "--verbose", "page.md", "none.md", LC_ALL="C")
    report = json.loads(ran.out)
    assert ran.status == 2
    assert [finding["rule"] for finding in report["findings"]] == ["HOUSE101"]
    assert [(file["path"], file["error"]) for file in report["files"]] == [
        ("page.md", None),
        ("none.md", "none.md: no such file or folder (check the path)"),
    ]
    assert any(line.split() == ["1", "HOUSE101", "blue-moon"] for line in ran.errors)


def test_sarif_describes_the_rules(cli: Cli) -> None:
    (run,) = json.loads(cli("check", "--format", "sarif").out)["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["HOUSE101"]
    assert run["tool"]["driver"]["rules"][0]["fullDescription"]["text"] == "The house style has no moon."
    assert run["results"][0]["ruleIndex"] == 0
    assert run["invocations"][0]["executionSuccessful"] is True


def test_github(cli: Cli) -> None:
    assert cli("check", "--format", "github").out.startswith(
        "::error file=page.md,line=1,endLine=1,col=11,endColumn=19"
    )


def test_output_goes_to_a_file(cli: Cli, tmp_path: Path) -> None:
    ran = cli("check", "--format", "concise", "--output", "report.log")
    assert (ran.status, ran.out, ran.err) == (1, "", "1 error, 0 warnings, 0 info in 2 files\n")
    assert (tmp_path / "report.log").read_text() == f"page.md:{FOUND}"


def test_options_and_paths_in_any_order(cli: Cli) -> None:
    ran = cli("check", "clean.md", "--format", "concise", "page.md", "--quiet")
    assert ran == (1, f"page.md:{FOUND}", "")


@pytest.mark.parametrize("words", ["HOUSE101", "house101", "HOUSE1", "HOUSE", "blue-moon", "promotion"])
def test_ignore(cli: Cli, put: Put, shared_house: Path, words: str) -> None:
    put(".healthlint.yaml", f"rules: ['{shared_house.as_posix()}']\n")
    assert "HOUSE101" in cli("check").out
    assert "HOUSE101" not in cli("check", "--ignore", words).out


def test_select_goes_before_the_configuration(cli: Cli) -> None:
    assert cli("check", "--select", "HL501").status == 0
    assert cli("check", "--select", "HL501,blue-moon").status == 1


def test_profiles_add_up(cli: Cli, put: Put) -> None:
    put(".healthlint.yaml", "rules: [house]\nselect: [HOUSE101]\n")
    put("house/HOUSE101-blue-moon.yaml", HOUSE_RULE.replace("[base]", "[uk]"))
    assert cli("check").status == 0
    assert cli("check", "--profile", "us", "--profile", "uk").status == 1


def test_exceptions(cli: Cli, put: Put) -> None:
    put("page.md", f"<!-- healthlint: ignore[blue-moon] -- a tale -->\n{PAGE}\n<!-- healthlint: ignore[HOUSE101] -->\n")
    ran = cli("check", "page.md")
    assert (ran.status, ran.out, ran.err) == (0, "no findings in 1 file (1 suppressed)\n", "")
    found = json.loads(cli("check", "page.md", "--format", "json").out)["findings"]
    assert [finding["status"] for finding in found] == ["suppressed"]
    assert found[0]["exception"] == {"reason": "a tale"}


def test_exceptions_are_found_where_their_rules_run(cli: Cli, put: Put) -> None:
    put(
        "page.md", f"<!-- healthlint: ignore[blue-moon] -- a tale -->\n{CLEAN}\n<!-- healthlint: ignore[HOUSE101] -->\n"
    )
    ran = cli("check", "page.md", "--select", "HOUSE101,HL0", "--format", "concise")
    assert ran.status == 1
    assert [line.split(": ")[0:2] for line in ran.out.splitlines()] == [
        ["page.md:1:25", "warning HL001 reads as an exception that is not needed"],
        ["page.md:4:1", "warning HL005 reads as an exception without a reason"],
    ]
    assert cli("check", "page.md", "--select", "HL0").out.count("HL0") == 1  # the rule of the house did not run
    assert cli("check", "page.md", "--select", "HOUSE101,HL0", "--ignore", "HL001,HL005").status == 0
    assert cli("explain", "HL003").out.startswith("HL003 expired-exception")


def test_excluded_files_that_hooks_name(cli: Cli, put: Put) -> None:
    put(".healthlint.yaml", "exclude: ['*.md']\n")
    assert cli("check", "page.md", "clean.md") == (0, "no findings in 0 files\n", "")


def test_records(cli: Cli, put: Put) -> None:
    put("data.jsonl", '{"body": "A red moon."}\n{"body": "A blue moon."}\n')
    ran = cli("check", "data.jsonl", "--records", "body", "--format", "concise")
    assert (ran.status, ran.out[:16]) == (1, "data.jsonl:2:1:3")


def test_colour(cli: Cli) -> None:
    assert "\x1b[" not in cli("check").out
    assert "\x1b[" in cli("check", FORCE_COLOR="1").out
    assert "\x1b[" not in cli("check", FORCE_COLOR="1", NO_COLOR="1").out
    assert "\x1b[1;31merror" in cli("check", "--color", "always").out


def test_verbose_tells_kinds_and_time(cli: Cli) -> None:
    lines = cli("check", "--verbose", "page.md").errors
    assert lines[0].startswith("page.md: article")
    assert lines[-1].startswith("1 rules, version ")


def test_statistics(cli: Cli) -> None:
    assert "\n1  HOUSE101  blue-moon\n" in cli("check", "--statistics").out


def test_processes_report_the_same_in_the_same_order(cli: Cli, put: Put) -> None:
    for number in range(12):
        put(f"many/{number:02}.md", PAGE if number % 3 else CLEAN)
    put("many/bad.txt", b"\x00\x01\x02\xff")
    one, two = (cli("check", "many", "--format", "json", "--jobs", jobs) for jobs in "12")
    assert one == two
    assert one.status == 2
    assert len(json.loads(one.out)["findings"]) == 8


def test_one_file_imports_nothing_it_does_not_need(tmp_path: Path, cache: str, cli: Cli, put: Put) -> None:
    """Start-up time is what a hook and an editor feel."""
    put(".healthlint.yaml", "")
    (tmp_path / ".healthlint.yaml").unlink()
    put("one.txt", CLEAN)
    cli("check", "one.txt")  # the pack is compiled and kept
    script = "import sys; from healthlint.cli.main import main; main(['check', 'one.txt']); print(*sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "XDG_CACHE_HOME": cache}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    unwanted = {
        "yaml", "tomllib", "multiprocessing", "concurrent.futures", "subprocess", "hashlib", "datetime", "difflib",
        "shutil", "tempfile", "traceback", "logging", "textstat", "markdown_it", "html.parser", "asyncio", "socket",
        "healthlint.reports.json", "healthlint.reports.sarif", "healthlint.settling", "healthlint.config_file",
        "healthlint.rules.loader", "healthlint.documents.html", "healthlint.documents.markdown",
        "healthlint.cli.medicines", "healthlint.medicines.loader", "healthlint.medicines.trial",
    }  # fmt: skip
    assert not loaded & unwanted


def test_a_closed_pipe_is_no_fault(tmp_path: Path, cache: str, cli: Cli) -> None:
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "XDG_CACHE_HOME": cache}
    command = [sys.executable, "-m", "healthlint", "rules"]
    done = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.stdout is not None
    assert done.stderr is not None
    done.stdout.close()
    assert done.stderr.read() == b""
    done.stderr.close()
    assert done.wait() == 141


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
@pytest.mark.parametrize("format", FORMATS)
def test_a_name_that_is_not_unicode(cli: Cli, put: Put, tmp_path: Path, format: str) -> None:
    os.rename(put("odd.md", "A blue moon.\n"), os.path.join(os.fsencode(tmp_path), b"odd\xff.md"))
    ran = cli("check", "--format", format, "--select", "HOUSE101")
    assert ran.status == 1, ran.err
    assert {"json": "odd\\udcff.md", "sarif": "odd%FF.md"}.get(format, "odd\\udcff.md") in ran.out
    assert cli("check", "--format", format, "--output", "report").status == 1
