"""What becomes of the findings of one document: which of them an exception or an approval settles."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import NamedTuple

from healthlint.documents.blocks import Document
from healthlint.findings import Finding
from healthlint.rules.model import ExceptionCheck, Rule
from healthlint.settling.approvals import Approved, Register, approve
from healthlint.settling.directives import read_directives
from healthlint.settling.exceptions import Running, ended, problems_of, told, unused
from healthlint.settling.suppression import stretches_of, suppress


class Settled(NamedTuple):
    """Findings with their status, in order of place, and which approvals of the register settle one or did."""

    findings: tuple[Finding, ...]
    approvals_used: frozenset[int] = frozenset()


class Judging(NamedTuple):
    """What a document is judged by: `rules` are all that an exception may name, `running` those that ran on it."""

    rules: tuple[Rule, ...]
    running: Running
    profiles: tuple[str, ...]
    today: date
    register: Register | None = None


def settle(findings: tuple[Finding, ...], document: Document, path: Path, judging: Judging) -> Settled:
    """Suppress, approve, then tell of the exceptions and approvals that are no good.

    What stands in the text goes first, since it was written for this very place. A baseline comes after both: it
    accepts what nobody has decided on, and so gives its place to a decision.
    """
    running, today = judging.running, judging.today
    codes = {name.lower(): rule.id for rule in judging.rules for name in (rule.id, rule.name)}
    directives, faults = read_directives(document, codes)
    if not (directives or faults or judging.register):
        return Settled(findings)
    stretches = stretches_of(directives, document, today)

    suppressed, used = suppress(findings, stretches)
    approved = _approved(suppressed, path, judging)
    lapsed, used_on_lapsed = suppress(ended(approved.ended, running), stretches)

    about_exceptions = frozenset(rule.id for rule, _ in running if isinstance(rule.check, ExceptionCheck))
    ran = frozenset(rule.id for rule, _ in running)
    problems = [*problems_of(directives, faults, today), *unused(directives, used, ran - about_exceptions, today)]
    found, about = told(problems, document, running)
    excused, used_on_exceptions = suppress(found, stretches, about=about)
    # Nothing speaks for an exception from these rules that is not needed: that would have no end.
    needless, _ = told(
        unused(directives, used_on_exceptions | used_on_lapsed, about_exceptions, today), document, running
    )

    everything = (*approved.findings, *lapsed, *excused, *needless)
    return Settled(tuple(sorted(everything, key=lambda f: (f.start, f.end, f.rule))), approved.used)


def _approved(findings: tuple[Finding, ...], path: Path, judging: Judging) -> Approved:
    if judging.register is None:
        return Approved(findings, (), frozenset())
    relative = os.path.relpath(os.path.abspath(path), judging.register.file.parent).replace(os.sep, "/")
    return approve(findings, judging.register, relative, judging.profiles, judging.today)
