"""What healthlint knows of a medicine and of a condition: frozen values, in the shape of the YAML a reviewer edits.

A field `must_mention_any` is written `must-mention-any` in YAML. A tuple of pairs is a mapping there. Conditions are
named by their id in `rules/conditions/`, products by their name in the record's own `names`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Country = Literal["US", "UK", "EU", "CA", "AU"]
COUNTRIES: tuple[Country, ...] = get_args(Country)

Kind = Literal["medicine", "unapproved", "supplement"]
SupplyStatus = Literal[
    "prescription", "pharmacy", "otc", "mixed", "controlled", "supplement", "unapproved", "not-marketed"
]  # fmt: skip
Advertising = Literal["allowed", "limited", "by-product", "prohibited"]
Sex = Literal["any", "female", "male"]
SeverityWord = Literal["mild", "moderate", "severe"]
EvidenceLevel = Literal["supported", "limited"]
RiskRole = Literal["boxed-warning", "contraindication", "warning", "adverse-reaction"]
SourceKind = Literal[
    "us-label", "uk-smpc", "eu-smpc", "ca-monograph", "au-pi", "agency-statement", "guideline", "trial", "review"
]  # fmt: skip
ReviewStatus = Literal["draft", "reviewed"]
Status = Literal[
    "labelled", "labelled-broadened", "off-label-supported", "off-label-limited", "no-evidence", "adverse-reaction",
    "contraindicated", "other-brand", "other-country", "unknown",
]  # fmt: skip
STATUSES: tuple[Status, ...] = get_args(Status)

LABEL_OF: dict[str, Country] = {
    "us-label": "US", "uk-smpc": "UK", "eu-smpc": "EU", "ca-monograph": "CA", "au-pi": "AU",
}  # fmt: skip


class BrandNames(NamedTuple):
    """Brand names in one country: on the market, or gone from it but still written about."""

    marketed: tuple[str, ...] = ()
    discontinued: tuple[str, ...] = ()


class Names(NamedTuple):
    """What the medicine is called.

    `forms` are names of a form ("oral minoxidil", "CBD oil"); they scope approvals as brands do. `not_this` lists
    look-alike names that are other substances. `plain` are names that are everyday words or parts of the body, too:
    who asks for the medicine may use them, but in a text they are not taken for it.
    """

    generic: str
    synonyms: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    brands: tuple[tuple[Country, BrandNames], ...] = ()
    misspellings: tuple[str, ...] = ()
    not_this: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()


class Supply(NamedTuple):
    """How the medicine may be had in one country, and whether it may be advertised to the public there.

    `limited` advertising means name, price and quantity only; `by-product` that it hangs on the product, those that may
    be advertised being listed in `advertisable`.
    """

    status: SupplyStatus
    public_advertising: Advertising
    advertisable: tuple[str, ...] = ()
    note: str = ""


class Population(NamedTuple):
    """Who the approval is for."""

    age_min: int | None = None
    sex: Sex = "any"
    excludes: tuple[str, ...] = ()


class Indication(NamedTuple):
    """One approved use. No `products` means every product of the record.

    `accepts` names broader conditions that readers take to mean this one ("diabetes" for type 2 diabetes): no finding.
    `broader` names broader conditions that overstate the approval unless the text qualifies them ("acne").
    """

    condition: str
    lay: str
    jurisdictions: tuple[Country, ...]
    products: tuple[str, ...] = ()
    population: Population = Population()
    severity: tuple[SeverityWord, ...] = ()
    line: str = ""
    accepts: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    note: str = ""


class OffLabel(NamedTuple):
    """A use on no label: `supported` by controlled trials or guidelines, or with `limited`, weak or mixed evidence."""

    condition: str
    evidence: EvidenceLevel
    note: str
    reference: str = ""


class NotApproved(NamedTuple):
    """A use that is often claimed, is on no label, and has no good evidence behind it."""

    condition: str
    note: str


class Topic(NamedTuple):
    """One subject of a boxed warning. No `products` means every product.

    A text mentions it when any of the words occurs; `stem*` matches what starts so.
    """

    id: str
    must_mention_any: tuple[str, ...]
    suggest: str
    products: tuple[str, ...] = ()


class BoxedWarning(NamedTuple):
    """The warning that stands in a box at the head of the label."""

    headline: str
    jurisdictions: tuple[Country, ...]
    topics: tuple[Topic, ...]

    def topics_of(self, product: str = "") -> tuple[Topic, ...]:
        """What a text about the product must mention; without a product, what holds for every one of them."""
        return tuple(topic for topic in self.topics if not topic.products or product in topic.products)


class Programme(NamedTuple):
    """A restricted supply programme (such as a REMS), and the words by which a text mentions it."""

    name: str
    jurisdictions: tuple[Country, ...]
    words: tuple[str, ...]
    products: tuple[str, ...] = ()


class Contraindication(NamedTuple):
    """Who must not have the medicine; `condition` where it is one of ours. No jurisdictions means everywhere."""

    lay: str
    condition: str = ""
    jurisdictions: tuple[Country, ...] = ()


class Risk(NamedTuple):
    """A harm on the label. A claim that the medicine is *for* it turns the label upside down."""

    condition: str
    role: RiskRole
    heading: str = ""
    lay: str = ""


class RiskWords(NamedTuple):
    """One group of words by which a text's safety part mentions a serious risk; `stem*` matches what starts so."""

    id: str
    words: tuple[str, ...]


class Source(NamedTuple):
    """Where the facts come from. The label kinds also say which countries' labels the record was written from."""

    kind: SourceKind
    title: str
    date: str = ""
    url: str = ""


class Review(NamedTuple):
    """Who checked the record, when, and after how many months it wants checking again."""

    status: ReviewStatus
    by: str = ""
    date: str = ""
    due_months: int = 6


class Example(NamedTuple):
    """A claim with the status it must get: a name of the medicine, " for ", a name of the condition."""

    claim: str
    status: Status
    profile: str = "base"
    severity: SeverityWord | None = None


class Medicine(NamedTuple):
    """One active ingredient (or fixed combination), one file."""

    schema: Literal["1"]
    id: str
    name: str
    kind: Kind
    names: Names
    sources: tuple[Source, ...]
    review: Review
    examples: tuple[Example, ...]
    classes: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    supply: tuple[tuple[Country, Supply], ...] = ()
    indications: tuple[Indication, ...] = ()
    off_label: tuple[OffLabel, ...] = ()
    not_approved: tuple[NotApproved, ...] = ()
    boxed_warning: BoxedWarning | None = None
    programmes: tuple[Programme, ...] = ()
    contraindications: tuple[Contraindication, ...] = ()
    risks: tuple[Risk, ...] = ()
    serious_risk_words: tuple[RiskWords, ...] = ()

    @property
    def label_countries(self) -> tuple[Country, ...]:
        """Countries whose label the record was written from; of the others it says nothing."""
        found = {LABEL_OF[source.kind] for source in self.sources if source.kind in LABEL_OF}
        return tuple(country for country in COUNTRIES if country in found)

    def products(self) -> tuple[str, ...]:
        """Every name that stands for part of the products, once: brands in the order of the record, then forms."""
        seen: dict[str, None] = {}
        for _, brands in self.names.brands:
            seen.update(dict.fromkeys((*brands.marketed, *brands.discontinued)))
        return (*seen, *self.names.forms)


class Condition(NamedTuple):
    """A disease, symptom or state that a text can claim a medicine is for.

    `abbreviations` are matched by exact case; `ambiguous` words count only where a treatment is claimed (the name
    itself may be one). What is approved
    for a parent is approved for the condition; a claim for the parent is broader than an approval for the condition.
    """

    id: str
    name: str
    lay: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


class ConditionFile(NamedTuple):
    """The conditions of one body system."""

    schema: Literal["1"]
    about: str
    conditions: tuple[Condition, ...]
