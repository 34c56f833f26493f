"""Benefits said with a verb: "relieves joint pain", "keeps hay fever at bay"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from healthlint.claims.frames import Frame, fits, next_target
from healthlint.claims.relations import Relation
from healthlint.claims.targets import Target
from healthlint.language.annotation import MARK, WORD, Mention

if TYPE_CHECKING:
    from healthlint.language.matching import View

_DETERMINERS = frozenset(
    """
    the a an our your their his her its my this that these those any some no of in on for with by from and's
    each every
    """.split()
)
OWN_VERBS = {
    "rel-own:fading": (frozenset(("symptom", "condition", "appearance")), "reduces"),
    "rel-own:thriving": (frozenset(("function", "appearance", "wellbeing", "part", "outcome")), "improves"),
}
"""Lexicons of what a target does by itself, with the kinds of target of which that is good, and the relation it is."""
_RISES = frozenset("increase rise soar climb skyrocket surge double goes go picks pick up".split())
_HAVE = frozenset("has have had having was were is are been being it they which that who and".split())
_MOSTLY_NOUNS = frozenset(("condition", "conditions", "aids", "foods", "guards"))
_JOINS = frozenset(("and", "or", ","))
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


def verb_frame(view: View, verb: Mention, relation: Relation, targets: list[Target], verbs: list[int]) -> Frame | None:
    """A verb with its target to the right ("relieves joint pain"), or before it in the passive ("Snoring, silenced.").

    `verbs` are the tokens at which verbs of benefit stand, in order: what a second acts on is not the first's target.
    """
    _, term, first, last, _, _ = verb
    if relation.name == "feels":
        return Frame(relation.name, term, "wellbeing", first, last, first)
    norms = view.norms
    if _is_noun_use(view, first, last, targets):
        return None
    stop = _next_verb(norms, verb, verbs) if len(verbs) > 1 else None
    if stop is not None and not any(last <= t.first < stop for t in targets):
        stop = None  # "cures and heals asthma": two verbs share what they act on
    target = next_target(view, last, targets, relation, _VERB_GAP, stop)
    if target is not None and not _is_done_by(norms, last):
        if relation.name in _LETS_GO and "into" in norms[last : target.first]:
            return None  # "release it into the blood" eases nothing
        modifies = target.first == last and _is_participle(norms, first)
        return Frame(relation.name, target.term, target.kind, first, target.last, first, modifies)
    if norms[last] in _IT and relation.name != "protects":
        # "cartilage wears down, and the chews restore it"
        spoken_of = [t for t in targets if t.last <= first and fits(relation, t)]
        if spoken_of:
            return Frame(relation.name, spoken_of[-1].term, spoken_of[-1].kind, first, last + 1, first)
    if not first or not norms[first].endswith("ed"):
        return None
    tokens = view.tokens
    if norms[first - 1] in BE:
        if first > 1 and norms[first - 2] in _DUTIES:
            return None  # "gum disease must be treated first"
        before = [t for t in targets if t.last <= first - 1 and first - 1 - t.last <= 2]
    elif all(t.kind == MARK for t in tokens[last:]):
        before = [t for t in targets if t.first <= 1 and first - t.last == (tokens[t.last].kind == MARK)]
    else:
        return None
    before = [t for t in before if fits(relation, t)]
    if not before:
        return None
    return Frame(relation.name, before[-1].term, before[-1].kind, before[-1].first, last, first)


_DUTIES = frozenset("must should to not cannot".split())


def _is_done_by(norms: list[str], last: int) -> bool:
    """Whether what follows does it: "released by cells"."""
    return norms[last] == "by" and norms[last - 1].endswith("ed")


def _is_participle(norms: list[str], first: int) -> bool:
    """Whether the verb only describes what follows: "customers notice improved focus"."""
    return norms[first].endswith("ed") and first > 0 and norms[first - 1] not in _HAVE


def _next_verb(norms: list[str], verb: Mention, verbs: Iterable[int]) -> int | None:
    """Where a verb of the same form is joined: "calms the gut and lifts mood"."""
    for i in verbs:
        if i > verb.last and norms[i - 1] in _JOINS and _form(norms[i]) == _form(norms[verb.first]):
            return i
    return None


def _form(word: str) -> str:
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending):
            return ending
    return ""


def split_verb_frame(norms: list[str], tail: Mention, relation: Relation, targets: list[Target]) -> Frame | None:
    """A verb that holds its target in the middle: "keeps hay fever at bay"."""
    forms = tail.term.split()
    for i in range(tail.first - 1, max(tail.first - _VERB_GAP, 0) - 1, -1):
        if norms[i] in forms:
            for target in targets:
                if i < target.first and target.last <= tail.first and fits(relation, target):
                    return Frame(relation.name, target.term, target.kind, i, tail.last, i)
    return None


def own_verb_frame(view: View, verb: Mention, targets: list[Target]) -> Frame | None:
    """What a target is said to do by itself: "stiffness fades", "your energy soars"; without an object."""
    norms = view.norms
    if verb.last < view.count and norms[verb.last] not in _MAY_FOLLOW and view.tokens[verb.last].kind == WORD:
        return None
    at = verb.first
    while at and (norms[at - 1] in _BEFORE_OWN_VERB or norms[at - 1].endswith("ly")):
        at -= 1
    kinds, relation = OWN_VERBS[verb.lexicon]
    if verb.lexicon == "rel-own:thriving" and verb.term.split()[0] in _RISES:
        relation = "boosts"  # which of something unwanted is no benefit: "blood pressure rises"
    if at and norms[at - 1] in _LABEL_MARKS:
        at -= 1  # "Pain: gone"
    for target in targets:
        if target.last == at and target.kind in kinds:
            return Frame(relation, target.term, target.kind, target.first, verb.last, verb.first)
    return None


def inside_another(verb: Mention, targets: list[Target]) -> bool:
    """`lower` in "lower back pain" is no verb."""
    for _, _, first, last in targets:
        if first <= verb.first and verb.last <= last and last - first > verb.last - verb.first:
            return True
    return False


def _is_noun_use(view: View, first: int, last: int, targets: list[Target]) -> bool:
    """`our support`, `the boost`: a noun that looks like a verb; the tokens from `first` to `last`."""
    norms = view.norms
    word, after = norms[first], norms[last]
    if first == 0:
        # "Targeted therapy": a participle before its noun
        return word.endswith("ed") and not any(t.first == last for t in targets) and _before_noun(view, last)
    before = norms[first - 1]
    if word == "cleared" and after in ("for", "by", "to"):
        return True  # by an agency
    if word == "seen" and after in ("in", "on", "as"):
        return True  # "as seen in"
    if word in _MOSTLY_NOUNS:
        return True
    if before in BE and not word.endswith(("ed", "ing")):
        return True  # "is perfect", "are clear"
    if before in ("that", "this") and word.endswith("s"):
        return False  # "a tea that eases …", "this eases …"
    if before == "that" and first > 1 and (named := norms[first - 2])[-1:] == "s" and named not in BE:
        return False  # "sessions that lift …"
    return before in _DETERMINERS and not word.endswith("ing")


def _before_noun(view: View, at: int) -> bool:
    return at < view.count and view.tokens[at].kind == WORD and view.norms[at] not in _DETERMINERS
