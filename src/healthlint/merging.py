"""Findings that say the same told once, and those that repeat each other numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.findings import Finding

_SAME_WORDS = 0.8
"""Share of words in common from which two findings of different categories are taken for one fault."""


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in order of place, with those on the same words as a more severe one named under its `also`."""
    kept = [finding for stretch in _stretches(findings) for finding in _merged(stretch)]
    return sorted(kept, key=lambda f: (f.start, f.end, f.rule))


def _stretches(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Findings that overlap, directly or through others, together: only among these can two say the same."""
    stretch: list[Finding] = []
    reached = -1
    for finding in sorted(findings, key=lambda f: f.start):
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
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-f.severity, f.start, -(f.end - f.start), f.rule)):
        twin = next((i for i, other in enumerate(kept) if _says_the_same(other, finding)), None)
        if twin is None:
            kept.append(finding)
        else:
            kept[twin] = _with_twin(kept[twin], finding)
    return kept


def _with_twin(finding: Finding, twin: Finding) -> Finding:
    """The finding with its twin's rule named, and with the reach of both."""
    also = finding.also
    if twin.rule != finding.rule and twin.rule not in also:
        also = (*also, twin.rule)
    reach = finding.reach
    if twin.sentence == finding.sentence:
        reach = min(reach[0], twin.reach[0]), max(reach[1], twin.reach[1])
    elif twin.text not in finding.text:
        reach = 0, max(len(finding.sentence), reach[1])
    return finding._replace(also=also, reach=reach)


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
    data = dict(finding.data)
    if "medicine" in data and "condition-id" in data:
        return "pair", data["medicine"].casefold(), data["condition-id"]
    if data.get("target"):
        return finding.category, data["relation"], data["target"].casefold()
    return finding.rule, " ".join(finding.text.casefold().split())
