"""What is wrong with the exceptions of a document, told as findings of the rules that ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from healthlint.documents.blocks import Document
from healthlint.findings import Finding, Severity
from healthlint.merging import numbered
from healthlint.rules.model import ExceptionCheck, Rule
from healthlint.settling.approvals import Approval, grounds_of
from healthlint.settling.directives import Directive, Fault
from healthlint.settling.suppression import Use

Running = tuple[tuple[Rule, Severity], ...]
"""The rules that run on a document, each with its severity there."""


class Problem(NamedTuple):
    """One thing that is wrong: `kind` as in the `exception` check; offsets in the source.

    `directive` is the place of the exception among those of its document, -1 for a comment that is none.
    """

    kind: str
    detail: str
    start: int
    end: int
    directive: int = -1


def problems_of(directives: tuple[Directive, ...], faults: Iterable[Fault], today: date) -> Iterator[Problem]:
    """What can be told without knowing what the rules find."""
    for fault in faults:
        inside = (i for i, d in enumerate(directives) if d.start <= fault.start < d.end)
        yield Problem(*fault, directive=next(inside, -1))
    for index, directive in enumerate(directives):
        named = ", ".join(rule.text for rule in directive.rules)
        if not directive.holds_on(today):
            yield Problem("expired", named, *directive.until_at, index)
        if directive.until is None and directive.verb != "enable":
            yield Problem("undated", named, directive.start, directive.end, index)


def unused(
    directives: tuple[Directive, ...], used: frozenset[Use], running: frozenset[str], today: date
) -> Iterator[Problem]:
    """The exceptions that spoke for no finding, rule by rule; of rules that did not run nothing can be said."""
    for index, directive in enumerate(directives):
        if directive.verb == "enable" or not directive.holds_on(today):
            continue
        for which, rule in enumerate(directive.rules):
            if rule.code in running and (index, which) not in used:
                yield Problem("unused", directive.verb, rule.start, rule.end, index)


def told(problems: Iterable[Problem], document: Document, running: Running) -> tuple[list[Finding], tuple[int, ...]]:
    """The problems as findings of the rules that ask for them, and which exception each is about."""
    asking: dict[str, list[tuple[Rule, Severity]]] = {}
    for rule, severity in running:
        if isinstance(rule.check, ExceptionCheck):
            asking.setdefault(rule.check.problem, []).append((rule, severity))
    pairs = [
        (_finding(rule, severity, problem, document), problem.directive)
        for problem in sorted(problems, key=lambda problem: (problem.start, problem.end))
        for rule, severity in asking.get(problem.kind, ())
    ]
    return list(numbered(finding for finding, _ in pairs)), tuple(directive for _, directive in pairs)


def ended(approvals: Iterable[tuple[Approval, Finding]], running: Running) -> list[Finding]:
    """The approvals that have ended as findings, each at the words that it was given for."""
    found = []
    for approval, finding in approvals:
        detail = f"until {approval.until} by {approval.approved_by}, on {approval.reference}"
        data = (("match", finding.text), ("detail", detail), *grounds_of(approval))
        found += [
            finding._replace(
                rule=rule.id, name=rule.name, category=rule.category, severity=severity, confidence=rule.confidence,
                message=_filled(rule.message, data), help=rule.help, data=data, also=(),
            )
            for rule, severity in running
            if isinstance(rule.check, ExceptionCheck) and rule.check.problem == "expired-approval"
        ]  # fmt: skip
    return list(numbered(found))


def _finding(rule: Rule, severity: Severity, problem: Problem, document: Document) -> Finding:
    source = document.source
    text = " ".join(source.text[problem.start : problem.end].split())
    line, column = source.position(problem.start)
    end_line, end_column = source.position(problem.end)
    around = source.line_text(line).strip()
    at = max(around.find(text), 0)
    data = (("match", text), ("detail", problem.detail))
    return Finding(
        rule=rule.id, name=rule.name, category=rule.category, severity=severity, confidence=rule.confidence,
        scope="block", message=_filled(rule.message, data), help=rule.help, path=source.path,
        line=line, column=column, end_line=end_line, end_column=end_column, start=problem.start, end=problem.end,
        text=text, sentence=around, source_line=source.line_text(line), data=data,
        reach=(at, at + len(text)), sentence_start=problem.start, sentence_end=problem.end,
    )  # fmt: skip


def _filled(message: str, data: tuple[tuple[str, str], ...]) -> str:
    for key, value in data:
        message = message.replace("{" + key + "}", value)
    return message
