"""Words that name rules, as written by users, and the codes they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from healthlint.config import FileSettings, Word
from healthlint.errors import UserError, did_you_mean
from healthlint.findings import CATEGORIES

if TYPE_CHECKING:
    from healthlint.rules.model import Rule


def codes_of(word: str, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The codes of the rules that a code, the beginning of one (`HL1`), a name or a category names."""
    name = word.lower()
    return tuple(rule.id for rule in rules if name in (rule.name, rule.category) or _begins(rule.id, word.upper()))


def _begins(code: str, start: str) -> bool:
    """Whether a code begins so, its letters complete: `HL` and `HL1` begin `HL101`, `H` does not."""
    return bool(start) and code.startswith(start) and not code[len(start) :][:1].isalpha()


def require_known(words: Iterable[Word], rules: tuple[Rule, ...]) -> None:
    """UserError for the first word that names no rule; a category may be without rules today."""
    for word in words:
        if word.text.lower() not in CATEGORIES and not codes_of(word.text, rules):
            raise unknown_rule(word.text, rules, where=word.where)


def unknown_rule(word: str, rules: Iterable[Rule], *, where: str = "") -> UserError:
    """The error for a word that names no rule; the hint is the closest code, name or category."""
    known = sorted({*CATEGORIES, *(name for rule in rules for name in (rule.id, rule.name))})
    looked_up = word.upper() if word[:2].upper() == "HL" else word.lower()
    hint = did_you_mean(looked_up, known) or "'healthlint rules' lists the codes, names and categories"
    return UserError(f"unknown rule '{word}'", where=where, hint=hint)


def normal(settings: FileSettings, rules: tuple[Rule, ...]) -> FileSettings:
    """The settings with words in the case that rules have them in, and severities by code or category.

    Where several severities fit one rule, the more exact word comes later, and so wins.
    """
    if not (settings.select or settings.ignore or settings.severity):
        return settings
    exact = {word for rule in rules for word in (rule.id.lower(), rule.name)}
    severity: list[tuple[str, str]] = []
    for word, level in sorted(settings.severity, key=lambda pair: (pair[0].lower() in exact, len(pair[0]))):
        codes = (word.lower(),) if word.lower() in CATEGORIES else codes_of(word, rules)
        severity += [(code, level) for code in codes]
    return settings._replace(
        select=tuple(_cased(word, rules) for word in settings.select),
        ignore=tuple(_cased(word, rules) for word in settings.ignore),
        severity=tuple(severity),
    )


def _cased(word: str, rules: tuple[Rule, ...]) -> str:
    return word.upper() if any(_begins(rule.id, word.upper()) for rule in rules) else word.lower()
