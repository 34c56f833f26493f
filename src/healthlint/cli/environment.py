"""Variables that stand in for options, for CI: an option given stands above its variable, which is above the files."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from typing import Any

from healthlint.errors import UserError

Readers = Mapping[str, tuple[str, Callable[[str], Any]]]
"""By variable: the option's name among the arguments, and what reads its value."""


CONFIG = "HEALTHLINT_CONFIG"


def config_file(path: str) -> str:
    """An argument type: a configuration that is there."""
    if not os.path.isfile(path):
        raise argparse.ArgumentTypeError(f"no such configuration file '{path}' (check the path, or unset it)")
    return path


def filled(args: argparse.Namespace, readers: Readers) -> argparse.Namespace:
    """The arguments with those that were not given taken from the environment; an empty variable counts as none.

    UserError that names the variable where its value cannot be used.
    """
    for variable, (name, read) in readers.items():
        value = os.environ.get(variable, "")
        if value and getattr(args, name) is None:
            try:
                setattr(args, name, read(value))
            except argparse.ArgumentTypeError as error:
                raise UserError(str(error), where=variable) from None
    return args
