"""Merge the two readers' labels: `python tests/gold/merge.py`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LABELS = "UASECPTFR"

Unit = dict[str, Any]
Key = tuple[str, int]


def read_pages(folder: Path) -> dict[Key, str]:
    """Every unit of every page, by page and number from 1."""
    units: dict[Key, str] = {}
    for path in sorted(folder.glob("*.txt")):
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            units[path.stem, number] = text
    return units


def read_labels(path: Path, units: dict[Key, str]) -> dict[Key, Unit]:
    """One reader's file, checked against the pages."""
    read: dict[Key, Unit] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        unit = json.loads(line)
        key = (unit["page"], unit["unit"])
        if units.get(key) != unit["text"]:
            raise ValueError(f"{path.name}: {key} is not the text of the page")
        if key in read:
            raise ValueError(f"{path.name}: {key} is labelled twice")
        unknown = (set(unit["labels"]) | set(unit["maybe"])) - set(LABELS)
        if unknown or set(unit["labels"]) & set(unit["maybe"]):
            raise ValueError(f"{path.name}: {key} has labels that are unknown, or both sure and maybe")
        read[key] = unit
    missing = units.keys() - read.keys()
    if missing:
        raise ValueError(f"{path.name}: {len(missing)} units without labels, such as {min(missing)}")
    return read


def in_order(labels: Iterable[str]) -> list[str]:
    return sorted(labels, key=LABELS.index)


def merge_unit(a: Unit, b: Unit) -> Unit:
    """Sure for one and at least maybe for the other: a label. Anything else that was seen: a maybe."""
    sure_a, sure_b = set(a["labels"]), set(b["labels"])
    seen_a, seen_b = sure_a | set(a["maybe"]), sure_b | set(b["maybe"])
    labels = (sure_a & seen_b) | (sure_b & seen_a)
    maybe = (seen_a | seen_b) - labels
    return {
        "page": a["page"],
        "unit": a["unit"],
        "text": a["text"],
        "labels": in_order(labels),
        "maybe": in_order(maybe),
    }


def kappa(a: list[bool], b: list[bool]) -> float | None:
    """Cohen's kappa of two readers' yes and no; None where both gave one and the same answer throughout."""
    n = len(a)
    observed = sum(x == y for x, y in zip(a, b, strict=True)) / n
    yes_a, yes_b = sum(a) / n, sum(b) / n
    expected = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def main() -> int:
    try:
        units = read_pages(HERE / "pages")
        a = read_labels(HERE / "labels-a.jsonl", units)
        b = read_labels(HERE / "labels-b.jsonl", units)
    except (OSError, ValueError) as error:
        print(f"merge.py: {error}", file=sys.stderr)
        return 2
    merged = [merge_unit(a[key], b[key]) for key in sorted(units)]
    lines = [json.dumps(unit, ensure_ascii=False) + "\n" for unit in merged]
    (HERE / "labels.jsonl").write_text("".join(lines), encoding="utf-8")

    labels = Counter(label for unit in merged for label in unit["labels"])
    maybe = Counter(label for unit in merged for label in unit["maybe"])
    bare = sum(not unit["labels"] and not unit["maybe"] for unit in merged)
    print(f"{len({page for page, _ in units})} pages, {len(units)} units, {bare} with nothing for either reader")
    print("label  sure-a  sure-b  labels  maybe  kappa")
    for label in LABELS:
        in_a = [label in a[key]["labels"] for key in units]
        in_b = [label in b[key]["labels"] for key in units]
        value = kappa(in_a, in_b)
        shown = "-" if value is None else f"{value:.2f}"
        print(f"{label:5}  {sum(in_a):6}  {sum(in_b):6}  {labels[label]:6}  {maybe[label]:5}  {shown:>5}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
