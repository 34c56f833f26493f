"""Records put to the test: can they be read, do they agree with each other, do their own examples come out as said?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from healthlint.errors import UserError
from healthlint.medicines.consistency import check_names
from healthlint.medicines.formulary import Formulary, claim_parts
from healthlint.medicines.loader import asked_by, pack_medicines, read_conditions, read_medicine, yaml_files
from healthlint.medicines.model import Example, Medicine, Status
from healthlint.medicines.packing import from_data
from healthlint.medicines.reading import Reader
from healthlint.medicines.status import Verdict, jurisdictions_of, verdict


class Fault(NamedTuple):
    """What is wrong with a record. `example` counts from 1; 0 is a fault that is no example's.

    A record that cannot be read expects nothing.
    """

    kind: str
    where: str
    told: str
    expected: str = ""
    got: str = ""
    example: int = 0


class Tried(NamedTuple):
    """One file of records, and what is wrong with it."""

    name: str
    examples: int
    faults: tuple[Fault, ...]


class Trial(NamedTuple):
    """Files of one folder, and the number of conditions that their records could name."""

    tried: tuple[Tried, ...]
    conditions: int


def try_folder(folder: Path, base: Mapping[str, Any] | None = None) -> Trial:
    """The records under `folder`, on top of `base`, data compiled before.

    Where the conditions cannot be read, no record is: none could be judged.
    """
    below = base or {"conditions": {}, "medicines": {}}
    try:
        conditions = read_conditions(folder / "conditions", below["conditions"])
    except UserError as error:
        return Trial((Tried("conditions", 0, (_unread(error),)),), 0)
    others = {key: from_data(Medicine, data) for key, data in below["medicines"].items()}
    read, tried = _read(folder / "medicines", Formulary.of_conditions(conditions), others)
    everything = {**others, **{medicine.id: medicine for medicine, _ in read}}
    formulary = Formulary.from_data({"conditions": conditions, **pack_medicines(everything.values())})
    for medicine, reader in read:
        faults = (*_examples(medicine, reader, formulary), *contradictions(medicine, reader, formulary))
        tried.append(Tried(medicine.id, len(medicine.examples), faults))
    return Trial(tuple(sorted(tried)), len(conditions))


def _read(
    folder: Path, formulary: Formulary, others: dict[str, Medicine]
) -> tuple[list[tuple[Medicine, Reader]], list[Tried]]:
    """The records that can be read, and those that cannot."""
    read: list[tuple[Medicine, Reader]] = []
    unread: list[Tried] = []
    files = yaml_files(folder)
    replaced = {path.stem for path in files}
    names = [asked_by(medicine) for key, medicine in others.items() if key not in replaced]
    for path in files:
        try:
            medicine, reader = read_medicine(path, formulary)
            check_names([(asked_by(medicine), reader)], names)
        except UserError as error:
            unread.append(Tried(path.stem, 0, (_unread(error),)))
            continue
        names.append(asked_by(medicine))
        read.append((medicine, reader))
    return read, unread


def _unread(error: UserError) -> Fault:
    return Fault("unreadable", error.where, error.title + (f" ({error.hint})" if error.hint else ""))


def _examples(medicine: Medicine, reader: Reader, formulary: Formulary) -> Iterator[Fault]:
    for index, example in enumerate(medicine.examples):
        judged = judge_claim(example, formulary)
        got = judged.status if judged.medicine_id == medicine.id else f"a verdict on '{judged.medicine_id}'"
        if got != example.status:
            terms = [example.profile != "base" and f"profile {example.profile}", example.severity]
            told = example.claim + "".join(f" [{term}]" for term in terms if term)
            where = f"{reader.path}:{reader.line_of('examples', index)}"
            yield Fault("example", where, told, example.status, got, index + 1)


def judge_claim(example: Example, formulary: Formulary) -> Verdict:
    """The verdict on an example's claim; a name may hold the word "for" itself, so the longest known one counts."""
    for name, words in claim_parts(example.claim):
        condition = formulary.find_condition(words)
        if condition and formulary.find_medicine(name):
            return verdict(name, condition, formulary, jurisdictions_of((example.profile,)), example.severity)
    return Verdict("unknown")


class _Said(NamedTuple):
    """What one entry of a record says of a condition, and which verdicts agree with it."""

    condition: str
    place: tuple[str | int, ...]
    allowed: tuple[Status, ...]
    product: str = ""
    countries: tuple[str, ...] = ()
    severity: str | None = None


def contradictions(medicine: Medicine, reader: Reader, formulary: Formulary) -> Iterator[Fault]:
    """Entries that the verdict on their own condition gainsays, because another entry has the word."""
    for said in _sayings(medicine):
        name = said.product or medicine.id
        judged = verdict(name, said.condition, formulary, said.countries, said.severity)
        if judged.status not in said.allowed:
            where = f"{reader.path}:{reader.line_of(*said.place)}"
            told = f"{name} for {formulary.condition(said.condition).name}, under '{said.place[0]}'"
            yield Fault("contradiction", where, told, said.allowed[0], judged.status)


def _sayings(medicine: Medicine) -> Iterator[_Said]:
    uses: set[str] = set()
    for index, indication in enumerate(medicine.indications):
        uses.update((indication.condition, *indication.accepts, *indication.broader))
        place = ("indications", index, "condition")
        severity = indication.severity[0] if indication.severity else None
        for country in indication.jurisdictions:
            for product in indication.products or ("",):
                yield _Said(indication.condition, place, ("labelled",), product, (country,), severity)
    for index, off_label in enumerate(medicine.off_label):
        status: Status = "off-label-supported" if off_label.evidence == "supported" else "off-label-limited"
        yield _Said(off_label.condition, ("off-label", index), (status,))
    for index, refuted in enumerate(medicine.not_approved):
        yield _Said(refuted.condition, ("not-approved", index), ("no-evidence",))
    # Antidepressants warn of what they are for, and lower doses of a medicine may be for what rules out the higher.
    for index, risk in enumerate(medicine.risks):
        if risk.condition not in uses:
            yield _Said(risk.condition, ("risks", index), ("adverse-reaction",))
    for index, entry in enumerate(medicine.contraindications):
        if entry.condition and entry.condition not in uses:
            # A harm that is a reason not to use the medicine as well is told as the harm.
            told: tuple[Status, ...] = ("contraindicated", "adverse-reaction")
            yield _Said(entry.condition, ("contraindications", index), told, "", entry.jurisdictions)
