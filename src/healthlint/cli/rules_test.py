"""`healthlint rules test`: every example of every rule through the whole of the linter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from healthlint.cli.output import put
from healthlint.config import display
from healthlint.errors import UserError
from healthlint.reports.wording import counted, printable

if TYPE_CHECKING:
    from healthlint.rule_examples import Verdict
    from healthlint.rules.model import Rule
    from healthlint.rules.pack import Pack

LETTERS = {"noisy": "N", "missing": "M", "wrong-span": "W", "wrong-guard": "G", "stale": "S", "incomplete": "I"}
LISTS = ("bad", "good", "known-miss", "known-false-alarm")


def run_tests(folders: tuple[str, ...]) -> int:
    """Test the built-in rules, or those of the folders; 1 if any of them fails."""
    from healthlint.rule_examples import test_rules

    pack, rules = _chosen(folders)
    failed = 0
    faults = 0
    for rule in map(pack.complete, rules):
        verdicts = test_rules(pack, (rule,))
        put(_strip(rule, verdicts) + "\n")
        for verdict in verdicts:
            put(_told(rule, verdict))
        failed += bool(verdicts)
        faults += len(verdicts)
    if failed:
        put(f"{counted(failed, 'rule')} of {len(rules)} failed, with {counted(faults, 'fault')}\n")
        return 1
    put(f"{counted(len(rules), 'rule')} passed\n")
    return 0


def _chosen(folders: tuple[str, ...]) -> tuple[Pack, list[Rule]]:
    """The rules to test, and the pack they stand in."""
    from healthlint.rules.pack import load_pack, source_folder

    if not folders:
        pack = load_pack()
        return pack, list(pack.rules)
    source = source_folder()
    own = [Path(f) for f in folders if source is None or not Path(f).resolve().is_relative_to(source.resolve())]
    for folder in own:
        if not folder.is_dir():
            raise UserError("no such folder of rules", where=folder.as_posix(), hint="name a folder of rule files")
    pack = load_pack(tuple(own))
    built_in = {rule.id for rule in load_pack().rules}
    rules = [rule for rule in pack.rules if rule.id not in built_in]
    if source is not None:
        parts = [Path(f).resolve().relative_to(source.resolve()) for f in folders if Path(f) not in own]
        prefixes = tuple(f"rules/{part.as_posix()}".removesuffix("/.") for part in parts)
        rules += [r for r in pack.rules if r.id in built_in and r.path.startswith(prefixes)] if prefixes else []
    if not rules:
        raise UserError("no rule there to test", where=folders[0], hint="rule files are named like HL101-a-name.yaml")
    return pack, rules


def _strip(rule: Rule, verdicts: tuple[Verdict, ...]) -> str:
    """A letter for each example, a dot where all is well; one more for each thing that the rule lacks."""
    letters = {(verdict.list, verdict.number): LETTERS.get(verdict.kind, "?") for verdict in verdicts if verdict.list}
    groups = []
    for name in LISTS:
        examples = getattr(rule, name.replace("-", "_"))
        groups.append("".join(letters.get((name, number), ".") for number in range(1, len(examples) + 1)))
    groups.append("".join(LETTERS.get(verdict.kind, "?") for verdict in verdicts if not verdict.list))
    return f"{rule.id} {rule.name:<32} {' '.join(group for group in groups if group)}"


def _told(rule: Rule, verdict: Verdict) -> str:
    """The example, what was expected and what came."""
    where = f"{verdict.list} {verdict.number}" if verdict.list else display(Path(rule.path))
    lines = [f"  {verdict.kind}: {where}"]
    if verdict.example:
        lines.append(f"    {printable(verdict.example)}")
    lines.append(f"    expected {printable(verdict.expected)}, got {printable(verdict.got)}")
    return "".join(f"{line}\n" for line in lines)
