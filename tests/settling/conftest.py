"""A small content repository to check in this process, with few rules so that it is quick."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from healthlint.cli.main import main


class Run(NamedTuple):
    status: int
    out: str
    err: str


class Repository:
    """Files in a folder that is the current one, and the command line on them."""

    def __init__(self, folder: Path, capture: Callable[[], Any]) -> None:
        self.folder = folder
        self._capture = capture

    def put(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def text(self, path: str) -> str:
        return (self.folder / path).read_bytes().decode()

    def run(self, *arguments: str) -> Run:
        self._capture()
        status = main(arguments)
        captured = self._capture()
        return Run(status, captured.out, captured.err)

    def findings(self, *arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("check", "--format", "json", *arguments).out)["findings"]
        return found

    def statuses(self, *arguments: str) -> list[str]:
        """`path:line status` of each finding."""
        return [f"{f['path']}:{f['line']} {f['status']}" for f in self.findings(*arguments)]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Repository:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path, capsys.readouterr)
