"""`healthlint explain RULE`: all that a rule file says, for a reader."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from healthlint.cli.described import current_pack, rule_named
from healthlint.cli.output import put, width
from healthlint.cli.paragraphs import listed, section, wrapped
from healthlint.cli.parsing import Parser

if TYPE_CHECKING:
    from healthlint.rules.model import Example, Guard, Rule

GUARDS = {
    "negated": "the claim is denied",
    "hedge": "the claim is hedged",
    "asked": "it is asked, not claimed",
    "attributed": "a label, a regulator or a guideline says it",
    "quoted": "someone else's claim is quoted to warn of it or report on it",
    "adverse-frame": "it is told as a harm or side effect",
    "authorised": "it is an authorised health claim in the register's own words",
    "cited": "a source is given",
}


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("rule", nargs="?", metavar="RULE", help="its code or name")


def run(args: argparse.Namespace) -> int:
    """Explain one rule."""
    if not args.rule:
        from healthlint.errors import UserError

        raise UserError(
            "which rule to explain is not told", hint="e.g. 'healthlint explain HL101'; see 'healthlint rules'"
        )
    put(explained(rule_named(args.rule, current_pack()), min(width(sys.stdout), 100)))
    return 0


def explained(rule: Rule, columns: int) -> str:
    """The rule as plain text, wrapped."""
    paragraphs = [
        f"{rule.id} {rule.name}",
        wrapped(rule.summary[:1].upper() + rule.summary[1:] + ".", columns),
        _facts(rule, columns),
        *section("Why", [wrapped(part, columns) for part in rule.why.split("\n\n")]),
        *section("Write instead", [wrapped(rule.help, columns)]),
        *section("Flagged", [_examples(rule.bad, columns)]),
        *section("Left alone", [_examples(rule.good, columns)]),
        *section("It stays silent when", [listed([_guard(guard) for guard in rule.unless], columns)]),
        *section("Known limits: not flagged today", [_examples(rule.known_miss, columns)]),
        *section("Known limits: flagged today, though it need not be", [_examples(rule.known_false_alarm, columns)]),
        *section("It looks for", [_check(rule, columns)]),
        *section("References", [listed([_reference(r.title, r.url) for r in rule.references], columns)]),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _facts(rule: Rule, columns: int) -> str:
    severity = ", ".join(f"{level.word if level else 'off'} in {profile}" for profile, level in rule.severity)
    facts = {
        "severity": severity,
        "confidence": rule.confidence,
        "category": rule.category,
        "profiles": ", ".join(rule.profiles) + (" (always)" if "base" in rule.profiles else ""),
        "documents": ", ".join(rule.kinds),
        "blocks": ", ".join(rule.blocks),
        "status": f"{rule.status}, since {rule.since}" + (f"; use {rule.replaced_by}" if rule.replaced_by else ""),
        "message": rule.message,
    }
    return "\n".join(wrapped(value, columns, f"{name:<12}", " " * 12) for name, value in facts.items() if value)


def _check(rule: Rule, columns: int) -> str:
    """The check and what it was told, as the rule file writes it."""
    check = rule.check
    lines = [wrapped((type(check).__doc__ or "").split("\n")[0], columns)]
    for name in check._fields:
        value = getattr(check, name)
        if value == check._field_defaults.get(name) or value in ((), "", None):
            continue
        key = name.rstrip("_").replace("_", "-")
        items = [getattr(item, "text", str(item)) for item in value] if isinstance(value, tuple) else [str(value)]
        if isinstance(value, tuple) and any(hasattr(item, "text") for item in value):
            lines += [f"{key}:", *(wrapped(item, columns, "  ", "      ") for item in items)]
        else:
            lines.append(wrapped(", ".join(items), columns, f"{key}: "))
    return "\n".join(lines)


def _guard(guard: Guard) -> str:
    about = GUARDS.get(guard.name, guard.name)
    return f"{about} ({guard.name}{': ' + guard.strength if guard.strength else ''})"


def _examples(examples: tuple[Example, ...], columns: int) -> str:
    return "\n".join(wrapped(_marked(example) + _terms(example), columns, "- ") for example in examples)


def _marked(example: Example) -> str:
    """The text with the words that a finding names between ⟦ ⟧."""
    text = example.text
    for start, end in sorted(example.spans, reverse=True):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text


def _terms(example: Example) -> str:
    terms = [example.because, example.profile and f"profile {example.profile}", example.kind]
    shown = ", ".join(term for term in terms if term)
    return f"  [{shown}]" if shown else ""


def _reference(title: str, url: str) -> str:
    return f"{title} <{url}>" if url else title
