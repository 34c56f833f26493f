"""`healthlint check`: files in, report out."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from healthlint.cli.clock import today
from healthlint.cli.environment import CONFIG, Readers, config_file, filled
from healthlint.cli.output import Progress, note, put, tell, wants_color, width, write_file
from healthlint.cli.parsing import Parser, fields, list_of, one_of, positive, words
from healthlint.config import FAIL_ON, FILE_NAME, Configs, Overrides, Word
from healthlint.errors import UserError
from healthlint.findings import Outcome
from healthlint.rules.vocabulary import PROFILES
from healthlint.run import STDIN, Result, check_files

if TYPE_CHECKING:
    from healthlint.git import Since

FORMATS = ("text", "concise", "json", "sarif", "github")
EPILOG = """exit status: 0 nothing found at or above --fail-on, 1 findings, 2 could not do what was asked
variables: HEALTHLINT_CONFIG, _PROFILE, _FORMAT, _FAIL_ON, _JOBS stand in for the options"""


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    parser.epilog = EPILOG
    what_to_check(parser)
    add("--no-baseline", action="store_true", help="show what a baseline accepts, too")
    add("--format", type=one_of("format", FORMATS), metavar="NAME", help=" | ".join(FORMATS) + " (default: text)")
    add("--output", metavar="FILE", help="write the report there instead of to standard output")
    add("--fail-on", type=one_of("level", FAIL_ON), metavar="LEVEL", help=" | ".join(FAIL_ON) + " (default: warning)")
    add("--diff", metavar="REF", help="only what changed since a git revision (REF... for where the branch left it)")
    add("--staged", action="store_true", help="only what is staged for the next git commit, as it is staged")
    add("--statistics", action="store_true", help="count the findings of each rule")
    add("-q", "--quiet", action="store_true", help="findings and errors only")
    add("-v", "--verbose", action="store_true", help="tell the kind of each document, and the time taken")
    add("--color", type=one_of("choice", ("auto", "always", "never")), default="auto", metavar="WHEN",
        help="auto | always | never")  # fmt: skip


def what_to_check(parser: Parser) -> None:
    """Declare the arguments that every command has that checks files."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input (default: this folder)")
    add("--stdin-filename", metavar="PATH", help="the name of standard input, for its format and configuration")
    add(
        "--profile", type=list_of("profile", PROFILES), action="extend", metavar="NAMES",
        help="regimes that apply besides base: " + ", ".join(PROFILES[1:]),
    )  # fmt: skip
    add("--select", type=words, action="extend", metavar="RULES", help="only these codes, names, categories")
    add("--ignore", type=words, action="extend", metavar="RULES", help="not these codes, names, categories")
    add("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")
    add("--baseline", metavar="FILE", help="this baseline instead of the one that the configuration names")
    add("--jobs", type=positive, metavar="N", help="processes (default: 1, from 100 files on one for each core)")
    add("--records", metavar="FIELDS", type=fields,
        help="check these fields of each record in .jsonl, .csv and .tsv files: body, or title,body:html")  # fmt: skip


ENVIRONMENT_OF_FILES: Readers = {
    CONFIG: ("config", config_file),
    "HEALTHLINT_PROFILE": ("profile", list_of("profile", PROFILES)),
    "HEALTHLINT_JOBS": ("jobs", positive),
}
"""What stands in for the options of `what_to_check`."""
ENVIRONMENT: Readers = {
    **ENVIRONMENT_OF_FILES,
    "HEALTHLINT_FORMAT": ("format", one_of("format", FORMATS)),
    "HEALTHLINT_FAIL_ON": ("fail_on", one_of("level", FAIL_ON)),
}


def run(args: argparse.Namespace) -> int:
    """Check what was asked for; the exit status."""
    args = filled(args, ENVIRONMENT)
    args.format = args.format or "text"
    started = time.perf_counter()
    result = checked(
        args,
        fail_on=args.fail_on,
        no_baseline=args.no_baseline,
        quiet=args.quiet,
        verbose=args.verbose,
        since=_since(args),
    )
    report = _render(result, args)
    if args.output:
        write_file(args.output, report)
    else:
        put(report, utf8=args.format in ("json", "sarif"))
    _tell(result, args)
    if args.verbose:
        _tell_more(result.outcome, time.perf_counter() - started)
    return 2 if result.outcome.errors else 1 if result.failing else 0


def checked(
    args: argparse.Namespace,
    *,
    fail_on: str | None = None,
    no_baseline: bool = False,
    new_baseline: bool = False,
    quiet: bool = False,
    verbose: bool = False,
    since: Since | None = None,
) -> Result:
    """Check what the arguments of `what_to_check` name, as far as it changed `since`."""
    from healthlint.discovery import discover

    select, ignore = _rule_words("--select", args.select), _rule_words("--ignore", args.ignore)
    overrides = Overrides(
        profiles=None if args.profile is None else tuple(args.profile),
        select=select or None,
        ignore=ignore,
        fail_on=fail_on,
        baseline=Path(args.baseline).absolute() if args.baseline else None,
        no_baseline=no_baseline,
    )
    configs = Configs(overrides, Path(args.config) if args.config else None)
    paths = tuple(args.paths) or (".",)
    if args.stdin_filename and STDIN not in paths:
        raise UserError("standard input is not among the paths", where="--stdin-filename", hint="add - as a path")
    if since is not None and STDIN in paths:
        raise UserError(
            "standard input has no history",
            where="--staged" if since.staged else "--diff",
            hint="name files or folders",
        )
    named = tuple(path for path in paths if path != STDIN)
    absent: tuple[Path, ...] = ()
    if since is not None and since.staged:
        from healthlint.git import staged_only

        absent = staged_only(named)
    found = discover(named, configs, records=bool(args.records), absent=absent)
    files, problems = list(found.files), list(found.problems)
    if STDIN in paths:
        from healthlint.cli.stdin import read_stdin

        stdin_files, stdin_problems = read_stdin(args.stdin_filename, configs, records=bool(args.records))
        files, problems = [*stdin_files, *files], [*stdin_problems, *problems]
    progress = Progress(sys.stderr)
    try:
        return check_files(
            files,
            problems=problems,
            words=(*select, *ignore),
            clock=today,
            jobs=args.jobs,
            field=args.records or "",
            progress=None if quiet else progress,
            since=since,
            new_baseline=new_baseline,
        )
    finally:
        progress.clear()
        if not quiet:
            _tell_passed(found.passed, verbose)


def _tell_passed(passed: tuple[str, ...], verbose: bool) -> None:
    """Files that could be read but were not asked for: silence would let them pass as checked."""
    if not passed:
        return
    kinds = Counter(os.path.splitext(name)[1].lower() for name in passed)
    counts = ", ".join(f"{number} {suffix}" for suffix, number in sorted(kinds.items()))
    note(f"passed over: {counts} (name them, or list them under include or exclude in {FILE_NAME})")
    for name in passed if verbose else ():
        note(f"{name}: passed over")


def _since(args: argparse.Namespace) -> Since | None:
    """What findings are to be reported of; None: of all."""
    if args.diff is None and not args.staged:
        return None
    if args.diff is not None and args.staged:
        raise UserError("--diff and --staged exclude each other", hint="--staged compares with the last commit")
    from healthlint.git import Since

    return Since(args.diff or "", args.staged)


def _rule_words(option: str, given: list[str] | None) -> tuple[Word, ...]:
    return tuple(Word(word, option) for word in given or ())


def _render(result: Result, args: argparse.Namespace) -> str:
    outcome = result.outcome
    if args.format == "text":
        from healthlint.reports import text

        color = wants_color(args.color, sys.stdout) if not args.output else args.color == "always"
        return text.render(outcome, text.Style(color, width(sys.stdout), args.quiet, args.statistics))
    if args.format == "concise":
        from healthlint.reports import concise

        return concise.render(outcome)
    if args.format == "github":
        from healthlint.reports import github

        return github.render(outcome)
    if args.format == "json":
        from healthlint.reports import json

        return json.render(outcome)
    from healthlint.cli.described import described_rules
    from healthlint.reports import sarif

    return sarif.render(outcome, described_rules(outcome, result.rule_folders))


def _tell(result: Result, args: argparse.Namespace) -> None:
    """What the report itself does not say."""
    from healthlint.reports.wording import active, statistics, summary

    for error in result.outcome.errors:
        tell("error", error)
    if args.quiet:
        return
    for warning in result.warnings:
        tell("warning", warning)
    if result.unchanged:
        note(f"{result.unchanged} {'file' if result.unchanged == 1 else 'files'} passed over: nothing changed in them")
    if args.statistics and args.format != "text":
        for line in statistics(active(result.outcome)).splitlines():
            note(line)
    if args.format in ("concise", "github") or args.output:
        note(summary(result.outcome))


def _tell_more(outcome: Outcome, seconds: float) -> None:
    for file in outcome.files:
        if file.kind:
            note(f"{file.path}: {file.kind}" + (f" ({'; '.join(file.kind_cues)})" if file.kind_cues else ""))
    for finding in outcome.findings:
        if finding.grounds:
            grounds = "; ".join(f"{name}: {value}" for name, value in finding.grounds)
            note(f"{finding.path}:{finding.line}:{finding.column}: {finding.rule} {finding.status} ({grounds})")
    note(f"{len(outcome.rules_run)} rules, version {outcome.rules_version}, {seconds:.2f} s")
