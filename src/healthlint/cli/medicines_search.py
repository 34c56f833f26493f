"""Which records a user's words name: by the medicine's names, or by what it is labelled for."""

from __future__ import annotations

from typing import NamedTuple

from healthlint.cli.medicines_lookup import Library
from healthlint.medicines.formulary import Formulary, plain
from healthlint.medicines.model import Indication, Medicine

_NAME, _START, _USE = range(3)
"""How well words fit: a whole name, the start of a word in one, a use on the label."""


class Hit(NamedTuple):
    """A record that the words name. Of its uses and brands, those that the words name stand first."""

    medicine: Medicine
    uses: tuple[str, ...]
    brands: tuple[str, ...]


class _Asked(NamedTuple):
    words: str
    condition: str | None


def search(words: str, library: Library) -> list[Hit]:
    """The records that fit, the best first; every record where no word is given.

    Where nothing fits the words together, each of them must fit by itself.
    """
    medicines = list(library.formulary.medicines())
    if not words.strip():
        return [_hit(medicine, (), library.formulary) for medicine in sorted(medicines, key=_name)]
    asked = (_asked(words, library),)
    found = _fitting(medicines, asked, library.formulary)
    if not found and len(words.split()) > 1:
        found = _fitting(medicines, tuple(_asked(word, library) for word in words.split()), library.formulary)
    return found


def _asked(words: str, library: Library) -> _Asked:
    named = library.condition(words)
    return _Asked(plain(words), named.condition if named else None)


def _fitting(medicines: list[Medicine], asked: tuple[_Asked, ...], formulary: Formulary) -> list[Hit]:
    found: list[tuple[int, str, Hit]] = []
    for medicine in medicines:
        fits = [_fit(medicine, one, formulary) for one in asked]
        known = [fit for fit in fits if fit is not None]
        if len(known) == len(fits):
            found.append((max(known), _name(medicine), _hit(medicine, asked, formulary)))
    return [hit for *_, hit in sorted(found, key=lambda row: row[:2])]


def _name(medicine: Medicine) -> str:
    return medicine.name.lower()


def _fit(medicine: Medicine, asked: _Asked, formulary: Formulary) -> int | None:
    names = medicine.names
    spelt = [plain(n) for n in (medicine.name, medicine.id, names.generic, *names.synonyms, *medicine.products())]
    if asked.words in spelt or asked.words in map(plain, names.misspellings):
        return _NAME
    if any(_starts(asked.words, name) for name in (*spelt, *map(str.lower, medicine.classes))):
        return _START
    return _USE if any(_is_use(indication, asked, formulary) for indication in medicine.indications) else None


def _starts(words: str, text: str) -> bool:
    """Whether a word of the text begins with the words asked for."""
    return f" {words}" in f" {text}"


def _is_use(indication: Indication, asked: _Asked, formulary: Formulary) -> bool:
    if asked.condition is not None:
        return formulary.is_kind_of(indication.condition, asked.condition) or asked.condition in indication.accepts
    named = (plain(indication.lay), plain(formulary.condition(indication.condition).name))
    return any(_starts(asked.words, text) for text in named)


def _hit(medicine: Medicine, asked: tuple[_Asked, ...], formulary: Formulary) -> Hit:
    named = {i.lay: any(_is_use(i, one, formulary) for one in asked) for i in _one_each(medicine)}
    brands = dict.fromkeys(brand for _, country in medicine.names.brands for brand in country.marketed)
    brands.update(dict.fromkeys(brand for _, country in medicine.names.brands for brand in country.discontinued))
    shown = {brand: any(_starts(one.words, plain(brand)) for one in asked) for brand in brands}
    return Hit(medicine, _named_first(named), _named_first(shown))


def _one_each(medicine: Medicine) -> list[Indication]:
    """The first wording of each use: other countries say the same in other words."""
    first: dict[str, Indication] = {}
    for indication in medicine.indications:
        first.setdefault(indication.condition, indication)
    return list(first.values())


def _named_first(named: dict[str, bool]) -> tuple[str, ...]:
    return tuple(sorted(named, key=lambda text: not named[text]))
