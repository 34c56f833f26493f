"""Reading YAML strictly: every value knows its line, and every problem of a file is told, not just the first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from healthlint.errors import UserError, did_you_mean

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20
"""Levels of lists and mappings in one file."""
_NULL = "tag:yaml.org,2002:null"
_SCALARS = {"int": "a whole number", "float": "a number", "bool": "true or false"}


class CombinedError(UserError):
    """Several errors at once, one line each when printed."""

    def __init__(self, errors: Iterable[UserError]) -> None:
        self.errors = tuple(errors)
        first = self.errors[0]
        super().__init__(first.title, where=first.where, hint=first.hint)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


def flat(error: UserError) -> tuple[UserError, ...]:
    """The single errors of an error."""
    return error.errors if isinstance(error, CombinedError) else (error,)


def raise_all(errors: list[UserError]) -> None:
    """Raise what is in the list, if anything."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise CombinedError(errors)


class Reader:
    """One YAML file and the problems found in it so far; where there is one, a reader returns a plain default."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[UserError] = []

    def problem(self, title: str, node: yaml.Node | yaml.Event | None = None, hint: str = "") -> None:
        mark = node.start_mark if node is not None else None
        where = f"{self.path}:{mark.line + 1}" if mark is not None else str(self.path)
        self.problems.append(UserError(title, where=where, hint=hint))

    def finish(self) -> None:
        """Raise the problems found."""
        raise_all(self.problems)

    def root(self) -> yaml.MappingNode | None:
        """The mapping that the file is."""
        try:
            text = self.path.read_text(encoding="utf-8")
            if not self._plain(text):
                return None
            node = yaml.compose(text, Loader=_Loader)
        except OSError as error:
            self.problem(f"cannot be read: {error.strerror or error}")
            return None
        except UnicodeDecodeError:
            self.problem("is not UTF-8 text")
            return None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
            text = " ".join(str(getattr(error, "problem", "") or error).split())
            if "nesting depth" in text:  # some parsers stop by themselves, and sooner than `_plain` does
                self.problems.append(UserError("is nested too deeply", where=f"{self.path}{place}"))
                return None
            hint = "quote a text that has `: `, `#` or quotes"
            self.problems.append(UserError(f"is no valid YAML: {text}", where=f"{self.path}{place}", hint=hint))
            return None
        if not isinstance(node, yaml.MappingNode):
            self.problem("must be a mapping of keys to values", node)
            return None
        return node

    def _plain(self, text: str) -> bool:
        """Whether the file has neither aliases, which make a small file endless, nor a depth that no parser bears."""
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                self.problem("anchors and aliases are not used here", event, hint="write the value out")
                return False
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    self.problem("is nested too deeply", event)
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
        return True

    def mapping(
        self, node: yaml.Node, what: str, known: Iterable[str], required: Iterable[str] = ()
    ) -> dict[str, yaml.Node]:
        """The values of a mapping by key."""
        if not isinstance(node, yaml.MappingNode):
            self.problem(f"{what} must be a mapping of keys to values", node)
            return {}
        names = list(known)
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in names:
                self.problem(f"unknown key '{name}' in {what}", key, hint=did_you_mean(name, names))
            elif name in found:
                self.problem(f"key '{name}' stands twice in {what}", key)
            else:
                found[name] = value
        for name in required:
            if name not in found:
                self.problem(f"{what} lacks the key '{name}'", node)
        return found

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """The items of a list."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if not (isinstance(node, yaml.ScalarNode) and node.tag == _NULL):
            hint = f"write [{node.value}]" if isinstance(node, yaml.ScalarNode) else ""
            self.problem(f"{what} must be a list", node, hint=hint)
        else:
            self.problem(f"{what} is empty", node, hint="write [] or leave the key out")
        return []

    def text(self, node: yaml.Node, what: str, among: tuple[str, ...] = ()) -> str:
        """A text; a plain `no`, `off` or 911 is the text that it looks like."""
        if not isinstance(node, yaml.ScalarNode):
            self.problem(f"{what} must be a text", node)
            return ""
        value = str(node.value)
        if not value.strip():
            if "" not in among:
                self.problem(f"{what} is empty", node)
            return ""
        if among and value not in among:
            self.problem(f"unknown {what} '{value}'", node, hint=did_you_mean(value, list(among)))
            return ""
        return value

    def texts(self, node: yaml.Node, what: str, among: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts, none twice."""
        found: list[str] = []
        for item in self.items(node, what):
            value = self.text(item, what, among)
            if value and value in found:
                self.problem(f"'{value}' stands twice in {what}", item)
            elif value:
                found.append(value)
        return tuple(found)

    def scalar(self, node: yaml.Node, what: str, kind: type) -> Any:
        """A number or a truth value."""
        tag = node.tag.rpartition(":")[2] if isinstance(node, yaml.ScalarNode) else ""
        value = str(node.value)
        if kind is bool and tag == "bool":
            return value.lower() in ("true", "yes", "on")
        try:
            if kind is int and tag == "int":
                return int(value)
            if kind is float and tag in ("int", "float"):
                return float(value)
        except ValueError:
            pass
        self.problem(f"{what} must be {_SCALARS[kind.__name__]}", node)
        return kind()


def documents(folder: Path) -> list[Path]:
    """The YAML files of a folder, by name."""
    return sorted(p for p in folder.iterdir() if p.suffix in (".yaml", ".yml") and not p.name.startswith("."))
