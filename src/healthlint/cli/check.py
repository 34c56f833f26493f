"""`healthlint check`: files in, report out."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

from healthlint.cli.output import Progress, note, put, tell, wants_color, width, write_file
from healthlint.cli.parsing import Parser, fields, list_of, one_of, positive, words
from healthlint.config import FAIL_ON, FILE_NAME, Configs, Overrides, Word
from healthlint.errors import UserError
from healthlint.findings import Outcome
from healthlint.rules.vocabulary import PROFILES
from healthlint.run import STDIN, Result, check_files

FORMATS = ("text", "concise", "json", "sarif", "github")
EPILOG = """exit status: 0 nothing found at or above --fail-on, 1 findings, 2 could not do what was asked"""


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    parser.epilog = EPILOG
    add("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input (default: this folder)")
    add("--stdin-filename", metavar="PATH", help="the name of standard input, for its format and configuration")
    add("--format", type=one_of("format", FORMATS), default="text", metavar="NAME", help=" | ".join(FORMATS))
    add("--output", metavar="FILE", help="write the report there instead of to standard output")
    add(
        "--profile", type=list_of("profile", PROFILES), action="extend", metavar="NAMES",
        help="regimes that apply besides base: " + ", ".join(PROFILES[1:]),
    )  # fmt: skip
    add("--select", type=words, action="extend", metavar="RULES", help="only these codes, names, categories")
    add("--ignore", type=words, action="extend", metavar="RULES", help="not these codes, names, categories")
    add("--fail-on", type=one_of("level", FAIL_ON), metavar="LEVEL", help=" | ".join(FAIL_ON) + " (default: warning)")
    add("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")
    add("--jobs", type=positive, metavar="N", help="processes (default: 1, from 100 files on one for each core)")
    add("--records", metavar="FIELDS", type=fields, default="",
        help="check these fields of each record in .jsonl, .csv and .tsv files: body, or title,body:html")  # fmt: skip
    add("--statistics", action="store_true", help="count the findings of each rule")
    add("-q", "--quiet", action="store_true", help="findings and errors only")
    add("-v", "--verbose", action="store_true", help="tell the kind of each document, and the time taken")
    add("--color", type=one_of("choice", ("auto", "always", "never")), default="auto", metavar="WHEN",
        help="auto | always | never")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Check what was asked for; the exit status."""
    started = time.perf_counter()
    result = _check(args)
    report = _render(result, args)
    if args.output:
        write_file(args.output, report)
    else:
        put(report, utf8=args.format in ("json", "sarif"))
    _tell(result, args)
    if args.verbose:
        _tell_more(result.outcome, time.perf_counter() - started)
    return 2 if result.outcome.errors else 1 if result.failing else 0


def _check(args: argparse.Namespace) -> Result:
    from healthlint.discovery import discover

    select, ignore = _rule_words("--select", args.select), _rule_words("--ignore", args.ignore)
    overrides = Overrides(
        profiles=None if args.profile is None else tuple(args.profile),
        select=select or None,
        ignore=ignore,
        fail_on=args.fail_on,
    )
    configs = Configs(overrides, Path(args.config) if args.config else None)
    paths = tuple(args.paths) or (".",)
    if args.stdin_filename and STDIN not in paths:
        raise UserError("standard input is not among the paths", where="--stdin-filename", hint="add - as a path")
    found = discover(tuple(path for path in paths if path != STDIN), configs, records=bool(args.records))
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
            jobs=args.jobs,
            field=args.records,
            progress=None if args.quiet else progress,
        )
    finally:
        progress.clear()
        _tell_passed(found.passed, args)


def _tell_passed(passed: tuple[str, ...], args: argparse.Namespace) -> None:
    """Files that could be read but were not asked for: silence would let them pass as checked."""
    if not passed or args.quiet:
        return
    kinds = Counter(os.path.splitext(name)[1].lower() for name in passed)
    counts = ", ".join(f"{number} {suffix}" for suffix, number in sorted(kinds.items()))
    note(f"passed over: {counts} (name them, or list them under include or exclude in {FILE_NAME})")
    for name in passed if args.verbose else ():
        note(f"{name}: passed over")


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
    if args.statistics and args.format != "text":
        for line in statistics(active(result.outcome)).splitlines():
            note(line)
    if args.format in ("concise", "github") or args.output:
        note(summary(result.outcome))


def _tell_more(outcome: Outcome, seconds: float) -> None:
    for file in outcome.files:
        if file.kind:
            note(f"{file.path}: {file.kind}" + (f" ({'; '.join(file.kind_cues)})" if file.kind_cues else ""))
    note(f"{len(outcome.rules_run)} rules, version {outcome.rules_version}, {seconds:.2f} s")
