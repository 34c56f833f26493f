"""Finding the terms of every lexicon in one walk over a sentence's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from healthlint.language.annotation import Mention, Token
from healthlint.language.tokens import tokenize

JsonEntry = list[str]
"""Further words of the term joined by a space; lexicon; term as it is to be reported; exact spelling or empty."""

JsonWord = list[Any]
"""All terms that begin with one word: how many further words they have, longest first; and by the further words joined
by a space, the rows of lexicon, term and exact spelling."""


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


def merged(tables: Iterable[Mapping[str, list[JsonEntry]]]) -> dict[str, JsonWord]:
    """All tables as one, by first word, as `find_mentions` needs them."""
    whole: dict[str, JsonWord] = {}
    for table in tables:
        for word, rows in table.items():
            by_rest = whole.setdefault(word, [[], {}])[1]
            for rest, lexicon, term, exact in rows:
                by_rest.setdefault(rest, []).append([lexicon, term, exact])
    for entry in whole.values():
        entry[0] = sorted({rest.count(" ") + 1 if rest else 0 for rest in entry[1]}, reverse=True)
    return whole


def extended(vocabulary: Mapping[str, JsonWord], table: Mapping[str, list[JsonEntry]]) -> dict[str, JsonWord]:
    """The vocabulary with one more table; what was there stays as it is."""
    whole = dict(vocabulary)
    for word, (lengths, by_rest) in merged([table]).items():
        old_lengths, old_rests = whole.get(word, [[], {}])
        rests = {rest: [*old_rests.get(rest, ()), *by_rest.get(rest, ())] for rest in {*old_rests, *by_rest}}
        whole[word] = [sorted({*old_lengths, *lengths}, reverse=True), rests]
    return whole


def find_mentions(tokens: tuple[Token, ...], text: str, vocabulary: Mapping[str, JsonWord]) -> list[Mention]:
    """Mentions of every lexicon, leftmost and longest within each lexicon, in order of place."""
    places = [i for i, t in enumerate(tokens) if t.norm != "-"]
    norms = [tokens[i].norm for i in places]
    count = len(norms)
    taken: dict[str, int] = {}
    mentions = []
    for at, norm in enumerate(norms):
        entry = vocabulary.get(norm)
        if entry is None:
            continue
        lengths, by_rest = entry
        first = places[at]
        for length in lengths:
            if at + length >= count:
                continue
            rows = by_rest.get(" ".join(norms[at + 1 : at + 1 + length]) if length else "")
            if rows is None:
                continue
            last = places[at + length] + 1
            start, end = tokens[first].start, tokens[last - 1].end
            for lexicon, term, exact in rows:
                if taken.get(lexicon, -1) > first or (exact and text[start:end] != exact):
                    continue
                taken[lexicon] = last
                mentions.append(Mention(lexicon, term, first, last, start, end))
    return mentions
