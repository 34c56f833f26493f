"""One finding a line, as compilers write them."""

from __future__ import annotations

from healthlint.findings import Outcome
from healthlint.reports.wording import active, in_brackets, printable


def render(outcome: Outcome) -> str:
    """`path:line:column: severity CODE message [name] (place)` for each active finding; the place where it has one."""
    return "".join(
        f"{printable(f.path)}:{f.line}:{f.column}: {f.severity.word} {f.rule} {printable(f.message)} [{f.name}]"
        f"{in_brackets(f.place)}\n"
        for f in active(outcome)
    )
