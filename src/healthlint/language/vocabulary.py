"""Finding the terms of every lexicon in one walk over a sentence's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from healthlint.language.annotation import Mention, Token
from healthlint.language.tokens import tokenize

Row = tuple[str, str, str, str]
"""Further words of a term joined by a space; lexicon; term as it is to be reported; exact spelling or empty."""

Named = tuple[str, str, str]
"""What a term stands for: the last three of its row."""


class Terms(NamedTuple):
    """All terms that begin with one word.

    `alone`: the word is the whole term. `longer`, by the second word: for each number of further words, the most first,
    the terms by these words joined by a space. `plainly`: the word alone stands for one term of each lexicon, however
    it is spelt.
    """

    alone: tuple[Named, ...]
    longer: dict[str, list[tuple[int, dict[str, tuple[Named, ...]]]]]
    plainly: bool


_MOST_WORDS = 100_000
"""Words of texts kept with what was found for them; beyond them, all are looked up afresh."""


class Vocabulary(dict[str, Terms | None]):
    """The terms that begin with a word, of every lexicon; None where none do. They are read when it is first met.

    A dictionary, since it is asked about every word of every text.
    """

    __slots__ = ("_written",)

    def __init__(self, written: Mapping[str, str]) -> None:
        super().__init__()
        self._written = written

    def __missing__(self, word: str) -> Terms | None:
        if len(self) >= _MOST_WORDS:
            self.clear()
        lines = self._written.get(word)
        found = self[word] = _terms(lines) if lines is not None else None
        return found

    def of(self, words: Iterable[str]) -> Vocabulary | Extended:
        """What knows the terms that begin with these words."""
        return self

    def with_table(self, table: Mapping[str, list[Row]]) -> Extended:
        """This vocabulary with one more table."""
        return Extended(self, {
            word: _terms("\n".join(filter(None, (self._written.get(word), lines))))
            for word, lines in written([table]).items()
        })  # fmt: skip


class Extended(dict[str, Terms | None]):
    """A vocabulary with more terms for some words; the terms of all other words are those of the vocabulary."""

    __slots__ = ("_base", "_own")

    def __init__(self, base: Vocabulary, own: Mapping[str, Terms]) -> None:
        super().__init__(own)
        self._base = base
        self._own = frozenset(own).union(f"{word}'s" for word in own)

    def of(self, words: Iterable[str]) -> Vocabulary | Extended:
        """What knows the terms that begin with these words: most often the vocabulary alone does."""
        return self._base if self._own.isdisjoint(words) else self

    def __missing__(self, word: str) -> Terms | None:
        found = self[word] = self._base[word]
        return found


def _terms(lines: str) -> Terms:
    alone: list[Named] = []
    longer: dict[str, dict[int, dict[str, tuple[Named, ...]]]] = {}
    for line in lines.split("\n"):
        rest, lexicon, term, exact = line.split("\t")
        named = (lexicon, term, exact)
        if not rest:
            alone.append(named)
            continue
        second, _, further = rest.partition(" ")
        by_rest = longer.setdefault(second, {}).setdefault(further.count(" ") + 2 if further else 1, {})
        by_rest[rest] = (*by_rest.get(rest, ()), named)
    plainly = len({lexicon for lexicon, _, _ in alone}) == len(alone) and not any(exact for _, _, exact in alone)
    return Terms(tuple(alone), {word: sorted(by.items(), reverse=True) for word, by in longer.items()}, plainly)


def entries(
    lexicon: str, terms: Iterable[tuple[str, str]], cased: Iterable[tuple[str, str]] = ()
) -> dict[str, list[Row]]:
    """Compiled entries of one lexicon, by first word.

    `terms` and `cased` are pairs of a written form and the term it stands for; `~word` in a form stands for all its
    inflections. Hyphens are no words: a term written with a hyphen is found with a space, and the other way round.
    """
    from healthlint.language.inflection import inflections

    table: dict[str, list[Row]] = {}

    def add(words: tuple[str, ...], term: str, exact: str) -> None:
        row = (" ".join(words[1:]), lexicon, " ".join(term.split()), exact)
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


def written(tables: Iterable[Mapping[str, list[Row]]]) -> dict[str, str]:
    """All tables as one, by first word, as a `Vocabulary` reads them: a row a line, with tabs between its parts."""
    whole: dict[str, list[str]] = {}
    for table in tables:
        for word, rows in table.items():
            whole.setdefault(word, []).extend("\t".join(row) for row in rows)
    return {word: "\n".join(lines) for word, lines in whole.items()}


def find_mentions(tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary | Extended) -> list[Mention]:
    """Mentions of every lexicon, leftmost and longest within each lexicon, in order of place."""
    norms = [token[0] for token in tokens]
    places: Sequence[int] = range(len(norms))
    if "-" in norms:
        places = [i for i in places if norms[i] != "-"]
        norms = [norms[i] for i in places]
    mentions = _mentions(places, norms, tokens, text, vocabulary)
    if "'s " in f"{' '.join(norms)} ":
        # "ketamine's effects": the bare word, where no term has the whole
        bare = [norm.removesuffix("'s") for norm in norms]
        covered = {(m.lexicon, i) for m in mentions for i in range(m.first, m.last)}
        mentions.extend(
            m
            for m in _mentions(places, bare, tokens, text, vocabulary)
            if not any((m.lexicon, i) in covered for i in range(m.first, m.last))
        )
        mentions.sort(key=lambda m: m.first)
    return mentions


def _mentions(
    places: Sequence[int], norms: list[str], tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary | Extended
) -> list[Mention]:
    """Mentions where the words at `places` are `norms`."""
    made = tuple.__new__
    vocabulary = vocabulary.of(norms)
    norms = [*norms, ""]  # no term goes on after the end
    taken: dict[str, int] = {}  # by lexicon where its last longer term ends
    reached = 0  # where the last of these ends
    mentions: list[Mention] = []
    for at, first in enumerate(places):
        terms = vocabulary[norms[at]]
        if terms is None:
            continue
        alone, longer, plainly = terms
        if (lengths := longer.get(norms[at + 1])) is not None:
            for length, by_rest in lengths:
                named = by_rest.get(" ".join(norms[at + 1 : at + 1 + length]))
                if named is None:
                    continue
                last = places[at + length] + 1
                start, end = tokens[first][1], tokens[last - 1][2]
                for lexicon, term, exact in named:
                    if taken.get(lexicon, -1) > first or (exact and text[start:end] != exact):
                        continue
                    taken[lexicon] = last
                    if reached < last:
                        reached = last
                    mentions.append(made(Mention, (lexicon, term, first, last, start, end)))
        if not alone:
            continue
        _, start, end, _ = tokens[first]
        if plainly and reached <= first:
            for lexicon, term, _ in alone:
                mentions.append(made(Mention, (lexicon, term, first, first + 1, start, end)))
            continue
        for lexicon, term, exact in alone:
            if taken.get(lexicon, -1) > first or (exact and text[start:end] != exact):
                continue
            taken[lexicon] = first + 1
            mentions.append(made(Mention, (lexicon, term, first, first + 1, start, end)))
    return mentions
