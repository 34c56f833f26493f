"""What the rules and the word lists hold is needed: with any part of it left out, an example or a row here fails.

Guards and exceptions are left out rule by rule, word lists one by one, and the index that tells which patterns can
match is put out of order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from language.seeing import built_in

from healthlint import linter
from healthlint.checks.candidate import Candidate
from healthlint.rule_examples import judge_example
from healthlint.rules.model import Rule
from healthlint.rules.vocabulary import GUARDS

EXCEPTIONS = ("except_", "without")
"""Lists of a check that keep a rule silent."""


def without_guard(rule: Rule, name: str) -> Rule | None:
    """The rule without one of its guards; None where it has no such guard."""
    kept = tuple(guard for guard in rule.unless if guard.name != name)
    return rule._replace(unless=kept) if len(kept) < len(rule.unless) else None


def without_exceptions(rule: Rule, field: str) -> Rule | None:
    """The rule without one of the lists that keep it silent; None where it has no such list."""
    check: Any = rule.check
    return rule._replace(check=check._replace(**{field: ()})) if getattr(check, field, ()) else None


def deaf_to(guard: str) -> Callable[..., Iterator[Candidate]]:
    """The checks without the guard: those of claims and citations tell by themselves what is denied or cited."""
    candidates = linter._candidates

    def heedless(*given: Any) -> Iterator[Candidate]:
        for candidate in candidates(*given):
            yield candidate._replace(silenced="") if candidate.silenced == guard else candidate

    return heedless


def unnoticed(part: str, leave_out: Callable[[Rule, str], Rule | None]) -> tuple[list[str], list[str]]:
    """The rules that have the part, and those of them whose good examples pass without it."""
    pack = built_in()
    mutants = [m for m in (leave_out(pack.complete(rule), part) for rule in pack.rules) if m is not None]
    mutated = pack._replace(version=f"without {part}", rules=tuple(mutants))
    passed = [
        mutant.id
        for mutant in mutants
        if not any(
            kind == "noisy"
            for example in sorted(mutant.good, key=lambda e: e.because != part)
            for kind, _, _ in judge_example(mutant, "good", example, mutated)
        )
    ]
    return [mutant.id for mutant in mutants], passed


@pytest.mark.parametrize("guard", GUARDS)
def test_every_guard_of_a_rule_is_needed(guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linter, "_candidates", deaf_to(guard))
    guarded, passed = unnoticed(guard, without_guard)
    assert guarded and passed == []


@pytest.mark.parametrize("field", EXCEPTIONS)
def test_every_list_of_exceptions_is_needed(field: str) -> None:
    excepting, passed = unnoticed(field, without_exceptions)
    assert excepting and passed == []
