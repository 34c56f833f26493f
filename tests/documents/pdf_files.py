"""PDF files made by hand: pages of lines, each where a test puts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """A line of a page: its left end and base line in points from the lower left corner, and its size."""

    x: float
    y: float
    text: str
    size: float = 11


def lines(*texts: str, x: float = 72, y: float = 720, step: float = 14, size: float = 11) -> list[Line]:
    """Lines one below the other; an empty text leaves the height of one free."""
    return [Line(x, y - step * number, text, size) for number, text in enumerate(texts) if text]


def pdf(*pages: Sequence[Line], drawn: str = "", trailer: str = "") -> bytes:
    """A file with these pages. Every character has a code of its own in the font, and a map back to Unicode.

    `drawn` is what else is on every page, `trailer` what else the trailer says.
    """
    characters = sorted({char for page in pages for line in page for char in line.text})
    codes = {char: number for number, char in enumerate(characters, 1)}
    page_ids = [6 + 2 * number for number in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in page_ids)
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /DescendantFonts [4 0 R]"
        " /ToUnicode 5 0 R >>",
        4: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /DW 500"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: _stream(_to_unicode(codes)),
    }
    for number, page in zip(page_ids, pages, strict=True):
        content = "\n".join([*(_written(line, codes) for line in page), drawn])
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[number + 1] = _stream(content)
    return _file(objects, trailer)


def _written(line: Line, codes: dict[str, int]) -> str:
    shown = "".join(f"{codes[char]:04X}" for char in line.text)
    return f"BT /F1 {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm <{shown}> Tj ET"


def _to_unicode(codes: dict[str, int]) -> str:
    rows = "\n".join(f"<{code:04X}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    )


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: dict[int, str], trailer: str) -> bytes:
    data = b"%PDF-1.7\n"
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(data)
    size = max(objects) + 1
    table = "".join(f"{places[n]:010d} 00000 n \n" if n in places else "0000000000 00000 f \n" for n in range(1, size))
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
