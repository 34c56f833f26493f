"""The `required` check: a document that says one thing must say another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from healthlint.checks.candidate import Candidate
from healthlint.language.annotation import AnnotatedDocument, Mention
from healthlint.language.matching import Match, any_match, find, may_be_among, may_match
from healthlint.rules.model import RequiredCheck, Rule

if TYPE_CHECKING:
    from healthlint.medicines.formulary import Formulary
    from healthlint.medicines.model import BoxedWarning, Topic

_SENTENCES_OF_A_TOPIC = 2
"""A medicine named in passing, "a statin (Zocor)", is not what a document is about."""


def check(
    rule: Rule, document: AnnotatedDocument, formulary: Formulary, jurisdictions: tuple[str, ...]
) -> Iterator[Candidate]:
    """One place a document for each thing left unsaid: where the first trigger stands."""
    asked = rule.check
    assert isinstance(asked, RequiredCheck)
    if asked.medicine:
        yield from _boxed_warnings(rule, document, formulary, jurisdictions)
        return
    triggers: list[tuple[int, Match]] = []
    when = [pattern for pattern in asked.when if may_be_among(pattern, document.keys)]
    for index, sentence in enumerate(document.sentences if when else ()):
        if not rule.reads(sentence.block.kind.value):
            continue
        for pattern in when:
            if may_match(pattern, sentence.view):
                triggers.extend((index, match) for match in find(pattern, sentence.view))
    if len(triggers) < max(asked.at_least, 1):
        return
    must = [pattern for pattern in asked.must if may_be_among(pattern, document.keys)]
    if must and any(any_match(must, sentence.view) for sentence in document.sentences):
        return
    index, match = min(triggers, key=lambda t: (t[0], t[1].start))
    words = document.sentences[index].block.text[match.start : match.end]
    missing = asked.must[0].text if asked.must else ""
    yield Candidate(
        rule, index, match.start, match.end, (("match", words), ("trigger", words), ("missing", missing)), "document"
    )


def _boxed_warnings(
    rule: Rule, document: AnnotatedDocument, formulary: Formulary, jurisdictions: tuple[str, ...]
) -> Iterator[Candidate]:
    places: dict[str, list[tuple[int, Mention]]] = {}
    for index, sentence in enumerate(document.sentences):
        for mention in sentence.mentions:
            if mention.lexicon == "medicine":
                places.setdefault(mention.term, []).append((index, mention))
    for medicine_id, mentions in places.items():
        if len({index for index, _ in mentions}) < _SENTENCES_OF_A_TOPIC:
            continue
        medicine = formulary.medicine(medicine_id)
        warning = medicine.boxed_warning
        if warning is None or (jurisdictions and not set(jurisdictions) & set(warning.jurisdictions)):
            continue
        topics = _topics(document, mentions, warning, formulary)
        # What a supply programme asks for holds in its own country only; the harm itself, everywhere.
        for topic in topics if jurisdictions else topics[:1]:
            if not _says_one_of(document, topic.must_mention_any):
                index, mention = mentions[0]
                words = document.sentences[index].block.text[mention.start : mention.end]
                data = (("match", words), ("trigger", medicine.name), ("missing", topic.suggest))
                yield Candidate(rule, index, mention.start, mention.end, data, "document")
                break


def _topics(
    document: AnnotatedDocument, mentions: list[tuple[int, Mention]], warning: BoxedWarning, formulary: Formulary
) -> list[Topic]:
    """What the document must mention, by the products it names; for the generic name, what holds for all of them."""
    names = {document.sentences[i].block.text[m.start : m.end] for i, m in mentions}
    products = {found[1] for name in names if (found := formulary.find_medicine(name))}
    return list({topic.id: topic for product in sorted(products) for topic in warning.topics_of(product)}.values())


def _says_one_of(document: AnnotatedDocument, stems: tuple[str, ...]) -> bool:
    plain = [stem.lower() for stem in stems]
    starts = tuple(stem[:-1] for stem in plain if stem.endswith("*") and " " not in stem)
    whole = {stem for stem in plain if not stem.endswith("*") and " " not in stem}
    phrases = [stem.rstrip("*") for stem in plain if " " in stem]
    for sentence in document.sentences:
        if any(t.norm in whole or (starts and t.norm.startswith(starts)) for t in sentence.tokens):
            return True
        if phrases and any(phrase in sentence.view.low for phrase in phrases):
            return True
    return False
