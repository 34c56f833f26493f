"""Rules tried by the sign with which they begin read what all rules tried everywhere read."""

from __future__ import annotations

import random

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from healthlint.documents.markdown_rules import try_by_sign

_PIECES = (
    "word", "two words", " ", "    ", "\t", "\n", "\n", "\n\n", "# ", "## ", "> ", "- ", "* ", "+ ", "1. ", "2) ",
    "---", "***", "- - -", "===", "-", "=", "```", "~~~", "`", "``", "*", "**", "_", "~~", "[", "](", "]", "(",
    ")", "![",
    "!", "[x]: /url 'title'", "[x]", "[^1]", "[^1]: ", "<b>", "</b>", "<div>", "<http://a.b>", "<!-- c -->",
    "&amp;", "&",
    "\\", "\\*", "|", "| a | b |", "|---|---|", "[a](b 'c')", "[a](<b c>)", "[a](b\\)c)", "![i](j?k=1&amp;l)", "**st**",
    "https://a.b/c_d", ":", ".", "^", "$x$", "%", "@", "{", "}", "é", "\u00a0",
)  # fmt: skip


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return parser.use(footnote_plugin, inline=False, move_to_end=False)


@pytest.mark.parametrize("seed", range(8))
def test_same_tokens(seed: int) -> None:
    plain, by_sign = _parser(), _parser()
    try_by_sign(by_sign)
    chosen = random.Random(seed)
    for _ in range(250):
        text = "".join(chosen.choices(_PIECES, k=chosen.randint(1, 25)))
        assert by_sign.parse(text) == plain.parse(text), text
