"""`healthlint medicines import openfda` reads US labels; `medicines diff` shows where the records say otherwise."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from healthlint.cli.output import Progress, note, put, tell, width
from healthlint.cli.parsing import Parser, one_of
from healthlint.errors import UserError

if TYPE_CHECKING:
    from healthlint.medicines.formulary import Formulary
    from healthlint.medicines.label_diff import Conflict, Matched
    from healthlint.medicines.label_store import LabelStore
    from healthlint.medicines.openfda import Tally

SOURCES = ("openfda",)
WORDS = {
    "use-not-in-record": "the label names a use, the record does not",
    "use-not-on-labels": "the record names a use, no label does",
    "use-ruled-out": "the record names a use, the label rules it out",
    "box-not-in-record": "the label has a boxed warning, the record none",
    "box-not-on-labels": "the record has a boxed warning, no label has",
}
_MEGABYTE = 1_000_000


def configure_import(parser: Parser) -> None:
    """Declare the arguments of `import`."""
    add = parser.add_argument
    add("source", nargs="?", type=one_of("source", SOURCES), metavar="openfda", help="where the labels come from")
    add("files", nargs="*", metavar="FILE", help="drug label downloads of openFDA, .zip or .json")
    add("--to", metavar="FOLDER", default="", help="keep the labels there instead of in your data folder")


def configure_diff(parser: Parser) -> None:
    """Declare the arguments of `diff`."""
    add = parser.add_argument
    add("name", nargs="?", metavar="NAME", help="only this medicine: its name, a brand, or its id")
    add("--from", dest="folder", metavar="FOLDER", default="", help="the folder that 'import --to' named")
    add("--format", type=one_of("format", ("text", "json")), default="text", metavar="NAME", help="text | json")


def run_import(args: argparse.Namespace) -> int:
    """Read the files; 2 if one of them could not be read to its end."""
    example = "e.g. 'healthlint medicines import openfda drug-label-0001-of-0013.json.zip'"
    if not args.source:
        raise UserError("what to import is not told", hint=example)
    if not args.files:
        raise UserError("which files to import is not told", hint=example)
    from healthlint.cli.described import current_pack
    from healthlint.knowledge import load_language
    from healthlint.label_reading import LabelReader
    from healthlint.medicines.label_store import LabelStore, default_folder, locked
    from healthlint.medicines.openfda import import_labels

    folder = args.to or default_folder()
    pack = current_pack()
    bar = Progress(sys.stderr, "MB")
    with locked(folder):
        store = LabelStore.load(folder)
        try:
            tally = import_labels(
                args.files, store, LabelReader(load_language(pack.language)), pack.version,
                lambda done, total: bar(done // _MEGABYTE, -(-total // _MEGABYTE)),
            )  # fmt: skip
        except KeyboardInterrupt:
            bar.clear()
            kept = len(store)
            note(f"{kept} {'label is' if kept == 1 else 'labels are'} kept; the same command goes on from here")
            raise
        finally:
            bar.clear()
    put(_summary(tally, store))
    for error in tally.errors:
        tell("error", str(error))
    return 2 if tally.errors else 0


def run_diff(args: argparse.Namespace) -> int:
    """Show the conflicts; 1 if there are some."""
    from healthlint.cli.described import current_pack
    from healthlint.medicines.formulary import Formulary
    from healthlint.medicines.label_diff import conflicts_of, matched
    from healthlint.medicines.label_store import LabelStore, default_folder

    store = LabelStore.load(args.folder or default_folder())
    if not len(store):
        raise UserError("no labels were imported", where=store.folder, hint="see 'healthlint medicines import --help'")
    formulary = Formulary.from_data(current_pack().medicines)
    wanted = _id_of(args.name, formulary) if args.name else None
    labels = matched(store, formulary)
    found = [
        conflict
        for medicine_id, own in labels.by_medicine.items()
        if wanted is None or medicine_id == wanted
        for conflict in conflicts_of(formulary.medicine(medicine_id), own, formulary)
    ]
    if wanted is not None and wanted not in labels.by_medicine:
        note(f"no label of {formulary.medicine(wanted).name} was imported")
    shown = _json(found, labels, store) if args.format == "json" else _table(found, labels, wanted)
    put(shown, utf8=args.format == "json")
    return 1 if found else 0


def _id_of(name: str, formulary: Formulary) -> str:
    found = formulary.find_medicine(name)
    if found is None:
        from healthlint.errors import did_you_mean

        names = [spelt.lower() for known in formulary.medicines() for spelt in (known.name, *known.products())]
        raise UserError(f"no record of '{name}'", hint=did_you_mean(name.lower(), names))
    return found[0]


def _summary(tally: Tally, store: LabelStore) -> str:
    from healthlint.reports.wording import counted

    lines = [
        f"{counted(tally.read, 'label')} read: {tally.added} added, {tally.replaced} replaced, "
        f"{tally.left_out} older than those kept"
    ]
    if tally.nameless:
        lines.append(f"{counted(tally.nameless, 'label')} left out: without a name or an id")
    if tally.unapproved:
        lines.append(f"{counted(tally.unapproved, 'label')} left out: over the counter, without an application")
    if tally.files_done_before:
        lines.append(f"{counted(tally.files_done_before, 'file')} read before, and not again")
    lines.append(f"{counted(len(store), 'label')} in {store.path}")
    return "".join(f"{line}\n" for line in lines)


def _table(found: list[Conflict], labels: Matched, wanted: str | None) -> str:
    from healthlint.reports.wording import counted, printable

    lines: list[str] = []
    for kind, words in WORDS.items():
        rows = [
            (conflict.medicine, conflict.condition, _on_labels(conflict), conflict.record)
            for conflict in found
            if conflict.kind == kind
        ]
        if rows:
            title = words[0].upper() + words[1:]
            lines += [f"{title} ({len(rows)})", *_columns([("medicine", "on what", "label", "record"), *rows]), ""]
    medicines = len(labels.by_medicine) if wanted is None else int(wanted in labels.by_medicine)
    compared = f"{counted(medicines, 'medicine')} compared"
    if wanted is None:
        compared += f"; {counted(labels.without_record, 'label')} without a record"
    return "".join(f"{printable(line)}\n" for line in (*lines, f"{counted(len(found), 'conflict')}, {compared}"))


def _on_labels(conflict: Conflict) -> str:
    more = f" and {conflict.labels - 1} more" if conflict.labels > 1 else ""
    return f"{conflict.label}, {conflict.effective or 'no date'}{more}"


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows under each other, the last column cut where the line ends."""
    most = max(width(sys.stdout) // 4, 16)
    short = [tuple(cell if len(cell) <= most else cell[: most - 1] + "…" for cell in row[:-1]) for row in rows]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    return [
        "  " + "  ".join((*map(str.ljust, cells, widths), row[-1])).rstrip()
        for cells, row in zip(short, rows, strict=True)
    ]


def _json(found: list[Conflict], labels: Matched, store: LabelStore) -> str:
    from json import dumps

    report = {
        "schema_version": 1,
        "labels": len(store),
        "labels_without_record": labels.without_record,
        "medicines": len(labels.by_medicine),
        "conflicts": [conflict._asdict() for conflict in found],
    }
    return dumps(report, ensure_ascii=False, indent=2) + "\n"
