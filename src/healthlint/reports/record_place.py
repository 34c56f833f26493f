"""Where the finding of a record stands for programs that open files: they know no `FILE:LINE` as a path."""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.findings import Finding

_RECORD = re.compile(r"(?P<file>.+\.(?:jsonl|ndjson|csv|tsv)):(?P<line>\d+)", re.IGNORECASE | re.DOTALL)


class FilePlace(NamedTuple):
    """The file to open, and the line of the record where the finding's own place counts inside a field, else None."""

    path: str
    record_line: int | None = None


def file_place(finding: Finding) -> FilePlace:
    """The place of a finding as a file has it."""
    record = _RECORD.fullmatch(finding.path)
    if record is None:
        return FilePlace(finding.path)
    # With a place of its own, such as "row 3, body", lines and columns are those of the file.
    return FilePlace(record["file"], None if finding.place else int(record["line"]))
