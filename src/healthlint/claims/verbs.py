"""Benefits said with a verb: "relieves joint pain", "keeps hay fever at bay"."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.claims.frames import Frame, fits, next_target
from healthlint.claims.relations import Relation
from healthlint.claims.targets import Target
from healthlint.language.annotation import MARK, WORD, Mention, Token

_DETERMINERS = frozenset(
    """
    the a an our your their his her its my this that these those any some no of in on for with by from and's
    each every
    """.split()
)
_OWN = {
    "fading": (frozenset(("symptom", "condition", "appearance")), "reduces"),
    "thriving": (frozenset(("function", "appearance", "wellbeing", "part", "outcome")), "improves"),
}
_RISES = frozenset("increase rise soar climb skyrocket surge double goes go picks pick up".split())
_HAVE = frozenset("has have had having was were is are been being it they which that who and".split())
_MOSTLY_NOUNS = frozenset(("condition", "conditions", "aids", "foods", "guards"))
_LETS_GO = frozenset(("relieves", "stimulates"))
_IT = frozenset(("it", "them"))
_MAY_FOLLOW = frozenset(
    """
    and or but with within in over after as so by for when while from at on within without during quickly fast
    naturally gradually overnight day night again significantly dramatically noticeably visibly steadily more too soon
    """.split()
)
"""Words after a verb that are no object of it."""
_LABEL_MARKS = frozenset(":-–—")
_BEFORE_OWN_VERB = frozenset("will to can begin begins start starts simply just even have has had also often".split())
BE = frozenset("is are was were be been being gets get".split())
_VERB_GAP = 7


def verb_frames(
    tokens: tuple[Token, ...], verb: Mention, relation: Relation, targets: list[Target], verbs: frozenset[int]
) -> Iterator[Frame]:
    """A verb with its target to the right ("relieves joint pain"), or before it in the passive ("Snoring, silenced.").

    `verbs` are the tokens at which a verb of benefit stands: what a second verb acts on is not the first one's target.
    """
    if relation.name == "feels":
        yield Frame(relation.name, verb.term, "wellbeing", verb.first, verb.last, verb.first)
        return
    if _is_noun_use(tokens, verb, targets):
        return
    stop = _next_verb(tokens, verb, verbs)
    if stop is not None and not any(verb.last <= t.first < stop for t in targets):
        stop = None  # "cures and heals asthma": two verbs share what they act on
    target = next_target(tokens, verb.last, targets, relation, _VERB_GAP, stop)
    if target is not None and not _is_done_by(tokens, verb):
        if relation.name in _LETS_GO and any(t.norm == "into" for t in tokens[verb.last : target.first]):
            return  # "release it into the blood" eases nothing
        modifies = target.first == verb.last and _is_participle(tokens, verb)
        yield Frame(relation.name, target.term, target.kind, verb.first, target.last, verb.first, modifies)
        return
    if verb.last < len(tokens) and tokens[verb.last].norm in _IT and relation.name != "protects":
        # "cartilage wears down, and the chews restore it"
        spoken_of = [t for t in targets if t.last <= verb.first and fits(relation, t)]
        if spoken_of:
            yield Frame(relation.name, spoken_of[-1].term, spoken_of[-1].kind, verb.first, verb.last + 1, verb.first)
            return
    if not verb.first or not tokens[verb.first].norm.endswith("ed"):
        return
    if tokens[verb.first - 1].norm in BE:
        if verb.first > 1 and tokens[verb.first - 2].norm in _DUTIES:
            return  # "gum disease must be treated first"
        before = [t for t in targets if t.last <= verb.first - 1 and verb.first - 1 - t.last <= 2]
    elif all(t.kind == MARK for t in tokens[verb.last :]):
        before = [t for t in targets if t.first <= 1 and verb.first - t.last == (tokens[t.last].kind == MARK)]
    else:
        return
    before = [t for t in before if fits(relation, t)]
    if before:
        yield Frame(relation.name, before[-1].term, before[-1].kind, before[-1].first, verb.last, verb.first)


_DUTIES = frozenset("must should to not cannot".split())


def _is_done_by(tokens: tuple[Token, ...], verb: Mention) -> bool:
    """Whether what follows does it: "released by cells"."""
    return tokens[verb.last - 1].norm.endswith("ed") and verb.last < len(tokens) and tokens[verb.last].norm == "by"


def _is_participle(tokens: tuple[Token, ...], verb: Mention) -> bool:
    """Whether the verb only describes what follows: "customers notice improved focus"."""
    return tokens[verb.first].norm.endswith("ed") and verb.first > 0 and tokens[verb.first - 1].norm not in _HAVE


def _next_verb(tokens: tuple[Token, ...], verb: Mention, verbs: frozenset[int]) -> int | None:
    """Where a verb of the same form is joined: "calms the gut and lifts mood"."""
    form = _form(tokens[verb.first].norm)
    return next(
        (
            i
            for i in range(verb.last + 1, len(tokens))
            if i in verbs and tokens[i - 1].norm in ("and", "or", ",") and _form(tokens[i].norm) == form
        ),
        None,
    )


def _form(word: str) -> str:
    return next((ending for ending in ("ing", "ed", "s") if word.endswith(ending)), "")


def split_verb_frames(
    tokens: tuple[Token, ...], tail: Mention, relation: Relation, targets: list[Target]
) -> Iterator[Frame]:
    """A verb that holds its target in the middle: "keeps hay fever at bay"."""
    forms = tail.term.split()
    for i in range(tail.first - 1, max(tail.first - _VERB_GAP, 0) - 1, -1):
        if tokens[i].norm in forms:
            for target in targets:
                if i < target.first and target.last <= tail.first and fits(relation, target):
                    yield Frame(relation.name, target.term, target.kind, i, tail.last, i)
                    return


def own_verb_frames(tokens: tuple[Token, ...], verb: Mention, kind: str, targets: list[Target]) -> Iterator[Frame]:
    """What a target is said to do by itself: "stiffness fades", "your energy soars"; without an object."""
    if verb.last < len(tokens) and tokens[verb.last].norm not in _MAY_FOLLOW and tokens[verb.last].kind == WORD:
        return
    at = verb.first
    while at and (tokens[at - 1].norm in _BEFORE_OWN_VERB or tokens[at - 1].norm.endswith("ly")):
        at -= 1
    kinds, relation = _OWN[kind]
    if kind == "thriving" and verb.term.split()[0] in _RISES:
        relation = "boosts"  # which of something unwanted is no benefit: "blood pressure rises"
    if at and tokens[at - 1].norm in _LABEL_MARKS:
        at -= 1  # "Pain: gone"
    for target in targets:
        if target.last == at and target.kind in kinds:
            yield Frame(relation, target.term, target.kind, target.first, verb.last, verb.first)
            return


def inside_another(verb: Mention, targets: list[Target]) -> bool:
    """`lower` in "lower back pain" is no verb."""
    return any(
        t.first <= verb.first and verb.last <= t.last and t.last - t.first > verb.last - verb.first for t in targets
    )


def _is_noun_use(tokens: tuple[Token, ...], verb: Mention, targets: list[Target]) -> bool:
    """`our support`, `the boost`: a noun that looks like a verb."""
    if verb.first == 0:
        # "Targeted therapy": a participle before its noun
        return (
            tokens[0].norm.endswith("ed")
            and not any(t.first == verb.last for t in targets)
            and _before_noun(tokens, verb)
        )
    before, word = tokens[verb.first - 1].norm, tokens[verb.first].norm
    if word == "cleared" and verb.last < len(tokens) and tokens[verb.last].norm in ("for", "by", "to"):
        return True  # by an agency
    if word == "seen" and verb.last < len(tokens) and tokens[verb.last].norm in ("in", "on", "as"):
        return True  # "as seen in"
    if word in _MOSTLY_NOUNS:
        return True
    if before in BE and not word.endswith(("ed", "ing")):
        return True  # "is perfect", "are clear"
    if before in ("that", "this") and word.endswith("s"):
        return False  # "a tea that eases …", "this eases …"
    if before == "that" and verb.first > 1 and (named := tokens[verb.first - 2].norm)[-1:] == "s" and named not in BE:
        return False  # "sessions that lift …"
    return before in _DETERMINERS and not word.endswith("ing")


def _before_noun(tokens: tuple[Token, ...], verb: Mention) -> bool:
    if verb.last >= len(tokens) or tokens[verb.last].kind != WORD:
        return False
    return tokens[verb.last].norm not in _DETERMINERS
