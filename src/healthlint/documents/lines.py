"""Lines of plain text, and which of them are one line that was wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from healthlint.documents.words import word_set

_LIST_MARKER = re.compile(
    r"(?:[-*•‣◦●○■□▪▫►▸✓✔✅➤–—·]|\d{1,3}[.)]|[a-z][.)]|[A-Z]\)|\((?:\d{1,2}|[A-Za-z]|[ivxIVX]{2,4})\))"
    r"[ \t\u00a0]+(?=\S)"
)
_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+\s*")
_RULE = re.compile(r"(?:[-=_*~#+.][ \t]*){3,}|[|\s:-]+|[-•*>]")
_MARKER_FIRST = frozenset("-*•‣◦●○■□▪▫►▸✓✔✅➤–—·(#>|=_~+.") | frozenset("0123456789")

_CLOSERS = "\"'”’»)]}*_"
_NOTE_NUMBERS = re.compile(r"(?:\[\d[\d,–\- ]*\])+$")
_SENTENCE_END = frozenset(".?!:…")
_ABBREVIATION = re.compile(r"(?:\b(?:al|e\.g|i\.e|cf|vs|dr|mr|mrs|ms|prof|figs?|approx|ca)\.)$", re.IGNORECASE)
_LEFT_OPEN = word_set(
    "a an the of and or but nor for to in on at by with from into than that which who whose as if when while because "
    "such is are was were be been has have had can may might could should will would its their his her our your this "
    "these not no very most more between among during after before under over about"
)
_COMPOUND_TAIL = word_set(
    "induced related based free like term up dose associated approved known proven backed lowering specific release "
    "quality effective counter effect effects risk reported care directed controlled blind label grade life of the to "
    "on in and day week month year old being rich fat mediated dependent suppressive soluble friendly focused"
)

WRAP_NARROWEST, WRAP_WIDEST = 60, 130


class Line(NamedTuple):
    """A line with something on it: its stretch of the source without outer white space, and what stands before it.

    `start` is where the words begin, behind any list, heading or quote marker. `marker` is "" (none), "list", "#",
    ">", "|" (table row) or "rule" (nothing to read). `blanks` counts the blank lines above.
    """

    start: int
    end: int
    body: str
    indent: int
    blanks: int
    marker: str
    level: int


class Layout(NamedTuple):
    """How the lines of a document are set: `doubled` if a blank line follows every one; which are `full`."""

    doubled: bool
    wrapped: bool
    full: Sequence[bool]


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank."""
    lines: list[Line] = []
    offset = blanks = 0
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        if not body:
            blanks += 1
            offset += len(raw)
            continue
        indent = 0
        start = offset
        if raw[0] != body[0]:
            lead = raw[: len(raw) - len(raw.lstrip())]
            indent = len(lead.expandtabs(4))
            start += len(lead)
        end = start + len(body)
        if body[0] in _MARKER_FIRST or (len(body) > 2 and (body[1] in ".)")):
            marker, level, skip = _marker(body)
            lines.append(Line(start + skip, end, body[skip:], indent, blanks, marker, level))
        else:
            lines.append(Line(start, end, body, indent, blanks, "", 0))
        blanks = 0
        offset += len(raw)
    return lines


def _marker(body: str) -> tuple[str, int, int]:
    first = body[0]
    if _RULE.fullmatch(body):
        return "rule", 0, 0
    if first == "#" and (match := _HASHES.match(body)):
        return "#", len(match.group(1)), match.end()
    if first == ">" and (match := _QUOTE.match(body)) and match.end() < len(body):
        return ">", 0, match.end()
    if first == "|" and body[-1] == "|" and len(body) > 2:
        return "|", 0, 0
    if match := _LIST_MARKER.match(body):
        return "list", 0, match.end()
    return "", 0, 0


def layout_of(lines: Sequence[Line]) -> Layout:
    """How the lines are set, judged over the whole document."""
    count = len(lines)
    doubled = count >= 3 and sum(1 for line in lines[1:] if line.blanks) >= 0.9 * (count - 1)
    if doubled:
        lower = sum(1 for line in lines if line.body[0].islower())
        wrapped = count >= 8 and lower >= 0.3 * count
        return Layout(True, wrapped, _full_lines(lines) if wrapped else [False] * count)
    full = [False] * count
    start = 0
    for index in range(1, count + 1):
        if index == count or lines[index].blanks:
            if index - start >= 3:
                _mark_wrapped(lines, start, index, full)
            start = index
    return Layout(False, any(full), full)


def _full_lines(lines: Sequence[Line]) -> list[bool]:
    """Lines of a double-spaced text that reach the margin, as wide as the lines around them."""
    widths = [line.end - line.start for line in lines]
    full = []
    for index, width in enumerate(widths):
        margin = max(widths[max(0, index - 4) : index + 5])
        following = _first_word(lines[index + 1].body) if index + 1 < len(lines) else 0
        full.append(margin >= 40 and width >= 0.7 * margin and width + 1 + following >= 0.92 * margin)
    return full


def _mark_wrapped(lines: Sequence[Line], start: int, end: int, full: list[bool]) -> None:
    """Marks the full lines of a run of lines if they are a paragraph wrapped at a margin.

    A line is full when the next line's first word would not have fitted; a run is wrapped when most lines are full and
    most of their followers begin in the middle of a sentence.
    """
    margin = max(line.end - line.start + line.indent for line in lines[start:end])
    if not WRAP_NARROWEST <= margin <= WRAP_WIDEST:
        return
    reach = []
    lower = followers = 0
    for index in range(start, end - 1):
        line, following = lines[index], lines[index + 1]
        if following.marker:
            reach.append(False)
            continue
        width = line.end - line.start + line.indent
        reach.append(width + 1 + _first_word(following.body) > margin)
        followers += 1
        first = following.body[0]
        lower += first.islower() or first in "(["
    wrapped = lower >= 0.4 * followers and sum(reach) >= 0.6 * followers
    if followers >= 2 and (wrapped or (lower and all(reach))):
        full[start : end - 1] = reach


def _first_word(body: str) -> int:
    space = body.find(" ")
    return len(body) if space < 0 else space


def continues(lines: Sequence[Line], index: int, first: Line, layout: Layout) -> bool:
    """Whether the line after `index` is the rest of it, in a block that began with the line `first`."""
    line, following = lines[index], lines[index + 1]
    full, doubled = layout.full[index], layout.doubled
    if following.blanks > doubled or line.marker in ("#", "|", "rule"):
        return False
    if following.marker:
        return following.marker == ">" == first.marker and not following.blanks and not ends_sentence(line.body)
    if first.marker == "list" and following.indent > first.indent and not following.blanks:
        return True
    if splits_word(line.body, following.body):
        return following.body[0].islower() or line.body[-2].isdigit() or doubled or line.end - line.start >= 36
    opening = following.body.lstrip("*_")[:1] or following.body[0]
    if ends_sentence(line.body):
        if (opening.islower() or opening in "([") and _ABBREVIATION.search(line.body):
            return True
        return full and (layout.full[index + 1] or opening.islower() or not doubled)
    if following.blanks and not layout.wrapped and _is_title(line.body):
        return False
    if opening.islower() or opening in "([":
        return not _looks_listed(line.body, following.body)
    if full:
        return True
    if line.body.count("(") > line.body.count(")") and opening.isdigit():
        return True
    return line.body[-1] == "," or (
        line.end - line.start >= 36 and line.body[line.body.rfind(" ") + 1 :].lower() in _LEFT_OPEN
    )


def ends_sentence(body: str) -> bool:
    """Whether a line ends as a sentence or a lead-in does, closing quotes and brackets aside."""
    last = body[-1]
    if last in _SENTENCE_END:
        return True
    if last == "]":
        body = _NOTE_NUMBERS.sub("", body)
    stripped = body.rstrip(_CLOSERS)
    return bool(stripped) and stripped[-1] in _SENTENCE_END


def splits_word(body: str, following: str) -> bool:
    """Whether a hyphen at the end of `body` runs on into `following`."""
    if not body.endswith(("-", "\u00ad", "\u2010")) or len(body) < 2:
        return False
    return body[-2].isalnum() and following[0].isalnum()


def keeps_hyphen(body: str, following: str) -> bool:
    """Whether a hyphen at a line's end belongs to the word: names, numbers, compounds."""
    if body[-1] == "\u00ad":
        return False
    stem = body[body.rfind(" ") + 1 : -1]
    if not following[0].islower() or not stem[-1].isalpha():
        return True
    if "-" in stem or "/" in stem or (len(stem) <= 6 and stem.isupper()):
        return True
    match = re.match(r"[^\W\d_]+", following)
    return match is not None and match.group().lower() in _COMPOUND_TAIL


def _is_title(body: str) -> bool:
    first, *others = body.split()
    words = [first, *(word for word in others if len(word) > 3)]
    return len(body) < 60 and len(words) > 1 and all(word[0].isupper() for word in words)


def _looks_listed(body: str, following: str) -> bool:
    """Two short items that merely stand one under the other, or rows of figures."""
    if len(body) < 30 and body.count(" ") < 3 and len(following) < 30 and following.count(" ") < 3:
        return body[-1] != "," and body[body.rfind(" ") + 1 :].lower() not in _LEFT_OPEN
    return sum(map(str.isdigit, body)) > 0.3 * len(body)
