"""healthlint as users get it: a wheel in an environment of its own. And what a check does not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
BAD = "Studies show that this tea cures asthma with no side effects. Call us today to order yours!\n"
GOOD = "Rain fell on the town, and the shops were shut until noon.\n"
HARD = (
    "Pharmacokinetic heterogeneity necessitates individualised administration of antihypertensive pharmacotherapy. "
    "Interdisciplinary collaboration facilitates comprehensive cardiovascular rehabilitation notwithstanding "
    "considerable socioeconomic heterogeneity. Epidemiological investigations substantiate generalisability. "
)

# Modules that checking one file of plain text has no use for. Each costs more time than the check itself.
NEEDLESS = (
    "yaml", "textstat", "markdown_it", "multiprocessing", "jsonschema", "importlib.metadata", "asyncio", "logging",
    "html.parser", "subprocess", "difflib", "email", "tempfile", "healthlint.documents.html",
    "healthlint.documents.markdown", "healthlint.rules.compile", "healthlint.rules.loader", "healthlint.reports.sarif",
)  # fmt: skip
PROBE = """
import sys
from healthlint.cli.main import main
status = main(sys.argv[1:])
print("PROBE", status, *sorted(sys.modules), file=sys.stderr)
"""


def modules_of(folder: Path, *args: str) -> tuple[int, set[str]]:
    """The status of a run, and the modules that it loaded."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(PROJECT / "src")}
    command = [sys.executable, "-c", PROBE, *args]
    for _ in range(2):  # the first run may compile the rules; the second finds them compiled
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    _, status, *modules = next(line for line in done.stderr.splitlines() if line.startswith("PROBE ")).split()
    return int(status), set(modules)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "page.txt").write_text(BAD)
    return tmp_path


@pytest.mark.parametrize("format", ["text", "concise", "json"])
def test_a_check_loads_only_what_it_needs(folder: Path, format: str) -> None:
    status, modules = modules_of(folder, "check", "page.txt", "--format", format)
    assert status == 1
    assert not modules & set(NEEDLESS)


def test_a_page_of_html_needs_no_markdown(folder: Path) -> None:
    (folder / "page.html").write_text(f"<p>{BAD}</p>")
    status, modules = modules_of(folder, "check", "page.html")
    assert status == 1
    assert not modules & {"yaml", "textstat", "markdown_it", "multiprocessing", "asyncio", "logging"}


# The wheel


class Installed:
    """healthlint in an environment of its own, run from another folder with nothing in the home folder."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.python = python
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        nowhere = "http://127.0.0.1:9"
        environment = {
            "PATH": os.defpath, "HOME": str(self.home), "LANG": "C.UTF-8",
            "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere, "http_proxy": nowhere, "https_proxy": nowhere,
        }  # fmt: skip
        command = [str(self.python.with_name("healthlint")), *args]
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done


def pip(python: Path | str, *args: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *args]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(PROJECT))
    (file,) = folder.glob("healthlint-*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip(python, "install", "--quiet", str(wheel))
    away = folder / "away"
    away.mkdir()
    for name, text in {"bad.txt": BAD, "good.txt": GOOD, "bad.md": f"# Tea\n\n{BAD}", "hard.txt": HARD * 8}.items():
        (away / name).write_text(text)
    return Installed(python, away)


@pytest.mark.slow
def test_the_wheel_holds_the_rules(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = file.namelist()
        pack = json.loads(file.read("healthlint/data/pack.json"))
    assert "healthlint/data/details.txt" in names
    assert len(pack["rules"]) > 100
    assert any(name.startswith("healthlint/data/rules/overclaim/HL101") for name in names)
    assert not any("test" in name.split("/")[0] for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_exit_statuses(installed: Installed) -> None:
    bad = installed.run("check", "bad.txt")
    assert bad.returncode == 1
    assert "HL301" in bad.stdout
    good = installed.run("check", "good.txt")
    assert (good.returncode, good.stderr.count("error:")) == (0, 0)
    assert installed.run("check", "bad.txt", "--fail-on", "never").returncode == 0
    missing = installed.run("check", "missing.txt")
    assert missing.returncode == 2
    assert "missing.txt" in missing.stderr
    assert installed.run("check", "bad.md").returncode == 1


@pytest.mark.slow
def test_the_shipped_pack_is_used(installed: Installed) -> None:
    """No rule is compiled and nothing is kept: the home folder stays empty."""
    report = json.loads(installed.run("check", "bad.txt", "--format", "json").stdout)
    shipped = next(installed.python.parents[1].rglob("healthlint/data/pack.json"))
    assert report["tool"]["rules_version"] == json.loads(shipped.read_text(encoding="utf-8"))["version"]
    assert list(installed.home.iterdir()) == []


@pytest.mark.slow
def test_the_rules_pass_their_own_examples(installed: Installed) -> None:
    done = installed.run("rules", "test")
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.slow
def test_reasons_can_be_read(installed: Installed) -> None:
    done = installed.run("explain", "HL101")
    assert done.returncode == 0
    assert "unapproved-use" in done.stdout


@pytest.mark.slow
def test_readability_needs_no_network_and_no_home(installed: Installed) -> None:
    done = installed.run("check", "hard.txt", "--profile", "edu", "--select", "readability", "--format", "json")
    report = json.loads(done.stdout)
    assert "HL901" in {finding["rule"] for finding in report["findings"]}
    assert list(installed.home.iterdir()) == []


@pytest.mark.slow
def test_rules_of_the_house(installed: Installed) -> None:
    """Rules of one's own go on top of the shipped ones, with no checkout in sight."""
    house = installed.folder / "house"
    house.mkdir()
    (house / "HOUSE101-blue-moon.yaml").write_text(
        "schema: 1\nid: HOUSE101\nname: blue-moon\nstatus: stable\nsince: '0.1'\ncategory: promotion\nseverity: error\n"
        "confidence: high\nprofiles: [base]\nsummary: a page speaks of the blue moon\n"
        "message: 'reads as moonlight: {match}'\nhelp: leave the moon out\nwhy: The house style has no moon.\n"
        "check: {kind: phrase, patterns: [blue moon]}\n"
        "examples:\n  bad: [Blue moon., A blue moon., The blue moon.]\n  good: [Sun., Red moon., Blue sun.]\n"
    )
    (installed.folder / "moon.txt").write_text("Once in a blue moon.\n")
    (installed.folder / ".healthlint.yaml").write_text("rules: [house]\n")
    try:
        done = installed.run("check", "moon.txt", "bad.txt", "--format", "concise")
    finally:
        (installed.folder / ".healthlint.yaml").unlink()
    assert done.returncode == 1
    assert "HOUSE101" in done.stdout
    assert "HL301" in done.stdout
