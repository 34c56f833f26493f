"""The rules of markdown-it, tried only where the character stands with which what they read begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    InlineRule = Callable[[StateInline, bool], bool]

_OF_BLOCKS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""The first characters of lines at which the rules for blocks begin; those of the others can be any."""
_OF_INLINES = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9/:._~?=#%+,;@!$'*-]+(?=[) \n])")
"""An address in letters that need no care: none escaped, in brackets or standing for another."""
_DRAWN = "*-_ \t"
_LABEL_END = "]"
"""No rule begins with it, but those for links look for it between words."""
_PAIRED = "*_~"


class Destination(NamedTuple):
    """Where a link leads, as the parser's own helpers tell it."""

    ok: bool
    pos: int
    str: str


def try_by_sign(parser: MarkdownIt) -> None:
    """Sets the parser to ask of each rule only what it can read. It reads the same as before."""
    parser.helpers = _quick_helpers()  # type: ignore[assignment]  # it need be no module
    _blocks_by_sign(parser)
    _inlines_by_sign(parser)


def _quick_helpers() -> SimpleNamespace:
    """The helpers of the parser, with addresses of plain letters read at once and not letter by letter."""
    from markdown_it import helpers

    careful = helpers.parseLinkDestination

    def destination(source: str, start: int, end: int) -> Any:
        found = _PLAIN_ADDRESS.match(source, start, end)
        if found is None:
            return careful(source, start, end)
        return Destination(True, found.end(), found.group())

    return SimpleNamespace(
        parseLinkLabel=helpers.parseLinkLabel, parseLinkTitle=helpers.parseLinkTitle, parseLinkDestination=destination
    )


def _blocks_by_sign(parser: MarkdownIt) -> None:
    ruler = parser.block.ruler
    rules = [
        (rule.name, _drawn(rule.fn) if rule.name == "hr" else rule.fn, rule.alt)
        for rule in ruler.__rules__
        if rule.enabled
    ]
    for name, fn, alt in rules:
        if alt:
            ruler.at(name, fn)  # of what ends another block, the rules below take care
    ruler.before(ruler.__rules__[0].name, "any block", _block_by_sign([(name, fn) for name, fn, _ in rules]))
    for chain in sorted({chain for _, _, alt in rules for chain in alt}):
        ending = _block_by_sign([(name, fn) for name, fn, alt in rules if chain in alt])
        ruler.push(f"end of {chain}", ending, {"alt": [chain]})


def _block_by_sign(rules: list[tuple[str, BlockRule]]) -> BlockRule:
    """One rule for all of `rules`."""
    everywhere = [rule for name, rule in rules if name not in _OF_BLOCKS]
    by_sign = {
        sign: [rule for name, rule in rules if sign in _OF_BLOCKS.get(name, sign)]
        for sign in "".join(_OF_BLOCKS[name] for name, _ in rules if name in _OF_BLOCKS)
    }

    def read(state: StateBlock, line: int, last: int, silent: bool) -> bool:
        at = state.bMarks[line] + state.tShift[line]
        for rule in by_sign.get(state.src[at : at + 1], everywhere):
            if rule(state, line, last, silent):
                break
        else:
            return False
        return True

    return read


def _drawn(rule: BlockRule) -> BlockRule:
    """The rule for lines drawn with marks, tried where a mark stands last too: not for every item of a list."""

    def draw(state: StateBlock, line: int, last: int, silent: bool) -> bool:
        return state.src[state.eMarks[line] - 1] in _DRAWN and rule(state, line, last, silent)

    return draw


def _inlines_by_sign(parser: MarkdownIt) -> None:
    inline = parser.inline
    rules = [(rule.name, rule.fn) for rule in inline.ruler.__rules__ if rule.enabled]
    by_sign: dict[str, list[InlineRule]] = {_LABEL_END: []}
    text = rules[0][1]
    for name, rule in rules[1:]:
        for sign in _OF_INLINES[name]:
            by_sign.setdefault(sign, []).append(rule)

    def read(state: StateInline, silent: bool) -> bool:
        rules = by_sign.get(state.src[state.pos])
        if rules is None:
            return text(state, silent)
        for rule in rules:
            if rule(state, silent):
                break
        else:
            return False
        return True

    inline.ruler.push("any inline", read)
    inline.ruler.enableOnly("any inline")
    inline.terminator_re = re.compile(f"[{re.escape(''.join(by_sign))}]")
    pairing = inline.ruler2.getRules("")

    def pair(state: StateInline) -> None:
        source = state.src
        for sign in _PAIRED:
            if sign in source:
                for rule in pairing:
                    rule(state)
                return

    inline.ruler2.push("any pair", pair)
    inline.ruler2.enableOnly("any pair")
