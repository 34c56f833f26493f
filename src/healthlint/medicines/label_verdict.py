"""What imported US labels say of a medicine that has no record: a curated record, where there is one, goes first."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.medicines.formulary import Formulary, plain
from healthlint.medicines.labels import Label
from healthlint.medicines.model import Status
from healthlint.medicines.status import UNKNOWN, Verdict


def verdict_of_labels(
    name: str, condition_id: str, labels: Iterable[Label], formulary: Formulary, jurisdictions: tuple[str, ...] = ()
) -> Verdict | None:
    """The verdict of the US labels that bear this name; None where none does, or where US labels do not count.

    Labels tell uses and bars, and nothing of studies: what they leave out is `unknown`.
    """
    own = [label for label in labels if plain(name) in {plain(word) for word in _names(label)}]
    if not own or (jurisdictions and "US" not in jurisdictions):
        return None
    found = [(_status(label, condition_id, formulary), label) for label in own]
    (status, note), label = next((entry for entry in found if entry[0][0] != UNKNOWN), found[0])
    branded = plain(name) in {plain(brand) for brand in label.brands}
    uses = dict.fromkeys(use for each in own for use in each.uses)
    known = set(formulary.condition_ids)
    return Verdict(
        status,
        medicine=name if branded else label.title,
        condition=formulary.condition(condition_id).name,
        labelled="; ".join(formulary.condition(use).name for use in uses if use in known) or "no use that is on record",
        note=note,
        source=f"imported US label {label.set_id}, {label.effective}",
        condition_id=condition_id,
        brand=name if branded else "",
    )


def _names(label: Label) -> tuple[str, ...]:
    return (*label.brands, *label.generics, *label.substances)


def _status(label: Label, condition_id: str, formulary: Formulary) -> tuple[Status, str]:
    """How the condition stands on one label, and what is to be said of it."""
    wider = formulary.wider(condition_id)
    if condition_id in label.not_for:
        return "no-evidence", "the label says that it is not for this"
    if wider.intersection(label.uses):
        return "labelled", ""
    if wider.intersection(label.contraindications):
        return "contraindicated", "the label names it as a reason not to use the medicine"
    known = set(formulary.condition_ids)
    if any(use in known and formulary.is_kind_of(use, condition_id) for use in label.uses):
        return "labelled-broadened", "the label is for a narrower condition"
    return UNKNOWN, ""
