"""Pages of plain text for a reader at a terminal: sections, filled paragraphs, lists."""

from __future__ import annotations

from textwrap import fill

from healthlint.reports.wording import printable


def section(title: str, paragraphs: list[str]) -> list[str]:
    """A heading and what stands under it; nothing where there is nothing to stand there."""
    body = "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
    return [f"{title}\n{'-' * len(title)}\n{body}"] if body else []


def wrapped(text: str, columns: int, first: str = "", then: str | None = None) -> str:
    """Text filled to the width; `first` starts the first line, `then` the others (blanks as wide, if left out)."""
    rest = " " * len(first) if then is None else then
    return fill(
        printable(" ".join(text.split())), columns, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def listed(items: list[str], columns: int) -> str:
    """Items with dashes."""
    return "\n".join(wrapped(item, columns, "- ") for item in items)
