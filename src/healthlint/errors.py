"""What a user can put right: one error type, one line, with the place and the way out."""

from __future__ import annotations


class UserError(Exception):
    """Something asked for could not be done, for a reason the user can mend.

    `title` says what is wrong as a lower-case fact, `where` names the file (and line and column where known),
    `hint` says what to do. Printed by the command line as one line; any other exception is a bug.
    """

    def __init__(self, title: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(title, where, hint)
        self.title = title
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        way_out = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.title}{way_out}"


def did_you_mean(word: str, known: list[str]) -> str:
    """A hint naming the closest known word, or the known words when nothing is close."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if len(known) <= 14:
        return "one of: " + ", ".join(sorted(known))
    return ""
