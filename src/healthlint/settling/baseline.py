"""Findings accepted so far: each entry accepts one occurrence of the same words in the same sentence.

A sentence that is edited is no longer the one that was accepted. All else may change: the sentences around it, the
lines, the place in the file, the file. So the key is the rule, the words found and the sentence, and of several equal
ones the neighbours tell which is meant. The path is a help: an entry is looked for in its own file first.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from healthlint.findings import Finding
from healthlint.plain_words import plain

_LONGEST = 60
"""Characters of the words that an entry shows; the sentence's hash tells longer ones apart."""


class Entry(NamedTuple):
    """One accepted finding. `path` counts from the folder of the baseline file.

    `sentence`, `before` and `after` are hashes of the plain words of the sentence and of its neighbours, empty where
    there is no neighbour.
    """

    path: str
    rule: str
    words: str
    sentence: str
    before: str
    after: str


class Found(NamedTuple):
    """A finding that a baseline may accept, and the entry that would."""

    finding: Finding
    entry: Entry


class Comparison(NamedTuple):
    """A baseline against a run: `matches` has for each of `found` the index of the entry that accepts it, or -1."""

    entries: tuple[Entry, ...]
    found: tuple[Found, ...]
    matches: tuple[int, ...]

    @property
    def new(self) -> tuple[Found, ...]:
        """What no entry accepts."""
        return tuple(found for found, match in zip(self.found, self.matches, strict=True) if match < 0)

    @property
    def unmatched(self) -> tuple[int, ...]:
        """The entries that accept nothing."""
        matched = set(self.matches)
        return tuple(index for index in range(len(self.entries)) if index not in matched)


def found_in(path: str, findings: Iterable[Finding]) -> list[Found]:
    """The active findings of a document, with their entries."""
    return [Found(finding, entry_of(finding, path)) for finding in findings if finding.status == "active"]


def entry_of(finding: Finding, path: str) -> Entry:
    """The entry that accepts the finding there."""
    words = plain(finding.text)
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    return Entry(path, finding.rule, words, _hash(finding.sentence), _hash(finding.before), _hash(finding.after))


def _hash(text: str) -> str:
    return sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:12] if text.strip() else ""


def compare(entries: Sequence[Entry], found: Sequence[Found], is_elsewhere: Callable[[str], bool]) -> Comparison:
    """Which entry accepts which finding: the closest first, each entry one finding and each finding one entry.

    `is_elsewhere` tells of a path whether it stands in a file that this run has not looked at: an entry from there
    belongs to that file and accepts nothing in another.
    """
    matches = [-1] * len(found)
    free = dict.fromkeys(range(len(entries)))
    open_ = list(range(len(found)))
    elsewhere: dict[str, bool] = {}
    for key, across_files, of_documents in _KEYS:
        if not open_ or not free:
            break
        by_key: Mapping[tuple[str, ...], deque[int]] = defaultdict(deque)
        wanted = {key(found[number].entry) for number in open_}
        for index in free:
            entry = entries[index]
            if key(entry) not in wanted:
                continue
            if across_files:
                if entry.path not in elsewhere:
                    elsewhere[entry.path] = is_elsewhere(entry.path)
                if elsewhere[entry.path]:
                    continue
            by_key[key(entry)].append(index)
        still_open = []
        for number in open_:
            fitting = by_key.get(key(found[number].entry))
            if fitting and (not of_documents or found[number].finding.scope == "document"):
                matches[number] = fitting.popleft()
                del free[matches[number]]
            else:
                still_open.append(number)
        open_ = still_open
    return Comparison(tuple(entries), tuple(found), tuple(matches))


Key = Callable[[Entry], tuple[str, ...]]
_NEIGHBOURS: tuple[Key, ...] = (
    lambda e: (e.rule, e.words, e.sentence, e.before, e.after),
    lambda e: (e.rule, e.words, e.sentence, "before", e.before),
    lambda e: (e.rule, e.words, e.sentence, "after", e.after),
    lambda e: (e.rule, e.words, e.sentence),
)


def _in_file(key: Key) -> Key:
    return lambda entry: (entry.path, *key(entry))


_KEYS: tuple[tuple[Key, bool, bool], ...] = (
    *((_in_file(key), False, False) for key in _NEIGHBOURS),
    # What is found of a whole document stands at one of its sentences, and remains when that one is edited.
    (lambda e: (e.path, e.rule, e.words), False, True),
    *((key, True, False) for key in _NEIGHBOURS),
)
"""What must be equal, from the closest to the farthest; whether it holds across files, and for documents alone."""
