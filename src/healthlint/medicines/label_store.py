"""Where imported labels are kept: in the user's own data, apart from the curated records.

One file with a line for each label, and one that says how far each source file has been read. Both are written whole
or not at all, the labels first: a run that ends in between reads some labels twice, and loses none.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from healthlint.errors import UserError
from healthlint.medicines.labels import Key, Label, label_of, line_of

LABELS_FILE = "openfda-labels.jsonl"
PROGRESS_FILE = "openfda-progress.json"
LOCK_FILE = "openfda.lock"
_NO_LABEL = (ValueError, TypeError, KeyError, AttributeError)


class Source(NamedTuple):
    """A source file as it is known again: a file that changed is another one. `rules` is the version of the rules."""

    name: str
    size: int
    changed: int
    rules: str


def default_folder() -> str:
    """`healthlint` in the user's data folder."""
    base = os.environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(base, "healthlint")


class LabelStore:
    """The labels of one folder, held in memory; `save` writes them."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._labels: dict[Key, Label] = {}
        self._keys: dict[str, Key] = {}
        self._read: dict[Source, tuple[int, bool]] = {}

    @classmethod
    def load(cls, folder: str) -> LabelStore:
        """What the folder holds, which may be nothing; UserError where a file of it is damaged."""
        store = cls(folder)
        for number, line in enumerate(_lines(store.path), 1):
            try:
                label = label_of(line)
                store._labels[label.key] = label
                store._keys[label.set_id] = label.key
            except _NO_LABEL as error:
                hint = "delete the line, or delete the file and import again"
                raise UserError("is no label", where=f"{store.path}:{number}", hint=hint) from error
        path = os.path.join(folder, PROGRESS_FILE)
        text = "".join(_lines(path))
        try:
            entries = json.loads(text)["sources"] if text else []
            store._read = {Source(*entry["file"]): (int(entry["done"]), bool(entry["complete"])) for entry in entries}
        except _NO_LABEL as error:
            hint = "delete it: the files will be read again"
            raise UserError("does not say how far files were read", where=path, hint=hint) from error
        return store

    @property
    def path(self) -> str:
        """The file with the labels."""
        return os.path.join(self.folder, LABELS_FILE)

    def __len__(self) -> int:
        return len(self._labels)

    def __iter__(self) -> Iterator[Label]:
        """Every label, in order of ingredients and brands."""
        return (self._labels[key] for key in sorted(self._labels))

    def progress(self, source: Source) -> tuple[int, bool]:
        """How many labels of the file were read, and whether that was all."""
        return self._read.get(source, (0, False))

    def note(self, source: Source, done: int, complete: bool) -> None:
        """Remember how far a file was read; how far with other rules does not matter any more."""
        self._read = {other: read for other, read in self._read.items() if other[:3] != source[:3]}
        self._read[source] = done, complete

    def wants(self, label: Label) -> bool:
        """Whether the label would be kept: it is the same again or newer, or better than the one kept so far."""
        own = self._of_set(label.set_id)
        if own is not None and own.rank > label.rank:
            return False
        other = self._labels.get(label.key)
        return other is None or other.set_id == label.set_id or label.rank > other.rank

    def add(self, label: Label) -> None:
        """Keep a label that `wants` said yes to; an older version of it goes."""
        own = self._of_set(label.set_id)
        if own is not None:
            del self._labels[own.key]
        other = self._labels.get(label.key)
        if other is not None:
            self._keys.pop(other.set_id, None)
        self._labels[label.key] = label
        self._keys[label.set_id] = label.key

    def save(self) -> None:
        """Write labels and progress."""
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            _replace(self.path, "".join(f"{line_of(label)}\n" for label in self))
            entries = [
                {"file": list(source), "done": done, "complete": complete}
                for source, (done, complete) in self._read.items()
            ]
            text = json.dumps({"schema": 1, "sources": entries}, indent=1) + "\n"
            _replace(os.path.join(self.folder, PROGRESS_FILE), text)
        except OSError as error:
            hint = "name another folder with --to"
            raise UserError(f"cannot be written: {error.strerror or error}", where=self.folder, hint=hint) from error

    def _of_set(self, set_id: str) -> Label | None:
        key = self._keys.get(set_id)
        return self._labels.get(key) if key is not None else None


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Keep a second import into the folder away while one runs; where the system has no such locks, nothing."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle = os.open(os.path.join(folder, LOCK_FILE), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        hint = "name another folder with --to"
        raise UserError(f"cannot be written: {error.strerror or error}", where=folder, hint=hint) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UserError("another import is running", where=folder, hint="wait until it is done") from error
        yield
    finally:
        os.close(handle)


def _lines(path: str) -> Iterator[str]:
    try:
        with open(path, encoding="utf-8") as file:
            yield from file
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot be read: {error}", where=path) from error


def _replace(path: str, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise
