"""Numbered references: the entries of a document's list of references, and the notes that point to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.documents.blocks import HEADINGS, BlockKind
from healthlint.language.annotation import AnnotatedDocument, Sentence

_LIST_HEADING = re.compile(
    r"\W*(?:\d+\W+)?(?:(?:list of|selected|scientific|our|key|full|article|medical)\s+)?"
    r"(?:references?|sources|bibliography|citations|works cited|literature(?: cited)?|footnotes|endnotes|notes)"
    r"(?:\s+(?:and|&)\s+[\w ]+|\s+list|\s+cited)?\W*",
    re.I,
)
_ENTRY = re.compile(r"\[?\^?([\w-]{1,20})\]:?\s|(\d{1,3})[.)]?\s+(?=\D)|([¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s?(?=\S)")
_MARKED_ENTRY = re.compile(r"\[\^?([\w-]{1,20})\]:?\s+\S")
_NUMBER_BEFORE = re.compile(r"(?:^|[\r\n])[ \t>]*[\[(]?(\d{1,3})[.)\]]+[ \t]*\Z")
_LABEL = re.compile(r"\[\^([\w-]+)\]")
_NUMBERS = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BARE = re.compile(r"\s*\d{1,2}(?:[,–-]\d{1,2})*\Z")
"""A number that stands bare behind a stop may be one of a version or a page."""
_LIST_MARK = 12
"""Characters that a number of a list and its indent take."""
_FURTHEST = 40
"""A wider range than this is none of notes."""


class Note(NamedTuple):
    """Words that point to entries: the index of the sentence, offsets in its block, the numbers or the label."""

    sentence: int
    start: int
    end: int
    labels: tuple[str, ...]
    bracketed: bool


def entries_of(document: AnnotatedDocument) -> dict[str, str]:
    """The entries of the document's list of references, by number or label; empty where it has no list."""
    return {label: text for _, label, text in _entries(document)}


def resolved_notes(document: AnnotatedDocument) -> dict[int, dict[int, list[str]]]:
    """The entries that notes lead to, by the index of the sentence and the offset in its block."""
    found: dict[int, dict[int, list[str]]] = {}
    entries = entries_of(document)
    for note in notes_of(document) if entries else ():
        found.setdefault(note.sentence, {})[note.start] = [entries[x] for x in note.labels if x in entries]
    return found


def notes_of(document: AnnotatedDocument) -> Iterator[Note]:
    """The notes in the text, those in the list of references left out."""
    listed = {block for block, _, _ in _entries(document)}
    for index, sentence in enumerate(document.sentences):
        if sentence.block_index in listed:
            continue
        for start, end in sorted({(c.start, c.end) for c in sentence.citations if c.kind == "note"}):
            words = sentence.words(start, end)
            labels = _labels(words)
            if labels and not _BARE.match(words):
                yield Note(index, start, end, labels, words.lstrip().startswith("("))


def dangling_notes(document: AnnotatedDocument) -> Iterator[tuple[Note, tuple[str, ...], str]]:
    """Notes that point to no entry, with the labels that are missing and what the list holds instead.

    Where there is no list, nothing dangles: the entries may stand elsewhere. A number in plain brackets counts as a
    note only where others of its kind lead to entries and no other form of note is in use.
    """
    entries = entries_of(document)
    if not entries:
        return
    notes = list(notes_of(document))
    plain = [note for note in notes if not note.bracketed]
    if not plain and sum(not entries.keys().isdisjoint(note.labels) for note in notes) >= 2:
        plain = notes
    for note in plain:
        missing = tuple(label for label in note.labels if label not in entries)
        if missing:
            yield note, missing, _holdings(entries)


def _holdings(entries: dict[str, str]) -> str:
    numbers = sorted(int(label) for label in entries if label.isdigit())
    if not numbers:
        return "no entry with a number"
    return f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"only {numbers[0]}"


def _labels(words: str) -> tuple[str, ...]:
    labelled = _LABEL.findall(words)
    if labelled:
        return tuple(labelled)
    found: list[str] = []
    for first, last in _NUMBERS.findall(words.translate(_PLAIN)):
        upper = int(last or first)
        if 0 <= upper - int(first) <= _FURTHEST:
            found += [str(number) for number in range(int(first), upper + 1)]
    return tuple(found)


def _entries(document: AnnotatedDocument) -> list[tuple[int, str, str]]:
    """Block, label and text of each entry: what stands under a heading for it, else footnotes wherever they stand."""
    found: list[tuple[int, str, str]] = []
    within, previous = False, -1
    marked: list[tuple[int, str, str]] = []
    for sentence in document.sentences:
        block = sentence.block
        if sentence.block_index == previous:
            continue
        previous = sentence.block_index
        if block.kind in HEADINGS:
            within = _LIST_HEADING.fullmatch(block.text.strip()) is not None
        elif within and block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            label = _label_of(sentence, document, len(found))
            if label:
                found.append((previous, label, block.text))
        elif block.text.startswith("[") and (match := _MARKED_ENTRY.match(block.text)) is not None:
            marked.append((previous, match.group(1), block.text))
    if any(label == "1" for _, label, _ in marked) or any("[^" in text[:2] for _, _, text in marked):
        found += marked
    return found


def _label_of(sentence: Sentence, document: AnnotatedDocument, before: int) -> str:
    """The number that the entry is written with, else that of its place in a numbered list; empty for a loose one."""
    block = sentence.block
    match = _ENTRY.match(block.text)
    if match is not None and (label := next(filter(None, match.groups()), "")):
        return label.translate(_PLAIN)
    if block.kind is not BlockKind.LIST_ITEM:
        return ""
    if block.label == "numbered":
        return str(before + 1)
    source, start = document.document.source.text, block.source_span(0, 1)[0]
    if document.document.format == "html":
        return str(before + 1) if source.rfind("<ol", 0, start) > source.rfind("<ul", 0, start) else ""
    written = _NUMBER_BEFORE.search(source, max(0, start - _LIST_MARK), start)
    if written is None:
        return ""
    return written.group(1) if document.document.format == "text" else str(before + 1)
