"""MDX: Markdown in which components, expressions and modules stand; what is no prose is masked, the rest is Markdown.

The masked text is as long as the file, so that every place stays where it is: a tag becomes a plain tag of HTML, an
expression a line break, a line of nothing but components a rule. Prose inside components and inside the elements that
an expression holds stays. What no MDX compiler would take (a stray `<` or `{`) is read as text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.documents.blocks import Block, BlockKind, Document
from healthlint.documents.carried import carry
from healthlint.documents.front_matter import read_front_matter
from healthlint.documents.html_attributes import said
from healthlint.documents.html_elements import INLINE, SKIPPED
from healthlint.documents.json_strings import json_string
from healthlint.documents.markdown import markdown_blocks
from healthlint.documents.references import put_with_references
from healthlint.documents.source import Source
from healthlint.documents.weaving import TextBuilder
from healthlint.documents.words import word_set

_MARK = re.compile(
    r"""
    (?:(?<![^\r\n])[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})[^\r\n]*)
    | (?:(?<![^\r\n])(?P<module>import|export)\b)
    | \\. | (?P<code>`+) | (?P<tag><) | (?P<brace>\{)
    """,
    re.VERBOSE | re.DOTALL,
)
_MODULE = re.compile(
    r"""
    import\s+(?:["'] | (?:type\s+)?[\w$*{},\s]+?\sfrom\s*["'])
    | export\s+(?:default|const|let|var|function|async|class|type|interface|enum)\b | export\s*[{*]
    """,
    re.VERBOSE,
)
_NAME = re.compile(r"(/?)\s*([A-Za-z_$][\w$-]*(?:[.:][A-Za-z_$][\w$-]*)*)?")
_ATTRIBUTE_NAME = re.compile(r"\s*([A-Za-z_$@:][\w$.:@-]*)(\s*=\s*)?")
_ATTRIBUTE_VALUE = re.compile(
    r"""
    "(?:[^"\r\n]|(?:\r\n|\r|\n)(?![ \t]*[\r\n]))*" | '(?:[^'\r\n]|(?:\r\n|\r|\n)(?![ \t]*[\r\n]))*'
    | [^\s"'`=<>{}]+
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")
_CODE_MARK = re.compile(
    r"""
    '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*" | //[^\r\n]* | /\*.*?\*/
    | (?P<template>`) | (?P<open>[({\[]) | (?P<close>[)}\]]) | (?P<tag><(?=[A-Za-z>]))
    | (?P<blank>(?:\r\n|\r|\n)[ \t]*(?=[\r\n]))
    """,
    re.VERBOSE | re.DOTALL,
)
_TEMPLATE_MARK = re.compile(r"\\.|`|\$\{", re.DOTALL)
_BEFORE_ELEMENT = re.compile(r"(?:[({\[,?:&|=>;}]|\breturn|\bdefault)\s*\Z")
_LITERAL = re.compile(r"""\{\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\$]|\\.)*)`)\s*\}""", re.DOTALL)
_PLAIN_ESCAPES = re.compile(r"""(?:[^\\]|\\["'`\\])*""")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_BLANK_ABOVE = re.compile(rf"{_BLANK_LINE.pattern}\Z")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG_OR_BRACE = re.compile(r"[<{]")
_LINE = re.compile(r"[^\n\r]*(?:\r\n|\r|\n|\Z)")
_CONTAINER = re.compile(r"[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)*[ \t>]*")
_TEXT_PROPERTIES = word_set("caption description heading label subtitle summary")
_UNSEEN = "\u200b"
_BLANK = "\u00a0"
_DEEPEST = 40
_PATIENCE = 500_000
"""Characters looked at in vain before braces without a partner are no longer searched for one."""


class Mask(NamedTuple):
    """A stretch that is no prose and what takes its place; `apart` if it sets text around it apart."""

    start: int
    end: int
    text: str
    apart: bool = False


class _Tag(NamedTuple):
    name: str
    closing: bool
    empty: bool
    end: int


def parse_mdx(source: Source) -> Document:
    """The blocks of an MDX file."""
    front = read_front_matter(source.text)
    masker = _Masker(source.text)
    masker.prose(front.end)
    found = [*markdown_blocks(masker.view(), front.end, mdx=True), *masker.blocks]
    found.sort(key=lambda block: block.segments[0].source_start)
    return Document(source, "mdx", (*front.blocks, *found), front.declared_kind, front.settings)


class _Masker:
    """Finds what is no prose, and keeps the words that attributes and strings hold as blocks."""

    def __init__(self, text: str) -> None:
        self.blocks: list[Block] = []
        self._text = text
        self._start = 0
        self._masks: list[Mask] = []
        self._last_brace = text.rfind("}")
        self._last_angle = text.rfind(">")
        self._vain = 0

    def view(self) -> str:
        """The text with masks in place of what they stand for."""
        pieces: list[str] = []
        position = 0
        for mask in self._masks:
            pieces += (self._text[position : mask.start], mask.text)
            position = mask.end
        pieces.append(self._text[position:])
        return _with_rules("".join(pieces), self._masks)

    def prose(self, start: int) -> None:
        """Masks all that is no prose from `start` on."""
        text, position = self._text, start
        self._start = start
        while match := _MARK.search(text, position):
            at, position = match.span()
            kind = match.lastgroup
            if kind == "fence":
                position = self._fence_end(match)
            elif kind == "module":
                position = self._module(at) or position
            elif kind == "code":
                position = self._code_end(at, position)
            elif kind == "brace":
                position = self._braces(at, 0) or position
            elif kind == "tag":
                position = self._angle(at) or position

    # Markdown that is left alone

    def _fence_end(self, match: re.Match[str]) -> int:
        ticks = match["fence"]
        closing = re.compile(rf"[\r\n][ \t>]*{re.escape(ticks)}{ticks[0]}*[ \t]*(?=[\r\n]|\Z)")
        if ticks[0] == "`" and "`" in self._text[match.end("fence") : match.end()]:
            return match.end("fence")  # code within a line
        end = closing.search(self._text, match.end())
        return end.end() if end else len(self._text)

    def _code_end(self, start: int, end: int) -> int:
        ticks = self._text[start:end]
        closing = re.compile(rf"(?<!`){ticks}(?!`)|(?:\r\n|\r|\n)[ \t]*[\r\n]").search(self._text, end)
        return closing.end() if closing and closing.group() == ticks else end

    # Modules

    def _module(self, start: int) -> int | None:
        """Masks an import or export; None if it is none."""
        if not _MODULE.match(self._text, start):
            return None
        above = self._masks[-1].end if self._masks else self._start
        if self._text[above:start].strip() and not _BLANK_ABOVE.search(self._text, max(start - 80, 0), start):
            return None  # the middle of a paragraph
        count = len(self._masks)
        end = self._code(start, 0, closer="")
        if end is None:
            del self._masks[count:]
            blank = _BLANK_LINE.search(self._text, start)
            end = blank.start() if blank else len(self._text)
            self._masks.append(Mask(start, end, " " * (end - start)))
        elif len(self._masks) == count + 1:
            self._masks[-1] = Mask(start, end, " " * (end - start))
        return end

    # Expressions

    def _braces(self, start: int, depth: int) -> int | None:
        """Masks the expression that begins at `start`; None if it has no end."""
        if start >= self._last_brace or self._vain > _PATIENCE or depth > _DEEPEST:
            return None
        literal = _LITERAL.match(self._text, start)
        if literal and literal.group(literal.lastindex or 0).strip():
            self._literal(literal)
            return literal.end()
        masks, blocks = len(self._masks), len(self.blocks)
        end = self._code(start + 1, depth, closer="}", since=start)
        if end is None:
            del self._masks[masks:], self.blocks[blocks:]
        return end

    def _literal(self, match: re.Match[str]) -> None:
        """A string between braces is text: `{"Don't"}`."""
        start, end = match.span(match.lastindex or 0)
        if _PLAIN_ESCAPES.fullmatch(match.group(match.lastindex or 0)):
            self._hide(match.start(), start)
            self._hide(end, match.end())
        else:
            self._string(BlockKind.PARAGRAPH, start, end)
            self._masks.append(_gap(match.start(), match.end()))

    def _string(self, kind: BlockKind, start: int, end: int) -> None:
        decoded = json_string(self._text, start, end)
        builder = TextBuilder(decoded.text)
        builder.copy(0, len(decoded.text))
        block = builder.build(kind)
        if block:
            self.blocks.append(carry(block, decoded))

    def _hide(self, start: int, end: int) -> None:
        self._masks.append(Mask(start, end, _UNSEEN * (end - start)))

    def _code(self, start: int, depth: int, *, closer: str, since: int | None = None) -> int | None:
        """Masks JavaScript up to the `closer`, or up to a blank line if there is none, but not the prose in it."""
        text = self._text
        since = start if since is None else since
        open_brackets = 0
        position = start
        while match := _CODE_MARK.search(text, position):
            at, position = match.span()
            kind = match.lastgroup
            if kind == "open":
                open_brackets += 1
            elif kind == "close":
                open_brackets -= 1
                if open_brackets < 0:
                    if text[at] != closer:
                        break
                    self._masks.append(_gap(since, position))
                    return position
            elif kind == "template":
                end = self._template_end(position, depth)
                if end is None:
                    break
                position = end
            elif kind == "blank" and not closer and not open_brackets:
                self._masks.append(_gap(since, at))
                return at
            elif kind == "tag" and _BEFORE_ELEMENT.search(text, max(at - 40, start - 1), at):
                masks, blocks = len(self._masks), len(self.blocks)
                self._masks.append(_gap(since, at))
                end = self._element(at, depth + 1)
                if end is None:
                    del self._masks[masks:], self.blocks[blocks:]
                else:
                    since = position = end
        else:
            if not closer and not open_brackets:
                self._masks.append(_gap(since, len(text)))
                return len(text)
        self._vain += len(text) - start
        return None

    def _template_end(self, position: int, depth: int) -> int | None:
        """Where a template string ends whose inside begins at `position`."""
        while match := _TEMPLATE_MARK.search(self._text, position):
            position = match.end()
            if match.group() == "`":
                return position
            if match.group() == "${":
                if depth > _DEEPEST:
                    return None
                masks, blocks = len(self._masks), len(self.blocks)
                end = self._code(position, depth + 1, closer="}")
                del self._masks[masks:], self.blocks[blocks:]
                if end is None:
                    return None
                position = end
        return None

    def _element(self, start: int, depth: int) -> int | None:
        """Masks the tags of an element inside an expression up to its end; its words stay."""
        if depth > _DEEPEST or self._vain > _PATIENCE:
            return None
        open_tags: list[str] = []
        position = start
        while 0 <= position < len(self._text):
            char = self._text[position]
            if char == "<":
                tag = self._tag(position, depth)
                if tag is None:
                    return None
                if tag.closing:
                    if not open_tags or open_tags.pop() != tag.name:
                        return None
                elif not tag.empty:
                    open_tags.append(tag.name)
                position = tag.end
                if not open_tags:
                    return position
            elif char == "{":
                end = self._braces(position, depth + 1)
                if end is None:
                    return None
                position = end
            following = _TAG_OR_BRACE.search(self._text, position)
            position = following.start() if following else -1
        self._vain += len(self._text) - start
        return None

    # Tags

    def _angle(self, start: int) -> int | None:
        """Masks the comment or tag that begins at `start`; None if there is none."""
        comment = _COMMENT.match(self._text, start)
        if comment:
            self._masks.append(_gap(*comment.span()))
            return comment.end()
        tag = self._tag(start, 0)
        if tag is None:
            return None
        if tag.name.lower() in SKIPPED and not tag.closing and not tag.empty:
            closing = re.compile(rf"</\s*{re.escape(tag.name)}\s*>").search(self._text, tag.end)
            if closing:
                while self._masks and self._masks[-1].start >= start:
                    self._masks.pop()
                self._masks.append(_gap(start, closing.end()))
                return closing.end()
        return tag.end

    def _tag(self, start: int, depth: int) -> _Tag | None:
        """Masks the tag that begins at `start`, and keeps the words of its attributes; None if it is no tag."""
        text = self._text
        if start >= self._last_angle:
            return None
        head = _NAME.match(text, start + 1)
        if head is None:
            return None
        name, closing = head.group(2) or "", head.group(1) == "/"
        masks, blocks = len(self._masks), len(self.blocks)
        shown: list[tuple[str, int, int, bool]] = []
        position = head.end()
        while True:
            space = _SPACE.match(text, position)
            position = space.end() if space else position
            if text.startswith(("/>", ">"), position):
                break
            end = self._attribute(position, shown, depth) if name and not closing else None
            if end is None:
                del self._masks[masks:], self.blocks[blocks:]
                return None
            position = end
        del self._masks[masks:], self.blocks[blocks:]  # masks inside attributes: the tag is one
        empty = text[position] == "/"
        end = position + 1 + empty
        self._properties(name, start, end, shown)
        self._masks.append(_tag_mask(text, start, end, name, closing, empty, shown))
        return _Tag(name, closing, empty, end)

    def _attribute(self, start: int, shown: list[tuple[str, int, int, bool]], depth: int) -> int | None:
        """Where the attribute that begins at `start` ends; string values are added to `shown`, with their escaping."""
        text = self._text
        if text.startswith("{", start):
            return self._braces(start, depth + 1)
        name = _ATTRIBUTE_NAME.match(text, start)
        if name is None or name.end() == start:
            return None
        if not name.group(2):
            return name.end()
        if text.startswith("{", name.end()):
            literal = _LITERAL.match(text, name.end())
            if literal:
                shown.append((name.group(1), *literal.span(literal.lastindex or 0), True))
                return literal.end()
            return self._braces(name.end(), depth + 1)
        value = _ATTRIBUTE_VALUE.match(text, name.end())
        if value is None:
            return None
        quoted = value.group()[0] in "\"'"
        shown.append((name.group(1), value.start() + quoted, value.end() - quoted, False))
        return value.end()

    def _properties(self, name: str, start: int, end: int, shown: list[tuple[str, int, int, bool]]) -> None:
        """Keeps what the attributes of a tag say: those of HTML, and the texts that components are given."""
        if not shown:
            return
        raw = self._text[start:end]
        heard = {(start + one.start, start + one.end): one.kind for one in said(name.lower(), raw)}
        component = not name.islower()
        for key, low, high, escaped in shown:
            kind = heard.get((low, high))
            if escaped and key in ("alt", "title", "aria-label"):
                kind = BlockKind.ALT
            if kind is None and component and key in _TEXT_PROPERTIES:
                kind = BlockKind.ALT
            if kind is None:
                continue
            if escaped:
                self._string(kind, low, high)
                continue
            builder = TextBuilder(self._text)
            put_with_references(builder, self._text, low, high)
            block = builder.build(kind)
            if block:
                self.blocks.append(block)


def _gap(start: int, end: int) -> Mask:
    """What stands between words and keeps them apart."""
    length = end - start
    if length >= 4:
        return Mask(start, end, "<br" + " " * (length - 4) + ">")
    return Mask(start, end, (_BLANK if length == 3 else _UNSEEN) * length)


def _tag_mask(
    text: str, start: int, end: int, name: str, closing: bool, empty: bool, shown: list[tuple[str, int, int, bool]]
) -> Mask:
    """A tag of HTML in place of one of JSX, with only what tells links and buttons kept of its attributes."""
    apart = not name or name.lower() not in INLINE or not name.islower()
    if not name:
        return Mask(start, end, _UNSEEN * (end - start), apart)
    plain = re.sub(r"[^\w-]|_", "-", name)
    if not plain[0].isascii() or not plain[0].isalpha():
        plain = "x" + plain[1:]
    pieces = [" "] * (end - start)
    pieces[0] = "<"
    at = text.index(name, start + 1) - start
    pieces[1 : 1 + len(plain) + closing] = ("/" if closing else "") + plain
    for index in range(1 + len(plain) + closing, at + len(name)):
        pieces[index] = " "
    for key, low, high, escaped in shown:
        if not escaped and key in ("href", "class", "className", "role") and text[low - 1] in "\"'":
            attribute = f'{"class" if key == "className" else key}="{text[low:high]}"'
            if '"' not in text[low:high] and not re.search(r"\s*[\r\n]", text[low:high]):
                stop = high + 1 - start
                pieces[stop - len(attribute) : stop] = attribute
    pieces[-1] = ">"
    if empty:
        pieces[-2] = "/"
    return Mask(start, end, "".join(pieces), apart)


def _with_rules(view: str, masks: list[Mask]) -> str:
    """The view with a rule in place of each line that holds nothing but tags which set text apart."""
    pieces: list[str] = []
    index = 0
    above_blank = True
    for line in _LINE.finditer(view):
        start, end = line.span()
        if start == end:
            break
        first = index
        while index < len(masks) and masks[index].start < end:
            index += 1
        words = line.group()
        if first < index:
            words = _ruled(words, start, masks[first:index], above_blank)
        pieces.append(words)
        above_blank = words.strip(" \t\r\n") in ("", "___")
    return "".join(pieces)


def _ruled(words: str, start: int, masks: list[Mask], above_blank: bool) -> str:
    position = start
    for number, mask in enumerate(masks):
        between = words[position - start : mask.start - start]
        lead = _CONTAINER.match(between)
        if between.strip(" \t") and not (number == 0 and lead and lead.end() == len(between)):
            return words
        position = mask.end
    if words[position - start :].strip(" \t\r\n"):
        return words
    low, high = masks[0].start - start, masks[-1].end - start
    if any(mask.apart for mask in masks):
        indent = len(words[:low]) - len(words[:low].rstrip())
        rule = "___" if high - low >= 3 and indent < 4 else ""  # further in, a rule would go on a paragraph
    elif above_blank and all(mask.text.startswith(("<br", _BLANK)) for mask in masks):
        rule = ""
    else:
        return words
    return words[:low] + rule + " " * (high - low - len(rule)) + words[high:]
