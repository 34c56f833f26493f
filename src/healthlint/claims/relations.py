"""Benefit relations: what a product can be said to do for a target, and the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TARGET_LEXICONS = {
    "condition": "condition",
    "condition?": "condition",
    "symptom": "symptom",
    "body-function": "function",
    "appearance": "appearance",
    "wellbeing": "wellbeing",
    "outcome": "outcome",
    "body-part": "part",
    "weight-goal": "weight",
}
"""Lexicons whose mentions can be a claim's target, and the kind of target each gives. `condition?` holds ambiguous names."""

AGENT_LEXICONS = {
    "medicine": "medicine",
    "ingredient": "ingredient",
    "unapproved-substance": "ingredient",
    "supplement": "product",
    "product-form": "product",
    "device": "product",
    "publisher": "product",
    "procedure": "procedure",
    "rx-proxy": "procedure",
    "treatment-word": "procedure",
    "provider": "provider",
    "clinician": "provider",
}
"""Lexicons whose mentions can be a claim's agent, and the kind of agent each gives."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: the kinds of target with which it makes a benefit claim, and on what it acts.

    `polarity` is `good-on-bad` (relieves, reduces), `good-on-good` (improves, boosts) or `either`.
    """

    name: str
    targets: frozenset[str]
    polarity: str


def relations_of(data: Mapping[str, Any]) -> dict[str, Relation]:
    """Relations by name from the compiled cue file."""
    return {
        name: Relation(name, frozenset(block.get("targets", ())), block.get("polarity", "either"))
        for name, block in data["relations"].items()
    }


def relation_terms(data: Mapping[str, Any]) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Lexicon name and (written form, what it stands for) pairs of every relation word."""
    for name, block in data["relations"].items():
        yield f"rel-verb:{name}", [(_inflected(v), v) for v in block.get("verbs", ())]
        yield f"rel-noun:{name}", [pair for noun in block.get("nouns", ()) for pair in _noun_forms(noun)]
        yield f"rel-compound:{name}", [(c, c) for c in block.get("compounds", ())]
    yield "adj-comparative", [(a, a) for a in data["comparative-adjectives"]]
    yield "adj-positive", [(a, a) for a in data["positive-adjectives"]]
    yield "harm-verb", [(_inflected(v), v) for v in data["harm-verbs"]]


def _inflected(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    first = first if first.startswith("~") else f"~{first}"
    return f"{first} {rest}".strip()


def _noun_forms(noun: str | Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """A noun with the prepositions it takes, kept with the term as `noun|from|of`."""
    if isinstance(noun, str):
        yield f"~{noun}" if " " not in noun else noun, f"{noun}|from|of|for|with|against|in|to"
        return
    word = noun["noun"]
    yield f"~{word}" if " " not in word else word, "|".join([word, *noun.get("of", ())])
