"""From the YAML of `rules/medicines` and `rules/conditions` to checked records and to the compact data that ships."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from healthlint.errors import UserError, did_you_mean
from healthlint.medicines.consistency import check_medicine, check_names
from healthlint.medicines.formulary import Formulary, plain
from healthlint.medicines.model import Condition, ConditionFile, Medicine
from healthlint.medicines.packing import from_data, to_data
from healthlint.medicines.reading import Reader

Loaded = tuple[Medicine, Reader]


def compile_folder(medicines: Path, conditions: Path, base: dict[str, Any] | None = None) -> dict[str, Any]:
    """The folders as plain data for `Formulary.from_data`.

    They go on top of `base`, data compiled before: what has the same id replaces what is there.
    """
    known = read_conditions(conditions, base["conditions"] if base else {})
    others = {key: from_data(Medicine, data) for key, data in base["medicines"].items()} if base else {}
    others.update((medicine.id, medicine) for medicine, _ in _read_medicines(medicines, known, others))
    return {"conditions": dict(sorted(known.items())), **pack_medicines(others.values())}


def pack_medicines(medicines: Iterable[Medicine]) -> dict[str, Any]:
    """The data of checked records; the edition is what a report can say without reading them."""
    ordered = sorted(medicines, key=_id)
    return {
        "schema": 1,
        "edition": {"date": max((m.review.date for m in ordered), default=""), "records": len(ordered)},
        "medicines": {medicine.id: to_data(medicine) for medicine in ordered},
        "medicine-terms": [list(term) for medicine in ordered for term in terms_of(medicine)],
        "plain-names": {plain(name): medicine.id for medicine in ordered for name in medicine.names.plain},
    }


def terms_of(medicine: Medicine) -> tuple[tuple[str, str, str], ...]:
    """Every name of the medicine with its id and the brand the name stands for, each name once."""
    found: dict[str, tuple[str, str, str]] = {}
    for brand in medicine.products():
        found.setdefault(plain(brand), (plain(brand), medicine.id, brand))
    names = medicine.names
    for name in (medicine.name, names.generic, *names.synonyms, *names.misspellings, medicine.id):
        found.setdefault(plain(name), (plain(name), medicine.id, ""))
    return tuple(found.values())


def asked_by(medicine: Medicine) -> tuple[tuple[str, str, str], ...]:
    """As `terms_of`, with the plain names by which the record is asked for."""
    return (*terms_of(medicine), *((plain(name), medicine.id, "") for name in medicine.names.plain))


def _id(medicine: Medicine) -> str:
    return medicine.id


def yaml_files(folder: Path) -> list[Path]:
    return sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))) if folder.is_dir() else []


def read_conditions(folder: Path, base: dict[str, Any]) -> dict[str, Any]:
    """The conditions of a folder on top of others, as plain data."""
    read: list[tuple[Condition, str]] = []
    for path in yaml_files(folder):
        reader = Reader(path)
        for index, condition in enumerate(reader.read(ConditionFile).conditions):
            read.append((condition, f"{path}:{reader.line_of('conditions', index)}"))
    _check_conditions(read, base)
    return {**base, **{condition.id: to_data(condition) for condition, _ in read}}


def _check_conditions(read: list[tuple[Condition, str]], known: dict[str, Any]) -> None:
    places: dict[str, str] = {}
    owners: dict[str, tuple[str, str]] = {}
    mine = {condition.id for condition, _ in read}
    for condition, where in read:
        if condition.id in places:
            first = places[condition.id]
            raise UserError(f"condition '{condition.id}' is defined twice", where=where, hint=f"also at {first}")
        places[condition.id] = where
        _check_slug(condition.id, where)
        for parent in condition.parents:
            if parent not in mine and parent not in known:
                raise UserError(f"unknown parent '{parent}'", where=where, hint=did_you_mean(parent, [*mine, *known]))
        words = (condition.name, *condition.lay, *condition.ambiguous)
        for term in {*(plain(word) for word in words), *condition.abbreviations}:
            owner, place = owners.setdefault(term, (condition.id, where))
            if owner != condition.id:
                raise UserError(f"'{term}' names two conditions", where=where, hint=f"also '{owner}' at {place}")
        listed = (*condition.lay, *condition.ambiguous)
        if len(listed) != len({plain(word) for word in listed}):
            raise UserError(f"condition '{condition.id}' has the same name twice", where=where)
    parents = {key: data.get("parents", []) for key, data in known.items()}
    _check_cycles({**parents, **{condition.id: condition.parents for condition, _ in read}}, places)


def _check_cycles(parents: dict[str, Any], places: dict[str, str]) -> None:
    done: set[str] = set()

    def walk(condition_id: str, trail: tuple[str, ...]) -> None:
        if condition_id in trail:
            chain = " → ".join((*trail[trail.index(condition_id) :], condition_id))
            raise UserError(f"conditions are their own ancestors: {chain}", where=places.get(condition_id, ""))
        if condition_id not in done:
            for parent in parents.get(condition_id, ()):
                walk(parent, (*trail, condition_id))
            done.add(condition_id)

    for condition_id in parents:
        walk(condition_id, ())


def _check_slug(name: str, where: str) -> None:
    if not name.replace("-", "").isalnum() or name != name.lower() or not name.isascii():
        raise UserError(f"'{name}' is no id", where=where, hint="lower-case letters, digits and hyphens")


def _read_medicines(folder: Path, conditions: dict[str, Any], others: dict[str, Medicine]) -> list[Loaded]:
    formulary = Formulary.of_conditions(conditions)
    read = [read_medicine(path, formulary) for path in yaml_files(folder)]
    replaced = {medicine.id for medicine, _ in read}
    check_names([(asked_by(m), r) for m, r in read], [asked_by(m) for key, m in others.items() if key not in replaced])
    return read


def read_medicine(path: Path, formulary: Formulary) -> Loaded:
    """The record in one file, checked by itself and against the conditions of the formulary."""
    reader = Reader(path)
    medicine = reader.read(Medicine)
    _check_slug(medicine.id, str(path))
    if medicine.id != path.stem:
        title = f"the id '{medicine.id}' is not the file's name"
        raise reader.error(title, "id", hint=f"rename the file, or set 'id: {path.stem}'")
    check_medicine(medicine, reader, formulary)
    return medicine, reader
