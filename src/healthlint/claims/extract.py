"""Claims of a sentence, told from its structure: who or what is said to do what good to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthlint.claims.agents import agent_of, agents_of
from healthlint.claims.frames import Frame, pattern_frames
from healthlint.claims.nominals import (
    adjective_frames,
    adjective_of_relation,
    compound_frames,
    noun_frames,
    offer_frames,
)
from healthlint.claims.relations import AGENT_LEXICONS, Relation, Relations
from healthlint.claims.targets import Target, is_bare_list, targets_of
from healthlint.claims.verbs import inside_another, own_verb_frames, split_verb_frames, verb_frames
from healthlint.language.annotation import Claim, Cue, Mention, Token
from healthlint.language.cues import AUTHORISED, EXCLUSION, HEDGE, LEAVES_OPEN, NEGATION, QUESTION, QUOTATION

_RAISES = frozenset({"boosts", "delivers", "stimulates", "strengthens"})
_LOWERS = frozenset({"reduces", "slows"})
_WORDS_OF_CLAIMS = ("rel-own:fading", "rel-own:thriving", "adj-comparative", "adj-positive", "adj-more", "adj-less")
_QUANTITIES = ("percent", "weight", "share", "times")
_TOPIC_VERBS = frozenset("looking caring living coping taking".split())
_TOPICS = frozenset({"treats", "prevents", "reduces", "relieves", "regulates"})


def extract_claims(
    tokens: tuple[Token, ...],
    by_lexicon: Mapping[str, list[Mention]],
    cues: tuple[Cue, ...],
    said: Sequence[tuple[str, int, int]],
    relations: Relations,
    *,
    text: str,
    evidence: str,
    fragment: bool,
    heading: bool = False,
    spoken_of: tuple[str, str] | None = None,
    led: bool = False,
) -> tuple[Claim, ...]:
    """Benefit claims of one sentence, in order of place.

    `by_lexicon` holds the sentence's mentions. `said` are the matches of the relations' patterns: name of the relation,
    first token, last token (exclusive).
    `text` is the text that the tokens' offsets count in, `evidence` what the sentence rests on.
    `fragment` says that the sentence is a heading, list item, button or the like, whose agent may be left unsaid; a
    `heading` that begins "Managing …" or "Treating …" names a topic and claims nothing;
    `spoken_of` is the name and kind of what the heading above or the sentence before speaks of; `led` says that a line
    such as "Natural relief for" leads in a list that this sentence is an item of.
    """
    words = [(*relations.words[lexicon], found) for lexicon, found in by_lexicon.items() if lexicon in relations.words]
    offers = not by_lexicon.keys().isdisjoint(AGENT_LEXICONS) and any(t.norm == "for" for t in tokens)
    if not (words or said or offers or led or not by_lexicon.keys().isdisjoint(_WORDS_OF_CLAIMS)):
        return ()
    targets = targets_of(by_lexicon, tokens, relations.endings)
    if led and is_bare_list(tokens, targets):
        frames = [Frame("offered-for", t.term, t.kind, t.first, t.last, t.first, nominal=True) for t in targets]
        return _claims(tokens, frames, cues, by_lexicon, text, evidence, targets, [], True, spoken_of)
    if not (targets or said or any(_needs_no_target(sort, relation) for sort, relation, _ in words)):
        return ()
    agents = agents_of(by_lexicon)
    frames = list(pattern_frames(tokens, said, relations, targets))
    for kind in ("fading", "thriving"):
        for verb in by_lexicon.get(f"rel-own:{kind}", ()):
            frames.extend(own_verb_frames(tokens, verb, kind, targets))
    verbs = frozenset(m.first for kind, _, found in words if kind == "rel-verb" for m in found)
    for kind, relation, found in words:
        if kind == "rel-verb":
            for verb in found:
                topic = heading and verb.first == 0 and _names_a_topic(tokens[0].norm, relation)
                if not topic and not inside_another(verb, targets):
                    frames.extend(verb_frames(tokens, verb, relation, targets, verbs))
        elif kind == "rel-noun":
            for noun in found:
                frames.extend(f._replace(nominal=True) for f in noun_frames(tokens, noun, relation, targets))
        elif kind == "rel-tail":
            for tail in found:
                frames.extend(split_verb_frames(tokens, tail, relation, targets))
        elif kind == "rel-adjective":
            for adjective in found:
                frames.extend(adjective_of_relation(tokens, adjective, relation, targets))
        elif kind == "rel-compound":
            for part in found:
                frames.extend(compound_frames(tokens, part, relation, targets, by_lexicon.get("bodily", ())))
    frames.extend(f._replace(nominal=True) for f in adjective_frames(tokens, by_lexicon, targets))
    frames = [f for f in frames if _does_good(f, relations.unwanted) and not _is_a_name(f, agents)]
    if offers:
        frames.extend(offer_frames(tokens, targets, agents))
    if not frames:
        return ()
    return _claims(tokens, frames, cues, by_lexicon, text, evidence, targets, agents, fragment, spoken_of)


def _claims(
    tokens: tuple[Token, ...],
    frames: list[Frame],
    cues: tuple[Cue, ...],
    by_lexicon: Mapping[str, list[Mention]],
    text: str,
    evidence: str,
    targets: list[Target],
    agents: list[Mention],
    fragment: bool,
    spoken_of: tuple[str, str] | None,
) -> tuple[Claim, ...]:
    """The frames as claims: with who does it, how strongly it is said, in what time and by how much."""
    time, quantity = _measure(by_lexicon, ("duration",), text), _measure(by_lexicon, _QUANTITIES, text)
    earlier: tuple[str, str] | None = None
    claims = []
    for frame in _distinct(frames):
        agent, agent_kind = agent_of(tokens, agents, frame, fragment, spoken_of, targets, earlier)
        earlier = agent, agent_kind
        strength = _strength(tokens, frame, cues)
        claims.append(
            Claim(
                frame.relation, agent, agent_kind, frame.target, frame.target_kind, strength,
                tokens[frame.first].start, tokens[frame.last - 1].end, time, quantity, evidence,
            )
        )  # fmt: skip
    return tuple(claims)


def _names_a_topic(word: str, relation: Relation) -> bool:
    """Whether a heading that begins with this form of the relation's verb names what it is about: "Treating …"."""
    return word in _TOPIC_VERBS or (word.endswith("ing") and relation.name in _TOPICS)


def _needs_no_target(sort: str, relation: Relation) -> bool:
    """Whether such a word can make a claim by itself: "feel calmer", "a bone-building tablet"."""
    return sort == "rel-compound" or relation.name == "feels"


def _measure(by_lexicon: Mapping[str, list[Mention]], lexicons: tuple[str, ...], text: str) -> str:
    """The words of the first mention of one of the lexicons."""
    found = [m for lexicon in lexicons for m in by_lexicon.get(lexicon, ())]
    first = min(found, key=lambda m: (m.first, -m.last), default=None)
    return text[first.start : first.end] if first is not None else ""


def _is_a_name(frame: Frame, agents: list[Mention]) -> bool:
    """Whether the words are only the name of a procedure: "teeth whitening"."""
    return any(a.lexicon == "procedure" and a.first <= frame.first and frame.last <= a.last for a in agents)


def _does_good(frame: Frame, unwanted: Mapping[str, frozenset[str]]) -> bool:
    """Whether more of a good thing or less of a bad one is said: less of a good one is no benefit."""
    less_is_better = frame.target in unwanted.get(frame.target_kind, ())
    if frame.relation in _RAISES:
        return not less_is_better
    if frame.relation in _LOWERS and frame.target_kind in ("function", "wellbeing", "appearance"):
        return less_is_better
    return True


def _distinct(frames: list[Frame]) -> list[Frame]:
    """Frames in order of place, those inside another of the same relation left out."""
    kept: list[Frame] = []
    for frame in sorted(frames, key=lambda f: (f.first, -f.last)):
        if any(
            k.first <= frame.first and frame.last <= k.last and (k.verb == frame.verb or k.last == frame.last)
            for k in kept
        ):
            continue
        kept.append(frame)
    return kept


def _strength(tokens: tuple[Token, ...], frame: Frame, cues: tuple[Cue, ...]) -> str:
    at = tokens[frame.verb].start
    span_start = tokens[frame.first].start
    strengths = set()
    if frame.relation != "cures" and any(t.norm == "?" for t in tokens[-2:]):
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
