"""PDF files: lines and paragraphs as they stand on the page, told by page and line."""

from __future__ import annotations

import sys

import pytest
from document_checks import assert_sound, shape
from pdf_files import Line, lines, pdf
from seeded import Words, cases

from healthlint.documents import parse
from healthlint.documents import pdf as reader
from healthlint.documents.blocks import Document
from healthlint.documents.source import Source
from healthlint.errors import UserError

pytest.importorskip("pypdfium2")

PICTURE = "q 100 0 0 100 72 600 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q"


def read(data: bytes) -> Document:
    document = parse(Source("a.pdf", "", data=data))
    assert_sound(document)
    return document


def where(document: Document, words: str) -> tuple[str, str]:
    """The place of the words, and the source under them."""
    for block in document.blocks:
        at = block.text.find(words)
        if at >= 0:
            start, end = block.source_span(at, at + len(words))
            return document.place(start), document.source.text[start:end]
    raise AssertionError(f"{words!r} is in no block: {shape(document)}")


def test_paragraphs_and_hyphenated_words_are_joined() -> None:
    document = read(
        pdf(
            [Line(72, 780, "Sleeping well", 18)],
            lines(
                "Naïve e\u0301clairs & 健康 tea 👩\u200d⚕️ is clini-",
                "cally proven in a well-",
                "known trial of",
                "fifty people.",
                "",
                "A new paragraph",
            ),
        )
    )
    assert shape(document) == [
        ("heading", "Sleeping well"),
        (
            "paragraph",
            "Naïve e\u0301clairs & 健康 tea 👩\u200d⚕️ is clinically proven in a well-known trial of fifty people.",
        ),
        ("paragraph", "A new paragraph"),
    ]
    assert where(document, "clinically proven") == ("page 2, line 1", "clini-\ncally proven")
    assert where(document, "fifty") == ("page 2, line 4", "fifty")
    assert document.source.position(document.source.text.index("fifty")) == (5, 1)


def page(number: int, *body: str) -> list[Line]:
    return [Line(72, 800, "Patient leaflet"), *lines(*body), Line(280, 40, f"Page {number} of 3")]


def test_what_repeats_on_every_page_is_read_once_and_parts_no_sentence() -> None:
    first, second = page(1, "Take the tablets with"), page(2, "plenty of water.")
    document = read(pdf(first, second, page(3, "Store them dry.")))
    assert [text for _, text in shape(document)] == [
        "Take the tablets with plenty of water.",
        "Store them dry.",
        "Patient leaflet",
    ]
    assert where(document, "plenty") == ("page 2, line 2", "plenty")
    assert where(document, "Patient leaflet") == ("page 1, line 1", "Patient leaflet")


def test_columns_are_read_one_after_the_other_and_cells_apart() -> None:
    rows = [f"left column, its line {number} of words" for number in "abcd"]
    beside = [f"right column, its line {number} here" for number in "abcd"]
    mixed = [line for pair in zip(lines(*rows), lines(*beside, x=330), strict=True) for line in pair]
    cells = [
        line
        for pair in zip(lines("Tea", "Milk", y=300), lines("ten", "two", x=300, y=300), strict=True)
        for line in pair
    ]
    document = read(pdf(mixed + cells))
    texts = [text for _, text in shape(document)]
    assert texts == [" ".join(rows), " ".join(beside), "Tea", "ten", "Milk", "two"]
    assert where(document, "line a here")[0] == "page 1, line 1"
    assert where(document, "two")[0] == "page 1, line 6"


def failure(data: bytes) -> str:
    with pytest.raises(UserError) as raised:
        parse(Source("a.pdf", "", data=data))
    return str(raised.value)


LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'11' * 32}> /P -4 >> /ID [<00><00>]"
NO_TEXT = "(have its text recognised, such as with ocrmypdf, or check the document that it was made from)"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "damaged PDF file (open it and save it again)"),
        (b"PK\x03\x04", "damaged PDF file (open it and save it again)"),
        (pdf(lines("x"))[:300], "damaged PDF file (open it and save it again)"),
        (pdf(lines("x"), trailer=LOCKED), "locked with a password (save a copy without the password)"),
        (pdf([]), f"PDF without text: there are only pictures in it, or nothing {NO_TEXT}"),
        (pdf([], drawn=PICTURE), f"PDF without text: there are only pictures in it, or nothing {NO_TEXT}"),
        (pdf(lines("\ue001\ue002")), f"PDF without text: its fonts do not tell their letters {NO_TEXT}"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, message: str) -> None:
    assert failure(data) == f"a.pdf: {message}"


def test_pages_without_text_are_told() -> None:
    document = read(pdf(lines("x"), [], [], lines("y"), lines("\ue001\ue002"), drawn=PICTURE))
    assert document.unread == (
        "pages 2–3, each of them one which has no text but pictures,",
        "page 5, whose fonts do not tell their letters,",
    )


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(lines("one"), lines("two"))
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 5)
    assert failure(data) == "a.pdf: more than 5 characters (split it, or exclude it)"
    monkeypatch.setattr(reader, "MOST_PAGES", 1)
    assert failure(data) == "a.pdf: more than 1 pages (split it, or exclude it)"


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert failure(pdf(lines("x"))) == (
        "a.pdf: PDF files need a library that is not installed (pip install 'healthlint[pdf]')"
    )


def test_every_word_is_on_its_page_and_line() -> None:
    for seed, chance in cases(100):
        words = Words(chance)
        expected: dict[str, str] = {}
        pages = []
        for number in range(1, chance.randrange(2, 4)):
            y, size, placed, carried = 780.0, 11, [], ""
            for line in range(1, chance.randrange(2, 9)):
                parts = [carried] if carried else []
                for _ in range(chance.randrange(1, 5)):
                    word = words.new()
                    if not "\u05d0" <= word[0] <= "\u05ea":  # what is written from right to left, a page holds reversed
                        parts.append(word)
                        expected[word] = f"page {number}, line {line}"
                carried = ""
                if chance.random() < 0.3:
                    word = f"s{len(words.given)}sleepy"
                    words.given.append(word)
                    parts.append(f"{word[:-2]}-")
                    expected[word] = f"page {number}, line {line}"
                    carried = "py"
                placed.append(Line(72, y, " ".join(parts) or "-", size))
                following = size if carried else chance.choice([10, 11, 11, 18])
                y -= max(size, following) * (1.3 if carried else chance.choice([1.3, 1.3, 2.6]))
                size = following
            if carried:
                rest = words.new().lstrip("שלום")
                placed.append(Line(72, y, f"{carried} {rest}", size))
            pages.append(placed)
        document = read(pdf(*pages))
        for word, place in expected.items():
            found, source = where(document, word)
            assert (found, source.replace("-\n", "")) == (place, word), seed
