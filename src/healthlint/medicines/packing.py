"""Between the model's frozen values and plain data: lists, strings, numbers and mappings that JSON can hold.

Defaults are left out, keys are spelt as in YAML. No parsing library is needed to read it back.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Convert = Callable[[Any], Any]


def key_of(field_name: str) -> str:
    """A field's name as it is written in YAML."""
    return field_name.replace("_", "-")


def is_mapping(hint: Any) -> bool:
    """Whether a type is a tuple of pairs, which YAML writes as a mapping."""
    args = get_args(hint)
    return get_origin(hint) is tuple and len(args) == 2 and args[1] is Ellipsis and get_origin(args[0]) is tuple


def is_model(hint: Any) -> bool:
    """Whether a type is one of the model's own, a named tuple."""
    return isinstance(hint, type) and hasattr(hint, "_fields")


def without_none(hint: Any) -> Any:
    """`X` for `X | None`, else the type itself."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(arg for arg in get_args(hint) if arg is not type(None))
    return hint


def to_data(value: Any) -> Any:
    """A model value as plain data."""
    cls: Any = type(value)
    if is_model(cls):
        hints, defaults = _hints(cls), value._field_defaults
        return {
            key_of(name): _field_data(item, hints[name])
            for name, item in zip(value._fields, value, strict=True)
            if name not in defaults or item != defaults[name]
        }
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    return value


def _field_data(value: Any, hint: Any) -> Any:
    if is_mapping(hint):
        return {key: to_data(item) for key, item in value}
    return to_data(value)


def from_data(cls: Callable[..., T], data: dict[str, Any]) -> T:
    """The model value that `to_data` made the data from."""
    plan: dict[str, tuple[str, Convert]] = _plan(cls)
    return cls(**{plan[key][0]: plan[key][1](item) for key, item in data.items()})


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


@cache
def _plan(cls: Any) -> dict[str, tuple[str, Convert]]:
    return {key_of(name): (name, _converter(hint)) for name, hint in _hints(cls).items()}


def _same(value: Any) -> Any:
    return value


def _converter(hint: Any) -> Convert:
    hint = without_none(hint)
    if is_model(hint):
        return lambda value: from_data(hint, value)
    if get_origin(hint) is Literal or get_origin(hint) is not tuple:
        return _same
    if is_mapping(hint):
        of_value = _converter(get_args(get_args(hint)[0])[1])
        return lambda value: tuple((key, of_value(item)) for key, item in value.items())
    of_item = _converter(get_args(hint)[0])
    return tuple if of_item is _same else lambda value: tuple(of_item(item) for item in value)
