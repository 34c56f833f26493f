"""What is kept of an imported US label: names and facts, never its text; and how one label is chosen from many."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

PRESCRIPTION, OTC = "prescription", "otc"

Key = tuple[tuple[str, ...], tuple[str, ...]]
"""What one label is kept of: active ingredients and brands. Brands differ in what they are approved for."""


class Label(NamedTuple):
    """One label. Conditions are named by their id; `version` and `original` tell which of two labels to keep.

    `uses`: what the medicine is for. `context`: conditions that the section on uses names besides, such as who is
    treated or what the pain comes from. `not_for`: uses that it rules out.
    """

    set_id: str
    effective: str
    version: int
    kind: str
    original: bool
    generics: tuple[str, ...]
    brands: tuple[str, ...]
    substances: tuple[str, ...]
    routes: tuple[str, ...]
    applications: tuple[str, ...]
    source: str
    uses: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    boxed_warning: bool = False
    contraindications: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Labels with the same key stand for the same medicine; the best of them is kept."""
        return _same(self.substances or self.generics), _same(self.brands)

    @property
    def rank(self) -> tuple[bool, str, int]:
        """The higher is kept: the maker's own label before a repackager's, then the newest."""
        return self.original, self.effective, self.version

    @property
    def title(self) -> str:
        """What a reader calls it."""
        return next(iter((*self.brands, *self.generics, *self.substances)), self.set_id)


def line_of(label: Label) -> str:
    """The label as one line of JSON."""
    return json.dumps(label._asdict(), separators=(",", ":"))


def label_of(line: str) -> Label:
    """The label that `line_of` wrote; ValueError or TypeError where the line is no label."""
    data = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError("no mapping")
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    label = Label(**values)
    for value, wanted in zip(label, _EMPTY, strict=True):
        if type(value) is not type(wanted) or (isinstance(value, tuple) and not all(isinstance(v, str) for v in value)):
            raise TypeError("a value of another kind")
    return label


def _same(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({" ".join(name.lower().split()) for name in names}))


_EMPTY = Label("", "", 0, "", False, (), (), (), (), (), "")
