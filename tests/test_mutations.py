"""What the rules and the word lists hold is needed: with any part of it left out, an example or a row here fails.

Guards and exceptions are left out rule by rule, word lists one by one, and the index that tells which patterns can
match is put out of order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from language.seeing import built_in, read
from word_list_rows import ROWS

from healthlint import knowledge, linter
from healthlint.checks import phrase, voice
from healthlint.checks.candidate import Candidate
from healthlint.checks.sayings import Sayings
from healthlint.config import FileSettings
from healthlint.documents.blocks import Document
from healthlint.findings import Finding
from healthlint.language import matching, vocabulary
from healthlint.language.matching import View
from healthlint.language.pattern_index import PatternIndex
from healthlint.language.tokens import tokenize
from healthlint.medicines.formulary import Formulary
from healthlint.rule_examples import judge_example
from healthlint.rules.model import PhraseCheck, Rule
from healthlint.rules.pack import Pack
from healthlint.rules.vocabulary import GUARDS, PROFILES

EXCEPTIONS = ("except_", "without")
"""Lists of a check that keep a rule silent."""


# Guards and exceptions


def without_guard(rule: Rule, name: str) -> Rule | None:
    """The rule without one of its guards; None where it has no such guard."""
    kept = tuple(guard for guard in rule.unless if guard.name != name)
    return rule._replace(unless=kept) if len(kept) < len(rule.unless) else None


def without_exceptions(rule: Rule, field: str) -> Rule | None:
    """The rule without one of the lists that keep it silent; None where it has no such list."""
    check: Any = rule.check
    return rule._replace(check=check._replace(**{field: ()})) if getattr(check, field, ()) else None


def deaf_to(guard: str) -> Callable[..., Iterator[Candidate]]:
    """The checks without the guard: those of claims and citations tell by themselves what is denied or cited."""
    candidates = linter._candidates

    def heedless(*given: Any) -> Iterator[Candidate]:
        for candidate in candidates(*given):
            yield candidate._replace(silenced="") if candidate.silenced == guard else candidate

    return heedless


def unnoticed(part: str, leave_out: Callable[[Rule, str], Rule | None]) -> tuple[list[str], list[str]]:
    """The rules that have the part, and those of them whose good examples pass without it."""
    pack = built_in()
    mutants = [m for m in (leave_out(pack.complete(rule), part) for rule in pack.rules) if m is not None]
    mutated = pack._replace(version=f"without {part}", rules=tuple(mutants))
    passed = [
        mutant.id
        for mutant in mutants
        if not any(
            kind == "noisy"
            for example in sorted(mutant.good, key=lambda e: e.because != part)
            for kind, _, _ in judge_example(mutant, "good", example, mutated)
        )
    ]
    return [mutant.id for mutant in mutants], passed


@pytest.mark.parametrize("guard", GUARDS)
def test_every_guard_of_a_rule_is_needed(guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linter, "_candidates", deaf_to(guard))
    guarded, passed = unnoticed(guard, without_guard)
    assert guarded and passed == []


@pytest.mark.parametrize("field", EXCEPTIONS)
def test_every_list_of_exceptions_is_needed(field: str) -> None:
    excepting, passed = unnoticed(field, without_exceptions)
    assert excepting and passed == []


# Word lists


def lists_in(values: Any, path: str) -> Iterator[str]:
    """Where each list of words or patterns stands in a cue file, such as `negation/cues/0/words`."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from lists_in(value, f"{path}/{key}")
    elif isinstance(values, list) and values:
        if isinstance(values[0], dict) and not {"noun", "adjective"} & values[0].keys():
            for number, group in enumerate(values):
                yield from lists_in(group, f"{path}/{number}")
        else:
            yield path


def emptied(values: Any, keys: list[str]) -> Any:
    """The cue files with the list at the keys empty."""
    if not keys:
        return []
    if isinstance(values, list):
        return [emptied(value, keys[1:]) if str(i) == keys[0] else value for i, value in enumerate(values)]
    return {**values, keys[0]: emptied(values[keys[0]], keys[1:])}


@cache
def entries_of(lexicon: str, terms: tuple[tuple[str, str], ...], cased: tuple[tuple[str, str], ...]) -> Any:
    """The entries of a lexicon that begin with a word of some row, as no other can be met; compiled once."""
    return {word: rows for word, rows in vocabulary.entries(lexicon, terms, cased).items() if word in words_of_rows()}


@cache
def words_of_rows() -> frozenset[str]:
    tokens = (token.norm for text, _ in ROWS.values() for token in tokenize(text))
    return frozenset(word for norm in tokens for word in (norm, norm.removesuffix("'s")))


@cache
def compiled_with() -> tuple[Any, ...]:
    """What the language layer is compiled with besides the cue files."""
    pack = built_in()
    formulary = Formulary.from_data({**pack.medicines, "medicines": pack.details.data["medicines"]})
    words = [(x.name, tuple(x.terms), x.cased) for x in pack.lexicons]
    orders = [x.name for x in pack.lexicons if x.orders]
    medicines, supplements = list(formulary.medicine_terms()), list(formulary.supplement_terms())
    return words, orders, medicines, list(formulary.condition_terms()), supplements


def pack_without(path: str) -> Pack:
    """The built-in pack without one word list."""
    pack = built_in()
    language = knowledge.compile_language(emptied(pack.details.data["cues"], path.split("/")), *compiled_with())
    return pack._replace(version=f"without {path}", language=language)


def is_seen(wanted: str, text: str, pack: Pack) -> bool:
    """Whether that is seen in the text; after `no `, whether it is not."""
    document = read(text, "markdown" if text.startswith("#") else "text")
    annotated = linter.see(document, pack, FileSettings(), mentions=True)
    seen = [f"kind {annotated.kind}"]
    for sentence in annotated.sentences:
        seen.extend(f"{claim.relation} {claim.target} ({claim.strength})" for claim in sentence.claims)
        seen.extend(f"cue {cue.kind}:{cue.strength}" for cue in sentence.cues)
        seen.extend(f"{evidence.kind} {evidence.role}" for evidence in sentence.evidence)
        seen.extend(f"link {c.source}{' cites' if c.cites else ''}" for c in sentence.citations if c.kind == "link")
    return any(wanted.removeprefix("no ") in words for words in seen) != wanted.startswith("no ")


def test_every_word_list_has_a_row() -> None:
    cues = {
        name: {k: v for k, v in file.items() if k != "about"} for name, file in built_in().details.data["cues"].items()
    }
    assert sorted(ROWS) == sorted(path for name, file in cues.items() for path in lists_in(file, name))


@pytest.mark.parametrize("path", ROWS)
def test_every_word_list_is_needed(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def entries(lexicon: str, terms: Iterable[tuple[str, str]], cased: Iterable[tuple[str, str]] = ()) -> Any:
        return entries_of(lexicon, tuple(terms), tuple(cased))

    monkeypatch.setattr(knowledge, "entries", entries)
    text, wanted = ROWS[path]
    assert is_seen(wanted, text, built_in())
    assert not is_seen(wanted, text, pack_without(path))


# The index of patterns


def every_pattern(index: PatternIndex[Any], view: View) -> list[tuple[Any, Any]]:
    """All patterns of an index, whatever the sentence."""
    return index._patterns


@cache
def pages() -> tuple[Document, ...]:
    """A bad example of each rule."""
    rules = map(built_in().complete, built_in().rules)
    return tuple(read(rule.bad[0].text, rule.bad[0].format) for rule in rules)


def findings_of(pack: Pack) -> list[tuple[Finding, ...]]:
    settings = FileSettings(profiles=PROFILES)
    return [linter.lint(page, pack, settings)[0] for page in pages()]


def test_the_index_only_saves_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every pattern is tried at every word, the same is found."""
    quick = findings_of(built_in())
    kept: dict[int, list[tuple[Any, Any]]] = {}

    def candidates(index: PatternIndex[Any], view: View) -> list[tuple[Any, Any]]:
        if id(index) not in kept:
            kept[id(index)] = every_pattern(index, view)
        return kept[id(index)]

    monkeypatch.setattr(PatternIndex, "candidates", candidates)
    monkeypatch.setattr(matching, "_beginnings", lambda pattern, view: range(view.count))
    monkeypatch.setattr(PatternIndex, "within", lambda index, low: index)
    monkeypatch.setattr(Sayings, "_places", lambda sayings, pattern: range(len(sayings._views)))
    for module in (matching, phrase, voice):
        monkeypatch.setattr(module, "possible", lambda patterns, view: list(patterns))
    monkeypatch.setattr(linter, "_benches", {})  # which remembers what was found before
    assert sum(map(bool, quick)) > len(quick) / 2
    assert findings_of(built_in()) == quick


def test_an_index_that_knows_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatternIndex, "candidates", lambda index, view: [])
    monkeypatch.setattr(linter, "_benches", {})
    pack = built_in()
    for rule in map(pack.complete, pack.rules):
        if isinstance(rule.check, PhraseCheck):
            assert any(judge_example(rule, "bad", example, pack) for example in rule.bad), rule.id
