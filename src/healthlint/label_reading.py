"""What a US label's sections say of conditions: what the medicine is for, what it is not for, who must not have it.

The text of a section comes as one run of words, headings and lists flattened. The language layer finds the conditions
and what denies them; here stands only what is peculiar to labels.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.annotate import annotate
from healthlint.documents.blocks import Block, BlockKind, Document, Segment
from healthlint.documents.source import Source
from healthlint.knowledge import Knowledge
from healthlint.language.annotation import Mention, Sentence
from healthlint.language.cues import ADVERSE, EXCLUSION, NEGATION
from healthlint.readings import Readings

_MOST_CHARACTERS = 20_000
"""Of one section: some old labels have the whole leaflet for patients behind it."""
_NEAR = 60
"""Characters within which "in patients with" or "due to" reaches a condition."""

_REFERENCE = re.compile(r"[\[(]\s*(?:see\b[^\])]{0,200}|\d+(?:\.\d+)*(?:\s*,\s*\d+(?:\.\d+)*)*)\s*[\])]", re.I)
# A number in running text ("2 Tablets") breaks it as well, which does no harm.
_HEADING = re.compile(r"(?<![\w.(,/-])(?<!type )\d{1,2}(?:\.\d{1,2})?\s+(?=[A-Z][A-Za-z])")
_TITLE = re.compile(r"^\W*(?:INDICATIONS?(?: (?:AND|&) USAGE)?|CONTRAINDICATIONS?|USES?)\b:?\s*", re.I)
_BULLET = re.compile(
    r"\s*[•●▪■◦‣·]\s*|\s+o\s+(?=[A-Z])|;\s+(?=(?:as|for|to)\b)|"
    r"(?<=[\w)])\s+(?=(?:Treatment|Prophylaxis|Management|Prevention|Relief|Maintenance|Reduction) of |To [a-z])"
)
_GLOSS = re.compile(r"\(\s*([A-Z][A-Za-z]{1,2})\s*\)")
"""An abbreviation after the words that it stands for: PE is a clot in the lung here, and something else elsewhere."""
_LIMITS = re.compile(r"limitations? of use\W*", re.I)

_INDICATES = re.compile(
    r"\b(?:indicated|approved|useful|effective|reserved|employed|used (?:to|for|in|as)|use in|"
    r"(?:for|in|of) (?:the )?(?:\w+[ -]){0,4}(?:treatment|management|prevention|prophylaxis|relief|control|therapy|"
    r"maintenance|reduction|suppression|eradication|induction)|(?:help|treat|relieve|reduce|prevent|control)s?\b)",
    re.I,
)
_GOES_ON = re.compile(r"^\W*(?:to|for|as|in|treatment|management|prevention|prophylaxis|relief|control)\b", re.I)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|might|should|must|can|could|will|would|do|does|did|reduces|shows?|been|"
    r"includes?)\b",
    re.I,
)
_BRACKETS = re.compile(r"\([^()]*(?:\)|$)")
_RELATIVE = re.compile(r"\b(?:who|whose|which|that|when|where|until|if|unless|as)\b[^.;]*", re.I)
_ASIDE = re.compile(
    r"\b(?:lowering|controlling|control of|studies|clinical trials?|safety and (?:effectiveness|efficacy)|"
    r"(?:has|have) been shown|not been established|should be|benefits?|guidelines?|drug-resistant|"
    r"because of|consider|if needed|prior to|physician|prescrib(?:ed|er|ing)|approved under|contingent upon)\b",
    re.I,
)
_NOT_FOR = re.compile(
    r"\bnot (?:\w+ )?(?:indicated|recommended|approved|intended|useful|effective|(?:be )?used?|for)\b|"
    r"\b(?:should|must|do|does|can)(?: not|n't) be (?:used|given|taken)|\bineffective\b",
    re.I,
)
_PATIENTS = re.compile(
    r"\b(?:patients?|adults?|children|people|persons?|individuals?|women|men|adolescents?|infants|"
    r"survivors|those|years(?: of age)?(?: and older| or older)?)\b[^.;:]{0,60}"
    r"\b(?:with|who|at|having|undergoing|without|whose)\b",
    re.I,
)
_CAUSE = re.compile(
    r"\b(?:associated with|due to|secondary to|caused by|complicated by|resulting from|because of|related to|"
    r"with or without|history of|such as after|following|receiving|unrelated to|inadequate(?:ly)?|refractory to|"
    r"risk factors?|from|not (?:controlled|responsive)|induced by)\b",
    re.I,
)
_HARM = re.compile(
    r"\b(?:(?:may|can|could|might|would) (?:cause|result|lead|increase|precipitate|worsen|exacerbate|produce|be)|"
    r"because|due to (?:the )?(?:\w+ )?(?:risk|potential)|(?:increased?|potential|the) risk|risk (?:of|for)|"
    r"leading to|resulting in|result in|since|as (?:it|this)|have been reported|reactions? (?:have|has|include|such)|"
    r"(?:reported|manifest\w+|includ\w+|observed)\b.{0,40}\breactions?|hypersensitiv\w+ (?:reactions? )?(?:\(|includ))",
    re.I,
)
_REACTIONS = re.compile(
    r"\b(?:hypersensitiv\w+|allerg\w+|reactions?)\b[^.;()•]{0,80}?(?:\([^)]*\)|,? (?:including|such as)\b[^.;•]*)", re.I
)
"""Examples of a reaction ("hypersensitivity, including anaphylaxis") are no states that bar the medicine."""
_NO_BAR = re.compile(r"\b(?:none|not contraindicated|no (?:known )?(?:absolute )?contraindications?)\b", re.I)
_MEASURES = frozenset(("hyperglycemia",))
"""What is steered rather than treated: "to improve glycemic control in adults with diabetes" is a use in diabetes."""


class Uses(NamedTuple):
    """Ids of the conditions that the section on uses names.

    `uses`: what the medicine is for. `context`: who is treated, or what the use comes from ("pain due to …").
    `not_for`: what the section rules out.
    """

    uses: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()


class LabelReader:
    """Reads the sections of labels with the words of one pack."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._readings = Readings(knowledge)

    def uses(self, text: str) -> Uses:
        """The conditions that a section on indications names as uses, and those that it rules out."""
        found: dict[str, None] = {}
        context: dict[str, None] = {}
        refused: dict[str, None] = {}
        going_on, limited = True, False
        glosses = frozenset(_GLOSS.findall(text[:_MOST_CHARACTERS]))
        for piece, opens, starts_limits in _pieces(text):
            limited = starts_limits or (limited and not opens)
            going_on = going_on or opens
            for sentence in self._sentences(piece):
                said = sentence.text
                if limited or _NOT_FOR.search(said):
                    refused.update(dict.fromkeys(_refused(sentence, limited, glosses)))
                    if limited:
                        continue
                if _is_aside(said):
                    continue
                indicating = _INDICATES.search(said) is not None
                fragment = _FINITE.search(_RELATIVE.sub("", _BRACKETS.sub("", said))) is None
                going_on = indicating or (going_on and (fragment or _GOES_ON.match(said) is not None))
                if going_on:
                    for condition, is_use in _named(sentence, indicating, glosses):
                        (found if is_use else context)[condition] = None
        # What the section names as a use somewhere and rules out elsewhere is a use with limits.
        return Uses(
            tuple(found),
            tuple(condition for condition in context if condition not in found),
            tuple(condition for condition in refused if condition not in found),
        )

    def contraindications(self, text: str) -> tuple[str, ...]:
        """The conditions in which the section says that the medicine must not be used."""
        found: dict[str, None] = {}
        glosses = frozenset(_GLOSS.findall(text[:_MOST_CHARACTERS]))
        for piece, _, _ in _pieces(_REACTIONS.sub(" ", text)):
            for sentence in self._sentences(piece):
                said = sentence.text
                if _NO_BAR.search(said):
                    continue
                harm = _HARM.search(said)
                stop = harm.start() if harm else len(said)
                for mention in _conditions(sentence, glosses):
                    if (
                        mention.lexicon == "condition"
                        and mention.start < stop
                        and not _within(sentence, mention, (ADVERSE, EXCLUSION))
                    ):
                        found[mention.term] = None
        return tuple(found)

    def _sentences(self, text: str) -> tuple[Sentence, ...]:
        text = text.strip()
        if not text:
            return ()
        source = Source("label", text)
        block = Block(BlockKind.PARAGRAPH, text, (Segment(0, len(text), 0, len(text)),))
        return annotate(Document(source, "text", (block,)), self._readings, kind="reference").sentences


def _pieces(text: str) -> list[tuple[str, bool, bool]]:
    """The section in pieces: words; whether a numbered part opens there; whether limitations of use begin there."""
    text = _TITLE.sub("", _HEADING.sub("\n", " ".join(text[:_MOST_CHARACTERS].split())).lstrip("\n"))
    text = _REFERENCE.sub(" ", text)
    pieces: list[tuple[str, bool, bool]] = []
    for part in text.split("\n"):
        opens = bool(pieces)
        for number, stretch in enumerate(_LIMITS.split(part)):
            for index, item in enumerate(_BULLET.split(stretch)):
                if item.strip():
                    pieces.append((item, opens and number == 0 and index == 0, number > 0 and index == 0))
    return pieces


def _is_aside(said: str) -> bool:
    """Whether a sentence reasons or advises; one that says outright what the medicine is indicated for does not."""
    return _ASIDE.search(said) is not None and re.search(r"\bindicated\b", said, re.I) is None


def _conditions(sentence: Sentence, glosses: frozenset[str]) -> list[Mention]:
    """The conditions named, without abbreviations that the section explains itself."""
    by_lexicon = sentence.view.by_lexicon
    sure = by_lexicon.get("condition", [])
    doubtful = [
        mention
        for mention in by_lexicon.get("condition?", ())
        if not any(other.first < mention.last and mention.first < other.last for other in sure)
    ]
    text = sentence.text
    spelt = (mention for mention in (*sure, *doubtful) if text[mention.start : mention.end] not in glosses)
    return sorted(spelt, key=lambda mention: mention.first)


def _refused(sentence: Sentence, limited: bool, glosses: frozenset[str]) -> list[str]:
    """The conditions that the sentence says the medicine is not for."""
    said = sentence.text
    match = _NOT_FOR.search(said)
    if match is None:
        return []
    harm = _HARM.search(said, match.end())
    start, stop = match.start(), harm.start() if harm else len(said)
    context = _PATIENTS.search(said, match.end())
    return [
        mention.term
        for mention in _conditions(sentence, glosses)
        if start <= mention.start < stop and (limited or context is None or mention.start < context.start())
    ]


def _named(sentence: Sentence, indicating: bool, glosses: frozenset[str]) -> list[tuple[str, bool]]:
    """The conditions, and whether each is a use itself, and not who is treated or what the use comes from."""
    said = sentence.text
    starts_at = 0
    if indicating:
        match = _INDICATES.search(said)
        starts_at = match.start() if match else 0
    named: list[tuple[str, bool]] = []
    for mention in _conditions(sentence, glosses):
        if _within(sentence, mention, (NEGATION, EXCLUSION)):
            continue
        before = said[: mention.start]
        if mention.start < starts_at and mention.lexicon == "condition?":
            continue
        told = any(is_use and condition not in _MEASURES for condition, is_use in named)
        aside = told and (_ends_in(_PATIENTS, before) or _ends_in(_CAUSE, before))
        named.append((mention.term, not aside))
    uses = {condition for condition, is_use in named if is_use}
    return [pair for pair in named if pair[0] not in _MEASURES or uses <= _MEASURES]


def _ends_in(pattern: re.Pattern[str], before: str) -> bool:
    """Whether the pattern matches after the last stop or break in the words before a mention."""
    tail = re.split(r"[.;:]\s", before)[-1]
    return any(len(tail) - match.end() <= _NEAR for match in pattern.finditer(tail))


def _within(sentence: Sentence, mention: Mention, kinds: tuple[str, ...]) -> bool:
    return any(cue.kind in kinds and cue.scope_start <= mention.start < cue.scope_end for cue in sentence.cues)
