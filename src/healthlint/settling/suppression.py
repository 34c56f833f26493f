"""What the exceptions in a text speak for: `ignore[…]` for the block it stands in or else for the next one,
`disable[…]` to the `enable[…]` of the same rule or to the end, `ignore-file[…]` for the whole document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate, islice, takewhile
from typing import NamedTuple

from healthlint.documents.blocks import Block, Document
from healthlint.findings import Finding
from healthlint.settling.directives import Directive

Use = tuple[int, int]
"""A rule of an exception: which exception, and which of its rules."""


class Stretch(NamedTuple):
    """What one rule of an exception covers, as offsets in the source, the end exclusive."""

    use: Use
    directive: Directive
    start: int
    end: int


Stretches = dict[str, list[Stretch]]
"""The stretches of each rule, by its code."""


def stretches_of(directives: tuple[Directive, ...], document: Document, today: date) -> Stretches:
    """What the exceptions that hold today cover."""
    places = _Places.of(document)
    end_of_text = len(document.source.text) + 1
    enabled: dict[str, list[int]] = {}
    for directive in directives:
        for rule in directive.rules if directive.verb == "enable" else ():
            enabled.setdefault(rule.code, []).append(directive.start)
    found: Stretches = {}
    for index, directive in enumerate(directives):
        if not directive.holds_on(today) or directive.verb == "enable":
            continue
        spoken_for = list(places.spoken_for(directive)) if directive.verb == "ignore" else []
        for which, rule in enumerate(directive.rules):
            if not rule.code:
                continue
            covered = spoken_for
            if directive.verb == "ignore-file":
                covered = [(0, end_of_text)]
            elif directive.verb == "disable":
                ends = enabled.get(rule.code, [])
                next_end = bisect_left(ends, directive.end)
                covered = [(directive.end, ends[next_end] if next_end < len(ends) else end_of_text)]
            stretches = found.setdefault(rule.code, [])
            stretches += [Stretch((index, which), directive, start, end) for start, end in covered]
    return found


def suppress(
    findings: Iterable[Finding], stretches: Stretches, *, about: tuple[int, ...] = ()
) -> tuple[tuple[Finding, ...], frozenset[Use]]:
    """The findings, those that an exception speaks for marked `suppressed`, and which exceptions were needed.

    Of several the narrowest counts. `about` tells of each finding which exception it is about: that one cannot speak.
    """
    used: set[Use] = set()
    settled = []
    for number, finding in enumerate(findings):
        own = about[number] if about else -1
        stretch = _narrowest(finding, stretches.get(finding.rule, ()), own)
        if stretch:
            used.add(stretch.use)
            finding = finding._replace(status="suppressed", grounds=_grounds(stretch.directive))
        settled.append(finding)
    return tuple(settled), frozenset(used)


def _narrowest(finding: Finding, stretches: Iterable[Stretch], own: int) -> Stretch | None:
    covering = (s for s in stretches if s.use[0] != own and s.start <= finding.start < max(s.end, s.start + 1))
    return min(covering, key=lambda s: s.end - s.start, default=None)


def _grounds(directive: Directive) -> tuple[tuple[str, str], ...]:
    until = (("until", directive.until.isoformat()),) if directive.until else ()
    return (("reason", directive.reason), *until)


class _Places(NamedTuple):
    """Where the blocks stand, in order, as offsets in the source; `furthest` is the greatest end up to each of them."""

    text: str
    spans: list[tuple[int, int]]
    furthest: list[int]

    @classmethod
    def of(cls, document: Document) -> _Places:
        spans = sorted(_place(block) for block in document.blocks if block.segments)
        return cls(document.source.text, spans, list(accumulate((end for _, end in spans), max)))

    def spoken_for(self, directive: Directive) -> Iterator[tuple[int, int]]:
        """The block that an `ignore` stands in or ends, else the next one; links and the like inside of it too."""
        at = bisect_left(self.spans, (directive.start, 0))
        around = [span for span in self._before(at, directive.end + 1) if span[1] > directive.end]
        if around:
            yield from around
            return
        last = self.furthest[at - 1] if at else -1
        if at and "\n" not in self.text[last : directive.start]:
            yield min(span for span in self._before(at, last) if span[1] == last)
            return
        after = bisect_left(self.spans, (directive.end, 0))
        if after < len(self.spans):
            start = self.spans[after][0]
            yield max(takewhile(lambda span: span[0] == start, islice(self.spans, after, None)))

    def _before(self, at: int, end: int) -> Iterator[tuple[int, int]]:
        """The blocks before the place `at`, backwards, as long as one of them may reach `end`."""
        while at and self.furthest[at - 1] >= end:
            at -= 1
            yield self.spans[at]


def _place(block: Block) -> tuple[int, int]:
    last = block.segments[-1]
    return block.segments[0].source_start, last.source_start + last.source_length
