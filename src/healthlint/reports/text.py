"""The report for people: findings by file, each with its line, the words underlined, and what to write instead."""

from __future__ import annotations

from textwrap import wrap
from typing import NamedTuple

from healthlint.findings import Finding, Outcome
from healthlint.reports.wording import active, by_file, in_brackets, printable, statistics, summary

_PAINT = {"path": "1;4", "error": "1;31", "warning": "1;33", "info": "1;36", "rule": "1", "dim": "2"}
_BEFORE = 30
"""How much of a long line is shown before the span."""


class Style(NamedTuple):
    """`width` is that of the terminal, in characters."""

    color: bool = False
    width: int = 100
    quiet: bool = False
    statistics: bool = False

    def paint(self, what: str, text: str) -> str:
        return f"\x1b[{_PAINT[what]}m{text}\x1b[0m" if self.color else text


def render(outcome: Outcome, style: Style | None = None) -> str:
    """The whole report; `quiet` leaves out help and the closing summary."""
    style = style or Style()
    parts = [_file(path, findings, style) for path, findings in by_file(active(outcome)).items()]
    if style.statistics and active(outcome):
        parts.append(statistics(active(outcome)))
    if not style.quiet:
        parts.append(summary(outcome) + "\n")
    return "\n".join(parts)


def _file(path: str, findings: list[Finding], style: Style) -> str:
    lines = [style.paint("path", printable(path))]
    helped: set[str] = set()
    for finding, repeats in fold(findings):
        lines += _finding(finding, repeats, style, with_help=not style.quiet and finding.rule not in helped)
        helped.add(finding.rule)
    return "\n".join(lines) + "\n"


def fold(findings: list[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """Each finding with the later ones that repeat it: same rule, and the same claim where there are several."""
    folded: list[tuple[Finding, list[Finding]]] = []
    for finding in findings:
        same = [entry for entry in folded if entry[0].rule == finding.rule] if finding.repeat else []
        exact = [entry for entry in same if _claim(entry[0]) == _claim(finding)]
        if exact:
            exact[-1][1].append(finding)
        else:
            folded.append((finding, []))
    return folded


def _claim(finding: Finding) -> tuple[tuple[str, str], ...] | str:
    """What tells one claim of a rule from another."""
    named = tuple((key, value.casefold()) for key, value in finding.data if key not in ("match", "repeat"))
    return named or finding.text.casefold()


def _finding(finding: Finding, repeats: list[Finding], style: Style, *, with_help: bool) -> list[str]:
    word = finding.severity.word
    head = f"  {finding.line}:{finding.column}{in_brackets(finding.place)}  {style.paint(word, word)}  "
    lines = [head + style.paint("rule", f"{finding.rule} {finding.name}")]
    lines += [f"    {line}" for line in _wrapped(finding.message, style.width - 4)]
    lines += _excerpt(finding, style)
    if with_help:
        lines += _note("help", finding.help, style)
    if finding.also:
        lines += _note("also", ", ".join(finding.also), style)
    if repeats:
        places = ", ".join(str(repeat.line) for repeat in repeats)
        lines += _note("again", f"{len(repeats)} more, on line{'s' * (len(repeats) > 1)} {places}", style)
    return lines


def _note(name: str, text: str, style: Style) -> list[str]:
    first, *others = _wrapped(text, style.width - 13) or [""]
    return [f"    = {style.paint('dim', name)}: {first}", *(" " * (8 + len(name)) + line for line in others)]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(printable(text), max(width, 40), break_long_words=False, break_on_hyphens=False)


def _excerpt(finding: Finding, style: Style) -> list[str]:
    """The source line, cut to the width around the span, and the line that underlines it."""
    if not finding.source_line.strip() or (finding.scope == "document" and finding.line == finding.column == 1):
        return []
    number = str(finding.line)
    gutter = " " * (4 + len(number))
    before, words, after = _cut(finding, max(style.width - len(gutter) - 3, 40))
    level = finding.severity.word
    marks = " " * columns(before) + style.paint(level, "^" * max(columns(words), 1))
    return [
        f"    {style.paint('dim', number + ' |')} {before}{style.paint(level, words) if words else ''}{after}".rstrip(),
        f"{gutter}{style.paint('dim', ' |')} {marks}",
    ]


def _cut(finding: Finding, width: int) -> tuple[str, str, str]:
    line = finding.source_line
    start = min(finding.column - 1, len(line))
    end = min(finding.end_column - 1, len(line)) if finding.end_line == finding.line else len(line.rstrip())
    end = max(end, start)
    first = len(line) - len(line.lstrip())
    if len(line) - first > width and start - first > _BEFORE:
        first = _word_boundary(line, start - _BEFORE, start)
    last = len(line) if len(line) - first <= width else first + width - 2
    before = ("…" if line[:first].strip() else "") + line[first:start]
    words = line[start : min(end, last)]
    after = line[min(end, last) : last] + ("…" if last < len(line) else "")
    return printable(before), printable(words), printable(after)


def _word_boundary(line: str, at: int, limit: int) -> int:
    space = line.find(" ", at, limit)
    return space + 1 if space >= 0 else at


def columns(text: str) -> int:
    """How many columns a terminal needs for the text."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(character) in ("Mn", "Me", "Cf") else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
