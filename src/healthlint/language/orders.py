"""Orders: verbs that tell the reader to do something, and not that somebody does it.

English marks no imperative. What marks it is its place: a bare verb at the start of a sentence or a clause, after
"please", "don't forget to", "you can", or joined by "and" to an order. What is ordered (to see a doctor, to shop) is
for the rules to weigh.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Set
from typing import NamedTuple

from healthlint.language.annotation import MARK, NUMBER, Mention, Token

_SOFTENERS = frozenset(
    "please kindly just simply so now then also always first next finally quickly today tonight".split()
)
_JOINING = frozenset(("and", "or", "&", "+", "then"))
# Before a bare verb, these two words make an order of it.
_OPENINGS = frozenset(
    [
        ("forget", "to"),
        ("hesitate", "to"),
        ("sure", "to"),
        ("remember", "to"),
        ("free", "to"),
        ("welcome", "to"),
        ("invited", "to"),
        ("why", "not"),
        ("you", "can"),
        ("you", "could"),
        ("help", "us"),
    ]
)
_SINGLE_OPENINGS = frozenset(("let's", "lets", "come", "go"))
_URGING = frozenset(("invite", "encourage", "urge", "ask"))
# "For more information visit …": what is wanted stands before the order, with no comma.
_WANTED = frozenset("more info information details advice questions updates enquiries inquiries bookings".split())
_WANTED_REACH = 6
# What stands before a comma and an order: "If you like it, …", "To see more, …".
_LEADING = frozenset("if when whenever for to in at on after before while want need looking this tired".split())
_SHORT = 3
_TAGS = ("@", "#")
_SCHEMES = ("http", "https", "www")
_GLUING = frozenset((*_TAGS, *_SCHEMES))
_DIVIDING = frozenset(".!?;:")
# Inside a clause; any other mark begins a new one.
_WITHIN = frozenset("'\"%$£€#@&+/*_")


def without_statements(mentions: list[Mention], tokens: tuple[Token, ...], lexicons: Set[str]) -> list[Mention]:
    """The mentions less those of `lexicons`, lists of verbs of ordering, that stand where no order does."""
    if lexicons.isdisjoint([mention[0] for mention in mentions]):
        return mentions
    kept = []
    scene = _scene(tokens)
    clause_of_order = -1
    for mention in mentions:
        if mention.lexicon in lexicons:
            clause = scene.clause(mention.first)
            if not _opens_order(tokens, scene, mention.first, clause == clause_of_order):
                continue
            clause_of_order = clause
        kept.append(mention)
    return kept


class _Scene(NamedTuple):
    """How a sentence is laid out."""

    glued: list[str]
    """For each token what it is glued to: a handle or hashtag, an address, nothing."""
    lead: int
    """Where the sentence begins after the handles and hashtags before it."""
    clauses: list[int]
    """Where each clause begins."""

    def clause(self, at: int) -> int:
        """Where the clause begins that holds the token at `at`."""
        return self.clauses[bisect_right(self.clauses, at) - 1]


def _scene(tokens: tuple[Token, ...]) -> _Scene:
    norms = [token[0] for token in tokens]
    glued = [""] * len(tokens)
    if not _GLUING.isdisjoint(norms):
        to = ""
        for i, token in enumerate(tokens):
            if token.norm in _TAGS:
                to = token.norm
            elif not i or tokens[i - 1].end != token.start:
                to = "://" if token.norm in _SCHEMES and i + 1 < len(tokens) and tokens[i + 1].norm in ":." else ""
            glued[i] = to
    clauses = [0]
    if not _DIVIDING.isdisjoint(norms[:-1]):
        clauses += [i + 1 for i, norm in enumerate(norms) if norm in _DIVIDING and not glued[i]]
    for i, (norm, _, _, kind) in enumerate(tokens):
        if kind != MARK and norm != "rt" and glued[i] not in _TAGS:
            return _Scene(glued, i, clauses)
    return _Scene(glued, -1, clauses)


def _opens_order(tokens: tuple[Token, ...], scene: _Scene, at: int, order_before: bool) -> bool:
    """Whether an order can begin at `at`; `order_before`: the clause has one already."""
    glued, lead, _ = scene
    if glued[at]:
        return False
    i = at - 1
    while i >= 0 and tokens[i].norm in _SOFTENERS and not glued[i]:
        i -= 1
    if i < lead or glued[i] == "://":
        return True
    norm, _, _, kind = tokens[i]
    if glued[i]:
        return False
    if norm in _JOINING:
        return order_before or i == 0
    if norm == ",":
        start = scene.clause(i)
        softened = i + 1 < at
        return order_before or softened or i - start <= _SHORT or tokens[max(start, lead)].norm in _LEADING
    if kind == MARK:
        return norm not in _WITHIN and not _is_hyphen(tokens, i)
    if kind == NUMBER:
        return i == 0
    before = tokens[i - 1].norm if i else ""
    if norm == "to" and before == "time":
        return i < 2 or tokens[i - 2].norm in ("it's", "is")
    if norm == "to" and before == "you":
        return i > 1 and tokens[i - 2].norm in _URGING
    if norm in _SINGLE_OPENINGS:
        return before not in ("not", "never", "to")
    if (before, norm) in _OPENINGS:
        return True
    if norm in _WANTED:
        return any(t.norm in ("for", "with") for t in tokens[max(i - _WANTED_REACH, 0) : i])
    return False


def _is_hyphen(tokens: tuple[Token, ...], i: int) -> bool:
    return tokens[i].norm == "-" and i > 0 and tokens[i - 1].end == tokens[i].start
