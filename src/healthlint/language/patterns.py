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
from healthlint.language.pattern_keys import cost, first_keys, mandatory, opening_keys, required_keys
from healthlint.language.pattern_nodes import ANY, SKIPPED, Gap, Mark, Node, PatternText, Place, Sign, Word, group_of
from healthlint.language.tokens import tokenize

GAP = 4
LONGEST_GAP = 30
DEEPEST = 8


class Marked(NamedTuple):
    """The nodes after a pattern's lead, parted by its marks: before ⟦, up to ⟧, behind it."""

    before: tuple[Node, ...]
    within: tuple[Node, ...]
    behind: tuple[Node, ...]


class Pattern(NamedTuple):
    """A pattern, parsed. `first`: keys one of which a match begins with (None: anything may)."""

    text: str
    nodes: tuple[Node, ...]
    lead: tuple[frozenset[str], ...]
    """The words of the nodes up to the first that is no plain word."""
    rest: tuple[Node, ...]
    """The nodes after these, without marks."""
    marked: Marked | None
    first: frozenset[str] | None
    opens_with: tuple[str, ...]
    """The lexicons among `first`."""
    at_start: bool
    lexicons: frozenset[str]

    @property
    def keyed(self) -> PatternText:
        """The pattern as a rule holds it, with the keys that a sentence must hold."""
        needed = required_keys(self.nodes)
        if self.at_start and self.first is not None:
            needed.append(opening_keys(self.first))
        ranked = [tuple(sorted(keys)) for keys in sorted(needed, key=cost)]
        further = tuple(keys for keys in ranked[1:] if len(keys) <= _FURTHER_KEYS)
        return PatternText(self.text, False, ranked[0] if ranked else (), further)


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
    lead = [node.words for node in takewhile(lambda node: isinstance(node, Word), nodes) if isinstance(node, Word)]
    if not mandatory(nodes):
        raise PatternError("the pattern can match nothing at all; one word or place must not be optional", 1)
    first = first_keys(nodes)[0]
    rest = nodes[len(lead) :]
    return Pattern(
        text=text,
        nodes=nodes,
        lead=tuple(lead),
        rest=tuple(node for node in rest if node not in _MARKS),
        marked=_marked(rest) if _MARKS[0] in nodes else None,
        first=first,
        opens_with=tuple(key[1:-1] for key in sorted(first or ()) if key[0] == "{" and len(key) > 1),
        at_start=bool(nodes) and Sign("^") in nodes[:2] and not isinstance(nodes[0], (Word, Place, Mark)),
        lexicons=frozenset(parser.lexicons),
    )


_MARKS = (Sign("⟦"), Sign("⟧"))


def _marked(nodes: tuple[Node, ...]) -> Marked:
    opening, closing = map(nodes.index, _MARKS)
    return Marked(nodes[:opening], nodes[opening + 1 : closing], nodes[closing + 1 :])


_END = ""
_AFTER_A_SEQUENCE = (")", "|", _END)


class _Parser:
    """Recursive descent over the pieces of one pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = list(_LEX.finditer(text))
        self.kinds = [piece.lastgroup for piece in self.pieces] + [_END]
        self.texts = [piece.group() for piece in self.pieces] + [_END]
        self.at = 0
        self.lexicons: set[str] = set()
        self.marks: list[tuple[str, int]] = []
        self.depth = 0

    def error(self, problem: str, at: int) -> PatternError:
        """What is wrong with the piece `at`, or with the end."""
        return PatternError(problem, self.pieces[at].start() + 1 if at < len(self.pieces) else len(self.text) + 1)

    def parse(self) -> tuple[Node, ...]:
        if not self.text.strip():
            raise PatternError("the pattern is empty", 1)
        nodes = self.sequence()
        if self.kinds[self.at] != _END:
            closing = self.texts[self.at] == ")"
            raise self.error("')' closes nothing" if closing else "'|' stands outside of brackets", self.at)
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
        while self.texts[self.at] not in _AFTER_A_SEQUENCE:
            at = self.at
            self.at += 1
            if self.kinds[at] == "space":
                continue
            made = self.item(at)
            if self.texts[self.at] == "?":
                if not made or isinstance(made[-1], (Gap, Sign)):
                    raise self.error("'?' makes a word, a place or a group optional, nothing else", self.at)
                self.at += 1
                made = [*made[:-1], group_of((made[-1],), ())]
            nodes.extend(made)
        return tuple(nodes)

    def item(self, at: int) -> list[Node]:
        kind, text = self.kinds[at], self.texts[at]
        if kind == "chunk":
            return [Word(frozenset((text.lower(),)))] if text.isascii() and text.isalpha() else self.chunk(at)
        if kind == "simple":  # most groups are plain words: no need to take them apart one by one
            return [Word(frozenset(text[1:-1].split("|")))]
        if kind == "gap":
            return [self.gap(at)]
        if kind == "place":
            return [self.place(at)]
        if text == "(":
            return [self.group(at)]
        if text in "⟦⟧":
            if self.depth:
                raise self.error(f"'{text}' cannot stand in brackets", at)
            self.marks.append((text, self.pieces[at].start() + 1))
            return [Sign(text)]
        if text == "?":
            raise self.error("'?' must follow a word, a place or a group directly", at)
        if text in "{}":
            raise self.error(f"'{text}' has no partner", at)
        raise self.error(f"'{text}' cannot be written here", at)

    def gap(self, at: int) -> Node:
        limit = int(self.pieces[at]["limit"] or GAP)
        if not 0 < limit <= LONGEST_GAP:
            raise self.error(f"a gap has 1 to {LONGEST_GAP} words", at)
        return Gap(limit)

    def place(self, at: int) -> Node:
        names = [name.strip() for name in self.pieces[at]["names"].split("|")]
        for name in names:
            if not _NAME.fullmatch(name):
                raise self.error(f"'{name}' is no name of a lexicon", at)
        if ANY in names and len(names) > 1:
            raise self.error(f"{{{ANY}}} takes in every other place", at)
        self.lexicons.update(names)
        return Place(frozenset(names))

    def group(self, at: int) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"brackets are nested more than {DEEPEST} deep", at)
        choices = [self.sequence()]
        while self.texts[self.at] == "|":
            self.at += 1
            choices.append(self.sequence())
        if self.kinds[self.at] == _END:
            raise self.error("'(' is never closed", at)
        self.at += 1
        self.depth -= 1
        if not all(choices):
            raise self.error("an alternative is empty; write `?` after the brackets instead", at)
        single = [choice[0] for choice in choices if len(choice) == 1]
        words = [node.words for node in single if isinstance(node, Word)]
        if len(words) == len(choices):
            return Word(frozenset().union(*words))
        return group_of(*choices)

    def chunk(self, at: int) -> list[Node]:
        text = self.texts[at]
        if text == "^" and self.opens(at):
            return [Sign("^")]
        if text == "$" and self.closes(at):
            return [Sign("$")]
        if text.startswith("~"):
            return [self.inflected(text[1:], at)]
        tokens = tokenize(text)
        if len(tokens) == 1 and tokens[0].kind == MARK:
            return [Mark(tokens[0].norm)]
        nodes: list[Node] = []
        for token in tokens:
            if token.kind != MARK:
                nodes.append(Word(frozenset((token.norm,))))
            elif token.norm == "~":
                raise self.error("'~' must stand at the start of a word", at)
            elif token.norm not in SKIPPED:
                nodes.append(Mark(token.norm))
            elif token.norm not in "-/":
                if token.norm == "'":
                    raise self.error("an apostrophe begins no word: write the whole, such as `we'll`", at)
                raise self.error(f"'{token.norm}' is passed over anyway: leave it out, or put spaces around", at)
        return nodes

    def inflected(self, word: str, at: int) -> Node:
        if word.isascii() and word.isalpha():
            return Word(frozenset(inflections(word)))
        if not word or any(t.kind == MARK and t.norm != "-" for t in tokenize(word)):
            raise self.error("'~' must be followed by a word", at)
        forms = [tuple(t.norm for t in tokenize(form) if t.norm != "-") for form in inflections(word)]
        if all(len(form) == 1 for form in forms):
            return Word(frozenset(form[0] for form in forms))
        return group_of(*(tuple(Word(frozenset((w,))) for w in form) for form in forms))

    def opens(self, at: int) -> bool:
        before = self.text[: self.pieces[at].start()].rstrip()
        return not before or before[-1] in "(|⟦"

    def closes(self, at: int) -> bool:
        rest = self.text[self.pieces[at].end() :].lstrip()
        return not rest or rest[0] in ")|⟧"
