"""Patterns mean what they mean to git."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from healthlint.globs import matches

# Plain characters: git counts bytes, so that its `?` is half an umlaut.
NAMES = ["a", "b", "ab", "foo", "a.md", "b-c", "[x]", "A", "a b", "x]", "a\\b"]
PARTS = [
    *NAMES[:6], "*", "**", "***", "*.md", "?", "[ab]", "[!a]", "[^b]*", "a*", "*b", "fo?", "\\a", "[a-f]*", "[]x]*",
    "[[:alpha:]]", "[[:nothing:]]", "a**", "**b", "**.md", "\\[x\\]", "[z", "a\\", "[a-]b", "b[-]c", "[\\]]", "[c-a]",
]  # fmt: skip


def patterns(chance: random.Random) -> list[str]:
    found = []
    for _ in range(chance.randint(1, 4)):
        parts = [chance.choice(PARTS) + chance.choice(["", "", "", *PARTS]) for _ in range(chance.randint(1, 3))]
        found.append(chance.choice(["", "", "", "!"]) + chance.choice(["", "", "/"]) + "/".join(parts))
        found[-1] += chance.choice(["", "", "", "/"])
    return found


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("seed", range(20))
def test_as_git_reads_them(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    lines = patterns(chance)
    (tmp_path / ".gitignore").write_text("\n".join(lines) + "\n")
    paths = sorted({"/".join(chance.choice(NAMES) for _ in range(chance.randint(1, 4))) for _ in range(300)})
    command = ["git", "check-ignore", "--no-index", "--verbose", "--non-matching", "-z", "--stdin"]
    asked = subprocess.run(command, cwd=tmp_path, input="\0".join(paths) + "\0", capture_output=True, text=True)
    fields = asked.stdout.split("\0")
    ignored = {fields[at + 3] for at in range(0, len(fields) - 3, 4) if fields[at] and fields[at + 2][:1] != "!"}
    assert {path for path in paths if matches(tuple(lines), path)} == ignored
    assert len(paths) > 100


def test_characters_count_and_not_bytes() -> None:
    assert matches(("?.md",), "é.md")
