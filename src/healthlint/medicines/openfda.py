"""Imports US labels from openFDA's bulk download: the best label of each medicine, as facts."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from healthlint.errors import UserError
from healthlint.medicines.label_store import LabelStore, Source
from healthlint.medicines.label_stream import labels_in, parsed, unpacked_size
from healthlint.medicines.labels import OTC, PRESCRIPTION, Label

SECONDS_BETWEEN_SAVES = 10.0
_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NO_BOX = re.compile(r"\W*(?:warnings?\W+)?(?:for (?:external|topical|rectal) use|keep out of reach)\b", re.I)
_MOST_NAMES = 40
_MOST_CHARACTERS = 200


class SectionReader(Protocol):
    """What finds conditions in the sections of a label."""

    def uses(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Conditions that the section on uses names as uses, names besides, and rules out."""

    def contraindications(self, text: str) -> tuple[str, ...]:
        """Conditions in which the medicine must not be used."""


class Tally(NamedTuple):
    """What became of the labels that were read."""

    read: int = 0
    added: int = 0
    replaced: int = 0
    left_out: int = 0
    nameless: int = 0
    unapproved: int = 0
    files_done_before: int = 0
    errors: tuple[UserError, ...] = ()


Progress = Callable[[int, int], None]
"""Told of bytes done, and of how many there are."""


def import_labels(
    paths: Sequence[str], store: LabelStore, reader: SectionReader, rules: str, progress: Progress
) -> Tally:
    """Read the files into the store, on from where an earlier run stopped, and save it; also when interrupted.

    A file that cannot be read to its end is told in the errors, what stood before the damage is kept, and the next
    file is read.
    """
    counts = dict.fromkeys(Tally._fields[:-1], 0)
    errors: list[UserError] = []
    todo: list[tuple[str, Source, int]] = []
    for path in paths:
        try:
            source = _source(path, rules)
            if store.progress(source)[1]:
                counts["files_done_before"] += 1
            else:
                todo.append((path, source, unpacked_size(path)))
        except UserError as error:
            errors.append(error)
    total, before = sum(size for _, _, size in todo), 0
    for path, source, size in todo:
        try:
            _import_file(path, source, store, reader, counts, _Meter(progress, before, total))
        except UserError as error:
            errors.append(error)
        before += size
    return Tally(**counts, errors=tuple(errors))


class _Meter:
    """Adds up the bytes read of one file among many."""

    def __init__(self, progress: Progress, before: int, total: int) -> None:
        self._progress, self._done, self._total = progress, before, total

    def __call__(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)


def _source(path: str, rules: str) -> Source:
    try:
        status = os.stat(path)
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", where=path) from error
    return Source(os.path.basename(path), status.st_size, status.st_mtime_ns, rules)


def _import_file(
    path: str, source: Source, store: LabelStore, reader: SectionReader, counts: dict[str, int], meter: _Meter
) -> None:
    before, _ = store.progress(source)
    done, complete = before, False
    saved = time.monotonic()
    try:
        for number, text in enumerate(labels_in(path, meter), 1):
            if number <= before:
                continue
            _import_label(parsed(text, path, number), source.name, store, reader, counts)
            done = number
            if time.monotonic() - saved > SECONDS_BETWEEN_SAVES:
                store.note(source, done, False)
                store.save()
                saved = time.monotonic()
        complete = True
    finally:
        # Interrupted or damaged: what was done is done.
        store.note(source, done, complete)
        store.save()


def _import_label(
    raw: dict[str, Any], source: str, store: LabelStore, reader: SectionReader, counts: dict[str, int]
) -> None:
    counts["read"] += 1
    label = named(raw, source)
    if label is None:
        counts["nameless"] += 1
    elif label.kind == OTC and not label.applications:
        counts["unapproved"] += 1  # homeopathic and the like: sold with claims that nobody has looked at
    elif not store.wants(label):
        counts["left_out"] += 1
    else:
        size = len(store)
        store.add(with_facts(label, raw, reader))
        counts["added" if len(store) > size else "replaced"] += 1


def named(raw: dict[str, Any], source: str) -> Label | None:
    """Who the label is of, without its facts; None where it does not say."""
    openfda = raw.get("openfda")
    openfda = openfda if isinstance(openfda, dict) else {}
    generics, substances = _names(openfda, "generic_name"), _names(openfda, "substance_name")
    set_id = _words(raw.get("set_id"))[:_MOST_CHARACTERS]
    if not set_id or not (generics or substances):
        return None
    date = _DATE.match(_words(raw.get("effective_time")))
    version = _words(raw.get("version"))
    return Label(
        set_id=set_id,
        effective="-".join(date.groups()) if date else "",
        version=int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else 0,
        kind=OTC if any("OTC" in name.upper() for name in _names(openfda, "product_type")) else PRESCRIPTION,
        original=_words(openfda.get("is_original_packager")).lower() == "true",
        generics=generics,
        brands=_names(openfda, "brand_name"),
        substances=substances,
        routes=_names(openfda, "route"),
        applications=_names(openfda, "application_number"),
        source=source,
    )


def with_facts(label: Label, raw: dict[str, Any], reader: SectionReader) -> Label:
    """The label with what its sections say."""
    uses, context, not_for = reader.uses(_words(raw.get("indications_and_usage")))
    box = _words(raw.get("boxed_warning"))
    return label._replace(
        uses=uses,
        context=context,
        not_for=not_for,
        boxed_warning=label.kind == PRESCRIPTION and bool(box.strip()) and _NO_BOX.match(box) is None,
        contraindications=reader.contraindications(_words(raw.get("contraindications"))),
    )


def _words(value: Any) -> str:
    """A field's text: a list of one string as a rule, in odd labels of several, or a bare value."""
    items = value if isinstance(value, list) else [value]
    return " ".join(str(item) for item in items if isinstance(item, str | int | bool))


def _names(openfda: dict[str, Any], field: str) -> tuple[str, ...]:
    """The names in a field, each once, without what a terminal or a file could not show."""
    value = openfda.get(field)
    items = value if isinstance(value, list) else [value]
    names = (" ".join(item.split()) for item in items if isinstance(item, str))
    shown = (name.encode("utf-8", "replace").decode()[:_MOST_CHARACTERS] for name in names if name)
    return tuple(dict.fromkeys(shown))[:_MOST_NAMES]
