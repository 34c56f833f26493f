"""What must hold between the keys of one rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from healthlint.errors import did_you_mean
from healthlint.findings import CATEGORIES
from healthlint.rules import vocabulary as v
from healthlint.rules.model import kind_of

if TYPE_CHECKING:
    import yaml

    from healthlint.rules.model import Rule

_ID = re.compile(r"[A-Z]{2,10}\d{3,4}")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"\d+(?:\.\d+){1,2}")
_BRACES = re.compile(r"\{([^{}]*)\}")


def judge(rule: Rule, values: dict[str, yaml.Node], stem: str, problem: Callable[..., None]) -> None:
    """Tell `problem` of keys that do not go together, each with the node that it stands in."""
    if not _ID.fullmatch(rule.id):
        problem(f"id '{rule.id}' is no code", values["id"], hint="letters and digits, such as HL101")
    elif rule.id.startswith("HL") and rule.category not in v.CATEGORY_DIGITS.get(rule.id[2], CATEGORIES):
        meant = " or ".join(v.CATEGORY_DIGITS[rule.id[2]])
        problem(f"code {rule.id} is for the category {meant}, not {rule.category}", values["category"])
    if not _NAME.fullmatch(rule.name):
        problem(f"name '{rule.name}' is no name", values["name"], hint="lower-case words joined by hyphens")
    if stem != f"{rule.id}-{rule.name}":
        problem(f"the file must be named {rule.id}-{rule.name}.yaml", values["id"])
    if not _VERSION.fullmatch(rule.since):
        problem(f"since '{rule.since}' is no version", values["since"], hint='such as "0.1"')
    if (rule.status == "deprecated") != bool(rule.replaced_by):
        word = "needs" if rule.status == "deprecated" else "alone has"
        problem(f"a deprecated rule {word} 'replaced-by'", values.get("replaced-by", values["status"]))
    if rule.summary.endswith(".") or "\n" in rule.summary:
        problem("summary must be one line without a final stop", values["summary"])
    known = v.MESSAGE_FIELDS[kind_of(rule.check)]
    for name in _BRACES.findall(rule.message):
        if name not in known:
            hint = did_you_mean(name, list(known))
            problem(f"message of a {kind_of(rule.check)} check has no '{{{name}}}'", values["message"], hint=hint)
    silent = {guard.name for guard in rule.unless}
    for example in rule.good:
        if example.because in v.GUARDS and example.because not in silent:
            title = f"good example gives '{example.because}', which 'unless' does not name: {example.text[:50]}"
            problem(title, values.get("unless", values["id"]))
