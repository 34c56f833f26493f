"""What the tests of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[2] / "src"

HOUSE_RULE = """\
schema: 1
id: HOUSE101
name: blue-moon
status: stable
since: "0.1"
category: promotion
severity: error
confidence: high
profiles: [base]
summary: a page speaks of the blue moon
message: "reads as moonlight: {match}"
help: leave the moon out
why: |
  The house style has no moon.
check: {kind: phrase, patterns: ["blue moon"]}
unless: [negated]
examples:
  bad: ["Once in a ⟦blue moon⟧.", "A blue moon rises.", "Blue moon tea."]
  good: ["A red moon rises.", "Nothing is blue.", {text: "There is no blue moon here.", because: negated}]
"""


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


Cli = Callable[..., Ran]
Put = Callable[..., Path]
