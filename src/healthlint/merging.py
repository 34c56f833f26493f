"""Findings that say the same told once, and those that repeat each other numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from healthlint.findings import Finding

_SAME_WORDS = 0.8
"""Share of words in common from which two findings of different categories are taken for one fault."""
_start, _place = attrgetter("start"), attrgetter("start", "end", "rule")


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in order of place, with those on the same words as a more severe one named under its `also`."""
    kept = [finding for stretch in _stretches(findings) for finding in _merged(stretch)]
    return sorted(kept, key=_place)


def _stretches(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Findings that overlap, directly or through others, together: only among these can two say the same."""
    stretch: list[Finding] = []
    reached = -1
    for finding in sorted(findings, key=_start):
        if stretch and finding.start >= reached:
            yield stretch
            stretch = []
        stretch.append(finding)
        reached = max(reached, finding.end)
    if stretch:
        yield stretch


def _merged(findings: list[Finding]) -> list[Finding]:
    if len(findings) == 1:
        return findings
    kept: list[tuple[Finding, list[Finding]]] = []
    """Each with those that say the same."""
    for finding in sorted(findings, key=lambda f: (-f.severity, f.start, f.start - f.end, f.rule)):
        for other, twins in kept:
            if _says_the_same(other, finding):
                twins.append(finding)
                break
        else:
            kept.append((finding, []))
    return [_with_twins(finding, twins) if twins else finding for finding, twins in kept]


def _with_twins(finding: Finding, twins: list[Finding]) -> Finding:
    """The finding with the rules of its twins named, and with the reach of all."""
    also = finding.also
    first, last = finding.reach
    for twin in twins:
        if twin.rule != finding.rule and twin.rule not in also:
            also = (*also, twin.rule)
        if twin.sentence == finding.sentence:
            first, last = min(first, twin.reach[0]), max(last, twin.reach[1])
        elif twin.text not in finding.text:
            first, last = 0, max(len(finding.sentence), last)
    return finding._replace(also=also, reach=(first, last))


def _says_the_same(one: Finding, other: Finding) -> bool:
    """Whether two findings are about the same words: overlapping in one category, nearly equal across categories."""
    if one.scope != other.scope or "document" in (one.scope, other.scope):
        return False
    common = min(one.end, other.end) - max(one.start, other.start)
    if common <= 0:
        return False
    if one.category == other.category:
        return True
    return common / (max(one.end, other.end) - min(one.start, other.start)) >= _SAME_WORDS


def numbered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Equal findings counted, and those that repeat an earlier claim marked."""
    equal: dict[tuple[str, str, str], int] = {}
    for finding in with_repeats(findings):
        key = (finding.rule, finding.text.casefold(), finding.sentence)
        occurrence = equal.get(key, 0)
        equal[key] = occurrence + 1
        yield finding._replace(occurrence=occurrence) if occurrence else finding


def with_repeats(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each marked as a repeat where an earlier one makes the same claim, and only there."""
    claims: set[tuple[str, ...]] = set()
    for finding in findings:
        claim = _claim_of(finding)
        repeat = claim in claims
        yield finding if finding.repeat == repeat else finding._replace(repeat=repeat)
        claims.add(claim)


def _claim_of(finding: Finding) -> tuple[str, ...]:
    """What makes two findings the same claim.

    A medicine for a condition is one claim, whichever rule names it: what a heading offers is not told again under it.
    So is a relation to a target within one category; else it is the same words under the same rule.
    """
    if len(finding.data) > 1:
        data = dict(finding.data)
        if "medicine" in data and "condition-id" in data:
            return "pair", data["medicine"].casefold(), data["condition-id"]
        if data.get("target"):
            return finding.category, data["relation"], data["target"].casefold()
    return finding.rule, " ".join(finding.text.casefold().split())
