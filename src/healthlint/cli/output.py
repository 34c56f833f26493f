"""Where the command line writes: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TextIO

from healthlint.errors import UserError
from healthlint.reports.wording import printable


def put(text: str, *, utf8: bool = False) -> None:
    """Write a result. `utf8`: for programs, whatever the terminal's encoding."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        # A character that the terminal cannot show, or half a one in a file name, must not end the run. To JSON it is
        # an escape.
        reconfigure(encoding="utf-8" if utf8 else None, errors="backslashreplace")
    sys.stdout.write(text)
    sys.stdout.flush()


def write_file(path: str, text: str) -> None:
    """Write a result to the file that `--output` names."""
    try:
        Path(path).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UserError(f"cannot be written: {error.strerror}", where=path, hint="name another file") from None


def tell(level: str, message: str) -> None:
    """One line about the run: `healthlint: error: …`."""
    note(f"healthlint: {level}: {message}")


def note(line: str) -> None:
    """One line on standard error."""
    reconfigure = getattr(sys.stderr, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
    print(printable(line), file=sys.stderr)


def wants_color(choice: str, stream: TextIO) -> bool:
    """`auto`: on a terminal or where FORCE_COLOR is set, unless NO_COLOR is (no-color.org, force-color.org)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def width(stream: TextIO) -> int:
    """How wide to write: the terminal, at most 120; 100 where there is none."""
    try:
        return min(os.get_terminal_size(stream.fileno()).columns or 100, 120)
    except (OSError, ValueError):
        return 100


class Progress:
    """A bar on standard error once a run has taken a second; silent where nobody watches."""

    def __init__(self, stream: TextIO, unit: str = "files") -> None:
        self._stream = stream
        self._unit = unit
        self._watched = stream.isatty() and not os.environ.get("CI")
        self._next = time.monotonic() + 1
        self._drawn = False

    def __call__(self, done: int, total: int) -> None:
        if not self._watched or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.1
        filled = 30 * done // max(total, 1)
        self._stream.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done} of {total} {self._unit}")
        self._stream.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take the bar away, so that the report starts on an empty line."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False
