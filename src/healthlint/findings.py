"""What a run says: findings, and the outcome that holds them."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

CATEGORIES = (
    "overclaim", "efficacy", "citation", "promotion", "safety", "testimonial", "comparative", "statistics",
    "supplement", "approval", "transparency", "readability", "language", "structure",
)  # fmt: skip


class Severity(IntEnum):
    """How much harm a finding could do if it is right; ordered, so that thresholds compare."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


def severity_of(word: str) -> Severity:
    """The severity named `word`; KeyError if there is none."""
    return Severity[word.upper()]


class Finding(NamedTuple):
    """One place in one document where a rule holds.

    Lines and columns count from 1 in Unicode code points of the original file, the end column exclusive; `start` and
    `end` are the same place as offsets into the decoded file. `text` is the words found as a reader sees them,
    `sentence` the unit they stand in, `source_line` the original line that `line` names. `occurrence` counts equal
    findings in one document from 0. `data` holds what the message was filled with. `sentence_start` and `sentence_end`
    are the offsets of the sentence. `place` says where it is when line and column mean little to a reader: `page 3,
    line 7`. `reach` is where in the sentence the words stand, those of findings named under `also` included; `before`
    and `after` are the sentences around it. `status` is active, suppressed, approved or baselined; `grounds` tell why.
    """

    rule: str
    name: str
    category: str
    severity: Severity
    confidence: str
    scope: str
    message: str
    help: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    text: str
    sentence: str
    source_line: str
    status: str = "active"
    also: tuple[str, ...] = ()
    repeat: bool = False
    occurrence: int = 0
    data: tuple[tuple[str, str], ...] = ()
    sentence_start: int = 0
    sentence_end: int = 0
    place: str = ""
    reach: tuple[int, int] = (0, 0)
    before: str = ""
    after: str = ""
    grounds: tuple[tuple[str, str], ...] = ()


class FileReport(NamedTuple):
    """What became of one document: its kind with the cues that decided it, or what kept it from being read."""

    path: str
    kind: str | None = None
    kind_cues: tuple[str, ...] = ()
    error: str | None = None


class Edition(NamedTuple):
    """The records of the medicines: the day on which the newest was looked at, and how many there are."""

    date: str = ""
    records: int = 0


class Outcome(NamedTuple):
    """All of a run: findings in order of path and place, the files, and the errors that kept it from checking more."""

    findings: tuple[Finding, ...] = ()
    files: tuple[FileReport, ...] = ()
    errors: tuple[str, ...] = ()
    rules_version: str = ""
    rules_run: tuple[str, ...] = ()
    medicines: Edition = Edition()

    def number_of(self, severity: Severity) -> int:
        """Active findings of that severity."""
        return sum(f.severity is severity and f.status == "active" for f in self.findings)
