"""Reading the command line: usage errors are the user's to mend, so they name the way out."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from healthlint.cli.output import width
from healthlint.errors import UserError, did_you_mean


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UserError where argparse would print a usage text and exit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, "formatter_class": _formatter, **kwargs})

    def error(self, message: str) -> NoReturn:
        match = re.fullmatch(r"argument ([^:]+): (.*?)(?: \((.*)\))?", message, re.DOTALL)
        where, title, hint = (match[1].split("/")[-1], match[2], match[3]) if match else ("", message, "")
        raise UserError(title, where=where, hint=hint or f"see {self.prog} --help")

    def read(self, argv: Sequence[str]) -> argparse.Namespace | None:
        """The arguments, options and paths in any order; None if all that was asked for is help."""
        try:
            args, unknown = self.parse_known_intermixed_args(argv)
        except SystemExit:
            return None
        if unknown:
            options = [option for action in self._actions for option in action.option_strings]
            word = unknown[0].split("=")[0]
            hint = did_you_mean(word, options) if word.startswith("--") else ""
            what = "option" if word.startswith("-") else "argument"
            raise UserError(f"unknown {what} '{word}'", hint=hint or f"see {self.prog} --help")
        return args


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Told its width: argparse makes one for each argument, and would import shutil and compression to measure."""
    return argparse.RawDescriptionHelpFormatter(prog, width=min(width(sys.stdout), 100) - 2)


def one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """An argument type: one of the known words."""

    def convert(word: str) -> str:
        if word not in known:
            hint = did_you_mean(word, list(known))
            raise argparse.ArgumentTypeError(f"unknown {what} '{word}' ({hint})")
        return word

    return convert


def words(text: str) -> list[str]:
    """An argument type: words with commas between them."""
    found = [word.strip() for word in text.split(",") if word.strip()]
    if not found:
        raise argparse.ArgumentTypeError("an empty list (give one word or more, with commas between)")
    return found


def list_of(what: str, known: Sequence[str]) -> Callable[[str], list[str]]:
    """An argument type: known words with commas between them."""
    convert = one_of(what, known)
    return lambda text: [convert(word) for word in words(text)]


def fields(text: str) -> str:
    """An argument type: fields of records, each perhaps with its format."""
    from healthlint.documents.fields import fields_of

    try:
        fields_of(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(f"{error.title} ({error.hint})") from None
    return text


def positive(text: str) -> int:
    """An argument type: a whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"not a whole number from 1: '{text}' (e.g. 4)")
    return int(text)
