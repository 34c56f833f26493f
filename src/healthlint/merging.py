"""Findings that say the same told once, and those that repeat each other numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from healthlint.checks.candidate import Candidate
from healthlint.findings import Finding, Severity
from healthlint.language.annotation import Sentence

_SAME_WORDS = 0.8
"""Share of words in common from which two findings of different categories are taken for one fault."""


class Found(NamedTuple):
    """A candidate that nothing silences: `start` and `end` are its place in the source.

    `reach` is where in its sentence the words stand, those of candidates named under `also` included.
    """

    start: int
    end: int
    rule: str
    severity: Severity
    candidate: Candidate
    sentence: Sentence
    reach: tuple[int, int]
    also: tuple[str, ...] = ()


_start, _place = itemgetter(0), itemgetter(0, 1, 2)


def merged(found: Iterable[Found]) -> list[Found]:
    """What was found in order of place, with what says the same as a more severe one named under its `also`."""
    kept = [one for stretch in _stretches(found) for one in _merged(stretch)]
    return sorted(kept, key=_place)


def _stretches(found: Iterable[Found]) -> Iterator[list[Found]]:
    """What overlaps, directly or through others, together: only there can two say the same."""
    stretch: list[Found] = []
    reached = -1
    for one in sorted(found, key=_start):
        if stretch and one.start >= reached:
            yield stretch
            stretch = []
        stretch.append(one)
        reached = max(reached, one.end)
    if stretch:
        yield stretch


def _merged(found: list[Found]) -> list[Found]:
    if len(found) == 1:
        return found
    kept: list[tuple[Found, list[Found]]] = []
    """Each with those that say the same."""
    for one in sorted(found, key=lambda f: (-f.severity, f.start, f.start - f.end, f.rule)):
        for other, twins in kept:
            if _says_the_same(other, one):
                twins.append(one)
                break
        else:
            kept.append((one, []))
    return [_with_twins(one, twins) if twins else one for one, twins in kept]


def _with_twins(found: Found, twins: list[Found]) -> Found:
    """The one with the rules of its twins named, and with the reach of all."""
    also, sentence = found.also, found.sentence
    first, last = found.reach
    for twin in twins:
        if twin.rule != found.rule and twin.rule not in also:
            also = (*also, twin.rule)
        if twin.sentence.text == sentence.text:
            first, last = min(first, twin.reach[0]), max(last, twin.reach[1])
        elif _words(twin) not in _words(found):
            first, last = 0, max(len(sentence.text), last)
    return found._replace(also=also, reach=(first, last))


def _words(found: Found) -> str:
    return found.sentence.words(found.candidate.start, found.candidate.end)


def _says_the_same(one: Found, other: Found) -> bool:
    """Whether two are about the same words: overlapping in one category, nearly equal across categories."""
    scope = one.candidate.scope
    if scope != other.candidate.scope or scope == "document":
        return False
    common = min(one.end, other.end) - max(one.start, other.start)
    if common <= 0:
        return False
    if one.candidate.rule.category == other.candidate.rule.category:
        return True
    return common / (max(one.end, other.end) - min(one.start, other.start)) >= _SAME_WORDS


def numbered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Equal findings counted, and those that repeat an earlier claim marked."""
    equal: dict[tuple[str, str, str], int] = {}
    for finding, repeat in _told_before(findings):
        key = (finding.rule, finding.text.casefold(), finding.sentence)
        number = equal.get(key, 0)
        equal[key] = number + 1
        yield _marked(finding, repeat, number or finding.occurrence)


def with_repeats(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each marked as a repeat where an earlier one makes the same claim, and only there."""
    for finding, repeat in _told_before(findings):
        yield _marked(finding, repeat, finding.occurrence)


def _marked(finding: Finding, repeat: bool, occurrence: int) -> Finding:
    if finding.repeat == repeat and finding.occurrence == occurrence:
        return finding
    return finding._replace(repeat=repeat, occurrence=occurrence)


def _told_before(findings: Iterable[Finding]) -> Iterator[tuple[Finding, bool]]:
    """The findings, each with whether an earlier one makes the same claim."""
    claims: set[tuple[str, ...]] = set()
    for finding in findings:
        claim = _claim_of(finding)
        yield finding, claim in claims
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
