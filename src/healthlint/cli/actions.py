"""Commands whose second word is an action with arguments of its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import NamedTuple

from healthlint.cli.parsing import Parser, one_of


class Action(NamedTuple):
    """A second word of a command."""

    about: str
    configure: Callable[[Parser], None]
    run: Callable[[argparse.Namespace], int]

    def functions(self) -> tuple[Callable[[Parser], None], Callable[[argparse.Namespace], int]]:
        """What declares the arguments, and what runs the action."""
        return self.configure, self.run


def declare(parser: Parser, command: str, actions: Mapping[str, Action]) -> None:
    """Declare the arguments of the command without an action: what its help tells of."""
    about = "\n".join(f"  {name:<11}{action.about}" for name, action in actions.items())
    parser.usage = f"healthlint {command} ACTION [options] [PATH ...]"
    parser.epilog = f"actions:\n{about}\n\n'healthlint {command} ACTION --help' tells more"
    parser.add_argument("action", nargs="?", type=one_of("action", tuple(actions)), metavar="ACTION", help="see below")
