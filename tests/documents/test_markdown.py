"""Markdown: what a reader sees, and where each character of it stands."""

from __future__ import annotations

import pytest
from document_checks import only, read, shape, source_of

from healthlint.documents.blocks import BlockKind


def md(text: str) -> list[tuple[str, str]]:
    return shape(read(text, "markdown"))


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("it is **clini**cally proven", "clinically proven", "clini**cally proven"),
        ("it is clinically *proven* here", "clinically proven", "clinically *proven"),
        ("it is clinically\nproven here", "clinically proven", "clinically\nproven"),
        ("it is clinically  \n   proven here", "clinically proven", "clinically  \n   proven"),
        ("it is clinically\\\nproven here", "clinically proven", "clinically\\\nproven"),
        ("- it is clinically\n  proven here", "clinically proven", "clinically\n  proven"),
        ("1. one\n   - it is clinically\n     proven here", "clinically proven", "clinically\n     proven"),
        ("> it is clinically\n> proven here", "clinically proven", "clinically\n> proven"),
        ("> > it is clinically\n> > proven here", "clinically proven", "clinically\n> > proven"),
        ("> it is clinically\nproven here", "clinically proven", "clinically\nproven"),
        ("it is clinically&nbsp;proven here", "clinically proven", "clinically&nbsp;proven"),
        ("it is clinically\u00a0proven here", "clinically proven", "clinically\u00a0proven"),
        ("it is clini&shy;cally pro\u00adven here", "clinically proven", "clini&shy;cally pro\u00adven"),
        ("it is [clinically](http://x.y 'z') proven", "clinically proven", "clinically](http://x.y 'z') proven"),
        ("it is [clinically *proven*][r] here\n\n[r]: http://x", "clinically proven", "clinically *proven"),
        ("safe &amp; sound", "safe & sound", "safe &amp; sound"),
        ("safe &#38; s&#x6F;und", "safe & sound", "safe &#38; s&#x6F;und"),
        ("safe \\& sound", "safe & sound", "safe \\& sound"),
        ("it is clinically `x` proven", "clinically proven", "clinically `x` proven"),
        ("it is clinically<!-- no --> proven", "clinically proven", "clinically<!-- no --> proven"),
        ("it is clinically<br>proven", "clinically proven", "clinically<br>proven"),
        ("it is clinically <b>pro</b>ven", "clinically proven", "clinically <b>pro</b>ven"),
        ("it is ~~clinically~~ proven", "clinically proven", "clinically~~ proven"),
        ("it is ***clinically* proven** here", "clinically proven", "clinically* proven"),
        ("it is\r\nclinically\r\nproven here\r\n", "clinically proven", "clinically\r\nproven"),
        ("\tcode\n\nit is\tclinically\tproven", "clinically proven", "clinically\tproven"),
        ("# it is clinically *proven* ##", "clinically proven", "clinically *proven"),
        ("it is clinically\nproven\n===", "clinically proven", "clinically\nproven"),
        ("> - # it is clinically proven #", "clinically proven", "clinically proven"),
        ("| a |\n|---|\n| so clinically **proven** |", "clinically proven", "clinically **proven"),
        ("a | b\n--|--\nclini\\|cally | proven", "clini|cally", "clini\\|cally"),
        ("👩‍⚕️ it is clinically proven 🎉", "clinically proven", "clinically proven"),
        ("שלום clinically proven مرحبا", "clinically proven", "clinically proven"),
        ("cafe\u0301 clinically proven", "cafe\u0301 clinically", "cafe\u0301 clinically"),
    ],
)
def test_words_map_to_their_source(text: str, words: str, source: str) -> None:
    assert source_of(read(text, "markdown"), words) == source


def test_blocks_and_levels() -> None:
    document = read(
        "# Title\n\nIntro.\n\n- one\n  - two\n\n    still two\n- three\n\n> quote\n> - item\n\n## End\n", "markdown"
    )
    assert [(b.kind.value, b.text, b.level) for b in document.blocks] == [
        ("heading", "Title", 1),
        ("paragraph", "Intro.", 0),
        ("list-item", "one", 1),
        ("list-item", "two", 2),
        ("list-item", "still two", 2),
        ("list-item", "three", 1),
        ("quotation", "quote", 0),
        ("list-item", "item", 1),
        ("heading", "End", 2),
    ]


def test_code_rules_and_comments_are_not_prose() -> None:
    assert md("```\ncures all\n```\n\n    cures all\n\n<!-- cures all -->\n\n---\n\n`cures all`\n\ntext") == [
        ("paragraph", "text")
    ]


def test_code_keeps_words_apart() -> None:
    assert md("use`x`now ``a ` b`` then") == [("paragraph", "use now then")]


def test_links() -> None:
    document = read(
        "See [the *label*](http://a/b), [this][r], [r], <https://c.d> and https://e.f/g.\n\n[r]: /r 'title'\n",
        "markdown",
    )
    block, tip = document.blocks
    assert block.text == "See the label, this, r, https://c.d and https://e.f/g."
    assert (tip.kind, tip.text) == (BlockKind.ALT, "title")
    assert [(block.text[link.start : link.end], link.target) for link in block.links] == [
        ("the label", "http://a/b"),
        ("this", "/r"),
        ("r", "/r"),
        ("https://c.d", "https://c.d"),
        ("https://e.f/g", "https://e.f/g"),
    ]


def test_a_link_alone_is_a_link_block() -> None:
    assert md("[Book now](/book)\n\n- [Book now](/book)") == [("link", "Book now"), ("list-item", "Book now")]
    assert md("[Book](/book) | <https://a.b>") == [("link", "Book"), ("link", "https://a.b")]


def test_alternative_text() -> None:
    document = read("Look ![a *red* apple &amp; more](a.png 'x') here.\n\n[![badge](b.png)](/c)\n", "markdown")
    assert shape(document) == [
        ("paragraph", "Look here."),
        ("alt", "a red apple & more"),
        ("alt", "x"),
        ("alt", "badge"),
    ]
    assert source_of(document, "red apple", BlockKind.ALT) == "red* apple"


def test_tables_lose_no_cell() -> None:
    assert md("| a | b |\n|---|---|\n| c \\| d | `e` | extra |\n|  | **f** |\n") == [
        ("table-cell", "a"),
        ("table-cell", "b"),
        ("table-cell", "c | d"),
        ("table-cell", "extra"),
        ("table-cell", "f"),
    ]


def test_html_in_markdown() -> None:
    document = read(
        '<div class="x">\n<p>Some <b>bo</b>ld&nbsp;text</p>\n<a class="btn" href="/b">Go</a>\n</div>\n\n'
        "- item\n\n  <p>in a\n  list</p>\n\n> <p>in a\n> quote</p>\n\n"
        'An <img alt="a pill" src="x"> here, <a href="/y">link</a>, <code>not this</code> end.\n',
        "markdown",
    )
    assert shape(document) == [
        ("paragraph", "Some bold text"),
        ("button", "Go"),
        ("list-item", "item"),
        ("list-item", "in a list"),
        ("quotation", "in a quote"),
        ("paragraph", "An here, link, end."),
        ("alt", "a pill"),
    ]
    assert source_of(document, "in a quote") == "in a\n> quote"
    assert document.blocks[5].links[0].target == "/y"


def test_front_matter_is_not_a_heading() -> None:
    document = read("---\ntitle: Sleep\n---\nText.\n", "markdown")
    assert shape(document) == [("title", "Sleep"), ("paragraph", "Text.")]


def test_deep_nesting_is_read() -> None:
    document = read(">" * 40 + " deep text", "markdown")
    assert shape(document) == [("quotation", "deep text")]


def test_nesting_beyond_the_parser_is_not_lost() -> None:
    document = read(">" * 500 + " deep text\n\nafter\n", "markdown")
    assert "deep text" in [block.text for block in document.blocks]
    assert "after" in [block.text for block in document.blocks]


def test_lines_of_odd_white_space_do_not_shift_positions() -> None:
    assert source_of(read("\u2028\nit is\nproven\n", "markdown"), "is proven") == "is\nproven"
    assert source_of(read("\u00a0it is\u00a0\nproven\u00a0\n", "markdown"), "is proven") == "is\u00a0\nproven"


def test_raised_numbers_are_notes() -> None:
    assert only(read("Rest helps<sup>1</sup>, the 4<sup>th</sup> did, 10<sup>9</sup> did not.", "markdown")).text == (
        "Rest helps¹, the 4th did, 109 did not."
    )


def test_footnotes() -> None:
    document = read(
        "Rest helps.[^1] It does.[^long]\n\n[^1]: Smith\n[^long]: A note\n    goes on.\n\n    > And on.\n", "markdown"
    )
    assert shape(document) == [
        ("paragraph", "Rest helps.[^1] It does.[^long]"),
        ("paragraph", "[^1]: Smith"),
        ("paragraph", "[^long]: A note goes on."),
        ("quotation", "And on."),
    ]
    assert source_of(document, "note goes") == "note\n    goes"
    assert md("> [^a]:\n>     Below.\n\nNo note[^b] here.") == [
        ("paragraph", "[^a]: Below."),
        ("paragraph", "No note[^b] here."),
    ]


def test_boxes_to_tick_and_coloured_frames_are_no_words() -> None:
    document = read("- [ ] one\n- [x] **two** [x]\n\n> [!WARNING]\n> Take *care*.\n\n[x] not here", "markdown")
    assert shape(document) == [
        ("list-item", "one"),
        ("list-item", "two [x]"),
        ("quotation", "Take care."),
        ("paragraph", "[x] not here"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("[a](/x 'An \\'old\\' tip &amp; more')", "'old' tip & more", "\\'old\\' tip &amp; more"),
        ("![a](/x (A tip)) b", "A tip", "A tip"),
        ('> see [a](</x y> "A\n> tip") b', "A tip", "A\n> tip"),
        ("[a][r]\n\n> [r]: /x\n>   'A tip'", "A tip", "A tip"),
        ("[r]: <> (A\nlong tip)\n\n[r]", "A long tip", "A\nlong tip"),
    ],
)
def test_tips(text: str, words: str, source: str) -> None:
    assert source_of(read(text, "markdown"), words, BlockKind.ALT) == source


def test_html_that_sets_words_apart() -> None:
    document = read(
        'Read on. <button>Book <b>now</b></button> or <a class="btn" href="/b">*call*</a>\n'
        'today <span title="a tip" aria-label="a label">here</span> <img\n alt=\'two\nlines\'>'
        '<input type=submit value="Go">.',
        "markdown",
    )
    assert shape(document) == [
        ("paragraph", "Read on."),
        ("button", "Book now"),
        ("paragraph", "or"),
        ("button", "call"),
        ("paragraph", "today here ."),
        ("alt", "a tip"),
        ("alt", "a label"),
        ("alt", "two lines"),
        ("button", "Go"),
    ]
    assert document.blocks[3].links[0].target == "/b"
