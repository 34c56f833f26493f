"""Numbers, shares, money, weights, durations, years, names, links: the built-in places of the pattern language."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from healthlint.language.annotation import NUMBER, WORD, Mention, Token

_NUMBER_WORDS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "dozen",
    ]
)
_ARTICLE = "a"
"""Every other sentence has it: it counts only before a span of time."""
_FEW = frozenset([_ARTICLE, "few", "couple", "several"])
_COUNTS = _NUMBER_WORDS | _FEW
_MONEY = frozenset("$£€")
_COUNTING = _COUNTS - {_ARTICLE}
_MONEY_WORDS = frozenset(["dollars", "dollar", "euros", "euro", "gbp", "usd", "eur", "aud"])
_WEIGHTS = frozenset(
    [
        "lb",
        "lbs",
        "pound",
        "pounds",
        "kg",
        "kgs",
        "kilo",
        "kilos",
        "kilogram",
        "kilograms",
        "kilogrammes",
        "stone",
        "st",
        "inches",
        "inch",
        "cm",
        "sizes",
        "size",
    ]
)
_WEIGHTS_IN_WORDS = _WEIGHTS - {"size", "sizes", "st", "min"}
_TIMES = frozenset(
    [
        "second",
        "seconds",
        "minute",
        "minutes",
        "min",
        "mins",
        "hour",
        "hours",
        "hr",
        "hrs",
        "day",
        "days",
        "night",
        "nights",
        "week",
        "weeks",
        "wk",
        "wks",
        "month",
        "months",
        "year",
        "years",
        "yr",
        "yrs",
        "session",
        "sessions",
    ]
)
_RANGE = frozenset(("-", "–", "to", "/"))
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_OF_LINKS = frozenset("http https www com org net uk au ca eu io info health clinic shop store app".split())
_LINK = re.compile(
    r"(?<![\w@./-])(?:https?://[^\s<>]+|www\.[^\s<>]+"
    r"|(?:[\w-]+\.)+(?:com|org|net|uk|au|ca|eu|io|info|health|clinic|shop|store|app)(?![\w.-]\w)(?:/[^\s<>]*)?)",
    re.I,
)
_AFTER_LINK = ".,;:!?)]}'\"’”"


def quantities(tokens: tuple[Token, ...], norms: Sequence[str], text: str) -> list[Mention]:
    """Mentions of the built-in places in one sentence, in order of place; `norms` are the words of the tokens."""
    found: list[Mention] = []
    count = len(tokens)
    counted = _may_count(tokens, norms)
    capitals = count > 1 and not text[tokens[1].start : tokens[-1].end].islower()
    if counted or capitals:
        for i, (norm, start, _, kind) in enumerate(tokens):
            if kind == WORD:
                if counted and norm in _COUNTS:
                    found += _of_number_word(tokens, i)
                if capitals and text[start].isupper() and i and norm != "i" and norms[i - 1] not in "\"'":
                    last = i + 1
                    while last < count and tokens[last].kind == WORD and text[tokens[last].start].isupper():
                        last += 1
                    found.append(_mention("name", text[start : tokens[last - 1].end], tokens, i, last))
            elif kind == NUMBER:
                found += _of_number(tokens, i)
            elif norm in _MONEY and i + 1 < count and tokens[i + 1].kind == NUMBER:
                found.append(_mention("money", "", tokens, i, i + 2))
    if not _OF_LINKS.isdisjoint(norms):
        found += _links(tokens, text)
    return found


def _may_count(tokens: tuple[Token, ...], norms: Sequence[str]) -> bool:
    """Whether looking for numbers is worth the while."""
    return (
        NUMBER in [token[3] for token in tokens]
        or not _COUNTING.isdisjoint(norms)
        or (_ARTICLE in norms and not _TIMES.isdisjoint(norms))
    )


def _of_number_word(tokens: tuple[Token, ...], i: int) -> Iterator[Mention]:
    norm = tokens[i].norm
    few = norm in _FEW
    if not few:
        yield _mention("number", norm, tokens, i, i + 1)
    last = _unit(tokens, i + 1, _TIMES)
    if last:
        yield _mention("duration", "", tokens, i, last)
    if norm == _ARTICLE:
        return
    last = _unit(tokens, i + 1, _WEIGHTS_IN_WORDS)
    if last:
        yield _mention("weight", "", tokens, i, last)
    last = _percent(tokens, i + 1)
    if last and not few:
        compound = i >= 2 and tokens[i - 1].norm == "-" and tokens[i - 2].norm in _NUMBER_WORDS
        yield _mention("percent", "", tokens, i - 2 if compound else i, last)


def _links(tokens: tuple[Token, ...], text: str) -> Iterator[Mention]:
    """Addresses that are written out."""
    starts = [t.start for t in tokens]
    for match in _LINK.finditer(text, starts[0], tokens[-1].end):
        address = match.group().rstrip(_AFTER_LINK)
        first = bisect_left(starts, match.start())
        last = bisect_left(starts, match.start() + len(address))
        if first < last and starts[first] == match.start():
            yield _mention("link", address, tokens, first, last)


def _of_number(tokens: tuple[Token, ...], i: int) -> Iterator[Mention]:
    norm = tokens[i].norm
    count = len(tokens)
    yield _mention("number", norm, tokens, i, i + 1)
    if len(norm) == 4 and norm.isdigit() and norm[:2] in ("19", "20"):
        yield _mention("year", norm, tokens, i, i + 1)
    first = i
    if i >= 2 and tokens[i - 1].norm in _RANGE and tokens[i - 2].kind == NUMBER:
        first = i - 2
    after = i + 1
    if after < count and tokens[after].norm == "+":
        after += 1
    if after < count:
        word = tokens[after].norm
        if word in ("%", "percent"):
            yield _mention("percent", norm, tokens, first, after + 1)
        elif word == "per" and after + 1 < count and tokens[after + 1].norm == "cent":
            yield _mention("percent", norm, tokens, first, after + 2)
        elif word in _MONEY_WORDS:
            yield _mention("money", norm, tokens, first, after + 1)
        elif word in _ORDINAL_ENDS and tokens[after].start == tokens[i].end:
            yield _mention("ordinal", norm, tokens, i, after + 1)
    last = _unit(tokens, after, _WEIGHTS)
    if last:
        yield _mention("weight", norm, tokens, first, last)
    last = _unit(tokens, after, _TIMES)
    if last:
        yield _mention("duration", norm, tokens, first, last)


def _percent(tokens: tuple[Token, ...], at: int) -> int:
    """Index after the "per cent" that stands at `at`, or 0."""
    words = [t.norm for t in tokens[at : at + 2]]
    if words[:1] == ["percent"]:
        return at + 1
    return at + 2 if words == ["per", "cent"] else 0


def _unit(tokens: tuple[Token, ...], at: int, units: frozenset[str]) -> int:
    """Index after the unit that stands at `at`, or 0."""
    if at < len(tokens) and tokens[at].norm in ("-", "more", "short"):
        at += 1
    return at + 1 if at < len(tokens) and tokens[at].norm in units else 0


def _mention(lexicon: str, term: str, tokens: tuple[Token, ...], first: int, last: int) -> Mention:
    # many are made: `Mention(…)` would take twice as long
    return tuple.__new__(Mention, (lexicon, term, first, last, tokens[first][1], tokens[last - 1][2]))
