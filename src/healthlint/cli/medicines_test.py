"""`healthlint medicines test`: every record on its own examples, and against the others."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from healthlint.cli.described import own_folders
from healthlint.cli.output import put
from healthlint.cli.parsing import Parser
from healthlint.config import display
from healthlint.errors import UserError
from healthlint.reports.wording import counted, printable

if TYPE_CHECKING:
    from healthlint.medicines.trial import Fault, Trial, Tried

LETTERS = {"example": "E", "contradiction": "C", "unreadable": "U"}


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    parser.epilog = (
        "letters: . as it should be, E another verdict than the example says, C an entry that another one\n"
        "gainsays, U cannot be read\n\nexit status: 0 all passed, 1 a record failed, 2 could not do what was asked"
    )
    add("folders", nargs="*", metavar="FOLDER", help="folders that hold medicines/ or conditions/ "
        "(default: the built-in records and those that the configuration adds)")  # fmt: skip
    add("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")


def run(args: argparse.Namespace) -> int:
    """Test the records; 1 if any of them fails."""
    trials = _own(tuple(map(_rules_folder, args.folders))) if args.folders else _all(own_folders(args.config))
    failed = [tried for trial in trials for tried in trial.tried if tried.faults]
    for trial in trials:
        for tried in trial.tried:
            put(_strip(tried) + "\n" + "".join(map(_told, tried.faults)))
    records = sum(len(trial.tried) for trial in trials)
    conditions = counted(trials[-1].conditions, "condition")
    examples = sum(tried.examples for trial in trials for tried in trial.tried)
    if failed:
        faults = counted(sum(len(tried.faults) for tried in failed), "fault")
        put(f"{len(failed)} of {counted(records, 'record')} failed, with {faults} ({conditions})\n")
        return 1
    put(f"{counted(records, 'record')} and {conditions} passed, with {counted(examples, 'example')}\n")
    return 0


def _rules_folder(name: str) -> Path:
    """The folder that holds `medicines/` and `conditions/`; either of these may be named instead."""
    folder = Path(name)
    if folder.name in ("medicines", "conditions") and folder.is_dir():
        folder = folder.parent
    if not any((folder / below).is_dir() for below in ("medicines", "conditions")):
        what = "no medicines there to test" if folder.is_dir() else "no such folder of records"
        raise UserError(what, where=folder.as_posix(), hint="name a folder that holds medicines/ or conditions/")
    return folder


def _built_in() -> Path:
    """The built-in records as they are written: of the source checkout, or beside the compiled ones."""
    from healthlint.rules.pack import PACKAGE, source_folder

    return Path(display(source_folder() or PACKAGE / "data" / "rules"))


def _all(folders: tuple[Path, ...]) -> list[Trial]:
    from healthlint.medicines.trial import try_folder

    built_in = try_folder(_built_in())
    if not folders or any(tried.faults for tried in built_in.tried):
        return [built_in]
    return [built_in, *_own(folders)]


def _own(folders: tuple[Path, ...]) -> list[Trial]:
    """Each folder on top of the built-in records and of the folders before it."""
    from healthlint.medicines.loader import compile_folder
    from healthlint.medicines.trial import try_folder
    from healthlint.rules.pack import load_pack

    trials: list[Trial] = []
    base: dict[str, Any] | None = None
    for folder in folders:
        if folder.resolve() == _built_in().resolve():
            trials.append(try_folder(folder))
            continue
        base = base or load_pack().medicines
        trials.append(try_folder(folder, base))
        if any(tried.faults for tried in trials[-1].tried):
            break  # what comes on top of it would be judged by half of it
        base = compile_folder(folder / "medicines", folder / "conditions", base)
    return trials


def _strip(tried: Tried) -> str:
    """A letter for each example, a dot where all is well; one more for each fault that is no example's."""
    letters = {fault.example: LETTERS[fault.kind] for fault in tried.faults if fault.example}
    examples = "".join(letters.get(number, ".") for number in range(1, tried.examples + 1))
    others = "".join(LETTERS[fault.kind] for fault in tried.faults if not fault.example)
    return f"{tried.name:<32} {' '.join(group for group in (examples, others) if group)}"


def _told(fault: Fault) -> str:
    lines = [f"  {fault.kind}: {printable(fault.where)}", f"    {printable(fault.told)}"]
    if fault.expected:
        lines.append(f"    expected {fault.expected}, got {printable(fault.got)}")
    return "".join(f"{line}\n" for line in lines)
