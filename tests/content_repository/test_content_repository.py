"""A whole content repository: its outcome byte for byte, and what each of many edits changes in it, no more."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from content_pages import BASELINED, WORD_PAGE, WORD_TEXTS, put, write_pages
from word_pages import word_page

from healthlint.cli.main import main

OUTCOMES = Path(__file__).parent / "outcomes"
_MARKUP = re.compile(r"<[^>]*>|[*_]{1,2}(?=\w)|(?<=\w)[*_]{1,2}|^[ \t]*>[ \t]?|\{/\*|\*/\}", re.MULTILINE)

_TOOL = re.compile(r'"(version|rules_version|medicines_date)": "[^"]*"|"medicines_records": \d+')
"""What a report says of the tool, which changes from version to version."""

Edit = Callable[[Path], None]


class Change(NamedTuple):
    """An edit, the findings that it takes away and those that it brings: path, rule, severity, status, words."""

    name: str
    edit: Edit
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository, made once; tests work on copies."""
    top = tmp_path_factory.mktemp("content")
    write_pages(top)
    before = Path.cwd()
    os.chdir(top)
    try:
        assert main(["baseline", "write", *BASELINED]) == 0
    finally:
        os.chdir(before)
    return top


@pytest.fixture
def content(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    top = tmp_path / "content"
    shutil.copytree(made, top)
    monkeypatch.chdir(top)
    return top


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    main(["check", "--format", "json", *arguments])
    return json.loads(capsys.readouterr().out)


def lines(found: Any) -> Counter[str]:
    return Counter(" ".join((f["path"], f["rule"], f["severity"], f["status"], f["text"])) for f in found["findings"])


@pytest.mark.parametrize("name", ["json", "text", "concise"])
def test_the_outcome(content: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Written anew with HEALTHLINT_GOLDEN=write; look at the difference before you keep it."""
    capsys.readouterr()
    status = main(["check", "--format", name, "--color", "never"])
    seen = _TOOL.sub("", capsys.readouterr().out)
    kept = OUTCOMES / f"{name}.txt"
    if os.environ.get("HEALTHLINT_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(seen.encode())
    assert (status, seen) == (1, kept.read_bytes().decode())


def test_the_baseline(content: Path) -> None:
    kept = OUTCOMES / "baseline.txt"
    if os.environ.get("HEALTHLINT_GOLDEN") == "write":
        kept.write_bytes((content / ".healthlint-baseline").read_bytes())
    assert (content / ".healthlint-baseline").read_bytes() == kept.read_bytes()


def test_thirty_pages_in_five_formats(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = [path for path in content.rglob("*") if path.suffix in (".md", ".mdx", ".html", ".txt", ".docx")]
    assert len(pages) == 30 and len({path.suffix for path in pages}) == 5
    files = report(capsys)["files"]
    assert len(files) == 29 and not any(file["error"] for file in files)  # all but the draft


def replace(name: str, old: str, new: str, count: int = 1) -> Edit:
    def edit(top: Path) -> None:
        text = (top / name).read_bytes().decode()
        assert old in text
        put(top, name, text.replace(old, new, count))

    return edit


def both(*edits: Edit) -> Edit:
    def edit(top: Path) -> None:
        for one in edits:
            one(top)

    return edit


def rename(old: str, new: str) -> Edit:
    return lambda top: (top / old).rename(top / new) and None


def remove(name: str) -> Edit:
    return lambda top: (top / name).unlink()


def with_windows_line_ends(name: str) -> Edit:
    return lambda top: put(top, name, (top / name).read_bytes().decode().replace("\n", "\r\n"))


def word_texts(*texts: str) -> Edit:
    def edit(top: Path) -> None:
        (top / WORD_PAGE).write_bytes(word_page(*texts))

    return edit


GOUT, BOOST = "cures gout", "boost immunity"
APPROVED = (("articles/gut.md", "2 hours"), ("leaflets/calm.txt", "4 hours"), ("shop/calm.html", "3 hours"))
CHANGES = (
    Change("insert a heading above", replace("articles/knee.md", "Our tea", "## Tea\n\nA word first.\n\nOur tea")),
    Change("insert a sentence before", replace("articles/knee.md", "Our tea", "We love tea. Our tea")),
    Change("insert a sentence between", replace("articles/knee.md", "gout. It", "gout. That is new. It")),
    Change("reflow a paragraph", replace(
        "articles/knee.md", "Our tea cures gout. It has", "Our\ntea cures\ngout. It\nhas")),
    Change("put emphasis on a word", replace("articles/knee.md", "few to no", "few *to* **no**")),
    Change("turn the line ends", both(*(with_windows_line_ends(n) for n in BASELINED))),
    Change(
        "rename a page", rename("articles/knee.md", "articles/knees.md"),
        ("articles/knee.md HL110 error baselined cures gout",
         "articles/knee.md HL502 error baselined few to no side effects"),
        ("articles/knees.md HL110 error baselined cures gout",
         "articles/knees.md HL502 error baselined few to no side effects"),
    ),
    Change(
        "move a paragraph to another page",
        both(replace("articles/asthma.md", "Our tea cures asthma. So it was said of old.\n", ""),
             replace("articles/eyes.md", "# Eyes\n", "# Eyes\n\nOur tea cures asthma. So it was said of old.\n")),
        ("articles/asthma.md HL110 error baselined cures asthma",),
        ("articles/eyes.md HL110 error baselined cures asthma",),
    ),
    Change("move a paragraph within its page", replace(
        "articles/asthma.md", "First things first.\n\nOur tea cures asthma. So it was said of old.\n",
        "Our tea cures asthma. So it was said of old.\n\nFirst things first.\n")),
    Change(
        "mend one of two equal sentences",
        replace("articles/twins.md", "Our drops boost immunity.", "Our drops taste well."),
        (f"articles/twins.md HL452 warning baselined {BOOST}",),
    ),
    Change(
        "copy a sentence", replace("articles/twins.md", "A pause.", "Our drops boost immunity."),
        (), (f"articles/twins.md HL452 warning active {BOOST}",),
    ),
    Change("swap two sentences", replace(
        "articles/knee.md", "Our tea cures gout. It has few to no side effects.",
        "It has few to no side effects. Our tea cures gout.")),
    Change(
        "edit an accepted sentence",
        replace("articles/asthma.md", "Our tea cures asthma", "Our tea cures asthma for good"),
        ("articles/asthma.md HL110 error baselined cures asthma",),
        ("articles/asthma.md HL110 error active cures asthma",),
    ),
    Change(
        "mend an accepted sentence", replace("articles/asthma.md", "Our tea cures asthma", "No tea cures asthma"),
        ("articles/asthma.md HL110 error baselined cures asthma",),
    ),
    Change(
        "let an exception expire", replace("articles/heart.md", "2099", "2020"),
        ("articles/heart.md HL110 error suppressed cures angina",),
        ("articles/heart.md HL110 error active cures angina",
         "articles/heart.md HL003 warning active 2020-01-31"),
    ),
    Change(
        "mend what an exception is for", replace("articles/heart.md", "Our tea cures angina", "No tea cures angina"),
        ("articles/heart.md HL110 error suppressed cures angina",), ("articles/heart.md HL001 warning active HL110",),
    ),
    Change(
        "mistype the rule of an exception", replace("articles/heart.md", "ignore[HL110]", "ignore[HL1110]"),
        ("articles/heart.md HL110 error suppressed cures angina",),
        ("articles/heart.md HL110 error active cures angina", "articles/heart.md HL004 warning active HL1110"),
    ),
    Change("write above an exception", replace("articles/heart.md", "# Heart\n", "# Heart\n\nA word first.\n")),
    Change(
        "end a stretch earlier",
        replace("blog/next.mdx", "myths */}\n", "myths */}\n\n{/* healthlint: enable[HL452] */}\n"),
        (f"blog/next.mdx HL452 warning suppressed {BOOST}",),
        (f"blog/next.mdx HL452 warning active {BOOST}", "blog/next.mdx HL001 warning active HL452",
         "blog/next.mdx HL002 warning active HL452"),
    ),
    Change(
        "let an approval end", replace("approvals.yaml", "2099-03-01", "2026-03-02"),
        tuple(f"{page} HL406 warning approved relieves heartburn in {time}" for page, time in APPROVED),
        (*(f"{page} HL406 warning active relieves heartburn in {time}" for page, time in APPROVED),
         *(f"{page} HL006 warning active relieves heartburn in {time}" for page, time in APPROVED)),
    ),
    Change(
        "go beyond an approval", replace("shop/calm.html", "in 3 hours.", "in 3 hours, and our tea cures gout."),
        ("shop/calm.html HL406 warning approved relieves heartburn in 3 hours",),
        ("shop/calm.html HL406 warning active relieves heartburn in 3 hours",
         "shop/calm.html HL110 error active cures gout"),
    ),
    Change(
        "leave the range of an approval", replace("leaflets/calm.txt", "4 hours", "40 hours"),
        ("leaflets/calm.txt HL406 warning approved relieves heartburn in 4 hours",),
        ("leaflets/calm.txt HL406 warning active relieves heartburn in 40 hours",),
    ),
    Change(
        "give an approval for one regime only", replace("approvals.yaml", "[us, uk]", "[uk]"),
        tuple(f"{page} HL406 warning approved relieves heartburn in {time}" for page, time in APPROVED),
        tuple(f"{page} HL406 warning active relieves heartburn in {time}" for page, time in APPROVED),
    ),
    Change(
        "exclude a folder", replace(".healthlint.yaml", "[drafts/]", "[drafts/, leaflets/]"),
        ("leaflets/calm.txt HL406 warning active relieves heartburn in 1 hour",
         "leaflets/calm.txt HL406 warning approved relieves heartburn in 4 hours",
         "leaflets/dose.txt HL502 error active few to no side effects",
         f"leaflets/plain.txt HL110 error baselined {GOUT}"),
    ),
    Change(
        "ignore a rule in one place", replace(".healthlint.yaml", '"legal/**": {ignore: [HL301]}',
                                              '"legal/**": {ignore: [HL301, HL112]}'),
        ("legal/terms.md HL112 error active Results are guaranteed",),
    ),
    Change(
        "set a severity in a folder of its own", replace("uk/.healthlint.yaml", "{HL110: info}", "{HL110: warning}"),
        (f"uk/old-tea.md HL110 info active {GOUT}",), (f"uk/old-tea.md HL110 warning active {GOUT}",),
    ),
    Change("split a phrase of HTML by markup", replace("shop/drops.html", "few to no", "few <i>to</i>&#32;no")),
    Change("put a phrase into a component", replace("blog/tips.mdx", "*cures* gout", "<Mark>cures</Mark> gout")),
    Change("add a Word paragraph above", word_texts("Brief", "A word first.", *WORD_TEXTS[1:])),
    Change(
        "mend a Word paragraph", word_texts("Brief", "Our tea is hot.", "Results are guaranteed."),
        (f"{WORD_PAGE} HL110 error active {GOUT}",),
    ),
    Change(
        "delete a page", remove("articles/ears.md"), ("articles/ears.md HL112 error active Results are guaranteed",)
    ),
    Change(
        "add a page", lambda top: put(top, "articles/new.md", "Our tea cures *migraine*.\n"),
        (), ("articles/new.md HL110 error active cures migraine",),
    ),
    Change("leave a draft alone", replace("drafts/wild.md", "gout", "asthma")),
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=[change.name for change in CHANGES])
def test_an_edit_changes_what_it_should(content: Path, capsys: pytest.CaptureFixture[str], change: Change) -> None:
    before = lines(report(capsys))
    change.edit(content)
    found = report(capsys)
    after = lines(found)
    assert (sorted((before - after).elements()), sorted((after - before).elements())) == (
        sorted(change.gone),
        sorted(change.new),
    )
    for finding in found["findings"]:
        assert_in_place(content, finding)


def assert_in_place(top: Path, finding: Any) -> None:
    """The source from the finding's start to its end, cleaned of markup, is the words found."""
    if finding["path"].endswith(".docx"):
        assert finding["place"] == f"paragraph {finding['line']}"
        return
    source = (top / finding["path"]).read_bytes().decode()
    starts = [0, *(match.end() for match in re.finditer("\r\n|\n|\r", source))]
    start = starts[finding["line"] - 1] + finding["column"] - 1
    end = starts[finding["end_line"] - 1] + finding["end_column"] - 1
    seen = html.unescape(_MARKUP.sub("", source[start:end]))
    assert " ".join(seen.split()) == finding["text"]


def test_update_and_prune_follow_the_edits(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = (content / ".healthlint-baseline").read_text().splitlines()
    replace("articles/twins.md", "Our drops boost immunity.", "Our drops taste well.")(content)
    replace("articles/asthma.md", "First", "Our tea cures gout in a day.\n\nFirst")(content)
    assert main(["check", "--quiet", "articles/knee.md"]) == 0  # as a hook does: nothing is dropped
    assert (content / ".healthlint-baseline").read_text().splitlines() == entries
    main(["baseline", "update", *BASELINED])
    updated = (content / ".healthlint-baseline").read_text().splitlines()
    assert set(entries) < set(updated) and len(updated) == len(entries) + 1
    main(["baseline", "prune"])
    assert len((content / ".healthlint-baseline").read_text().splitlines()) == len(entries)
    assert main(["check", "--quiet", *BASELINED]) == 0
    capsys.readouterr()


def test_approvals_that_are_not_needed_are_told(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["approvals", "check"]) == 0, capsys.readouterr()
    replace("approvals.yaml", "product: Calmexa", "product: Serenex")(content)
    assert main(["approvals", "check"]) == 1
    capsys.readouterr()
