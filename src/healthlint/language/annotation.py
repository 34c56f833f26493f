"""What the linter sees in a sentence: words, mentions, cues, claims, evidence. Plain values; judged elsewhere, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from healthlint.documents.blocks import Block, Document
    from healthlint.language.matching import View

WORD, NUMBER, MARK = "word", "number", "mark"
STANDING = "standing"
"""Kind of target of a claim that says how its agent stands: that it is safe, approved, better than another."""


class Token(NamedTuple):
    """One word, number or punctuation mark.

    `norm` is lower case with plain quotes and dashes; `start` and `end` are offsets in the sentence.
    """

    norm: str
    start: int
    end: int
    kind: str


class Mention(NamedTuple):
    """One occurrence of a lexicon's term; `term` is the term's own form or the id of what it names.

    `first` and `last` are token indices in the sentence, `last` exclusive; `start` and `end` are offsets in it.
    """

    lexicon: str
    term: str
    first: int
    last: int
    start: int
    end: int


class Cue(NamedTuple):
    """Words that change how a statement is meant.

    `kind`: negation, exclusion (a denial by meaning: "instead of", "avoid", "not known"), hedge, question, attribution,
    quotation, adverse-frame, authorised, condition, disclaimer. `strength` is set for hedges and for questions that
    ask nothing (presupposed, promotional). Of the hedges, strong ("may"), reported ("the findings suggest", of a study
    of people) and limited ("in some people") leave a claim open; can and promotional do not. The scope is what the cue
    reaches, in offsets of the sentence.
    """

    kind: str
    strength: str
    start: int
    end: int
    scope_start: int
    scope_end: int


class Evidence(NamedTuple):
    """Words that speak of research, and what for.

    `role` is `witness` where they call it to support a statement, and only then a source is asked for; `lacking` where
    they say that it is missing, `own-work` where a paper speaks of itself, `mention` for the rest. `kind` of a witness:
    study, proof, expert, institution, statistic; of a mention: as in `rules/cues/research.yaml`, or `source` for a
    citation that points to research.
    """

    kind: str
    start: int
    end: int
    role: str = "witness"


class Citation(NamedTuple):
    """What points to a source. `kind`: author-year, journal-year, doi, pmid, registry, guideline, link, note.

    `source` tells of a link where it leads: journal, preprint, registry, regulator, guideline, health-service,
    university, news, reference, or empty where nothing is known of the host. One to a shop or a social network is kept,
    but does not count (`cites`).
    """

    kind: str
    start: int
    end: int
    source: str = ""
    cites: bool = True


class Claim(NamedTuple):
    """Who or what is said to do what to which target, how strongly.

    `relation`: treats, prevents, cures, improves, reduces, supports, boosts, is-safe, is-approved and so on, as in
    `rules/cues/relations.yaml`. `agent_kind`: medicine, ingredient, product, procedure, provider, implied, other
    (people, habits), unknown. `target_kind`: condition, symptom, function, appearance, wellbeing, outcome, part,
    weight, life; standing for what is said of the agent alone (is safe, is approved, works better than).
    `strength`: asserted, promotional, can, hedged, denied, asked, reported. `time` and `quantity` are the words that
    say within what time and how much, or empty. `evidence`: cited, invoked (research is called to witness without a
    source in the sentence), none.
    """

    relation: str
    agent: str
    agent_kind: str
    target: str
    target_kind: str
    strength: str
    start: int
    end: int
    time: str = ""
    quantity: str = ""
    evidence: str = "none"

    @property
    def is_benefit(self) -> bool:
        """Whether the agent is said to do good to something, not only how it stands."""
        return self.target_kind != STANDING


class Sentence(NamedTuple):
    """A span of a block with all that was seen in it.

    `start` and `end` are offsets in the block's text; those of what was seen count from the sentence's own start.
    """

    block: Block
    block_index: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    view: View
    """Tokens and mentions laid out for pattern matching."""
    mentions: tuple[Mention, ...] = ()
    cues: tuple[Cue, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    citations: tuple[Citation, ...] = ()
    heading: int | None = None
    """Index in `AnnotatedDocument.sentences` of the heading this sentence stands under."""

    @property
    def text(self) -> str:
        return self.view.text

    def words(self, start: int, end: int) -> str:
        """What stands from `start` to `end`, which may go on in the next sentence of the block."""
        return self.block.text[self.start + start : self.start + end]


class AnnotatedDocument(NamedTuple):
    """A document with its sentences in order, its kind, and the cues that decided the kind."""

    document: Document
    sentences: tuple[Sentence, ...]
    kind: str
    kind_cues: tuple[str, ...] = ()
    publisher_names: tuple[str, ...] = ()
