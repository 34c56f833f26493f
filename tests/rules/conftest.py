from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

RULE: dict[str, Any] = {
    "schema": 1,
    "id": "HL190",
    "name": "moon-dust",
    "status": "stable",
    "since": "0.1",
    "category": "overclaim",
    "severity": "error",
    "confidence": "high",
    "summary": "moon dust is praised",
    "message": "reads as praise of moon dust: {match}",
    "help": "leave it out",
    "why": "Nobody has tested it.",
    "check": {"kind": "phrase", "patterns": ["moon dust"]},
    "examples": {
        "bad": ["Try ⟦moon dust⟧.", "Buy moon dust.", "We love moon dust."],
        "good": ["Try dust.", "Try the moon.", "Sand is fine."],
    },
}


class Folder:
    """A folder of rules under construction."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rule(self, file: str = "", **changes: Any) -> Path:
        """Write a rule file; a key changed to None is left out."""
        values = {**RULE, **{key.replace("_", "-"): value for key, value in changes.items()}}
        values = {key: value for key, value in values.items() if value is not None}
        path = self.path / (file or f"{values.get('id')}-{values.get('name')}.yaml")
        return self.text(path.relative_to(self.path).as_posix(), yaml.safe_dump(values, allow_unicode=True))

    def lexicon(self, name: str, *terms: str, **changes: Any) -> Path:
        values = {"schema": 1, "name": name, "about": "words for a test", "terms": list(terms), **changes}
        values = {key: value for key, value in values.items() if value is not None}
        return self.text(f"lexicons/{name}.yaml", yaml.safe_dump(values))

    def text(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "rules"
    path.mkdir()
    return Folder(path)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
