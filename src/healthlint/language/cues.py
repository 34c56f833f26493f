"""Cues and their scopes: which words deny, hedge, ask, attribute, quote or tell of harm, and how far each reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from healthlint.language.annotation import MARK, Cue, Mention, Token
from healthlint.language.clauses import clause_around

NEGATION, EXCLUSION, HEDGE, QUESTION, ATTRIBUTION = "negation", "exclusion", "hedge", "question", "attribution"
STRONG, REPORTED, LIMITED = "strong", "reported", "limited"
LEAVES_OPEN = frozenset((STRONG, REPORTED, LIMITED))
"""Strengths of a hedge that leave a claim open: a guard against strong hedges takes all of them."""
QUOTATION, ADVERSE, CONDITION, DISCLAIMER = "quotation", "adverse-frame", "condition", "disclaimer"
AUTHORISED = "authorised"
LEAD_IN = "lead-in"
"""Words before a list of complaints or benefits that each item completes: "Natural relief for"."""

_BADGE = re.compile(r"[-‐‑–](?:approved|cleared|registered|licensed|licenced|certified|listed)\b", re.I)
_BADGE_ENDS = re.compile(r"\s*(?:[,;!&)]|and\b)")
_BADGE_WORDS = ("approved", "cleared", "registered", "licensed", "licenced", "certified", "listed")
_DENIES_HARM = re.compile(r"\b(?:without|no|zero|none of)\b(?:\W+\w+){0,3}\W*$", re.I)
_CONDITIONS = frozenset(("if", "when", "whenever", "unless"))
_HYPHENS = frozenset("-‐‑–")
_NITRIC = frozenset(("nitric", "nos", "inos", "enos", "nnos"))
_JOINS = frozenset(("but", "yet", "however"))
"""Contrasts that join two main clauses: no comma ends what they begin."""
_PAUSE = frozenset(",;:()-–—")


class Hit(NamedTuple):
    """A cue pattern's match: its group (`attribution`, `quotation.warning` …) and its place in the block's text."""

    group: str
    start: int
    end: int


def cue_terms(cues: Mapping[str, Any]) -> Iterable[tuple[str, list[str]]]:
    """Lexicon name and words of every plain-word cue list in the compiled cue files."""
    for kind in (NEGATION, HEDGE):
        data = cues[kind]
        for group in data["cues"]:
            yield (
                f"cue:{group.get('as', kind)}:{group.get('strength', '')}:{group.get('scope', 'clause')}",
                group["words"],
            )
        yield f"cue-end:{kind}", data["ends"]
        yield f"cue-never:{kind}", data["never"]
    yield "cue-people", cues[HEDGE]["people"]
    context = cues["context"]
    yield f"cue:{QUESTION}::clause", context["question"]["words"]
    for name in ("reporting", "saying", "speakers"):
        yield f"cue-{name}", context["quotation"][name]


def cue_patterns(cues: Mapping[str, Any]) -> Iterable[tuple[str, list[str]]]:
    """Group name and phrase patterns of every cue list that needs more than words."""
    context = cues["context"]
    yield "question.presupposed", context["question"]["presupposed"]
    yield "question.promotional", context["question"]["promotional"]
    yield ATTRIBUTION, context["attribution"]
    yield "quotation.warning", context["quotation"]["warning"]
    yield "quotation.heading", context["quotation"]["heading"]
    for reach, patterns in context["adverse"].items():
        yield f"{ADVERSE}.{reach}", patterns
    yield CONDITION, context["condition"]
    yield DISCLAIMER, context["disclaimer"]
    yield AUTHORISED, context["authorised"]
    yield LEAD_IN, context["lead-in"]


def find_cues(
    text: str,
    start: int,
    end: int,
    tokens: tuple[Token, ...],
    by_lexicon: Mapping[str, list[Mention]],
    hits: Sequence[Hit],
    new_subjects: Mapping[str, frozenset[str]],
    *,
    warned: bool = False,
) -> tuple[Cue, ...]:
    """All cues of the sentence from `start` to `end`, in order of place; `by_lexicon` holds its mentions.

    `warned` says that the heading above warns of what others say.
    """
    families: dict[str, list[tuple[str, str, str, list[Mention]]]] = {}
    for lexicon, found in by_lexicon.items():
        if lexicon.startswith("cue:"):
            _, kind, strength, reach = lexicon.split(":")
            family = NEGATION if kind == EXCLUSION else kind
            families.setdefault(family, []).append((kind, strength, reach, found))
    last_person = max((m.first for m in by_lexicon.get("cue-people", ())), default=-1)
    cues: list[Cue] = []
    for family, listed in families.items():
        ends = [m.first for m in by_lexicon.get(f"cue-end:{family}", ())]
        for kind, strength, reach, mention in _standing(family, listed, by_lexicon, text, tokens):
            scope = _scope(tokens, mention, reach, ends, new_subjects.get(family, frozenset()), start, end)
            if strength == REPORTED and last_person < mention.last:
                strength = STRONG
            cues.append(Cue(kind, strength, mention.start, mention.end, *scope))
    cues.extend(_cues_of_hits(hits, text, start, end, tokens))
    cues.extend(_question(tokens, start, end, cues))
    cues.extend(_quotations(tokens, start, end, cues, warned or _is_reported(by_lexicon)))
    return tuple(sorted(cues, key=lambda c: (c.start, c.end, c.kind)))


def _standing(
    family: str,
    listed: Iterable[tuple[str, str, str, list[Mention]]],
    by_lexicon: Mapping[str, list[Mention]],
    text: str,
    tokens: tuple[Token, ...],
) -> Iterable[tuple[str, str, str, Mention]]:
    """Kind, strength, reach and place of the family's cues, without what only looks like one or is part of a longer."""
    barred = {i for m in by_lexicon.get(f"cue-never:{family}", ()) for i in range(m.first, m.last)}
    found: list[tuple[str, str, str, Mention]] = []
    longest: dict[int, int] = {}
    for kind, strength, reach, mentions in listed:
        for mention in mentions:
            places = range(mention.first, mention.last)
            if barred.isdisjoint(places):
                found.append((kind, strength, reach, mention))
                longest.update((i, max(len(places), longest.get(i, 0))) for i in places)
    for entry in found:
        mention = entry[3]
        if any(longest[i] > mention.last - mention.first for i in range(mention.first, mention.last)):
            continue
        if family == NEGATION and mention.term == "no" and _is_symbol(text, tokens, mention):
            continue
        yield entry


def _is_symbol(text: str, tokens: tuple[Token, ...], mention: Mention) -> bool:
    """Whether this "NO" is nitric oxide: the sentence names it or its enzyme, or a hyphen joins it to a name."""
    start, end = mention.start, mention.end
    if text[start:end] != "NO":
        return False
    if any(token.norm in _NITRIC for token in tokens):
        return True
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return (before[-1:] == "-" and before[:1].isalnum()) or (after[:1] == "-" and after[1:].islower())


def _scope(
    tokens: tuple[Token, ...],
    mention: Mention,
    reach: str,
    ends: list[int],
    subjects: frozenset[str],
    start: int,
    end: int,
) -> tuple[int, int]:
    if reach == "sentence":
        return start, end
    stop = min((i for i in ends if i >= mention.last), default=len(tokens))
    if any(i < mention.first and _opens_clause(tokens, i) and tokens[i].norm not in _JOINS for i in ends):
        # "Although it may sting, the gel works": what a leading contrast opens ends at its comma.
        stop = min((i for i in range(mention.last, stop) if tokens[i].norm == ","), default=stop)
    stop = min(
        stop,
        _aside_ends(tokens, mention, stop),
        _breaks_off(tokens, mention, stop),
        _condition_ends(tokens, mention, stop),
    )
    for i in range(mention.last, stop):
        norm = tokens[i].norm
        if norm == ";":
            stop = i
            break
        if norm == "," and reach == "phrase" and not _list_goes_on(tokens, i, stop):
            stop = i
            break
        if norm in (",", "-", ":") and i + 1 < stop:
            j = i + 2 if tokens[i + 1].norm in ("and", "so", "or") and i + 2 < stop else i + 1
            if tokens[j].norm in subjects:
                stop = i
                break
    return mention.start, tokens[stop].start if stop < len(tokens) else end


def _aside_ends(tokens: tuple[Token, ...], mention: Mention, stop: int) -> int:
    """Where the scope of a cue ends in an aside (", which may sting,") or about the reader ("you may find that")."""
    before = [t.norm for t in tokens[max(mention.first - 2, 0) : mention.first]]
    if before[-1:] == ["you"]:
        ends: tuple[str, ...] = ("that", "which", ",")
    elif len(before) == 2 and before[0] == "," and before[1] in ("which", "who", "that"):
        ends = (",",)
    else:
        return stop
    return min((i for i in range(mention.last, stop) if tokens[i].norm in ends), default=stop)


def _condition_ends(tokens: tuple[Token, ...], mention: Mention, stop: int) -> int:
    """Where a cue in a condition that begins the sentence ends: "If it isn't better, we refund …" refunds."""
    if tokens[0].norm not in _CONDITIONS:
        return stop
    comma = next((i for i, t in enumerate(tokens) if t.norm == "," and not _list_goes_on(tokens, i, len(tokens))), stop)
    return min(stop, comma) if mention.last <= comma else stop


def _breaks_off(tokens: tuple[Token, ...], mention: Mention, stop: int) -> int:
    """Where a denial ends whose verb is left out ("it goes where pills can't, calming …"); an aside does not end it."""
    at = mention.last
    if at >= stop or tokens[at].norm != ",":
        return stop
    return stop if any(t.norm == "," for t in tokens[at + 1 : at + 8]) else at


def _opens_clause(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the word at `at` begins the sentence or what follows a comma."""
    return at == 0 or tokens[at - 1].norm in ("-", ",", ";", "(")


def _list_goes_on(tokens: tuple[Token, ...], comma: int, stop: int) -> bool:
    """Whether what follows the comma is one more member of an `or` list: "no pills, injections or surgery"."""
    for i in range(comma + 1, min(stop, comma + 8)):
        if tokens[i].norm in ("or", "nor"):
            return True
        if tokens[i].kind == MARK and tokens[i].norm not in (",", "-"):
            return False
        if tokens[i].norm == "and":
            return False
    return False


def warns_of_others(hits: Iterable[Hit]) -> bool:
    """Whether a heading with these hits stands over what others say: "Myths", "What you may read online"."""
    return any(hit.group in ("quotation.heading", "quotation.warning") for hit in hits)


def _cues_of_hits(hits: Iterable[Hit], text: str, start: int, end: int, tokens: tuple[Token, ...]) -> Iterable[Cue]:
    for hit in hits:
        if hit.group == ATTRIBUTION:
            if _is_badge(text, hit, start):
                continue
            yield Cue(ATTRIBUTION, "", hit.start, hit.end, start, end)
        elif hit.group == "quotation.warning":
            yield Cue(QUOTATION, "warning", hit.start, hit.end, start, end)
        elif hit.group.startswith(ADVERSE):
            if _DENIES_HARM.search(text, max(start, hit.start - 30), hit.start):
                continue  # "without the side effects of the pill" tells of no harm
            if text[max(hit.start - 1, start) : hit.start] in _HYPHENS and hit.group != f"{ADVERSE}.after":
                continue  # "acne-causing bacteria" names what the harm comes from
            if hit.group == f"{ADVERSE}.verb" and text[hit.end : hit.end + 4].lower() == " by ":
                continue  # "eases cramps triggered by cold" tells of harm only after "by"
            yield Cue(ADVERSE, "", hit.start, hit.end, *_harm_reaches(hit, text, start, end, tokens))
        elif hit.group == CONDITION:
            yield Cue(CONDITION, "", hit.start, hit.end, hit.start, end)
        elif hit.group == DISCLAIMER:
            yield Cue(DISCLAIMER, "", hit.start, hit.end, start, end)
        elif hit.group == AUTHORISED:
            yield Cue(AUTHORISED, "", hit.start, hit.end, hit.start, hit.end)
        elif hit.group.startswith("question."):
            yield Cue(QUESTION, hit.group.partition(".")[2], hit.start, hit.end, hit.start, hit.end)


def _is_badge(text: str, hit: Hit, start: int) -> bool:
    """Whether the words are a badge and not the agency speaking: "FDA-cleared", "is FDA cleared, painless and …"."""
    if _BADGE.search(text, hit.start, hit.end):
        return True
    if not text[hit.start : hit.end].lower().endswith(_BADGE_WORDS) or not _BADGE_ENDS.match(text, hit.end):
        return False
    return not text[start : hit.start].lower().endswith(("the ", "which ", "that "))


def _harm_reaches(hit: Hit, text: str, start: int, end: int, tokens: tuple[Token, ...]) -> tuple[int, int]:
    """The words that a cue of harm speaks of: what follows it, its verb with the subject, its clause, or all."""
    reach = hit.group.partition(".")[2]
    if reach == "sentence":
        return start, end
    at = next(i for i, t in enumerate(tokens) if t.end > hit.start)
    begin, stop = clause_around(tokens, at, start, end)
    if reach == "after" or text[start : hit.start].rstrip().lower().endswith((" that", " which", " who")):
        return hit.start, stop
    if reach == "verb":
        # "soothes the skin and can cause redness": the harm begins with the verb's own part of the clause
        joined = [t.end for t in tokens[:at] if t.norm in ("and", ",") and t.start >= begin]
        return joined[-1] if joined else begin, stop
    return begin, stop


def _question(tokens: tuple[Token, ...], start: int, end: int, cues: list[Cue]) -> Iterable[Cue]:
    """A sentence ending in `?` asks, unless it presupposes its answer or sells with it."""
    last = next((t for t in reversed(tokens) if t.norm not in "\"')]"), None)
    if last is None or last.norm != "?":
        return
    if any(c.kind == QUESTION and c.strength in ("presupposed", "promotional") for c in cues):
        return
    yield Cue(QUESTION, "", last.start, last.end, start, end)


def _is_reported(by_lexicon: Mapping[str, list[Mention]]) -> bool:
    """Whether words in quotation marks are somebody's claim told at arm's length."""
    return "cue-reporting" in by_lexicon or ("cue-saying" in by_lexicon and "cue-speakers" in by_lexicon)


def _quotations(tokens: tuple[Token, ...], start: int, end: int, cues: list[Cue], reported: bool) -> Iterable[Cue]:
    """Words between quotation marks that somebody else is reported or warned about to say."""
    warned = any(c.kind == QUOTATION for c in cues)
    if not warned and not reported:
        return
    open_at: int | None = None
    for token in tokens:
        if token.kind == MARK and token.norm == '"':
            if open_at is None:
                open_at = token.end
            else:
                yield Cue(QUOTATION, "quote", open_at, token.start, open_at, token.start)
                open_at = None


def silenced_by(
    guards: Iterable[tuple[str, str]], start: int, end: int, cues: tuple[Cue, ...], cited: bool
) -> tuple[str, ...]:
    """Those of `guards` (name, strength) that hold for the words from `start` to `end`.

    A cue inside the words themselves does not count: "no side effects" is not denied by its own "no".
    """
    return tuple(
        name
        for name, strength in guards
        if (cited if name == "cited" else any(_holds(name, strength, start, end, cue) for cue in cues))
    )


_KIND_OF_GUARD = {
    "negated": NEGATION, "hedge": HEDGE, "asked": QUESTION, "attributed": ATTRIBUTION, "quoted": QUOTATION,
    "adverse-frame": ADVERSE, "authorised": AUTHORISED,
}  # fmt: skip


def _holds(name: str, strength: str, start: int, end: int, cue: Cue) -> bool:
    if cue.kind != _KIND_OF_GUARD[name] and not (name == "negated" and cue.kind == EXCLUSION):
        return False
    if name == "hedge" and strength and cue.strength not in (LEAVES_OPEN if strength == STRONG else (strength,)):
        return False
    if name == "asked" and cue.strength:
        return False
    if start <= cue.start and cue.end <= end and name in ("negated", "hedge", "adverse-frame"):
        return False
    return cue.scope_start <= start < cue.scope_end
