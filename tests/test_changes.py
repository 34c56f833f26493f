"""Changed lines: what git prints, read; and real repositories, with renames, deletions, staging, shallow clones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from healthlint.changes import ChangedLines, Stretch, changed_paths, changed_stretches, unquoted
from healthlint.errors import UserError
from healthlint.git import Since, changes, repository_of

CURE = "Our tea cures asthma.\n"
GOOD = "Asthma has no cure.\n"


def test_stretches_of_a_patch() -> None:
    patch = (
        b"diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n"
        b"@@ -1 +1,2 @@ heading\n-old\n+++ b/trap.md\n+@@ -1 +9 @@\n"
        b"@@ -7,2 +8,0 @@\n-gone\n-gone too\n"
        b"\\ No newline at end of file\n"
        b'diff --git "a/b\\".md" "b/b\\".md"\n--- /dev/null\n+++ "b/b\\".md"\n@@ -0,0 +1 @@\n+new\n'
        b"diff --git a/c d.md b/c d.md\n--- a/c d.md\t\n+++ b/c d.md\t\n@@ -3 +3 @@\n-a\n+b\n"
        b"diff --git a/e.md b/e.md\n--- a/e.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-all\n"
    )
    assert changed_stretches(patch) == {
        b"a.md": (Stretch(1, 2), Stretch(9, 8)),
        b'b".md': (Stretch(1, 1),),
        b"c d.md": (Stretch(3, 3),),
    }


def test_paths_with_renames_and_binaries() -> None:
    assert list(changed_paths(b"1\t2\ta b.md\0" + b"0\t0\t\0old.md\0new.md\0" + b"-\t-\tpaper.docx\0")) == [
        (b"a b.md", False),
        (b"new.md", False),
        (b"paper.docx", True),
    ]
    assert list(changed_paths(b"")) == []


@pytest.mark.parametrize(
    ("written", "name"), [(b"a.md", b"a.md"), (b'"\\303\\251\\t\\\\.md"', b"\xc3\xa9\t\\.md"), (b'"', b'"')]
)
def test_unquoted(written: bytes, name: bytes) -> None:
    assert unquoted(written) == name


def test_touch() -> None:
    changed = ChangedLines((Stretch(3, 4), Stretch(8, 7)))
    assert [changed.touch(line, line) for line in range(1, 10)] == [False, False, True, True] + [False] * 5
    assert changed.touch(1, 3) and changed.touch(4, 9) and changed.touch(7, 8)
    assert not changed.touch(5, 7) and not changed.touch(8, 9)
    assert ChangedLines(whole=True).touch(1, 1) and not ChangedLines()


class Repository:
    """A git repository in a folder of its own."""

    def __init__(self, top: Path) -> None:
        self.top = top
        top.mkdir(exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "editor@example.org")
        self.git("config", "user.name", "Editor")

    def git(self, *arguments: str) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always", *arguments]
        return subprocess.run(
            command, cwd=self.top, env=environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    def put(self, name: str, text: str) -> None:
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def commit(self, **files: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Write")

    def check(self, *arguments: str, **environment: str) -> tuple[int, list[str], str]:
        """Status; path and line of the findings; what was told besides."""
        outside = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        ran = subprocess.run(
            [sys.executable, "-m", "healthlint", "check", "--format", "json", "--select", "HL1", *arguments],
            cwd=self.top, env={**outside, **environment}, capture_output=True, text=True,
        )  # fmt: skip
        report: Any = json.loads(ran.stdout) if ran.stdout else {"findings": []}
        return ran.returncode, [f"{f['path']}:{f['line']}" for f in report["findings"]], ran.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository_of.cache_clear()
    made = Repository(tmp_path / "content")
    made.put("a.md", f"{CURE}\n{GOOD}\n{CURE}")
    made.put("b.md", CURE)
    made.commit()
    return made


def test_only_sentences_on_changed_lines(repository: Repository) -> None:
    repository.put("a.md", f"{CURE}\n{CURE}\n{CURE}")
    assert repository.check("--diff", "HEAD")[:2] == (1, ["a.md:3"])
    assert "1 file passed over" in repository.check("--diff", "HEAD")[2]


def test_a_sentence_over_several_lines_counts_whole(repository: Repository) -> None:
    repository.put("a.md", "Our good\nand old\ntea cures\nasthma.\n")
    repository.commit()
    repository.put("a.md", "Our fine\nand old\ntea cures\nasthma.\n")
    assert repository.check("--diff", "HEAD")[1] == ["a.md:3"]
    repository.put("a.md", "Our good\ntea cures\nasthma.\n")
    assert repository.check("--diff", "HEAD")[1] == ["a.md:2"]


def test_nothing_changed(repository: Repository) -> None:
    assert repository.check("--diff", "HEAD") == (0, [], "2 files passed over: nothing changed in them\n")


def test_a_repeat_of_an_unchanged_claim_is_shown(repository: Repository) -> None:
    repository.put("a.md", f"{CURE}\n{GOOD}\n{CURE}\n{CURE}")
    ran = subprocess.run(
        [sys.executable, "-m", "healthlint", "check", "--select", "HL1", "--diff", "HEAD"],
        cwd=repository.top, capture_output=True, text=True,
    )  # fmt: skip
    assert "  7:" in ran.stdout and "folded" not in ran.stdout


def test_renamed_moved_deleted_and_new(repository: Repository) -> None:
    repository.git("mv", "b.md", "c d\u00e9.md")
    assert repository.check("--diff", "HEAD")[1] == []
    repository.put('n\u00e9w "one".md', CURE)
    repository.put(".gitignore", "ignored.md\n")
    repository.put("ignored.md", CURE)
    (repository.top / "a.md").unlink()
    assert repository.check("--diff", "HEAD")[:2] == (1, ['n\u00e9w "one".md:1'])
    repository.put("a.md", f"{CURE}\n{GOOD}\n{CURE}")
    repository.put("c d\u00e9.md", f"{CURE}{CURE}")
    assert repository.check("--diff", "HEAD")[1] == ["c d\u00e9.md:2", 'n\u00e9w "one".md:1']


def test_line_ends_of_windows(repository: Repository) -> None:
    repository.put("b.md", f"{GOOD}\n{CURE}".replace("\n", "\r\n"))
    repository.commit()
    repository.put("b.md", f"{GOOD}\n{CURE}\n{CURE}".replace("\n", "\r\n"))
    assert repository.check("--diff", "HEAD")[1] == ["b.md:5"]


def test_where_the_branch_left(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "topic")
    repository.put("a.md", f"{CURE}\n{CURE}\n{CURE}")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.put("b.md", f"{GOOD}\n")
    repository.commit()
    repository.git("checkout", "-q", "topic")
    assert repository.check("--diff", "main")[1] == ["a.md:3", "b.md:1"]
    assert repository.check("--diff", "main...")[1] == ["a.md:3"]


def test_staged_content_and_not_the_folder(repository: Repository) -> None:
    repository.put("a.md", f"{CURE}\n{CURE}\n{CURE}")
    assert repository.check("--staged")[1] == []
    repository.git("add", "a.md")
    repository.put("a.md", GOOD)
    assert repository.check("--staged")[:2] == (1, ["a.md:3"])


def test_staged_before_the_first_commit(tmp_path: Path) -> None:
    fresh = Repository(tmp_path / "fresh")
    fresh.put("a.md", CURE)
    fresh.git("add", "a.md")
    assert fresh.check("--staged")[1] == ["a.md:1"]


def test_inside_a_hook(repository: Repository) -> None:
    """Git tells its hooks where the repository and the index are."""
    repository.put("a.md", f"{CURE}\n{CURE}\n{CURE}")
    repository.git("add", "a.md")
    git = str(repository.top / ".git")
    assert repository.check("--staged", GIT_DIR=git, GIT_INDEX_FILE=f"{git}/index")[1] == ["a.md:3"]


def test_settings_of_the_user_change_nothing(repository: Repository) -> None:
    for name, value in (
        ("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("color.diff", "always"), ("diff.context", "5"),
        ("diff.external", "false"), ("core.quotePath", "true"), ("diff.renames", "false"), ("diff.relative", "true"),
    ):  # fmt: skip
        repository.git("config", name, value)
    repository.put("a.md", f"{CURE}\n{CURE}\n{CURE}")
    assert repository.check("--diff", "HEAD")[1] == ["a.md:3"]


def test_a_folder_below_the_top(repository: Repository) -> None:
    repository.put("deep/down/a.md", CURE)
    repository.put("b.md", f"{GOOD}{CURE}")
    assert repository.check("--diff", "HEAD", "deep")[1] == ["deep/down/a.md:1"]


def test_records(repository: Repository) -> None:
    repository.put("a.jsonl", '{"text": "Our tea cures asthma."}\n{"text": "Hello."}\n')
    repository.commit()
    repository.put("a.jsonl", '{"text": "Our tea cures asthma."}\n{"text": "Our tea cures eczema."}\n')
    found = repository.check("--diff", "HEAD", "--records", "text")[1]
    assert len(found) == 1 and found[0].startswith("a.jsonl:2")


def test_rows_of_several_lines(repository: Repository) -> None:
    repository.put("a.csv", 'id,body\n1,"First.\nOur tea cures gout."\n2,"First.\nOur tea cures asthma."\n')
    repository.commit()
    repository.put("a.csv", 'id,body\n1,"First.\nOur tea cures gout."\n2,"First.\nOur tea cures eczema."\n')
    found = repository.check("--diff", "HEAD", "--records", "body", "a.csv")[1]
    assert len(found) == 1 and found[0].startswith("a.csv:4")


def test_a_repository_within(repository: Repository) -> None:
    inner = Repository(repository.top / "inner")
    inner.put("a.md", GOOD)
    inner.commit()
    inner.put("a.md", f"{GOOD}\n{CURE}")
    assert repository.check("--diff", "HEAD", "inner")[1] == ["inner/a.md:3"]


@pytest.mark.parametrize("revision", ["--output=x", "", "^HEAD", "main..topic", "nowhere", "..."])
def test_no_such_revision(repository: Repository, revision: str) -> None:
    status, found, told = repository.check(f"--diff={revision}")
    assert (status, found) == (2, []) and "revision" in told
    assert not (repository.top / "x").exists()


def test_a_shallow_clone(repository: Repository, tmp_path: Path) -> None:
    repository.put("a.md", GOOD)
    repository.commit()
    first = repository.git("rev-parse", "HEAD~1")
    shallow = tmp_path / "shallow"
    repository.git("clone", "-q", "--depth", "1", repository.top.as_uri(), str(shallow))
    clone = Repository(shallow)
    status, _, told = clone.check("--diff", first)
    assert status == 2 and "shallow" in told and "fetch" in told


def test_no_common_history(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "other")
    repository.put("b.md", GOOD)
    repository.commit()
    status, _, told = repository.check("--diff", "main...")
    assert status == 2 and "no common history" in told


def test_outside_of_any_repository(tmp_path: Path) -> None:
    repository_of.cache_clear()
    (tmp_path / "a.md").write_text(CURE)
    with pytest.raises(UserError, match="not in a git repository"):
        changes([tmp_path / "a.md"], Since("HEAD"))


def test_no_git(repository: Repository) -> None:
    status, _, told = repository.check("--diff", "HEAD", PATH="/nowhere")
    assert status == 2 and "git is not installed" in told


def test_standard_input_and_both_options(repository: Repository) -> None:
    assert repository.check("--diff", "HEAD", "-")[0] == 2
    assert "exclude each other" in repository.check("--diff", "HEAD", "--staged")[2]


def test_staged_and_no_longer_in_the_folder(repository: Repository) -> None:
    for name in ("new.md", "deep/er/new.md", "out/new.md", ".hidden/new.md", "new.png"):
        repository.put(name, CURE)
    repository.put(".healthlint.yaml", "exclude: [out/]")
    repository.git("add", "--all")
    for name in ("new.md", "deep/er/new.md", "out/new.md", ".hidden/new.md", "new.png"):
        (repository.top / name).unlink()
    (repository.top / "deep/er").rmdir()
    assert repository.check("--staged")[:2] == (1, ["deep/er/new.md:1", "new.md:1"])
    assert repository.check("--staged", "deep")[1] == ["deep/er/new.md:1"]
    assert repository.check("--staged", "new.md")[:2] == (1, ["new.md:1"])
    repository.git("rm", "-q", "--cached", "new.md")
    assert repository.check("--staged", "new.md")[0] == 2


def test_changes_that_git_shows_together_are_told_apart(repository: Repository) -> None:
    repository.git("config", "diff.interHunkContext", "9")
    repository.put("a.md", f"One.\n\n{CURE}\nFour.\n")
    repository.commit()
    repository.put("a.md", f"The first.\n\n{CURE}\nThe fourth.\n")
    assert repository.check("--diff", "HEAD")[:2] == (0, [])


def test_a_deletion_behind_a_heading_that_leaves_it_empty(repository: Repository) -> None:
    page = "# Tea\n\nTea is a drink.\n\n## Side effects\n\n{}## Further reading\n\nThere are books about tea.\n"
    repository.put("a.md", page.format("It can keep you awake.\n\n"))
    repository.commit()
    repository.put("a.md", page.format(""))
    assert "a.md:5" in repository.check("--diff", "HEAD", "--select", "HL821")[1]


def test_a_submodule_is_compared_with_the_commit_held_then(repository: Repository, tmp_path: Path) -> None:
    inner = Repository(tmp_path / "inner")
    inner.put("a.md", CURE)
    inner.commit()
    repository.git("submodule", "--quiet", "add", inner.top.as_uri(), "sub")
    assert repository.check("--diff", "HEAD", "sub")[1] == ["sub/a.md:1"]
    repository.commit()
    assert repository.check("--diff", "HEAD", "sub")[:2] == (0, [])
    inner.put("a.md", f"{CURE}\n{CURE.replace('asthma', 'gout')}")
    inner.commit()
    sub = Repository(repository.top / "sub")
    sub.git("pull", "-q", "origin", "main")
    assert repository.check("--diff", "main", "sub")[1] == ["sub/a.md:3"]


def test_a_submodule_without_the_commit_held_then(repository: Repository, tmp_path: Path) -> None:
    inner = Repository(tmp_path / "inner")
    inner.put("a.md", GOOD)
    inner.commit()
    repository.git("submodule", "--quiet", "add", inner.top.as_uri(), "sub")
    repository.git("update-index", "--cacheinfo", f"160000,{'1' * 40},sub")
    repository.git("commit", "-q", "-m", "points nowhere")
    status, _, told = repository.check("--diff", "HEAD", "sub")
    assert status == 2 and f"git -C sub fetch origin {'1' * 40}" in told
