"""Front matter: the fields between two `---` (YAML) or `+++` (TOML) lines at the top of a page, each in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthlint.documents.blocks import Block, BlockKind, Setting
from healthlint.documents.weaving import TextBuilder
from healthlint.documents.words import word_set

if TYPE_CHECKING:
    from yaml.nodes import Node, ScalarNode

_FENCED = re.compile(r"(---)[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.DOTALL)
_TOML = re.compile(r"(\+\+\+)[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)", re.DOTALL)
_FIELD = re.compile(r"(?:^|(?<=\r))[A-Za-z][\w.-]*[ \t]*[:=]", re.MULTILINE)
_LOOSE_FIELD = re.compile(
    r"""
    [ \t]*(?:-[ \t]+)?(?:([A-Za-z][\w.-]*)[ \t]*[:=][ \t]*)?
    ((?:"[^"\r\n]*"|'[^'\r\n]*')(?=[ \t]*(?:[\r\n]|\Z))|[^\r\n]*)
    """,
    re.VERBOSE,
)
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")  # an anchor or a tag before the value
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(?:\r\n|\r|\n)[ \t]*|(.))", re.DOTALL)
_ESCAPED = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "f": "\f",
    "v": "\v",
    "a": "",
    "b": "",
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
_SWITCHES = word_set("true false yes no null")
_PARSED_UP_TO = 64_000


class FrontMatter(NamedTuple):
    """The fields read, where the front matter ends, and what it says to healthlint."""

    blocks: tuple[Block, ...]
    end: int
    settings: tuple[Setting, ...] = ()

    @property
    def declared_kind(self) -> str | None:
        """The kind of document that it names."""
        kinds = [value for setting in self.settings if setting.name == "kind" for value in setting.values]
        return (kinds[-1].strip().lower() or None) if kinds else None


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
        if match and match.end() - match.start() <= _PARSED_UP_TO:
            found = _read_toml(text, match)
            if found:
                return found
    else:
        match = None
    if match and _FIELD.search(match.group(2)):
        return _read_lines(text, match)
    return FrontMatter((), 0)


def _read_yaml(text: str, match: re.Match[str]) -> FrontMatter | None:
    import yaml

    try:
        root = yaml.compose(match.group(2), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if root is None:
        return FrontMatter((), match.end())
    if not isinstance(root, yaml.MappingNode):
        return None
    base = match.start(2)
    blocks: list[Block] = []
    settings: list[Setting] = []
    pending: list[tuple[Node, str, int]] = [(root, "", base)]
    seen: set[int] = set()
    while pending:
        node, label, start = pending.pop()
        if id(node) in seen:  # an alias: its anchor has been read
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in reversed(node.value):
                if isinstance(key, yaml.ScalarNode):
                    name = f"{label}.{key.value}" if label else key.value
                    pending.append((value, name, base + key.start_mark.index))
        elif _is_setting(label):
            items = node.value if isinstance(node, yaml.SequenceNode) else [node]
            values = tuple(item.value for item in items if isinstance(item, yaml.ScalarNode))
            settings.append(Setting(label.partition(".")[2], values, start))
        elif isinstance(node, yaml.SequenceNode):
            pending.extend((item, label, start) for item in reversed(node.value))
        elif isinstance(node, yaml.ScalarNode) and node.tag in _READ_TAGS:
            block = _scalar(text, node, base, label)
            if block:
                blocks.append(block)
    return FrontMatter(tuple(blocks), match.end(), tuple(settings))


def _is_setting(label: str) -> bool:
    return label == "healthlint" or label.startswith("healthlint.")


def _read_toml(text: str, match: re.Match[str]) -> FrontMatter | None:
    from healthlint.documents.toml_values import is_toml, toml_values

    if not is_toml(match.group(2)):
        return None
    blocks: list[Block] = []
    settings: dict[str, Setting] = {}
    for value in toml_values(text, *match.span(2)):
        builder = TextBuilder(text)
        if value.escaped:
            _copy_escaped(builder, text, value.start, value.end)
        else:
            builder.copy(value.start, value.end)
        block = builder.build(_kind(value.label), label=value.label)
        if _is_setting(value.label):
            name = value.label.partition(".")[2]
            earlier = settings.get(name, Setting(name, (), value.key))
            settings[name] = earlier._replace(values=(*earlier.values, block.text if block else ""))
        elif block and _is_read(value.label, block.text):
            blocks.append(block)
    return FrontMatter(tuple(blocks), match.end(), tuple(settings.values()))


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
    described = key.endswith("description") or key in ("summary", "excerpt", "abstract")
    return BlockKind.DESCRIPTION if described else BlockKind.FRONT_MATTER


def _is_read(label: str, value: str) -> bool:
    """Whether a field holds words or a date for a reader, not a switch, an address or a name for the machine."""
    key = label.rsplit(".", 1)[-1].lower()
    said = any(map(str.isalpha, value)) or _DATE.match(value) is not None
    return key not in _UNREAD_KEYS and said and value.lower() not in _SWITCHES and not _ADDRESS.fullmatch(value)


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
    """Fields one a line, for front matter that no parser takes; a line without a key belongs to the one above."""
    blocks: list[Block] = []
    settings: list[Setting] = []
    label = ""
    for field in _LOOSE_FIELD.finditer(text, match.start(2), match.end(2)):
        label = field.group(1) or label
        start, end = field.span(2)
        if end - start >= 2 and text[start] in "\"'" and text[end - 1] == text[start]:
            start, end = start + 1, end - 1
        if start == end:
            continue
        if _is_setting(label):
            settings.append(Setting(label.partition(".")[2], (text[start:end].strip(),), field.start()))
        elif _is_read(label, text[start:end]):
            builder = TextBuilder(text)
            builder.copy(start, end)
            block = builder.build(_kind(label), label=label)
            if block:
                blocks.append(block)
    return FrontMatter(tuple(blocks), match.end(), tuple(settings))
