"""What the language layer reads sentences with: words, cue patterns, relations; compiled once, loaded quickly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from healthlint.claims.relations import Relations, relation_patterns, relation_terms, relations_of
from healthlint.claims.targets import target_terms
from healthlint.evidence.links import Links, link_data, load_links
from healthlint.language.cues import cue_patterns, cue_terms
from healthlint.language.kinds import KindCue, kind_cues
from healthlint.language.matching import Match, View, find
from healthlint.language.pattern_index import PatternIndex
from healthlint.language.pattern_nodes import PatternText
from healthlint.language.vocabulary import Extended, Vocabulary, entries, written

LexiconTerms = tuple[str, Iterable[str], Iterable[str]]
"""Name of a lexicon, its terms, its case-sensitive terms."""


class Knowledge(NamedTuple):
    """Words of every lexicon by first word, cue patterns each with the name of its group, and the benefit relations."""

    vocabulary: Vocabulary
    orders: frozenset[str]
    """Lexicons of verbs that count only as orders."""
    cue_patterns: PatternIndex[str]
    research: PatternIndex[str]
    """Patterns of words that only mention research."""
    relations: Relations
    links: Links
    new_subjects: Mapping[str, frozenset[str]]
    kind_groups: list[KindCue]
    kind_thresholds: Mapping[str, int]

    def hits(self, view: View) -> Iterator[tuple[str, Match]]:
        """Matches of cue patterns in the sentence, each with the name of its group."""
        return _hits(self.cue_patterns, view)

    def mentions(self, view: View) -> Iterator[tuple[str, Match]]:
        """Matches of the words that only mention research."""
        return _hits(self.research, view)


def _hits(patterns: PatternIndex[str], view: View) -> Iterator[tuple[str, Match]]:
    for group, pattern in patterns.candidates(view):
        for match in find(pattern, view):
            yield group, match


def compile_language(
    cues: Mapping[str, Any],
    lexicons: Iterable[LexiconTerms],
    orders: Iterable[str],
    medicine_terms: Iterable[tuple[str, str]],
    condition_terms: Iterable[tuple[str, str, bool, bool]],
    supplement_terms: Iterable[tuple[str, str]] = (),
) -> dict[str, Any]:
    """JSON-able data for `load_language`: cue files by stem, lexicons, names of medicines and conditions."""
    from healthlint.language.patterns import parse_pattern

    tables = [entries(name, words, cased) for name, words, cased in _word_lists(cues, lexicons)]
    tables.append(entries("medicine", ((term, ident) for term, ident in medicine_terms)))
    tables.append(entries("supplement-name", ((term, ident) for term, ident in supplement_terms)))
    conditions = list(condition_terms)
    plain = [(t, i) for t, i, cased, doubtful in conditions if not cased and not doubtful]
    tables.append(entries("condition", plain, ((t, i) for t, i, cased, _ in conditions if cased)))
    tables.append(entries("condition?", ((t, i) for t, i, cased, doubtful in conditions if doubtful and not cased)))
    patterns = [
        [group, text, keyed.anchor, keyed.further]
        for group, texts in _pattern_lists(cues)
        for text in texts
        for keyed in (parse_pattern(text).keyed,)
    ]
    return {
        "vocabulary": written(tables),
        "orders": sorted(orders),
        "patterns": patterns,
        "relations": {
            name: {key: block[key] for key in ("targets", "standing") if key in block}
            for name, block in cues["relations"]["relations"].items()
        },
        "unwanted": cues["relations"]["unwanted"],
        "disease-endings": [cues["targets"]["disease-endings"], cues["targets"]["no-disease"]],
        "links": link_data(cues["links"]),
        "new-subjects": {kind: cues[kind]["new-subject"] for kind in ("negation", "hedge")},
        "kinds": {
            "groups": [list(g) for g in kind_cues(cues["kinds"])[0]],
            "thresholds": kind_cues(cues["kinds"])[2],
        },
    }


def _word_lists(
    cues: Mapping[str, Any], lexicons: Iterable[LexiconTerms]
) -> Iterator[tuple[str, list[tuple[str, str]], list[tuple[str, str]]]]:
    for name, terms, cased in lexicons:
        yield name, [(t, t.replace("~", "")) for t in terms], [(t, t) for t in cased]
    for name, words in cue_terms(cues):
        yield name, [(w, w) for w in words], []
    yield "cue-science", [(w, w) for w in cues["research"]["subjects"]], []
    for name, pairs in (*relation_terms(cues["relations"]), *target_terms(cues["targets"])):
        yield name, pairs, []


def _pattern_lists(cues: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield from cue_patterns(cues)
    yield from relation_patterns(cues["relations"])
    evidence = cues["evidence"]
    for kind, patterns in evidence["kinds"].items():
        yield f"evidence.{kind}", patterns
    yield "evidence.lacking", evidence["lacking"]
    yield "evidence.own-work", evidence["own-work"]
    yield "evidence.trade", evidence["trade"]
    research = cues["research"]
    for kind, patterns in research["mentions"].items():
        yield f"mention.{kind}", patterns
    yield "mention.headline", research["headline"]
    yield "mention.void", research["voids"]
    for index, patterns in enumerate(kind_cues(cues["kinds"])[1]):
        yield f"kind.{index}", patterns


def load_language(data: Mapping[str, Any]) -> Knowledge:
    """The compiled data as values."""
    patterns: list[tuple[str, PatternText]] = []
    research: list[tuple[str, PatternText]] = []
    for group, text, anchor, further in data["patterns"]:
        pattern = PatternText(text, False, tuple(anchor), tuple(map(tuple, further)))
        family, _, kind = group.partition(".")
        if family == "mention":
            research.append((kind, pattern))
        else:
            patterns.append((group, pattern))
    return Knowledge(
        vocabulary=Vocabulary(data["vocabulary"]),
        orders=frozenset(data["orders"]),
        cue_patterns=PatternIndex(patterns),
        research=PatternIndex(research),
        relations=relations_of(data),
        links=load_links(data["links"]),
        new_subjects={kind: frozenset(words) for kind, words in data["new-subjects"].items()},
        kind_groups=[KindCue(*group) for group in data["kinds"]["groups"]],
        kind_thresholds=data["kinds"]["thresholds"],
    )


def with_names(vocabulary: Vocabulary, names: Iterable[str]) -> Vocabulary | Extended:
    """The vocabulary with the publisher's own names added."""
    own = entries("publisher", ((name, name) for name in names))
    return vocabulary.with_table(own) if own else vocabulary
