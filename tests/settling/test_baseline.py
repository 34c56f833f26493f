"""What is accepted stays accepted while its sentence stands, wherever it goes; what is new is shown."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from healthlint.errors import UserError
from healthlint.findings import Finding, Severity
from healthlint.plain_words import plain
from healthlint.settling.baseline import Entry, Found, compare, entry_of
from healthlint.settling.baseline_file import baseline_text, read_baseline

from .conftest import Repository

FILE = ".healthlint-baseline"
CLAIM = "The gel has few to no side effects."
PAGE = (
    "# Knee gel\n\nRub it in twice a day. " + CLAIM + " Wash your hands afterwards.\n\n"
    "Keep it out of reach of children. Close the tube.\n"
)


@pytest.fixture
def accepted(repository: Repository) -> Repository:
    """A page with one finding that is accepted."""
    repository.put(".healthlint.yaml", f"select: [HL502]\nbaseline: {FILE}\n")
    repository.put("a.md", PAGE)
    assert repository.run("baseline", "write").status == 0
    assert repository.statuses() == ["a.md:3 baselined"]
    return repository


# Edits


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (lambda page: "A new start. Another one.\n\n" + page, 5),
        (lambda page: page.replace("Rub it in twice a day.", "Rub in as much as a pea."), 3),
        (lambda page: page.replace("Wash your hands afterwards.", ""), 3),
        (lambda page: page.replace("Rub it in twice a day. ", "").replace("Wash", "Then wash"), 3),
        (lambda page: page.replace(" The gel has few", "\nThe gel\nhas few").replace(" Wash", "\nWash"), 5),
        (lambda page: page.replace("\n", "\r\n"), 3),
        (lambda page: page.replace("few to no side effects", "few *to no* side&nbsp;effects"), 3),
        (lambda page: page.replace("The gel has", "THE GEL has"), 3),
        (lambda page: page.replace(CLAIM + " ", "") + "\n" + CLAIM + "\n", 7),
    ],
    ids=["insert-above", "edit-before", "cut-after", "edit-around", "reflow", "crlf", "emphasis", "case", "move-down"],
)
def test_what_an_accepted_finding_survives(accepted: Repository, edit: object, line: int) -> None:
    assert callable(edit)
    accepted.put("a.md", edit(PAGE))
    assert accepted.statuses() == [f"a.md:{line} baselined"]
    assert accepted.run("check").status == 0


def test_an_edited_sentence_is_a_new_one(accepted: Repository) -> None:
    accepted.put("a.md", PAGE.replace("The gel has", "The gel and the cream have"))
    assert accepted.statuses() == ["a.md:3 active"]
    assert accepted.run("check").status == 1


def test_a_renamed_file(accepted: Repository) -> None:
    (accepted.folder / "a.md").rename(accepted.folder / "b.md")
    assert accepted.statuses() == ["b.md:3 baselined"]


def test_a_paragraph_moved_to_another_file(accepted: Repository) -> None:
    accepted.put("a.md", PAGE.replace(CLAIM, ""))
    accepted.put("b.md", f"# Side effects\n\n{CLAIM}\n")
    assert accepted.statuses() == ["b.md:3 baselined"]


def test_a_copy_is_new(accepted: Repository) -> None:
    accepted.put("b.md", PAGE)
    assert accepted.statuses() == ["a.md:3 baselined", "b.md:3 active"]


def test_a_hook_that_names_the_copy_alone(accepted: Repository) -> None:
    accepted.put("b.md", PAGE)
    assert accepted.statuses("b.md") == ["b.md:3 active"]
    (accepted.folder / "a.md").unlink()
    assert accepted.statuses("b.md") == ["b.md:3 baselined"]


def test_from_another_folder(accepted: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted.put("below/c.md", PAGE)
    accepted.run("baseline", "update")
    monkeypatch.chdir(accepted.folder / "below")
    assert accepted.statuses("c.md", "../a.md") == ["../a.md:3 baselined", "c.md:3 baselined"]


# Equal sentences

TWO = f"One. {CLAIM} Two.\n\nThree. {CLAIM} Four.\n"


def test_one_entry_accepts_one_of_two_equal_sentences(accepted: Repository) -> None:
    accepted.put("a.md", f"{CLAIM} Buy it.\n\n{PAGE}")
    assert accepted.statuses() == ["a.md:1 active", "a.md:5 baselined"]


def test_one_of_two_equal_sentences_is_mended(accepted: Repository) -> None:
    accepted.put("a.md", TWO)
    accepted.run("baseline", "write", "--force")
    entries = accepted.text(FILE).splitlines()[1:]
    accepted.put("a.md", TWO.replace(f"One. {CLAIM}", "One. It can irritate the skin."))
    assert accepted.statuses() == ["a.md:3 baselined"]
    assert accepted.run("baseline", "prune").status == 0
    (kept,) = accepted.text(FILE).splitlines()[1:]
    assert kept in entries
    accepted.put("a.md", TWO)
    assert accepted.statuses() == ["a.md:1 active", "a.md:3 baselined"]


def test_two_are_swapped(accepted: Repository) -> None:
    other = "The gel has hardly any side effects."
    accepted.put("a.md", f"One. {CLAIM} Two.\n\nThree. {other} Four.\n")
    accepted.run("baseline", "write", "--force")
    accepted.put("a.md", f"One. {other} Two.\n\nThree. {CLAIM} Four.\n")
    assert accepted.statuses() == ["a.md:1 baselined", "a.md:3 baselined"]
    accepted.put("a.md", f"One. {other} Two.\n\nThree. {other} Four.\n")
    assert sorted(status.split()[1] for status in accepted.statuses()) == ["active", "baselined"]


def test_paragraphs_that_are_wholly_equal(accepted: Repository) -> None:
    accepted.put("a.md", f"{CLAIM}\n\n" * 3)
    accepted.run("baseline", "write", "--force")
    accepted.put("a.md", f"{CLAIM}\n\n" * 4)
    assert [status.split()[1] for status in accepted.statuses()].count("active") == 1
    accepted.put("a.md", f"{CLAIM}\n\n" * 2)
    assert [status.split()[1] for status in accepted.statuses()].count("active") == 0


# What the rules say of a whole document


def test_a_finding_about_the_document_survives_its_sentence(accepted: Repository) -> None:
    text = "Asthma is common. Eczema itches. Migraine hurts. Treatment helps with symptoms such as nausea.\n"
    accepted.put(".healthlint.yaml", f"select: [HL801]\nprofiles: [edu]\nbaseline: {FILE}\n")
    accepted.put("a.md", text)
    accepted.run("baseline", "write", "--force")
    assert accepted.statuses() == ["a.md:1 baselined"]
    accepted.put("a.md", text.replace("is common", "is a disease of the airways"))
    assert accepted.statuses() == ["a.md:1 baselined"]


# The commands


def test_write_refuses_to_overwrite(accepted: Repository) -> None:
    before = accepted.text(FILE)
    accepted.put("b.md", f"{CLAIM}\n")
    ran = accepted.run("baseline", "write")
    assert ran.status == 2
    assert "there is a baseline already ('update' adds what is new; --force" in ran.err
    assert accepted.text(FILE) == before
    assert "accepted 2 findings (HL502 2)" in accepted.run("baseline", "write", "--force").err


def test_update_tells_what_is_new_and_keeps_the_rest(accepted: Repository) -> None:
    accepted.put("b.md", f"{CLAIM} Buy now.\n")
    (accepted.folder / "a.md").rename(accepted.folder / "c.md")
    accepted.put("c.md", "# New\n\nNothing here.\n")
    ran = accepted.run("baseline", "update")
    assert (ran.status, ran.out) == (0, "")
    assert "accepted 0 findings more; 1 of 1 entry followed their text" in ran.err
    accepted.put("c.md", PAGE)
    ran = accepted.run("baseline", "update")
    assert ran.out.startswith("c.md:3:") and ran.out.count("\n") == 1
    assert "accepted 1 finding more (HL502 1)" in ran.err
    accepted.put("c.md", "# New\n\nNothing here.\n")
    accepted.run("baseline", "update")
    assert len(accepted.text(FILE).splitlines()) == 3  # the entry that nothing needs is kept
    assert accepted.run("check").status == 0


def test_prune_leaves_what_was_not_checked(accepted: Repository) -> None:
    accepted.put("b.md", f"{CLAIM}\n")
    accepted.run("baseline", "update")
    for name in ("a.md", "b.md"):
        accepted.put(name, "Nothing here.\n")
    before = accepted.text(FILE)
    assert "dropped 0 entries" in accepted.run("baseline", "prune", "--select", "HL111").err
    assert accepted.text(FILE) == before
    ran = accepted.run("baseline", "prune", "b.md")
    assert (ran.status, ran.out) == (0, "b.md: HL502 few to no side effects\n")
    (accepted.folder / "a.md").unlink()
    assert "dropped 0 entries, kept 1" in accepted.run("baseline", "prune", "b.md").err
    assert "dropped 1 entry, kept 0" in accepted.run("baseline", "prune").err


def test_a_check_never_prunes(accepted: Repository) -> None:
    before = accepted.text(FILE)
    accepted.put("a.md", "Nothing here.\n")
    assert accepted.run("check", "a.md").status == 0
    assert accepted.text(FILE) == before


@pytest.mark.parametrize("action", [("prune",), ("write", "--force")])
def test_what_drops_entries_refuses_after_trouble(accepted: Repository, action: tuple[str, ...]) -> None:
    before = accepted.text(FILE)
    accepted.put("a.md", "Nothing here.\n")
    (accepted.folder / "b.md").write_bytes(b"\x80broken")
    ran = accepted.run("baseline", *action)
    assert ran.status == 2
    assert "not everything could be checked: nothing was" in ran.err
    assert accepted.text(FILE) == before


def test_update_adds_what_it_could_check(accepted: Repository) -> None:
    (accepted.folder / "b.md").write_bytes(b"\x80broken")
    accepted.put("c.md", f"{CLAIM}\n")
    assert accepted.run("baseline", "update").status == 2
    assert len(accepted.text(FILE).splitlines()) == 3


def test_show(accepted: Repository) -> None:
    accepted.put("b.md", f"{CLAIM}\n")
    accepted.run("baseline", "update")
    accepted.put("a.md", "Nothing here.\n")
    ran = accepted.run("baseline", "show")
    assert ran.status == 0
    assert ran.out == (
        "a.md\n  HL502  few to no side effects  no longer found\n\nb.md\n  HL502  few to no side effects\n\n"
        "2 entries in 2 files (HL502 2); 1 no longer found\n"
    )
    assert "a.md\n  HL502  few to no side effects  not checked\n" in accepted.run("baseline", "show", "b.md").out


def test_without_a_baseline(repository: Repository) -> None:
    repository.put(".healthlint.yaml", "select: [HL502]\n")
    repository.put("a.md", PAGE)
    for action in ("write", "update", "prune", "show"):
        ran = repository.run("baseline", action)
        assert ran.status == 2
        assert "no baseline is configured for these files (add 'baseline: .healthlint-baseline'" in ran.err
    assert repository.run("baseline").status == 2
    assert "did you mean 'prune'?" in repository.run("baseline", "prnue").err
    assert repository.run("baseline", "write", "--baseline", "here").status == 0
    assert repository.run("check").status == 1
    assert repository.run("check", "--baseline", "here").status == 0


def test_no_baseline(accepted: Repository) -> None:
    assert accepted.run("check", "--no-baseline").status == 1
    assert accepted.statuses("--no-baseline") == ["a.md:3 active"]


def test_a_baseline_of_its_own_for_each_folder(accepted: Repository) -> None:
    accepted.put("shop/.healthlint.yaml", "select: [HL502]\nbaseline: accepted\n")
    accepted.put("shop/b.md", PAGE)
    assert accepted.run("check").status == 2
    assert accepted.run("baseline", "write", "shop").status == 0
    assert accepted.statuses() == ["a.md:3 baselined", "shop/b.md:3 baselined"]
    assert '"path": "b.md"' in accepted.text("shop/accepted")
    (accepted.folder / "a.md").rename(accepted.folder / "shop" / "c.md")
    assert accepted.statuses() == ["shop/b.md:3 baselined", "shop/c.md:3 active"]  # another team's baseline


def test_records(accepted: Repository) -> None:
    record = json.dumps({"body": CLAIM})
    other = json.dumps({"body": "Close the tube."})
    accepted.put("data.jsonl", f"{record}\n{other}\n")
    accepted.run("baseline", "update", "--records", "body")
    accepted.put("data.jsonl", f"{other}\n{other}\n{record}\n")
    assert accepted.statuses("--records", "body") == ["a.md:3 baselined", "data.jsonl:3:1 baselined"]


def test_an_exception_goes_before_the_baseline(accepted: Repository) -> None:
    accepted.put("a.md", f"<!-- healthlint: ignore-file[HL502] -- agreed -->\n\n{PAGE}")
    assert accepted.statuses() == ["a.md:5 suppressed"]
    assert "no longer found" in accepted.run("baseline", "show").out


def test_reports_keep_what_is_accepted(accepted: Repository) -> None:
    assert accepted.run("check").out == "no findings in 1 file (1 baselined)\n"
    assert accepted.run("check", "--format", "concise").out == ""
    (result,) = json.loads(accepted.run("check", "--format", "sarif").out)["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "properties": {"status": "baselined"}}]


def test_in_many_processes(accepted: Repository) -> None:
    accepted.put("b.md", PAGE)
    assert accepted.statuses("--jobs", "2") == ["a.md:3 baselined", "b.md:3 active"]


def git(repository: Repository, *arguments: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, cwd=repository.folder, check=True, capture_output=True)


def test_of_changed_lines_a_copy_is_new(accepted: Repository) -> None:
    (accepted.folder / ".git").rmdir()
    git(accepted, "init", "-q")
    git(accepted, "add", "-A")
    git(accepted, "commit", "-qm", "one")
    accepted.put("a.md", f"{PAGE}\nAgain. {CLAIM}\n")
    assert accepted.statuses("--diff", "HEAD") == ["a.md:7 active"]
    accepted.put("a.md", PAGE.replace("Rub it in", "Rub a little in"))
    assert accepted.statuses("--diff", "HEAD") == ["a.md:3 baselined"]


def test_configurations_that_extend(accepted: Repository) -> None:
    accepted.put("shop/.healthlint.yaml", "extend: ../.healthlint.yaml\n")
    accepted.put("shop/b.md", PAGE)
    assert accepted.statuses() == ["a.md:3 baselined", "shop/b.md:3 active"]
    accepted.run("baseline", "update")
    assert accepted.statuses() == ["a.md:3 baselined", "shop/b.md:3 baselined"]
    shown = accepted.run("config", "show", "shop/b.md").out
    assert FILE in shown and ".healthlint.yaml:2" in shown
    accepted.put("shop/.healthlint.yaml", "extend: ../.healthlint.yaml\nbaseline: own\n")
    accepted.run("baseline", "write", "shop")
    assert accepted.text("shop/own").count('"b.md"') == 1


# The file

ENTRY = Entry("a.md", "HL502", "few to no side effects", "0123456789ab", "", "ba9876543210")


def test_the_file_is_the_same_in_whatever_order() -> None:
    entries = [ENTRY._replace(path=f"{name}.md", words=f"„{name}“ \u2028 x") for name in "dacb"]
    text = baseline_text(entries)
    assert text == baseline_text(sorted(entries))
    lines = text.split("\n")
    assert lines[0] == '{"healthlint-baseline": 1}' and lines[-1] == ""
    assert lines[:-1] == sorted(lines[:-1])


@pytest.mark.parametrize("change", ["", "crlf", "shuffled", "twice", "bom"])
def test_what_a_merge_leaves_is_read(tmp_path: Path, change: str) -> None:
    entries = tuple(ENTRY._replace(path=f"{name}.md", words=f"{name} \u2028") for name in "abc")
    lines = baseline_text(entries).split("\n")[:-1]
    if change == "shuffled":
        lines.reverse()
    if change == "twice":
        lines.insert(2, lines[0])
    text = ("\r\n" if change == "crlf" else "\n").join(lines)
    (tmp_path / "b").write_bytes((b"\xef\xbb\xbf" if change == "bom" else b"") + text.encode())
    assert sorted(read_baseline(tmp_path / "b")) == list(entries)


@pytest.mark.parametrize(
    ("lines", "line", "problem"),
    [
        ([], "", "an empty file"),
        (['{"healthlint-baseline": 2}'], ":1", "unknown version of a baseline: 2"),
        (['{"healthlint-baseline": 1}', "<<<<<<< HEAD"], ":2", "a merge conflict in the baseline"),
        (['{"healthlint-baseline": 1}', "{}", "======="], ":3", "a merge conflict in the baseline"),
        (['{"healthlint-baseline": 1}', "few words"], ":2", "not an entry"),
        (['{"healthlint-baseline": 1}', "[1]"], ":2", "not an entry"),
        (['{"healthlint-baseline": 1}', '{"path": "a.md"}'], ":2", "an entry without 'rule'"),
        (['{"healthlint-baseline": 1}', json.dumps({**ENTRY._asdict(), "line": 3})], ":2", "unknown key 'line'"),
        (['{"healthlint-baseline": 1}', json.dumps({**ENTRY._asdict(), "words": 3})], ":2", "an entry without 'words'"),
        ([json.dumps(ENTRY._asdict())], ":1", "the line with its version is missing"),
    ],
)
def test_what_is_no_baseline(accepted: Repository, lines: list[str], line: str, problem: str) -> None:
    accepted.put(FILE, "\n".join(lines))
    ran = accepted.run("check")
    assert ran.status == 2
    (told,) = ran.err.splitlines()
    assert told.startswith(f"healthlint: error: {FILE}{line}: ") and problem in told and told.endswith(")")
    assert ran.out.startswith("no findings in 0 files (1 problem")
    assert accepted.run("baseline", "update").status == 2


def test_a_missing_baseline(accepted: Repository) -> None:
    (accepted.folder / FILE).unlink()
    ran = accepted.run("check")
    assert ran.status == 2
    assert "no such baseline (write it with 'healthlint baseline write'" in ran.err


@pytest.mark.parametrize("value", ["[a, b]", "{a: b}", "''"])
def test_a_key_that_names_no_file(accepted: Repository, value: str) -> None:
    accepted.put(".healthlint.yaml", f"baseline: {value}\n")
    ran = accepted.run("check")
    assert ran.status == 2
    assert ".healthlint.yaml:1: the name of one file is expected here (write baseline: FILE)" in ran.err


# The matching by itself


def finding_of(sentence: str, before: str, after: str) -> Finding:
    return Finding(
        "HL502", "n", "safety", Severity.ERROR, "high", "sentence", "m", "h", "a.md", 1, 1, 1, 5, 0, 4,
        "words", sentence, sentence, before=before, after=after,
    )  # fmt: skip


def test_any_order_of_the_same_findings_matches_whole() -> None:
    chance = random.Random(5)
    for _ in range(200):
        findings = [finding_of(*(chance.choice("abc") for _ in range(3))) for _ in range(8)]
        entries = [entry_of(f, chance.choice(("x.md", "y.md"))) for f in findings]
        chance.shuffle(entries)
        found = [Found(f, entry_of(f, chance.choice(("x.md", "z.md")))) for f in findings]
        comparison = compare(entries, found, lambda path: False)
        assert sorted(comparison.matches) == list(range(8))
        assert comparison.new == () and comparison.unmatched == ()
        for one, match in zip(found, comparison.matches, strict=True):
            assert entries[match][1:4] == one.entry[1:4]


def test_every_entry_accepts_one_finding_at_most() -> None:
    chance = random.Random(6)
    for _ in range(200):
        found = [Found(f, entry_of(f, "x.md")) for f in (finding_of(*chance.choices("ab", k=3)) for _ in range(9))]
        entries = [entry_of(finding_of(*chance.choices("ab", k=3)), "x.md") for _ in range(5)]
        comparison = compare(entries, found, lambda path: False)
        used = [match for match in comparison.matches if match >= 0]
        assert len(set(used)) == len(used)
        for letter in "ab":
            present = sum(one.finding.sentence == letter for one in found)
            given = sum(entry.sentence == entry_of(finding_of(letter, "", ""), "x.md").sentence for entry in entries)
            matched = sum(
                one.finding.sentence == letter
                for one, match in zip(found, comparison.matches, strict=True) if match >= 0
            )  # fmt: skip
            assert matched == min(present, given)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It’s “safe” — really", "it's 'safe' - really", True),
        ("side\u00adeffects", "sideeffects", True),
        ("caf\u00e9", "cafe\u0301", True),
        ("Straße", "STRASSE", True),
        ("up to 2.5 mg", "up to 25 mg", False),
        ("up to 50%", "up to 50", False),
        ("not safe", "safe", False),
        ("!!!", "???", False),
    ],
)
def test_plain_words(one: str, other: str, same: bool) -> None:
    assert (plain(one) == plain(other)) is same


def test_a_malformed_baseline_names_the_reader(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UserError, match="not UTF-8"):
        read_baseline(tmp_path / "b")
