"""The pattern language of phrase checks: from the text of a pattern to a tree that can be matched.

no ~side effect          words; `~` for any inflection
(call us|get in touch)   alternatives      your? visit     optional      ... ...8   a gap of up to 4, or 8 words
{condition|symptom}      a place: a mention of one of these lexicons; {anyword} is any one word
⟦few to no⟧ ...          the part to report             ^ $   start and end of the sentence
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from healthlint.language.annotation import MARK
from healthlint.language.inflection import inflections
from healthlint.language.pattern_keys import cost, first_keys, mandatory, required_keys
from healthlint.language.pattern_nodes import ANY, SKIPPED, Gap, Mark, Node, Place, Sign, Word, group_of
from healthlint.language.tokens import tokenize

GAP = 4
LONGEST_GAP = 30
DEEPEST = 8


class Pattern(NamedTuple):
    """A pattern, parsed. `first`: keys one of which a match begins with (None: anything may).

    Sets of keys are told of it; a sentence that lacks all keys of one set has no match. `anchor` is the rarest of
    them, `further` the next one, where it is short, `required` holds the others.
    """

    text: str
    nodes: tuple[Node, ...]
    lead: tuple[frozenset[str], ...]
    """The words of the nodes up to the first that is no plain word."""
    rest: tuple[Node, ...]
    """The nodes after these."""
    first: frozenset[str] | None
    required: tuple[frozenset[str], ...]
    anchor: tuple[str, ...]
    further: tuple[str, ...]
    at_start: bool
    lexicons: frozenset[str]


class PatternError(ValueError):
    """What is wrong with a pattern, and at which column (from 1)."""

    def __init__(self, problem: str, column: int) -> None:
        super().__init__(f"{problem}, at column {column} of the pattern")
        self.problem = problem
        self.column = column


_LEX = re.compile(
    r"(?P<space>\s+)|(?P<simple>\([a-z]+(?:\|[a-z]+)+\))|(?P<gap>(?:\.{3}|…)(?P<limit>\d*))|(?P<place>\{(?P<names>[^{}]*)\})"
    r"|(?P<sign>[⟦⟧()|?])|(?P<chunk>[^\s⟦⟧()|?{}…]+?(?=\.{3}|[\s⟦⟧()|?{}…]|$))|(?P<other>.)"
)
_NAME = re.compile(r"[a-z][a-z0-9-]*")


_FURTHER_KEYS = 30
"""Longer sets are not worth their place in the pack."""


@lru_cache(maxsize=8192)
def parse_pattern(text: str) -> Pattern:
    """The pattern that `text` writes; `PatternError` where it is none."""
    parser = _Parser(text)
    nodes = parser.parse()
    ranked = sorted(required_keys(nodes), key=cost)
    has_further = len(ranked) > 1 and len(ranked[1]) <= _FURTHER_KEYS
    lead = [node.words for node in takewhile(lambda node: isinstance(node, Word), nodes) if isinstance(node, Word)]
    if not mandatory(nodes):
        raise PatternError("the pattern can match nothing at all; one word or place must not be optional", 1)
    return Pattern(
        text=text,
        nodes=nodes,
        lead=tuple(lead),
        rest=nodes[len(lead) :],
        first=first_keys(nodes)[0],
        required=tuple(ranked[2 if has_further else 1 :]),
        anchor=tuple(sorted(ranked[0])) if ranked else (),
        further=tuple(sorted(ranked[1])) if has_further else (),
        at_start=bool(nodes) and Sign("^") in nodes[:2] and not isinstance(nodes[0], (Word, Place, Mark)),
        lexicons=frozenset(parser.lexicons),
    )


class _Parser:
    """Recursive descent over the pieces of one pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = list(_LEX.finditer(text))
        self.at = 0
        self.lexicons: set[str] = set()
        self.marks: list[tuple[str, int]] = []
        self.depth = 0

    def error(self, problem: str, piece: re.Match[str] | None = None) -> PatternError:
        return PatternError(problem, piece.start() + 1 if piece else len(self.text) + 1)

    def peek(self) -> re.Match[str] | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def parse(self) -> tuple[Node, ...]:
        if not self.text.strip():
            raise PatternError("the pattern is empty", 1)
        nodes = self.sequence()
        piece = self.peek()
        if piece is not None:
            closing = piece.group() == ")"
            raise self.error("')' closes nothing" if closing else "'|' stands outside of brackets", piece)
        signs = [sign for sign, _ in self.marks]
        if signs not in ([], ["⟦", "⟧"]):
            raise PatternError("⟦ and ⟧ must stand once each, in this order", self.marks[-1][1])
        if not nodes:
            raise PatternError("the pattern is empty", 1)
        if isinstance(nodes[0], Gap):
            raise PatternError("a pattern cannot begin with a gap", 1)
        return nodes

    def sequence(self) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while (piece := self.peek()) is not None and piece.group() not in (")", "|"):
            self.at += 1
            if piece["space"]:
                continue
            made = self.item(piece)
            following = self.peek()
            if following is not None and following.group() == "?":
                if not made or isinstance(made[-1], (Gap, Sign)):
                    raise self.error("'?' makes a word, a place or a group optional, nothing else", following)
                self.at += 1
                made = [*made[:-1], group_of((made[-1],), ())]
            nodes.extend(made)
        return tuple(nodes)

    def item(self, piece: re.Match[str]) -> list[Node]:
        text = piece.group()
        if piece["simple"]:  # most groups are plain words: no need to take them apart one by one
            return [Word(frozenset(text[1:-1].split("|")))]
        if piece["gap"]:
            return [self.gap(piece)]
        if piece["place"]:
            return [self.place(piece)]
        if piece["chunk"]:
            return self.chunk(piece)
        if text == "(":
            return [self.group(piece)]
        if text in "⟦⟧":
            if self.depth:
                raise self.error(f"'{text}' cannot stand in brackets", piece)
            self.marks.append((text, piece.start() + 1))
            return [Sign(text)]
        if text == "?":
            raise self.error("'?' must follow a word, a place or a group directly", piece)
        if text in "{}":
            raise self.error(f"'{text}' has no partner", piece)
        raise self.error(f"'{text}' cannot be written here", piece)

    def gap(self, piece: re.Match[str]) -> Node:
        limit = int(piece["limit"]) if piece["limit"] else GAP
        if not 0 < limit <= LONGEST_GAP:
            raise self.error(f"a gap has 1 to {LONGEST_GAP} words", piece)
        return Gap(limit)

    def place(self, piece: re.Match[str]) -> Node:
        names = [name.strip() for name in piece["names"].split("|")]
        for name in names:
            if not _NAME.fullmatch(name):
                raise self.error(f"'{name}' is no name of a lexicon", piece)
        if ANY in names and len(names) > 1:
            raise self.error(f"{{{ANY}}} takes in every other place", piece)
        self.lexicons.update(names)
        return Place(frozenset(names))

    def group(self, piece: re.Match[str]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"brackets are nested more than {DEEPEST} deep", piece)
        choices = [self.sequence()]
        while (following := self.peek()) is not None and following.group() == "|":
            self.at += 1
            choices.append(self.sequence())
        if following is None:
            raise self.error("'(' is never closed", piece)
        self.at += 1
        self.depth -= 1
        if not all(choices):
            raise self.error("an alternative is empty; write `?` after the brackets instead", piece)
        single = [choice[0] for choice in choices if len(choice) == 1]
        words = [node.words for node in single if isinstance(node, Word)]
        if len(words) == len(choices):
            return Word(frozenset().union(*words))
        return group_of(*choices)

    def chunk(self, piece: re.Match[str]) -> list[Node]:
        text = piece.group()
        if text.isascii() and text.isalpha():
            return [Word(frozenset((text.lower(),)))]
        if text == "^" and self.opens(piece):
            return [Sign("^")]
        if text == "$" and self.closes():
            return [Sign("$")]
        if text.startswith("~"):
            word = text[1:]
            if not word or any(t.kind == MARK and t.norm != "-" for t in tokenize(word)):
                raise self.error("'~' must be followed by a word", piece)
            forms = [tuple(t.norm for t in tokenize(form) if t.norm != "-") for form in inflections(word)]
            if all(len(form) == 1 for form in forms):
                return [Word(frozenset(form[0] for form in forms))]
            return [group_of(*(tuple(Word(frozenset((w,))) for w in form) for form in forms))]
        tokens = tokenize(text)
        if len(tokens) == 1 and tokens[0].kind == MARK:
            return [Mark(tokens[0].norm)]
        nodes: list[Node] = []
        for token in tokens:
            if token.kind != MARK:
                nodes.append(Word(frozenset((token.norm,))))
            elif token.norm == "~":
                raise self.error("'~' must stand at the start of a word", piece)
            elif token.norm not in SKIPPED:
                nodes.append(Mark(token.norm))
            elif token.norm not in "-/":
                if token.norm == "'":
                    raise self.error("an apostrophe begins no word: write the whole, such as `we'll`", piece)
                raise self.error(f"'{token.norm}' is passed over anyway: leave it out, or put spaces around", piece)
        return nodes

    def opens(self, piece: re.Match[str]) -> bool:
        before = self.text[: piece.start()].rstrip()
        return not before or before[-1] in "(|⟦"

    def closes(self) -> bool:
        rest = self.text[self.pieces[self.at - 1].end() :].lstrip()
        return not rest or rest[0] in ")|⟧"
