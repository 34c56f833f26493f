"""The report for programs. Keys are only ever added; `schema_version` changes when that cannot be kept."""

from __future__ import annotations

from json import dumps
from typing import Any

from healthlint import __version__
from healthlint.findings import Finding, Outcome
from healthlint.reports.fingerprint import fingerprint
from healthlint.reports.wording import SEVERITIES


def render(outcome: Outcome) -> str:
    """One JSON object, two spaces deep, characters as they are."""
    report = {
        "schema_version": 1,
        "tool": {"name": "healthlint", "version": __version__, "rules_version": outcome.rules_version},
        "findings": [_finding(finding) for finding in outcome.findings],
        "files": [{"path": file.path, "kind": file.kind, "error": file.error} for file in outcome.files],
        "summary": {severity.word: outcome.number_of(severity) for severity in SEVERITIES},
    }
    return dumps(report, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = dict(finding.data)
    if finding.repeat:
        data["repeat"] = True
    return {
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
    }
