"""The command line as users meet it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[2] / "src"

HOUSE_RULE = """\
schema: 1
id: HOUSE101
name: blue-moon
status: stable
since: "0.1"
category: promotion
severity: error
confidence: high
profiles: [base]
summary: a page speaks of the blue moon
message: "reads as moonlight: {match}"
help: leave the moon out
why: |
  The house style has no moon.
check: {kind: phrase, patterns: ["blue moon"]}
unless: [negated]
examples:
  bad: ["Once in a ⟦blue moon⟧.", "A blue moon rises.", "Blue moon tea."]
  good: ["A red moon rises.", "Nothing is blue.", {text: "There is no blue moon here.", because: negated}]
"""


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


Cli = Callable[..., Ran]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One cache for all tests, apart from the user's own."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def cli(tmp_path: Path, cache: str) -> Cli:
    """Run the command line in a new repository: its exit status, standard output and standard error."""
    (tmp_path / ".git").mkdir()

    def run(*args: str, stdin: str | bytes = b"", **environment: str) -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        env = {**os.environ, "PYTHONPATH": str(SOURCE), "XDG_CACHE_HOME": cache, "NO_COLOR": "", **environment}
        done = subprocess.run(
            [sys.executable, "-m", "healthlint", *args], cwd=tmp_path, input=data, capture_output=True, env=env, timeout=120
        )
        err = done.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(done.returncode, done.stdout.decode(), err)

    return run


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Write a file below the folder that `cli` runs in."""

    def write(path: str, content: str | bytes) -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


@pytest.fixture
def house(put: Callable[..., Path]) -> Path:
    """A folder of one rule of the house, and a configuration that names it and selects nothing else."""
    put(".healthlint.yaml", "rules: [house]\nselect: [HOUSE101]\n")
    return put("house/HOUSE101-blue-moon.yaml", HOUSE_RULE)
