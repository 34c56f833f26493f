"""Small word lists, written as running text."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, set apart by spaces."""
    return frozenset(text.split())
