"""The `pair` check: a medicine offered for a condition, held against its label."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from healthlint.checks.candidate import Candidate
from healthlint.checks.phrase import allowed
from healthlint.documents.blocks import BlockKind
from healthlint.language.annotation import MARK, AnnotatedDocument, Mention, Sentence
from healthlint.language.cues import ADVERSE
from healthlint.rules.model import PairCheck, Rule

if TYPE_CHECKING:
    from healthlint.medicines.formulary import Formulary
    from healthlint.medicines.status import Verdict

TITLE, ESTABLISHED, PRESUPPOSED = "title", "established", "presupposed"

_HEADINGS = frozenset(
    (BlockKind.HEADING, BlockKind.TITLE, BlockKind.LINK, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.ALT)
)
_FELT = frozenset({"condition", "symptom", "appearance", "outcome", "wellbeing", "part"})
"""Kinds of target that can stand for the condition which the heading names."""
_USE_WORDS = frozenset(
    [
        "used",
        "prescribed",
        "indicated",
        "recommended",
        "reserved",
        "approved",
        "licensed",
        "taken",
        "given",
        "effective",
        "prescribe",
        "prescribes",
        "recommend",
        "option",
        "choice",
        "treatment",
        "treatments",
        "therapy",
        "remedy",
        "medication",
        "medicine",
        "drug",
        "pill",
        "solution",
        "indication",
        "cure",
    ]
)
_BETWEEN = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "your",
        "my",
        "our",
        "severe",
        "mild",
        "moderate",
        "to",
        "treating",
        "treat",
        "managing",
        "manage",
        "chronic",
        "patients",
        "people",
        "with",
        "and",
        "or",
        "women",
        "men",
        "adults",
        "children",
        "who",
        "have",
        "in",
        "relief",
        "from",
        "their",
        "cases",
        "especially",
        "stubborn",
        "resistant",
        "symptoms",
        "symptom",
        "adult",
        "teen",
        "hormonal",
        "cystic",
        "active",
        "persistent",
        "recurrent",
        "acute",
        "or",
        "more",
        "refractory",
        "control",
        "controlling",
        "clearing",
        "preventing",
        "prevent",
        "reducing",
        "reduce",
        "improving",
        "improve",
        "relieving",
        "fighting",
        "both",
        "these",
        "all",
        "other",
        "severity",
    ]
)
_SEVERITY = {"mild": "mild", "moderate": "moderate", "severe": "severe"}
_NEW_CLAUSE = frozenset("its the it this their they but while which who".split())
_BREAKS = frozenset(";.!?")
_CONDITIONS = ("condition", "condition?")
_REMEDIES = ("medicine", "supplement-name")
_FOR = frozenset(("for", "to", "in", "against"))
"""Words that join a medicine to what it is offered for."""


class Pair(NamedTuple):
    """A medicine offered for a condition in one sentence; `start` and `end` are offsets in the sentence."""

    medicine: str
    condition: str
    frame: str
    severity: str | None
    start: int
    end: int
    anchor: tuple[int, int]
    named: bool = True
    """Whether the words at `anchor` name the condition; else it stands in the heading above."""


def judged_pairs(
    document: AnnotatedDocument, index: int, formulary: Formulary, jurisdictions: tuple[str, ...]
) -> list[tuple[Pair, Verdict]]:
    """The pairs of one sentence, each with how it stands on the label; a medicine and condition once."""
    pairs = pairs_of(document, index)
    if not pairs:
        return []
    from healthlint.medicines.status import UNKNOWN, verdict

    def judge(pairs: list[Pair]) -> list[tuple[Pair, Verdict]]:
        found: dict[tuple[str, str], tuple[Pair, Verdict]] = {}
        for pair in pairs:
            judged = verdict(pair.medicine, pair.condition, formulary, jurisdictions, pair.severity)
            found.setdefault((judged.medicine_id, pair.condition), (pair, judged))
        return list(found.values())

    judged = judge(pairs)
    if pairs[0].named and document.sentences[index].claims and all(v.status == UNKNOWN for _, v in judged):
        # "Less redness" under "X for psoriasis": nothing is known of X and redness, but much of X and psoriasis.
        inherited = _inherited(document, index)
        if inherited is not None:
            return judge([inherited])
    return judged


def check(
    rule: Rule, document: AnnotatedDocument, index: int, judged: list[tuple[Pair, Verdict]]
) -> Iterator[Candidate]:
    """Places in the sentence that offer a medicine for a condition, where the pair stands as the rule asks."""
    asked = rule.check
    assert isinstance(asked, PairCheck)
    sentence = document.sentences[index]
    fitting = [(p, v) for p, v in judged if p.frame in asked.frames and v.status in asked.statuses]
    if not fitting or not allowed(asked.with_, asked.without, sentence.view):
        return
    for pair, standing in fitting:
        yield Candidate(rule, index, pair.start, pair.end, _data(sentence, pair, standing), anchor=pair.anchor)


def _data(sentence: Sentence, pair: Pair, judged: Verdict) -> tuple[tuple[str, str], ...]:
    return (
        ("match", sentence.words(pair.start, pair.end)),
        ("medicine", judged.medicine),
        ("condition", sentence.words(*pair.anchor) if pair.named else judged.condition),
        ("condition-id", pair.condition),
        ("labelled", judged.labelled),
        ("status", judged.status),
        ("note", judged.note),
        ("source", judged.source),
    )


def pairs_of(document: AnnotatedDocument, index: int) -> list[Pair]:
    """Every medicine that the sentence offers for a condition, whatever the label says of it."""
    sentence = document.sentences[index]
    named = sentence.view.by_lexicon
    if not sentence.claims and (named.keys().isdisjoint(_CONDITIONS) or named.keys().isdisjoint(_REMEDIES)):
        return []
    medicines = named.get("medicine", [])
    remedies = medicines
    if "supplement-name" in named:
        remedies = sorted((*medicines, *named["supplement-name"]), key=lambda m: m.first)
    conditions = named.get("condition", [])
    if "condition?" in named:
        doubtful = named["condition?"]
        conditions = [
            *conditions,
            *(m for m in doubtful if not any(c.first < m.last and m.first < c.last for c in conditions)),
        ]
    pairs: list[Pair] = []
    for condition in conditions:
        if any(m.first <= condition.first < m.last for m in remedies):
            continue
        # A supplement may be for "sleep" or "energy", as food may be; only the name of a disease makes it a remedy.
        offered = remedies if condition.lexicon == "condition" else medicines
        pair = _offered(sentence, offered, condition) or _claimed(document, index, condition)
        if pair is not None:
            pairs.append(pair)
    if not pairs and sentence.claims:
        inherited = _inherited(document, index)
        if inherited is not None:
            pairs.append(inherited)
    return pairs


def _offered(sentence: Sentence, medicines: list[Mention], condition: Mention) -> Pair | None:
    """ "X for Y", "X is used to treat Y", "treating Y with X", "X: a Y treatment"."""
    for medicine in reversed([m for m in medicines if m.last <= condition.first]):
        frame = _frame_between(sentence, medicine, condition)
        if frame:
            return _pair(sentence, medicine, condition, frame)
    for medicine in medicines:
        if condition.last <= medicine.first and _treated_with(sentence, condition, medicine):
            frame = TITLE if sentence.block.kind in _HEADINGS else ESTABLISHED
            return _pair(sentence, medicine, condition, frame)
    return None


def _pair(sentence: Sentence, medicine: Mention, condition: Mention, frame: str) -> Pair:
    first, last = min(medicine.first, condition.first), max(medicine.last, condition.last)
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    name = sentence.words(medicine.start, medicine.end)
    anchor = condition.start, condition.end
    return Pair(name, condition.term, frame, _severity(sentence, condition), start, end, anchor)


def _severity(sentence: Sentence, condition: Mention) -> str | None:
    """The severity word before the condition; none where two of them widen it ("mild to moderate")."""
    words = [t.norm for t in sentence.tokens[max(condition.first - 3, 0) : condition.first]]
    found = {_SEVERITY[w] for w in words if w in _SEVERITY}
    return found.pop() if len(found) == 1 else None


def _frame_between(sentence: Sentence, medicine: Mention, condition: Mention) -> str | None:
    """How the words between the medicine and the condition offer the one for the other, if they do."""
    if _FOR.isdisjoint(sentence.view.norms[medicine.last : condition.first]):
        return None
    tokens = sentence.tokens[medicine.last : condition.first]
    if any(m.lexicon == "harm" and medicine.last <= m.first < condition.first for m in sentence.mentions):
        return None
    other = [m for m in sentence.mentions if m.lexicon in ("condition", "symptom") and m.last <= condition.first]
    words = [
        t.norm
        for i, t in enumerate(tokens, medicine.last)
        if t.kind != MARK and not any(m.first <= i < m.last for m in other)
    ]
    if any(t.norm == "," and n.norm in _NEW_CLAUSE for t, n in itertools.pairwise(tokens)):
        return None
    if any(t.kind == MARK and t.norm in _BREAKS for t in tokens):
        return None
    if words and words[0] == "for" and all(w in _BETWEEN or w == "for" for w in words[1:]):
        if sentence.block.kind in _HEADINGS:
            return TITLE
        return PRESUPPOSED if _presupposed(sentence, medicine) else ESTABLISHED
    if not _FOR.isdisjoint(words):
        last = max(i for i, w in enumerate(words) if w in ("for", "to", "in", "against", "with"))
        tail, head = words[last + 1 :], words[:last]
        if (
            len(tail) <= 6
            and all(w in _BETWEEN or w.endswith(("ing", "ly")) for w in tail)
            and _USE_WORDS & set(head[-8:])
        ):
            return ESTABLISHED
    return None


def _presupposed(sentence: Sentence, medicine: Mention) -> bool:
    before = [t.norm for t in sentence.tokens[max(medicine.first - 3, 0) : medicine.first]]
    return bool({"benefits", "effectiveness", "advantages", "effects", "results"} & set(before))


def _treated_with(sentence: Sentence, condition: Mention, medicine: Mention) -> bool:
    """ "treating psoriasis with isotretinoin", "my acne treatment, isotretinoin"."""
    between = [t.norm for t in sentence.tokens[condition.last : medicine.first] if t.kind != MARK]
    before = [t.norm for t in sentence.tokens[max(condition.first - 4, 0) : condition.first]]
    if not between or len(between) > 4:
        return False
    treated = any(w.startswith(("treat", "manag", "clear", "cur", "fight")) for w in (*before, *between))
    return (treated and between[-1] in ("with", "using", "by", "taking", "on")) or (
        between[0] == "treatment" and "with" in between
    )


def _claimed(document: AnnotatedDocument, index: int, condition: Mention) -> Pair | None:
    """A benefit claim for the condition whose agent is a medicine, named here or in the heading above."""
    sentence = document.sentences[index]
    for claim in sentence.claims:
        if claim.agent_kind != "medicine" or not claim.start <= condition.start < claim.end:
            continue
        if claim.relation == "feels":
            continue
        if any(m.lexicon == "harm" and claim.start <= m.start < condition.start for m in sentence.mentions):
            continue
        name = _named(document, index, claim.agent)
        start = min(claim.start, condition.start)
        if name.lexicon_start is not None:
            start = min(start, name.lexicon_start)
        end = max(claim.end, condition.end)
        severity = _severity(sentence, condition)
        return Pair(name.text, condition.term, ESTABLISHED, severity, start, end, (condition.start, condition.end))
    return None


class _Name(NamedTuple):
    text: str
    lexicon_start: int | None


def _named(document: AnnotatedDocument, index: int, medicine_id: str) -> _Name:
    """The medicine's name as written: in this sentence with its place, else in the heading, else its id."""
    sentence = document.sentences[index]
    for mention in sentence.mentions:
        if mention.lexicon == "medicine" and mention.term == medicine_id:
            return _Name(sentence.words(mention.start, mention.end), mention.start)
    for other in reversed(document.sentences[max(index - 12, 0) : index]):
        for mention in other.mentions:
            if mention.lexicon == "medicine" and mention.term == medicine_id:
                return _Name(other.words(mention.start, mention.end), None)
    return _Name(medicine_id, None)


def _inherited(document: AnnotatedDocument, index: int) -> Pair | None:
    """A benefit told under the heading "X for Y", of X or in its list of benefits, is claimed of X for Y."""
    sentence = document.sentences[index]
    if sentence.heading is None:
        return None
    listed = sentence.block.kind is BlockKind.LIST_ITEM
    loud = [
        c
        for c in sentence.claims
        if c.strength in ("asserted", "promotional", "can")
        and c.target_kind in _FELT
        and (c.agent_kind == "medicine" or (listed and c.agent_kind == "implied"))
    ]
    if not loud or any(c.kind == ADVERSE for c in sentence.cues):
        return None
    heading_pairs = pairs_of(document, sentence.heading)
    if not heading_pairs:
        return None
    pair = heading_pairs[0]
    start, end = loud[0].start, loud[-1].end
    return Pair(pair.medicine, pair.condition, ESTABLISHED, pair.severity, start, end, (start, end), named=False)
