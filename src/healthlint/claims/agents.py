"""Who or what is said to do the good: named in the sentence, in the heading above, or left unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthlint.claims.frames import Frame
from healthlint.claims.relations import AGENT_LEXICONS
from healthlint.claims.targets import Target
from healthlint.claims.verbs import BE
from healthlint.language.annotation import MARK, Mention, Token

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


def agents_of(by_lexicon: Mapping[str, list[Mention]]) -> list[Mention]:
    """Mentions of what can do good, in order of place, those within longer ones left out."""
    found = without_namesakes([m for lexicon in AGENT_LEXICONS for m in by_lexicon.get(lexicon, ())])
    whole = [
        m
        for m in found
        if not any(o.first <= m.first and m.last <= o.last and o.last - o.first > m.last - m.first for o in found)
    ]
    return sorted(whole, key=lambda m: (m.first, -m.last))


def without_namesakes(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without those that are standard treatment under another head.

    Surgery is also a procedure and an inhaler also a product, but a leaflet's surgery is not a clinic's offer.
    """
    kept = list(mentions)
    standard = {(m.first, m.last) for m in kept if m.lexicon == "standard-treatment"}
    return [m for m in kept if m.lexicon == "standard-treatment" or (m.first, m.last) not in standard]


def agent_of(
    tokens: tuple[Token, ...],
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
    if not fragment and _is_own_doing(tokens, frame):
        return "", "other"
    before = [a for a in agents if a.last <= frame.verb and a.first < frame.verb]
    inside = [a for a in agents if frame.first <= a.first < frame.last and not _is_target(a, targets)]
    strong = [a for a in before if a.lexicon != "treatment-word"]
    acting = [a for a in strong if not _is_aside(tokens, a)]
    if strong and not acting and spoken_of is not None and tokens[0].norm in _PRONOUN_SUBJECTS:
        return spoken_of
    if frame.verb and tokens[frame.verb - 1].norm == "-" and not acting:
        # "a bone-building tablet"
        inside += [a for a in agents if frame.last <= a.first <= frame.last + 1][:1]
    named = acting or strong or inside
    if named:
        doer = _whole_name(named[-1], agents)
        return doer.term, AGENT_LEXICONS[doer.lexicon]
    if frame.first < frame.verb and frame.verb and tokens[frame.verb - 1].norm in BE and not fragment:
        return "", "unknown"  # "malaria can be treated": by whom is not told
    subject = _subject(tokens, min(frame.first, frame.verb))
    if before:
        if spoken_of is not None and _points_back(tokens, before[-1].first):
            return spoken_of
        return before[-1].term, AGENT_LEXICONS[before[-1].lexicon]
    if subject in _JOINS:
        # "It calms the skin and fades scars": the second verb has the subject of the first
        return earlier or spoken_of or ("", "implied")
    if subject == "we":
        return subject, "provider"
    if subject == "":
        return spoken_of if spoken_of is not None else ("", "implied")
    if (
        subject in _RELATIVE
        and tokens[0].norm not in _PRONOUN_SUBJECTS
        and any(t.last <= frame.verb and t.kind in ("part", "function") for t in targets)
    ):
        # "discs, which cushion the spine": what the body does by itself
        return subject, "other"
    if frame.nominal and subject in _RELATIVE:
        return "", "unknown"  # "the idea that better control …": the word only joins
    if subject in _PRONOUNS or (subject in _WHAT_IT_DOES and _points_back(tokens, _place_of(tokens, frame, subject))):
        return spoken_of if spoken_of is not None else (subject, "implied")
    if subject is _PURPOSE:
        # "injected to stimulate follicles": what the sentence is about, not the word before, does it
        return spoken_of if fragment and spoken_of is not None else ("", "implied")
    if frame.nominal and any(t.norm in _CUSTOMERS for t in tokens[: frame.first]):
        return "", "implied"
    if frame.nominal and subject not in _PEOPLE and not fragment:
        return "" if subject is _SOMETHING_ELSE else subject, "unknown"
    if subject in _CUSTOMERS:
        return subject, "implied"  # what they see and feel, they owe to what is sold
    if subject == "you" and frame.relation in ("feels", "keeps-you"):
        return "", "implied"  # "you will sleep soundly": thanks to what is spoken of
    if frame.relation == "feels" and any(t.last == frame.verb and t.kind == "part" for t in targets):
        return "", "implied"  # "hair feels stronger"
    if subject in _PEOPLE or subject is _SOMETHING_ELSE:
        return subject, "other"
    if fragment:
        return spoken_of if spoken_of is not None else ("", "implied")
    if any(t.first <= 2 and t.last <= frame.verb for t in targets):
        # "Our immune system plays a role in …": what the body does by itself.
        return subject, "other"
    return subject, "unknown"


def _whole_name(agent: Mention, agents: list[Mention]) -> Mention:
    """The medicine that a word for its form follows: "fluticasone nasal spray" is fluticasone."""
    if agent.lexicon not in ("product-form", "treatment-word"):
        return agent
    return next((a for a in agents if a.lexicon == "medicine" and a.last <= agent.first <= a.last + 1), agent)


def _is_own_doing(tokens: tuple[Token, ...], frame: Frame) -> bool:
    """Whether the words name what the reader does, in a list of advice: "a good diet, keeping a healthy weight"."""
    at = frame.verb
    if tokens[at].norm not in _DOINGS or "weight" not in frame.target:
        return False
    return at == 0 or tokens[at - 1].norm in _LISTS


def _is_target(agent: Mention, targets: list[Target]) -> bool:
    """Whether the words are what is acted on: testosterone in "raises testosterone"."""
    return any(t.first <= agent.first and agent.last <= t.last for t in targets)


def _is_aside(tokens: tuple[Token, ...], agent: Mention) -> bool:
    """Whether the agent is named as an example, a companion or a rival: "such as light therapy", "unlike retinol"."""
    before = [t.norm for t in tokens[max(agent.first - 6, 0) : agent.first]]
    for i in range(len(before) - 1, -1, -1):
        if before[i] in _ASIDES:
            return True
        if before[i] == "as" and i and before[i - 1] == "such":
            return True
        if before[i] == "with" and i and before[i - 1] in ("combination", "together", "along", "combined"):
            return True
    return False


def _points_back(tokens: tuple[Token, ...], noun: int) -> bool:
    """Whether the noun at `noun` is "this …", "these …", "its …", "the …": something spoken of before."""
    return any(t.norm in _POINTERS for t in tokens[max(noun - 2, 0) : noun])


def _place_of(tokens: tuple[Token, ...], frame: Frame, word: str) -> int:
    stop = min(frame.first, frame.verb)
    return next((i for i in range(stop - 1, -1, -1) if tokens[i].norm == word), stop)


def _subject(tokens: tuple[Token, ...], verb: int) -> str:
    """The word before the verb that could be its subject; empty where the clause begins with the verb."""
    i = verb - 1
    if i > 0 and tokens[i].norm == "to" and tokens[i - 1].norm not in _TAKES_TO and tokens[verb].norm[-3:] != "ing":
        return _PURPOSE
    while i >= 0 and (tokens[i].norm in _PASSED or tokens[i].norm.endswith("ly")):
        i -= 1
    if i < 0 or tokens[i].kind == MARK:
        return ""
    if tokens[verb].norm.endswith("ing") and (tokens[verb - 1].norm == "to" or tokens[i].norm in _BEFORE_GERUND):
        return "" if tokens[i].norm in ("by", "for") else _SOMETHING_ELSE
    return tokens[i].norm
