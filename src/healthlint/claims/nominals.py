"""Benefits said without a verb: "relief from pain", "immune-boosting", "better sleep", "capsules for joint pain"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from healthlint.claims.frames import BLOCKERS, Frame, fits, next_target
from healthlint.claims.relations import AGENT_LEXICONS, Relation
from healthlint.claims.targets import Target
from healthlint.claims.verbs import BE
from healthlint.language.annotation import WORD, Mention, Token

_NAMES_A_TREATMENT = frozenset({"treats", "prevents", "cleanses"})
_SAYS_IT_ITSELF = frozenset({"outcome", "appearance", "wellbeing", "function"})
"""Kinds of target whose terms can hold the word of benefit too: "pain relief", "glowing skin"."""
_CAN_BE_BETTER = frozenset({"function", "appearance", "wellbeing", "outcome", "part"})
_GOOD_FOR_A_PART = frozenset({"supports", "boosts", "strengthens", "restores", "protects", "improves"})
_VERBS_TOO = frozenset(("releases", "breaks", "ends", "escapes"))
"""Plurals of such nouns that, before a noun, are the verb."""
_SOLD_AS = frozenset({"supports", "protects"})
"""Relations whose weak nouns are how supplements say what they do: "joint support"."""
_PRAISE = frozenset(
    """
    effective powerful natural proven best gentle safe fast ultimate successful reliable lasting real
    """.split()
)


def noun_frames(tokens: tuple[Token, ...], noun: Mention, relation: Relation, targets: list[Target]) -> Iterator[Frame]:
    """A noun of benefit with its target: "joint pain relief", "relief from joint pain"."""
    word, *prepositions = noun.term.split("|")
    names_a_thing = word.startswith("-") or relation.name in _NAMES_A_TREATMENT
    if names_a_thing and relation.name not in _SOLD_AS and not _praised(tokens, noun.first, targets):
        return
    if tokens[noun.first].norm in _VERBS_TOO and _has_object(tokens, noun.last, prepositions):
        return  # "the pancreas releases insulin"
    for target in targets:
        if target.first < noun.first and target.last == noun.last and target.kind in _SAYS_IT_ITSELF:
            yield Frame(relation.name, target.term, target.kind, target.first, noun.last, noun.first)
            return
        if relation.name == "restores" and target.kind == "part":
            continue
        if target.last == noun.first and fits(relation, target) and not _is_group(tokens, noun.last):
            yield Frame(relation.name, target.term, target.kind, target.first, noun.last, noun.first)
            return
        if target.last == noun.first - 1 and tokens[target.last].norm in ("-", "&", "/") and fits(relation, target):
            yield Frame(relation.name, target.term, target.kind, target.first, noun.last, noun.first)
            return
    if noun.last < len(tokens) and tokens[noun.last].norm in prepositions:
        following = next_target(tokens, noun.last + 1, targets, relation, 3)
        if following is not None:
            yield Frame(relation.name, following.term, following.kind, noun.first, following.last, noun.first)


def _has_object(tokens: tuple[Token, ...], at: int, prepositions: list[str]) -> bool:
    return at < len(tokens) and tokens[at].kind == WORD and tokens[at].norm not in prepositions


def _praised(tokens: tuple[Token, ...], noun: int, targets: list[Target]) -> bool:
    """Whether the treatment is called good: "effective back pain treatment", "powerful remedy for"."""
    first = next((t.first for t in targets if t.last == noun), noun)
    return any(tokens[i].norm in _PRAISE for i in range(max(first - 2, 0), first))


def _is_group(tokens: tuple[Token, ...], at: int) -> bool:
    """ "bladder support group" is no support for the bladder."""
    return at < len(tokens) and tokens[at].norm == "group"


def adjective_of_relation(
    tokens: tuple[Token, ...], adjective: Mention, relation: Relation, targets: list[Target]
) -> Iterator[Frame]:
    """An adjective that takes its target with a preposition: "effective against eczema"."""
    _, *prepositions = adjective.term.split("|")
    if adjective.last < len(tokens) and tokens[adjective.last].norm in prepositions:
        target = next_target(tokens, adjective.last + 1, targets, relation, 3)
        if target is not None:
            yield Frame(relation.name, target.term, target.kind, adjective.first, target.last, adjective.first)


def compound_frames(
    tokens: tuple[Token, ...],
    part: Mention,
    relation: Relation,
    targets: list[Target],
    bodily: Collection[Mention],
) -> Iterator[Frame]:
    """A compound modifier: "an immune-boosting tea"; before a hyphen any word of the body will do."""
    at = part.first - 1
    hyphen = at >= 0 and tokens[at].norm == "-"
    at = at - 1 if hyphen else at
    for target in targets:
        whole = target.last == part.last and target.first < part.first
        if whole or (target.last == at + 1 and (fits(relation, target) or (hyphen and target.kind == "part"))):
            yield Frame(relation.name, target.term, target.kind, target.first, part.last, part.first)
            return
    for word in bodily if hyphen and relation.name in _GOOD_FOR_A_PART else ():
        if word.last == at + 1:
            yield Frame(relation.name, word.term, "part", word.first, part.last, part.first)
            return


_TAKES_AWAY = frozenset(
    """
    destroy destroys destroyed destroying erode erodes eroded eroding damage damages damaged damaging lose loses lost
    losing kill kills killed killing wear wears wore
    """.split()
)
"""Verbs after which "more" of a good thing is more of it gone."""


def adjective_frames(
    tokens: tuple[Token, ...], by_lexicon: Mapping[str, list[Mention]], targets: list[Target]
) -> Iterator[Frame]:
    """An adjective of praise with what it praises: "better sleep", "for calmer skin"."""
    good = _CAN_BE_BETTER
    bad = {"symptom", "condition", "appearance", "function"}
    sorts = (("adj-comparative", "improves", good), ("adj-positive", "improves", good),
             ("adj-more", "boosts", good - {"part"}), ("adj-less", "reduces", bad))  # fmt: skip
    for lexicon, relation, kinds in sorts:
        for adjective in by_lexicon.get(lexicon, ()):
            if lexicon == "adj-more" and any(
                t.norm in _TAKES_AWAY for t in tokens[max(adjective.first - 4, 0) : adjective.first]
            ):
                continue  # "every fall destroys a little more bone"
            at = adjective.last
            while (at < len(tokens) and tokens[at].norm in (",", "and")) or (
                at < len(tokens) and any(m.first == at for m in by_lexicon.get(lexicon, ()))
            ):
                at += 1
            labelled = _labelled(tokens, adjective, targets)
            if labelled is not None and lexicon == "adj-comparative":
                yield Frame(relation, labelled.term, labelled.kind, labelled.first, adjective.last, adjective.first)
                continue
            for target in targets:
                whole = target.first == adjective.first and target.kind in _SAYS_IT_ITSELF
                if (whole and lexicon != "adj-less") or (target.first == at and target.kind in kinds):
                    yield Frame(relation, target.term, target.kind, adjective.first, target.last, adjective.first)
                    break


def _labelled(tokens: tuple[Token, ...], adjective: Mention, targets: list[Target]) -> Target | None:
    """The target that a label names before the adjective: "Skin: plumper", "Sleep - deeper"."""
    at = adjective.first - 1
    if at < 1 or tokens[at].norm not in (":", "-"):
        return None
    return next((t for t in targets if t.last == at and t.first == 0 and t.kind in _CAN_BE_BETTER), None)


_NO_OFFER = frozenset(
    "stand stands has have had potential risk reason warning allergy test blame responsible liability".split()
)
"""Words that stand between a thing and "for" where nothing is offered: "ketamine has a potential for misuse"."""


def offer_frames(
    tokens: tuple[Token, ...],
    targets: list[Target],
    agents: list[Mention],
) -> Iterator[Frame]:
    """Something offered for a target: "a daily capsule for joint pain"."""
    for i, token in enumerate(tokens):
        if token.norm != "for" or i == 0:
            continue
        agent = next((a for a in reversed(agents) if a.last <= i and i - a.last <= 3), None)
        if agent is None or AGENT_LEXICONS[agent.lexicon] == "provider":
            continue
        if any(t.norm in BE or t.norm in _NO_OFFER for t in tokens[agent.last : i]):
            continue
        for target in targets:
            if target.first > i and target.first - i <= 4 and target.kind != "part":
                between = [t.norm for t in tokens[i + 1 : target.first] if t.kind == WORD]
                if any(
                    w in BLOCKERS or w in ("people", "patients", "women", "men", "who", "you", "to") for w in between
                ):
                    break
                yield Frame("offered-for", target.term, target.kind, agent.first, target.last, i)
                break
