"""The documentation holds: generated pages are current, links lead somewhere, every snippet loads and works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from healthlint.cli.main import main
from healthlint.config import load_config
from healthlint.rule_examples import test_rules as failures_of
from healthlint.rules.loader import rule_files
from healthlint.rules.model import kind_of
from healthlint.rules.pack import Pack, load_pack
from healthlint.rules.vocabulary import BUILTIN_PLACES, GUARDS, MESSAGE_FIELDS, RELATIONS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
_FENCED = re.compile(r"^(`{3,})([^\n]*)\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def snippets(page: Path, info: str) -> list[str]:
    """The texts of the fenced blocks with exactly this info string."""
    return [match[3] for match in _FENCED.finditer(page.read_text(encoding="utf-8")) if match[2].strip() == info]


def prose(page: Path) -> str:
    return _CODE.sub("", _FENCED.sub("", page.read_text(encoding="utf-8")))


def anchors(page: Path) -> set[str]:
    """The anchors that hosts of Markdown make of a page's headings."""
    headings = re.findall(r"^#+ +(.+)$", _FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def relative_links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in _LINK.findall(prose(page)):
            if not re.match(r"[a-z]+:", target):
                yield page, target


def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(DOCS / "generate.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pack]:
    """The built-in rules with every rule, word list, medicine and condition of the documentation on top."""
    folder = tmp_path_factory.mktemp("house-rules")
    for below in ("lexicons", "medicines", "conditions"):
        (folder / below).mkdir()
    for text in snippets(DOCS / "rules.md", "yaml rule"):
        code, name = (re.search(rf"^{key}: (\S+)$", text, re.MULTILINE) for key in ("id", "name"))
        assert code and name
        (folder / f"{code[1]}-{name[1]}.yaml").write_text(text, encoding="utf-8")
    for text in snippets(DOCS / "rules.md", "yaml lexicon"):
        name = re.search(r"^name: (\S+)$", text, re.MULTILINE)
        assert name
        (folder / "lexicons" / f"{name[1]}.yaml").write_text(text, encoding="utf-8")
    for text in snippets(DOCS / "medicines.md", "yaml medicine"):
        name = re.search(r"^id: (\S+)$", text, re.MULTILINE)
        assert name
        (folder / "medicines" / f"{name[1]}.yaml").write_text(text, encoding="utf-8")
    for number, text in enumerate(snippets(DOCS / "medicines.md", "yaml condition")):
        (folder / "conditions" / f"own-{number}.yaml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / ".cache"))  # nothing of this belongs into the user's cache
        yield load_pack((folder,))


def test_generated_pages_are_current() -> None:
    run = generate("--check")
    assert run.returncode == 0, run.stdout + run.stderr


def test_generate_knows_its_option_only() -> None:
    assert generate("--chekc").returncode == 2


def test_every_rule_has_a_page() -> None:
    rules = [path.stem for path in rule_files(ROOT / "rules")]
    missing = [name for name in rules if not (DOCS / "rules" / f"{name}.md").is_file()]
    index = (DOCS / "rules" / "README.md").read_text(encoding="utf-8")
    assert rules and not missing
    assert [name for name in rules if f"]({name}.md)" not in index] == []


def test_the_picture_is_an_image() -> None:
    picture = ElementTree.parse(DOCS / "images" / "check.svg").getroot()
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    text = "".join(picture.itertext())
    assert "\x1b" not in text and "healthlint check seeds/" in text and "= help:" in text


def test_relative_links_lead_somewhere() -> None:
    broken = []
    for page, target in relative_links():
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_the_readme_commands_are_whole() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    start = "    python3 -m venv .venv && .venv/bin/pip install -q "
    assert f"\n{start}. && .venv/bin/healthlint check seeds\n" in readme
    assert f"\n{start}-e '.[dev]' && .venv/bin/pytest\n" in readme
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'healthlint = "healthlint.cli.main:main"' in project
    assert re.search(r"^dev = \[\n  \"pytest", project, re.MULTILINE)
    assert list((ROOT / "seeds").glob("*.txt"))


def test_our_own_pages_are_clean(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    pages = ["docs", "README.md", "CONTRIBUTING.md", "seeds/README.md"]
    status = main(["check", "--format", "concise", "--fail-on", "info", *pages])
    assert status == 0, capsys.readouterr().out


def test_the_seeds_are_not_excluded(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["check", "--format", "concise", "seeds"]) == 1
    assert "seeds/isotretinoin-psoriasis.txt:" in capsys.readouterr().out


def test_the_rules_on_the_page_pass_their_own_examples(house: Pack) -> None:
    own = [rule for rule in house.rules if rule.id.startswith("HOUSE")]
    assert {kind_of(rule.check) for rule in own} == set(MESSAGE_FIELDS)  # one of each kind
    assert failures_of(house, own) == ()


def test_the_words_of_the_language_are_all_told(house: Pack) -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    built_in = {lexicon.name for lexicon in house.lexicons} - {"brand-programme"}
    told = set(re.findall(r"`\{([a-z-]+)\}`", page))
    assert (built_in | set(BUILTIN_PLACES)) - told == set()
    assert [guard for guard in GUARDS if guard not in page] == []
    assert [relation for relation in RELATIONS if relation not in page] == []
    fields = {field for names in MESSAGE_FIELDS.values() for field in names}
    assert {field for field in fields if f"`{{{field}}}`" not in page} == set()


def test_patterns_in_the_table_are_patterns() -> None:
    from healthlint.language.patterns import parse_pattern

    table = (DOCS / "rules.md").read_text(encoding="utf-8").split("## The pattern language")[1].split("### Places")[0]
    rows = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(rows) > 6
    for row in rows:
        pattern = row.replace("\\|", "|")
        parse_pattern(pattern if pattern not in ("...", "^") else f"one {pattern} two" if pattern == "..." else "^ one")


@pytest.mark.parametrize(
    "text", [*snippets(DOCS / "configuration.md", "yaml config"), *snippets(DOCS / "exceptions.md", "yaml config")]
)
def test_configurations_on_the_page_load(text: str, tmp_path: Path) -> None:
    (tmp_path / "house-rules").mkdir()
    path = tmp_path / ".healthlint.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_config(path).name


def test_exceptions_on_the_editors_page_hold() -> None:
    from healthlint.documents import parse
    from healthlint.documents.source import Source
    from healthlint.settling.directives import read_directives

    codes = {name.lower(): rule.id for rule in load_pack().rules for name in (rule.id, rule.name)}
    shown = "\n".join(snippets(DOCS / "editor.md", "html"))
    directives, faults = read_directives(parse(Source("page.md", shown)), codes)
    assert [directive.verb for directive in directives] == ["ignore", "disable", "enable"]
    assert faults == ()


def test_the_register_and_the_baseline_on_the_page_can_be_read(tmp_path: Path) -> None:
    from healthlint.settling.baseline_file import read_baseline
    from healthlint.settling.register_file import read_register

    (tmp_path / "approvals.yaml").write_text(snippets(DOCS / "exceptions.md", "yaml")[0], encoding="utf-8")
    (approval,) = read_register(tmp_path / "approvals.yaml", load_pack().rules).approvals
    assert approval.products == ("Calmexa", "Calmexa Night") and "HL401" in approval.rules
    (tmp_path / "baseline").write_text(snippets(DOCS / "exceptions.md", "text")[0], encoding="utf-8")
    (entry,) = read_baseline(tmp_path / "baseline")
    assert entry.words == "few to no side effects"


def test_no_page_tells_of_a_finding_that_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report that the editor's page shows is the one that the text gives."""
    (tmp_path / "articles").mkdir()
    text = (
        "# Back pain\n\nSome clinics now give a lower dose for a longer time, with few to no side effects. "
        "Talk to your doctor first.\n"
    )
    (tmp_path / "articles" / "back-pain.md").write_text(text, encoding="utf-8")
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        main(["check", "articles"])
    finally:
        os.chdir(here)
    shown = snippets(DOCS / "editor.md", "text")[0]
    assert capsys.readouterr().out.startswith(shown)
