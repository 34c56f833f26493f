"""`healthlint baseline`: accept what is found today, keep that up to date, and show it."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from healthlint.cli.action import Action, declare
from healthlint.cli.check import ENVIRONMENT_OF_FILES, checked, what_to_check
from healthlint.cli.environment import filled
from healthlint.cli.output import note, put, tell, write_file
from healthlint.cli.parsing import Parser
from healthlint.config import display
from healthlint.errors import UserError
from healthlint.reports.wording import counted, printable

if TYPE_CHECKING:
    from healthlint.run import Result
    from healthlint.settling.accepting import Compared
    from healthlint.settling.baseline import Entry, Found

FILE_NAME = ".healthlint-baseline"
ACTIONS = {
    "write": Action("accept all that is found now, in a new baseline", "baseline", "configure_write", "write"),
    "update": Action("accept what is new besides, and list it", "baseline", "configure_others", "update"),
    "prune": Action("drop entries that accept nothing any more", "baseline", "configure_others", "prune"),
    "show": Action(
        "list the entries, and which of them accept nothing any more", "baseline", "configure_others", "show"
    ),
}


def configure(parser: Parser) -> None:
    """Declare the arguments of the command without an action."""
    declare(parser, "baseline", ACTIONS)


def run(args: argparse.Namespace) -> int:
    """Without an action there is nothing to do."""
    raise UserError("what to do with the baseline is not told", hint="one of: " + ", ".join(ACTIONS))


def write(args: argparse.Namespace) -> int:
    """Accept all that is found now; 2 and nothing written if something could not be checked."""
    result = _compared(args, new_baseline=True)
    for compared in result.compared:
        if compared.file.exists() and not args.force:
            hint = "'update' adds what is new; --force writes it anew, from what this run checks alone"
            raise UserError("there is a baseline already", where=display(compared.file), hint=hint)
    if _troubled(result, "nothing was written"):
        return 2
    for compared in result.compared:
        entries = [found.entry for found in compared.comparison.found]
        _write(compared.file, entries)
        note(f"{display(compared.file)}: accepted {_findings(len(entries))}{_of_each_rule(entries)}")
    return 0


def update(args: argparse.Namespace) -> int:
    """Accept what is new besides, and tell of it; entries that match follow their text, none is dropped."""
    result = _compared(args)
    for compared in result.compared:
        entries, comparison = list(compared.comparison.entries), compared.comparison
        moved = 0
        for found, match in zip(comparison.found, comparison.matches, strict=True):
            if match >= 0:
                moved += entries[match] != found.entry
                entries[match] = found.entry
        _write(compared.file, [*entries, *(found.entry for found in comparison.new)])
        put("".join(_line(found) for found in comparison.new))
        told = f"accepted {_findings(len(comparison.new))} more{_of_each_rule(f.entry for f in comparison.new)}"
        note(f"{display(compared.file)}: {told}; {moved} of {_entries(len(entries))} followed their text")
    return 2 if _troubled(result, "what could be checked was added") else 0


def prune(args: argparse.Namespace) -> int:
    """Drop the entries that accept nothing any more; 2 and nothing dropped if something could not be checked."""
    result = _compared(args)
    if _troubled(result, "nothing was dropped"):
        return 2
    for compared in result.compared:
        entries = compared.comparison.entries
        dropped = {index for index in compared.comparison.unmatched if _is_settled(entries[index], compared, args)}
        _write(compared.file, [entry for index, entry in enumerate(entries) if index not in dropped])
        put(
            "".join(f"{printable(entries[i].path)}: {entries[i].rule} {printable(entries[i].words)}\n" for i in dropped)
        )
        kept = len(entries) - len(dropped)
        note(f"{display(compared.file)}: dropped {_entries(len(dropped))}, kept {kept}")
    return 0


def show(args: argparse.Namespace) -> int:
    """List the entries by file, with those that accept nothing marked."""
    result = _compared(args)
    for compared in result.compared:
        put(_shown(compared, args))
    return 2 if _troubled(result, "the marks are not complete") else 0


def configure_others(parser: Parser) -> None:
    """Declare the arguments of the other actions."""
    what_to_check(parser)


def configure_write(parser: Parser) -> None:
    """Declare the arguments of `write`."""
    what_to_check(parser)
    parser.add_argument("--force", action="store_true", help="overwrite one that is there")


def _compared(args: argparse.Namespace, *, new_baseline: bool = False) -> Result:
    """The run, with a comparison for each baseline that its files have."""
    result = checked(filled(args, ENVIRONMENT_OF_FILES), new_baseline=new_baseline)
    if not result.compared and not result.outcome.errors:
        hint = f"add 'baseline: {FILE_NAME}' to .healthlint.yaml, or name a file with --baseline"
        raise UserError("no baseline is configured for these files", hint=hint)
    return result


def _troubled(result: Result, consequence: str) -> bool:
    """Tell what kept the run from checking everything; whether there was anything."""
    for error in result.outcome.errors:
        tell("error", error)
    if result.outcome.errors:
        tell("error", f"not everything could be checked: {consequence}")
    return bool(result.outcome.errors)


def _is_settled(entry: Entry, compared: Compared, args: argparse.Namespace) -> bool:
    """Whether this run can tell that nothing needs the entry: its file was checked in whole, and by its rule.

    The same goes for a file that is gone, where the folder that it was in was searched.
    """
    from healthlint.settling.accepting import file_of

    path = file_of(entry.path)
    if path in compared.rules:
        return entry.rule in compared.rules[path] or not _is_known(entry.rule)
    at = compared.file.parent / path
    folders = [os.path.realpath(given) for given in args.paths or ["."] if os.path.isdir(given)]
    return not at.exists() and any(_is_below(os.path.realpath(at), folder) for folder in folders)


def _is_known(rule: str) -> bool:
    from healthlint.cli.described import current_pack

    return current_pack().rule(rule) is not None


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath((path, folder)) == folder


def _shown(compared: Compared, args: argparse.Namespace) -> str:
    entries, unmatched = compared.comparison.entries, set(compared.comparison.unmatched)
    rows: dict[str, list[str]] = {}
    gone = 0
    for index in sorted(range(len(entries)), key=lambda index: entries[index]):
        entry = entries[index]
        is_gone = index in unmatched and _is_settled(entry, compared, args)
        gone += is_gone
        mark = "  no longer found" if is_gone else "  not checked" if index in unmatched else ""
        rows.setdefault(entry.path, []).append(f"  {entry.rule}  {printable(entry.words)}{mark}\n")
    listed = "".join(f"{printable(path)}\n{''.join(lines)}\n" for path, lines in rows.items())
    closing = (
        f"{_entries(len(entries))} in {counted(len(rows), 'file')}{_of_each_rule(entries)}; {gone} no longer found"
    )
    return f"{listed}{closing}\n"


def _write(path: Path, entries: Iterable[Entry]) -> None:
    """Put the file there whole or not at all: a run that is stopped must not cost the entries."""
    from healthlint.settling.baseline_file import baseline_text

    unfinished = path.with_name(f"{path.name}.new")
    write_file(str(unfinished), baseline_text(entries))
    os.replace(unfinished, path)


def _line(found: Found) -> str:
    f = found.finding
    return f"{printable(f.path)}:{f.line}:{f.column}: {f.severity.word} {f.rule} {printable(f.message)} [{f.name}]\n"


def _findings(number: int) -> str:
    return counted(number, "finding")


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _of_each_rule(entries: Iterable[Entry]) -> str:
    """How many entries each rule has, the most frequent first; a handful of them."""
    counts = Counter(entry.rule for entry in entries)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{rule} {number}" for rule, number in ordered[:5]] + ["…"] * (len(ordered) > 5)
    return f" ({', '.join(shown)})" if shown else ""
