"""What sort of writing a document is, told from cues that its sentences give, with the cues kept for the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

DEFAULT_KIND = "article"
_MANY_BENEFITS = 4
_BENEFIT_SHARE = 0.25
_PRAISE_SHARE = 0.15
_BENEFIT_POINTS = 3
_SOME_SHARE = 0.1
_SOME_FIRST_PERSON = 2
_ENOUGH = 8
_FRAGMENT_SHARE = 0.33
_FRAGMENT_POINTS = 2
_SHORT = 40
_SENTENCES_A_POINT = 20
"""Beyond a short page, so many sentences ask for one more point."""


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


class Voice(NamedTuple):
    """How a document speaks, as counts over its sentences.

    `benefits` claim a benefit of something sold, `of_medicines` one of a medicine; `fragments` are lines outside lists
    that end without a stop, as slogans do; `first_person` say "we" or "our".
    """

    sentences: int
    benefits: int
    of_medicines: int
    fragments: int
    first_person: int


def judge_kind(
    seen: Iterable[KindEvidence], groups: list[KindCue], thresholds: Mapping[str, int], voice: Voice
) -> tuple[str, tuple[str, ...]]:
    """The kind with most points above its threshold, and the words that decided it.

    Copy that claims a benefit in every fourth sentence sells something, and so does most of what speaks in slogans and
    of "us". A patient leaflet does not go on about what its medicine does. What speaks for promotion speaks against a
    leaflet and a journal article. Equal words count once.
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
    totals: dict[str, float] = {}
    for index, value in points.items():
        totals[groups[index].kind] = totals.get(groups[index].kind, 0) + value
    promotion = totals.get("promotional", 0) - max(voice.sentences - _SHORT, 0) / _SENTENCES_A_POINT
    against = max(2 * promotion, 0)
    for point, told in _selling(voice):
        promotion += point
        against += point if point > 1 else 0
        words.setdefault("promotional", []).append(told)
    totals["promotional"] = promotion
    praise = voice.benefits + voice.of_medicines
    if praise >= max(_MANY_BENEFITS, voice.sentences * _PRAISE_SHARE) and "leaflet" in totals:
        totals["leaflet"] -= _BENEFIT_POINTS
    for kind in ("leaflet", "journal"):
        if kind in totals:
            totals[kind] -= against
    best = max(totals, key=lambda k: totals[k] - thresholds[k], default=None)
    if best is None or totals[best] < thresholds[best]:
        return DEFAULT_KIND, ()
    return best, tuple(dict.fromkeys(words[best]))[:5]


def _selling(voice: Voice) -> Iterable[tuple[int, str]]:
    """Points for promotion that the voice gives, each with what it was given for."""
    whole = voice.sentences
    if voice.benefits >= _MANY_BENEFITS and voice.benefits >= whole * _BENEFIT_SHARE:
        yield _BENEFIT_POINTS, f"{voice.benefits} of {whole} sentences claim a benefit"
    elif voice.benefits and voice.benefits >= whole * _SOME_SHARE:
        yield 1, f"{voice.benefits} of {whole} sentences claim a benefit"
    if whole >= _ENOUGH and voice.fragments >= whole * _FRAGMENT_SHARE:
        yield _FRAGMENT_POINTS, f"{voice.fragments} of {whole} lines are no whole sentences"
    if voice.first_person >= _SOME_FIRST_PERSON and voice.first_person >= whole * _SOME_SHARE:
        yield 1, f"{voice.first_person} of {whole} sentences say we or our"
