"""A register of approved claims as a file, read strictly: every mistake names its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from healthlint.config import display
from healthlint.plain_words import plain_words
from healthlint.rules.model import Rule
from healthlint.rules.nodes import Reader
from healthlint.rules.vocabulary import PROFILES
from healthlint.selection import codes_of, unknown_rule
from healthlint.settling.approvals import Approval, Register, slots_of

SCHEMA = 1
NEEDED = ("wording", "product", "reference", "approved-by", "approved-on", "until")
KEYS = (*NEEDED, "profiles", "rules", "paths")


def read_register(path: Path, rules: tuple[Rule, ...]) -> Register:
    """The register in a file; UserError with all that is wrong. `rules` are those that entries may name."""
    reader = _RegisterReader(Path(display(path)), rules)
    approvals = reader.approvals()
    reader.finish()
    return Register(path, approvals)


class _RegisterReader(Reader):
    def __init__(self, path: Path, rules: tuple[Rule, ...]) -> None:
        super().__init__(path)
        self.rules = rules

    def approvals(self) -> tuple[Approval, ...]:
        if not self.path.is_file():
            self.problem("no such register of approvals", hint="check the path, or take 'approvals' out")
            return ()
        root = self.root()
        if root is None:
            return ()
        values = self.mapping(root, "the register", ("schema", "approvals"), ("schema", "approvals"))
        schema = values.get("schema")
        if schema is not None and getattr(schema, "value", None) != str(SCHEMA):
            self.problem(f"schema must be {SCHEMA}", schema, hint="this version reads no other")
        if "approvals" not in values:
            return ()
        found: list[Approval] = []
        for node in self.items(values["approvals"], "approvals"):
            approval = self.approval(node)
            if approval is None:
                continue
            twin = next((one for one in found if one._replace(where="") == approval._replace(where="")), None)
            if twin:
                self.problem(f"the same approval stands at {twin.where}", node, hint="remove one of the two")
            found.append(approval)
        return tuple(found)

    def approval(self, node: yaml.Node) -> Approval | None:
        before = len(self.problems)
        values = self.mapping(node, "an approval", KEYS, NEEDED)
        if len(self.problems) > before:
            return None
        wording = self.text(values["wording"], "wording")
        products = self.names(values["product"])
        approved_on, until = (self.day(values[key], key) for key in ("approved-on", "until"))
        approval = Approval(
            wording=wording,
            slots=(),
            products=products,
            reference=" ".join(self.text(values["reference"], "reference").split()),
            approved_by=" ".join(self.text(values["approved-by"], "approved-by").split()),
            approved_on=approved_on,
            until=until,
            profiles=self.texts(values["profiles"], "profiles", PROFILES) if "profiles" in values else (),
            rules=self.codes(values["rules"]) if "rules" in values else (),
            paths=self.texts(values["paths"], "paths") if "paths" in values else (),
            where=f"{self.path}:{node.start_mark.line + 1}",
        )
        if until < approved_on:
            self.problem("'until' is before 'approved-on'", values["until"])
        try:
            slots = slots_of(wording)
        except ValueError as error:
            if wording:
                self.problem(f"wording: {error}", values["wording"])
            return None
        return approval._replace(slots=slots) if len(self.problems) == before else None

    def names(self, node: yaml.Node) -> tuple[str, ...]:
        """A product, or several names of it."""
        found = self.texts(node, "product") if isinstance(node, yaml.SequenceNode) else (self.text(node, "product"),)
        for name in found:
            if name and not plain_words(name):
                self.problem(f"product '{name}' has no word in it", node)
        return found

    def day(self, node: yaml.Node, key: str) -> date:
        text = self.text(node, key)
        try:
            return date.fromisoformat(text)
        except ValueError:
            if text:
                self.problem(f"{key}: '{text}' is no date", node, hint="write 2027-01-31")
            return date.min

    def codes(self, node: yaml.Node) -> tuple[str, ...]:
        found: list[str] = []
        for word in self.texts(node, "rules"):
            codes = codes_of(word, self.rules)
            if not codes:
                unknown = unknown_rule(word, self.rules)
                self.problem(unknown.title, node, hint=unknown.hint)
            found += codes
        return tuple(dict.fromkeys(found))
