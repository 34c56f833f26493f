"""`healthlint medicines verdict`: how a medicine for a condition stands against the label, and why."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from healthlint.cli.medicines_lookup import SEVERITIES, Library, Named, open_library
from healthlint.cli.output import put, tell, width
from healthlint.cli.paragraphs import wrapped
from healthlint.cli.parsing import Parser, list_of, one_of
from healthlint.errors import UserError
from healthlint.medicines.status import UNKNOWN, Verdict, jurisdictions_of, labelled_for, verdict
from healthlint.rules.vocabulary import PROFILES

if TYPE_CHECKING:
    from healthlint.medicines.model import Medicine

MEANINGS = {
    "labelled": "a use on the label",
    "labelled-broadened": "on the label, but these words are wider than the label",
    "off-label-supported": "on no label, with controlled trials or a guideline behind it",
    "off-label-limited": "on no label, with weak or mixed evidence",
    "no-evidence": "on no label, often claimed, without good evidence",
    "adverse-reaction": "a harm of the medicine, not a use",
    "contraindicated": "a reason not to use the medicine",
    "other-brand": "on the label of another product of the substance",
    "other-country": "on the label of another country",
    UNKNOWN: "the records do not say; healthlint stays silent",
}


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    parser.epilog = "exit status: 0 whatever the verdict; 'unknown' where the records do not say"
    add("name", nargs="?", metavar="NAME", help="a medicine, by generic name or brand")
    add("condition", nargs="*", metavar="CONDITION", help="what it is said to be for, severity words included")
    add("--profile", type=list_of("profile", PROFILES), action="extend", metavar="NAMES",
        help="countries whose labels count: us, uk, eu, au, ca (default: any)")  # fmt: skip
    add("--severity", type=one_of("severity", SEVERITIES), metavar="WORD", help=" | ".join(SEVERITIES))
    add("--format", type=one_of("format", ("text", "json")), default="text", metavar="NAME", help="text | json")
    add("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")


def run(args: argparse.Namespace) -> int:
    """Give one verdict."""
    words = " ".join(args.condition)
    if not args.name or not words:
        hint = "e.g. 'healthlint medicines verdict Accutane psoriasis'"
        raise UserError("a verdict wants a medicine and a condition", hint=hint)
    library = open_library(args.config)
    profiles = tuple(dict.fromkeys(args.profile or ()))
    named = library.condition(words)
    severity = args.severity or (named.severity if named else None)
    judged = _judged(args.name, named, severity, profiles, library)
    if not judged.medicine_id and named:
        judged = _by_labels(args.name, named, profiles, library) or judged
    if not judged.medicine:
        _tell_unknown("medicine", args.name, library.hint_for_medicine(args.name))
    if named is None:
        _tell_unknown("condition", words, library.hint_for_condition(words))
    if args.format == "json":
        put(_json(judged, args.name, words, severity, profiles, library), utf8=True)
    else:
        put(_text(judged, args.name, words, severity, profiles, library))
    return 0


def _tell_unknown(what: str, words: str, hint: str) -> None:
    tell("warning", f"no {what} is known as '{words}'" + (f" ({hint})" if hint else ""))


def _judged(
    name: str, named: Named | None, severity: str | None, profiles: tuple[str, ...], library: Library
) -> Verdict:
    """The verdict; where one of the two is not known, `unknown` with what is known of the other."""
    formulary = library.formulary
    found = formulary.ask_for(name)
    if found and named:
        return verdict(name, named.condition, formulary, jurisdictions_of(profiles), severity)
    if found:
        medicine, brand = formulary.medicine(found[0]), found[1]
        countries = tuple(c for c in jurisdictions_of(profiles) if c in medicine.label_countries)
        labelled = labelled_for(medicine, brand, countries)
        return Verdict(UNKNOWN, brand or medicine.name, labelled=labelled, medicine_id=medicine.id, brand=brand)
    if named:
        condition = formulary.condition(named.condition)
        return Verdict(UNKNOWN, condition=condition.name, condition_id=condition.id)
    return Verdict(UNKNOWN)


def _by_labels(name: str, named: Named, profiles: tuple[str, ...], library: Library) -> Verdict | None:
    """The verdict of imported labels, for a medicine without a record."""
    from healthlint.medicines.label_store import LabelStore, default_folder
    from healthlint.medicines.label_verdict import verdict_of_labels

    labels = LabelStore.load(default_folder())
    return verdict_of_labels(name, named.condition, labels, library.formulary, jurisdictions_of(profiles))


def _text(
    judged: Verdict, name: str, words: str, severity: str | None, profiles: tuple[str, ...], library: Library
) -> str:
    columns = min(width(sys.stdout), 100)
    medicine = library.formulary.medicine(judged.medicine_id) if judged.medicine_id else None
    condition = judged.condition + (f", {severity}" if severity and judged.condition else "")
    facts = {
        "medicine": _named_as(judged, medicine),
        "condition": condition,
        "labels of": ", ".join(jurisdictions_of(profiles)) or "any country",
        "labelled for": judged.labelled,
        "the label says": "; ".join(_label_says(judged, library)),
        "note": judged.note,
        "source": judged.source if judged.status != UNKNOWN else "",
        "record": _record(medicine) if medicine else "none; an imported label answers" if judged.medicine else "",
    }
    head = [wrapped(f"{name} for {words}: {judged.status}", columns), wrapped(MEANINGS[judged.status], columns)]
    lines = [wrapped(value, columns, f"{key:<16}", " " * 16) for key, value in facts.items() if value]
    return "\n".join((*head, "", *lines)) + "\n"


def _label_says(judged: Verdict, library: Library) -> tuple[str, ...]:
    """The uses that have to do with the condition: for it, for what it is a kind of, and for kinds of it."""
    formulary, asked = library.formulary, judged.condition_id
    if not judged.medicine_id or not asked:
        return ()
    wider = formulary.wider(asked)
    told: list[str] = []
    for use in formulary.medicine(judged.medicine_id).indications:
        if use.condition in wider or asked in use.accepts or formulary.is_kind_of(use.condition, asked):
            products = f"{', '.join(use.products)} in " if use.products else ""
            severity = f", when {' or '.join(use.severity)}" if use.severity and not _tells_severity(use.lay) else ""
            told.append(f"{use.lay}{severity} ({products}{', '.join(use.jurisdictions)})")
    return tuple(dict.fromkeys(told))


def _tells_severity(text: str) -> bool:
    return any(word in text for word in SEVERITIES)


def _named_as(judged: Verdict, medicine: Medicine | None) -> str:
    if medicine is None:
        return ""
    return f"{medicine.name} ({judged.brand})" if judged.brand else medicine.name


def _record(medicine: Medicine) -> str:
    review = medicine.review
    if review.status == "reviewed":
        return f"reviewed{f' by {review.by}' if review.by else ''}, {review.date}"
    return f"draft of {review.date or 'no date'}, not yet checked by a clinician or pharmacist"


def _json(
    judged: Verdict, name: str, words: str, severity: str | None, profiles: tuple[str, ...], library: Library
) -> str:
    from json import dumps

    report = {
        "schema_version": 1,
        "status": judged.status,
        "medicine": judged.medicine,
        "condition": judged.condition,
        "brand": judged.brand,
        "labelled": judged.labelled,
        "note": judged.note,
        "label_says": list(_label_says(judged, library)),
        "source": judged.source,
        "medicine_id": judged.medicine_id,
        "condition_id": judged.condition_id,
        "severity": severity,
        "profiles": list(profiles),
        "asked": {"medicine": name, "condition": words},
        "knowledge": library.knowledge(),
    }
    return dumps(report, ensure_ascii=False, indent=2) + "\n"
