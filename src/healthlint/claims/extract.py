"""Claims of a sentence, told from its structure: who or what is said to do what good to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from healthlint.claims.relations import AGENT_LEXICONS, TARGET_LEXICONS, Relation, Relations
from healthlint.language.annotation import MARK, WORD, Claim, Cue, Mention, Token
from healthlint.language.cues import EXCLUSION, HEDGE, NEGATION, QUESTION, QUOTATION

_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "your",
        "their",
        "his",
        "her",
        "its",
        "my",
        "this",
        "that",
        "these",
        "those",
        "any",
        "some",
        "no",
        "of",
        "in",
        "on",
        "for",
        "with",
        "by",
        "from",
        "and's",
        "each",
        "every",
    ]
)
_BLOCKERS = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "while",
        "if",
        "because",
        "than",
        "is",
        "are",
        "was",
        "were",
        "been",
        "has",
        "have",
        "had",
        "whether",
        "before",
        "after",
        "until",
        "without",
        "but",
        "however",
        "although",
        "though",
        "unless",
    ]
)
_LINKS = frozenset(
    """
    and or of in the a an your their our its his her my to with for from as well both more less
    """.split()
)
_BE = frozenset("is are was were be been being gets get".split())
_PEOPLE = frozenset(
    [
        "you",
        "people",
        "patients",
        "women",
        "men",
        "adults",
        "children",
        "everyone",
        "anyone",
        "someone",
        "doctors",
        "he",
        "she",
        "i",
        "we",
        "they'll",
        "babies",
        "kids",
        "teens",
        "athletes",
        "users",
        "clients",
        "customers",
        "body",
        "immune",
        "cells",
        "bacteria",
        "virus",
        "brain",
        "heart",
        "kidneys",
        "liver",
        "exercise",
        "diet",
        "sleep",
        "vaccine",
        "vaccines",
        "pregnancy",
        "smoking",
        "alcohol",
        "stress",
        "weight",
        "age",
        "gene",
        "genes",
        "doctor",
        "nurse",
        "surgeon",
        "scientists",
        "researchers",
        "ageing",
        "aging",
        "symptoms",
        "illness",
        "infection",
        "surgery",
        "counselling",
        "counseling",
    ]
)
_BEFORE_GERUND = frozenset("in of on at with from by for about".split())
_SOMETHING_ELSE = "something else"
"""The subject of a gerund after a preposition ("a role in maintaining"): not what stands before it."""
_PRONOUNS = frozenset(["it", "they", "this", "these", "that", "which", "both"])
_MODALS = frozenset("can will to help helps may might could should would also".split())
_RAISES = frozenset({"boosts", "delivers", "stimulates", "increases", "strengthens"})
_LOWERS = frozenset({"reduces", "slows"})
_TOPICS = frozenset({"treats", "prevents", "reduces", "relieves", "regulates"})
_NAMES_A_TREATMENT = frozenset({"treats", "prevents", "cleanses"})
_SAYS_IT_ITSELF = frozenset({"outcome", "appearance", "wellbeing", "function"})
"""Kinds of target whose terms can hold the word of benefit too: "pain relief", "glowing skin"."""
_SOLD_AS = frozenset({"supports", "protects"})
"""Relations whose weak nouns are how supplements say what they do: "joint support"."""
_PRAISE = frozenset(
    """
    effective powerful natural proven best gentle safe fast ultimate successful reliable lasting real
    """.split()
)
_VERB_GAP = 7
_NOUN_GAP = 5


class _Frame(NamedTuple):
    relation: str
    target: str
    target_kind: str
    first: int
    last: int
    verb: int
    """Token where the relation word stands: what negations and hedges must reach."""


def extract_claims(
    tokens: tuple[Token, ...],
    mentions: Iterable[Mention],
    cues: tuple[Cue, ...],
    relations: Relations,
    *,
    fragment: bool,
    heading: bool = False,
    heading_agent: tuple[str, str] | None = None,
) -> tuple[Claim, ...]:
    """Benefit claims of one sentence, in order of place.

    `fragment` says that the sentence is a heading, list item, button or the like, whose agent may be left unsaid; a
    `heading` that begins "Managing …" or "Treating …" names a topic and claims nothing;
    `heading_agent` is the name and kind of what the heading above speaks of.
    """
    by_lexicon: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_lexicon.setdefault(mention.lexicon, []).append(mention)
    targets = _targets(by_lexicon)
    agents = _agents(by_lexicon)
    frames: list[_Frame] = []
    for lexicon, found in by_lexicon.items():
        kind, _, name = lexicon.partition(":")
        relation = relations.by_name.get(name)
        if relation is None:
            continue
        if kind == "rel-verb":
            for verb in found:
                topic = heading and verb.first == 0 and tokens[0].norm.endswith("ing") and relation.name in _TOPICS
                if not topic and not _inside_another(verb, targets):
                    frames.extend(_verb_frames(tokens, verb, relation, targets))
        elif kind == "rel-noun":
            for noun in found:
                frames.extend(_noun_frames(tokens, noun, relation, targets))
        elif kind == "rel-tail":
            for tail in found:
                frames.extend(_split_verb_frames(tokens, tail, relation, targets))
        elif kind == "rel-adjective":
            for adjective in found:
                frames.extend(_adjective_of_relation(tokens, adjective, relation, targets))
        elif kind == "rel-compound":
            for part in found:
                frames.extend(_compound_frames(tokens, part, relation, targets))
    frames.extend(_adjective_frames(tokens, by_lexicon, targets))
    frames = [f for f in frames if _does_good(f, relations.unwanted) and not _is_a_name(f, agents)]
    frames.extend(_offer_frames(tokens, by_lexicon, targets, agents, fragment))
    claims = []
    for frame in _distinct(frames):
        agent, agent_kind = _agent(tokens, agents, frame, fragment, heading_agent, targets)
        strength = _strength(tokens, frame, cues)
        claims.append(
            Claim(
                frame.relation, agent, agent_kind, frame.target, frame.target_kind, strength,
                tokens[frame.first].start, tokens[frame.last - 1].end,
            )
        )  # fmt: skip
    return tuple(claims)


def _agents(by_lexicon: Mapping[str, list[Mention]]) -> list[Mention]:
    """Mentions of what can do good, in order of place, those within longer ones left out."""
    found = [m for lexicon in AGENT_LEXICONS for m in by_lexicon.get(lexicon, ())]
    whole = [
        m
        for m in found
        if not any(o.first <= m.first and m.last <= o.last and o.last - o.first > m.last - m.first for o in found)
    ]
    return sorted(whole, key=lambda m: (m.first, -m.last))


class _Target(NamedTuple):
    term: str
    kind: str
    first: int
    last: int


def _targets(by_lexicon: Mapping[str, list[Mention]]) -> list[_Target]:
    targets = [
        _Target(m.term, kind, m.first, m.last)
        for lexicon, kind in TARGET_LEXICONS.items()
        for m in by_lexicon.get(lexicon, ())
    ]
    certain = {(t.first, t.last) for t in targets}
    targets.extend(
        _Target(m.term, "condition", m.first, m.last)
        for m in by_lexicon.get("condition?", ())
        if (m.first, m.last) not in certain
    )
    targets.sort(key=lambda t: (t.first, -(t.last - t.first)))
    return [t for t in targets if not any(_covers(other, t) for other in targets)]


def _covers(other: _Target, target: _Target) -> bool:
    """Whether the words of the one lie within the longer words of the other: "hearing" in "hearing loss"."""
    longer = other.last - other.first > target.last - target.first
    return longer and other.first <= target.first and target.last <= other.last


def _fits(relation: Relation, target: _Target) -> bool:
    return target.kind in relation.targets


def _verb_frames(
    tokens: tuple[Token, ...], verb: Mention, relation: Relation, targets: list[_Target]
) -> Iterator[_Frame]:
    if relation.name == "feels":
        yield _Frame(relation.name, verb.term, "wellbeing", verb.first, verb.last, verb.first)
        return
    if _is_noun_use(tokens, verb):
        return
    target = _next_target(tokens, verb.last, targets, relation, _VERB_GAP)
    if target is not None:
        yield _Frame(relation.name, target.term, target.kind, verb.first, target.last, verb.first)
        return
    if verb.first and tokens[verb.first - 1].norm in _BE and tokens[verb.first].norm.endswith("ed"):
        before = [
            t for t in targets if t.last <= verb.first - 1 and verb.first - 1 - t.last <= 2 and _fits(relation, t)
        ]
        if before:
            yield _Frame(relation.name, before[-1].term, before[-1].kind, before[-1].first, verb.last, verb.first)


def _split_verb_frames(
    tokens: tuple[Token, ...], tail: Mention, relation: Relation, targets: list[_Target]
) -> Iterator[_Frame]:
    """ "keeps hay fever at bay"."""
    forms = tail.term.split()
    for i in range(tail.first - 1, max(tail.first - _VERB_GAP, 0) - 1, -1):
        if tokens[i].norm in forms:
            for target in targets:
                if i < target.first and target.last <= tail.first and _fits(relation, target):
                    yield _Frame(relation.name, target.term, target.kind, i, tail.last, i)
                    return


def _inside_another(verb: Mention, targets: list[_Target]) -> bool:
    """`lower` in "lower back pain" is no verb."""
    return any(
        t.first <= verb.first and verb.last <= t.last and t.last - t.first > verb.last - verb.first for t in targets
    )


def _is_a_name(frame: _Frame, agents: list[Mention]) -> bool:
    """Whether the words are only the name of a procedure: "teeth whitening"."""
    return any(a.lexicon == "procedure" and a.first <= frame.first and frame.last <= a.last for a in agents)


def _does_good(frame: _Frame, unwanted: Mapping[str, frozenset[str]]) -> bool:
    """Whether more of a good thing or less of a bad one is said: less of a good one is no benefit."""
    less_is_better = frame.target in unwanted.get(frame.target_kind, ())
    if frame.relation in _RAISES:
        return not less_is_better
    if frame.relation in _LOWERS and frame.target_kind in ("function", "wellbeing", "appearance"):
        return less_is_better
    return True


def _is_noun_use(tokens: tuple[Token, ...], verb: Mention) -> bool:
    """`our support`, `the boost`: a noun that looks like a verb."""
    if verb.first == 0:
        return False
    before, word = tokens[verb.first - 1].norm, tokens[verb.first].norm
    if word == "cleared" and verb.last < len(tokens) and tokens[verb.last].norm in ("for", "by", "to"):
        return True  # by an agency
    if before in _BE and not word.endswith(("ed", "ing")):
        return True  # "is perfect", "are clear"
    if before in ("that", "this") and word.endswith("s"):
        return False  # "a tea that eases …", "this eases …"
    return before in _DETERMINERS and not word.endswith("ing")


def _next_target(
    tokens: tuple[Token, ...], start: int, targets: list[_Target], relation: Relation, gap: int
) -> _Target | None:
    """The nearest fitting target to the right with nothing between that would begin another clause."""
    passed = 0
    for i in range(start, len(tokens)):
        fitting = [t for t in targets if t.first == i and _fits(relation, t)]
        if fitting:
            return _extended(fitting[0], targets, relation)
        token = tokens[i]
        if token.norm in _BLOCKERS or (token.kind == MARK and token.norm in ".;:!?"):
            return None
        if token.kind == WORD and token.norm not in _LINKS:
            passed += 1
            if passed > gap:
                return None
    return None


def _extended(target: _Target, targets: list[_Target], relation: Relation) -> _Target:
    """A target with the one that follows directly: "skin" in "skin elasticity" gives way to the whole."""
    for other in targets:
        if (
            other.first == target.last
            and _fits(relation, other)
            and other.kind in ("function", "outcome", "appearance")
        ):
            return _Target(f"{target.term} {other.term}", other.kind, target.first, other.last)
    return target


def _noun_frames(
    tokens: tuple[Token, ...], noun: Mention, relation: Relation, targets: list[_Target]
) -> Iterator[_Frame]:
    word, *prepositions = noun.term.split("|")
    names_a_thing = word.startswith("-") or relation.name in _NAMES_A_TREATMENT
    if names_a_thing and relation.name not in _SOLD_AS and not _praised(tokens, noun.first, targets):
        return
    for target in targets:
        if target.first < noun.first and target.last == noun.last and target.kind in _SAYS_IT_ITSELF:
            yield _Frame(relation.name, target.term, target.kind, target.first, noun.last, noun.first)
            return
        if relation.name == "restores" and target.kind == "part":
            continue
        if target.last == noun.first and _fits(relation, target) and not _is_group(tokens, noun.last):
            yield _Frame(relation.name, target.term, target.kind, target.first, noun.last, noun.first)
            return
        if target.last == noun.first - 1 and tokens[target.last].norm in ("-", "&", "/") and _fits(relation, target):
            yield _Frame(relation.name, target.term, target.kind, target.first, noun.last, noun.first)
            return
    if noun.last < len(tokens) and tokens[noun.last].norm in prepositions:
        following = _next_target(tokens, noun.last + 1, targets, relation, 3)
        if following is not None:
            yield _Frame(relation.name, following.term, following.kind, noun.first, following.last, noun.first)


def _praised(tokens: tuple[Token, ...], noun: int, targets: list[_Target]) -> bool:
    """Whether the treatment is called good: "effective back pain treatment", "powerful remedy for"."""
    first = next((t.first for t in targets if t.last == noun), noun)
    return any(tokens[i].norm in _PRAISE for i in range(max(first - 2, 0), first))


def _is_group(tokens: tuple[Token, ...], at: int) -> bool:
    """ "bladder support group" is no support for the bladder."""
    return at < len(tokens) and tokens[at].norm == "group"


def _adjective_of_relation(
    tokens: tuple[Token, ...], adjective: Mention, relation: Relation, targets: list[_Target]
) -> Iterator[_Frame]:
    """ "effective against eczema", "good for your gut"."""
    _, *prepositions = adjective.term.split("|")
    if adjective.last < len(tokens) and tokens[adjective.last].norm in prepositions:
        target = _next_target(tokens, adjective.last + 1, targets, relation, 3)
        if target is not None:
            yield _Frame(relation.name, target.term, target.kind, adjective.first, target.last, adjective.first)


def _compound_frames(
    tokens: tuple[Token, ...], part: Mention, relation: Relation, targets: list[_Target]
) -> Iterator[_Frame]:
    at = part.first - 1
    hyphen = at >= 0 and tokens[at].norm == "-"
    at = at - 1 if hyphen else at
    for target in targets:
        whole = target.last == part.last and target.first < part.first
        if whole or (target.last == at + 1 and _fits(relation, target)):
            yield _Frame(relation.name, target.term, target.kind, target.first, part.last, part.first)
            return


def _adjective_frames(
    tokens: tuple[Token, ...], by_lexicon: Mapping[str, list[Mention]], targets: list[_Target]
) -> Iterator[_Frame]:
    """ "better sleep", "for calmer skin", "glowing skin"."""
    good = {"function", "appearance", "wellbeing", "outcome", "part"}
    bad = {"symptom", "condition", "appearance", "function"}
    sorts = (("adj-comparative", "improves", good), ("adj-positive", "improves", good),
             ("adj-more", "boosts", good - {"part"}), ("adj-less", "reduces", bad))  # fmt: skip
    for lexicon, relation, kinds in sorts:
        for adjective in by_lexicon.get(lexicon, ()):
            at = adjective.last
            while (at < len(tokens) and tokens[at].norm in (",", "and")) or (
                at < len(tokens) and any(m.first == at for m in by_lexicon.get(lexicon, ()))
            ):
                at += 1
            for target in targets:
                whole = target.first == adjective.first and target.kind in _SAYS_IT_ITSELF
                if (whole and lexicon != "adj-less") or (target.first == at and target.kind in kinds):
                    yield _Frame(relation, target.term, target.kind, adjective.first, target.last, adjective.first)
                    break


def _offer_frames(
    tokens: tuple[Token, ...],
    by_lexicon: Mapping[str, list[Mention]],
    targets: list[_Target],
    agents: list[Mention],
    fragment: bool,
) -> Iterator[_Frame]:
    """ "a daily capsule for joint pain": something offered for a target."""
    for i, token in enumerate(tokens):
        if token.norm != "for" or i == 0:
            continue
        agent = next((a for a in reversed(agents) if a.last <= i and i - a.last <= 3), None)
        if agent is None or AGENT_LEXICONS[agent.lexicon] == "provider":
            continue
        if any(t.norm in _BE for t in tokens[agent.last : i]):
            continue
        passed = 0
        for target in targets:
            if target.first > i and target.first - i <= 4 and target.kind != "part":
                between = [t.norm for t in tokens[i + 1 : target.first] if t.kind == WORD]
                if any(
                    w in _BLOCKERS or w in ("people", "patients", "women", "men", "who", "you", "to") for w in between
                ):
                    break
                passed += 1
                yield _Frame("offered-for", target.term, target.kind, agent.first, target.last, i)
                break


def _distinct(frames: list[_Frame]) -> list[_Frame]:
    """Frames in order of place, those inside another of the same relation left out."""
    kept: list[_Frame] = []
    for frame in sorted(frames, key=lambda f: (f.first, -f.last)):
        if any(
            k.first <= frame.first and frame.last <= k.last and (k.verb == frame.verb or k.last == frame.last)
            for k in kept
        ):
            continue
        kept.append(frame)
    return kept


def _agent(
    tokens: tuple[Token, ...],
    agents: list[Mention],
    frame: _Frame,
    fragment: bool,
    heading_agent: tuple[str, str] | None,
    targets: list[_Target],
) -> tuple[str, str]:
    before = [a for a in agents if a.last <= frame.verb and a.first < frame.verb]
    inside = [a for a in agents if frame.first <= a.first < frame.last]
    strong = [a for a in before if a.lexicon != "treatment-word"]
    if strong or inside:
        chosen = (strong or inside)[-1]
        return chosen.term, AGENT_LEXICONS[chosen.lexicon]
    subject = _subject(tokens, min(frame.first, frame.verb))
    if before:
        return before[-1].term, AGENT_LEXICONS[before[-1].lexicon]
    if subject == "":
        if heading_agent is not None:
            return heading_agent
        return "", "implied"
    if subject in _PRONOUNS:
        return heading_agent if heading_agent is not None else (subject, "implied")
    if subject in _PEOPLE or subject is _SOMETHING_ELSE:
        return subject, "other"
    if fragment:
        return heading_agent if heading_agent is not None else ("", "implied")
    if any(t.first <= 2 and t.last <= frame.verb for t in targets):
        # "Our immune system plays a role in …": what the body does by itself.
        return subject, "other"
    return subject, "unknown"


def _subject(tokens: tuple[Token, ...], verb: int) -> str:
    """The word before the verb that could be its subject; empty where the clause begins with the verb."""
    i = verb - 1
    while i >= 0 and (tokens[i].norm in _MODALS or tokens[i].norm.endswith("ly")):
        i -= 1
    if i < 0 or tokens[i].kind == MARK:
        return ""
    if tokens[verb].norm.endswith("ing") and (tokens[verb - 1].norm == "to" or tokens[i].norm in _BEFORE_GERUND):
        return "" if tokens[i].norm in ("by", "for") else _SOMETHING_ELSE
    return tokens[i].norm


def _strength(tokens: tuple[Token, ...], frame: _Frame, cues: tuple[Cue, ...]) -> str:
    at = tokens[frame.verb].start
    span_start = tokens[frame.first].start
    strengths = set()
    for cue in cues:
        reached = cue.scope_start <= at < cue.scope_end or cue.scope_start <= span_start < cue.scope_end
        if not reached:
            continue
        if cue.kind in (NEGATION, EXCLUSION):
            return "denied"
        if cue.kind == QUESTION and not cue.strength:
            strengths.add("asked")
        elif cue.kind == QUOTATION:
            strengths.add("reported")
        elif cue.kind == HEDGE and cue.start <= at:
            strengths.add({"strong": "hedged", "can": "can", "promotional": "promotional"}[cue.strength])
    for strength in ("asked", "reported", "hedged", "can", "promotional"):
        if strength in strengths:
            return strength
    return "asserted"
