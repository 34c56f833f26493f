"""Checking files: each is read, parsed, linted; what cannot be read becomes an error and the others go on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthlint.config import FileSettings, Word
from healthlint.discovery import RECORD_SUFFIXES, TABLE_SUFFIXES, File, Problem, problem_of
from healthlint.errors import UserError
from healthlint.findings import FileReport, Finding, Outcome, severity_of
from healthlint.reports.wording import told
from healthlint.selection import normal, require_known

if TYPE_CHECKING:
    from healthlint.documents.blocks import Document
    from healthlint.documents.source import Source
    from healthlint.rules.pack import Pack

    Packed = tuple[Pack, tuple[UserError, ...]]

MANY_FILES = 100
"""From here on processes are worth their start."""

STDIN = "-"
"""The path that names standard input, and its name in reports unless it is given one."""

Progress = Callable[[int, int], None]


class Task(NamedTuple):
    """One file to check and how. `source` is given for text that is read already; `field` for records, several of
    them with commas between.
    """

    path: Path
    display: str
    settings: FileSettings
    rules: tuple[Path, ...] = ()
    source: Source | None = None
    field: str = ""
    fail_on: str = "warning"


class Checked(NamedTuple):
    """What became of one document. `warnings` are about its exceptions, and what in it could not be read."""

    report: FileReport
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()


class Result(NamedTuple):
    """The outcome, the warnings of its documents, and how many findings reach the `fail-on` level of their file.

    `rule_folders` are the sets of rule folders that configurations added.
    """

    outcome: Outcome
    warnings: tuple[str, ...]
    failing: int
    rule_folders: tuple[tuple[Path, ...], ...]


def check_files(
    files: Sequence[File],
    *,
    problems: Sequence[Problem] = (),
    words: Sequence[Word] = (),
    jobs: int | None = None,
    field: str = "",
    progress: Progress | None = None,
) -> Result:
    """All that the files say, with the `problems` met in finding them. `words` are those of `--select` and `--ignore`.

    A configuration that cannot be followed keeps its own files from being checked; a rule file that cannot be read
    leaves the built-in rules. Both are errors of the outcome.
    """
    tasks, planning = plan(files, words, field)
    unusable = [*problems, *planning]
    errors = [line for problem in unusable for line in told(problem.error)]
    reports = [FileReport(path, error=" ".join(told(error))) for path, error in unusable]
    by_task = list(_checked(tasks, jobs or default_jobs(len(tasks)), progress))
    failing = sum(_failing(one, task.fail_on) for task, results in zip(tasks, by_task, strict=True) for one in results)
    checked = [one for results in by_task for one in results]
    errors += [one.report.error for one in checked if one.report.error]
    findings = [finding for one in checked for finding in one.findings]
    pack = pack_for(tasks[0].rules if tasks else ())[0]
    outcome = Outcome(
        findings=tuple(findings),
        files=(*(one.report for one in checked), *reports),
        errors=tuple(dict.fromkeys(errors)),
        rules_version=pack.version,
        rules_run=_rules_run(tasks),
        medicines=pack.edition,
    )
    warnings = tuple(warning for one in checked for warning in one.warnings)
    return Result(outcome, warnings, failing, tuple({task.rules for task in tasks}))


def _failing(checked: Checked, fail_on: str) -> int:
    if fail_on == "never":
        return 0
    return sum(f.status == "active" and f.severity >= severity_of(fail_on) for f in checked.findings)


def default_jobs(files: int) -> int:
    return 1 if files < MANY_FILES else os.cpu_count() or 1


def plan(files: Sequence[File], words: Sequence[Word], field: str) -> tuple[list[Task], list[Problem]]:
    """The files as tasks, with the problems of their configurations; UserError if one of the `words` is unknown."""
    configs = list({id(file.config): file.config for file in files}.values())
    packs = {folders: pack_for(folders) for folders in (dict.fromkeys(config.rules for config in configs) or [()])}
    problems = [problem_of(error) for _, errors in packs.values() for error in errors]
    if not problems:
        require_known(words, tuple(rule for pack, _ in packs.values() for rule in pack.rules))
    broken: set[int] = set()
    for config in configs:
        pack, errors = packs[config.rules]
        try:
            # Without the rules of its folders, nobody can tell which words are unknown.
            require_known([word for word in config.words() if word not in words and not errors], pack.rules)
        except UserError as unknown:
            broken.add(id(config))
            problems.append(problem_of(unknown))
    return [_task(file, packs, field) for file in files if id(file.config) not in broken], problems


def _task(file: File, packs: dict[tuple[Path, ...], Packed], field: str) -> Task:
    config = file.config
    settings = normal(config.settings_for(file.path), packs[config.rules][0].rules)
    own_field = field if is_records(file.path) else ""
    return Task(file.path, file.display, settings, config.rules, file.source, own_field, config.fail_on)


@lru_cache(maxsize=16)
def pack_for(folders: tuple[Path, ...]) -> Packed:
    """The built-in rules with those of `folders` on top, and the errors that kept the latter out, if any."""
    from healthlint.rules.pack import load_pack

    if not folders:
        return load_pack(), ()
    try:
        return load_pack(folders), ()
    except UserError as error:
        return load_pack(), tuple(getattr(error, "errors", (error,)))


def check_source(source: Source, settings: FileSettings, pack: Pack, format: str | None = None) -> Checked:
    """One text through the whole of the linter; `format` where its name does not tell."""
    from healthlint.documents import parse

    return check_document(parse(source, format), settings, pack)


def check_document(document: Document, settings: FileSettings, pack: Pack) -> Checked:
    """One document through the whole of the linter."""
    from healthlint.linter import lint

    source = document.source
    findings, report = lint(document, pack, settings)
    unread = tuple(f"{source.path}: {what} was not read" for what in document.unread)
    if document.format == "text" or "healthlint" not in source.text:
        return Checked(report, findings, unread)
    from datetime import date

    from healthlint.suppression import notices, suppress

    today = date.today()
    known = (name for rule in pack.rules for name in (rule.id, rule.name))
    warnings = tuple(
        f"{source.path}:{notice.line}:{notice.column}: {notice.problem}" + (f" ({notice.hint})" if notice.hint else "")
        for notice in notices(document, today, known)
    )
    return Checked(report, suppress(findings, document, today), unread + warnings)


def check_task(task: Task) -> list[Checked]:
    """One file: a document, or one document for each of its records."""
    from healthlint.documents.reading import read_source

    try:
        source = task.source or read_source(task.path, task.display)
        if not task.field:
            named = None if task.display != STDIN else "text"
            return [check_source(source, task.settings, pack_for(task.rules)[0], named)]
        return list(_check_records(source, task))
    except UserError as error:
        return [_unchecked(task.display, error)]


def _unchecked(path: str, error: UserError) -> Checked:
    """A document that was not checked; an error that names no place is about the document itself."""
    placed = error if error.where else UserError(error.title, where=path, hint=error.hint)
    return Checked(FileReport(path, error=" ".join(told(placed))))


def _check_records(source: Source, task: Task) -> Iterator[Checked]:
    from healthlint.documents.fields import fields_of
    from healthlint.documents.records import read_records

    for record in read_records(source, fields_of(task.field)):
        if isinstance(record, UserError):
            yield _unchecked(record.where or task.display, record)
            continue
        try:
            yield check_document(record, task.settings, pack_for(task.rules)[0])
        except UserError as error:
            yield _unchecked(record.source.path, error)


def _checked(tasks: Sequence[Task], jobs: int, progress: Progress | None) -> Iterator[list[Checked]]:
    results = (check_task(task) for task in tasks) if jobs == 1 or len(tasks) < 2 else _in_processes(tasks, jobs)
    for done, result in enumerate(results, 1):
        if progress:
            progress(done, len(tasks))
        yield result


def _in_processes(tasks: Sequence[Task], jobs: int) -> Iterator[list[Checked]]:
    """In order. Spawned, not forked: the same on every system, and safe with threads."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    size = max(1, min(16, len(tasks) // (jobs * 4)))
    executor = ProcessPoolExecutor(min(jobs, len(tasks)), get_context("spawn"), initializer=_ignore_interrupts)
    try:
        yield from executor.map(check_task, tasks, chunksize=size)
    finally:
        executor.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    """The parent hears Ctrl-C and stops its workers; they stay silent."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _rules_run(tasks: Sequence[Task]) -> tuple[str, ...]:
    """The codes of the rules that any of the files was checked against."""
    from healthlint.linter import is_selected

    run: set[str] = set()
    for settings, folders in {(task.settings, task.rules) for task in tasks}:
        levels = dict(settings.severity)
        for rule in pack_for(folders)[0].rules:
            level = levels.get(rule.id, levels.get(rule.category))
            off = level == "off" if level else rule.severity_in(settings.profiles) is None
            if not off and rule.runs_in(settings.profiles) and is_selected(rule, settings):
                run.add(rule.id)
    return tuple(sorted(run))


def is_records(path: Path) -> bool:
    """Whether the file holds records, a document in each line or row."""
    return path.suffix.lower() in RECORD_SUFFIXES + TABLE_SUFFIXES
