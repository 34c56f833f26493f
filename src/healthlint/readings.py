"""What a sentence says by its words alone, wherever it stands: read once, however often a run meets it again.

Sites say the same again on page after page: safety information, disclaimers, menus, offers.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from healthlint.claims.agents import subject_of
from healthlint.claims.extract import Statement, read_statement
from healthlint.evidence.citations import written_citations
from healthlint.evidence.witness import find_evidence
from healthlint.knowledge import Knowledge
from healthlint.language.annotation import Citation, Cue, Evidence, Mention
from healthlint.language.cues import LEAD_IN, Hit, find_cues, warns_of_others
from healthlint.language.degrees import degrees
from healthlint.language.matching import View
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
        self._known = lru_cache(maxsize=MOST_KEPT)(self._read)

    def of(self, text: str, vocabulary: Vocabulary | Extended) -> Reading:
        """The sentence, read with the vocabulary of its document."""
        known = self._known(text)
        if vocabulary.of(known.view.norms) is self.knowledge.vocabulary:
            return known
        return self._read(text, vocabulary)

    def forget(self) -> None:
        """Start afresh, as a run does."""
        self._known.cache_clear()

    def _read(self, text: str, vocabulary: Vocabulary | Extended | None = None) -> Reading:
        knowledge = self.knowledge
        low = lowered(plain(text))
        tokens = tokens_of(low)
        found = find_mentions(tokens, text, vocabulary or knowledge.vocabulary)
        mentions = without_statements(found, tokens, knowledge.orders)
        norms = [token[0] for token in tokens]
        mentions += quantities(tokens, norms, text)
        mentions += degrees(tokens, norms, low, text)
        view = View(tokens, mentions, text, low)
        hits: list[Hit] = []
        kinds: list[tuple[int, str]] = []
        relations: list[tuple[str, int, int]] = []
        witnesses: list[tuple[str, int, int]] = []
        for group, (first, last, start, end) in knowledge.hits(view):
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
            tuple([m for m in mentions if not _is_grammar(m[0])]),
            find_cues(view, hits, knowledge.new_subjects),
            find_evidence(witnesses),
            written_citations(text, knowledge.links),
            read_statement(view, relations, knowledge.relations),
            subject_of(mentions),
            kinds,
            hits,
            warns=warns_of_others(hits) if hits else False,
            leads_in=any(hit.group == LEAD_IN for hit in hits) if hits else False,
        )


_WORDS_OF_GRAMMAR = ("cue", "rel-", "adj-", "head:", "bodily", "stranger")
"""Word lists that cues and claims are made of; what they find is shown as cues and claims."""


@cache
def _is_grammar(lexicon: str) -> bool:
    return lexicon.startswith(_WORDS_OF_GRAMMAR)
