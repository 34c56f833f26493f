"""Claims of a sentence, told from its structure: who or what is said to do what good to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from healthlint.claims.agents import agent_of, agents_of
from healthlint.claims.frames import Frame, pattern_frames
from healthlint.claims.nominals import (
    ADJECTIVES,
    adjective_frames,
    adjective_of_relation,
    compound_frame,
    noun_frame,
    offer_frames,
)
from healthlint.claims.relations import AGENT_LEXICONS, Relation, Relations
from healthlint.claims.targets import Target, is_bare_list, targets_of
from healthlint.claims.verbs import OWN_VERBS, inside_another, own_verb_frame, split_verb_frame, verb_frame
from healthlint.language.annotation import Claim, Cue, Mention
from healthlint.language.cues import AUTHORISED, EXCLUSION, HEDGE, LEAVES_OPEN, NEGATION, QUESTION, QUOTATION

if TYPE_CHECKING:
    from healthlint.language.matching import View

_RAISES = frozenset({"boosts", "delivers", "stimulates", "strengthens"})
_LOWERS = frozenset({"reduces", "slows"})
_WORDS_OF_CLAIMS = (*OWN_VERBS, *ADJECTIVES)
_TIMES = ("duration",)
_QUANTITIES = ("percent", "weight", "share", "times")
_TOPIC_VERBS = frozenset("looking caring living coping taking".split())
_TOPICS = frozenset({"treats", "prevents", "reduces", "relieves", "regulates"})


class Statement(NamedTuple):
    """What the words of a sentence say that does good to what, wherever the sentence stands."""

    frames: list[Frame]
    """Frames in order of place."""
    in_heading: list[Frame]
    """Those that are left in a heading."""
    targets: list[Target]
    agents: list[Mention]
    time: str
    quantity: str


def read_statement(view: View, said: Sequence[tuple[str, int, int]], relations: Relations) -> Statement | None:
    """What the sentence says that does good; None if nothing.

    `said` are the matches of the relations' patterns: name of the relation, first token, last token (exclusive).
    """
    by_lexicon = view.by_lexicon
    lexicons = by_lexicon.keys()
    known = relations.words
    words = [(*known[lexicon], found) for lexicon, found in by_lexicon.items() if lexicon in known]
    offers = "for" in view.keys and not lexicons.isdisjoint(AGENT_LEXICONS)
    if not (words or said or offers) and lexicons.isdisjoint(_WORDS_OF_CLAIMS):
        return None
    targets = targets_of(view, relations.endings)
    if not (targets or said) and lexicons.isdisjoint(relations.alone):
        return None
    frames = _frames(view, words, said, relations, targets)
    if not (frames or offers):
        return None
    agents = agents_of(by_lexicon)
    if "procedure" in by_lexicon:
        frames = [f for f in frames if not _is_a_name(f, agents)]
    if offers:
        frames.extend(offer_frames(view, targets, agents))
    if not frames:
        return None
    titled = [f for f in frames if not f.topic]
    kept = _distinct(frames)
    in_heading = kept if len(titled) == len(frames) else _distinct(titled)
    return Statement(kept, in_heading, targets, agents, _measure(view, _TIMES), _measure(view, _QUANTITIES))


def listed(view: View, relations: Relations) -> Statement | None:
    """What the sentence says as an item of a list that a line such as "Natural relief for" leads in; None if no item.

    It only names targets, and the good is done to each.
    """
    targets = targets_of(view, relations.endings)
    if not is_bare_list(view.tokens, targets):
        return None
    frames = _distinct([Frame("offered-for", t.term, t.kind, t.first, t.last, t.first, nominal=True) for t in targets])
    return Statement(frames, frames, targets, [], _measure(view, _TIMES), _measure(view, _QUANTITIES))


def claims_of(
    view: View,
    statement: Statement,
    cues: tuple[Cue, ...],
    *,
    evidence: str,
    fragment: bool,
    heading: bool = False,
    spoken_of: tuple[str, str] | None = None,
) -> tuple[Claim, ...]:
    """Benefit claims of one sentence where it stands, in order of place: who does it, and how strongly it is said.

    `evidence` is what the sentence rests on.
    `fragment` says that the sentence is a heading, list item, button or the like, whose agent may be left unsaid; a
    `heading` that begins "Managing …" or "Treating …" names a topic and claims nothing;
    `spoken_of` is the name and kind of what the heading above or the sentence before speaks of.
    """
    tokens = view.tokens
    running, in_heading, targets, agents, time, quantity = statement
    earlier: tuple[str, str] | None = None
    claims = []
    for frame in in_heading if heading else running:
        agent, agent_kind = earlier = agent_of(view, agents, frame, fragment, spoken_of, targets, earlier)
        claims.append(
            Claim(
                frame.relation, agent, agent_kind, frame.target, frame.target_kind, _strength(view, frame, cues),
                tokens[frame.first].start, tokens[frame.last - 1].end, time, quantity, evidence,
            )
        )  # fmt: skip
    return tuple(claims)


def _frames(
    view: View,
    words: list[tuple[str, Relation, list[Mention]]],
    said: Sequence[tuple[str, int, int]],
    relations: Relations,
    targets: list[Target],
) -> list[Frame]:
    """What the patterns, the relation words and the adjectives of the sentence say that does good."""
    by_lexicon, norms = view.by_lexicon, view.norms
    frames: list[Frame | None] = []
    if said:
        frames.extend(pattern_frames(view, said, relations, targets))
    for lexicon in OWN_VERBS:
        if lexicon in by_lexicon:
            frames.extend([own_verb_frame(view, verb, targets) for verb in by_lexicon[lexicon]])
    verbs = sorted([verb[2] for kind, _, found in words if kind == "rel-verb" for verb in found])
    for kind, relation, found in words:
        for word in found:
            if kind == "rel-verb":
                if not inside_another(word, targets):
                    frame = verb_frame(view, word, relation, targets, verbs)
                    if frame is not None and word[2] == 0 and _names_a_topic(norms[0], relation):
                        frame = frame._replace(topic=True)
                    frames.append(frame)
            elif kind == "rel-noun":
                frames.append(noun_frame(view, word, relation, targets))
            elif kind == "rel-tail":
                frames.append(split_verb_frame(norms, word, relation, targets))
            elif kind == "rel-adjective":
                frames.append(adjective_of_relation(view, word, relation, targets))
            elif kind == "rel-compound":
                frames.append(compound_frame(norms, word, relation, targets, by_lexicon.get("bodily", ())))
    if not by_lexicon.keys().isdisjoint(ADJECTIVES):
        frames.extend(adjective_frames(view, targets))
    return [f for f in frames if f is not None and _does_good(f, relations.unwanted)]


def _names_a_topic(word: str, relation: Relation) -> bool:
    """Whether a heading that begins with this form of the relation's verb names what it is about: "Treating …"."""
    return word in _TOPIC_VERBS or (word.endswith("ing") and relation.name in _TOPICS)


def _measure(view: View, lexicons: tuple[str, ...]) -> str:
    """The words of the first mention of one of the lexicons."""
    if view.by_lexicon.keys().isdisjoint(lexicons):
        return ""
    found = [m for lexicon in lexicons for m in view.by_lexicon.get(lexicon, ())]
    first = min(found, key=lambda m: (m.first, -m.last))
    return view.text[first.start : first.end]


def _is_a_name(frame: Frame, agents: list[Mention]) -> bool:
    """Whether the words are only the name of a procedure: "teeth whitening"."""
    return any(a.lexicon == "procedure" and a.first <= frame.first and frame.last <= a.last for a in agents)


def _does_good(frame: Frame, unwanted: Mapping[str, frozenset[str]]) -> bool:
    """Whether more of a good thing or less of a bad one is said: less of a good one is no benefit."""
    if frame.relation not in _RAISES and frame.relation not in _LOWERS:
        return True
    less_is_better = frame.target in unwanted.get(frame.target_kind, ())
    if frame.relation in _RAISES:
        return not less_is_better
    if frame.relation in _LOWERS and frame.target_kind in ("function", "wellbeing", "appearance"):
        return less_is_better
    return True


def _distinct(frames: list[Frame]) -> list[Frame]:
    """Frames in order of place, those inside another of the same relation left out."""
    if len(frames) == 1:
        return frames
    kept: list[Frame] = []
    for frame in sorted(frames, key=lambda f: (f.first, -f.last)):
        if any(
            k.first <= frame.first and frame.last <= k.last and (k.verb == frame.verb or k.last == frame.last)
            for k in kept
        ):
            continue
        kept.append(frame)
    return kept


def _strength(view: View, frame: Frame, cues: tuple[Cue, ...]) -> str:
    at = view.tokens[frame.verb].start
    span_start = view.tokens[frame.first].start
    strengths = set()
    if frame.relation != "cures" and "?" in view.norms[-3:]:
        # "How does it ease pain?" takes the benefit for granted and still asks; a cure taken for granted is claimed
        strengths.add("asked")
    for cue in cues:
        reached = cue.scope_start <= at < cue.scope_end or cue.scope_start <= span_start < cue.scope_end
        if not reached:
            continue
        if cue.kind == AUTHORISED:
            return AUTHORISED
        if cue.kind in (NEGATION, EXCLUSION):
            if cue.start == span_start:
                continue  # "no more cramps" begins with the benefit, and is not denied by it
            return "denied"
        if cue.kind == QUESTION and not cue.strength:
            strengths.add("asked")
        elif cue.kind == QUOTATION:
            strengths.add("reported")
        elif cue.kind == HEDGE and cue.start <= at:
            strengths.add("hedged" if cue.strength in LEAVES_OPEN else cue.strength)
    for strength in ("asked", "reported", "hedged", "can", "promotional"):
        if strength in strengths:
            return strength
    return "asserted"
