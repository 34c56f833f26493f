"""Standard input as a file to check."""

from __future__ import annotations

import sys
from pathlib import Path

from healthlint.config import Configs
from healthlint.discovery import File, Problem, require_known_suffix
from healthlint.documents.reading import decode
from healthlint.errors import UserError
from healthlint.run import STDIN


def read_stdin(name: str | None, configs: Configs, *, records: bool = False) -> tuple[list[File], list[Problem]]:
    """Standard input under the name it was given; nothing if the configuration excludes that name."""
    display = name.replace("\\", "/") if name else STDIN
    data = sys.stdin.buffer.read()
    try:
        config = configs.of(Path(name).parent if name else Path())
        if name and config.excludes(name):
            return [], []
        if name:
            require_known_suffix(Path(name), display, records=records)
        return [File(Path(name or STDIN), display, config, decode(data, display))], []
    except UserError as error:
        return [], [Problem(display, error)]
