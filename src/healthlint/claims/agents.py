"""Who or what is said to do the good: named in the sentence, in the heading above, or left unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from healthlint.claims.frames import Frame
from healthlint.claims.relations import AGENT_LEXICONS
from healthlint.claims.targets import Target, outermost
from healthlint.claims.verbs import BE
from healthlint.language.annotation import MARK, Mention

if TYPE_CHECKING:
    from healthlint.language.matching import View

_PEOPLE = frozenset(
    """
    you people patients women men adults children everyone anyone someone doctors he she i they'll babies
    kids teens athletes body immune cells bacteria virus brain heart kidneys liver
    exercise diet sleep vaccine vaccines pregnancy smoking alcohol stress weight age gene genes doctor nurse
    surgeon scientists researchers ageing aging symptoms illness infection surgery counselling counseling
    insulin glucagon leptin ghrelin adrenaline enzyme enzymes antibodies platelets pancreas lungs
    stomach bowel spleen thyroid nerves muscles bones
    """.split()
)
_CUSTOMERS = frozenset("customers clients members users wearers owners guests reviewers testers".split())
_BEFORE_GERUND = frozenset("in of on at with from by for about".split())
_SOMETHING_ELSE = "something else"
"""The subject of a gerund after a preposition ("a role in maintaining"): not what stands before it."""
_PURPOSE = "purpose"
"""The subject of an infinitive of purpose: "taken at night to ease cramps"."""
_TAKES_TO = frozenset(
    """
    help helps helped helping able shown proven found known said thought believed designed formulated made created
    developed used claims claim claimed seems appears tends works work going likely expected has have want wants need
    """.split()
)
"""Words whose subject is that of the infinitive after them."""
_PRONOUNS = frozenset(["it", "they", "this", "these", "that", "which", "both"])
_RELATIVE = frozenset(("which", "that"))
_PRONOUN_SUBJECTS = frozenset("it it's it’s they they're these this".split())
_ASIDES = frozenset("like unlike than without including plus versus alongside".split())
_ASIDES_OF_TWO = frozenset(
    (("such", "as"), ("combination", "with"), ("together", "with"), ("along", "with"), ("combined", "with"))
)
_POINTERS = frozenset("this these its such the".split())
_WHAT_IT_DOES = frozenset("effects effect action actions properties results ability benefits approach method".split())
"""Nouns that stand for the agent when they point back: "these effects can help manage …"."""
_PASSED = frozenset(
    """
    can will to help helps may might could should would also even then simply just again always
    be is are was were been being has have had it's they're
    shown proven found known said thought believed designed formulated made created developed used able clinically
    """.split()
)
"""Words between a verb and its subject: "has been shown to sharpen"."""
_DOINGS = frozenset("losing maintaining keeping reaching achieving managing controlling watching having".split())
_LISTS = frozenset([",", "-", ":", "and", "or", "include", "includes", "including", "as"])
_JOINS = frozenset("and or".split())
_SUBJECTS = AGENT_LEXICONS.keys() - {"treatment-word", "clinician"}


def agents_of(by_lexicon: Mapping[str, list[Mention]]) -> list[Mention]:
    """Mentions of what can do good, in order of place, those within longer ones left out."""
    found = [m for lexicon in AGENT_LEXICONS if lexicon in by_lexicon for m in by_lexicon[lexicon]]
    if "standard-treatment" in by_lexicon:
        found = without_namesakes(found)
    return outermost(found)


def subject_of(mentions: Sequence[Mention]) -> tuple[str, str] | None:
    """The name and kind of what a heading or sentence speaks of, for those after it that say only "it"."""
    lexicons = {mention[0] for mention in mentions}
    if _SUBJECTS.isdisjoint(lexicons):
        return None
    for mention in without_namesakes(mentions) if "standard-treatment" in lexicons else mentions:
        if mention.lexicon in _SUBJECTS:
            return mention.term, AGENT_LEXICONS[mention.lexicon]
    return None


def without_namesakes(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without those that are standard treatment under another head.

    Surgery is also a procedure and an inhaler also a product, but a leaflet's surgery is not a clinic's offer.
    """
    kept = list(mentions)
    standard = {(m.first, m.last) for m in kept if m.lexicon == "standard-treatment"}
    return [m for m in kept if m.lexicon == "standard-treatment" or (m.first, m.last) not in standard]


def agent_of(
    view: View,
    agents: list[Mention],
    frame: Frame,
    fragment: bool,
    spoken_of: tuple[str, str] | None,
    targets: list[Target],
    earlier: tuple[str, str] | None = None,
) -> tuple[str, str]:
    """Name and kind of what does the good: the nearest before the verb, else the subject, else what was spoken of.

    `spoken_of` is the name and kind of what the heading above, or the sentence before, speaks of: what "it", "these
    effects" and "this treatment" stand for, and what acts where the sentence names nobody. `earlier` is the agent of
    the claim before in the same sentence.
    """
    norms = view.norms
    if not fragment and _is_own_doing(norms, frame):
        return "", "other"
    verb = frame.verb
    before = [a for a in agents if a.last <= verb]
    strong = [a for a in before if a.lexicon != "treatment-word"]
    acting = [a for a in strong if not _is_aside(norms, a.first)]
    if strong and not acting and spoken_of is not None and norms[0] in _PRONOUN_SUBJECTS:
        return spoken_of
    named = acting or strong
    if not named and agents:
        named = [a for a in agents if frame.first <= a.first < frame.last and not _is_target(a, targets)]
        if verb and norms[verb - 1] == "-":
            # "a bone-building tablet"
            named += [a for a in agents if frame.last <= a.first <= frame.last + 1][:1]
    if named:
        doer = _whole_name(named[-1], agents)
        return doer.term, AGENT_LEXICONS[doer.lexicon]
    if frame.first < verb and norms[verb - 1] in BE and not fragment:
        return "", "unknown"  # "malaria can be treated": by whom is not told
    if before:
        if spoken_of is not None and _points_back(norms, before[-1].first):
            return spoken_of
        return before[-1].term, AGENT_LEXICONS[before[-1].lexicon]
    subject = _subject(view, min(frame.first, verb))
    if subject in _JOINS:
        # "It calms the skin and fades scars": the second verb has the subject of the first
        return earlier or spoken_of or ("", "implied")
    if subject == "we":
        return subject, "provider"
    if subject == "":
        return spoken_of if spoken_of is not None else ("", "implied")
    if (
        subject in _RELATIVE
        and norms[0] not in _PRONOUN_SUBJECTS
        and any(t.last <= verb and t.kind in ("part", "function") for t in targets)
    ):
        # "discs, which cushion the spine": what the body does by itself
        return subject, "other"
    if frame.nominal and subject in _RELATIVE:
        return "", "unknown"  # "the idea that better control …": the word only joins
    if subject in _PRONOUNS or (subject in _WHAT_IT_DOES and _points_back(norms, _place_of(norms, frame, subject))):
        return spoken_of if spoken_of is not None else (subject, "implied")
    if subject is _PURPOSE:
        # "injected to stimulate follicles": what the sentence is about, not the word before, does it
        return spoken_of if fragment and spoken_of is not None else ("", "implied")
    if frame.nominal and not _CUSTOMERS.isdisjoint(norms[: frame.first]):
        return "", "implied"
    if frame.nominal and subject not in _PEOPLE and not fragment:
        return "" if subject is _SOMETHING_ELSE else subject, "unknown"
    if subject in _CUSTOMERS:
        return subject, "implied"  # what they see and feel, they owe to what is sold
    if subject == "you" and frame.relation in ("feels", "keeps-you"):
        return "", "implied"  # "you will sleep soundly": thanks to what is spoken of
    if frame.relation == "feels" and any(t.last == verb and t.kind == "part" for t in targets):
        return "", "implied"  # "hair feels stronger"
    if subject in _PEOPLE or subject is _SOMETHING_ELSE:
        return subject, "other"
    if fragment:
        return spoken_of if spoken_of is not None else ("", "implied")
    if any(t.first <= 2 and t.last <= verb for t in targets):
        # "Our immune system plays a role in …": what the body does by itself.
        return subject, "other"
    return subject, "unknown"


def _whole_name(agent: Mention, agents: list[Mention]) -> Mention:
    """The medicine that a word for its form follows: "fluticasone nasal spray" is fluticasone."""
    if agent.lexicon not in ("product-form", "treatment-word"):
        return agent
    return next((a for a in agents if a.lexicon == "medicine" and a.last <= agent.first <= a.last + 1), agent)


def _is_own_doing(norms: list[str], frame: Frame) -> bool:
    """Whether the words name what the reader does, in a list of advice: "a good diet, keeping a healthy weight"."""
    at = frame.verb
    if norms[at] not in _DOINGS or "weight" not in frame.target:
        return False
    return at == 0 or norms[at - 1] in _LISTS


def _is_target(agent: Mention, targets: list[Target]) -> bool:
    """Whether the words are what is acted on: testosterone in "raises testosterone"."""
    return any(t.first <= agent.first and agent.last <= t.last for t in targets)


def _is_aside(norms: list[str], agent: int) -> bool:
    """Whether the agent is named as an example, a companion or a rival: "such as light therapy", "unlike retinol"."""
    before = norms[max(agent - 6, 0) : agent]
    return not (_ASIDES.isdisjoint(before) and _ASIDES_OF_TWO.isdisjoint(pairwise(before)))


def _points_back(norms: list[str], noun: int) -> bool:
    """Whether the noun at `noun` is "this …", "these …", "its …", "the …": something spoken of before."""
    return not _POINTERS.isdisjoint(norms[max(noun - 2, 0) : noun])


def _place_of(norms: list[str], frame: Frame, word: str) -> int:
    stop = min(frame.first, frame.verb)
    return next((i for i in range(stop - 1, -1, -1) if norms[i] == word), stop)


def _subject(view: View, verb: int) -> str:
    """The word before the verb that could be its subject; empty where the clause begins with the verb."""
    norms = view.norms
    i = verb - 1
    if i > 0 and norms[i] == "to" and norms[i - 1] not in _TAKES_TO and not norms[verb].endswith("ing"):
        return _PURPOSE
    while i >= 0 and (norms[i] in _PASSED or norms[i].endswith("ly")):
        i -= 1
    if i < 0 or view.tokens[i].kind == MARK:
        return ""
    if norms[verb].endswith("ing") and (norms[verb - 1] == "to" or norms[i] in _BEFORE_GERUND):
        return "" if norms[i] in ("by", "for") else _SOMETHING_ELSE
    return norms[i]
