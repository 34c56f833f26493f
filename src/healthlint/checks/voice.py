"""The `voice` check: customers and patients who are quoted, who sign a quotation, or whose story is told."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthlint.checks.candidate import Candidate
from healthlint.documents.blocks import HEADINGS, BlockKind
from healthlint.language.matching import any_match, find, possible
from healthlint.language.utterances import Quote, is_named_before, is_signature, quotes_in, signed_from
from healthlint.rules.model import Rule, VoiceCheck

if TYPE_CHECKING:
    from healthlint.checks.sayings import Sayings
    from healthlint.language.annotation import AnnotatedDocument, Sentence
    from healthlint.language.matching import View
    from healthlint.language.pattern_nodes import PatternText

_I = frozenset(("i", "i'm", "i've", "i'd", "i'll", "my", "me", "mine", "myself"))
_SELF = _I | {"we", "we've", "we're", "we'd", "our", "us"}
_OF_A_PERSON = frozenset(
    ("he", "she", "his", "her", "him", "hers", "he's", "she's", "he'd", "she'd", "herself", "himself")
)
_OF_SEVERAL = frozenset(("they", "their", "them"))
_READER = frozenset(("you", "your", "you're", "you'll", "yours"))
_DASHES = ("–", "—")
_ONE = r"([A-Z][a-zà-ÿ]+)"
_NAMED = re.compile(
    rf"\b(?:[Mm]eet|[Hh]ow|[Ww]hy) {_ONE}(?: (?:and|&) {_ONE})?|\b{_ONE}['’]s (?i:story|journey|results?|experience)"
    rf"|^{_ONE}(?: (?:and|&) {_ONE})?"
)
_NO_NAMES = frozenset(
    "The Our Your Their His Her We You He She They It This That One After Before When Real What".split()
)
_VERDICT = re.compile(
    r"(?:(?:this|that)(?:'s|’s| is| was| are)|these are|wrong|false|not true|true|myth|fact|reality)\b", re.I
)
"""How the line after a quotation begins that sets it right."""
_STARS = re.compile(r"\s*(?:[★⭐✮✯]\s*){2,}|\s*(?:[1-5](?:\.\d)?|five|four) stars?\s*$", re.I)
_SELF_ALONE = 5
"""Fewer words about oneself, with a name under them, are as well a form to fill in."""
_NOT_TOLD = frozenset(
    (
        BlockKind.TABLE_CELL,
        BlockKind.LINK,
        BlockKind.BUTTON,
        BlockKind.FRONT_MATTER,
        BlockKind.ALT,
        BlockKind.DESCRIPTION,
    )
)


class Passage(NamedTuple):
    """A block with its sentences, as indices in the document, and its quotations."""

    sentences: range
    text: str
    is_heading: bool
    quotes: tuple[Quote, ...]
    quoted: Quote | None
    """The quotation for whose sake the block is there."""


class Voices:
    """The passages of a document, and which of them name who speaks: the same for all rules. Made once a document."""

    def __init__(self, document: AnnotatedDocument, sayings: Sayings) -> None:
        self.document, self.sayings = document, sayings

    @cached_property
    def passages(self) -> list[Passage]:
        """The blocks that can tell, each with its quotations."""
        return list(_passages_of(self.document))

    @cached_property
    def signatures(self) -> dict[int, int]:
        """The passages that are a signature, each with the passage that it signs."""
        passages = self.passages
        signable = {at for at, passage in enumerate(passages) if self._may_be_signed(at, passage)}
        found: dict[int, int] = {}
        for at in sorted({at + step for at in signable for step in (-1, 1)}):
            if not 0 <= at < len(passages) or passages[at].quotes:
                continue
            if at - 1 in signable and at - 1 not in found.values() and self.is_signature(at):
                found[at] = at - 1
            elif at + 1 in signable and is_signature(passages[at].text) and not self._ends_quotation(at + 2):
                found[at] = at + 1
        return found

    @cached_property
    def signed(self) -> frozenset[int]:
        """The passages that are signed, in themselves or by another."""
        return self._signing_themselves.union(self.signatures.values())

    @cached_property
    def heard(self) -> list[int]:
        """The passages in which somebody is heard: those that quote or are signed."""
        return [at for at, passage in enumerate(self.passages) if passage.quotes or at in self.signed]

    def is_signature(self, at: int) -> bool:
        """Whether the passage is the name of who spoke in the one before."""
        if not 0 < at < len(self.passages):
            return False
        quoted = self.passages[at - 1].quoted is not None
        return is_signature(self.passages[at].text, after_quote=quoted, dashed=self._is_dashed(at))

    def _ends_quotation(self, at: int) -> bool:
        """Whether the passage would be a signature if a quotation stood before it."""
        if at >= len(self.passages):
            return False
        return is_signature(self.passages[at].text, after_quote=True, dashed=self._is_dashed(at))

    def _is_dashed(self, at: int) -> bool:
        """Whether a dash stands before the passage: markup may have taken it out of its text."""
        segments = self.document.sentences[self.passages[at].sentences[0]].block.segments
        start = segments[0].source_start if segments else 0
        return self.document.document.source.text[max(start - 4, 0) : start].rstrip().endswith(_DASHES)

    @cached_property
    def _signing_themselves(self) -> frozenset[int]:
        return frozenset([at for at, passage in enumerate(self.passages) if _signs_itself(self.document, passage)])

    def _may_be_signed(self, at: int, passage: Passage) -> bool:
        """Whether it is somebody's own words: a quotation, or an unquoted text about oneself, not signed in itself."""
        if passage.is_heading or at in self._signing_themselves:
            return False
        return passage.quoted is not None or (not passage.quotes and _says(self.document, passage, _I, _SELF_ALONE))


class _Told(NamedTuple):
    """Something a customer says or that is told of one: sentences `first` to `last`, of one block."""

    first: int
    last: int
    start: int
    end: int


def check(rule: Rule, voices: Voices) -> Iterator[Candidate]:
    """Places in which customers or patients are heard; `voices` are those of the document."""
    asked = rule.check
    assert isinstance(asked, VoiceCheck)
    document = voices.document
    seen: set[int] = set()
    for told in _stories(asked, voices) if asked.told == "story" else _quoted(asked, voices):
        sentence = document.sentences[told.first]
        if told.first in seen or (asked.without and any_match(asked.without, sentence.view)):
            continue
        seen.update(range(told.first, told.last + 1))
        for index, start, end in (
            _outcomes(asked.says, document, told) if asked.says else [(told.first, told.start, told.end)]
        ):
            told_in = document.sentences[index]
            data = (("match", told_in.block.text[start:end]),)
            yield Candidate(rule, index, start - told_in.start, end - told_in.start, data)


def _outcomes(says: Sequence[PatternText], document: AnnotatedDocument, told: _Told) -> Iterator[tuple[int, int, int]]:
    """The first of these words in each sentence of what is told: the sentence's index, and where they stand."""
    for index in range(told.first, told.last + 1):
        view, at = document.sentences[index].view, document.sentences[index].start
        matches = [match for pattern in possible(says, view) for match in find(pattern, view)]
        within = [match for match in matches if told.start <= at + match.start and at + match.end <= told.end]
        if within:
            first = min(within, key=lambda match: (match.start, -match.end))
            yield index, at + first.start, at + first.end


def _passages_of(document: AnnotatedDocument) -> Iterator[Passage]:
    first = 0
    indices = [sentence[1] for sentence in document.sentences]
    while first < len(indices):
        end = bisect_right(indices, indices[first], first)
        block = document.sentences[first].block
        if block.kind not in _NOT_TOLD:
            quotes = quotes_in(block.text)
            quoted = next((quote for quote in quotes if quote.standing), None) if quotes else None
            yield Passage(range(first, end), block.text, block.kind in HEADINGS, quotes, quoted)
        first = end


def _quoted(asked: VoiceCheck, voices: Voices) -> Iterator[_Told]:
    """What people say who are neither the publisher nor an expert, with the lines that sign it."""
    if not voices.heard:
        return
    document, passages, signatures = voices.document, voices.passages, voices.signatures
    speaking = [at for at, passage in enumerate(passages) if passage.quotes or at in signatures]
    others = {at for at in speaking if _of_others(asked, document, passages[at])}
    others |= {signatures[at] for at in others if at in signatures}
    news = any(passages[at].quotes for at in others)
    spoken: set[int] = set()
    for at in voices.heard:
        passage = passages[at]
        signed = at in voices.signed
        if at in others or _is_aside(asked, document, passages, at):
            continue
        if signed or (asked.told == "quotation" and not news and _heard(asked, document, passages, at)):
            spoken.add(at)
            begun, ended = (passage.quoted or passage.quotes[0]).start if passage.quotes else 0, len(passage.text)
            yield _stretch(document, passage, begun, ended if signed else passage.quotes[-1].end)
    for at in sorted(signatures):
        if signatures[at] in spoken:
            yield _whole(document, passages[at])


def _is_aside(asked: VoiceCheck, document: AnnotatedDocument, passages: list[Passage], at: int) -> bool:
    """Whether it is a question, or words that the heading or the next line calls a myth or an example."""
    passage = passages[at]
    said = passage.text[passage.quotes[0].start : passage.quotes[-1].end] if passage.quotes else passage.text
    if said.rstrip("\"”’' ").endswith("?"):
        return True
    following = passages[at + 1].text if at + 1 < len(passages) else ""
    return _VERDICT.match(following) is not None or _under(asked.not_under, document, passage)


def _signs_itself(document: AnnotatedDocument, passage: Passage) -> bool:
    """Whether the name of who speaks stands before or behind the words in the same block."""
    if passage.quoted is None:
        return not passage.quotes and _says(document, passage, _SELF, 0) and signed_from(passage.text) is not None
    tail = passage.text[passage.quotes[-1].end :]
    return is_signature(tail, after_quote=True, dashed=True) or is_named_before(passage.text[: passage.quotes[0].start])


def _heard(asked: VoiceCheck, document: AnnotatedDocument, passages: list[Passage], at: int) -> bool:
    """Whether an unsigned quotation is somebody's own experience: in the first person, or beside one that is."""
    passage = passages[at]
    quote = passage.quoted
    if quote is None:
        return _reported(asked, document, passage)
    return _personal(document, passage) or any(
        0 <= other < len(passages) and passages[other].quoted is not None and _personal(document, passages[other])
        for other in (at - 1, at + 1)
    )


def _personal(document: AnnotatedDocument, passage: Passage) -> bool:
    return any(
        t.norm in _SELF and _within(passage, document.sentences[i].start + t.start)
        for i in passage.sentences
        if not _SELF.isdisjoint(document.sentences[i].view.keys)
        for t in document.sentences[i].tokens
    )


def _says(document: AnnotatedDocument, passage: Passage, words: frozenset[str], fewest: int) -> bool:
    """Whether the block uses one of the words, in a text of at least `fewest` words."""
    for index in passage.sentences:
        if not words.isdisjoint(document.sentences[index].view.keys):
            return sum([len(document.sentences[i].tokens) for i in passage.sentences]) >= fewest
    return False


def _reported(asked: VoiceCheck, document: AnnotatedDocument, passage: Passage) -> bool:
    """Whether a person is said to have told something of themselves in these words."""
    if not _personal(document, passage):
        return False
    return any(
        not _within(passage, document.sentences[index].start + match.start)
        for index in passage.sentences
        for pattern in possible(asked.openings, document.sentences[index].view)
        for match in find(pattern, document.sentences[index].view)
    )


def _of_others(asked: VoiceCheck, document: AnnotatedDocument, passage: Passage) -> bool:
    """Whether the words around the quotation name another speaker: an expert, an official, the publisher."""
    return any(
        not _within(passage, document.sentences[index].start + match.start)
        for index in passage.sentences
        for pattern in possible(asked.others, document.sentences[index].view)
        for match in find(pattern, document.sentences[index].view)
    )


def _within(passage: Passage, offset: int) -> bool:
    return any(quote.start <= offset < quote.end for quote in passage.quotes)


def _under(headings: Sequence[PatternText], document: AnnotatedDocument, passage: Passage) -> bool:
    heading = document.sentences[passage.sentences[0]].heading
    return heading is not None and any_match(headings, document.sentences[heading].view)


def _stretch(document: AnnotatedDocument, passage: Passage, start: int, end: int) -> _Told:
    """The words from `start` to `end`, begun with their sentence where they stand in the middle of it."""
    inside = [i for i in passage.sentences if document.sentences[i].end > start and document.sentences[i].start < end]
    first = document.sentences[inside[0]]
    return _Told(inside[0], inside[-1], first.start, max(end, document.sentences[inside[-1]].end))


def _whole(document: AnnotatedDocument, passage: Passage) -> _Told:
    return _stretch(document, passage, 0, len(passage.text))


def _stories(asked: VoiceCheck, voices: Voices) -> Iterator[_Told]:
    """What stands under a heading that announces customers' words or stories, and stories that begin without one."""
    document, passages = voices.document, voices.passages
    headings, openings = voices.sayings.possible(asked.headings), voices.sayings.possible(asked.openings)
    at = 0 if headings or openings else len(passages)
    while at < len(passages):
        passage = passages[at]
        at += 1
        if passage.is_heading:
            first = document.sentences[passage.sentences[0]]
            announcing = headings.get(passage.sentences[0])
            if announcing and _is_said(announcing, first.view) and not any_match(asked.others, first.view):
                at = yield from _section(asked, voices, at, _names_in(first))
            continue
        for index in passage.sentences:
            if index in openings and _is_said(openings[index], document.sentences[index].view):
                begun = document.sentences[index]
                yield _stretch(document, passage, begun.start, len(passage.text))
                at = yield from _section(asked, voices, at, _names_in(begun))
                break


def _is_said(patterns: Sequence[PatternText], view: View) -> bool:
    """Whether one of the patterns is in the sentence; all of them are known to be possible there."""
    for pattern in patterns:
        for _ in find(pattern, view):
            return True
    return False


def _section(asked: VoiceCheck, voices: Voices, at: int, names: frozenset[str]) -> Generator[_Told, None, int]:
    """The passages from `at` on that go on telling of the same people or let them speak; returns where they end."""
    document, passages = voices.document, voices.passages
    told = False
    while at < len(passages):
        passage = passages[at]
        signature = voices.is_signature(at)
        if passage.is_heading and not signature:
            return at
        sentences = [document.sentences[i] for i in passage.sentences]
        if not signature and not passage.quotes and any(any_match(asked.others, s.view) for s in sentences):
            return at
        names = names.union(*(_names_in(s) for s in sentences if any_match(asked.openings, s.view)))
        review = voices.is_signature(at + 1) or (at > 0 and _STARS.match(passages[at - 1].text) is not None)
        if signature or review or passage.quotes or any(_goes_on(s, names) for s in sentences):
            yield _whole(document, passage)
            told = True
        elif told:
            return at
        at += 1
    return at


def _goes_on(sentence: Sentence, names: frozenset[str]) -> bool:
    words = sentence.view.keys
    if not words.isdisjoint(_I):
        return True
    if not words.isdisjoint(_READER):
        return False
    if not words.isdisjoint(_OF_A_PERSON) or not words.isdisjoint(names):
        return True
    return len(names) > 1 and not words.isdisjoint(_OF_SEVERAL)


def _names_in(sentence: Sentence) -> frozenset[str]:
    """The people that a heading or the beginning of a story names."""
    named = _NAMED.search(sentence.text)
    return (
        frozenset(name.lower() for name in named.groups() if name and name not in _NO_NAMES) if named else frozenset()
    )
