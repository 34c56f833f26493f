"""Known words dressed in the markup of a format, by a writer that keeps where each character of them came to stand.

A format joins in with one function, `dress(random, paragraphs) -> Dressed`: it writes each paragraph (a list of words)
with a `Writer` as it likes, split, wrapped, escaped and surrounded by what a reader does not see, and returns the bytes
of the file with the blocks that a reader should find. `assert_read_back` then holds a document against them. Nothing
in here knows how a parser works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import NamedTuple

from healthlint.documents.blocks import Block, Document

PLAIN = "sleep rest helps most people after some days of quiet work and walks in winter or summer".split()
"""Words that no format needs to escape and that may begin a line."""

AWKWARD = [
    "naïve", "e\u0301clair", "שלום", "مرحبا", "睡眠", "ねむり", "👩\u200d⚕️", "👨\u200d👩\u200d👧", "🎉", "50%", "“so”",
    "it’s", "1.5", "Zoë", "x²", "5–10", "n\u0303o", "क्षि", "a.m.", "ﬁt",
]  # fmt: skip
"""Words that are hard to place: combining characters, right to left, wide ones, several code points to one sign."""

MARKED = ["R&D", "<5", "a*b", "x_y", "[sic]", "{so}", "#1", "back\\slash", "tick`s", "a|b", 'say"so', "don't"]
"""Words with signs that mean something to one format or another."""

Place = tuple[int, int]
"""Where a character stands: offsets in the decoded file, byte order mark left out, the end exclusive."""


class Known(NamedTuple):
    """A block as a reader sees it, and the place of each character of it; a space between words has none.

    `kind` is empty where the format leaves it to the parser.
    """

    kind: str
    text: str
    places: tuple[Place | None, ...]


class Dressed(NamedTuple):
    """A file, and all that is to be read in it."""

    data: bytes
    blocks: tuple[Known, ...]


Dress = Callable[[Random, list[list[str]]], Dressed]


class Writer:
    """Writes a file piece by piece, and notes which pieces are for a reader."""

    def __init__(self, newline: str = "\n") -> None:
        self.known: list[Known] = []
        self._pieces: list[str] = []
        self._length = 0
        self._newline = newline
        self._open: list[tuple[list[str], list[Place | None]]] = []

    @property
    def text(self) -> str:
        """The file so far."""
        return "".join(self._pieces)

    @property
    def line(self) -> str:
        """What stands in the last line so far."""
        return "".join(self._pieces[-40:]).rpartition(self._newline)[2]

    def mark(self, source: str) -> None:
        """Writes what a reader does not see; a line feed stands for the line end of the file."""
        written = source.replace("\n", self._newline)
        self._pieces.append(written)
        self._length += len(written)

    def put(self, text: str, source: str = "") -> None:
        """Writes what a reader sees: as it is, or as the `source` that stands for the whole of it."""
        chars, places = self._open[-1]
        chars.extend(text)
        start = self._length
        self.mark(source or text)
        if source and source != text:
            places.extend([(start, self._length)] * len(text))
        else:
            places.extend((start + index, start + index + 1) for index in range(len(text)))

    def gap(self, source: str) -> None:
        """Writes what a reader sees as a space."""
        chars, places = self._open[-1]
        chars.append(" ")
        places.append(None)
        self.mark(source)

    @contextmanager
    def block(self, kind: str = "") -> Iterator[None]:
        """What is put inside is a block of its own, even inside another one."""
        self._open.append(([], []))
        yield
        chars, places = self._open.pop()
        self.known.append(Known(kind, "".join(chars), tuple(places)))

    def finished(self, *, bom: bool = False) -> Dressed:
        """The file and what is to be read in it."""
        return Dressed(self.text.encode("utf-8-sig" if bom else "utf-8"), tuple(self.known))


def paragraphs(random: Random, *, marked: bool = True) -> list[list[str]]:
    """Some paragraphs of some words each; the first and the last word of a paragraph are plain."""
    pool = PLAIN * 2 + AWKWARD + (MARKED if marked else [])
    return [
        [random.choice(PLAIN), *(random.choice(pool) for _ in range(random.randrange(10))), random.choice(PLAIN)]
        for _ in range(random.randint(1, 5))
    ]


def assert_read_back(document: Document, dressed: Dressed, random: Random) -> None:
    """The document holds just the blocks that are known, and every stretch of each leads to where it was written."""
    expected = sorted(dressed.blocks, key=lambda known: (known.text, _first(known)))
    found = sorted(document.blocks, key=lambda block: (block.text, block.segments[0].source_start))
    assert [block.text for block in found] == [known.text for known in expected], document.source.text
    for block, known in zip(found, expected, strict=True):
        assert known.kind in ("", block.kind.value), (block, document.source.text)
        _assert_in_place(block, known, random, document.source.text)


def _first(known: Known) -> int:
    return next(place[0] for place in known.places if place)


def _assert_in_place(block: Block, known: Known, random: Random, source: str) -> None:
    seen = [index for index, place in enumerate(known.places) if place]
    spans = [(index, index) for index in seen]  # a span is where its first and its last character stand
    spans += [tuple(sorted((random.choice(seen), random.choice(seen)))) for _ in range(5)]  # type: ignore[misc]
    for first, last in spans:
        start, end = known.places[first], known.places[last]
        assert start and end
        span = block.source_span(first, last + 1)
        assert span == (start[0], end[1]), (block.text[first : last + 1], source[slice(*span)], source)
