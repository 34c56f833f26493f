"""The command `healthlint`: picks the command's module, and turns its result or its errors into an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from healthlint import __version__
from healthlint.cli.output import put, tell
from healthlint.cli.parsing import Parser
from healthlint.errors import UserError, did_you_mean

COMMANDS = {
    "check": "look for health claims that need another look",
    "explain": "tell what a rule flags, why, and what to write instead",
    "rules": "list the rules, or test them on their examples",
    "annotate": "show what the linter sees in each sentence",
    "init": "write a commented configuration file",
}
FINDINGS, TROUBLE, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0: done, nothing to report; 1: findings; 2: could not do what was asked."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except UserError as error:
        for line in str(error).splitlines():
            tell("error", line)
        return TROUBLE
    except KeyboardInterrupt:
        tell("error", "interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; without this Python would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception:
        import traceback

        traceback.print_exc()
        tell("error", "this is a fault of healthlint itself, not of your files (report it with the lines above)")
        return TROUBLE


def _run(argv: list[str]) -> int:
    command = next((argument for argument in argv if not argument.startswith("-")), None)
    if command is not None and command not in COMMANDS:
        raise _unknown_command(command)
    parser, subparser = _parsers(command)
    try:
        args, unknown = parser.parse_known_args(argv)
    except SystemExit as stop:  # --help
        return int(stop.code or 0)
    if args.version:
        put(_version() + "\n")
        return 0
    if command is None:
        parser.require_all_known(unknown)
        put(parser.format_help())
        return TROUBLE
    subparser.require_all_known(unknown)
    return int(_module(command).run(args))


def _parsers(command: str | None) -> tuple[Parser, Parser]:
    """The parser for the whole line and the one of `command`; only that command's module is imported."""
    parser = Parser(prog="healthlint", description="The linter for health claims.")
    parser.add_argument("--version", action="store_true", help="print the version of healthlint and of its rules")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="healthlint")
    chosen = parser
    for name, about in COMMANDS.items():
        subparser = commands.add_parser(name, help=about)
        if name == command:
            chosen = subparser
            _module(name).configure(subparser)
            subparser.set_defaults(version=False)
    return parser, chosen


def _module(command: str) -> Any:
    return import_module(f"healthlint.cli.{command}")


def _version() -> str:
    from healthlint.rules.pack import load_pack

    return f"healthlint {__version__} (rules {load_pack().version})"


def _unknown_command(word: str) -> UserError:
    if os.path.exists(word):
        return UserError(f"unknown command '{word}'", hint=f"did you mean 'healthlint check {word}'?")
    return UserError(f"unknown command '{word}'", hint=did_you_mean(word, list(COMMANDS)))
