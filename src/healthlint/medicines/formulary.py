"""All medicines and conditions, loaded in a moment: names are looked up, records built when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from healthlint.medicines.model import Condition, Medicine

_PARTS = re.compile(r"\s*(?:/|\+|,|&|\band\b|\bwith\b)\s*", re.I)
_MOST_PARTS = 4
_APOSTROPHES = "\u2018\u2019\u02bc`"
_SPACES = "-/\u2010\u2011\u2013\u00a0\u00ae\u2122"
_PLAIN = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_SPACES, " "), "\u00ad": None})


def plain(name: str) -> str:
    """A name as it is compared: lower case, plain apostrophes, hyphens and slashes as spaces."""
    return " ".join(name.translate(_PLAIN).lower().split())


def claim_parts(claim: str) -> Iterator[tuple[str, str]]:
    """Every way to read "X for Y" as a name and a condition; a name may hold the word itself ("Regaine for Women")."""
    words = claim.split(" for ")
    return ((" for ".join(words[:at]), " for ".join(words[at:])) for at in range(len(words) - 1, 0, -1))


class Formulary:
    """What is known of medicines and conditions. Make one with `from_data`; it does not change afterwards."""

    __slots__ = ("_ancestors", "_conditions", "_data", "_medicines", "_names", "_terms", "_words")

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self._medicines: dict[str, Medicine] = {}
        self._conditions: dict[str, Condition] = {}
        self._ancestors: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._names: dict[str, tuple[str, str]] | None = None
        self._words: dict[str, str] | None = None
        self._terms: tuple[tuple[str, str, bool, bool], ...] | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Formulary:
        """A formulary over the data that `compile_folder` made."""
        return cls(data)

    @classmethod
    def of_conditions(cls, conditions: dict[str, Any]) -> Formulary:
        """A formulary that knows conditions and no medicine."""
        return cls({"conditions": conditions, "medicines": {}, "medicine-terms": [], "plain-names": {}})

    @property
    def condition_ids(self) -> tuple[str, ...]:
        return tuple(self._data["conditions"])

    def medicine(self, medicine_id: str) -> Medicine:
        """The record with that id; KeyError if there is none."""
        if medicine_id not in self._medicines:
            from healthlint.medicines.model import Medicine
            from healthlint.medicines.packing import from_data

            self._medicines[medicine_id] = from_data(Medicine, self._data["medicines"][medicine_id])
        return self._medicines[medicine_id]

    def medicines(self) -> Iterator[Medicine]:
        """Every record, in order of id."""
        return (self.medicine(medicine_id) for medicine_id in self._data["medicines"])

    def condition(self, condition_id: str) -> Condition:
        """The condition with that id; KeyError if there is none."""
        if condition_id not in self._conditions:
            from healthlint.medicines.model import Condition
            from healthlint.medicines.packing import from_data

            self._conditions[condition_id] = from_data(Condition, self._data["conditions"][condition_id])
        return self._conditions[condition_id]

    def find_medicine(self, name: str) -> tuple[str, str] | None:
        """The id of the medicine called so, and the brand the name stands for ("" for a generic name)."""
        if self._names is None:
            self._names = {term: (medicine_id, brand) for term, medicine_id, brand in self._data["medicine-terms"]}
        return self._names.get(plain(name))

    def ask_for(self, name: str) -> tuple[str, str] | None:
        """As `find_medicine`, for one who asks for a medicine: by a plain name too, and a mixture in any order."""
        found = self.find_medicine(name)
        if found is not None:
            return found
        owner = self._data["plain-names"].get(plain(name))
        if owner is not None:
            return owner, ""
        parts = [part.strip() for part in _PARTS.split(name) if part.strip()]
        if not 1 < len(parts) <= _MOST_PARTS:
            return None
        orders = (joint.join(order) for order in permutations(parts) for joint in (" ", " and "))
        return next(filter(None, map(self.find_medicine, orders)), None)

    def names(self) -> tuple[str, ...]:
        """Every name of a medicine or a supplement, in lower case; no record is read for it."""
        return tuple(term for term, *_ in self._data["medicine-terms"])

    def find_condition(self, words: str) -> str | None:
        """The id of the condition that goes by exactly these words, ambiguous ones included."""
        if words in self._data["conditions"]:
            return words
        if self._words is None:
            self._words = {}
            for term, condition_id, cased, _ in self.condition_terms():
                self._words[term if cased else plain(term)] = condition_id
        return self._words.get(words) or self._words.get(plain(words))

    def medicine_terms(self) -> tuple[tuple[str, str], ...]:
        """Every name of a medicine, in lower case, with the medicine's id; those of supplements stand apart."""
        free = self._supplements()
        return tuple((term, owner) for term, owner, _ in self._data["medicine-terms"] if owner not in free)

    def supplement_terms(self) -> tuple[tuple[str, str], ...]:
        """Every name of a supplement that no country keeps to prescription, in lower case, with its id."""
        free = self._supplements()
        return tuple((term, owner) for term, owner, _ in self._data["medicine-terms"] if owner in free)

    def _supplements(self) -> set[str]:
        return {
            medicine_id
            for medicine_id, data in self._data["medicines"].items()
            if data["kind"] == "supplement"
            and all(supply["status"] != "prescription" for supply in data.get("supply", {}).values())
        }

    def condition_terms(self) -> tuple[tuple[str, str, bool, bool], ...]:
        """Every name of a condition: the term, the condition's id, whether its case counts, whether it is ambiguous."""
        if self._terms is None:
            terms: list[tuple[str, str, bool, bool]] = []
            for condition_id, data in self._data["conditions"].items():
                ambiguous = data.get("ambiguous", ())
                sure = (data["name"], *data.get("lay", ()))
                terms.extend((word, condition_id, False, False) for word in sure if word not in ambiguous)
                terms.extend((word, condition_id, True, False) for word in data.get("abbreviations", ()))
                terms.extend((word, condition_id, False, True) for word in ambiguous)
            self._terms = tuple(terms)
        return self._terms

    def lineage(self, condition_id: str) -> tuple[tuple[str, ...], ...]:
        """The condition, its parents, their parents and so on: one tuple a generation, each condition once."""
        if condition_id not in self._ancestors:
            generations = [(condition_id,)]
            seen = {condition_id}
            while True:
                parents = dict.fromkeys(
                    parent
                    for child in generations[-1]
                    for parent in self._data["conditions"][child].get("parents", ())
                    if parent not in seen
                )
                if not parents:
                    break
                seen.update(parents)
                generations.append(tuple(parents))
            self._ancestors[condition_id] = tuple(generations)
        return self._ancestors[condition_id]

    def wider(self, condition_id: str) -> frozenset[str]:
        """The condition and all that it is a kind of."""
        return frozenset(condition for generation in self.lineage(condition_id) for condition in generation)

    def is_kind_of(self, condition_id: str, other_id: str) -> bool:
        """Whether the first condition is the other or a narrower form of it."""
        return any(other_id in generation for generation in self.lineage(condition_id))
