"""The `phrase` check: words within one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from healthlint.checks.candidate import Candidate
from healthlint.errors import UserError
from healthlint.language.matching import Match, View, any_match, find, possible
from healthlint.rules.model import PhraseCheck

if TYPE_CHECKING:
    from healthlint.language.annotation import AnnotatedDocument, Sentence
    from healthlint.language.pattern_nodes import PatternText
    from healthlint.rules.model import Rule
    from healthlint.rules.phrase_index import PhraseIndex


Said = list[tuple["Rule", list[Match]]]
"""Rules with the places in one sentence where their words stand."""


def check(rule: Rule, sentence: Sentence, sentence_index: int, matches: Iterable[Match]) -> Iterator[Candidate]:
    """Places in the sentence where the rule's patterns match, as `matches_of` found them."""
    for _, _, start, end in matches:
        yield Candidate(rule, sentence_index, start, end, (("match", sentence.words(start, end)),))


def said_in(document: AnnotatedDocument, phrases: PhraseIndex) -> list[Said]:
    """What the rules of the index find in each sentence, whatever block it stands in.

    It is noted down with the words, so that a sentence which comes again is not searched again.
    """
    views = [sentence.view for sentence in document.sentences]
    new = [view for view in views if phrases not in view.noted]
    narrowed = phrases.within(new) if new else phrases
    for view in dict.fromkeys(new):
        said = [(rule, matches_of(rule, view, patterns)) for rule, patterns in narrowed.candidates(view)]
        view.noted[phrases] = [(rule, matches) for rule, matches in said if matches]
    return [view.noted[phrases] for view in views]


def matches_of(rule: Rule, view: View, patterns: Sequence[PatternText] | None = None) -> list[Match]:
    """Where the rule's patterns match.

    `patterns` are those that can match at all, as a `PhraseIndex` tells; all of the rule's when left out.
    """
    asked = rule.check
    assert isinstance(asked, PhraseCheck)
    try:
        matches = _matches(possible(asked.patterns, view) if patterns is None else patterns, view)
        if not matches or not allowed(asked.with_, asked.without, view):
            return []
        matches = outside(matches, asked.except_, view)
    except UserError as error:
        raise UserError(error.title, where=rule.path or rule.id, hint=error.hint) from error
    if asked.report == "sentence":
        return [Match(0, view.count, 0, len(view.text))] if matches else []
    return matches


def allowed(with_: Sequence[PatternText], without: Sequence[PatternText], view: View) -> bool:
    """Whether the sentence has one of `with_` (if any is asked for) and none of `without`."""
    return (not with_ or any_match(with_, view)) and not (without and any_match(without, view))


def outside(matches: list[Match], except_: Sequence[PatternText], view: View) -> list[Match]:
    """The matches that no match of `except_` overlaps."""
    if not except_ or not matches:
        return matches
    barred = [m for pattern in possible(except_, view) for m in find(pattern, view)]
    return [m for m in matches if not any(b.start < m.end and m.start < b.end for b in barred)]


def _matches(patterns: Sequence[PatternText], view: View) -> list[Match]:
    """Matches of all patterns in order; of those that overlap, the one that begins first, then the longer."""
    found = [match for pattern in patterns for match in find(pattern, view)]
    if len(found) < 2:
        return found
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
