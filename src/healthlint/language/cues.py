"""Cues and their scopes: which words deny, hedge, ask, attribute, quote or tell of harm, and how far each reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.language.annotation import MARK, Cue, Mention, Token
from healthlint.language.clauses import clause_around

if TYPE_CHECKING:
    from healthlint.language.matching import View

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
_WARNINGS = frozenset(("quotation.heading", "quotation.warning"))
_ADVERSE_AFTER, _ADVERSE_VERB = f"{ADVERSE}.after", f"{ADVERSE}.verb"
_NITRIC = frozenset(("nitric", "nos", "inos", "enos", "nnos"))
_JOINS = frozenset(("but", "yet", "however"))
"""Contrasts that join two main clauses: no comma ends what they begin."""
_BREAKS = frozenset(";,-:")
"""Marks at which a scope may end."""
_ADDING = ("and", "so", "or")


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


_Listed = tuple[str, str, str]
"""Kind, strength and reach of the words of one list."""


class _Lists(dict[str, tuple[str, _Listed] | None]):
    """For the name of a list of cues its family and what its words are, as told in `cue_terms`; None for any other."""

    def __missing__(self, lexicon: str) -> tuple[str, _Listed] | None:
        found = None
        if lexicon.startswith("cue:"):
            _, kind, strength, reach = lexicon.split(":")
            found = NEGATION if kind == EXCLUSION else kind, (kind, strength, reach)
        self[lexicon] = found
        return found


_LISTS = _Lists()
_PLACE = itemgetter(2, 3, 0)
"""Start, end and kind of a cue."""


def find_cues(
    view: View, hits: Sequence[Hit], new_subjects: Mapping[str, frozenset[str]], *, warned: bool = False
) -> tuple[Cue, ...]:
    """All cues of the sentence, in order of place. `warned`: the heading above warns of what others say."""
    by_lexicon, keys = view.by_lexicon, view.keys
    families: dict[str, list[tuple[_Listed, Mention]]] = {}
    for lexicon, mentions in by_lexicon.items():
        listed = _LISTS[lexicon]
        if listed is not None:
            family, said = listed
            families.setdefault(family, []).extend([(said, mention) for mention in mentions])
    cues: list[Cue] = []
    for family, found in families.items():
        ends = [mention.first for mention in by_lexicon.get(f"cue-end:{family}", ())]
        subjects = new_subjects.get(family, frozenset())
        for (kind, strength, reach), mention in _standing(family, found, view):
            scope = _scope(view, mention, reach, ends, subjects)
            if strength == REPORTED and not _tells_of_people(by_lexicon, mention.last):
                strength = STRONG
            cues.append(Cue(kind, strength, mention.start, mention.end, *scope))
    if hits:
        cues.extend(_cues_of_hits(hits, view))
    if "?" in keys:
        cues.extend(_question(view, cues))
    if '"' in keys:
        cues.extend(_quotations(view, cues, warned or _is_reported(by_lexicon)))
    if len(cues) > 1:
        cues.sort(key=_PLACE)
    return tuple(cues)


def _tells_of_people(by_lexicon: Mapping[str, list[Mention]], after: int) -> bool:
    """Whether people are named from the token `after` on."""
    return any(mention.first >= after for mention in by_lexicon.get("cue-people", ()))


def _standing(family: str, found: list[tuple[_Listed, Mention]], view: View) -> Iterable[tuple[_Listed, Mention]]:
    """The family's cues, without what only looks like one or is part of a longer."""
    never = view.by_lexicon.get(f"cue-never:{family}")
    if never:
        barred = {i for mention in never for i in range(mention.first, mention.last)}
        found = [entry for entry in found if barred.isdisjoint(range(entry[1].first, entry[1].last))]
    if len(found) > 1:
        found = _longest(found)
    if family == NEGATION:
        return [entry for entry in found if entry[1].term != "no" or not _is_symbol(entry[1], view)]
    return found


def _longest(found: list[tuple[_Listed, Mention]]) -> list[tuple[_Listed, Mention]]:
    """Those of which no word is part of a longer one."""
    longest: dict[int, int] = {}
    for _, (_, _, first, last, _, _) in found:
        for i in range(first, last):
            if longest.get(i, 0) < last - first:
                longest[i] = last - first
    kept = []
    for entry in found:
        _, _, first, last, _, _ = entry[1]
        if max([longest[i] for i in range(first, last)]) == last - first:
            kept.append(entry)
    return kept


def _is_symbol(mention: Mention, view: View) -> bool:
    """Whether this "NO" is nitric oxide: the sentence names it or its enzyme, or a hyphen joins it to a name."""
    text, start, end = view.text, mention.start, mention.end
    if text[start:end] != "NO":
        return False
    if not _NITRIC.isdisjoint(view.keys):
        return True
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return (before[-1:] == "-" and before[:1].isalnum()) or (after[:1] == "-" and after[1:].islower())


def _scope(view: View, mention: Mention, reach: str, ends: list[int], subjects: frozenset[str]) -> tuple[int, int]:
    """Offsets of what a cue reaches; `ends` are the tokens that end it, `subjects` words that begin a new clause."""
    if reach == "sentence":
        return 0, len(view.text)
    tokens, norms, count = view.tokens, view.norms, view.count
    _, _, first, last, begin, _ = mention
    stop = count
    for i in ends:
        if last <= i < stop:
            stop = i
    for i in ends:
        if i < first and norms[i] not in _JOINS and _opens_clause(norms, i):
            # "Although it may sting, the gel works": what a leading contrast opens ends at its comma.
            stop = _first_of((",",), norms, last, stop)
            break
    stop = min(
        stop,
        _aside_ends(norms, first, last, stop),
        _breaks_off(norms, last, stop),
        _condition_ends(tokens, last, stop),
    )
    if not _BREAKS.isdisjoint(norms[last:stop]):
        for i in range(last, stop):
            norm = norms[i]
            if norm == ";" or (norm == "," and reach == "phrase" and not _list_goes_on(tokens, i, stop)):
                stop = i
                break
            if norm in _BREAKS and i + 1 < stop:
                j = i + 2 if norms[i + 1] in _ADDING and i + 2 < stop else i + 1
                if norms[j] in subjects:
                    stop = i
                    break
    return begin, tokens[stop].start if stop < count else len(view.text)


def _first_of(words: tuple[str, ...], norms: list[str], at: int, stop: int) -> int:
    """Where one of the words stands first from `at` on; `stop` if none does before it."""
    for i in range(at, stop):
        if norms[i] in words:
            return i
    return stop


def _aside_ends(norms: list[str], first: int, last: int, stop: int) -> int:
    """Where the scope of a cue ends in an aside (", which may sting,") or about the reader ("you may find that")."""
    if first and norms[first - 1] == "you":
        return _first_of(("that", "which", ","), norms, last, stop)
    if first > 1 and norms[first - 2] == "," and norms[first - 1] in ("which", "who", "that"):
        return _first_of((",",), norms, last, stop)
    return stop


def _condition_ends(tokens: tuple[Token, ...], last: int, stop: int) -> int:
    """Where a cue in a condition that begins the sentence ends: "If it isn't better, we refund …" refunds."""
    if tokens[0].norm not in _CONDITIONS:
        return stop
    comma = next((i for i, t in enumerate(tokens) if t.norm == "," and not _list_goes_on(tokens, i, len(tokens))), stop)
    return min(stop, comma) if last <= comma else stop


def _breaks_off(norms: list[str], at: int, stop: int) -> int:
    """Where a denial ends whose verb is left out ("it goes where pills can't, calming …"); an aside does not end it."""
    if at >= stop or norms[at] != ",":
        return stop
    return stop if "," in norms[at + 1 : at + 8] else at


def _opens_clause(norms: list[str], at: int) -> bool:
    """Whether the word at `at` begins the sentence or what follows a comma."""
    return at == 0 or norms[at - 1] in ("-", ",", ";", "(")


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
    return not _WARNINGS.isdisjoint([group for group, _, _ in hits])


def _cues_of_hits(hits: Iterable[Hit], view: View) -> Iterable[Cue]:
    text, start, end = view.text, 0, len(view.text)
    for hit in hits:
        group, begin, stop = hit
        if group == ATTRIBUTION:
            if not _is_badge(text, hit, start):
                yield Cue(ATTRIBUTION, "", begin, stop, start, end)
        elif group == "quotation.warning":
            yield Cue(QUOTATION, "warning", begin, stop, start, end)
        elif group.startswith(ADVERSE):
            if _DENIES_HARM.search(text, max(start, begin - 30), begin):
                continue  # "without the side effects of the pill" tells of no harm
            if text[max(begin - 1, start) : begin] in _HYPHENS and group != _ADVERSE_AFTER:
                continue  # "acne-causing bacteria" names what the harm comes from
            if group == _ADVERSE_VERB and text[stop : stop + 4].lower() == " by ":
                continue  # "eases cramps triggered by cold" tells of harm only after "by"
            yield Cue(ADVERSE, "", begin, stop, *_harm_reaches(hit, view))
        elif group == CONDITION:
            yield Cue(CONDITION, "", begin, stop, begin, end)
        elif group == DISCLAIMER:
            yield Cue(DISCLAIMER, "", begin, stop, start, end)
        elif group == AUTHORISED:
            yield Cue(AUTHORISED, "", begin, stop, begin, stop)
        elif group.startswith("question."):
            yield Cue(QUESTION, group.partition(".")[2], begin, stop, begin, stop)


def _is_badge(text: str, hit: Hit, start: int) -> bool:
    """Whether the words are a badge and not the agency speaking: "FDA-cleared", "is FDA cleared, painless and …"."""
    if _BADGE.search(text, hit.start, hit.end):
        return True
    if not text[hit.start : hit.end].lower().endswith(_BADGE_WORDS) or not _BADGE_ENDS.match(text, hit.end):
        return False
    return not text[start : hit.start].lower().endswith(("the ", "which ", "that "))


def _harm_reaches(hit: Hit, view: View) -> tuple[int, int]:
    """The words that a cue of harm speaks of: what follows it, its verb with the subject, its clause, or all."""
    text, start, end, tokens = view.text, 0, len(view.text), view.tokens
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


def _question(view: View, cues: list[Cue]) -> Iterable[Cue]:
    """A sentence ending in `?` asks, unless it presupposes its answer or sells with it."""
    last = next((t for t in reversed(view.tokens) if t.norm not in "\"')]"), None)
    if last is None or last.norm != "?":
        return
    if any(c.kind == QUESTION and c.strength in ("presupposed", "promotional") for c in cues):
        return
    yield Cue(QUESTION, "", last.start, last.end, 0, len(view.text))


def _is_reported(by_lexicon: Mapping[str, list[Mention]]) -> bool:
    """Whether words in quotation marks are somebody's claim told at arm's length."""
    return "cue-reporting" in by_lexicon or ("cue-saying" in by_lexicon and "cue-speakers" in by_lexicon)


def _quotations(view: View, cues: list[Cue], reported: bool) -> Iterable[Cue]:
    """Words between quotation marks that somebody else is reported or warned about to say."""
    warned = any(c.kind == QUOTATION for c in cues)
    if not warned and not reported:
        return
    open_at: int | None = None
    for norm, start, end, kind in view.tokens:
        if kind == MARK and norm == '"':
            if open_at is None:
                open_at = end
            else:
                yield Cue(QUOTATION, "quote", open_at, start, open_at, start)
                open_at = None


def silenced_by(
    guards: Iterable[tuple[str, str]], start: int, end: int, cues: tuple[Cue, ...], cited: bool
) -> tuple[str, ...]:
    """Those of `guards` (name, strength) that hold for the words from `start` to `end`.

    A cue inside the words themselves does not count: "no side effects" is not denied by its own "no".
    """
    names: list[str] = []
    for name, strength in guards:
        if name == "cited":
            if cited:
                names.append(name)
            continue
        kinds = _KINDS_OF_GUARD[name]
        for cue in cues:
            if cue.kind in kinds and _holds(name, strength, start, end, cue):
                names.append(name)
                break
    return tuple(names)


_KINDS_OF_GUARD = {
    "negated": (NEGATION, EXCLUSION), "hedge": (HEDGE,), "asked": (QUESTION,), "attributed": (ATTRIBUTION,),
    "quoted": (QUOTATION,), "adverse-frame": (ADVERSE,), "authorised": (AUTHORISED,),
}  # fmt: skip


def _holds(name: str, strength: str, start: int, end: int, cue: Cue) -> bool:
    """Whether a cue of the guard's kind makes the guard hold."""
    if name == "hedge" and strength and cue.strength not in (LEAVES_OPEN if strength == STRONG else (strength,)):
        return False
    if name == "asked" and cue.strength:
        return False
    if start <= cue.start and cue.end <= end and name in ("negated", "hedge", "adverse-frame"):
        return False
    return cue.scope_start <= start < cue.scope_end
