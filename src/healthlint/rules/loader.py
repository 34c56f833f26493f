"""From rule files to rules, strictly: nothing unknown is passed over, and every error names its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from healthlint.errors import UserError
from healthlint.rules.model import Rule
from healthlint.rules.nodes import flat, raise_all
from healthlint.rules.reading import RuleReader

OTHER_FOLDERS = frozenset(("lexicons", "cues", "medicines", "conditions", "schema"))
"""Folders beside the rule files that hold other things."""


def load_rules(folder: Path, lexicons: frozenset[str] | None = None) -> tuple[Rule, ...]:
    """All rules of a folder and its subfolders, by id. `lexicons` are the names that places may use; None: any."""
    problems: list[UserError] = []
    rules: list[Rule] = []
    for path in rule_files(folder):
        try:
            rules.append(load_rule_file(path, lexicons))
        except UserError as error:
            problems.extend(flat(error))
    problems.extend(doubles(rules))
    raise_all(problems)
    return tuple(sorted(rules, key=lambda rule: rule.id))


def rule_files(folder: Path) -> Iterator[Path]:
    """Rule files under `folder`, in order; lexicons and other data are passed over."""
    if not folder.is_dir():
        raise UserError("is no folder of rules", where=str(folder), hint="name a folder that holds rule files")
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if path.name not in OTHER_FOLDERS:
                yield from rule_files(path)
        elif path.suffix in (".yaml", ".yml"):
            yield path


def doubles(rules: list[Rule]) -> Iterator[UserError]:
    """Codes and names that two rule files claim, and codes that a deprecated rule points to in vain."""
    by_id: dict[str, Rule] = {}
    by_name: dict[str, Rule] = {}
    for rule in rules:
        for word, seen, what in ((rule.id, by_id, "code"), (rule.name, by_name, "name")):
            other = seen.setdefault(word, rule)
            if other is not rule:
                hint = "a code is never used twice" if what == "code" else "give one of them another name"
                yield UserError(f"{what} {word} is taken by {other.path}", where=rule.path, hint=hint)
    for rule in rules:
        if rule.replaced_by and rule.replaced_by not in by_id:
            yield UserError(f"replaced-by names {rule.replaced_by}, which is no rule", where=rule.path)


def load_rule_file(path: Path, lexicons: frozenset[str] | None = None) -> Rule:
    """The rule in one file."""
    reader = RuleReader(path, lexicons)
    rule = reader.rule()
    reader.finish()
    assert rule is not None
    return rule
