"""The report for programs. Keys are only ever added; `schema_version` changes when that cannot be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import JSONEncoder
from typing import Any

from healthlint import __version__
from healthlint.findings import Finding, Outcome
from healthlint.reports.fingerprint import fingerprint
from healthlint.reports.wording import SEVERITIES

_GROUNDS = {"suppressed": "exception", "approved": "approval"}
"""The key under which a finding tells on what grounds it has its status."""


def render(outcome: Outcome) -> str:
    """One JSON object, a finding or a file a line, characters as they are."""
    return "".join(_pieces(outcome))  # at once: a report can be larger than all that it tells of


def _pieces(outcome: Outcome) -> Iterator[str]:
    tool = {
        "name": "healthlint",
        "version": __version__,
        "rules_version": outcome.rules_version,
        "medicines_date": outcome.medicines.date,
        "medicines_records": outcome.medicines.records,
    }
    files = [{"path": file.path, "kind": file.kind, "error": file.error} for file in outcome.files]
    summary = {severity.word: outcome.number_of(severity) for severity in SEVERITIES}
    yield f'{{\n  "schema_version": 1,\n  "tool": {_line(tool)},\n  "findings": '
    yield from _lines(map(_finding, outcome.findings))
    yield ',\n  "files": '
    yield from _lines(files)
    yield f',\n  "summary": {_line(summary)}\n}}\n'


_line = JSONEncoder(ensure_ascii=False).encode
"""One value as a line: without an indent, which the quick encoder does not know."""


def _lines(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "[\n    "
    for value in values:
        yield before
        yield _line(value)
        before = ",\n    "
    yield "[]" if before.startswith("[") else "\n  ]"


def _finding(finding: Finding) -> dict[str, Any]:
    grounds = {_GROUNDS[finding.status]: dict(finding.grounds)} if finding.grounds else {}
    data: dict[str, Any] = dict(finding.data)
    if finding.repeat:
        data["repeat"] = True
    told = {
        "rule": finding.rule,
        "name": finding.name,
        "category": finding.category,
        "severity": finding.severity.word,
        "confidence": finding.confidence,
        "scope": finding.scope,
        "message": finding.message,
        "help": finding.help,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "text": finding.text,
        "sentence": finding.sentence,
        "status": finding.status,
        "fingerprint": fingerprint(finding),
        "also": list(finding.also),
        "data": data,
        **grounds,
    }
    return told | {"place": finding.place} if finding.place else told
