"""What a sentence says by its words alone, wherever it stands: read once, however often a run meets it again.

Sites say the same again on page after page: safety information, disclaimers, menus, offers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from healthlint.claims.agents import subject_of
from healthlint.claims.extract import Statement, read_statement
from healthlint.evidence.citations import written_citations
from healthlint.evidence.witness import find_evidence
from healthlint.knowledge import Knowledge
from healthlint.language.annotation import Citation, Cue, Evidence, Mention, Token
from healthlint.language.cues import LEAD_IN, Hit, find_cues, warns_of_others
from healthlint.language.degrees import degrees
from healthlint.language.matching import Match, View
from healthlint.language.orders import without_statements
from healthlint.language.quantities import quantities
from healthlint.language.tokens import lowered, plain, tokens_of
from healthlint.language.vocabulary import Extended, Vocabulary, find_mentions

MOST_KEPT = 4096
"""Readings kept for sentences that come again, the latest ones."""


class Reading(NamedTuple):
    """One sentence as its words alone tell it. Offsets count from its start."""

    view: View
    mentions: tuple[Mention, ...]
    """Without the words that cues and claims are made of."""
    cues: tuple[Cue, ...]
    evidence: tuple[Evidence, ...]
    citations: tuple[Citation, ...]
    """Those that are written out."""
    statement: Statement | None
    """What it says that does good to what, if anything."""
    subject: tuple[str, str] | None
    """The name and kind of what it speaks of, if anything that can do good."""
    kinds: list[tuple[int, str]]
    """Words that speak for a kind of document, each with the number of its group of cues."""
    hits: list[Hit]
    warns: bool
    """Whether it warns of what others say."""
    leads_in: bool
    """Whether it leads in a list of complaints or benefits."""


class Readings:
    """Reads sentences with what the linter knows of language, and remembers those that it has read."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._known: dict[str, Reading] = {}
        """Those met last stand at the end."""

    def of(self, texts: Sequence[str], vocabulary: Vocabulary | Extended) -> list[Reading]:
        """The sentences of a document, read with its vocabulary."""
        usual, known = self.knowledge.vocabulary, self._known
        met = dict.fromkeys(texts)
        new = [text for text in met if text not in known]
        found = {text: known.pop(text) for text in met if text in known}
        found.update(zip(new, self._read(new, usual), strict=True))
        known.update(found)
        for text in [*islice(known, max(len(known) - MOST_KEPT, 0))]:
            del known[text]
        if vocabulary is not usual:
            own = [text for text, reading in found.items() if vocabulary.of(reading.view.norms) is not usual]
            found.update(zip(own, self._read(own, vocabulary), strict=True))
        return [found[text] for text in texts]

    def forget(self) -> None:
        """Start afresh, as a run does."""
        self._known.clear()

    def _read(self, texts: Sequence[str], vocabulary: Vocabulary | Extended) -> list[Reading]:
        """The sentences, all of them step by step: so the code and the tables of each step stay at hand."""
        knowledge = self.knowledge
        lows = [lowered(plain(text)) for text in texts]
        tokens = [*map(tokens_of, lows)]
        named = [find_mentions(of, text, vocabulary) for of, text in zip(tokens, texts, strict=True)]
        mentions = [
            _with_forms(without_statements(found, of, knowledge.orders), of, low, text)
            for found, of, low, text in zip(named, tokens, lows, texts, strict=True)
        ]
        views = [*map(View, tokens, mentions, texts, lows)]
        matches = [[*knowledge.hits(view)] for view in views]
        return [self._reading(*given) for given in zip(views, mentions, matches, strict=True)]

    def _reading(self, view: View, mentions: list[Mention], matches: list[tuple[str, Match]]) -> Reading:
        text = view.text
        hits: list[Hit] = []
        kinds: list[tuple[int, str]] = []
        relations: list[tuple[str, int, int]] = []
        witnesses: list[tuple[str, int, int]] = []
        for group, (first, last, start, end) in matches:
            family, _, rest = group.partition(".")
            if family == "evidence":
                witnesses.append((rest, start, end))
            elif family == "claim":
                relations.append((rest, first, last))
            elif family == "kind":
                kinds.append((int(rest), text[start:end]))
            else:
                hits.append(Hit(group, start, end))
        return Reading(
            view,
            tuple([mention for mention in mentions if not _IS_GRAMMAR[mention[0]]]),
            find_cues(view, hits, self.knowledge.new_subjects),
            find_evidence(witnesses),
            written_citations(text, self.knowledge.links),
            read_statement(view, relations, self.knowledge.relations),
            subject_of(mentions),
            kinds,
            hits,
            warns=warns_of_others(hits) if hits else False,
            leads_in=any(hit.group == LEAD_IN for hit in hits) if hits else False,
        )


def _with_forms(mentions: list[Mention], tokens: tuple[Token, ...], low: str, text: str) -> list[Mention]:
    """The mentions, and those that are told from their form."""
    norms = [token[0] for token in tokens]
    return [*mentions, *quantities(tokens, norms, text), *degrees(tokens, norms, low, text)]


_WORDS_OF_GRAMMAR = ("cue", "rel-", "adj-", "head:", "bodily", "stranger")
"""Word lists that cues and claims are made of; what they find is shown as cues and claims."""


class _IsGrammar(dict[str, bool]):
    """Whether the words of a lexicon are such words, by its name."""

    def __missing__(self, lexicon: str) -> bool:
        found = self[lexicon] = lexicon.startswith(_WORDS_OF_GRAMMAR)
        return found


_IS_GRAMMAR = _IsGrammar()
