"""A second word of a command, such as `show` in `healthlint config show`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
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


def declare(parser: Parser, command: str, actions: Mapping[str, Action]) -> None:
    """Declare the arguments of a command that does nothing without an action: what its help tells of."""
    from healthlint.cli.parsing import one_of

    about = "\n".join(f"  {name:<11}{action.about}" for name, action in actions.items())
    parser.usage = f"healthlint {command} ACTION [options] [PATH ...]"
    parser.epilog = f"actions:\n{about}\n\n'healthlint {command} ACTION --help' tells more"
    parser.add_argument("action", nargs="?", type=one_of("action", tuple(actions)), metavar="ACTION", help="see below")
