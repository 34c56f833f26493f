"""Front matter: the fields between two `---` lines at the top of a page, each with its place in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthlint.documents.blocks import Block, BlockKind
from healthlint.documents.weaving import TextBuilder
from healthlint.documents.words import word_set

if TYPE_CHECKING:
    from yaml.nodes import Node, ScalarNode

_FENCED = re.compile(r"(---)[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.DOTALL)
_TOML = re.compile(r"(\+\+\+)[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z][\w.-]*)[ \t]*[:=][ \t]*(\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\r\n]*)", re.MULTILINE)
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")  # an anchor or a tag before the value
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(?:\r\n|\r|\n)[ \t]*|(.))", re.DOTALL)
_ESCAPED = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "N": "\u0085",
    "_": "\u00a0",
    "L": "\u2028",
    "P": "\u2029",
    "e": "",
    "0": "",
}
_ADDRESS = re.compile(
    r"(?:\w+:)?\.{0,2}/?[\w.@%?&=#~+-]+(?:/[\w.@%?&=#~+-]*)+|[\w-]+\.(?:png|jpe?g|svg|webp|gif|html?)"
)
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?\b")
_UNREAD_KEYS = word_set("slug permalink layout template id uid url canonical path type lang locale icon")
_READ_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"})
_PARSED_UP_TO = 64_000


class FrontMatter(NamedTuple):
    """The fields read, where the front matter ends, and the kind of document it declares."""

    blocks: tuple[Block, ...]
    end: int
    declared_kind: str | None


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a page; an empty one that ends at 0 if there is none."""
    if text.startswith("---"):
        match = _FENCED.match(text)
        if match and match.end() - match.start() <= _PARSED_UP_TO:
            found = _read_yaml(text, match)
            if found:
                return found
    elif text.startswith("+++"):
        match = _TOML.match(text)
    else:
        match = None
    if match and _FIELD.search(match.group(2)):
        return _read_lines(text, match)
    return FrontMatter((), 0, None)


def _read_yaml(text: str, match: re.Match[str]) -> FrontMatter | None:
    import yaml

    try:
        root = yaml.compose(match.group(2), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if root is None:
        return FrontMatter((), match.end(), None)
    if not isinstance(root, yaml.MappingNode):
        return None
    base = match.start(2)
    blocks: list[Block] = []
    declared = None
    pending: list[tuple[Node, str]] = [(root, "")]
    seen: set[int] = set()
    while pending:
        node, label = pending.pop()
        if id(node) in seen:  # an alias: its anchor has been read
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in reversed(node.value):
                if not isinstance(key, yaml.ScalarNode):
                    continue
                name = f"{label}.{key.value}" if label else key.value
                if name == "healthlint.kind" and isinstance(value, yaml.ScalarNode):
                    declared = value.value.strip().lower()
                elif name != "healthlint":
                    pending.append((value, name))
                elif isinstance(value, yaml.MappingNode):
                    declared = _declared(value) or declared
        elif isinstance(node, yaml.SequenceNode):
            pending.extend((item, label) for item in reversed(node.value))
        elif isinstance(node, yaml.ScalarNode) and node.tag in _READ_TAGS:
            block = _scalar(text, node, base, label)
            if block:
                blocks.append(block)
    return FrontMatter(tuple(blocks), match.end(), declared)


def _declared(settings: Node) -> str | None:
    for key, value in settings.value:
        if key.value == "kind" and isinstance(value.value, str):
            return value.value.strip().lower() or None
    return None


def _scalar(text: str, node: ScalarNode, base: int, label: str) -> Block | None:
    start, end = base + node.start_mark.index, base + node.end_mark.index
    properties = _PROPERTIES.match(text, start, end)
    if properties:
        start = properties.end()
    if not _is_read(label, node.value):
        return None
    builder = TextBuilder(text)
    if node.style == "'":
        _copy_around(builder, text, start + 1, end - 1, "''", "'")
    elif node.style == '"':
        _copy_escaped(builder, text, start + 1, end - 1)
    elif node.style in ("|", ">"):
        header = re.compile(r"[^\r\n]*").match(text, start, end)
        builder.copy(header.end() if header else start, end)
    else:
        builder.copy(start, end)
    return builder.build(_kind(label), label=label)


def _kind(label: str) -> BlockKind:
    key = label.rsplit(".", 1)[-1].lower()
    if key == "title":
        return BlockKind.TITLE
    return BlockKind.DESCRIPTION if key in ("description", "summary") else BlockKind.FRONT_MATTER


def _is_read(label: str, value: str) -> bool:
    """Whether a field holds words or a date for a reader, not a switch, an address or a name for the machine."""
    key = label.rsplit(".", 1)[-1].lower()
    said = any(map(str.isalpha, value)) or _DATE.match(value) is not None
    return key not in _UNREAD_KEYS and said and not _ADDRESS.fullmatch(value)


def _copy_around(builder: TextBuilder, text: str, start: int, end: int, token: str, meaning: str) -> None:
    position = start
    while (at := text.find(token, position, end)) >= 0:
        if at > position:
            builder.copy(position, at)
        builder.decode(meaning, at, at + len(token))
        position = at + len(token)
    if position < end:
        builder.copy(position, end)


def _copy_escaped(builder: TextBuilder, text: str, start: int, end: int) -> None:
    position = start
    for match in _ESCAPE.finditer(text, start, end):
        if match.start() > position:
            builder.copy(position, match.start())
        code = match.group(1) or match.group(2) or match.group(3)
        if code:
            builder.decode(chr(min(int(code, 16), 0x10FFFF)), match.start(), match.end())
        elif match.group(4):
            builder.decode(_ESCAPED.get(match.group(4), match.group(4)), match.start(), match.end())
        position = match.end()
    if position < end:
        builder.copy(position, end)


def _read_lines(text: str, match: re.Match[str]) -> FrontMatter:
    """Fields one a line, for front matter that no YAML parser takes."""
    blocks: list[Block] = []
    declared = None
    for field in _FIELD.finditer(text, match.start(2), match.end(2)):
        start, end = field.span(2)
        if end - start >= 2 and text[start] in "\"'" and text[end - 1] == text[start]:
            start, end = start + 1, end - 1
        if field.group(1) == "healthlint.kind":
            declared = text[start:end].strip().lower() or None
        elif start < end and _is_read(field.group(1), text[start:end]):
            builder = TextBuilder(text)
            builder.copy(start, end)
            block = builder.build(_kind(field.group(1)), label=field.group(1))
            if block:
                blocks.append(block)
    return FrontMatter(tuple(blocks), match.end(), declared)
