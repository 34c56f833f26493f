"""`healthlint init`: a commented configuration to start from."""

from __future__ import annotations

import argparse
from pathlib import Path

from healthlint.cli.output import note, write_file
from healthlint.cli.parsing import Parser
from healthlint.config import FILE_NAME
from healthlint.errors import UserError

TEMPLATE = """\
# Configuration of healthlint for this folder and those below it. Every key may be left out.

# Regimes that apply besides `base`: us, uk, eu, au, ca, edu, platform.
profiles: []

# Rules by code (HL101), beginning of a code (HL1), name or category; see `healthlint rules`.
# select: [overclaim, safety]      # only these
# ignore: [readability]            # not these

# How severe a rule is here: error, warning, info or off.
# severity:
#   HL101: warning

# Your own brand names: what is yours is judged as promotion.
# publisher: [Example Clinic]

# Files that are not checked, as in a .gitignore; holds for files named on the command line too.
# exclude: [drafts/, "*.old.md"]

# Files of other kinds that are checked with their folder: reStructuredText, Word, PDF.
# include: ["*.docx"]

# Folders of your own rules, beside this file.
# rules: [house-rules]

# Other settings for some files. The kind (article, promotional, journal, leaflet, listing) is judged from the text
# unless it is told here.
# per-file:
#   "shop/**": {kind: promotional, profiles: [uk]}
#   "research/*.md": {kind: journal}

# Findings accepted so far: `healthlint baseline write` writes the file.
# baseline: .healthlint-baseline

# A register of claims that are substantiated and approved; see docs/exceptions.md.
# approvals: approvals.yaml

# From which severity on a run fails: error, warning, info or never.
fail-on: warning
"""


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="where to put it (default: here)")
    parser.add_argument("--force", action="store_true", help="overwrite one that is there")


def run(args: argparse.Namespace) -> int:
    """Write the file, unless there is one."""
    folder = Path(args.folder)
    if not folder.is_dir():
        raise UserError("no such folder", where=args.folder, hint="create it first")
    path = folder / FILE_NAME
    if path.exists() and not args.force:
        raise UserError("there is one already", where=path.as_posix(), hint="edit it, or overwrite it with --force")
    write_file(str(path), TEMPLATE)
    note(f"wrote {path.as_posix()}")
    return 0
