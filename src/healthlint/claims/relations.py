"""Benefit relations: what a product can be said to do for a target, and the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from healthlint.claims.targets import Endings

AGENT_LEXICONS = {
    "medicine": "medicine",
    "ingredient": "ingredient",
    "food": "ingredient",
    "regimen": "procedure",
    "unapproved-substance": "ingredient",
    "supplement": "product",
    "product-form": "product",
    "device": "product",
    "publisher": "product",
    "procedure": "procedure",
    "rx-proxy": "procedure",
    "treatment-word": "treatment",
    "standard-treatment": "treatment",
    "provider": "provider",
    "clinician": "provider",
}
"""Lexicons whose mentions can be a claim's agent, and the kind of agent each gives."""
_SORTS = ("rel-verb", "rel-noun", "rel-tail", "rel-adjective", "rel-compound")


class Relation(NamedTuple):
    """One relation, with the kinds of target with which it makes a benefit claim; none: it is a claim of its own."""

    name: str
    targets: frozenset[str]
    standing: bool = False
    """Whether it tells how something stands ("is approved") rather than what good it does."""


class Relations(NamedTuple):
    """All relations by name, and by kind of target the terms of which less is better (`cholesterol`, `wrinkles`).

    `words` tells of each lexicon of relation words the sort of word (`rel-verb`, `rel-noun` …) and the relation;
    those in `alone` can make a claim without a target: "feel calmer", "a bone-building tablet".
    """

    by_name: Mapping[str, Relation]
    words: Mapping[str, tuple[str, Relation]]
    alone: frozenset[str]
    unwanted: Mapping[str, frozenset[str]]
    endings: Endings


def relations_of(data: Mapping[str, Any]) -> Relations:
    """The relations from the compiled cue file."""
    by_name = {
        name: Relation(name, frozenset(block.get("targets", ())), block.get("standing", False))
        for name, block in data["relations"].items()
    }
    endings, exceptions = data["disease-endings"]
    words = {f"{sort}:{name}": (sort, relation) for name, relation in by_name.items() for sort in _SORTS}
    return Relations(
        by_name,
        words,
        frozenset(lexicon for lexicon, (sort, to) in words.items() if sort == "rel-compound" or to.name == "feels"),
        {kind: frozenset(t.replace("~", "") for t in terms) for kind, terms in data["unwanted"].items()},
        Endings(tuple(endings), frozenset(exceptions)),
    )


def relation_terms(data: Mapping[str, Any]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Lexicon name and (written form, what it stands for) pairs of every relation word."""
    for name, block in data["relations"].items():
        yield f"rel-verb:{name}", [(_inflected(v), v) for v in block.get("verbs", ())]
        yield f"rel-noun:{name}", [pair for noun in block.get("nouns", ()) for pair in _noun_forms(noun)]
        yield f"rel-compound:{name}", [(c, c) for c in block.get("compounds", ())]
        yield f"rel-tail:{name}", list(_tail_forms(block.get("split-verbs", ())))
        yield f"rel-adjective:{name}", [_adjective_form(a) for a in block.get("adjectives", ())]
    for kind in ("comparative", "positive", "more", "less"):
        yield f"adj-{kind}", [(a, a) for a in data[f"{kind}-adjectives"]]
    for kind in ("fading", "thriving"):
        yield f"rel-own:{kind}", [(verb, verb.replace("~", "")) for verb in data[kind]]


def relation_patterns(data: Mapping[str, Any]) -> Iterable[tuple[str, list[str]]]:
    """Group name and phrase patterns of the relations that need more than words."""
    for name, block in data["relations"].items():
        if block.get("patterns"):
            yield f"claim.{name}", block["patterns"]


def _tail_forms(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """The second part of verbs that hold their object in the middle ("keep … at bay"), with all forms of the first."""
    from healthlint.language.inflection import inflections

    forms: dict[str, list[str]] = {}
    for verb, tail in pairs:
        forms.setdefault(tail, []).extend(inflections(verb))
    return [(tail, " ".join(verbs)) for tail, verbs in forms.items()]


def _inflected(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    first = first if first.startswith("~") else f"~{first}"
    return f"{first} {rest}".strip()


def _noun_forms(noun: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """A noun with the prepositions it takes, kept with the term as `noun|from|of`; a weak one begins with `-`.

    A weak noun names a sort of thing ("acne treatment") and claims nothing by itself.
    """
    word = noun["noun"]
    term = "|".join([("-" if noun.get("weak") else "") + word, *noun.get("of", ())])
    yield f"~{word}" if " " not in word else word, term


def _adjective_form(adjective: Mapping[str, Any]) -> tuple[str, str]:
    """An adjective with the prepositions it takes, kept with the term as `effective|against|for`."""
    return adjective["adjective"], "|".join([adjective["adjective"], *adjective.get("of", ())])
