"""Plain text: one line is one block unless it was wrapped; headings and lists are told by their looks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from healthlint.documents.blocks import Block, BlockKind, Document, Segment
from healthlint.documents.lines import (
    Layout,
    Line,
    continues,
    ends_sentence,
    keeps_hyphen,
    layout_of,
    read_lines,
    splits_word,
)
from healthlint.documents.source import Source
from healthlint.documents.text_markup import Mark, marks_in, may_hold_marks
from healthlint.documents.weaving import TextBuilder, is_plain, links_of
from healthlint.documents.words import word_set

_HEADING_WORDS = 14
_LEAD_IN_WORDS = 6
_LONGER = 60
_CELL = re.compile(r"(?:\\.|[^|\\])+|\\")
_TWO_SENTENCES = re.compile(r"[.!?] (?:(?<=\d. )|(?<=[a-z]{3}. ))[A-Z]")
_VERB = word_set("is are was were be can could may might will would should has have had do does did")
_SMALL_WORDS = word_set("a an and as at but by for from if in into nor of on or per the to vs via with your our")


def parse_text(source: Source) -> Document:
    """The blocks of a plain text file."""
    return Document(source, "text", text_blocks(source.text))


def text_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text."""
    lines = read_lines(text)
    layout = layout_of(lines)
    marked = may_hold_marks(text)
    drafts: list[tuple[Block, Line, bool]] = []
    levels: list[int] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        last = _last_line(lines, index, layout)
        if line.marker == "rule":
            _underline(drafts, line)
        elif line.marker == "|":
            for start, end in _cells(text, line):
                block = _weave(text, ((start, end),), (), marked, BlockKind.TABLE_CELL, 0)
                if block:
                    drafts.append((block, line, False))
        else:
            kind, level = _kind(line, levels)
            block = _weave(text, *_pieces(lines[index : last + 1]), marked, kind, level)
            if block:
                drafts.append((block, line, kind is BlockKind.PARAGRAPH and last == index))
        index = last + 1
    return tuple(_with_headings(drafts))


def _last_line(lines: Sequence[Line], index: int, layout: Layout) -> int:
    last = index
    while last + 1 < len(lines) and continues(lines, last, lines[index], layout):
        last += 1
    return last


def _kind(line: Line, levels: list[int]) -> tuple[BlockKind, int]:
    """The kind that a line's marker gives it, and its level; `levels` holds the indents of the open lists."""
    if line.marker != "list":
        if line.indent == 0:
            levels.clear()
        if line.marker == "#":
            return BlockKind.HEADING, line.level
        return (BlockKind.QUOTATION if line.marker == ">" else BlockKind.PARAGRAPH), 0
    while levels and line.indent < levels[-1]:
        levels.pop()
    if not levels or line.indent > levels[-1] + 1:
        levels.append(line.indent)
    return BlockKind.LIST_ITEM, len(levels)


def _pieces(lines: Sequence[Line]) -> tuple[list[tuple[int, int]], list[bool]]:
    """The stretches of source that make up a block, and whether each joins the one before without a space."""
    pieces: list[tuple[int, int]] = []
    glued = [False]
    for number, line in enumerate(lines):
        end = line.end
        if number + 1 < len(lines):
            following = lines[number + 1].body
            split = splits_word(line.body, following)
            glued.append(split)
            if split and not keeps_hyphen(line.body, following):
                end -= 1
        elif line.marker == "#":
            end = line.start + len(line.body.rstrip("#").rstrip() or line.body)
        pieces.append((line.start, end))
    return pieces, glued


def _weave(
    text: str,
    pieces: Sequence[tuple[int, int]],
    glued: Sequence[bool],
    marked: bool,
    kind: BlockKind,
    level: int,
) -> Block | None:
    marks: list[Mark] = marks_in(text, pieces) if marked else []
    if len(pieces) == 1 and not marks:
        start, end = pieces[0]
        if is_plain(text, start, end):
            words = text[start:end]
            return Block(kind, words, (Segment(0, end - start, start, end - start),), level, "", links_of(words, []))
    builder = TextBuilder(text)
    index = 0
    for number, (start, end) in enumerate(pieces):
        if number and not glued[number]:
            builder.gap(pieces[number - 1][1], start)
        while index < len(marks) and marks[index].start < end:
            mark = marks[index]
            index += 1
            if mark.start > start:
                builder.copy(start, mark.start)
            if mark.target is not None:
                builder.open_link(mark.target)
            elif mark.closes:
                builder.close_link()
            start = mark.end
        if start < end:
            builder.copy(start, end)
    return builder.build(kind, level)


def _cells(text: str, line: Line) -> list[tuple[int, int]]:
    cells = []
    for match in _CELL.finditer(text, line.start, line.end):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        if start < end:
            cells.append((start, end))
    return cells


def _underline(drafts: list[tuple[Block, Line, bool]], line: Line) -> None:
    """A row of = or - right under a short line makes a heading of it."""
    if drafts and not line.blanks and len(line.body) >= 3 and line.body.strip("=") in ("", line.body):
        block, above, single = drafts[-1]
        if single and line.body.strip("=-") == "" and block.text.count(" ") < _HEADING_WORDS:
            level = 1 if line.body[0] == "=" else 2
            drafts[-1] = (block._replace(kind=BlockKind.HEADING, level=level), above, False)


def _with_headings(drafts: Sequence[tuple[Block, Line, bool]]) -> list[Block]:
    """The blocks, with the short lines that stand over something turned into headings."""
    blocks: list[Block] = []
    loose = False  # the line above is a short one that is no heading: an item of a list without marks
    for index, (block, line, single) in enumerate(drafts):
        short = single and len(block.text) <= 140 and block.text.count(" ") < _HEADING_WORDS
        following = drafts[index + 1][0] if index + 1 < len(drafts) else None
        if short and following and _is_heading(block.text, following, alone=not loose or line.blanks > 0):
            blocks.append(block._replace(kind=BlockKind.HEADING, level=2 if blocks else 1))
            loose = False
        else:
            blocks.append(block)
            loose = short and not ends_sentence(block.text)
    return blocks


def _is_heading(text: str, following: Block, *, alone: bool) -> bool:
    bare = text.rstrip("\"'”’»)]*_ ")
    if not bare or bare[-1] in ".!;,…" or "@" in text or "://" in text or _TWO_SENTENCES.search(text):
        return False
    _, colon, value = text.partition(": ")
    if colon and "," in value:  # a field with its value, not a title with its subtitle
        return False
    words = text.split()
    if sum(map(str.isalpha, text)) * 2 < len(text):
        return False
    if bare[-1] == ":":
        return len(words) <= _LEAD_IN_WORDS and (_title_like(words) or not _VERB.intersection(words))
    longer = following.kind is BlockKind.LIST_ITEM or len(following.text) >= max(_LONGER, len(text) * 3 // 2)
    if bare[-1] == "?":
        return longer or _title_like(words)
    return _title_like(words) or (longer and alone)


def _title_like(words: Sequence[str]) -> bool:
    """Whether most words that count are capitalised, as in a title."""
    letters = capital = 0
    for word in words:
        bare = word.lstrip("\"'“‘(")
        if bare and bare[0].isalpha() and bare.lower() not in _SMALL_WORDS:
            letters += 1
            capital += bare[0].isupper()
    if not letters:
        return False
    if letters == 2 and len(words) > 2:
        return capital == 2
    return capital >= 0.6 * letters and (capital > 1 or letters == 1)
