"""`healthlint approvals`: what the register of approved claims holds, and which entries need somebody to look."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from healthlint.cli.action import Action, declare
from healthlint.cli.check import ENVIRONMENT_OF_FILES, checked, what_to_check
from healthlint.cli.clock import today
from healthlint.cli.environment import filled
from healthlint.cli.output import put, tell
from healthlint.cli.parsing import Parser, positive
from healthlint.config import Configs
from healthlint.errors import UserError
from healthlint.reports.wording import counted, printable
from healthlint.settling.approvals import Approval, Register

ACTIONS = {
    "check": Action(
        "tell which entries are unused, have ended or are about to", "approvals", "configure_check", "check"
    ),
    "show": Action("list the entries", "approvals", "configure_show", "show"),
}


def configure(parser: Parser) -> None:
    """Declare the arguments of the command without an action."""
    declare(parser, "approvals", ACTIONS)


def run(args: argparse.Namespace) -> int:
    """Without an action there is nothing to do."""
    raise UserError("what to do with the approvals is not told", hint="one of: " + ", ".join(ACTIONS))


def check(args: argparse.Namespace) -> int:
    """List the entries that are unused, have ended or are about to; 1 if there are any, 2 after trouble."""
    result = checked(filled(args, ENVIRONMENT_OF_FILES))
    if not result.registers and not result.outcome.errors:
        raise _no_register()
    day = today()
    lines = [line for register, used in result.registers for line in told(register, used, day, args.within)]
    put("".join(f"{line}\n" for line in lines))
    for error in result.outcome.errors:
        tell("error", error)
    if result.outcome.errors:
        tell("error", "not everything could be checked: an entry that looks unused may be in use")
        return 2
    if not lines:
        put(f"{counted(sum(len(register.approvals) for register, _ in result.registers), 'approval')}, all in use\n")
    return 1 if lines else 0


def told(register: Register, used: frozenset[int], day: date, within: int) -> Iterator[str]:
    """What is to be said of the entries on that day, a line each; `within` counts days."""
    for index, approval in enumerate(register.approvals):
        words = f"“{printable(approval.wording)}”"
        if approval.until < day:
            yield f"{approval.where}: ended on {approval.until}: {words}"
        elif approval.until <= day + timedelta(days=within):
            left = (approval.until - day).days
            yield f"{approval.where}: ends on {approval.until}, in {counted(left, 'day')}: {words}"
        if index not in used:
            yield f"{approval.where}: never used: {words}"


def show(args: argparse.Namespace) -> int:
    """List the entries with all that the register says of them."""
    config = Configs(only=Path(args.config) if args.config else None).of(Path.cwd())
    if config.approvals is None:
        raise _no_register()
    from healthlint.run import pack_for
    from healthlint.settling.register_file import read_register

    register = read_register(config.approvals, pack_for(config.rules)[0].rules)
    put("\n".join(_shown(approval, today()) for approval in register.approvals))
    return 0


def _shown(approval: Approval, day: date) -> str:
    state = "ended" if approval.until < day else "not yet in force" if approval.approved_on > day else "in force"
    facts = {
        "product": ", ".join(approval.products),
        "reference": approval.reference,
        "approved": f"by {approval.approved_by} on {approval.approved_on}, until {approval.until} ({state})",
        "profiles": ", ".join(approval.profiles),
        "rules": ", ".join(approval.rules),
        "paths": ", ".join(approval.paths),
        "at": approval.where,
    }
    lines = [f"  {name:<11}{printable(value)}\n" for name, value in facts.items() if value]
    return f"{printable(approval.wording)}\n{''.join(lines)}"


def _no_register() -> UserError:
    hint = "add 'approvals: approvals.yaml' to .healthlint.yaml"
    return UserError("no register of approvals is configured for these files", hint=hint)


def configure_check(parser: Parser) -> None:
    """Declare the arguments of `check`."""
    what_to_check(parser)
    parser.add_argument(
        "--within",
        type=positive,
        default=30,
        metavar="DAYS",
        help="tell of what ends within so many days (default: 30)",
    )


def configure_show(parser: Parser) -> None:
    """Declare the arguments of `show`."""
    parser.add_argument("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")
