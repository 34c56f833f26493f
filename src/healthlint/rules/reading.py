"""One rule file, read as the model's annotations ask."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from healthlint.errors import did_you_mean
from healthlint.findings import Severity
from healthlint.language.pattern_nodes import PatternText
from healthlint.language.patterns import PatternError, parse_pattern
from healthlint.rules import vocabulary as v
from healthlint.rules.anchors import regex_anchor
from healthlint.rules.judging import judge
from healthlint.rules.model import CHECKS, Among, Check, Example, Guard, Reference, Rule
from healthlint.rules.nodes import Reader

SCHEMA = 1
EXAMPLE_LISTS = ("bad", "good", "known-miss", "known-false-alarm")
OWN_KEYS = ("schema", "examples", "path", "bad", "good", "known_miss", "known_false_alarm")
"""Fields that are not written under their own name."""
SEVERITIES = ("error", "warning", "info", "off")


def key_of(field: str) -> str:
    """A field as it is written in YAML."""
    return field.rstrip("_").replace("_", "-")


class RuleReader(Reader):
    """Reads one rule file."""

    def __init__(self, path: Path, lexicons: frozenset[str] | None) -> None:
        super().__init__(path)
        self.lexicons = None if lexicons is None else lexicons | set(v.BUILTIN_PLACES)

    def rule(self) -> Rule | None:
        root = self.root()
        if root is None:
            return None
        written = [key_of(name) for name in Rule._fields if name not in OWN_KEYS]
        required = [key_of(name) for name in Rule._fields if name not in Rule._field_defaults]
        needed = ["schema", *required, "why", "examples"]
        values = self.mapping(root, "the rule", ["schema", *written, "examples"], needed)
        self.schema(values.pop("schema", None))
        examples: dict[str, Any] = self.examples(values.pop("examples", None))
        before = len(self.problems)
        found = self.fields_of(Rule, values, "the rule")
        if len(self.problems) > before or any(key_of(name) not in values for name in map(key_of, required)):
            return None
        rule = Rule(**found, **examples, path=str(self.path))
        judge(rule, values, self.path.stem, self.problem)
        return rule

    def schema(self, node: yaml.Node | None) -> None:
        if node is not None and getattr(node, "value", None) != str(SCHEMA):
            self.problem(f"schema must be {SCHEMA}", node, hint="this version reads no other")

    def fields_of(self, cls: type[Any], values: dict[str, yaml.Node], what: str) -> dict[str, Any]:
        """The fields of a named tuple from the nodes of a mapping, as their annotations ask."""
        hints = get_type_hints(cls, include_extras=True)
        found: dict[str, Any] = {}
        for name in cls._fields:
            key = key_of(name)
            if key in values:
                found[name] = self.value(hints[name], values[key], name, key)
        return found

    def value(self, hint: Any, node: yaml.Node, field: str, what: str) -> Any:
        special = {"severity": self.severity, "check": self.check, "unless": self.guards, "references": self.references}
        if field in special:
            return special[field](node)
        plain, *extra = get_args(hint)
        among = next((e.words for e in extra if isinstance(e, Among)), ())
        if plain is str:
            return self.text(node, what, among).strip()
        if plain in (int, float, bool):
            number = self.scalar(node, what, plain)
            if number < 0:
                self.problem(f"{what} must not be below 0", node)
            return number
        assert get_origin(plain) is tuple
        return self.patterns(node, what) if get_args(plain)[0] is PatternText else self.texts(node, what, among)

    def severity(self, node: yaml.Node) -> tuple[tuple[str, Severity | None], ...]:
        def one(value: yaml.Node) -> Severity | None:
            word = self.text(value, "severity", SEVERITIES)
            return Severity[word.upper()] if word and word != "off" else None

        if isinstance(node, yaml.MappingNode):
            found = self.mapping(node, "severity", v.PROFILES, ["base"])
            return tuple((profile, one(value)) for profile, value in found.items())
        return (("base", one(node)),)

    def check(self, node: yaml.Node) -> Check | None:
        if not isinstance(node, yaml.MappingNode):
            self.problem("check must be a mapping of keys to values", node)
            return None
        kinds = [value for key, value in node.value if key.value == "kind"]
        if not kinds:
            self.problem("check lacks the key 'kind'", node, hint="one of: " + ", ".join(CHECKS))
            return None
        kind = self.text(kinds[0], "kind of check", tuple(CHECKS))
        if not kind:
            return None
        cls = CHECKS[kind]
        required = [key_of(name) for name in cls._fields if name not in cls._field_defaults]
        known = ["kind", *map(key_of, cls._fields)]
        before = len(self.problems)
        values = self.mapping(node, f"the {kind} check", known, required)
        found = self.fields_of(cls, values, f"the {kind} check")
        if len(self.problems) > before:
            return None
        for name in required:
            if found[name.replace("-", "_")] == ():
                self.problem(f"{name} is empty", values[name])
        if kind == "required":
            if not found.get("when") and not found.get("medicine"):
                self.problem("the required check needs 'when' or 'medicine'", node)
            if not found.get("must") and not found.get("medicine"):
                self.problem("the required check lacks the key 'must'", node)
        return cls(**found)

    def patterns(self, node: yaml.Node, what: str) -> tuple[PatternText, ...]:
        found: list[PatternText] = []
        for item in self.items(node, what):
            made = self.regex(item, what) if isinstance(item, yaml.MappingNode) else self.pattern(item, what)
            if made is not None and made in found:
                self.problem(f"pattern stands twice in {what}: {made.text}", item)
            elif made is not None:
                found.append(made)
        return tuple(found)

    def pattern(self, node: yaml.Node, what: str) -> PatternText | None:
        text = self.text(node, what)
        if not text:
            return None
        try:
            pattern = parse_pattern(text)
        except PatternError as error:
            self.problem(f"pattern '{text}': {error}", node)
            return None
        if self.lexicons is not None:
            for name in sorted(pattern.lexicons - self.lexicons):
                hint = did_you_mean(name, sorted(self.lexicons))
                self.problem(f"pattern '{text}': there is no lexicon '{name}'", node, hint=hint)
        return pattern.keyed

    def regex(self, node: yaml.Node, what: str) -> PatternText | None:
        values = self.mapping(node, what, ["regex"], ["regex"])
        text = self.text(values["regex"], "regex") if values else ""
        if not text:
            return None
        try:
            regex = import_module("regex")
        except ImportError:  # a build needs no more than YAML; the tests have checked the expressions by then
            return PatternText(text, True, regex_anchor(text))
        try:
            regex.compile(text, regex.IGNORECASE)
        except regex.error as error:
            self.problem(f"regular expression cannot be read: {error}", values["regex"])
            return None
        return PatternText(text, True, regex_anchor(text))

    def guards(self, node: yaml.Node) -> tuple[Guard, ...]:
        found: list[Guard] = []
        for item in self.items(node, "unless"):
            if isinstance(item, yaml.MappingNode):
                pairs = self.mapping(item, "a guard with a strength", ["hedge"], ["hedge"])
                for name, value in pairs.items():
                    found.append(Guard(name, self.text(value, "strength of hedge", v.HEDGE_STRENGTHS)))
                continue
            name = self.text(item, "guard", v.GUARDS)
            if name == "hedge":
                self.problem("guard 'hedge' needs a strength", item, hint="write {hedge: strong}")
            elif name:
                found.append(Guard(name))
        return tuple(found)

    def references(self, node: yaml.Node) -> tuple[Reference, ...]:
        found = []
        for item in self.items(node, "references"):
            values = self.mapping(item, "a reference", ["title", "url"], ["title"])
            made = Reference(**self.fields_of(Reference, values, "a reference")) if "title" in values else None
            if made and made.url and not re.match(r"https?://\S+$", made.url):
                self.problem(f"url '{made.url}' is no web address", values["url"])
            if made:
                found.append(made)
        return tuple(found)

    def examples(self, node: yaml.Node | None) -> dict[str, tuple[Example, ...]]:
        if node is None:
            return {}
        lists = self.mapping(node, "examples", EXAMPLE_LISTS, ["bad", "good"])
        return {
            key.replace("-", "_"): tuple(e for item in self.items(value, key) if (e := self.example(item, key)))
            for key, value in lists.items()
        }

    def example(self, node: yaml.Node, key: str) -> Example | None:
        written: dict[str, yaml.Node] = {"text": node}
        if isinstance(node, yaml.MappingNode):
            names = [name for name in Example._fields if name != "spans"]
            written = self.mapping(node, "an example", names, ["text"])
            because = written.get("because")
            if isinstance(because, yaml.MappingNode):
                self.mapping(because, "because", ["hedge"], ["hedge"])
                written["because"] = because.value[0][0] if because.value else because
        if "text" not in written:
            return None
        before = len(self.problems)
        found = self.fields_of(Example, written, "an example")
        if len(self.problems) > before:
            return None
        if "because" in found and key == "bad":
            self.problem("because says why a rule stays silent; it has no place here", written["because"])
        text = str(written["text"].value)
        try:
            found["text"], found["spans"] = unmark(text)
        except ValueError as error:
            self.problem(f"example: {error}", written["text"])
        return Example(**found)


def unmark(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """`text` without ⟦ and ⟧, and the stretches that they marked."""
    spans: list[tuple[int, int]] = []
    parts: list[str] = []
    length, opened = 0, -1
    for piece in re.split("([⟦⟧])", text):
        if piece == "⟦":
            if opened >= 0:
                raise ValueError("⟦ inside of ⟦ ⟧")
            opened = length
        elif piece == "⟧":
            if opened < 0:
                raise ValueError("⟧ without ⟦")
            spans.append((opened, length))
            opened = -1
        else:
            parts.append(piece)
            length += len(piece)
    if opened >= 0:
        raise ValueError("⟦ without ⟧")
    return "".join(parts), tuple(spans)
