"""`healthlint config show`: what holds for a file, and where it is set."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from healthlint.cli.action import Action
from healthlint.cli.environment import filled
from healthlint.cli.output import put
from healthlint.cli.parsing import Parser, list_of, one_of
from healthlint.config import Config, Configs, Overrides
from healthlint.errors import UserError
from healthlint.rules.vocabulary import PROFILES

if TYPE_CHECKING:
    from healthlint.documents.blocks import Document
    from healthlint.provenance import Held

ACTIONS = {"show": Action("show what holds for a file, and where it is set", "config", "configure_show", "run_show")}


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    parser.usage = "healthlint config show FILE"
    parser.epilog = "'healthlint config show --help' tells more"
    parser.add_argument("action", nargs="?", metavar="ACTION", help="show")


def run(args: argparse.Namespace) -> int:
    """Tell what there is to be done, since no action was named."""
    title = f"unknown action '{args.action}'" if args.action else "what to do is not told"
    raise UserError(title, where="config", hint="write healthlint config show FILE")


def configure_show(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("file", metavar="FILE", help="the file to be checked")
    add("--profile", type=list_of("profile", PROFILES), action="extend", metavar="NAMES", help="as given to check")
    add("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")
    add("--format", type=one_of("format", ("text", "json")), default="text", metavar="NAME", help="text | json")


def run_show(args: argparse.Namespace) -> int:
    """Show the settings of one file."""
    from healthlint.cli.check import ENVIRONMENT
    from healthlint.provenance import held_for

    args = filled(args, {name: ENVIRONMENT[name] for name in ("HEALTHLINT_CONFIG", "HEALTHLINT_PROFILE")})
    path = Path(args.file)
    overrides = Overrides(profiles=None if args.profile is None else tuple(args.profile))
    config = Configs(overrides, Path(args.config) if args.config else None).of(path.parent)
    _require_known(config)
    held = held_for(path, config, _document(path))
    answer = _checked(path, config)
    put((_as_json if args.format == "json" else _as_text)(args.file, answer, config, held), utf8=args.format == "json")
    return 0


def _require_known(config: Config) -> None:
    """UserError where the configuration names a rule that there is not, or its rules cannot be read."""
    from healthlint.run import pack_for
    from healthlint.selection import require_known

    pack, errors = pack_for(config.rules)
    for error in errors:
        raise error
    require_known(config.words(), pack.rules)


def _document(path: Path) -> Document | None:
    """What stands in the file, if it is one that can have front matter; settings can be asked for one to come, too."""
    from healthlint.documents import format_of, parse
    from healthlint.documents.reading import read_source

    if not path.is_file() or format_of(path.as_posix()) not in ("markdown", "mdx", "html"):
        return None
    return parse(read_source(path, path.as_posix()))


def _checked(path: Path, config: Config) -> str:
    """Whether `healthlint check` would check the file: as what, or why not."""
    from healthlint.discovery import require_known_suffix
    from healthlint.documents import LOOKED_FOR, format_of
    from healthlint.git import ignored_by
    from healthlint.provenance import excluded_by

    excluded = excluded_by(path, config)
    if excluded:
        return f"no, excluded at {excluded}"
    if not path.exists():
        return "no, there is no such file"
    try:
        require_known_suffix(path, path.as_posix(), records=True)
    except UserError as error:
        return f"no, {error.title}" + (f": {error.hint}" if error.hint else "")
    format = format_of(path.as_posix())
    told = f"yes, as {format or 'records, with --records FIELD'}"
    ignored = ignored_by(path)
    if ignored:
        return f"{told}, if it is named: git ignores it by {ignored}"
    if format is not None and format not in LOOKED_FOR and not config.includes(path):
        return f"{told}, if it is named: 'include' does not list it"
    return told


def _as_text(file: str, answer: str, config: Config, held: tuple[Held, ...]) -> str:
    lines = [file, f"  {'checked':<15}{answer}", f"  {'configuration':<15}{config.name or 'none, the defaults hold'}"]
    lines += [f"  {'extends':<15}{name}" for name in reversed(config.extended)]
    for one in held:
        values = ", ".join(one.values)
        lines.append(f"  {one.key:<15}{values}")
        lines.append(f"  {'':<15}set at {', '.join(one.where)}" if one.where and one.where != ("default",) else "")
    return "\n".join(line for line in lines if line) + "\n"


def _as_json(file: str, answer: str, config: Config, held: tuple[Held, ...]) -> str:
    import json

    report = {
        "path": file,
        "checked": answer.startswith("yes"),
        "answer": answer,
        "configuration": config.name or None,
        "extends": list(reversed(config.extended)),
        "settings": {one.key: {"values": list(one.values), "set_at": list(one.where)} for one in held},
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"
