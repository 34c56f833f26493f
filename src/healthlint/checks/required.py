"""The `required` check: a document that says one thing must say another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from healthlint.checks.candidate import Candidate
from healthlint.documents.blocks import HEADINGS
from healthlint.language.annotation import AnnotatedDocument, Mention
from healthlint.language.matching import Match
from healthlint.rules.model import RequiredCheck, Rule

if TYPE_CHECKING:
    from healthlint.checks.sayings import Sayings
    from healthlint.medicines.formulary import Formulary
    from healthlint.medicines.model import BoxedWarning, Topic

_SENTENCES_OF_A_TOPIC = 3
"""A medicine named in passing, "a statin (Zocor)", is not what a document is about, unless a heading names it
or the document is short."""
_SHARE_OF_A_TOPIC = 0.1


def check(
    rule: Rule, document: AnnotatedDocument, sayings: Sayings, formulary: Formulary, jurisdictions: tuple[str, ...]
) -> Iterator[Candidate]:
    """One place a document for each thing left unsaid: where the first trigger stands."""
    asked = rule.check
    assert isinstance(asked, RequiredCheck)
    if asked.medicine:
        yield from _boxed_warnings(rule, document, sayings, formulary, jurisdictions)
        return
    at_least = max(asked.at_least, 1)
    triggers: list[tuple[int, Match]] = []
    for pattern in asked.when:  # of each the first one, to find the very first, and as many as it takes to count
        said = sayings.of((pattern,))
        if rule.blocks:
            said = (s for s in said if rule.reads(document.sentences[s[0]].block.kind))
        triggers.extend(islice(said, max(at_least - len(triggers), 1)))
    if len(triggers) < at_least:
        return
    if next(sayings.of(asked.must), None) is not None or _fills_one_of(document, asked.fields):
        return
    index, match = min(triggers, key=lambda t: (t[0], t[1].start))
    words = document.sentences[index].words(match.start, match.end)
    missing = asked.must[0].text if asked.must else ""
    yield Candidate(
        rule, index, match.start, match.end, (("match", words), ("trigger", words), ("missing", missing)), "document"
    )


def _fills_one_of(document: AnnotatedDocument, fields: tuple[str, ...]) -> bool:
    """Whether the front matter fills one of the fields: "reviewedBy" and "reviewed_by" are "reviewed-by"."""
    labels = {sentence.block.label for sentence in document.sentences if sentence.block.label} if fields else ()
    plain = {field.replace("-", "") for field in fields}
    return any(plain.intersection(label.lower().replace("_", "").replace("-", "").split(".")) for label in labels)


def _boxed_warnings(
    rule: Rule, document: AnnotatedDocument, sayings: Sayings, formulary: Formulary, jurisdictions: tuple[str, ...]
) -> Iterator[Candidate]:
    places: dict[str, list[tuple[int, Mention]]] = {}
    for index, sentence in enumerate(document.sentences):
        for mention in sentence.view.by_lexicon.get("medicine", ()):
            places.setdefault(mention.term, []).append((index, mention))
    for medicine_id, mentions in places.items():
        if not _is_topic(document, {index for index, _ in mentions}):
            continue
        medicine = formulary.medicine(medicine_id)
        warning = medicine.boxed_warning
        if warning is None or (jurisdictions and not set(jurisdictions) & set(warning.jurisdictions)):
            continue
        topics = _topics(document, mentions, warning, formulary)
        # What a supply programme asks for holds in its own country only; the harm itself, everywhere.
        for topic in topics if jurisdictions else topics[:1]:
            if not _says_one_of(document, sayings, topic.must_mention_any):
                index, mention = mentions[0]
                words = document.sentences[index].words(mention.start, mention.end)
                data = (("match", words), ("trigger", medicine.name), ("missing", topic.suggest))
                yield Candidate(rule, index, mention.start, mention.end, data, "document")
                break


def _is_topic(document: AnnotatedDocument, named_in: set[int]) -> bool:
    """Whether a document that names a medicine in these sentences is about it."""
    often = len(named_in)
    if often < 2 or often >= _SENTENCES_OF_A_TOPIC:
        return often >= _SENTENCES_OF_A_TOPIC
    in_heading = any(document.sentences[index].block.kind in HEADINGS for index in named_in)
    return in_heading or often >= len(document.sentences) * _SHARE_OF_A_TOPIC


def _topics(
    document: AnnotatedDocument, mentions: list[tuple[int, Mention]], warning: BoxedWarning, formulary: Formulary
) -> list[Topic]:
    """What the document must mention, by the products it names; for the generic name, what holds for all of them."""
    names = {document.sentences[i].words(m.start, m.end) for i, m in mentions}
    products = {found[1] for name in names if (found := formulary.find_medicine(name))}
    return list({topic.id: topic for product in sorted(products) for topic in warning.topics_of(product)}.values())


def _says_one_of(document: AnnotatedDocument, sayings: Sayings, stems: tuple[str, ...]) -> bool:
    plain = [stem.lower() for stem in stems]
    starts = tuple(stem[:-1] for stem in plain if stem.endswith("*") and " " not in stem)
    whole = {stem for stem in plain if not stem.endswith("*") and " " not in stem}
    phrases = [stem.rstrip("*") for stem in plain if " " in stem]
    if not whole.isdisjoint(sayings.keys):
        return True
    for key in sayings.keys if starts else ():
        if key.startswith(starts):
            return True
    return any(phrase in sentence.view.low for phrase in phrases for sentence in document.sentences)
