"""A run held against its baselines: each file belongs to the baseline of its configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from healthlint.findings import Finding
from healthlint.settling.baseline import Comparison, Entry, Found, compare, found_in

_RECORD = re.compile(r":\d+$")


class FileFindings(NamedTuple):
    """What was found in one file. `documents` are the path and findings of each of its documents, as reported.

    `display` names the file in these paths; `whole` tells that all of it was read; `rules` are those that run on it.
    """

    baseline: Path | None
    path: Path
    display: str
    documents: tuple[tuple[str, tuple[Finding, ...]], ...]
    whole: bool
    rules: frozenset[str]


class Compared(NamedTuple):
    """One baseline file against the run. `rules` are those that ran on each file that was checked in whole."""

    file: Path
    comparison: Comparison
    rules: dict[str, frozenset[str]]


def accept(
    files: Sequence[FileFindings], baselines: Mapping[Path, tuple[Entry, ...]]
) -> tuple[list[list[tuple[Finding, ...]]], tuple[Compared, ...]]:
    """The findings of each file by document, accepted ones marked `baselined`, and each baseline against the run.

    `baselines` are the entries of each; one that is not among them has none.
    """
    compared = []
    marked: list[list[tuple[Finding, ...]]] = [[findings for _, findings in file.documents] for file in files]
    for baseline in dict.fromkeys(file.baseline for file in files if file.baseline):
        assert baseline is not None
        own = [(number, file) for number, file in enumerate(files) if file.baseline == baseline]
        found: list[Found] = []
        for _, file in own:
            for display, findings in file.documents:
                found += found_in(entry_path(file, display), findings)
        checked = {entry_path(file, file.display) for _, file in own if file.whole}
        entries = baselines.get(baseline, ())
        comparison = compare(entries, found, partial(_is_elsewhere, baseline, checked))
        accepted = iter(comparison.matches)
        for number, _ in own:
            marked[number] = [tuple(_marked(findings, accepted)) for findings in marked[number]]
        rules = {entry_path(file, file.display): file.rules for _, file in own if file.whole}
        compared.append(Compared(baseline, comparison, rules))
    return marked, tuple(compared)


def _marked(findings: tuple[Finding, ...], accepted: Iterator[int]) -> Iterator[Finding]:
    """The findings, the active ones with the next of the matches told by their status."""
    for finding in findings:
        is_accepted = finding.status == "active" and next(accepted) >= 0
        yield finding._replace(status="baselined") if is_accepted else finding


def entry_path(file: FileFindings, display: str) -> str:
    """A document's path as entries have it: from the folder of the baseline, with `/`; records keep their line."""
    assert file.baseline is not None
    relative = os.path.relpath(os.path.abspath(file.path), file.baseline.parent).replace(os.sep, "/")
    return relative + display.removeprefix(file.display)


def file_of(path: str) -> str:
    """The file of an entry, without the line of a record."""
    return _RECORD.sub("", path)


def _is_elsewhere(baseline: Path, checked: set[str], path: str) -> bool:
    """Whether the entry's file is there and was not looked at in this run, as when a hook names some files."""
    return file_of(path) not in checked and (baseline.parent / file_of(path)).exists()
