"""Reading a document: every sentence once, for all rules, with its words, mentions, cues, claims and evidence."""

from __future__ import annotations

from typing import NamedTuple

from healthlint.claims.agents import subject_of
from healthlint.claims.extract import claims_of, listed
from healthlint.documents.blocks import HEADINGS, Block, BlockKind, Document
from healthlint.evidence.citations import has_bare_link, with_linked
from healthlint.evidence.witness import with_mentions
from healthlint.knowledge import Knowledge, with_names
from healthlint.language.annotation import AnnotatedDocument, Citation, Claim, Evidence, Sentence
from healthlint.language.cues import QUOTATION, find_cues
from healthlint.language.kinds import DEFAULT_KIND, KindEvidence, Voice, judge_kind
from healthlint.language.publisher import own_names
from healthlint.language.sentences import sentence_spans
from healthlint.language.tokens import lowered, plain, tokens_of
from healthlint.language.vocabulary import Extended, Vocabulary, find_mentions
from healthlint.readings import Reading, Readings

_WHOLE_BLOCKS = frozenset(
    (BlockKind.HEADING, BlockKind.LINK, BlockKind.BUTTON, BlockKind.TITLE, BlockKind.ALT, BlockKind.TABLE_CELL)
)
_FRAGMENTS = _WHOLE_BLOCKS | {BlockKind.LIST_ITEM, BlockKind.DESCRIPTION}


Subject = tuple[str, str]
"""The name and kind of what is spoken of."""


def annotate(
    document: Document,
    readings: Readings,
    *,
    kind: str | None = None,
    publisher: tuple[str, ...] = (),
    mentions: bool = False,
) -> AnnotatedDocument:
    """The document with all that is to be seen in it. `kind` is the kind declared by the configuration, if any.

    No rule needs the words that only mention research: they are looked for when `mentions` asks for them.
    """
    knowledge = readings.knowledge
    titles = [block.text for block in document.blocks if block.kind in HEADINGS][:2]
    own = own_names((block.text for block in document.blocks), titles)
    publisher = (*publisher, *(name for name in own if name not in publisher))
    vocabulary = with_names(knowledge.vocabulary, publisher) if publisher else knowledge.vocabulary
    sentences: list[Sentence] = []
    seen: list[KindEvidence] = []
    heading: int | None = None
    topic = of_heading = _topic(document, vocabulary)
    spoken_of: Subject | None = None
    leading: Subject | None = None
    warned = led = False
    spans = [_spans(block) for block in document.blocks]
    texts = [block.text[start:end] for block, of in zip(document.blocks, spans, strict=True) for start, end in of]
    read = iter(readings.of(texts, vocabulary))
    for index, block in enumerate(document.blocks):
        is_heading = block.kind in HEADINGS
        for start, end in spans[index]:
            agent = None if is_heading else of_heading
            if spoken_of is not None and _refers_back(block.text, start):
                agent = spoken_of
            if led and leading is not None:
                agent = leading
            reading = next(read)
            where = Place(block, index, start, end, None if is_heading else heading)
            sentence = _sentence(reading, where, knowledge, agent, warned=warned and not is_heading, led=led)
            if mentions:
                sentence = _with_mentions(sentence, knowledge)
            subject = reading.subject
            if reading.leads_in:
                leading = subject or agent
            led = reading.leads_in or (led and _is_item(sentence) and (bool(sentence.claims) or not is_heading))
            if reading.kinds and not any(cue.kind == QUOTATION for cue in sentence.cues):
                # what others say tells nothing of this page
                seen.extend(KindEvidence(group, is_heading, words) for group, words in reading.kinds)
            if is_heading:
                heading, warned, of_heading = len(sentences), reading.warns, subject or topic
            spoken_of = subject or (None if is_heading else spoken_of)
            sentences.append(sentence)
    declared = kind or document.declared_kind
    if declared:
        judged = declared
        cues: tuple[str, ...] = ("declared",)
    else:
        judged, cues = judge_kind(seen, knowledge.kind_groups, knowledge.kind_thresholds, _voice(sentences))
    if judged == DEFAULT_KIND and not cues and _is_listing(document):
        judged, cues = "listing", ("nearly all of it is list items, links and cells",)
    return AnnotatedDocument(document, tuple(sentences), judged, cues, publisher)


def _voice(sentences: list[Sentence]) -> Voice:
    benefits = of_medicines = 0
    for claims in [s.claims for s in sentences if s.claims]:
        agents = {c.agent_kind for c in claims if c.strength in _CLAIMED and c.is_benefit}
        benefits += not agents.isdisjoint(_SOLD)
        of_medicines += "medicine" in agents
    return Voice(
        sentences=len(sentences),
        benefits=benefits,
        of_medicines=of_medicines,
        fragments=len([s for s in sentences if s.block.kind in _LINES and s.text.rstrip()[-1:] not in _STOPS]),
        first_person=len([s for s in sentences if not _FIRST_PERSON.isdisjoint(s.view.keys)]),
    )


def _is_listing(document: Document) -> bool:
    listed = sum(block.kind in _LISTED for block in document.blocks)
    return listed >= _LISTED_BLOCKS and listed >= len(document.blocks) * _LISTED_SHARE


def _spans(block: Block) -> list[tuple[int, int]]:
    if block.kind in _WHOLE_BLOCKS:
        return [(0, len(block.text))] if block.text.strip() else []
    return sentence_spans(block.text)


class Place(NamedTuple):
    """Where a sentence stands: from `start` to `end` of its block, under the heading that is the sentence `heading`."""

    block: Block
    block_index: int
    start: int
    end: int
    heading: int | None


def _sentence(
    reading: Reading, where: Place, knowledge: Knowledge, agent: Subject | None, *, warned: bool, led: bool
) -> Sentence:
    """The sentence where it stands, with what it claims there.

    `agent` is what was spoken of before; `led` says that a line above leads in a list.
    """
    block, index, start, end, heading = where
    cues, citations = reading.cues, reading.citations
    if warned and '"' in reading.view.keys:
        cues = find_cues(reading.view, reading.hits, knowledge.new_subjects, warned=True)
    if block.links:
        citations = with_linked(citations, block, start, end, knowledge.links)
    statement = (led and listed(reading.view, knowledge.relations)) or reading.statement
    claims: tuple[Claim, ...] = ()
    if statement:
        claims = claims_of(
            reading.view,
            statement,
            cues,
            evidence=_support(citations, reading.evidence) if citations or reading.evidence else "none",
            fragment=block.kind in _FRAGMENTS,
            heading=block.kind in HEADINGS,
            spoken_of=agent,
        )
    return Sentence(
        block, index, start, end, reading.view.tokens, reading.view, reading.mentions, cues, claims, reading.evidence,
        citations, heading,
    )  # fmt: skip


def _with_mentions(sentence: Sentence, knowledge: Knowledge) -> Sentence:
    """The sentence, and among its evidence the words that only mention research."""
    named = ((kind, match.start, match.end) for kind, match in knowledge.mentions(sentence.view))
    pointing = has_bare_link(sentence.block.text)
    evidence = with_mentions(sentence.evidence, named, sentence.citations, knowledge.links, pointing=pointing)
    return sentence._replace(evidence=evidence)


def _support(citations: tuple[Citation, ...], evidence: tuple[Evidence, ...]) -> str:
    """What a sentence gives for what it claims, as told in `Claim`."""
    if any(c.cites for c in citations):
        return "cited"
    return "invoked" if any(e.role == "witness" for e in evidence) else "none"


def _is_item(sentence: Sentence) -> bool:
    """Whether the sentence can be an item of a list: a short line without a stop."""
    return len(sentence.text) <= _LONGEST_ITEM and sentence.text.rstrip()[-1:] not in _STOPS


_LISTED = frozenset((BlockKind.LIST_ITEM, BlockKind.LINK, BlockKind.TABLE_CELL))
_LISTED_BLOCKS = 6
_LINES = frozenset((BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LINK, BlockKind.BUTTON))
_STOPS = ".!?:;)\"”’'"
_FIRST_PERSON = frozenset(("we", "our", "us", "ours"))
_LISTED_SHARE = 0.8
_LONGEST_ITEM = 60
_SOLD = frozenset(("ingredient", "product", "procedure", "provider", "implied"))
_CLAIMED = frozenset(("asserted", "promotional"))


def _refers_back(text: str, start: int) -> bool:
    """Whether the sentence begins with a pronoun for what the one before spoke of."""
    return text[start : start + 6].lower().startswith(("it ", "they ", "this ", "these ", "it's", "it’s"))


def _topic(document: Document, vocabulary: Vocabulary | Extended) -> Subject | None:
    """The name and kind of what the page as a whole speaks of: the subject of its first heading."""
    block = next((b for b in document.blocks if b.kind in HEADINGS), None)
    if block is None:
        return None
    return subject_of(find_mentions(tokens_of(lowered(plain(block.text)), 0), block.text, vocabulary))
