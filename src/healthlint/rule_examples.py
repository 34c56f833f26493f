"""The examples of rules as tests: each goes through the whole of the linter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from healthlint.rules.encoding import EXAMPLE_FIELDS
from healthlint.rules.model import ExceptionCheck
from healthlint.rules.vocabulary import GUARDS

if TYPE_CHECKING:
    from healthlint.config import FileSettings
    from healthlint.documents.blocks import Document
    from healthlint.findings import Finding
    from healthlint.rules.model import Example, Rule
    from healthlint.rules.pack import Pack

    Silenced = tuple[tuple[object, str], ...]
    Trace = Callable[[Document, Pack, FileSettings], tuple[tuple[Finding, ...], Silenced]]

LEAST = 3
"""Bad examples a rule needs, and good ones."""
EXAMPLES_DAY = "2026-01-01"
"""The day on which exceptions in examples are judged."""
EXAMPLE_CLAIM = "{product} cures eczema"
"""What was approved for the product Example Balm until the day before."""
SUFFIXES = {"text": "txt", "markdown": "md", "html": "html"}


class Verdict(NamedTuple):
    """What is wrong with a rule or one of its examples.

    `kind`: noisy, missing, wrong-span, wrong-guard, stale, incomplete. `list` is the list that the example stands in,
    `number` its place there from 1; an incomplete rule has neither.
    """

    rule: str
    kind: str
    example: str
    expected: str
    got: str
    list: str = ""
    number: int = 0


class Seen(NamedTuple):
    """What the linter made of one example: the rule's findings, and the guards that kept it silent."""

    spans: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]
    guards: tuple[str, ...]


def test_rules(pack: Pack, rules: Iterable[Rule], trace: Trace | None = None) -> tuple[Verdict, ...]:
    """What is wrong with the rules' examples; nothing when all is well. `trace` stands in for the linter in tests."""
    found: list[Verdict] = []
    for rule in map(pack.complete, rules):
        found.extend(_incomplete(rule))
        for name in EXAMPLE_FIELDS:
            examples: tuple[Example, ...] = getattr(rule, name)
            for number, example in enumerate(examples, 1):
                found.extend(
                    Verdict(rule.id, kind, example.text, expected, got, name.replace("_", "-"), number)
                    for kind, expected, got in judge_example(rule, name, example, pack, trace)
                )
    return tuple(found)


test_rules.__test__ = False  # type: ignore[attr-defined]


def _incomplete(rule: Rule) -> Iterator[Verdict]:
    for name in ("bad", "good"):
        count = len(getattr(rule, name))
        if count < LEAST:
            yield Verdict(rule.id, "incomplete", "", f"at least {LEAST} {name} examples", str(count))
    shown = {example.because for example in rule.good}
    for guard in rule.unless:
        if guard.name not in shown:
            yield Verdict(rule.id, "incomplete", "", f"a good example with because: {guard.name}", "none")


def profiles_for(rule: Rule, example: Example) -> tuple[str, ...]:
    """The example's profile; where it names none, one in which the rule runs."""
    if example.profile:
        return tuple(dict.fromkeys(("base", example.profile)))
    if "base" in rule.profiles and rule.severity_in(("base",)) is not None:
        return ("base",)
    named = (profile for profile, severity in rule.severity if severity is not None)
    for profile in (*rule.profiles, *named):
        if profile != "base" and rule.runs_in((profile,)) and rule.severity_in((profile,)) is not None:
            return ("base", profile)
    return ("base",)


def judge_example(
    rule: Rule, name: str, example: Example, pack: Pack, trace: Trace | None = None
) -> tuple[tuple[str, str, str], ...]:
    """What is wrong with one example of the list `name`: kind of verdict, what was expected, what came instead."""
    if trace is None:
        from healthlint.linter import trace as linter_trace

        trace = linter_trace
    return tuple(_judge(name, example, _see(rule, example, pack, trace)))


def _see(rule: Rule, example: Example, pack: Pack, trace: Trace) -> Seen:
    from healthlint.config import FileSettings
    from healthlint.documents import parse
    from healthlint.documents.source import Source

    kind = example.kind or ("" if "article" in rule.kinds else rule.kinds[0])
    of_exceptions = isinstance(rule.check, ExceptionCheck)
    # What an exception is for, only the other rules can tell.
    select = () if of_exceptions else (rule.id,)
    settings = FileSettings(profiles=profiles_for(rule, example), select=select, kind=kind or None)
    document = parse(Source(f"example.{SUFFIXES[example.format]}", example.text), example.format)
    findings, silenced = trace(document, pack, settings)
    if of_exceptions:
        findings = _with_exceptions(findings, document, pack, settings)
    own = [f for f in findings if rule.id == f.rule or rule.id in f.also]
    guards = tuple(
        guard for candidate, guard in silenced if getattr(getattr(candidate, "rule", None), "id", "") == rule.id
    )  # fmt: skip
    return Seen(tuple((f.start, f.end) for f in own), tuple(f.text for f in own), guards)


def _with_exceptions(
    findings: tuple[Finding, ...], document: Document, pack: Pack, settings: FileSettings
) -> tuple[Finding, ...]:
    from datetime import date, timedelta
    from pathlib import Path

    from healthlint.linter import rules_on
    from healthlint.settling.approvals import Approval, Register, slots_of
    from healthlint.settling.settle import Judging, settle

    path = Path(document.source.path).absolute()
    ended = date.fromisoformat(EXAMPLES_DAY) - timedelta(days=1)
    approval = Approval(
        EXAMPLE_CLAIM, slots_of(EXAMPLE_CLAIM), ("Example Balm",), "a study", "a reviewer", ended, ended
    )
    judging = Judging(
        pack.rules,
        rules_on(settings.kind or "article", pack, settings),
        settings.profiles,
        date.fromisoformat(EXAMPLES_DAY),
        Register(path, (approval,)),
    )
    return settle(findings, document, path, judging).findings


def _judge(name: str, example: Example, seen: Seen) -> Iterator[tuple[str, str, str]]:
    flagged = bool(seen.spans)
    words = " | ".join(seen.texts)
    silence = ", ".join(dict.fromkeys(seen.guards)) or "no match"
    if name == "bad":
        if not flagged:
            yield "missing", "a finding", f"none: {silence}"
            return
        for start, end in example.spans:
            if (start, end) not in seen.spans:
                yield "wrong-span", example.text[start:end], words
    elif name == "good":
        if flagged:
            yield "noisy", "no finding", words
        elif example.because in GUARDS and not any(g.split(":")[0] == example.because for g in seen.guards):
            yield "wrong-guard", example.because, silence
        elif example.because == "no-match" and seen.guards:
            yield "wrong-guard", "no match", silence
    elif name == "known_miss" and flagged:
        yield "stale", "no finding yet", words
    elif name == "known_false_alarm" and not flagged:
        yield "stale", "a finding still", f"none: {silence}"
