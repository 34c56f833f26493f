"""The labelled test set: its labels are merged from both readers, and the linter does not cry wolf on it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
GOLD = PROJECT / "tests" / "gold"
LEAST_PRECISION = 0.8
"""Of the units with a finding, the share in which a reader saw a fault too; below it, something is badly wrong."""


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def test_every_line_of_every_page_is_labelled_once() -> None:
    lines = [
        (page.stem, number, line)
        for page in sorted((GOLD / "pages").glob("*.txt"))
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
    ]
    for name in ("labels-a.jsonl", "labels-b.jsonl", "labels.jsonl"):
        assert sorted((r["page"], r["unit"], r["text"]) for r in rows(name)) == sorted(lines), name


def test_what_is_flagged_is_mostly_what_readers_saw() -> None:
    command = [sys.executable, str(PROJECT / "benchmarks" / "accuracy.py")]
    ran = subprocess.run(
        [*command, "--labels", str(GOLD / "labels.jsonl"), "--pages", str(GOLD / "pages")],
        capture_output=True,
        text=True,
        check=True,
    )
    last = next(line for line in ran.stdout.splitlines() if line.startswith("any "))
    precision, recall = (float(figure) for figure in last.split()[1:3])
    assert precision >= LEAST_PRECISION, ran.stdout
    assert recall > 0.2, ran.stdout
