"""Reads a YAML file into the model, strictly: every surprise is a `UserError` with file and line and a way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import yaml

from healthlint.errors import UserError, did_you_mean
from healthlint.medicines.packing import is_mapping, is_model, key_of, without_none

T = TypeVar("T")
Lines = dict[tuple[str, ...], int]


class Reader:
    """One file being read. `line_of` tells afterwards where a value stands: a path of keys and item numbers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: Lines = {}

    def read(self, cls: type[T]) -> T:
        """The file as a value of the class."""
        try:
            root = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except OSError as error:
            raise UserError(f"cannot be read: {error.strerror}", where=str(self.path)) from error
        except UnicodeDecodeError as error:
            raise UserError("is not UTF-8 text", where=str(self.path), hint="save it as UTF-8") from error
        except yaml.YAMLError as error:
            raise self._yaml_error(error) from error
        if root is None:
            raise UserError("is empty", where=str(self.path))
        value: T = self._object(root, cls, ())
        return value

    def line_of(self, *path: str | int) -> int:
        """The line of a value, or of the nearest value around it."""
        keys = tuple(str(step) for step in path)
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def error(self, title: str, *path: str | int, hint: str = "") -> UserError:
        """An error at the place of a value."""
        return UserError(title, where=f"{self.path}:{self.line_of(*path)}", hint=hint)

    def _yaml_error(self, error: yaml.YAMLError) -> UserError:
        mark = getattr(error, "problem_mark", None)
        place = f"{self.path}:{mark.line + 1}:{mark.column + 1}" if mark else str(self.path)
        problem = getattr(error, "problem", None) or "cannot be understood"
        return UserError(f"is not valid YAML: {problem}", where=place, hint="quote text that holds ': ' or '#'")

    def _at(self, node: yaml.Node, title: str, hint: str = "") -> UserError:
        return UserError(title, where=f"{self.path}:{node.start_mark.line + 1}", hint=hint)

    def _value(self, node: yaml.Node, hint: Any, path: tuple[str, ...]) -> Any:
        self.lines[path] = node.start_mark.line + 1
        hint = without_none(hint)
        if is_model(hint):
            return self._object(node, hint, path)
        if is_mapping(hint):
            return self._pairs(node, hint, path)
        if get_origin(hint) is tuple:
            if not isinstance(node, yaml.SequenceNode):
                raise self._at(node, f"{_name(path)} wants a list", hint="write [one, two] or lines starting with '- '")
            return tuple(
                self._value(item, get_args(hint)[0], (*path, str(index))) for index, item in enumerate(node.value)
            )
        return self._scalar(node, hint, path)

    def _scalar(self, node: yaml.Node, hint: Any, path: tuple[str, ...]) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            raise self._at(node, f"{_name(path)} wants one value, not a list or mapping")
        text = str(node.value).strip()
        if get_origin(hint) is Literal:
            known = list(get_args(hint))
            if text not in known:
                raise self._at(node, f"{_name(path)} cannot be '{text}'", hint=did_you_mean(text, known))
            return text
        if hint is int:
            if not text.isdecimal():
                raise self._at(node, f"{_name(path)} wants a whole number, not '{text}'")
            return int(text)
        if not text:
            raise self._at(node, f"{_name(path)} is empty", hint="fill it in or leave the key out")
        return text

    def _pairs(self, node: yaml.Node, hint: Any, path: tuple[str, ...]) -> Any:
        key_hint, value_hint = get_args(get_args(hint)[0])
        return tuple(
            (key, self._value(child, value_hint, (*path, key)))
            for key, child in self._items(node, list(get_args(key_hint)), path)
        )

    def _object(self, node: yaml.Node, cls: type[Any], path: tuple[str, ...]) -> Any:
        hints = get_type_hints(cls)
        names = {key_of(name): name for name in cls._fields}
        values = {
            names[key]: self._value(child, hints[names[key]], (*path, key))
            for key, child in self._items(node, list(names), path)
        }
        missing = [key_of(name) for name in cls._fields if name not in cls._field_defaults and name not in values]
        if missing:
            raise self._at(node, f"{_name(path)} lacks '{missing[0]}'", hint=f"add '{missing[0]}:'")
        return cls(**values)

    def _items(self, node: yaml.Node, known: list[str], path: tuple[str, ...]) -> list[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise self._at(node, f"{_name(path)} wants keys and values")
        found: dict[str, yaml.Node] = {}
        for key_node, child in node.value:
            key = str(key_node.value)
            if key not in known:
                raise self._at(key_node, f"{_name(path)} has no key '{key}'", hint=did_you_mean(key, known))
            if key in found:
                raise self._at(key_node, f"{_name(path)} has the key '{key}' twice", hint="keep one")
            found[key] = child
        return list(found.items())


def _name(path: tuple[str, ...]) -> str:
    """What an error calls a place: its keys, and which item of a list."""
    if not path:
        return "the file"
    text = ""
    for step in path:
        text += f" {int(step) + 1}" if step.isdecimal() else (f".{step}" if text else step)
    return text
