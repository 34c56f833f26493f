"""The pre-commit hook as a content repository uses it: installed from this repository, run on what is staged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PARTS = ("src", "rules", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
]


def git(folder: Path, *args: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as it stands, committed."""
    pytest.importorskip("pre_commit")
    folder = tmp_path_factory.mktemp("project")
    for part in PARTS:
        if (PROJECT / part).is_dir():
            shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "data"))
        else:
            shutil.copy(PROJECT / part, folder / part)
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "--message", "as it stands")
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A repository of articles: a bad one, a good one, an excluded one, and a file of another kind."""
    folder = tmp_path / "content"
    (folder / "drafts").mkdir(parents=True)
    bad = "# Sleep tea\n\nThis miracle tea cures insomnia and has no side effects. Call us today to order yours.\n"
    (folder / "bad.md").write_text(bad)
    (folder / "drafts/unfinished.md").write_text(bad)
    (folder / "good.md").write_text("# Sleep\n\nGoing to bed at the same hour each night is a habit worth keeping.\n")
    (folder / "LICENSE").write_text("All rights reserved.\n")
    (folder / ".healthlint.yaml").write_text("exclude: [drafts/]\n")
    git(folder, "init")
    git(folder, "add", ".")
    return folder


def hook(project: Path, content: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """What `git commit` would run on these files."""
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(project), "healthlint", "--files", *files]
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHONPATH"))}
    env = {**outside, "PRE_COMMIT_HOME": str(content.parent / "home"), "XDG_CACHE_HOME": str(content.parent / "cache")}
    return subprocess.run(command, cwd=content, env=env, capture_output=True, text=True, timeout=600)


def test_a_bad_article_fails(project: Path, content: Path) -> None:
    """And it alone is named: the good one is silent, the excluded one is not read, the licence is not asked for."""
    ran = hook(project, content, "bad.md", "good.md", "drafts/unfinished.md", "LICENSE")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "exit code: 1" in ran.stdout
    assert "bad.md\n  " in ran.stdout
    assert "HL137 nothing-to-bear" in ran.stdout
    for name in ("good.md", "unfinished.md", "LICENSE"):
        assert name not in ran.stdout


def test_good_and_excluded_articles_pass(project: Path, content: Path) -> None:
    ran = hook(project, content, "good.md", "drafts/unfinished.md", "LICENSE")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Passed" in ran.stdout
