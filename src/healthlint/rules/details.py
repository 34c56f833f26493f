"""Reasons, references, examples, word lists, records of medicines: what most runs do not need; read when asked for.

The file is text: a line with the version, a line with everything but the medicines, and a line for each medicine, so
that one record can be had without the others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from healthlint.errors import UserError

DETAILS_FILE = "details.txt"
DAMAGED = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What reading a damaged file can raise."""

Data = dict[str, Any]


class Details:
    """The details of a pack, or the file that holds them.

    Where the file is damaged or belongs to another version, `again` compiles them anew; without it, UserError.
    """

    __slots__ = ("_again", "_data", "_lines", "_path", "_version")

    def __init__(
        self, data: Data | None = None, path: str = "", version: str = "", again: Callable[[], Data] | None = None
    ) -> None:
        self._data = data
        self._path = path
        self._version = version
        self._again = again
        self._lines: dict[str, bytes] | None = None

    @property
    def data(self) -> Data:
        """All of them, decoded."""
        if self._data is None:
            try:
                first, records = _lines_of(self._path, self._version)
                medicines = {medicine_id: json.loads(line) for medicine_id, line in records.items()}
                self._data = {"version": self._version, **json.loads(first), "medicines": medicines}
            except DAMAGED:
                self._data = self._compiled()
        return self._data

    def record(self, medicine_id: str) -> Any:
        """The record of one medicine; KeyError where there is none."""
        if self._data is None:
            try:
                return json.loads(self._records()[medicine_id])
            except DAMAGED:
                pass
        return self.data["medicines"][medicine_id]

    def medicine_ids(self) -> list[str]:
        if self._data is None:
            try:
                return list(self._records())
            except DAMAGED:
                pass
        return list(self.data["medicines"])

    def _records(self) -> dict[str, bytes]:
        if self._lines is None:
            self._lines = _lines_of(self._path, self._version)[1]
        return self._lines

    def _compiled(self) -> Data:
        if self._again is None:
            raise UserError("the reasons and examples of the rules cannot be read", where=self._path) from None
        return self._again()


class Records(Mapping[str, Any]):
    """The records of the medicines by id: long, and wanted only where a text offers a medicine."""

    __slots__ = ("_details",)

    def __init__(self, details: Details) -> None:
        self._details = details

    def __getitem__(self, medicine_id: str) -> Any:
        return self._details.record(medicine_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._details.medicine_ids())

    def __len__(self) -> int:
        return len(self._details.medicine_ids())


def details_text(details: Data) -> str:
    """The file's text for the compiled details."""
    rest = {name: part for name, part in details.items() if name not in ("version", "medicines")}
    lines = [details["version"], compact(rest)]
    lines.extend(f"{medicine_id}\t{compact(record)}" for medicine_id, record in details["medicines"].items())
    return "\n".join(lines)


def own_file(path: str) -> bytes:
    """The bytes of a file that belongs to this user or the system; PermissionError where it is another's."""
    with open(path, "rb") as file:
        if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid not in (os.getuid(), 0):
            raise PermissionError(f"{path} belongs to another user")
        return file.read()


def _lines_of(path: str, version: str) -> tuple[bytes, dict[str, bytes]]:
    """The line of all but the medicines, and the line of each medicine by id."""
    found, first, *records = own_file(path).split(b"\n")
    if found.decode() != version:
        raise ValueError("another version")
    pairs = (line.partition(b"\t") for line in records)
    return first, {medicine_id.decode(): record for medicine_id, _, record in pairs}


def compact(value: Any) -> str:
    """JSON without needless spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
