"""How a claim that a medicine is for a condition stands against the medicine's label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from healthlint.medicines.formulary import Formulary
from healthlint.medicines.model import COUNTRIES, LABEL_OF, Indication, Medicine, Status

_MOST_USES = 4
_ROLE_WORDS = {
    "boxed-warning": "the boxed warning names it as a harm",
    "contraindication": "the label names it as a reason not to use the medicine",
    "warning": "the label warns of it as a harm",
    "adverse-reaction": "the label lists it as a side effect",
}

UNKNOWN: Literal["unknown"] = "unknown"
"""The status of a pair that the records say nothing of."""


class Verdict(NamedTuple):
    """How a pair stands. `labelled` says in lay words what the medicine, or the brand named, is approved for."""

    status: Status
    medicine: str = ""
    condition: str = ""
    labelled: str = ""
    note: str = ""
    source: str = ""
    medicine_id: str = ""
    condition_id: str = ""
    brand: str = ""


class _Case(NamedTuple):
    """One claim being judged: who, which product, where, and at what severity."""

    medicine: Medicine
    brand: str
    countries: frozenset[str]
    severity: str | None

    def applies_here(self, indication: Indication) -> bool:
        return not self.countries or bool(self.countries.intersection(indication.jurisdictions))

    def applies_to_brand(self, indication: Indication) -> bool:
        return not self.brand or not indication.products or self.brand in indication.products

    def severity_fits(self, indication: Indication) -> bool:
        return self.severity is None or not indication.severity or self.severity in indication.severity


def jurisdictions_of(profiles: Iterable[str]) -> tuple[str, ...]:
    """The countries whose labels count under these profiles; none named means that any country's label does."""
    named = {profile.upper() for profile in profiles}
    return tuple(country for country in COUNTRIES if country in named)


def verdict(
    name: str, condition_id: str, formulary: Formulary, jurisdictions: tuple[str, ...] = (), severity: str | None = None
) -> Verdict:
    """The status of "`name` is for `condition_id`"; `unknown` when the records do not say.

    `name` is a brand, a generic name or an id; a brand is judged by its own approvals. Without `jurisdictions` an
    approval in any country counts. `severity` is the severity word of the claim, if it has one.
    """
    found = formulary.ask_for(name)
    if found is None or condition_id not in formulary.condition_ids:
        return Verdict(UNKNOWN)
    medicine = formulary.medicine(found[0])
    countries = frozenset(jurisdictions).intersection(medicine.label_countries)
    case = _Case(medicine, found[1], countries, severity)
    status, note, source = _judge(case, formulary, condition_id)
    return Verdict(
        status,
        medicine=found[1] or medicine.name,
        condition=formulary.condition(condition_id).name,
        labelled=labelled_for(medicine, found[1], tuple(countries)),
        note=note,
        source=source or _label_title(case),
        medicine_id=medicine.id,
        condition_id=condition_id,
        brand=found[1],
    )


def labelled_for(medicine: Medicine, brand: str = "", countries: tuple[str, ...] = ()) -> str:
    """What the medicine (or the brand) is approved for, as a short phrase in lay words."""
    case = _Case(medicine, brand, frozenset(countries), None)
    first: dict[str, str] = {}
    for indication in medicine.indications:
        if case.applies_here(indication) and case.applies_to_brand(indication):
            first.setdefault(indication.condition, indication.lay)
    uses = tuple(dict.fromkeys(first.values()))
    if not uses:
        if medicine.kind == "unapproved":
            return "nothing; it is not an approved medicine"
        return "nothing; it is sold as a supplement" if medicine.kind == "supplement" else "no use here"
    shown = uses[:_MOST_USES]
    more = len(uses) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


_Judged = tuple[Status, str, str]


def _judge(case: _Case, formulary: Formulary, condition_id: str) -> _Judged:
    """The nearest fact decides: about the condition itself, else about what it is a kind of, else about kinds of it."""
    for distance, generation in enumerate(formulary.lineage(condition_id)):
        for condition in generation:
            judged = _by_label(case, condition, exact=distance == 0) or _by_other_facts(case, condition)
            if judged:
                return judged
    narrower = [i for i in case.medicine.indications if formulary.is_kind_of(i.condition, condition_id)]
    return _first(case, narrower, "labelled-broadened") or (UNKNOWN, "", "")


def _by_label(case: _Case, condition: str, *, exact: bool) -> _Judged | None:
    indications = case.medicine.indications
    plainly = [i for i in indications if i.condition == condition or (exact and condition in i.accepts)]
    overstated = [i for i in indications if exact and condition in i.broader]
    fitting = [i for i in plainly if case.severity_fits(i)]
    qualified = [i for i in overstated if case.severity and case.severity in i.severity]
    for uses, status in ((fitting + qualified, "labelled"), (plainly + overstated, "labelled-broadened")):
        here = [i for i in uses if case.applies_here(i) and case.applies_to_brand(i)]
        if here:
            return _first(case, here, "labelled" if status == "labelled" else "labelled-broadened")
    return _first(case, plainly + overstated, "labelled-broadened")


def _first(case: _Case, uses: list[Indication], status: Status) -> _Judged | None:
    """The first use that holds for the product and the country, else why none does."""
    for use in uses:
        if case.applies_here(use) and case.applies_to_brand(use):
            return status, use.note or use.line, ""
    for use in uses:
        if case.applies_here(use):
            return "other-brand", f"approved as {_either(use.products)}, not as {case.brand}", ""
    for use in uses:
        return "other-country", f"approved in {_either(use.jurisdictions)} only", ""
    return None


def _by_other_facts(case: _Case, condition: str) -> _Judged | None:
    medicine = case.medicine
    for risk in medicine.risks:
        if risk.condition == condition:
            heading = f" ({risk.heading})" if risk.heading else ""
            return "adverse-reaction", _ROLE_WORDS[risk.role] + heading, ""
    for entry in medicine.contraindications:
        if entry.condition == condition and _reaches(case, entry.jurisdictions):
            return "contraindicated", f"must not be used: {entry.lay}", ""
    for use in medicine.off_label:
        if use.condition == condition:
            status: Status = "off-label-supported" if use.evidence == "supported" else "off-label-limited"
            return status, use.note, use.reference
    for claim in medicine.not_approved:
        if claim.condition == condition:
            return "no-evidence", claim.note, ""
    return None


def _reaches(case: _Case, jurisdictions: tuple[str, ...]) -> bool:
    return not jurisdictions or not case.countries or bool(case.countries.intersection(jurisdictions))


def _either(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _label_title(case: _Case) -> str:
    sources = case.medicine.sources
    for source in sources:
        if not case.countries or LABEL_OF.get(source.kind) in case.countries:
            return source.title
    return sources[0].title if sources else ""
