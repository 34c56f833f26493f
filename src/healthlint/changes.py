"""Which lines of which files changed since a revision: values, and how they are read from what git prints."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from healthlint.documents.source import Source
    from healthlint.findings import Finding

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_WORDS = re.compile(r"\S")
_ESCAPE = re.compile(rb"\\([abtnvfr\"\\]|[0-7]{3})")
_ESCAPED = {
    b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r",
    b'"': b'"', b"\\": b"\\",
}  # fmt: skip


class Stretch(NamedTuple):
    """Lines `first` to `last` of a file as it is now, from 1, both counted in; `last` is `first` - 1 for a deletion.

    What was deleted stood after line `last`.
    """

    first: int
    last: int


class ChangedLines(NamedTuple):
    """What changed in one file: the stretches in order, or all of it (`whole`) where it is new or not text to git."""

    stretches: tuple[Stretch, ...] = ()
    whole: bool = False

    def __bool__(self) -> bool:
        return self.whole or bool(self.stretches)

    def touch(self, first: int, last: int) -> bool:
        """Whether one of the lines `first` to `last` changed, or a line between them was deleted."""
        if self.whole:
            return True
        # A deletion lies between `last` and `first`: only who holds both lines lost something.
        return any(first <= stretch.last and stretch.first <= last for stretch in self.stretches)


def changed_paths(numstat: bytes) -> Iterator[tuple[bytes, bool]]:
    """The path of every changed file, and whether git takes it for binary, from `git diff --numstat -z`."""
    parts = iter(numstat.split(b"\0"))
    for part in parts:
        if not part:
            continue
        added, _, path = part.split(b"\t", 2)
        if not path:  # renamed: the old name and the new one follow
            next(parts, b"")
            path = next(parts, b"")
        yield path, added == b"-"


def changed_stretches(patch: bytes) -> dict[bytes, tuple[Stretch, ...]]:
    """The stretches of each file by its path, from `git diff --unified=0` with the prefixes `a/` and `b/`."""
    found: dict[bytes, list[Stretch]] = {}
    current: list[Stretch] = []
    left = 0
    for line in patch.split(b"\n"):
        if left and line[:1] in b"+-\\" and line[:1]:
            left -= line[:1] != b"\\"
            continue
        if line.startswith(b"+++ "):
            name = unquoted(line[4:].rstrip(b"\t\r"))
            current = found.setdefault(name[2:], []) if name.startswith(b"b/") else []
        elif line.startswith(b"@@ "):
            hunk = _HUNK.match(line)
            if hunk is None:
                continue
            first, count = int(hunk[1]), int(hunk[2]) if hunk[2] is not None else 1
            current.append(Stretch(first, first + count - 1) if count else Stretch(first + 1, first))
            left = count + _removed(line)
    return {name: tuple(stretches) for name, stretches in found.items()}


def _removed(hunk: bytes) -> int:
    """How many lines the hunk takes away."""
    count = re.match(rb"@@ -\d+(?:,(\d+))?", hunk)
    return 1 if count is None or count[1] is None else int(count[1])


def unquoted(name: bytes) -> bytes:
    """A name as it is, which git puts in quotation marks and escapes where it holds unusual characters."""
    if len(name) < 2 or not (name.startswith(b'"') and name.endswith(b'"')):
        return name
    return _ESCAPE.sub(lambda m: _ESCAPED.get(m[1]) or bytes((int(m[1], 8),)), name[1:-1])


def touched(findings: Iterable[Finding], source: Source, changed: ChangedLines) -> tuple[Finding, ...]:
    """The findings whose sentence touches a changed line, and those about the document as a whole.

    To git only a line feed ends a line, so that lines are counted anew here. What a block lacks may have been deleted
    behind it: a finding about a block reaches to the next words.
    """
    if changed.whole:
        return tuple(findings)
    if not changed:
        return ()
    feeds = [at for at, character in enumerate(source.text) if character == "\n"]

    def line(offset: int) -> int:
        return bisect_right(feeds, offset - 1) + 1

    def end(finding: Finding) -> int:
        if finding.scope != "block":
            return max(finding.sentence_end - 1, finding.sentence_start)
        words = _WORDS.search(source.text, finding.sentence_end)
        return words.start() if words else len(source.text)

    return tuple(
        finding
        for finding in findings
        if finding.scope == "document" or changed.touch(line(finding.sentence_start), line(end(finding)))
    )
