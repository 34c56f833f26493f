"""Finding patterns in a sentence: all positions a pattern can reach are followed at once, so that time is bounded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.errors import UserError
from healthlint.language.annotation import Mention, Token
from healthlint.language.pattern_nodes import SKIPPED, STOPS, Mark, PatternList, PatternText, follow, is_letters
from healthlint.language.patterns import Marked, Pattern, parse_pattern
from healthlint.language.tokens import lowered, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

TIME_LIMIT = 0.25
"""Seconds that a regular expression may take over one sentence."""

_ENDS = STOPS | SKIPPED


class Match(NamedTuple):
    """The reported part of a match: tokens `first` to `last` (exclusive), offsets in the sentence."""

    first: int
    last: int
    start: int
    end: int


class _Keys(dict[str, str]):
    """The key of each lexicon, `{lexicon}`."""

    def __missing__(self, lexicon: str) -> str:
        key = self[lexicon] = f"{{{lexicon}}}"
        return key


_KEYS = _Keys()
_PAIR = " ".join


class View:
    """The tokens and mentions of one sentence, laid out for matching. Made once, used by every pattern."""

    __slots__ = (
        "_low", "_plain", "by_lexicon", "count", "keys", "norms", "noted", "places", "solid", "tail", "text", "tokens",
    )  # fmt: skip

    def __init__(
        self,
        tokens: tuple[Token, ...],
        mentions: Iterable[Mention],
        text: str = "",
        low: str | None = None,
    ) -> None:
        self.tokens = tokens
        self.text = text
        self.count = count = len(tokens)
        self.norms = norms = [token[0] for token in tokens]
        self.keys = keys = set(norms)
        """What patterns look for before they are tried, as told in `PatternText`."""
        self.solid = solid = [*range(count), count, count]
        """For each token the first at or after it that is not passed over."""
        words = norms
        if not SKIPPED.isdisjoint(keys):
            words = norms.copy()
            for i in reversed([i for i, norm in enumerate(norms) if norm in SKIPPED]):
                solid[i] = solid[i + 1]
                del words[i]
        tail = count
        while tail and norms[tail - 1] in _ENDS:
            tail -= 1
        self.tail = tail
        """Where only closing marks are left."""
        self.places: dict[int, list[Mention]] = {}
        """Mentions by their first token."""
        self.by_lexicon: dict[str, list[Mention]] = {}
        places, by_lexicon = self.places, self.by_lexicon
        for mention in mentions:
            lexicon, first = mention[0], mention[2]
            if lexicon in by_lexicon:
                by_lexicon[lexicon].append(mention)
            else:
                by_lexicon[lexicon] = [mention]
            if first in places:
                places[first].append(mention)
            else:
                places[first] = [mention]
        keys.update(map(_KEYS.__getitem__, by_lexicon), map(_PAIR, pairwise(words)))
        if words:
            keys.add(f"^{words[0]}")
            keys.update([f"^{{{mention[0]}}}" for mention in places.get(solid[0], ())])
        norms.append("")  # the end, where a pattern may look for one more word
        self.noted: dict[object, Any] = {}
        """What was found in the words, by who asked: kept for when the sentence comes again."""
        self._low = low
        self._plain: str | None = None

    @property
    def plain(self) -> str:
        """The sentence with plain quotes and dashes, as long as the original."""
        if self._plain is None:
            self._plain = plain(self.text)
        return self._plain

    @property
    def low(self) -> str:
        if self._low is None:
            self._low = lowered(self.plain)
        return self._low


def find(pattern: Pattern | PatternText | str, view: View) -> Iterable[Match]:
    """Matches of the pattern, from left to right, none overlapping; at each place the longest."""
    if isinstance(pattern, PatternText):
        if pattern.regex:
            return _find_regex(pattern.text, view)
        pattern = parse_pattern(pattern.text)
    elif isinstance(pattern, str):
        pattern = parse_pattern(pattern)
    return _find(pattern, view)


def _find(pattern: Pattern, view: View) -> list[Match]:
    norms, solid, tokens = view.norms, view.solid, view.tokens
    lead, rest, marked = pattern.lead, pattern.rest, pattern.marked
    found: list[Match] = []
    reached = 0
    for at in _beginnings(pattern, view):
        if at < reached:
            continue
        after = at
        for words in lead:
            here = solid[after]
            if norms[here] not in words:
                break
            after = here + 1
        else:
            if norms[at] in SKIPPED and not isinstance(pattern.nodes[0], Mark):
                continue
            begin, stop, end = at, after, after
            if rest:
                ends = follow(rest, {after}, view)
                if not ends:
                    continue
                stop = end = max(ends)
            if marked:
                begin, stop = _marked_part(marked, at, after, end, view)
            found.append(Match(begin, stop, tokens[begin][1], tokens[stop - 1][2]))
            reached = max(end, at + 1)
    return found


def _marked_part(marked: Marked, at: int, after: int, end: int, view: View) -> tuple[int, int]:
    """The part between ⟦ and ⟧ of a match from `at` to `end`, the largest; all of the match where the part is empty."""
    solid, last = view.solid, view.count - 1
    parts: list[tuple[int, int]] = []
    for opening in follow(marked.before, {after}, view):
        parts += [
            (min(solid[opening], last), -closing)
            for closing in follow(marked.within, {opening}, view)
            if end in follow(marked.behind, {closing}, view)
        ]
    begin, negative = min(parts)
    return (begin, -negative) if begin < -negative else (at, end)


def _beginnings(pattern: Pattern, view: View) -> Iterable[int]:
    """Tokens at which a match can begin, in order."""
    if pattern.at_start:
        return range(min(view.solid[0] + 1, view.count))
    if pattern.first is None:
        return range(view.count)
    first, by_lexicon = pattern.first, view.by_lexicon
    found = [at for at, norm in enumerate(view.norms) if norm in first]
    if pattern.opens_with:
        places = {m.first for lexicon in pattern.opens_with if lexicon in by_lexicon for m in by_lexicon[lexicon]}
        return sorted(places.union(found))
    return found


def any_match(patterns: Iterable[PatternText], view: View) -> bool:
    """Whether one of the patterns is in the sentence."""
    for pattern in possible(patterns, view):
        for _ in find(pattern, view):
            return True
    return False


def possible(patterns: Iterable[PatternText], view: View) -> list[PatternText]:
    """The patterns less those of which the sentence lacks keys; costs next to nothing."""
    keys = view.keys
    found: list[PatternText] = []
    if type(patterns) is PatternList and (anchors := patterns.anchors) is not None and keys.isdisjoint(anchors):
        return found
    for pattern in patterns:
        _, _, anchor, further = pattern
        if anchor and keys.isdisjoint(anchor):
            if not is_letters(anchor[0]):
                continue
            low = view.low
            if not any(key[1:] in low for key in anchor):
                continue
        for needed in further:
            if keys.isdisjoint(needed):
                break
        else:
            found.append(pattern)
    return found


@lru_cache(maxsize=1024)
def _regex(text: str) -> Any:
    regex = import_module("regex")
    return regex.compile(text, regex.IGNORECASE)


def _find_regex(text: str, view: View) -> Iterator[Match]:
    starts: list[int] = []
    try:
        for found in _regex(text).finditer(view.plain, timeout=TIME_LIMIT):
            start, end = found.span()
            if start < end:
                starts = starts or [token.start for token in view.tokens]
                yield Match(bisect_left(starts, start), bisect_left(starts, end), start, end)
    except TimeoutError as error:
        raise UserError(
            f"regular expression took more than {TIME_LIMIT:g} s on one sentence: {text}",
            hint="write it without a repetition inside a repetition",
        ) from error
