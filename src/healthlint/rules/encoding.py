"""Rules to plain JSON values and back. What a run needs is kept apart from what only explaining and testing need."""

from __future__ import annotations

from typing import Any

from healthlint.findings import Severity
from healthlint.language.pattern_nodes import PatternList, PatternText
from healthlint.rules.model import CHECKS, Check, Example, Guard, Reference, Rule, kind_of

PATTERN_FIELDS = frozenset(
    ("patterns", "except_", "with_", "without", "when", "must", "headings", "not_under", "openings", "others", "says")
)
EXAMPLE_FIELDS = ("bad", "good", "known_miss", "known_false_alarm")


def encode_rule(rule: Rule) -> list[Any]:
    """What a run needs of a rule."""
    return [
        rule.id, rule.name, rule.status, rule.since, rule.category,
        [[profile, severity and int(severity)] for profile, severity in rule.severity],
        rule.confidence, rule.summary, rule.message, rule.help, _encode_check(rule.check), rule.profiles, rule.kinds,
        rule.blocks, [[guard.name, guard.strength] for guard in rule.unless], rule.replaced_by, rule.path,
    ]  # fmt: skip


def decode_rule(row: list[Any]) -> Rule:
    """The rule without what `encode_details` keeps."""
    (id_, name, status, since, category, severity, confidence, summary, message, help_, check, profiles, kinds, blocks,
     unless, replaced_by, path) = row  # fmt: skip
    return Rule(
        id=id_, name=name, status=status, since=since, category=category,
        severity=tuple((profile, Severity(level) if level else None) for profile, level in severity),
        confidence=confidence, summary=summary, message=message, help=help_, check=_decode_check(check),
        profiles=tuple(profiles), kinds=tuple(kinds), blocks=tuple(blocks),
        unless=tuple(Guard(*guard) for guard in unless), replaced_by=replaced_by, path=path,
    )  # fmt: skip


def encode_details(rule: Rule) -> list[Any]:
    """Why, references and examples."""
    return [
        rule.why,
        [[reference.title, reference.url] for reference in rule.references],
        [[_encode_example(e) for e in getattr(rule, name)] for name in EXAMPLE_FIELDS],
    ]


def add_details(rule: Rule, row: list[Any]) -> Rule:
    """The rule with what `encode_details` kept."""
    why, references, lists = row
    examples: dict[str, Any] = {
        name: tuple(map(_decode_example, rows)) for name, rows in zip(EXAMPLE_FIELDS, lists, strict=True)
    }
    return rule._replace(why=why, references=tuple(Reference(*r) for r in references), **examples)


def _encode_example(example: Example) -> list[Any]:
    return [example.text, example.because, example.profile, example.kind, example.format, example.spans]


def _decode_example(row: list[Any]) -> Example:
    text, because, profile, kind, form, spans = row
    return Example(text, because, profile, kind, form, tuple((start, end) for start, end in spans))


def _encode_check(check: Check) -> list[Any]:
    found: dict[str, Any] = {}
    for name in check._fields:
        value = getattr(check, name)
        if name not in check._field_defaults or value != check._field_defaults[name]:
            patterns = name in PATTERN_FIELDS
            found[name] = [[p.text, int(p.regex), p.anchor, p.further] for p in value] if patterns else value
    return [kind_of(check), found]


def _decode_check(row: list[Any]) -> Check:
    kind, written = row
    found: dict[str, Any] = {}
    for name, value in written.items():
        if name in PATTERN_FIELDS:
            found[name] = PatternList(
                [PatternText(p[0], p[1] == 1, tuple(p[2]), tuple(map(tuple, p[3]))) for p in value]
            )
        else:
            found[name] = tuple(value) if isinstance(value, list) else value
    return CHECKS[kind](**found)
