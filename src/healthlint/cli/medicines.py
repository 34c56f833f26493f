"""`healthlint medicines`: look for medicines by name, brand or condition; its actions stand in modules of their own."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from healthlint.cli.action import Action
from healthlint.cli.output import put, tell, width
from healthlint.cli.parsing import Parser, one_of

if TYPE_CHECKING:
    from healthlint.cli.medicines_lookup import Library
    from healthlint.cli.medicines_search import Hit


ACTIONS = {
    "show": Action("tell all that a record says", "medicines_show"),
    "verdict": Action("tell how a medicine for a condition stands against the label, and why", "medicines_verdict"),
    "test": Action("test the records on their examples and against each other", "medicines_test"),
    "import": Action("read US labels from openFDA's download", "medicines_import", "configure_import", "run_import"),
    "diff": Action("tell where imported labels and records disagree", "medicines_import", "configure_diff", "run_diff"),
}


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    about = "\n".join(f"  {name:<11}{action.about}" for name, action in ACTIONS.items())
    parser.usage = "healthlint medicines [options] [WORD ...]\n       healthlint medicines ACTION ..."
    parser.epilog = f"actions:\n{about}\n\n'healthlint medicines ACTION --help' tells more"
    add = parser.add_argument
    add("words", nargs="*", metavar="WORD", help="a name, a brand or a condition (default: list all)")
    add("--format", type=one_of("format", ("text", "json")), default="text", metavar="NAME", help="text | json")
    add("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")


def run(args: argparse.Namespace) -> int:
    """List the medicines that the words name; all of them without words."""
    from healthlint.cli.medicines_lookup import open_library
    from healthlint.cli.medicines_search import search

    library = open_library(args.config)
    hits = search(" ".join(args.words), library)
    if not hits:
        tell("warning", _nothing(args.words, library))
    if args.format == "json":
        put(_json(hits, library), utf8=True)
    elif hits:
        put(_table(hits, width(sys.stdout)))
    return 0


def _nothing(words: list[str], library: Library) -> str:
    from healthlint.errors import did_you_mean

    hint = library.hint_for_any(" ".join(words))
    action = did_you_mean(words[0], list(ACTIONS)) if len(words) > 1 else ""
    if action.startswith("did you mean"):
        hint = action.replace("'", "'medicines ", 1)
    return f"no record has '{' '.join(words)}'" + (f" ({hint})" if hint else "")


_GAP = "  "


def _table(hits: list[Hit], columns: int) -> str:
    """A line a medicine. Its name and kind stand whole, uses and brands are cut where the line ends."""
    rows = [("name", "kind", "labelled for", "brands")]
    rows += [(hit.medicine.name, hit.medicine.kind, "; ".join(hit.uses), ", ".join(hit.brands)) for hit in hits]
    names, kinds = (max(len(row[i]) for row in rows) for i in (0, 1))
    names = min(names, columns // 3)
    left = max(columns - names - kinds - 3 * len(_GAP), 40)
    uses = min(max(len(row[2]) for row in rows), left * 3 // 5)
    widths = (names, kinds, uses, left - uses)
    lines = (_GAP.join(_cut(cell, size).ljust(size) for cell, size in zip(row, widths, strict=True)) for row in rows)
    return "".join(line.rstrip() + "\n" for line in lines)


def _cut(text: str, size: int) -> str:
    from healthlint.reports.wording import printable

    text = printable(text)
    return text if len(text) <= size else text[: size - 1].rstrip(" ,;") + "…"


def _json(hits: list[Hit], library: Library) -> str:
    from json import dumps

    listed: list[dict[str, Any]] = [
        {
            "id": hit.medicine.id,
            "name": hit.medicine.name,
            "kind": hit.medicine.kind,
            "labelled": list(hit.uses),
            "conditions": list(dict.fromkeys(indication.condition for indication in hit.medicine.indications)),
            "brands": list(hit.brands),
            "review": hit.medicine.review.status,
        }
        for hit in hits
    ]
    report = {"schema_version": 1, "knowledge": library.knowledge(), "medicines": listed}
    return dumps(report, ensure_ascii=False, indent=2) + "\n"
