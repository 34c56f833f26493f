"""Where imported US labels and curated records disagree. The record counts; the difference is to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from healthlint.medicines.formulary import Formulary, plain
from healthlint.medicines.labels import PRESCRIPTION, Label
from healthlint.medicines.model import Indication, Medicine

ConflictKind = Literal[
    "use-not-in-record", "use-not-on-labels", "use-ruled-out", "box-not-in-record", "box-not-on-labels"
]  # fmt: skip

_SALTS = frozenset(
    "hydrochloride dihydrochloride hcl hydrobromide sodium disodium potassium calcium magnesium besylate "
    "maleate tartrate bitartrate succinate fumarate hemifumarate mesylate citrate phosphate sulfate "
    "acetate bromide chloride nitrate tosylate malate pamoate hemihydrate monohydrate dihydrate "
    "trihydrate hydrate anhydrous medoxomil axetil proxetil dipropionate propionate furoate valerate "
    "lactate gluconate benzoate stearate decanoate cypionate enanthate carbonate alafenamide disoproxil "
    "saccharate aspartate dimesylate tromethamine lysine arginine".split()
)
_JOINED = re.compile(r"\s+(?:and|with)\s+|[/,+;]", re.I)
_GENERIC_APPLICATION = "ANDA"


class Conflict(NamedTuple):
    """One difference. `labels` counts those that the difference rests on, `label` and `effective` name the newest.

    `record` is what the record says of the condition.
    """

    medicine_id: str
    medicine: str
    kind: ConflictKind
    condition_id: str
    condition: str
    labels: int
    label: str
    effective: str
    set_id: str
    record: str


class Matched(NamedTuple):
    """The labels of each medicine that has a record, by its id, and how many labels have none."""

    by_medicine: dict[str, list[Label]]
    without_record: int


def matched(labels: Iterable[Label], formulary: Formulary) -> Matched:
    """The labels sorted to the records; a combination goes to its own record or to none."""
    mixtures = {
        parts: medicine.id
        for medicine in formulary.medicines()
        for name in (medicine.names.generic, medicine.name, *medicine.names.synonyms)
        if len(parts := _parts(name, formulary)) > 1
    }
    found: dict[str, list[Label]] = {}
    without = 0
    for label in labels:
        medicine_id = _record_of(label, formulary, mixtures)
        if medicine_id is None:
            without += 1
        else:
            found.setdefault(medicine_id, []).append(label)
    return Matched(dict(sorted(found.items())), without)


def conflicts_of(medicine: Medicine, labels: list[Label], formulary: Formulary) -> Iterator[Conflict]:
    """What these labels of the medicine and its record do not agree on."""
    case = _Case(medicine, sorted(labels, key=lambda label: label.effective, reverse=True), formulary)
    yield from case.uses_of_labels()
    if "US" in medicine.label_countries:
        yield from case.uses_of_record()
        yield from case.box()


def _record_of(label: Label, formulary: Formulary, mixtures: dict[frozenset[str], str]) -> str | None:
    parts = frozenset(part for name in label.substances for part in _parts(name, formulary))
    if len(label.substances) > 1:
        named = [parts, *(_parts(name, formulary) for name in label.generics)]
        own = next((mixtures[part] for part in named if part in mixtures), None)
    else:
        names = (*label.generics, *label.substances)
        own = next((medicine_id for name in names if (medicine_id := _single(name, formulary, mixtures))), None)
    if own is None:
        own = next((found[0] for brand in label.brands if (found := formulary.find_medicine(brand))), None)
    return own


def _single(name: str, formulary: Formulary, mixtures: dict[frozenset[str], str]) -> str | None:
    parts = _parts(name, formulary)
    if len(parts) > 1:
        return mixtures.get(parts)
    return next((part for part in parts if formulary.find_medicine(part)), None)


def _parts(name: str, formulary: Formulary) -> frozenset[str]:
    """The ingredients that a name joins: each the id of its record, or its bare words written together."""
    return frozenset(_ingredient(part, formulary) for part in _JOINED.split(name) if part.strip())


def _ingredient(name: str, formulary: Formulary) -> str:
    words = plain(name).split()
    while words:
        found = formulary.find_medicine(" ".join(words))
        if found:
            return found[0]
        if len(words) == 1 or words[-1] not in _SALTS:
            break
        words.pop()
    return "".join(words)


class _Case:
    """One medicine with its labels, the newest first."""

    def __init__(self, medicine: Medicine, labels: list[Label], formulary: Formulary) -> None:
        self._medicine = medicine
        self._labels = labels
        self._formulary = formulary
        self._brands = {plain(brand): brand for _, names in medicine.names.brands for brand in names.marketed}
        self._brands |= {plain(brand): brand for _, names in medicine.names.brands for brand in names.discontinued}
        self._uses = [use for use in medicine.indications if "US" in use.jurisdictions]

    def uses_of_labels(self) -> Iterator[Conflict]:
        """Uses that labels name and the record does not have for that product."""
        saying: dict[str, list[Label]] = {}
        for label in self._labels:
            for condition in label.uses:
                if self._knows(condition) and not any(
                    self._fits(use, condition) for use in self._uses if self._applies(use, label)
                ):
                    saying.setdefault(condition, []).append(label)
        for condition, labels in sorted(saying.items()):
            yield self._conflict("use-not-in-record", condition, labels, self._said(condition))

    def uses_of_record(self) -> Iterator[Conflict]:
        """The record's US uses that no label of the product names, or that one rules out."""
        done: set[str] = set()
        for use in self._uses:
            applying = [label for label in self._labels if label.uses and self._applies(use, label)]
            labels = [label for label in applying if not use.products or self._is_of(use.products, label)]
            # Makers of generics leave out uses that are still under patent.
            if use.condition in done or all(_is_copy(label) for label in labels):
                continue
            done.add(use.condition)
            named = {condition for label in applying for condition in (*label.uses, *label.context)}
            if any(self._fits(use, condition) for condition in named if self._knows(condition)):
                continue
            refusing = [label for label in labels if use.condition in label.not_for]
            kind: ConflictKind = "use-ruled-out" if refusing else "use-not-on-labels"
            yield self._conflict(kind, use.condition, refusing or labels, use.lay)

    def box(self) -> Iterator[Conflict]:
        """A boxed warning that only the one side has."""
        box = self._medicine.boxed_warning
        labels = [label for label in self._labels if label.kind == PRESCRIPTION]
        boxed = [label for label in labels if label.boxed_warning]
        if boxed and (box is None or "US" not in box.jurisdictions):
            yield self._conflict("box-not-in-record", "", boxed, "no boxed warning")
        if box is not None and "US" in box.jurisdictions and not boxed:
            products = {product for topic in box.topics for product in topic.products}
            if all(topic.products for topic in box.topics):
                labels = [label for label in labels if self._is_of(tuple(products), label)]
            if labels:
                yield self._conflict("box-not-on-labels", "", labels, box.headline)

    def _knows(self, condition: str) -> bool:
        """A condition may have left the rules since the label was read."""
        return condition in self._formulary.condition_ids

    def _applies(self, use: Indication, label: Label) -> bool:
        """Whether the label may be of a product with the use: one of no brand of ours may be a copy of any."""
        return not use.products or self._is_of(use.products, label) or not self._known_brands(label)

    def _is_of(self, products: tuple[str, ...], label: Label) -> bool:
        """Whether the label is of one of the products, or may be of a form."""
        return bool(self._known_brands(label) & set(products) or set(products) & set(self._medicine.names.forms))

    def _known_brands(self, label: Label) -> set[str]:
        return {self._brands[plain(brand)] for brand in label.brands if plain(brand) in self._brands}

    def _fits(self, use: Indication, condition: str) -> bool:
        """Whether a condition is the use, wider or narrower: labels and records are not equally exact."""
        related = self._formulary.is_kind_of
        return condition in use.broader or any(
            related(condition, own) or related(own, condition) for own in (use.condition, *use.accepts)
        )

    def _said(self, condition: str) -> str:
        medicine = self._medicine
        for use in medicine.indications:
            if self._fits(use, condition):
                where = ", ".join(use.products or use.jurisdictions)
                return f"a use of {where} only"
        off_label = next((use.evidence for use in medicine.off_label if use.condition == condition), None)
        if off_label:
            return f"off-label, {off_label}"
        if any(claim.condition == condition for claim in medicine.not_approved):
            return "not approved"
        if any(risk.condition == condition for risk in medicine.risks):
            return "a harm"
        return "nothing"

    def _conflict(self, kind: ConflictKind, condition: str, labels: list[Label], record: str) -> Conflict:
        newest = labels[0]
        name = self._formulary.condition(condition).name if condition else "boxed warning"
        return Conflict(
            self._medicine.id, self._medicine.name, kind, condition, name, len(labels), newest.title, newest.effective,
            newest.set_id, record,
        )  # fmt: skip


def _is_copy(label: Label) -> bool:
    """Whether the label is of a generic copy; one that names no application counts as an original."""
    applications = label.applications
    return bool(applications) and all(number.upper().startswith(_GENERIC_APPLICATION) for number in applications)
