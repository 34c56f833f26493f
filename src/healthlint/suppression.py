"""Exceptions written into Markdown and HTML as comments, each with its rules, its reason and perhaps an end date.

`<!-- healthlint: ignore[HL101] until=2027-01-31 -- approved by legal, ticket 812 -->` speaks for the block it stands in
or else for the next one, `disable[…]` to the `enable[…]` of the same rule, `ignore-file[…]` for the whole document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from healthlint.documents.blocks import Block, Document
    from healthlint.documents.source import Source
    from healthlint.findings import Finding

_COMMENT = re.compile(r"(?:<!--|\{/\*)\s*healthlint\s*:(.*?)(?:-->|\*/\s*\})", re.DOTALL | re.IGNORECASE)
_DIRECTIVE = re.compile(
    r"(?P<verb>[\w-]+)\s*\[(?P<rules>[^\]]*)\]\s*(?:until\s*=\s*(?P<until>\S+)\s*)?(?:--\s*(?P<reason>.*))?", re.DOTALL
)
_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
VERBS = ("ignore", "disable", "enable", "ignore-file")
_EXAMPLE = "write <!-- healthlint: ignore[HL101] -- the reason -->"


class Directive(NamedTuple):
    """One exception as written: `rules` are codes or names, `start` and `end` offsets in the source."""

    verb: str
    rules: tuple[str, ...]
    until: date | None
    start: int
    end: int

    def lists(self, rule: str) -> bool:
        return rule.lower() in {listed.lower() for listed in self.rules}

    def names(self, finding: Finding) -> bool:
        return self.lists(finding.rule) or self.lists(finding.name)


class Notice(NamedTuple):
    """An exception that does not hold, where it stands and why; the findings stay active."""

    line: int
    column: int
    problem: str
    hint: str


def suppress(findings: tuple[Finding, ...], document: Document, today: date) -> tuple[Finding, ...]:
    """The findings, those that an exception in force speaks for marked `suppressed`."""
    directives, _ = read_directives(document.source, document.format, today)
    if not directives:
        return findings
    stretches = _stretches(directives, document.blocks, document.source.text)
    return tuple(
        finding._replace(status="suppressed") if _is_covered(finding, stretches) else finding for finding in findings
    )


def notices(document: Document, today: date, known: Iterable[str]) -> tuple[Notice, ...]:
    """The exceptions that do not hold: malformed, expired, or naming a rule that is not among the `known` words."""
    directives, wrong = read_directives(document.source, document.format, today)
    unknown: list[Notice] = []
    if directives:
        names = {name.lower() for name in known}
        closest = [name.upper() if name[-1:].isdigit() else name for name in sorted(names)]
        for directive in directives:
            place = document.source.position(directive.start)
            unknown += [_unknown_rule(place, rule, closest) for rule in directive.rules if rule.lower() not in names]
    return tuple(sorted((*wrong, *unknown), key=lambda notice: (notice.line, notice.column)))


def _unknown_rule(place: tuple[int, int], rule: str, known: list[str]) -> Notice:
    from healthlint.errors import did_you_mean

    return Notice(*place, f"unknown rule '{rule}' in an exception", did_you_mean(rule, known))


def read_directives(
    source: Source, document_format: str, today: date
) -> tuple[tuple[Directive, ...], tuple[Notice, ...]]:
    """The exceptions in force, in order, and those that are malformed or expired."""
    if document_format not in ("markdown", "mdx", "html") or "healthlint" not in source.text:
        return (), ()
    code = _code_stretches(source.text) if document_format != "html" else ()
    directives: list[Directive] = []
    wrong: list[Notice] = []
    for comment in _COMMENT.finditer(source.text):
        if any(start <= comment.start() < end for start, end in code):
            continue
        read = _read(comment, today)
        if isinstance(read, Directive) and read.verb == "enable" and not _was_disabled(read, directives):
            read = "an 'enable' with nothing disabled before it", "remove it, or write disable[…] before it"
        if isinstance(read, Directive):
            directives.append(read)
        else:
            wrong.append(Notice(*source.position(comment.start()), *read))
    return tuple(directives), tuple(wrong)


def _read(comment: re.Match[str], today: date) -> Directive | tuple[str, str]:
    """The directive in a comment, or what is wrong with it and the way out."""
    from datetime import date as day

    match = _DIRECTIVE.fullmatch(comment[1].strip())
    if match is None:
        return "malformed exception", _EXAMPLE
    verb, reason = match["verb"].lower(), (match["reason"] or "").strip()
    rules = tuple(word.strip() for word in match["rules"].split(",") if word.strip())
    if verb not in VERBS:
        return f"unknown exception '{match['verb']}'", "one of: " + ", ".join(VERBS)
    if not rules:
        return "an exception must name its rules", _EXAMPLE
    if not reason and verb != "enable":
        return "an exception must give a reason", _EXAMPLE
    until = None
    if match["until"]:
        try:
            until = day.fromisoformat(match["until"])
        except ValueError:
            return f"not a date: '{match['until']}'", "write until=2027-01-31"
        if until < today:
            return f"this exception expired on {until}", "remove it, or have it approved again"
    return Directive(verb, rules, until, comment.start(), comment.end())


def _was_disabled(enable: Directive, before: list[Directive]) -> bool:
    disabled = {rule.lower() for directive in before if directive.verb == "disable" for rule in directive.rules}
    return any(rule.lower() in disabled for rule in enable.rules)


def _code_stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Fenced blocks and inline code of Markdown: a comment shown there is an example, not an exception."""
    fenced = [match.span() for match in _FENCE.finditer(text)]
    inline = [match.span() for match in re.finditer(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", text)]
    return (*fenced, *inline)


def _stretches(
    directives: tuple[Directive, ...], blocks: tuple[Block, ...], text: str
) -> tuple[tuple[Directive, int, int], ...]:
    """What each directive covers, as offsets in the source."""
    places = sorted(_place(block) for block in blocks if block.segments)
    length = len(text)
    covered = []
    for index, directive in enumerate(directives):
        if directive.verb == "ignore-file":
            covered.append((directive, 0, length + 1))
        elif directive.verb == "ignore":
            around = [place for place in places if place[0] < directive.start and _reaches(text, place[1], directive)]
            after = [place for place in places if place[0] >= directive.end]
            covered += [(directive, start, end) for start, end in (around[-1:] or after[:1])]
        elif directive.verb == "disable":
            for rule in directive.rules:
                ends = (d.start for d in directives[index:] if d.verb == "enable" and d.lists(rule))
                end = next(ends, length + 1)
                covered.append((directive._replace(rules=(rule,)), directive.end, end))
    return tuple(covered)


def _reaches(text: str, end: int, directive: Directive) -> bool:
    """Whether a block that ends at `end` goes on to the directive: over it, or up to it in the same line."""
    return end > directive.end or (end <= directive.start and "\n" not in text[end : directive.start])


def _place(block: Block) -> tuple[int, int]:
    last = block.segments[-1]
    return block.segments[0].source_start, last.source_start + last.source_length


def _is_covered(finding: Finding, stretches: tuple[tuple[Directive, int, int], ...]) -> bool:
    return any(
        directive.names(finding) and start <= finding.start < max(end, start + 1) for directive, start, end in stretches
    )
