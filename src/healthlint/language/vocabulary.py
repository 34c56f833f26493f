"""Finding the terms of every lexicon in one walk over a sentence's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from healthlint.language.annotation import Mention, Token
from healthlint.language.tokens import tokenize

JsonEntry = list[str]
"""Further words of the term joined by a space; lexicon; term as it is to be reported; exact spelling or empty."""


def entries(
    lexicon: str, terms: Iterable[tuple[str, str]], cased: Iterable[tuple[str, str]] = ()
) -> dict[str, list[JsonEntry]]:
    """Compiled entries of one lexicon, by first word.

    `terms` and `cased` are pairs of a written form and the term it stands for; `~word` in a form stands for all its
    inflections. Hyphens are no words: a term written with a hyphen is found with a space, and the other way round.
    """
    from healthlint.language.inflection import inflections

    table: dict[str, list[JsonEntry]] = {}

    def add(words: tuple[str, ...], term: str, exact: str) -> None:
        row = [" ".join(words[1:]), lexicon, term, exact]
        rows = table.setdefault(words[0], [])
        if row not in rows:
            rows.append(row)

    for form, term in terms:
        choices: list[tuple[str, ...]] = []
        for piece in form.split():
            if piece.startswith("~"):
                choices.append(tuple(inflections(piece[1:])))
            else:
                choices.extend((t.norm,) for t in tokenize(piece) if t.norm != "-")
        for words in product(*choices):
            flat = tuple(t.norm for word in words for t in tokenize(word) if t.norm != "-")
            if flat:
                add(flat, term, "")
    for form, term in cased:
        words = tuple(t.norm for t in tokenize(form) if t.norm != "-")
        if words:
            add(words, term, form)
    return table


def merged(tables: Iterable[Mapping[str, list[JsonEntry]]]) -> dict[str, list[JsonEntry]]:
    """All tables as one, longer terms first, as `find_mentions` needs them."""
    whole: dict[str, list[JsonEntry]] = {}
    for table in tables:
        for word, rows in table.items():
            whole.setdefault(word, []).extend(rows)
    for rows in whole.values():
        rows.sort(key=lambda row: -len(row[0].split()))
    return whole


def find_mentions(tokens: tuple[Token, ...], text: str, vocabulary: Mapping[str, list[JsonEntry]]) -> list[Mention]:
    """Mentions of every lexicon, leftmost and longest within each lexicon, in order of place."""
    words = [(i, t.norm) for i, t in enumerate(tokens) if t.norm != "-"]
    count = len(words)
    taken: dict[str, int] = {}
    mentions = []
    for at, (first, norm) in enumerate(words):
        rows = vocabulary.get(norm)
        if rows is None:
            continue
        for rest, lexicon, term, exact in rows:
            if taken.get(lexicon, -1) > first:
                continue
            last = at
            if rest:
                further = rest.split(" ")
                last = at + len(further)
                if last >= count or any(words[at + 1 + k][1] != w for k, w in enumerate(further)):
                    continue
            last_token = words[last][0]
            start, end = tokens[first].start, tokens[last_token].end
            if exact and text[start:end] != exact:
                continue
            taken[lexicon] = last_token + 1
            mentions.append(Mention(lexicon, term, first, last_token + 1, start, end))
    return mentions
