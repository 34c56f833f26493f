"""`healthlint medicines`: each of its actions is a command of its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from healthlint.cli.parsing import Parser
from healthlint.errors import UserError, did_you_mean


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


ACTIONS = {
    "import": Action("read US labels from openFDA's download", "medicines_import", "configure_import", "run_import"),
    "diff": Action("tell where imported labels and records disagree", "medicines_import", "configure_diff", "run_diff"),
}


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    about = "\n".join(f"  {name:<11}{action.about}" for name, action in ACTIONS.items())
    parser.epilog = f"actions:\n{about}\n\n'healthlint medicines ACTION --help' tells more"
    parser.add_argument("action", nargs="?", metavar="ACTION", help=" | ".join(ACTIONS))


def run(args: argparse.Namespace) -> int:
    """Told no known action."""
    title = f"unknown action '{args.action}'" if args.action else "what to do is not told"
    raise UserError(title, hint=did_you_mean(args.action or "", list(ACTIONS)))
