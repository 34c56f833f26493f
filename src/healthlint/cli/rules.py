"""`healthlint rules`: the rules as a table; `healthlint rules test`: each rule on its own examples."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from healthlint.cli.described import current_pack
from healthlint.cli.output import put
from healthlint.cli.parsing import Parser, list_of, one_of
from healthlint.findings import CATEGORIES
from healthlint.rules.vocabulary import PROFILES

if TYPE_CHECKING:
    from healthlint.rules.model import Rule


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("action", nargs="?", type=one_of("action", ("test",)), metavar="test", help="test the rules on their examples")
    add("folders", nargs="*", metavar="FOLDER", help="test the rules in these folders instead of the built-in ones")
    add(
        "--category", type=list_of("category", CATEGORIES), action="extend", metavar="NAMES", help=", ".join(CATEGORIES)
    )
    add("--profile", type=list_of("profile", PROFILES), action="extend", metavar="NAMES", help=", ".join(PROFILES))
    add("--format", type=one_of("format", ("text", "json")), default="text", metavar="NAME", help="text | json")


def run(args: argparse.Namespace) -> int:
    """List the rules, or test them."""
    if args.action == "test":
        from healthlint.cli.rules_test import run_tests

        return run_tests(tuple(args.folders))
    profiles = tuple(args.profile or ())
    rules = [rule for rule in current_pack().rules if _wanted(rule, args.category, profiles)]
    put(_json(rules, profiles) if args.format == "json" else _table(rules, profiles), utf8=args.format == "json")
    return 0


def _wanted(rule: Rule, categories: list[str] | None, profiles: tuple[str, ...]) -> bool:
    """With profiles: what they bring into force, off ones left out."""
    if categories and rule.category not in categories:
        return False
    return not profiles or (rule.runs_in(profiles) and rule.severity_in(profiles) is not None)


def _severity(rule: Rule, profiles: tuple[str, ...]) -> str:
    severity = rule.severity_in(profiles or ("base",))
    return severity.word if severity else "off"


def _table(rules: list[Rule], profiles: tuple[str, ...]) -> str:
    rows = [("code", "name", "category", "severity", "profiles", "status")]
    rows += [
        (rule.id, rule.name, rule.category, _severity(rule, profiles), " ".join(rule.profiles), rule.status)
        for rule in rules
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join("  ".join(map(str.ljust, row, widths)).rstrip() + "\n" for row in rows)


def _json(rules: list[Rule], profiles: tuple[str, ...]) -> str:
    from json import dumps

    listed = [
        {
            "rule": rule.id,
            "name": rule.name,
            "category": rule.category,
            "severity": _severity(rule, profiles),
            "severities": {profile: level.word if level else "off" for profile, level in rule.severity},
            "confidence": rule.confidence,
            "profiles": list(rule.profiles),
            "kinds": list(rule.kinds),
            "status": rule.status,
            "since": rule.since,
            "summary": rule.summary,
            "help": rule.help,
        }
        for rule in rules
    ]
    return dumps({"schema_version": 1, "rules": listed}, ensure_ascii=False, indent=2) + "\n"
