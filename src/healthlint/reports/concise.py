"""One finding a line, as compilers write them."""

from __future__ import annotations

from healthlint.findings import Outcome
from healthlint.reports.wording import active, printable


def render(outcome: Outcome) -> str:
    """`path:line:column: severity CODE message [name]` for each active finding."""
    return "".join(
        f"{printable(f.path)}:{f.line}:{f.column}: {f.severity.word} {f.rule} {printable(f.message)} [{f.name}]\n"
        for f in active(outcome)
    )
