"""Checking files: each is read, parsed, linted; what cannot be read becomes an error and the others go on."""

from __future__ import annotations

import gc
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
    from datetime import date

    from healthlint.changes import ChangedLines
    from healthlint.documents.blocks import Document
    from healthlint.documents.source import Source
    from healthlint.git import Since
    from healthlint.rules.pack import Pack
    from healthlint.settling.accepting import Compared
    from healthlint.settling.approvals import Register
    from healthlint.settling.baseline import Entry

    Packed = tuple[Pack, tuple[UserError, ...]]
    Baselines = dict[Path, tuple[Entry, ...]]

MANY_FILES = 100
"""From here on processes are worth their start."""

STDIN = "-"
"""The path that names standard input, and its name in reports unless it is given one."""

Progress = Callable[[int, int], None]
Clock = Callable[[], "date"]
"""What day it is. Asked for only where something has a date, since that costs an import."""


class Task(NamedTuple):
    """One file to check and how. `source` is given for text that is read already; `field` for records, several of
    them with commas between.

    `changed` says what to report findings of, None: all of the file; `staged` to read the file as it is staged.
    """

    path: Path
    display: str
    settings: FileSettings
    clock: Clock
    baseline: Path | None = None
    register: Register | None = None
    rules: tuple[Path, ...] = ()
    source: Source | None = None
    field: str = ""
    fail_on: str = "warning"
    changed: ChangedLines | None = None
    staged: bool = False


class Checked(NamedTuple):
    """What became of one document, checked with `settings`.

    `warnings` are what in it could not be read, `unchanged` findings of what did not change, if that is not asked for;
    `approvals_used` the numbers of the approvals that settle a finding, or did until they ended.
    """

    report: FileReport
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    settings: FileSettings | None = None
    unchanged: tuple[Finding, ...] = ()
    approvals_used: frozenset[int] = frozenset()


class Result(NamedTuple):
    """The outcome, the warnings of its documents, and how many findings reach the `fail-on` level of their file.

    `rule_folders` are the sets of rule folders that configurations added; `unchanged` counts the files that were passed
    over because nothing in them changed. `compared` are the baselines against this run, `registers` those of the
    approvals, each with the numbers of the entries that were used.
    """

    outcome: Outcome
    warnings: tuple[str, ...]
    failing: int
    rule_folders: tuple[tuple[Path, ...], ...]
    unchanged: int = 0
    compared: tuple[Compared, ...] = ()
    registers: tuple[tuple[Register, frozenset[int]], ...] = ()


def check_files(
    files: Sequence[File],
    *,
    problems: Sequence[Problem] = (),
    words: Sequence[Word] = (),
    clock: Clock,
    jobs: int | None = None,
    field: str = "",
    progress: Progress | None = None,
    since: Since | None = None,
    new_baseline: bool = False,
) -> Result:
    """All that the files say, with the `problems` met in finding them. `words` are those of `--select` and `--ignore`.

    With `since` only what changed is looked at; UserError where git cannot tell what that is.

    A configuration that cannot be followed keeps its own files from being checked; a rule file that cannot be read
    leaves the built-in rules. Both are errors of the outcome. With `new_baseline` those that there are do not count.
    """
    tasks, planning, baselines = plan(files, words, field, clock, new_baseline=new_baseline)
    planned = len(tasks)
    if since is not None:
        tasks = _changed(tasks, since)
    unusable = [*problems, *planning]
    errors = [line for problem in unusable for line in told(problem.error)]
    reports = [FileReport(path, error=" ".join(told(error))) for path, error in unusable]
    by_task, compared = _accept(tasks, list(_checked(tasks, jobs or default_jobs(len(tasks)), progress)), baselines)
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
        rules_run=_rules_run(tasks, by_task),
        medicines=pack.edition,
    )
    warnings = tuple(warning for one in checked for warning in one.warnings)
    folders = tuple({task.rules for task in tasks})
    return Result(outcome, warnings, failing, folders, planned - len(tasks), compared, _used(tasks, by_task))


def _changed(tasks: Sequence[Task], since: Since) -> list[Task]:
    """The tasks whose file changed, each with what changed in it."""
    from healthlint.git import changes

    changed = changes([task.path for task in tasks], since)
    found = ((task, changed.get(os.path.realpath(task.path))) for task in tasks)
    return [task._replace(changed=lines, staged=since.staged) for task, lines in found if lines]


def _accept(
    tasks: Sequence[Task], by_task: list[list[Checked]], baselines: Baselines
) -> tuple[list[list[Checked]], tuple[Compared, ...]]:
    """What was checked with the findings that a baseline accepts marked so; the comparisons, if there is a baseline.

    Findings of what did not change take their entries too: a copy in what changed must not.
    """
    if not any(task.baseline for task in tasks):
        return by_task, ()
    from healthlint.settling.accepting import FileFindings, accept

    files = [
        FileFindings(
            task.baseline,
            task.path,
            task.display,
            tuple((one.report.path, (*one.findings, *one.unchanged)) for one in results),
            not any(one.report.error for one in results) and (task.changed is None or not task.field),
            frozenset().union(*(_codes_run(one.settings or task.settings, task.rules) for one in results)),
        )
        for task, results in zip(tasks, by_task, strict=True)
    ]
    accepted, compared = accept(files, baselines)
    settled = [
        [one._replace(findings=found[: len(one.findings)]) for one, found in zip(results, documents, strict=True)]
        for results, documents in zip(by_task, accepted, strict=True)
    ]
    return settled, compared


def _used(tasks: Sequence[Task], by_task: list[list[Checked]]) -> tuple[tuple[Register, frozenset[int]], ...]:
    """The registers of approvals, each with the numbers of the entries that settle a finding, or did once."""
    used: dict[Path, tuple[Register, frozenset[int]]] = {}
    for task, results in zip(tasks, by_task, strict=True):
        if task.register:
            before = used.get(task.register.file, (task.register, frozenset()))[1]
            used[task.register.file] = task.register, before.union(*(one.approvals_used for one in results))
    return tuple(used.values())


def _failing(checked: Checked, fail_on: str) -> int:
    if fail_on == "never":
        return 0
    least = severity_of(fail_on)
    return sum([f.severity >= least and f.status == "active" for f in checked.findings])


def default_jobs(files: int) -> int:
    return 1 if files < MANY_FILES else os.cpu_count() or 1


def plan(
    files: Sequence[File], words: Sequence[Word], field: str, clock: Clock, *, new_baseline: bool = False
) -> tuple[list[Task], list[Problem], Baselines]:
    """The files as tasks, with the problems of their configurations, and the baselines that these name.

    UserError if one of the `words` is unknown.
    """
    configs = list({id(file.config): file.config for file in files}.values())
    packs = {folders: pack_for(folders) for folders in (dict.fromkeys(config.rules for config in configs) or [()])}
    problems = [problem_of(error) for _, errors in packs.values() for error in errors]
    if not problems:
        require_known(words, tuple(rule for pack, _ in packs.values() for rule in pack.rules))
    broken: set[int] = set()
    baselines: Baselines = {}
    registers: dict[Path, Register] = {}
    for config in configs:
        pack, errors = packs[config.rules]
        try:
            # Without the rules of its folders, nobody can tell which words are unknown.
            require_known([word for word in config.words() if word not in words and not errors], pack.rules)
            if config.baseline and config.baseline not in baselines and not new_baseline:
                from healthlint.settling.baseline_file import read_baseline

                baselines[config.baseline] = read_baseline(config.baseline)
            if config.approvals and config.approvals not in registers:
                from healthlint.settling.register_file import read_register

                registers[config.approvals] = read_register(config.approvals, pack.rules)
        except UserError as error:
            broken.add(id(config))
            if str(error) not in {str(problem.error) for problem in problems}:
                problems.append(problem_of(error))
    tasks = [_task(file, packs, field, clock, registers) for file in files if id(file.config) not in broken]
    return tasks, problems, baselines


def _task(
    file: File, packs: dict[tuple[Path, ...], Packed], field: str, clock: Clock, registers: dict[Path, Register]
) -> Task:
    config = file.config
    register = registers[config.approvals] if config.approvals else None
    settings = normal(config.settings_for(file.path), packs[config.rules][0].rules)
    own_field = field if is_records(file.path) else ""
    return Task(
        file.path,
        file.display,
        settings,
        clock,
        config.baseline,
        register,
        config.rules,
        file.source,
        own_field,
        config.fail_on,
    )


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


def check_source(source: Source, task: Task, format: str | None = None) -> Checked:
    """One text through the whole of the linter; `format` where its name does not tell."""
    from healthlint.documents import parse

    return check_document(parse(source, format), task)


def check_document(document: Document, task: Task) -> Checked:
    """One document through the whole of the linter, as the task asks for it."""
    from healthlint.linter import lint, rules_on

    source, pack, settings = document.source, pack_for(task.rules)[0], task.settings
    if document.settings:
        from healthlint.page_settings import with_page_settings

        settings = with_page_settings(settings, document)
    findings, report = lint(document, pack, settings)
    used: frozenset[int] = frozenset()
    if task.register is not None or "healthlint" in source.text.lower():
        from healthlint.settling.settle import Judging, settle

        running = rules_on(report.kind or "", pack, settings)
        judging = Judging(pack.rules, running, settings.profiles, task.clock(), task.register)
        findings, used = settle(findings, document, task.path, judging)
    unread = tuple(f"{source.path}: {what} was not read" for what in document.unread)
    if task.changed is None or task.field:
        return Checked(report, findings, unread, settings, approvals_used=used)
    from healthlint.changes import touched
    from healthlint.merging import with_repeats

    reported = touched(findings, source, task.changed)
    kept = set(map(id, reported))  # the very findings: comparing each with each takes too long on a full page
    others = tuple(finding for finding in findings if id(finding) not in kept) if task.baseline else ()
    return Checked(report, tuple(with_repeats(reported)), unread, settings, others, used)


def check_task(task: Task) -> list[Checked]:
    """One file: a document, or one document for each of its records."""
    try:
        source = task.source or _read(task)
        if not task.field:
            named = None if task.display != STDIN else "text"
            return [check_source(source, task, named)]
        return list(_check_records(source, task))
    except UserError as error:
        return [_unchecked(task.display, error)]


def _read(task: Task) -> Source:
    from healthlint.documents.reading import decode, read_source

    if not task.staged:
        return read_source(task.path, task.display)
    from healthlint.git import staged_bytes

    return decode(staged_bytes(task.path), task.display)


def _unchecked(path: str, error: UserError) -> Checked:
    """A document that was not checked; an error that names no place is about the document itself."""
    placed = error if error.where else UserError(error.title, where=path, hint=error.hint)
    return Checked(FileReport(path, error=" ".join(told(placed))))


def _is_touched(record: Source, changed: ChangedLines) -> bool:
    """Whether one of the lines of a record changed: rows of a table can have several."""
    path, _, number = record.path.rpartition(":")
    further = record.text.count("\n") if path.lower().endswith(TABLE_SUFFIXES) else 0
    return changed.touch(int(number), int(number) + further)


def _check_records(source: Source, task: Task) -> Iterator[Checked]:
    from healthlint.documents.fields import fields_of
    from healthlint.documents.records import read_records

    for record in read_records(source, fields_of(task.field)):
        if isinstance(record, UserError):
            yield _unchecked(record.where or task.display, record)
            continue
        if task.changed is not None and not _is_touched(record.source, task.changed):
            continue
        try:
            yield check_document(record, task)
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
    executor = ProcessPoolExecutor(
        min(jobs, len(tasks)), get_context("spawn"), initializer=_begin, initargs=(gc.get_threshold(),)
    )
    try:
        yield from executor.map(check_task, tasks, chunksize=size)
    finally:
        executor.shutdown(cancel_futures=True)


def _begin(threshold: tuple[int, int, int]) -> None:
    """Make a worker ready: it looks for waste as rarely as its parent, and leaves it to the parent to hear Ctrl-C."""
    import signal

    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _rules_run(tasks: Sequence[Task], by_task: Sequence[list[Checked]]) -> tuple[str, ...]:
    """The codes of the rules that any of the files was checked against."""
    asked = {
        (one.settings or task.settings, task.rules)
        for task, results in zip(tasks, by_task, strict=True)
        for one in results
    }
    return tuple(sorted(frozenset().union(*(_codes_run(settings, folders) for settings, folders in asked))))


@lru_cache(maxsize=32)
def _codes_run(settings: FileSettings, folders: tuple[Path, ...]) -> frozenset[str]:
    """The codes of the rules that run under the settings, on one kind of document or another."""
    from healthlint.linter import is_selected

    run: set[str] = set()
    levels = dict(settings.severity)
    for rule in pack_for(folders)[0].rules:
        level = levels.get(rule.id, levels.get(rule.category))
        off = level == "off" if level else rule.severity_in(settings.profiles) is None
        if not off and rule.runs_in(settings.profiles) and is_selected(rule, settings):
            run.add(rule.id)
    return frozenset(run)


def is_records(path: Path) -> bool:
    """Whether the file holds records, a document in each line or row."""
    return path.suffix.lower() in RECORD_SUFFIXES + TABLE_SUFFIXES
