"""What becomes of the findings of one document: which of them an exception settles, and what is wrong with those."""

from __future__ import annotations

from datetime import date

from healthlint.directives import can_have_exceptions, read_directives
from healthlint.documents.blocks import Document
from healthlint.exceptions import Running, problems_of, told, unused
from healthlint.findings import Finding
from healthlint.rules.model import ExceptionCheck, Rule
from healthlint.suppression import stretches_of, suppress


def settle(
    findings: tuple[Finding, ...], document: Document, rules: tuple[Rule, ...], running: Running, today: date
) -> tuple[Finding, ...]:
    """The findings with their status, and what there is to say of the exceptions, in order of place.

    `rules` are all that an exception may name, `running` those that ran on this document.
    """
    if not can_have_exceptions(document):
        return findings
    codes = {name.lower(): rule.id for rule in rules for name in (rule.id, rule.name)}
    directives, faults = read_directives(document, codes)
    stretches = stretches_of(directives, document, today)
    suppressed, used = suppress(findings, stretches)

    judging = frozenset(rule.id for rule, _ in running if isinstance(rule.check, ExceptionCheck))
    ran = frozenset(rule.id for rule, _ in running)
    problems = [*problems_of(directives, faults, today), *unused(directives, used, ran - judging, today)]
    found, about = told(problems, document, running)
    excused, used_on_exceptions = suppress(found, stretches, about=about)
    # Nothing speaks for an exception from these rules that is not needed: that would have no end.
    needless, _ = told(unused(directives, used_on_exceptions, judging, today), document, running)
    return tuple(sorted((*suppressed, *excused, *needless), key=lambda f: (f.start, f.end, f.rule)))
