"""The command `healthlint`: picks the command's module, and turns its result or its errors into an exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from healthlint import __version__
from healthlint.cli.output import put, tell
from healthlint.cli.parsing import Parser
from healthlint.errors import UserError, did_you_mean
from healthlint.reports.wording import told

COMMANDS = {
    "check": "look for health claims that need another look",
    "explain": "tell what a rule flags, why, and what to write instead",
    "rules": "list the rules, or test them on their examples",
    "medicines": "look up medicines, their records, and what they are labelled for",
    "config": "show what holds for a file, and where it is set",
    "annotate": "show what the linter sees in each sentence",
    "baseline": "accept what is found today, so that only what is new is shown",
    "approvals": "show the register of approved claims, and tell which are unused or about to end",
    "init": "write a commented configuration file",
}
FINDINGS, TROUBLE, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0: done, nothing to report; 1: findings; 2: could not do what was asked."""
    # The rules are many small objects that live to the end: looking among them for waste costs a tenth of a short run.
    gc.set_threshold(100_000, 50, 50)
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except UserError as error:
        for line in told(error):
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
    if argv and not argv[0].startswith("-"):
        command, *rest = argv
        if command not in COMMANDS:
            raise _unknown_command(command)
        module = _module(command)
        about = COMMANDS[command]
        configure, run = module.configure, module.run
        action = getattr(module, "ACTIONS", {}).get(rest[0]) if rest else None
        if action:
            # An action of a command is a command of its own, with its own arguments.
            command, about = f"{command} {rest.pop(0)}", action.about
            configure, run = action.functions()
        parser = Parser(prog=f"healthlint {command}", description=f"{about}.".capitalize())
        configure(parser)
        args = parser.read(rest)
        return 0 if args is None else int(run(args))
    about = "\n".join(f"  {name:<11}{what}" for name, what in COMMANDS.items())
    parser = Parser(
        prog="healthlint",
        usage="healthlint COMMAND ...",
        description=f"The linter for health claims.\n\ncommands:\n{about}",
        epilog="'healthlint COMMAND --help' tells more",
    )
    parser.add_argument("--version", action="store_true", help="print the version of healthlint and of its rules")
    args = parser.read(argv)
    if args is None:
        return 0
    put(f"{_version()}\n" if args.version else parser.format_help())
    return 0 if args.version else TROUBLE


def _module(command: str) -> Any:
    return import_module(f"healthlint.cli.{command}")


def _version() -> str:
    from healthlint.rules.pack import load_pack

    pack = load_pack()
    medicines = f"medicines {pack.edition.date}, {pack.edition.records} records"
    return f"healthlint {__version__} (rules {pack.version}; {medicines})"


def _unknown_command(word: str) -> UserError:
    if os.path.exists(word):
        return UserError(f"unknown command '{word}'", hint=f"did you mean 'healthlint check {word}'?")
    return UserError(f"unknown command '{word}'", hint=did_you_mean(word, list(COMMANDS)))
