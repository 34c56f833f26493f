"""Document × rules → findings: annotate once, ask every rule once, weigh the guards, merge what says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from healthlint.annotate import annotate
from healthlint.checks import balance, citation, claim, metric, pair, phrase, required, structure, voice
from healthlint.checks.candidate import Candidate
from healthlint.checks.sayings import Sayings, asked_of_documents
from healthlint.config import FileSettings
from healthlint.documents.blocks import Document
from healthlint.errors import UserError, did_you_mean
from healthlint.findings import FileReport, Finding, Severity, severity_of
from healthlint.knowledge import load_language
from healthlint.language.annotation import AnnotatedDocument
from healthlint.language.cues import silenced_by
from healthlint.medicines.formulary import Formulary
from healthlint.merging import Found, merged, numbered
from healthlint.readings import Readings
from healthlint.rules.model import (
    BalanceCheck,
    CitationCheck,
    ClaimCheck,
    Guard,
    MetricCheck,
    PairCheck,
    RequiredCheck,
    Rule,
    StructureCheck,
    VoiceCheck,
)
from healthlint.rules.phrase_index import PhraseIndex
from healthlint.rules.vocabulary import KINDS

if TYPE_CHECKING:
    from healthlint.rules.pack import Pack

_NO_COUNTRY = frozenset(("base", "edu", "platform"))
_OF_PAIRS = frozenset(("condition", "condition?", "medicine", "supplement-name"))
_UNCITED = Guard("cited")
_MOST_CHOICES = 32
"""Choices of rules kept ready: one for each kind of document under each set of settings."""


class _Chosen(NamedTuple):
    """The rules that run on one kind of document under one set of settings, made ready to be asked."""

    severities: dict[str, Severity]
    phrases: PhraseIndex
    of_claims: list[tuple[Rule, frozenset[str]]]
    """The rules that ask for claims, each with the relations that it asks for."""
    by_check: dict[type, list[Rule]]
    asked: frozenset[str]
    """The keys that are looked for in a document as a whole."""


class _Bench(NamedTuple):
    """What a pack is worked with: made once a pack, used for every document."""

    readings: Readings
    formulary: Formulary
    rules: tuple[Rule, ...]
    choices: dict[tuple[str, FileSettings], _Chosen]

    def chosen(self, kind: str, settings: FileSettings) -> _Chosen:
        """The rules for one document; kept, since a run checks many documents alike."""
        found = self.choices.get((kind, settings))
        if found is None:
            if len(self.choices) >= _MOST_CHOICES:
                self.choices.clear()
                self.readings.forget()  # which note what was found with these choices
            found = self.choices[kind, settings] = _choose(self.rules, kind, settings)
        return found


_benches: dict[str, _Bench] = {}


def _bench(pack: Pack) -> _Bench:
    """The pack made ready; kept, since a run checks many documents with one pack."""
    bench = _benches.get(pack.version)
    if bench is None:
        bench = _Bench(Readings(load_language(pack.language)), Formulary.from_data(pack.medicines), pack.rules, {})
        _benches.clear()
        _benches[pack.version] = bench
    return bench


def _choose(rules: tuple[Rule, ...], kind: str, settings: FileSettings) -> _Chosen:
    severities = _severities(rules, kind, settings)
    running = [rule for rule in rules if rule.id in severities]
    by_check: dict[type, list[Rule]] = {}
    for rule in running:
        by_check.setdefault(type(rule.check), []).append(rule)
    of_claims = [(rule, frozenset(rule.check.relations)) for rule in running if isinstance(rule.check, ClaimCheck)]
    return _Chosen(severities, PhraseIndex.of(running), of_claims, by_check, asked_of_documents(running))


def lint(document: Document, pack: Pack, settings: FileSettings) -> tuple[tuple[Finding, ...], FileReport]:
    """Findings of one document in order of place, and what the document was taken for."""
    annotated = see(document, pack, settings)
    findings, _ = judge(annotated, pack, settings)
    return findings, FileReport(document.source.path, annotated.kind, annotated.kind_cues)


def rules_on(kind: str, pack: Pack, settings: FileSettings) -> tuple[tuple[Rule, Severity], ...]:
    """The rules that run on documents of that kind, each with its severity there."""
    bench = _bench(pack)
    severities = bench.chosen(kind, settings).severities
    return tuple((rule, severities[rule.id]) for rule in bench.rules if rule.id in severities)


def trace(
    document: Document, pack: Pack, settings: FileSettings
) -> tuple[tuple[Finding, ...], tuple[tuple[Candidate, str], ...]]:
    """Findings, and the places where a rule matched but a guard kept it silent, each with the guard's name."""
    return judge(see(document, pack, settings), pack, settings)


def see(document: Document, pack: Pack, settings: FileSettings, *, mentions: bool = False) -> AnnotatedDocument:
    """The document as the rules see it; UserError where its front matter names a kind that there is not.

    With `mentions` also the words that speak of research and that no rule asks about.
    """
    declared = settings.kind or document.declared_kind
    if declared is not None and declared not in KINDS:
        hint = did_you_mean(declared, list(KINDS))
        raise UserError(f"unknown kind of document '{declared}'", where=document.source.path, hint=hint)
    readings = _bench(pack).readings
    return annotate(document, readings, kind=settings.kind, publisher=settings.publisher, mentions=mentions)


def judge(
    annotated: AnnotatedDocument, pack: Pack, settings: FileSettings
) -> tuple[tuple[Finding, ...], tuple[tuple[Candidate, str], ...]]:
    """What the rules find in a document as seen, and what `trace` tells besides."""
    bench = _bench(pack)
    chosen = bench.chosen(annotated.kind, settings)
    found: list[Found] = []
    silenced: list[tuple[Candidate, str]] = []
    for candidate in _candidates(annotated, chosen, bench.formulary, _countries(settings.profiles)):
        guards = (candidate.silenced,) if candidate.silenced else _guards_of(candidate, annotated)
        if guards:
            silenced.extend((candidate, guard) for guard in guards)
        else:
            found.append(_found(candidate, annotated, chosen.severities))
    return tuple(numbered(_findings(merged(found), annotated))), tuple(silenced)


def _severities(rules: tuple[Rule, ...], kind: str, settings: FileSettings) -> dict[str, Severity]:
    """The rules that run on this document, by code, each with its severity here."""
    chosen: dict[str, Severity] = {}
    overrides = dict(settings.severity)
    for rule in rules:
        if not rule.runs_on(kind) or not is_selected(rule, settings):
            continue
        severity = rule.severity_in(settings.profiles) if rule.runs_in(settings.profiles) else None
        if severity is not None and rule.category in overrides:
            severity = _overridden(overrides[rule.category])
        for word in (rule.name, rule.id):
            if word in overrides:
                severity = _overridden(overrides[word])
        if severity is not None:
            chosen[rule.id] = severity
    return chosen


def _overridden(word: str) -> Severity | None:
    return None if word == "off" else severity_of(word)


def is_selected(rule: Rule, settings: FileSettings) -> bool:
    """Whether the settings select the rule; the more exact word wins, so that a rule of an ignored category can run."""
    chosen = max((_exactness(rule, word) for word in settings.select), default=0 if settings.select else 1)
    ignored = max((_exactness(rule, word) for word in settings.ignore), default=0)
    return chosen > 0 and (ignored == 0 or chosen > ignored)


def _exactness(rule: Rule, word: str) -> int:
    """How exactly a word names the rule: 0 not at all, then category, code prefix, code or name."""
    if word in (rule.id, rule.name):
        return 9
    if rule.id.startswith(word):
        return len(word)
    return 2 if word == rule.category else 0


def _countries(profiles: tuple[str, ...]) -> tuple[str, ...]:
    """The countries whose labels count; none when no profile of a country is active."""
    if set(profiles) <= _NO_COUNTRY:
        return ()
    from healthlint.medicines.status import jurisdictions_of

    return jurisdictions_of(profiles)


def _candidates(
    annotated: AnnotatedDocument, chosen: _Chosen, formulary: Formulary, countries: tuple[str, ...]
) -> Iterator[Candidate]:
    by_check = chosen.by_check
    pair_rules = by_check.get(PairCheck, [])
    citation_rules = by_check.get(CitationCheck, [])
    for index, said in enumerate(phrase.said_in(annotated, chosen.phrases)):
        sentence = annotated.sentences[index]
        block_kind = sentence.block.kind
        for rule, matches in said:
            if rule.reads(block_kind):
                yield from phrase.check(rule, sentence, index, matches)
        if sentence.claims:
            told = {claim.relation for claim in sentence.claims}
            for rule, relations in chosen.of_claims:
                if not relations.isdisjoint(told) and rule.reads(block_kind):
                    yield from claim.check(rule, annotated, index)
        if sentence.evidence:
            for rule in citation_rules:
                if rule.reads(block_kind):
                    yield from citation.check(rule, annotated, index)
        if pair_rules and (sentence.claims or not _OF_PAIRS.isdisjoint(sentence.view.by_lexicon)):
            judged = pair.judged_pairs(annotated, index, formulary, countries)
            for rule in pair_rules if judged else ():
                if rule.reads(block_kind):
                    yield from pair.check(rule, annotated, index, judged)
    sayings = Sayings(annotated, chosen.asked)
    for rule in by_check.get(RequiredCheck, []):
        yield from required.check(rule, annotated, sayings, formulary, countries)
    for rule in by_check.get(BalanceCheck, []):
        yield from balance.check(rule, annotated)
    metric_rules = by_check.get(MetricCheck, [])
    prose = metric.prose_of(annotated) if metric_rules else []
    for rule in metric_rules:
        yield from metric.check(rule, prose)
    for rule in by_check.get(StructureCheck, []):
        yield from structure.check(rule, annotated)
    voices = voice.Voices(annotated, sayings)
    for rule in by_check.get(VoiceCheck, []):
        yield from voice.check(rule, voices)


def _guards_of(candidate: Candidate, annotated: AnnotatedDocument) -> tuple[str, ...]:
    guards, index = candidate.rule.unless, candidate.sentence_index
    if not guards or candidate.scope == "document":
        return ()
    cues = annotated.sentences[index].cues
    cited = _UNCITED in guards and citation.is_cited(annotated, index)
    if not cues and not cited:
        return ()
    start, end = candidate.anchor or (candidate.start, candidate.end)
    return silenced_by(guards, start, end, cues, cited)


def _found(candidate: Candidate, annotated: AnnotatedDocument, severities: dict[str, Severity]) -> Found:
    code, reach = candidate.rule.id, candidate[2:4]
    sentence = annotated.sentences[candidate.sentence_index]
    start, end = sentence.block.source_span(sentence.start + reach[0], sentence.start + reach[1])
    return Found(start, end, code, severities[code], candidate, sentence, reach)


class _Surroundings(NamedTuple):
    """What the findings of one sentence have in common: its place in the source, its text and its neighbours."""

    start: int
    end: int
    text: str
    before: str
    after: str


def _surroundings(annotated: AnnotatedDocument, index: int) -> _Surroundings:
    sentences = annotated.sentences
    sentence = sentences[index]
    return _Surroundings(
        *sentence.block.source_span(sentence.start, sentence.end),
        sentence.text,
        before=sentences[index - 1].text if index else "",
        after=sentences[index + 1].text if index + 1 < len(sentences) else "",
    )


def _findings(found: Iterable[Found], annotated: AnnotatedDocument) -> Iterator[Finding]:
    surroundings: dict[int, _Surroundings] = {}
    for one in found:
        index = one.candidate.sentence_index
        around = surroundings.get(index)
        if around is None:
            around = surroundings[index] = _surroundings(annotated, index)
        yield _finding(one, annotated.document, around)


def _finding(found: Found, document: Document, around: _Surroundings) -> Finding:
    start, end, _, severity, candidate, sentence, reach, also = found
    rule, source, data = candidate.rule, document.source, candidate.data
    line, column = source.position(start)
    # In order, as far as they come without a gap: a call with every name takes three times as long.
    return Finding(
        rule.id,
        rule.name,
        rule.category,
        severity,
        rule.confidence,
        candidate.scope,
        _filled(rule.message, data),
        _filled(rule.help, data),
        source.path,
        line,
        column,
        *source.position(end),
        start,
        end,
        sentence.words(candidate.start, candidate.end),
        around.text,
        source.line_text(line),
        also=also,
        data=data,
        sentence_start=around.start,
        sentence_end=around.end,
        place=document.place(start) if document.places else "",
        reach=reach,
        before=around.before,
        after=around.after,
    )


def _filled(message: str, data: tuple[tuple[str, str], ...]) -> str:
    for key, value in data:
        if "{" not in message:
            break
        message = message.replace("{" + key + "}", value)
    return message
