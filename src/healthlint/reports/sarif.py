"""SARIF 2.1.0, for code scanning services."""

from __future__ import annotations

from collections.abc import Sequence
from json import dumps
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from healthlint import __version__
from healthlint.findings import Finding, Outcome, Severity
from healthlint.reports.fingerprint import fingerprint
from healthlint.reports.record_place import file_place

if TYPE_CHECKING:
    from healthlint.rules.model import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISIONS = {"high": "high", "medium": "medium", "low": "low"}


def render(outcome: Outcome, rules: Sequence[Rule] = ()) -> str:
    """One run. `rules` are described in it; a finding of a rule that is not among them stands without description."""
    order = {rule.id: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "healthlint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": "https://github.com/healthlint/healthlint/",
                "properties": {
                    "rulesVersion": outcome.rules_version,
                    "medicinesDate": outcome.medicines.date,
                    "medicinesRecords": outcome.medicines.records,
                },
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not outcome.errors,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": error}} for error in outcome.errors
                ],
            }
        ],
        "results": [_result(finding, order) for finding in outcome.findings],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    severity = rule.severity_in(("base",)) or Severity.INFO
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": _sentence(rule.summary)},
        "fullDescription": {"text": " ".join(rule.why.split()) or _sentence(rule.summary)},
        "help": {"text": _help_text(rule), "markdown": _help_markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": [rule.category],
            "precision": _PRECISIONS.get(rule.confidence, "medium"),
            "problem.severity": _PROBLEMS[severity],
        },
    }


def _help_text(rule: Rule) -> str:
    parts = [_sentence(rule.help), " ".join(rule.why.split())]
    parts += [f"See {reference.title}" + (f" <{reference.url}>" * bool(reference.url)) for reference in rule.references]
    return "\n\n".join(part for part in parts if part)


def _help_markdown(rule: Rule) -> str:
    parts = [f"**{_sentence(rule.summary)}**", f"Write instead: {_sentence(rule.help)}", " ".join(rule.why.split())]
    if rule.bad and rule.good:
        parts.append(f"Flagged: {' '.join(rule.bad[0].text.split())}")
        parts.append(f"Left alone: {' '.join(rule.good[0].text.split())}")
    for reference in rule.references:
        parts.append(f"- [{reference.title}]({reference.url})" if reference.url else f"- {reference.title}")
    return "\n\n".join(part for part in parts if part)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _result(finding: Finding, order: dict[str, int]) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _location(finding)}
    if finding.place:
        location["message"] = {"text": finding.place}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _sentence(finding.message)},
        "locations": [location],
        "partialFingerprints": {"healthlint/v1": fingerprint(finding)},
        "properties": {"name": finding.name, "category": finding.category, "confidence": finding.confidence},
    }
    if finding.rule in order:
        result["ruleIndex"] = order[finding.rule]
    if finding.also:
        result["properties"]["also"] = list(finding.also)
    if finding.status != "active":
        result["suppressions"] = [_suppression(finding)]
    return result


def _suppression(finding: Finding) -> dict[str, Any]:
    if finding.status == "suppressed":
        suppression: dict[str, Any] = {"kind": "inSource"}
    else:
        suppression = {"kind": "external", "properties": {"status": finding.status}}
    if finding.grounds:
        suppression["justification"] = "; ".join(f"{name}: {value}" for name, value in finding.grounds)
    return suppression


def _location(finding: Finding) -> dict[str, Any]:
    path, record = file_place(finding)
    if record is not None:
        return {"artifactLocation": {"uri": _uri(path)}, "region": {"startLine": record}}
    region: dict[str, Any] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    if finding.line == finding.end_line:
        region["snippet"] = {"text": finding.source_line[finding.column - 1 : finding.end_column - 1]}
    return {"artifactLocation": {"uri": _uri(path)}, "region": region}


def _uri(path: str) -> str:
    """A relative URI; an absolute path becomes a file URI."""
    quoted = quote(path.removeprefix("./"), errors="surrogateescape")
    return f"file://{quoted}" if path.startswith("/") else quoted
