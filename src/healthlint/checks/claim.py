"""The `claim` check: who or what is said to do what to which target, and how strongly."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.checks.candidate import Candidate
from healthlint.checks.phrase import allowed
from healthlint.language.annotation import AnnotatedDocument, Claim, Sentence
from healthlint.language.matching import find, possible
from healthlint.rules.model import ClaimCheck, Rule

_SILENCED_BY = {"denied": "negated", "hedged": "hedge", "reported": "quoted"}
"""Guards that go by another name than the strength they look for."""


def check(rule: Rule, document: AnnotatedDocument, index: int) -> Iterator[Candidate]:
    """At most one place a sentence: from its first claim of the asked sort to its last.

    Claims that the sentence denies, hedges, asks or reports are handed on as silenced, so that it can be told why.
    """
    asked = rule.check
    assert isinstance(asked, ClaimCheck)
    sentence = document.sentences[index]
    claims = [c for c in sentence.claims if _is_asked_for(c, asked, document.kind)]
    if not claims or not allowed(asked.with_, asked.without, sentence.view):
        return
    if asked.except_:
        claims = _outside(claims, asked, sentence)
    if asked.times and not any(c.time for c in claims):
        return
    loud = [c for c in claims if c.strength in asked.strengths]
    if asked.conditions_at_least and len({c.target for c in loud}) < asked.conditions_at_least:
        loud = []
    if loud:
        yield _candidate(rule, index, sentence, loud, "")
    for claim in claims:
        if claim.strength not in asked.strengths and not asked.conditions_at_least:
            yield _candidate(rule, index, sentence, [claim], _SILENCED_BY.get(claim.strength, claim.strength))


def _is_asked_for(claim: Claim, asked: ClaimCheck, kind: str) -> bool:
    if claim.relation not in asked.relations or (asked.targets and claim.target_kind not in asked.targets):
        return False
    if claim.agent_kind == "unknown" and kind != "promotional":
        # "The blend soothes …" on a seller's page is about what is sold; elsewhere it may be about anything.
        return False
    if asked.agents:
        return claim.agent_kind in asked.agents
    return claim.agent_kind != "other"


def _outside(claims: list[Claim], asked: ClaimCheck, sentence: Sentence) -> list[Claim]:
    """The claims that no match of `except_` overlaps."""
    view = sentence.view
    barred = [match for pattern in possible(asked.except_, view) for match in find(pattern, view)]
    if not barred:
        return claims
    return [c for c in claims if not any(b.start < c.end and c.start < b.end for b in barred)]


def _candidate(rule: Rule, index: int, sentence: Sentence, claims: list[Claim], silenced: str) -> Candidate:
    first = claims[0]
    start, end = min([c.start for c in claims]), max([c.end for c in claims])
    data = (
        ("match", sentence.words(start, end)),
        ("agent", first.agent),
        ("relation", first.relation),
        ("target", first.target),
        ("strength", first.strength),
        ("time", first.time),
        ("quantity", first.quantity),
    )
    return Candidate(rule, index, start, end, data, silenced=silenced)
