"""Precision, recall and F1 of `healthlint check` by category, on a folder of labelled pages.

The labels are JSON, one a line: {"page": "a.txt", "unit": 3, "text": "…", "labels": "UC", "maybe": "P"}.
A unit is a sentence or heading of the page; `labels` are the letters of what is wrong with it, `maybe` those on which
reviewers differ: they count neither for nor against. See README.md in this folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LETTERS = {
    "U": ("overclaim",), "A": ("overclaim",), "S": ("comparative",), "E": ("efficacy", "overclaim", "supplement"),
    "C": ("citation", "statistics"), "P": ("promotion",), "F": ("promotion",), "T": ("testimonial",),
    "R": ("approval",),
}  # fmt: skip
"""Letter of a label, and the categories of findings that answer it; the first is the one it is counted under."""

LEVELS = ("info", "warning", "error")


@dataclass
class Unit:
    """A labelled stretch of a page, and the categories of the findings that touch it."""

    page: str
    text: str
    labels: frozenset[str]
    maybe: frozenset[str]
    found: set[str] = field(default_factory=set)


@dataclass
class Tally:
    hits: int = 0
    misses: int = 0
    alarms: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else float("nan")

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else float("nan")

    @property
    def f1(self) -> float:
        both = 2 * self.hits + self.misses + self.alarms
        return 2 * self.hits / both if both else float("nan")


def read_units(path: Path) -> dict[str, list[Unit]]:
    pages: dict[str, list[Unit]] = defaultdict(list)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            labels, maybe = frozenset(row.get("labels") or ()), frozenset(row.get("maybe") or ())
            pages[row["page"]].append(Unit(row["page"], row["text"], labels, maybe))
        except (ValueError, KeyError, TypeError) as error:
            sys.exit(f"{path}:{number}: no label: {error!r}")
    return pages


def check(folder: Path, more: Iterable[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "healthlint", "check", ".", "--format", "json", "--fail-on", "never", *more]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(done.stderr or f"healthlint ended with {done.returncode}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def assign(findings: list[dict[str, Any]], pages: dict[str, list[Unit]], least: str) -> None:
    """Give each finding to the units whose text shares its words."""
    names = {Path(page).name.rsplit(".", 1)[0]: page for page in pages}
    for finding in findings:
        if LEVELS.index(finding["severity"]) < LEVELS.index(least) or finding["scope"] == "document":
            continue
        page = names.get(Path(finding["path"]).name.rsplit(".", 1)[0])
        if page is None:
            continue
        words, sentence = squeezed(finding["text"]), squeezed(finding["sentence"])
        for unit in pages[page]:
            whole = squeezed(unit.text)
            if words and words in whole and (sentence in whole or whole in sentence):
                unit.found.add(finding["category"])


def tallies(pages: dict[str, list[Unit]]) -> dict[str, Tally]:
    counts: dict[str, Tally] = defaultdict(Tally)
    for unit in (unit for units in pages.values() for unit in units):
        answered = {category for letter in unit.labels | unit.maybe for category in LETTERS.get(letter, ())}
        for name in {LETTERS[letter][0] for letter in unit.labels if letter in LETTERS}:
            wanted = {
                c for letter in unit.labels if letter in LETTERS and LETTERS[letter][0] == name for c in LETTERS[letter]
            }
            if wanted & unit.found:
                counts[name].hits += 1
            else:
                counts[name].misses += 1
        for category in unit.found - answered:
            counts[category].alarms += 1
        anything = bool(unit.found & answered) if unit.labels else bool(unit.found - answered)
        if unit.labels:
            counts["any"].hits += anything
            counts["any"].misses += not anything
        elif not unit.maybe:
            counts["any"].alarms += anything
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--labels", type=Path, required=True, metavar="FILE.jsonl")
    parser.add_argument("--pages", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--least", choices=LEVELS, default="info", help="findings below this severity do not count")
    parser.add_argument("--profile", default="", help="profiles to check under")
    parser.add_argument("--wrong", metavar="CATEGORY", help="list the units that this category gets wrong")
    args = parser.parse_args()
    pages = read_units(args.labels)
    report = check(args.pages, ["--profile", args.profile] if args.profile else [])
    assign(report["findings"], pages, args.least)
    print(f"{'category':<14}{'precision':>10}{'recall':>9}{'F1':>7}{'hits':>8}{'misses':>8}{'alarms':>8}")
    for name, tally in sorted(tallies(pages).items(), key=lambda pair: (pair[0] == "any", pair[0])):
        share = f"{tally.precision:>10.2f}{tally.recall:>9.2f}{tally.f1:>7.2f}"
        print(f"{name:<14}{share}{tally.hits:>8}{tally.misses:>8}{tally.alarms:>8}")
    if args.wrong:
        for unit in (unit for units in pages.values() for unit in units):
            asked = any(args.wrong in LETTERS.get(letter, ()) for letter in unit.labels | unit.maybe)
            missed = any(LETTERS.get(letter, ("",))[0] == args.wrong for letter in unit.labels)
            if missed and not {c for letter in unit.labels for c in LETTERS.get(letter, ())} & unit.found:
                print(f"miss   {unit.page}: {unit.text}")
            elif args.wrong in unit.found and not asked:
                print(f"alarm  {unit.page}: {unit.text}")


if __name__ == "__main__":
    main()
