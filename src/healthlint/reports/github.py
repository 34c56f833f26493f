"""Annotations on a pull request, as GitHub's workflow commands."""

from __future__ import annotations

from healthlint.findings import Finding, Outcome, Severity
from healthlint.reports.record_place import file_place
from healthlint.reports.wording import SEVERITIES, active, counted, in_brackets

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SHOWN = 10
"""How many annotations of a level GitHub shows for one step."""


def render(outcome: Outcome) -> str:
    """One command for each active finding, the severest first, since GitHub shows only the first few of a level."""
    lines = [f"::error title=healthlint::{_data(error)}" for error in outcome.errors]
    findings = active(outcome)
    for severity in SEVERITIES:
        lines += [_command(finding) for finding in findings if finding.severity is severity]
    for severity in SEVERITIES:
        hidden = outcome.number_of(severity) - SHOWN
        if hidden > 0:
            what = counted(hidden, f"more {_COMMANDS[severity]}")
            lines.append(f"{what} in this log: GitHub shows {SHOWN} of a level as annotations")
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding) -> str:
    path, record = file_place(finding)
    first, last = (finding.line, finding.end_line) if record is None else (record, record)
    properties = {"file": path.removeprefix("./"), "line": first, "endLine": last}
    if record is None and first == last:  # columns across lines are refused
        properties |= {"col": finding.column, "endColumn": max(finding.end_column - 1, finding.column)}
    properties["title"] = f"{finding.rule} {finding.name}"
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::" + _data(
        f"{finding.message}{in_brackets(finding.place)}\n{finding.help}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
