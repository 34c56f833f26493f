"""Rules with all that their files say, for reports and commands that explain them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from healthlint.cli.environment import CONFIG, config_file, filled
from healthlint.config import Configs
from healthlint.findings import Outcome
from healthlint.run import pack_for
from healthlint.selection import unknown_rule

if TYPE_CHECKING:
    from healthlint.rules.model import Rule
    from healthlint.rules.pack import Pack


def described_rules(outcome: Outcome, folders: Iterable[tuple[Path, ...]]) -> tuple[Rule, ...]:
    """The rules that the run checked, in order of code; `folders` are those that its configurations add."""
    wanted = {*outcome.rules_run, *(finding.rule for finding in outcome.findings)}
    found: dict[str, Rule] = {}
    for extra in {(), *folders}:
        pack, _ = pack_for(extra)
        found |= {rule.id: pack.complete(rule) for rule in pack.rules if rule.id in wanted and rule.id not in found}
    return tuple(found[code] for code in sorted(found))


def current_pack(config: str | None = None) -> Pack:
    """The rules that apply in the current folder, its own included; UserError if one of them cannot be read.

    `config` is a configuration to take instead of the nearest.
    """
    from healthlint.rules.pack import load_pack

    return load_pack(own_folders(config))


def own_folders(config: str | None = None) -> tuple[Path, ...]:
    """The folders of rules that the nearest configuration adds, or the one named here or in the environment."""
    args = filled(argparse.Namespace(config=config), {CONFIG: ("config", config_file)})
    return Configs(only=Path(args.config) if args.config else None).of(Path.cwd()).rules


def rule_named(word: str, pack: Pack) -> Rule:
    """The rule with that code or name, complete; UserError with the closest one if there is none."""
    rule = pack.rule(word.upper()) or pack.rule(word.lower())
    if rule is None:
        raise unknown_rule(word, pack.rules)
    return pack.complete(rule)
