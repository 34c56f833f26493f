"""What sort of writing a document is, told from cues that its sentences give, with the cues kept for the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

DEFAULT_KIND = "article"
_MANY_BENEFITS = 4
_BENEFIT_SHARE = 0.25
_PRAISE_SHARE = 0.15
_BENEFIT_POINTS = 3


class KindCue(NamedTuple):
    """One group of patterns that speak for a kind: points for each sentence that matches, at most `cap` in all."""

    kind: str
    points: int
    cap: int
    headings_only: bool


class KindEvidence(NamedTuple):
    """A sentence that spoke for a kind: which cue group, whether it is a heading, and its words."""

    group: int
    is_heading: bool
    words: str


def kind_cues(data: Mapping[str, Any]) -> tuple[list[KindCue], list[list[str]], dict[str, int]]:
    """Cue groups, their patterns in the same order, and each kind's threshold, from the compiled cue file."""
    groups: list[KindCue] = []
    patterns: list[list[str]] = []
    thresholds: dict[str, int] = {}
    for kind, block in data["kinds"].items():
        thresholds[kind] = block["threshold"]
        for cue in block["cues"]:
            groups.append(KindCue(kind, cue["points"], cue["cap"], cue.get("headings", False)))
            patterns.append(cue["patterns"])
    return groups, patterns, thresholds


def judge_kind(
    seen: Iterable[KindEvidence],
    groups: list[KindCue],
    thresholds: Mapping[str, int],
    benefits: int,
    of_medicines: int,
    sentences: int,
) -> tuple[str, tuple[str, ...]]:
    """The kind with most points above its threshold, and the words that decided it.

    `benefits` of the `sentences` claim a benefit: copy that does so in every fourth sentence sells something. A
    patient leaflet does not go on about what its medicine does (`of_medicines`) either. What speaks for promotion
    speaks against a leaflet and a journal article. Equal words count once.
    """
    points: dict[int, int] = {}
    counted: set[tuple[int, str]] = set()
    words: dict[str, list[str]] = {}
    for evidence in seen:
        group = groups[evidence.group]
        if group.headings_only and not evidence.is_heading:
            continue
        had = points.get(evidence.group, 0)
        said = (evidence.group, evidence.words.casefold())
        if had >= group.cap or said in counted:
            continue
        counted.add(said)
        points[evidence.group] = had + group.points
        words.setdefault(group.kind, []).append(evidence.words)
    totals: dict[str, int] = {}
    for index, value in points.items():
        totals[groups[index].kind] = totals.get(groups[index].kind, 0) + value
    if benefits >= _MANY_BENEFITS and benefits >= sentences * _BENEFIT_SHARE:
        totals["promotional"] = totals.get("promotional", 0) + _BENEFIT_POINTS
        words.setdefault("promotional", []).append(f"{benefits} of {sentences} sentences claim a benefit")
    if benefits + of_medicines >= max(_MANY_BENEFITS, sentences * _PRAISE_SHARE) and "leaflet" in totals:
        totals["leaflet"] -= _BENEFIT_POINTS
    for told in ("leaflet", "journal"):
        if told in totals:
            totals[told] -= 2 * totals.get("promotional", 0)
    best = max(totals, key=lambda k: totals[k] - thresholds[k], default=None)
    if best is None or totals[best] < thresholds[best]:
        return DEFAULT_KIND, ()
    return best, tuple(dict.fromkeys(words[best]))[:5]
