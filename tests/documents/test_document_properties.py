"""Generated documents: every stretch of every block maps back to its source, and nothing breaks a parser."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable

import pytest
from document_checks import assert_sound, read
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.documents import parse
from healthlint.documents.blocks import BlockKind
from healthlint.documents.reading import decode
from healthlint.documents.source import Source
from healthlint.errors import UserError

FORMATS = ("text", "markdown", "mdx", "html")

word = st.sampled_from(
    ["rest", "helps", "Sleep", "naïve", "e\u0301clair", "שלום", "👩\u200d⚕️", "50%", "“so”", "it’s", "a", "of", "1.5"]
)
space = st.sampled_from([" ", "  ", "\t", "\u00a0", " \u200b", "\u2009"])


def joined(parts: st.SearchStrategy[str], gaps: st.SearchStrategy[str], most: int = 8) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(parts, gaps), min_size=1, max_size=most).map(
        lambda pairs: "".join(a + b for a, b in pairs[:-1]) + pairs[-1][0]
    )


def bare(text: str) -> str:
    """Text as read: unseen characters gone, white space single."""
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u200b]", "", text))


# Plain text

text_line = joined(word, space)
text_page = st.lists(
    st.tuples(
        st.sampled_from(["", "- ", "# ", "3. ", "> "]),
        text_line,
        st.sampled_from(["\n", "\r\n", "\n\n", " \r\n\r\n"]),
    ),
    max_size=8,
).map(lambda lines: "".join("".join(line) for line in lines))


def bare_text(text: str) -> str:
    return bare(re.sub(r"\n> ", "\n", text))


# Markdown

markdown_space = st.sampled_from([" ", "  ", "\u00a0", "&nbsp;", "&#32;", "\u200b "])
letters = st.sampled_from(["rest", "Sleep", "naïve", "e\u0301clair", "שלום", "a"])
markdown_word = st.one_of(
    word,
    st.sampled_from(["&amp;", "&shy;", "\\*", "&#x6f;", "&copy;", "\\_"]),
    letters.map(lambda w: f"**{w}**"),
    letters.map(lambda w: f"x*{w}*"),
    word.map(lambda w: f"[{w}](/x)"),
    letters.map(lambda w: f"[{w} **b**][r]"),
    word.map(lambda w: f"<b>{w}</b>"),
    letters.map(lambda w: f"~~{w}~~"),
)
markdown_line = joined(markdown_word, markdown_space, 6)


def quoted(lines: list[str], first: str, rest: str) -> str:
    return "\n".join((first if number == 0 else rest) + "x " + line for number, line in enumerate(lines))


markdown_block = st.tuples(
    st.sampled_from(
        [("", ""), ("> ", "> "), ("- ", "  "), ("1. ", "   "), ("> - ", ">   "), ("- > ", "  > "), ("- ", "")]
    ),
    st.lists(markdown_line, min_size=1, max_size=3),
).map(lambda pair: quoted(pair[1], *pair[0]))
markdown_table = st.lists(markdown_line, min_size=1, max_size=3).map(
    lambda cells: "\n".join(("| a | b |", "|---|---|", *(f"| {cell} | x \\| {cell} |" for cell in cells)))
)
markdown_heading = markdown_line.map(lambda line: f"## x {line} ##")
markdown_page = st.tuples(
    st.lists(st.one_of(markdown_block, markdown_table, markdown_heading), max_size=4), st.sampled_from(["\n", "\r\n"])
).map(lambda pair: "\n\n<!-- -->\n\n".join([*pair[0], "[r]: /r"]).replace("\n", pair[1]))


def bare_markdown(text: str) -> str:
    text = re.sub(r"\r\n|\r", "\n", text)
    text = re.sub(r"\n[ >]*", "\n", text)
    text = re.sub(r"\]\(/x\)|\]\[r\]|\[|</?b>|~~|\*\*|(?<!\\)\*", "", text)
    text = re.sub(r"\\([*_|])", r"\1", text)
    return bare(html.unescape(text))


# HTML

html_space = st.sampled_from([" ", "\n", "\r\n ", "&nbsp;", "\t", "<br>", " <!-- x --> ", "&#8203; "])
html_word = st.one_of(
    word,
    st.sampled_from(["&amp;", "&lt;", "&shy;", "&#x6f;", "&copy;"]),
    word.map(lambda w: f"<b>{w}</b>"),
    word.map(lambda w: f'x<em class="a > b">{w}</em>y'),
    word.map(lambda w: f"<a href='/x'>{w}</a>"),
)
html_line = joined(html_word, html_space, 6)
html_page = st.lists(
    st.tuples(
        st.sampled_from(["p", "li", "td", "h2", "blockquote", "div", "button", "x-y"]), html_line, st.booleans()
    ).map(lambda t: f"<{t[0]}>{t[1]}" + (f"</{t[0]}>\n" if t[2] else "")),
    max_size=6,
).map("".join)


def bare_html(text: str) -> str:
    text = text.replace("<br>", " ")
    text = re.sub(r"<!--.*?-->", "", text)
    text = re.sub(r"<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", "", text)
    return bare(html.unescape(text))


def assert_slices_map_back(text: str, format: str, clean: Callable[[str], str], data: st.DataObject) -> None:
    document = read(text, format)
    for block in document.blocks:
        start = data.draw(st.integers(0, len(block.text) - 1))
        end = data.draw(st.integers(start + 1, len(block.text)))
        low, high = block.source_span(start, end)
        assert clean(text[low:high]) == block.text[start:end], (text[low:high], block.text[start:end])


@settings(max_examples=200, deadline=None)
@given(text_page, st.data())
def test_text_maps_back(text: str, data: st.DataObject) -> None:
    assert_slices_map_back(text, "text", bare_text, data)


@settings(max_examples=200, deadline=None)
@given(markdown_page, st.data())
def test_markdown_maps_back(text: str, data: st.DataObject) -> None:
    assert_slices_map_back(text, "markdown", bare_markdown, data)


@settings(max_examples=200, deadline=None)
@given(html_page, st.data())
def test_html_maps_back(text: str, data: st.DataObject) -> None:
    assert_slices_map_back(text, "html", bare_html, data)


@settings(max_examples=100, deadline=None)
@given(st.lists(text_line, min_size=1, max_size=6))
def test_no_word_is_lost(lines: list[str]) -> None:
    words = " ".join(bare(line) for line in lines).split()
    for format, text in (
        ("text", "\n".join(lines)),
        ("markdown", "\n\n".join(lines)),
        ("html", "".join(f"<p>{line}" for line in lines)),
    ):
        found = " ".join(block.text for block in read(text, format).blocks).split()
        assert "".join(found) == "".join(words)


PIECES = [
    "<", ">", "</p>", "<p>", "<a href=", "<!--", "-->", "<![", "]]>", "<?", "&", "&#", ";", "\"", "'", "=", "<svg>",
    "<script>", "</script>", "<li>", "<td>", "<br>", "<title>", "<textarea>", "</", "*", "**", "_", "`", "``", "[",
    "](", ")", "![", "]: ", "\\", "|", "|-|\n", "\n", "\r\n", "\r", "    ", "\t", "> ", "- ", "1. ", "# ", "---\n",
    "+++\n", "===", "a: b\n", "x", "é", "\xad", "\u200d", "\ufeff", "\u2028", "\x0c", "\x85", "\x1c", "\x00", "👩",
    " ", "{", "}", "{/*", "*/}", "<A>", "</A>", "<A b={", "/>", "{`", "${", "`}", "import x from 'y'\n",
    "export const ", "[^1]", "[^1]: ", "<!-- ", "=>", "(", "{'", "'}", "<B c='d'>", "~~", "~~~\n",
    "'''", ": ", "&amp;",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_nothing_breaks_a_parser(text: str) -> None:
    for format in FORMATS:
        assert_sound(parse(Source("page", text), format))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)), st.booleans())
def test_nothing_in_metadata_breaks_a_parser(text: str, escaped: bool) -> None:
    written = json.dumps({"text": text, "name": [text]}, ensure_ascii=escaped)
    for page in (written, text):
        assert_sound(
            parse(Source("page", f'---\na: b\n---\n<script type="application/ld+json">{page}</script>x'), "html")
        )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        source = decode(data, "x")
    except UserError as error:
        assert "\n" not in str(error)
    else:
        assert_sound(parse(source))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "piece",
    [
        "<!--", "<![", "<?php ", "<a ", "<a href='", "</", "<p>", "<b>", "</b>", "<div><b>", "<li><div>", "<svg>",
        "<a><div>", "&", "&#", "[", "[a](", "![", "](", "]", "*", "**a ", "_a", "*a_ ", "`", "`a``", "~~a", "> ",
        ">", "- ", " - a\n", "|", "a|b\n", "|-|\n", "\n", "\r\n \n", "a\n\n", "a-\n", "(", "www.", "https://a)",
        "\u200b", "\xa0", " ", "a ", "word of\n", "#", "=\n", "\\", "<x", "<title>", "[a]: b\n", "a\n---\n",
        "1) a\n", "\"", "<sup>1", "<br>", "{/*", "{", "{(<a>", "{`${", "<A b={", "<A>{", "<A b='", "import {",
        "{'a'}", "</A>", "<A/>\n", "[^1]: a\n", "[^a]", "[^", "{a}", "import a from 'b'\n\n",
    ],
)  # fmt: skip
def test_time_grows_with_length(format: str, piece: str) -> None:
    """Thousands of anything take no more than moments: quadratic behaviour would take far longer."""
    text = piece * (15_000 // len(piece))
    start = time.process_time()
    for page in (text, text + ">", text + "]\n\n)"):
        assert_sound(parse(Source("x", page), format))
    assert time.process_time() - start < 3


@settings(max_examples=60, deadline=None)
@given(markdown_page)
def test_kinds_are_known(text: str) -> None:
    for block in read(text, "markdown").blocks:
        assert isinstance(block.kind, BlockKind)
        assert block.level > 0 or block.kind not in (BlockKind.HEADING, BlockKind.LIST_ITEM)
