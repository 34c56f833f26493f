"""Words and counts that several reports share."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.errors import UserError
from healthlint.findings import Finding, Outcome, Severity

SETTLED = ("suppressed", "approved", "baselined")
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def active(outcome: Outcome) -> tuple[Finding, ...]:
    """The findings that count: neither suppressed nor otherwise settled."""
    return tuple(finding for finding in outcome.findings if finding.status == "active")


def checked(outcome: Outcome) -> int:
    """How many documents were checked."""
    return sum(report.error is None for report in outcome.files)


def counted(number: int, word: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {word}" + ("" if number == 1 else "s")


def summary(outcome: Outcome) -> str:
    """The run in one line."""
    shown = active(outcome)
    files = counted(checked(outcome), "file")
    settled = [(sum(f.status == status for f in outcome.findings), status) for status in SETTLED]
    repeats = sum(finding.repeat for finding in shown)
    notes = [counted(repeats, "repeat") + " folded"] * bool(repeats)
    notes += [f"{number} {status}" for number, status in settled if number]
    unread = counted(len(outcome.errors), "problem")
    notes += [f"{unread} kept something from being checked"] * bool(outcome.errors)
    errors, warnings, infos = (outcome.number_of(severity) for severity in SEVERITIES)
    counts = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}, {infos} info"
    head = f"{counts} in {files}" if shown else f"no findings in {files}"
    return head + (f" ({', '.join(notes)})" if notes else "")


def statistics(findings: Iterable[Finding]) -> str:
    """How many findings each rule has, the most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        counts[finding.rule, finding.name] = counts.get((finding.rule, finding.name), 0) + 1
    width = max((len(str(number)) for number in counts.values()), default=1)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{number:>{width}}  {rule}  {name}\n" for (rule, name), number in ordered)


def in_brackets(place: str) -> str:
    """Where a reader finds it, set behind other words; nothing where line and column say it all."""
    return f" ({printable(place)})" if place else ""


def by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each path, in the order given."""
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.path, []).append(finding)
    return files


def told(error: UserError) -> tuple[str, ...]:
    """The error in lines, one for each thing that is wrong: a rule folder tells of all its faults at once."""
    return tuple(printable(str(single)) for single in getattr(error, "errors", (error,)))


def printable(text: str) -> str:
    """The text on one line, without characters that command a terminal or turn the direction of writing."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\t\n\r\v\f\u0085\u2028\u2029":
        return " "
    code = ord(character)
    commands = code < 0x20 or 0x7F <= code < 0xA0
    turns = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return "\N{REPLACEMENT CHARACTER}" if commands or turns else character
