"""The `balance` check: benefits told against risks told."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.checks.candidate import Candidate
from healthlint.language.annotation import AnnotatedDocument
from healthlint.language.cues import ADVERSE
from healthlint.rules.model import BalanceCheck, Rule

_BENEFIT_STRENGTHS = ("asserted", "promotional", "can")


def check(rule: Rule, document: AnnotatedDocument) -> Iterator[Candidate]:
    """One place a document: the first benefit, where many are told and hardly a risk."""
    asked = rule.check
    assert isinstance(asked, BalanceCheck)
    sentences = document.sentences
    if asked.needs_medicine and not any("medicine" in s.view.by_lexicon for s in sentences):
        return
    benefits = [
        (index, claim)
        for index, sentence in enumerate(sentences)
        for claim in sentence.claims
        if claim.is_benefit and claim.strength in _BENEFIT_STRENGTHS and claim.agent_kind != "other"
    ]
    if len(benefits) < asked.benefits_at_least:
        return
    risks = sum("harm" in s.view.by_lexicon or any(cue.kind == ADVERSE for cue in s.cues) for s in sentences)
    if risks > asked.risks_at_most:
        return
    index, claim = benefits[0]
    words = document.sentences[index].words(claim.start, claim.end)
    data = (("match", words), ("benefits", str(len(benefits))), ("risks", str(risks)))
    yield Candidate(rule, index, claim.start, claim.end, data, "document")
