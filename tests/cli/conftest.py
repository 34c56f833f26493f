"""The command line as users meet it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_support import HOUSE_RULE, SOURCE, Cli, Put, Ran


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
            [sys.executable, "-m", "healthlint", *args],
            cwd=tmp_path,
            input=data,
            capture_output=True,
            env=env,
            timeout=120,
        )
        err = done.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(done.returncode, done.stdout.decode(), err)

    return run


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file below the folder that `cli` runs in."""

    def write(path: str, content: str | bytes) -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


@pytest.fixture(scope="session")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the house rule that most tests use, so that it is compiled once."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "HOUSE101-blue-moon.yaml").write_text(HOUSE_RULE)
    return folder


@pytest.fixture
def house(put: Put, shared_house: Path) -> Path:
    """A configuration that selects the rule of the house alone, and a copy of the rule in `house/`, for changes."""
    put(".healthlint.yaml", f"rules: ['{shared_house.as_posix()}']\nselect: [HOUSE101]\n")
    return put("house/HOUSE101-blue-moon.yaml", HOUSE_RULE)
