"""What can be told of a pattern without matching it: words and places that a sentence must hold."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from healthlint.language.pattern_nodes import ANY, Gap, Group, Mark, Node, Place, Sign, Word


def mandatory(nodes: tuple[Node, ...]) -> bool:
    """Whether every match has at least one token of its own."""
    return any(
        all(map(mandatory, node.choices)) if isinstance(node, Group) else isinstance(node, (Word, Place, Mark))
        for node in nodes
    )


def _keys(node: Word | Place | Mark) -> frozenset[str] | None:
    if isinstance(node, Word):
        return node.words
    if isinstance(node, Mark):
        return frozenset((node.norm,))
    return None if ANY in node.lexicons else frozenset("{" + name + "}" for name in node.lexicons)


def first_keys(nodes: tuple[Node, ...]) -> tuple[frozenset[str] | None, bool]:
    """Keys that a match can begin with (None: anything), and whether it can be empty."""
    found: frozenset[str] = frozenset()
    for node in nodes:
        if isinstance(node, Sign):
            continue
        if isinstance(node, Gap):
            return None, False
        if isinstance(node, Group):
            empty = False
            for choice in node.choices:
                keys, can_be_empty = first_keys(choice)
                if keys is None:
                    return None, False
                found |= keys
                empty = empty or can_be_empty
            if not empty:
                return found, False
            continue
        keys = _keys(node)
        return (None, False) if keys is None else (found | keys, False)
    return found, True


_MOST_PAIRS = 40
"""More pairs of words are not worth their place in the pack."""


def required_keys(nodes: tuple[Node, ...]) -> list[frozenset[str]]:
    """Sets of keys, one of each of which every match contains."""
    pieces = [node for node in nodes if not isinstance(node, Sign)]
    found: list[frozenset[str]] = []
    paired = False  # with the word before
    for node, following in zip(pieces, [*pieces[1:], None], strict=False):
        pair = _pairs(node, following)
        if pair:
            found.append(pair)
        if pair or paired:
            paired = bool(pair)
        elif isinstance(node, Group):
            best = [min(sets, key=cost) for choice in node.choices if (sets := required_keys(choice))]
            if len(best) == len(node.choices):
                found.append(frozenset().union(*best))
        elif isinstance(node, (Word, Place, Mark)) and (keys := _keys(node)) is not None:
            found.append(keys)
    return found


def _pairs(word: Node, following: Node | None) -> frozenset[str]:
    """The keys of two words of which one follows the other, if they are few: a sentence seldom holds such a pair."""
    if not (isinstance(word, Word) and isinstance(following, Word)):
        return frozenset()
    if len(word.words) * len(following.words) > _MOST_PAIRS:
        return frozenset()
    return frozenset(f"{one} {other}" for one in word.words for other in following.words)


def opening_keys(first: Iterable[str]) -> frozenset[str]:
    """The keys of sentences that begin with one of these keys."""
    return frozenset(f"^{key}" for key in first)


def _costs() -> dict[str, int]:
    """For a key how many sentences hold it for one that holds a rare word, roughly, as counted on health copy."""
    words_by_cost = {
        200: """the a and of to in for is that with or are by this on . , - ( ) :""",
        60: """
            an from as at was were be been it its these those you your yours we our us i my me they their them he she
            his her not no can will may might could would should has have had do does did if when while than then so
            but more most all any some one two what which who how why about into out up down over after before also
            help helps get take use used using make makes made % & / "
        """,
        15: """
            health healthy medical medicine medication medications treatment treatments therapy care clinic doctor
            doctors patient patients people men women children body skin hair blood heart brain sleep pain energy
            weight loss immune growth cells symptoms conditions disease risk side effect effects benefits results
            relief recovery healing support supports boost improve reduce treat work works feel need want like look
            see try ask call read know book order buy shop free safe natural effective organic proven better best good
            great other only just first new now time day days week weeks today every without within because research
            study studies trial trials clinical evidence data supplement supplements product products formula
            ingredients daily quality well back life
        """,
    }
    places_by_cost = {
        150: "condition number name body-part body-function treatment-word",
        60: "symptom product-form serious-disease outcome procedure ingredient",
    }
    costs = {word: cost for cost, words in words_by_cost.items() for word in words.split()}
    return costs | {f"{{{name}}}": cost for cost, names in places_by_cost.items() for name in names.split()}


_COSTS = _costs()
_COST_OF_PLACE = 20


def cost(keys: Iterable[str]) -> float:
    """How often a sentence holds one of the keys, roughly; to choose what to look for first."""
    return fsum(map(_cost, keys))  # in whatever order a set gives them


def _cost(key: str) -> float:
    if key[0] == "^" and len(key) > 1:
        return _cost(key[1:]) / 10
    one, space, other = key.partition(" ")
    if space:
        return _cost(one) * _cost(other) / 2500
    return _COSTS.get(key, _COST_OF_PLACE if key[0] == "{" else 1)
