"""PDF files with text, read by PDFium: their lines as one plain text, told by page and line.

The text of the source has the lines of all pages one below the other, with an empty one where the page leaves a gap.
Line and column count in that text; the place tells page and line as they are counted on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from healthlint.documents.blocks import Document, Place, Segment
from healthlint.documents.carried import Carried, carry
from healthlint.documents.page_lines import PageLine, Piece, arranged, without_repeats
from healthlint.documents.source import Source
from healthlint.documents.text import text_blocks
from healthlint.errors import UserError

MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
"""Of all pages together."""

_JOINT = "\ufffe"
"""What PDFium puts for a hyphen at the end of a line, together with the line end."""
_LINE_END = re.compile(rf"\r\n|{_JOINT}")
_NO_LETTERS = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_SPACES = re.compile(r"\s+")
_GUTTER = 2.0
"""Heights of the line that a space must span to be a gap between columns or cells."""

_PICTURES = "which has no text but pictures"
_ILLEGIBLE = "whose fonts do not tell their letters"


class _Page(NamedTuple):
    lines: tuple[PageLine, ...] = ()
    problem: str = ""


def parse_pdf(source: Source) -> Document:
    """The blocks of a PDF file, whose bytes `source.data` holds; UserError where it has no text or cannot be opened."""
    pages = list(_pages(source))
    if not any(page.lines for page in pages):
        illegible = any(page.problem == _ILLEGIBLE for page in pages)
        what = "its fonts do not tell their letters" if illegible else "there are only pictures in it, or nothing"
        hint = "have its text recognised, such as with ocrmypdf, or check the document that it was made from"
        raise UserError(f"PDF without text: {what}", where=source.path, hint=hint)
    parts: list[str] = []
    places: list[Place] = []
    starts: dict[PageLine, int] = {}
    at = 0
    for line in (line for page in pages for line in page.lines):
        if line.apart:
            parts.append("")
            at += 1
        places.append(Place(at, f"page {line.page}, line {line.number}"))
        starts[line] = at
        parts.append(line.text)
        at += len(line.text) + 1
    flow, once = without_repeats([page.lines for page in pages])
    blocks = []
    for lines in (flow, *([line] for line in once)):
        carried = _carried(lines, starts)
        blocks += [carry(block, carried) for block in text_blocks(carried.text)]
    text = Source(source.path, "\n".join(parts))
    return Document(text, "text", tuple(blocks), places=tuple(places), unread=tuple(_unread(pages)))


def _carried(lines: Sequence[PageLine], starts: Mapping[PageLine, int]) -> Carried:
    """Lines as one text, with the gaps between them, and the way back to where each stands among all lines."""
    parts: list[str] = []
    stretches: list[Segment] = []
    size = 0

    def put(text: str, start: int) -> None:
        nonlocal size
        if text:
            parts.append(text)
            stretches.append(Segment(size, len(text), start, len(text)))
            size += len(text)

    for before, line in pairwise((None, *lines)):
        assert line is not None
        if before is not None:
            put("\n", starts[before] + len(before.text))
            if line.apart and line.page == before.page:
                put("\n", starts[line] - 1)
        put(line.text, starts[line])
    return Carried("".join(parts), tuple(stretches), starts[lines[0]] if lines else 0)


def _pages(source: Source) -> Iterator[_Page]:
    try:
        import pypdfium2
    except ImportError:
        hint = "pip install 'healthlint[pdf]'"
        raise UserError("PDF files need a library that is not installed", where=source.path, hint=hint) from None
    try:
        file = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            hint = "save a copy without the password"
            raise UserError("locked with a password", where=source.path, hint=hint) from None
        raise UserError("damaged PDF file", where=source.path, hint="open it and save it again") from None
    try:
        if len(file) > MOST_PAGES:
            raise UserError(f"more than {MOST_PAGES} pages", where=source.path, hint="split it, or exclude it")
        size = 0
        for number in range(len(file)):
            try:
                page = _page(file, number)
            except pypdfium2.PdfiumError:
                page = _Page(problem="which is damaged")
            size += sum(len(line.text) for line in page.lines)
            if size > MOST_CHARACTERS:
                raise UserError(
                    f"more than {MOST_CHARACTERS} characters", where=source.path, hint="split it, or exclude it"
                )
            yield page
    finally:
        file.close()


def _page(file: Any, number: int) -> _Page:
    page = file[number]
    try:
        words = page.get_textpage()
        try:
            text = words.get_text_range()
            if not text.strip():
                return _Page(problem=_PICTURES if next(iter(page.get_objects()), None) is not None else "")
            if len(_NO_LETTERS.findall(text)) * 3 > len(text):
                return _Page(problem=_ILLEGIBLE)
            return _Page(arranged(number + 1, list(_rows(words, text))))
        finally:
            words.close()
    finally:
        page.close()


def _rows(words: Any, text: str) -> Iterator[list[Piece]]:
    """The lines of a page that have words, each split where it leaves a wide gap."""
    number = position = unit = 0  # PDFium counts in units of UTF-16
    while position < len(text):
        ending = _LINE_END.search(text, position)
        end = ending.start() if ending else len(text)
        line = text[position:end]
        hyphen = "-" if ending and ending.group() == _JOINT else ""
        if line.strip() or hyphen:
            number += 1
            row = []
            for low, high in _split(words, line, unit):
                shown = line[low:high] + (hyphen if high == len(line) else "")
                row.append(Piece(shown, number, *_seat(words, unit + _units(line[:low]))))
            yield row
        position = ending.end() if ending else end
        unit += _units(line) + (len(ending.group()) if ending else 0)


def _split(words: Any, line: str, unit: int) -> list[tuple[int, int]]:
    """The stretches of a line between its wide gaps."""
    stretches = []
    start = 0
    for match in _SPACES.finditer(line):
        if match.start() > 0 and match.end() < len(line):
            before = _box(words, unit + _units(line[: match.start()]) - 1)
            after = _box(words, unit + _units(line[: match.end()]))
            if after[0] - before[2] > _GUTTER * max(after[3] - after[1], 1.0):
                stretches.append((start, match.start()))
                start = match.end()
    return [*stretches, (start, len(line))]


def _seat(words: Any, index: int) -> tuple[float, float, float]:
    """Left edge, base line and height of the line at a character."""
    left, bottom, _, top = _box(words, index)
    return left, bottom, top - bottom


def _box(words: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character with the room that its font gives it."""
    import pypdfium2

    try:
        left, bottom, right, top = words.get_charbox(min(max(index, 0), words.count_chars() - 1), loose=True)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return left, bottom, right, top


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _unread(pages: Sequence[_Page]) -> Iterator[str]:
    """The pages that could not be read, those with the same trouble together."""
    for problem in dict.fromkeys(page.problem for page in pages if page.problem):
        numbers = [number for number, page in enumerate(pages, 1) if page.problem == problem]
        for first, last in _runs(numbers):
            yield f"page {first}, {problem}," if first == last else f"pages {first}–{last}, each of them one {problem},"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
