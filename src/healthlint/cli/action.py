"""A second word of a command, such as `show` in `healthlint config show`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from healthlint.cli.parsing import Parser


class Action(NamedTuple):
    """A second word of the command, with arguments of its own: the module and what it calls its two functions."""

    about: str
    module: str
    configure: str = "configure"
    run: str = "run"

    def functions(self) -> tuple[Callable[[Parser], None], Callable[[argparse.Namespace], int]]:
        """What declares the arguments, and what runs the action."""
        module = import_module(f"healthlint.cli.{self.module}")
        return getattr(module, self.configure), getattr(module, self.run)
