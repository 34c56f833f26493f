"""`healthlint medicines show NAME`: all that the record of a medicine says, for a reader."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from healthlint.cli.medicines_lookup import Library, open_library
from healthlint.cli.output import put, width
from healthlint.cli.paragraphs import listed, section, wrapped
from healthlint.cli.parsing import Parser, one_of
from healthlint.errors import UserError
from healthlint.medicines.model import LABEL_OF, Indication, Medicine, Population, Review, Source, Supply

if TYPE_CHECKING:
    from healthlint.medicines.formulary import Formulary

KINDS = {"medicine": "medicine", "supplement": "supplement", "unapproved": "unapproved substance"}
SUPPLY = {
    "prescription": "on prescription",
    "pharmacy": "from a pharmacist",
    "otc": "over the counter",
    "mixed": "some products on prescription, some without",
    "controlled": "on prescription, as a controlled drug",
    "supplement": "sold as a supplement",
    "unapproved": "not approved",
    "not-marketed": "not on the market",
}
ADVERTISING = {
    "allowed": "advertising to the public allowed",
    "limited": "advertising to the public limited to name, price and quantity",
    "by-product": "advertising to the public allowed for some products",
    "prohibited": "no advertising to the public",
}
EVIDENCE = {"supported": "supported", "limited": "limited evidence"}
ROLES = {
    "boxed-warning": "boxed warning",
    "contraindication": "contraindication",
    "warning": "warnings",
    "adverse-reaction": "side effects",
}


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("name", nargs="*", metavar="NAME", help="a medicine, by generic name, brand or id")
    add("--format", type=one_of("format", ("text", "json")), default="text", metavar="NAME", help="text | json")
    add("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")


def run(args: argparse.Namespace) -> int:
    """Show one record."""
    name = " ".join(args.name)
    if not name:
        hint = "e.g. 'healthlint medicines show isotretinoin'; see 'healthlint medicines'"
        raise UserError("which medicine to show is not told", hint=hint)
    library = open_library(args.config)
    found = library.formulary.ask_for(name)
    if found is None:
        hint = library.hint_for_medicine(name) or "see 'healthlint medicines'"
        raise UserError(f"no medicine is known as '{name}'", hint=hint)
    medicine, brand = library.formulary.medicine(found[0]), found[1]
    if args.format == "json":
        put(_json(medicine, brand, library), utf8=True)
    else:
        put(shown(medicine, brand, library.formulary, min(width(sys.stdout), 100)))
    return 0


def shown(medicine: Medicine, brand: str, formulary: Formulary, columns: int) -> str:
    """The record as plain text, wrapped. `brand` is the product that was asked for, if it was one."""
    facts = [KINDS[medicine.kind], "; ".join(medicine.classes), ", ".join(medicine.routes)]
    review = medicine.review
    draft = "A draft: not yet checked by a clinician or pharmacist." if review.status == "draft" else ""
    paragraphs = [
        medicine.name,
        wrapped(_asked(medicine, brand), columns),
        wrapped(" – ".join(fact for fact in facts if fact), columns),
        draft,
        *section("Names", [_table(_names(medicine), columns)]),
        *section("Supply and advertising", [_table(((c, _supply(s)) for c, s in medicine.supply), columns)]),
        *section("Labelled uses", _uses(medicine, formulary, columns)),
        *_boxed_warning(medicine, columns),
        *section("Restricted programmes", [listed(_programmes(medicine), columns)]),
        *section("Must not be used", [listed(_contraindications(medicine), columns)]),
        *section("Harms on the label", [_table(_harms(medicine, formulary), columns)]),
        *section("Off-label uses", [listed(_off_label(medicine, formulary), columns)]),
        *section("Often claimed, and on no label", [listed(_refuted(medicine, formulary), columns)]),
        *section("Sources", [listed(list(map(_source, medicine.sources)), columns)]),
        *section("Review", [wrapped(_review(review), columns)]),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _asked(medicine: Medicine, brand: str) -> str:
    """Where the brand that was asked for is sold."""
    if not brand or brand == medicine.name:
        return ""
    sold = [country for country, brands in medicine.names.brands if brand in brands.marketed]
    gone = [country for country, brands in medicine.names.brands if brand in brands.discontinued]
    parts = [f"sold in {', '.join(sold)}" if sold else "", f"discontinued in {', '.join(gone)}" if gone else ""]
    where = "; ".join(part for part in parts if part) or "a form"
    return f"You asked for {brand} ({where})."


def _table(rows: Iterator[tuple[str, str]], columns: int) -> str:
    """A name before each text, the texts below one another."""
    pairs = [(name, text) for name, text in rows if text]
    indent = max((len(name) for name, _ in pairs), default=0) + 2
    return "\n".join(wrapped(text, columns, name.ljust(indent), " " * indent) for name, text in pairs)


def _names(medicine: Medicine) -> Iterator[tuple[str, str]]:
    names = medicine.names
    also = (names.generic,) if names.generic != medicine.name else ()
    yield "also", ", ".join((*also, *names.synonyms))
    for country, brands in names.brands:
        gone = f"discontinued: {', '.join(brands.discontinued)}" if brands.discontinued else ""
        yield country, "; ".join(filter(None, (", ".join(brands.marketed), gone)))
    yield "forms", ", ".join(names.forms)
    yield "misspelt", ", ".join(names.misspellings)
    yield "look-alikes", ", ".join(names.not_this)


def _supply(supply: Supply) -> str:
    advertising = ADVERTISING[supply.public_advertising]
    if supply.advertisable:
        advertising += f" ({', '.join(supply.advertisable)})"
    return "; ".join(filter(None, (SUPPLY[supply.status], advertising, supply.note)))


def _uses(medicine: Medicine, formulary: Formulary, columns: int) -> list[str]:
    """The uses of each set of countries, in the order of the record."""
    by_countries: dict[tuple[str, ...], list[Indication]] = {}
    for indication in medicine.indications:
        by_countries.setdefault(indication.jurisdictions, []).append(indication)
    without = [c for c in medicine.label_countries if not any(c in countries for countries in by_countries)]
    paragraphs = [
        "\n".join((", ".join(countries), *(_use(use, formulary, columns) for use in uses)))
        for countries, uses in by_countries.items()
    ]
    if without and medicine.indications:
        paragraphs.append(f"{', '.join(without)}\n- none")
    if not medicine.indications:
        paragraphs.append("none")
    return paragraphs


def _use(use: Indication, formulary: Formulary, columns: int) -> str:
    only = f" ({', '.join(use.products)} only)" if use.products else ""
    details = "; ".join(filter(None, (", ".join(use.severity), *_population(use.population), use.line, use.note)))
    called = ", ".join(formulary.condition(other).name for other in use.accepts)
    wider = ", ".join(formulary.condition(other).name for other in use.broader)
    lines = [
        wrapped(use.lay + only, columns, "- "),
        wrapped(details, columns, "  "),
        wrapped(called and f"also taken to mean it: {called}", columns, "  "),
        wrapped(wider and f"wider than the label: {wider}", columns, "  "),
    ]
    return "\n".join(line for line in lines if line.strip())


def _population(population: Population) -> Iterator[str]:
    if population.age_min:
        yield f"from {population.age_min} years"
    if population.sex != "any":
        yield {"female": "women only", "male": "men only"}[population.sex]
    if population.excludes:
        yield f"not in {', '.join(word.replace('-', ' ') for word in population.excludes)}"


def _boxed_warning(medicine: Medicine, columns: int) -> list[str]:
    box = medicine.boxed_warning
    if box is None:
        return []
    topics = []
    for topic in box.topics:
        only = f" ({', '.join(topic.products)} only)" if topic.products else ""
        topics.append(f"{topic.suggest}{only} Any of these words will do: {', '.join(topic.must_mention_any)}")
    must = ["An article must mention:\n" + listed(topics, columns)] if topics else []
    return section(f"Boxed warning ({', '.join(box.jurisdictions)})", [wrapped(box.headline, columns), *must])


def _programmes(medicine: Medicine) -> list[str]:
    return [
        f"{programme.name} ({', '.join(programme.jurisdictions)})"
        + (f", for {', '.join(programme.products)} only" if programme.products else "")
        for programme in medicine.programmes
    ]


def _contraindications(medicine: Medicine) -> list[str]:
    told = (
        entry.lay + (f" ({', '.join(entry.jurisdictions)})" if entry.jurisdictions else "")
        for entry in medicine.contraindications
    )
    return list(dict.fromkeys(told))


def _harms(medicine: Medicine, formulary: Formulary) -> Iterator[tuple[str, str]]:
    for role, heading in ROLES.items():
        harms = (risk.lay or formulary.condition(risk.condition).name for risk in medicine.risks if risk.role == role)
        yield heading, ", ".join(dict.fromkeys(harms))


def _off_label(medicine: Medicine, formulary: Formulary) -> list[str]:
    return [
        f"{formulary.condition(use.condition).name} ({EVIDENCE[use.evidence]}): {use.note}"
        + (f" [{use.reference}]" if use.reference else "")
        for use in medicine.off_label
    ]


def _refuted(medicine: Medicine, formulary: Formulary) -> list[str]:
    return [f"{formulary.condition(claim.condition).name}: {claim.note}" for claim in medicine.not_approved]


def _source(source: Source) -> str:
    country = LABEL_OF.get(source.kind)
    kind = f"{country} label" if country else source.kind.replace("-", " ")
    return f"{source.title} ({', '.join(filter(None, (kind, source.date)))})" + (f" <{source.url}>" * bool(source.url))


def _review(review: Review) -> str:
    by = f" by {review.by}" if review.by else ""
    return f"{review.status}{by}, {review.date or 'without a date'}; due again after {review.due_months} months"


def _json(medicine: Medicine, brand: str, library: Library) -> str:
    from json import dumps

    from healthlint.medicines.packing import to_data

    report = {
        "schema_version": 1,
        "knowledge": library.knowledge(),
        "brand": brand,
        "record": to_data(medicine),
    }
    return dumps(report, ensure_ascii=False, indent=2) + "\n"
