"""reStructuredText: what a reader sees, each word traced back to its place."""

from __future__ import annotations

import sys
import time
from random import Random

import pytest
from document_checks import assert_sound, shape
from seeded import Words, cases

from healthlint.documents import parse
from healthlint.documents.blocks import BlockKind, Document, Link
from healthlint.documents.source import Source
from healthlint.errors import UserError

pytest.importorskip("docutils")


def read(text: str) -> Document:
    document = parse(Source("a.rst", text))
    assert_sound(document)
    return document


def found(document: Document, words: str) -> tuple[int, int, str]:
    """Line and column of the words, and the source under them."""
    for block in document.blocks:
        at = block.text.find(words)
        if at >= 0:
            start, end = block.source_span(at, at + len(words))
            return *document.source.position(start), document.source.text[start:end]
    raise AssertionError(f"{words!r} is in no block: {shape(document)}")


AWKWARD = """\
Tea
===

:Author: Jane Doe
:Description: All about tea

Clin\\ *ically* **pro**\\ ven
and `well known <https://a.example/1>`_ or\u00a0known_ |tm| ``code`` as [1]_, [#b]_ and [CIT]_ say.

* One item that is
  miracle
  cure

  1. nested *miracle*
     cure

     quoted deeper

+------------+-----+
| miracle    | a   |
| cure       | cure|
+------------+-----+

====== ======
cure   cure
שלום   健康 👩\u200d⚕️
====== ======

.. note:: A note
   of e\u0301clairs

.. figure:: x.png
   :alt: A cup
         of tea

   Its caption

.. tip to nobody, a comment

.. |tm| replace:: Trade Mark
.. _known: https://a.example/2

Term
  What it means

| A line
| of verse

.. [1] First source.
.. [#b] Second source.
.. [CIT] Third source.
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_awkward_places(line_end: str) -> None:
    document = read(AWKWARD.replace("\n", line_end))
    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "Tea"),
        ("front-matter", 0, "Jane Doe"),
        ("description", 0, "All about tea"),
        (
            "paragraph",
            0,
            "Clinically proven and well known or known Trade Mark as ¹, ² and [CIT] say.",
        ),
        ("list-item", 1, "One item that is miracle cure"),
        ("list-item", 2, "nested miracle cure"),
        ("list-item", 2, "quoted deeper"),
        ("table-cell", 0, "miracle cure"),
        ("table-cell", 0, "a cure"),
        ("table-cell", 0, "cure"),
        ("table-cell", 0, "cure"),
        ("table-cell", 0, "שלום"),
        ("table-cell", 0, "健康 👩\u200d⚕️"),
        ("paragraph", 0, "A note of e\u0301clairs"),
        ("alt", 0, "A cup of tea"),
        ("paragraph", 0, "Its caption"),
        ("list-item", 1, "Term"),
        ("list-item", 1, "What it means"),
        ("paragraph", 0, "A line"),
        ("paragraph", 0, "of verse"),
        ("paragraph", 0, "[1] First source."),
        ("paragraph", 0, "[2] Second source."),
        ("paragraph", 0, "[CIT] Third source."),
    ]
    assert found(document, "Clinically proven") == (7, 1, "Clin\\ *ically* **pro**\\ ven")
    assert found(document, "Trade Mark")[2] == "|tm|"
    cells = [block for block in document.blocks if block.kind is BlockKind.TABLE_CELL]
    assert [document.source.position(block.source_span(0, 1)[0]) for block in cells] == [
        (20, 3), (20, 16), (25, 1), (25, 8), (26, 1), (26, 8),
    ]  # fmt: skip
    assert document.blocks[3].links == (Link(22, 32, "https://a.example/1"), Link(36, 41, "https://a.example/2"))


def test_roles_known_or_not_are_read() -> None:
    document = read(
        "Use :ref:`the tea <tea>`, :abbr:`OTC (over the counter)`, m\\ :sup:`2` and :math:`x^2` `plain`:emphasis:."
    )
    assert [block.text for block in document.blocks] == ["Use the tea, OTC (over the counter), m² and plain."]


def test_directives_known_or_not_are_read() -> None:
    text = """\
.. versionadded:: 2.0 Tea calms

.. tab-set::
   :sync-group: x

   .. tab-item:: For adults only

      Two cups

.. code-block:: python
   :emphasize-lines: 1

   miracle = "cure"

.. admonition:: Mind this

   It is hot

.. toctree::

   miracle
"""
    assert shape(read(text)) == [
        ("paragraph", "2.0 Tea calms"),
        ("heading", "For adults only"),
        ("paragraph", "Two cups"),
        ("heading", "Mind this"),
        ("paragraph", "It is hot"),
    ]


def test_broken_markup_is_read_and_nothing_is_taken_in(capfd: pytest.CaptureFixture[str]) -> None:
    text = """\
An *open star and a `tick.

+------+
| cure
+--

.. image::

.. include:: /etc/passwd

.. raw:: html

   <b>x</b>

Title
==
"""
    document = read(text)
    joined = " ".join(block.text for block in document.blocks)
    assert "An *open star and a `tick." in joined
    assert "cure" in joined
    assert "Title" in joined
    assert "root" not in joined
    assert document.unread == ("what line 9 takes in with 'include'", "what line 11 takes in with 'raw'")
    assert capfd.readouterr() == ("", "")


def test_tabs_and_odd_white_space_keep_their_columns() -> None:
    document = read("*\tone\u2028two\n\n\tquoted\there\n")
    assert found(document, "two") == (1, 7, "two")
    assert found(document, "here") == (3, 9, "here")


def test_what_nobody_writes_is_read_as_it_stands() -> None:
    deep = "\n".join(" " * depth + f"{'-' if depth % 2 else '*'} x" for depth in range(0, 800, 2))
    start = time.process_time()
    document = parse(Source("a.rst", deep))
    assert document.blocks
    assert time.process_time() - start < 20


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docutils", None)
    with pytest.raises(UserError) as raised:
        parse(Source("a.rst", "x"))
    assert str(raised.value) == (
        "a.rst: reStructuredText needs a library that is not installed (pip install 'healthlint[rst]')"
    )


# Positions

DRESSES = ("{}", "{}", "*{}*", "**{}**", "`{}`", "`{} <https://x.example>`_", ":term:`{}`", ":ref:`{} <x>`", "{}")
GAPS = (" ", "  ", " ``code`` ", " \\* ", " \u00a0", " & ", " |sub| ", " [1]_ ")


class Writer:
    """Writes pages and knows their words."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.words = Words(chance)

    def line(self, most: int = 4) -> str:
        chance = self.chance
        parts = []
        for _ in range(chance.randrange(1, most)):
            parts += [chance.choice(DRESSES).format(self.words.new()), chance.choice(GAPS)]
        return "".join(parts[:-1])

    def paragraph(self, first: str = "", rest: str = "") -> str:
        lines = [self.line() for _ in range(self.chance.randrange(1, 4))]
        return first + f"\n{rest}".join(lines)

    def block(self) -> str:
        chance = self.chance
        how = chance.randrange(9)
        if how == 0:
            title = self.words.new()
            return f"{title}\n{'=' * 30}"
        if how == 1:
            nested = self.paragraph("  #. ", "     ")
            return f"{self.paragraph('- ', '  ')}\n\n{nested}\n\n{self.paragraph('- ', '  ')}"
        if how == 2:
            return self.paragraph(".. note:: ", "   ")
        if how == 3:
            return self.paragraph("    ", "    ")
        if how == 4:
            cells = [[self.words.new() for _ in range(3)] for _ in range(3)]
            rule = "+" + ("-" * 24 + "+") * 3
            rows = ["|" + "".join(f" {cell:<23}|" for cell in row) for row in cells]
            return "\n".join(line for row in rows for line in (rule, row)) + "\n" + rule
        if how == 5:
            rule = " ".join(["=" * 24] * 2)
            rows = [f"{self.words.new():<24} {self.words.new()}" for _ in range(3)]
            return "\n".join((rule, *rows, rule))
        if how == 6:
            return f"{self.words.new()}\n{self.paragraph('   ', '   ')}"
        if how == 7:
            return f".. figure:: x.png\n   :alt: {self.words.new()}\n\n{self.paragraph('   ', '   ')}"
        return self.paragraph()


def test_every_word_is_where_it_was_written() -> None:
    for seed, chance in cases():
        writer = Writer(chance)
        page = "\n\n".join(writer.block() for _ in range(chance.randrange(1, 6)))
        page += "\n\n.. |sub| replace:: stand-in\n\n.. [1] A note.\n"
        page = page.replace("\n", chance.choice(["\n", "\r\n"]))
        document = read(page)
        for word in writer.words.given:
            line, column, source = found(document, word)
            at = page.index(word)
            assert (line, column, source) == (*Source("", page).position(at), word), (seed, word)
