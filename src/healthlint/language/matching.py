"""Finding patterns in a sentence: all positions a pattern can reach are followed at once, so that time is bounded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.errors import UserError
from healthlint.language.annotation import MARK, Mention, Sentence, Token
from healthlint.language.pattern_nodes import ANY, Gap, Group, Mark, Node, PatternText, Place, Word
from healthlint.language.patterns import SKIPPED, STOPS, Pattern, parse_pattern
from healthlint.language.tokens import lowered, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

TIME_LIMIT = 0.25
"""Seconds that a regular expression may take over one sentence."""

_ENDS = STOPS | SKIPPED


class Match(NamedTuple):
    """The reported part of a match: tokens `first` to `last` (exclusive), offsets in the block's text."""

    first: int
    last: int
    start: int
    end: int


class View:
    """The tokens and mentions of one sentence, laid out for matching. Made once, used by every pattern."""

    __slots__ = (
        "_low", "_plain", "end", "keys", "norms", "places", "positions", "solid", "start", "tail", "text", "tokens",
    )  # fmt: skip

    def __init__(
        self, tokens: tuple[Token, ...], mentions: Iterable[Mention], text: str = "", start: int = 0, end: int = 0
    ) -> None:
        self.tokens = tokens
        self.text, self.start, self.end = text, start, end
        self.norms = norms = [token.norm for token in tokens]
        count = len(tokens)
        solid = [count] * (count + 2)
        tail, seen = 0, False
        for i in range(count - 1, -1, -1):
            passed = norms[i] in SKIPPED and tokens[i].kind == MARK
            solid[i] = solid[i + 1] if passed else i
            if not seen and norms[i] not in _ENDS:
                tail, seen = i + 1, True
        self.solid = solid
        """For each token the first at or after it that is not passed over."""
        self.tail = tail
        """Where only closing marks are left."""
        self.places: dict[int, list[Mention]] = {}
        self.positions: dict[str, list[int]] = {}
        """Where each key stands: a word, or `{lexicon}` for a mention."""
        positions = self.positions
        for i, norm in enumerate(norms):
            positions.setdefault(norm, []).append(i)
        for mention in mentions:
            self.places.setdefault(mention.first, []).append(mention)
            positions.setdefault("{" + mention.lexicon + "}", []).append(mention.first)
        self.keys = set(positions)
        self._low: str | None = None
        self._plain: str | None = None

    @classmethod
    def of(cls, sentence: Sentence) -> View:
        return cls(sentence.tokens, sentence.mentions, sentence.block.text, sentence.start, sentence.end)

    @property
    def plain(self) -> str:
        """The sentence with plain quotes and dashes, as long as the original."""
        if self._plain is None:
            self._plain = plain(self.text[self.start : self.end])
        return self._plain

    @property
    def low(self) -> str:
        if self._low is None:
            self._low = lowered(self.plain)
        return self._low


_State = dict[int, tuple[int, int]]
"""Positions reached, each with where the reported part begins and ends (-1: not yet)."""


def find(pattern: Pattern | PatternText | str, view: View) -> Iterator[Match]:
    """Matches of the pattern, from left to right, none overlapping; at each place the longest."""
    if isinstance(pattern, PatternText):
        if pattern.regex:
            yield from _find_regex(pattern.text, view)
            return
        pattern = parse_pattern(pattern.text)
    elif isinstance(pattern, str):
        pattern = parse_pattern(pattern)
    for needed in pattern.required:
        if needed.isdisjoint(view.keys):
            return
    reached = 0
    for at in _beginnings(pattern, view):
        if at < reached:
            continue
        states = _run(pattern.nodes, {at: (-1, -1)}, view)
        if not states or (view.norms[at] in SKIPPED and not isinstance(pattern.nodes[0], Mark)):
            continue
        end = max(states)
        opened, closed = states[end]
        begin, stop = (opened, closed) if 0 <= opened < closed else (at, end)
        yield Match(begin, stop, view.tokens[begin].start, view.tokens[stop - 1].end)
        reached = max(end, at + 1)


def _beginnings(pattern: Pattern, view: View) -> Iterable[int]:
    """Tokens at which a match can begin, in order."""
    if pattern.at_start:
        return range(min(view.solid[0] + 1, len(view.norms)))
    if pattern.first is None:
        return range(len(view.norms))
    found = [view.positions[key] for key in pattern.first & view.keys]
    return found[0] if len(found) == 1 else sorted({at for positions in found for at in positions})


def any_match(patterns: Iterable[PatternText], view: View) -> bool:
    """Whether one of the patterns is in the sentence."""
    return any(may_match(p, view) and next(find(p, view), None) is not None for p in patterns)


def may_match(pattern: PatternText, view: View) -> bool:
    """False when the sentence lacks keys that the pattern needs; costs next to nothing."""
    anchor = pattern.anchor
    if not anchor:
        return True
    if anchor[0][0] == "=" and len(anchor[0]) > 1:
        return any(key[1:] in view.low for key in anchor)
    keys = view.keys
    return not keys.isdisjoint(anchor) and not (pattern.further and keys.isdisjoint(pattern.further))


def _run(nodes: tuple[Node, ...], states: _State, view: View) -> _State:
    for node in nodes:
        states = _step(node, states, view)
        if not states:
            break
    return states


def _step(node: Node, states: _State, view: View) -> _State:
    reached: _State = {}
    norms, solid = view.norms, view.solid
    count = len(norms)
    if isinstance(node, Word):
        words = node.words
        for at, marks in states.items():
            here = solid[at]
            if here < count and norms[here] in words:
                _add(reached, here + 1, marks)
    elif isinstance(node, Group):
        for choice in node.choices:
            for at, marks in (_run(choice, states, view) if choice else states).items():
                _add(reached, at, marks)
    elif isinstance(node, Place):
        wanted = node.lexicons
        for at, marks in states.items():
            here = solid[at]
            if ANY in wanted:
                if here < count and view.tokens[here].kind != MARK:
                    _add(reached, here + 1, marks)
                continue
            for mention in view.places.get(here, ()):
                if mention.lexicon in wanted:
                    _add(reached, mention.last, marks)
    elif isinstance(node, Gap):
        for at, marks in states.items():
            _add(reached, at, marks)
            for _ in range(node.limit):
                at = solid[at]
                if at >= count or norms[at] in STOPS:
                    break
                at += 1
                _add(reached, at, marks)
    elif isinstance(node, Mark):
        for at, marks in states.items():
            for here in range(at, min(solid[at] + 1, count)):
                if norms[here] == node.norm:
                    _add(reached, here + 1, marks)
                    break
    else:
        _sign(node.sign, states, reached, view)
    return reached


def _sign(sign: str, states: _State, reached: _State, view: View) -> None:
    for at, (opened, closed) in states.items():
        if sign == "⟦":
            _add(reached, at, (min(view.solid[at], len(view.norms) - 1), closed))
        elif sign == "⟧":
            _add(reached, at, (opened, at))
        elif (sign == "^" and at <= view.solid[0]) or (sign == "$" and at >= view.tail):
            _add(reached, at, (opened, closed))


def _add(states: _State, at: int, marks: tuple[int, int]) -> None:
    """Of two ways to one position, keep the one that reports more."""
    before = states.get(at)
    if before is None or (marks[0], -marks[1]) < (before[0], -before[1]):
        states[at] = marks


@lru_cache(maxsize=1024)
def _regex(text: str) -> Any:
    regex = import_module("regex")
    return regex.compile(text, regex.IGNORECASE)


def _find_regex(text: str, view: View) -> Iterator[Match]:
    starts = [token.start for token in view.tokens]
    try:
        for found in _regex(text).finditer(view.plain, timeout=TIME_LIMIT):
            start, end = (offset + view.start for offset in found.span())
            if start < end:
                yield Match(bisect_left(starts, start), bisect_left(starts, end), start, end)
    except TimeoutError as error:
        raise UserError(
            f"regular expression took more than {TIME_LIMIT:g} s on one sentence: {text}",
            hint="write it without a repetition inside a repetition",
        ) from error
