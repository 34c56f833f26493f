"""Checks that one medicine's facts agree with each other and with the conditions, beyond the shape of the file."""

from __future__ import annotations

import re

from healthlint.errors import did_you_mean
from healthlint.medicines.formulary import Formulary, claim_parts, plain
from healthlint.medicines.model import Medicine
from healthlint.medicines.reading import Reader

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
PROFILES = ("base", "us", "uk", "eu", "au", "ca", "edu", "platform")
Terms = tuple[tuple[str, str, str], ...]


def check_medicine(medicine: Medicine, reader: Reader, formulary: Formulary) -> None:
    """Raises a `UserError` at the first fact that cannot be."""
    _check_conditions(medicine, reader, formulary)
    _check_one_verdict_each(medicine, reader)
    _check_brands(medicine, reader)
    _check_countries(medicine, reader)
    _check_names_apart(medicine, reader)
    _check_examples(medicine, reader, formulary)
    if medicine.review.date and not _DATE.fullmatch(medicine.review.date):
        raise reader.error(f"'{medicine.review.date}' is no date", "review", "date", hint="write 2026-11-22")


def check_names(read: list[tuple[Terms, Reader]], others: list[Terms]) -> None:
    """No name may stand for two medicines."""
    owners = {term: medicine_id for terms in others for term, medicine_id, _ in terms}
    for terms, reader in read:
        for term, medicine_id, _ in terms:
            owner = owners.setdefault(term, medicine_id)
            if owner != medicine_id:
                raise reader.error(f"'{term}' already names '{owner}'", "names", hint="keep it in one record")


def _check_conditions(medicine: Medicine, reader: Reader, formulary: Formulary) -> None:
    known = set(formulary.condition_ids)
    named: list[tuple[str, tuple[str | int, ...]]] = []
    for index, indication in enumerate(medicine.indications):
        named.append((indication.condition, ("indications", index, "condition")))
        named += [(other, ("indications", index, "accepts")) for other in indication.accepts]
        named += [(other, ("indications", index, "broader")) for other in indication.broader]
    named += [(entry.condition, ("off-label", i, "condition")) for i, entry in enumerate(medicine.off_label)]
    named += [(entry.condition, ("not-approved", i, "condition")) for i, entry in enumerate(medicine.not_approved)]
    named += [(entry.condition, ("risks", i, "condition")) for i, entry in enumerate(medicine.risks)]
    for i, entry in enumerate(medicine.contraindications):
        named += [(entry.condition, ("contraindications", i, "condition"))] if entry.condition else []
    for condition, path in named:
        if condition not in known:
            meant = formulary.find_condition(condition)
            hint = f"did you mean '{meant}'?" if meant else did_you_mean(condition, sorted(known))
            raise reader.error(f"unknown condition '{condition}'", *path, hint=hint)


def _check_one_verdict_each(medicine: Medicine, reader: Reader) -> None:
    """A condition is a use, a doubtful use or a harm; listed twice, the verdict would hang on the order of the file.

    A harm may be an approved use as well: antidepressants warn of what they are for.
    """
    named = {c: "indications" for i in medicine.indications for c in (i.condition, *i.accepts, *i.broader)}
    risks = [entry.condition for entry in medicine.risks]
    doubtful = [entry.condition for entry in medicine.off_label]
    refuted = [entry.condition for entry in medicine.not_approved]
    for block, conditions in (("off-label", doubtful), ("not-approved", refuted), ("risks", risks)):
        for index, condition in enumerate(conditions):
            first = named.get(condition)
            if first and not (block == "risks" and first == "indications"):
                raise reader.error(
                    f"'{condition}' is under '{first}' and under '{block}'", block, index,
                    hint="keep the one that a claim should be judged by",
                )  # fmt: skip
            named.setdefault(condition, block)


def _check_brands(medicine: Medicine, reader: Reader) -> None:
    brands = list(medicine.products())
    scoped: list[tuple[tuple[str, ...], tuple[str | int, ...]]] = [
        (indication.products, ("indications", index, "products"))
        for index, indication in enumerate(medicine.indications)
    ]
    scoped += [(supply.advertisable, ("supply", country, "advertisable")) for country, supply in medicine.supply]
    scoped += [(programme.products, ("programmes", i, "products")) for i, programme in enumerate(medicine.programmes)]
    if medicine.boxed_warning:
        topics = medicine.boxed_warning.topics
        scoped += [(topic.products, ("boxed-warning", "topics", i, "products")) for i, topic in enumerate(topics)]
    for products, path in scoped:
        for product in products:
            if product not in brands:
                hint = did_you_mean(product, brands) or "list it under names"
                raise reader.error(f"'{product}' is no brand or form of this record", *path, hint=hint)


def _check_countries(medicine: Medicine, reader: Reader) -> None:
    """An approval needs the label of that country among the sources, else nobody could check it."""
    labels = medicine.label_countries
    for index, indication in enumerate(medicine.indications):
        if not indication.jurisdictions:
            raise reader.error("an indication wants a country", "indications", index, "jurisdictions")
        for country in indication.jurisdictions:
            if country not in labels:
                raise reader.error(
                    f"no label of {country} is among the sources", "indications", index, "jurisdictions",
                    hint="add the label to 'sources', or drop the country",
                )  # fmt: skip
    if medicine.kind == "unapproved" and medicine.indications:
        raise reader.error("an unapproved substance has no indications", "indications", hint="set 'kind: medicine'")


def _own_names(medicine: Medicine) -> set[str]:
    names = medicine.names
    spelt = (medicine.name, names.generic, *names.synonyms, *names.misspellings, *medicine.products())
    return {plain(name) for name in spelt}


def _check_names_apart(medicine: Medicine, reader: Reader) -> None:
    own = _own_names(medicine)
    for index, other in enumerate(medicine.names.not_this):
        if plain(other) in own:
            raise reader.error(f"'{other}' is both a name and a look-alike", "names", "not-this", index)


def _check_examples(medicine: Medicine, reader: Reader, formulary: Formulary) -> None:
    if not medicine.examples:
        raise reader.error("a record needs examples", "examples", hint="add the claims it is meant to judge")
    own = _own_names(medicine)
    for index, example in enumerate(medicine.examples):
        parts = [words for name, words in claim_parts(example.claim) if plain(name) in own]
        if not parts:
            raise reader.error(
                f"'{example.claim}' does not start with a name of this medicine and 'for'", "examples", index,
                hint=f"write '{medicine.name} for …'",
            )  # fmt: skip
        if not any(formulary.find_condition(words) for words in parts):
            hint = "use a name from rules/conditions"
            raise reader.error(f"'{parts[0]}' names no condition", "examples", index, hint=hint)
        if example.profile not in PROFILES:
            hint = did_you_mean(example.profile, list(PROFILES))
            raise reader.error(f"unknown profile '{example.profile}'", "examples", index, "profile", hint=hint)
