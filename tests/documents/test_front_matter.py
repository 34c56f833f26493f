"""Front matter: its text fields are blocks, each in its place."""

from __future__ import annotations

import pytest
from document_checks import read, source_of

from healthlint.documents import parse
from healthlint.documents.blocks import BlockKind
from healthlint.documents.source import Source

PAGE = """---
title: "Sleep \\u0026 \\"rest\\""   # the title
description: >-
  Everything about
  good sleep.
summary: 'It''s short'
author: Ann Berg
date: 2024-01-02
draft: false
slug: sleep-and-rest
image: /img/sleep.png
tags: [deep sleep, naps]
seo:
  title: Sleep well
  note: a plain value
    that goes on
copy: &a Same words
again: *a
healthlint: {kind: Promotional, other: text}
---
# Body
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_fields(line_end: str) -> None:
    document = read(PAGE.replace("\n", line_end), "markdown")
    assert [(b.kind, b.label, b.text) for b in document.blocks] == [
        (BlockKind.TITLE, "title", 'Sleep & "rest"'),
        (BlockKind.DESCRIPTION, "description", "Everything about good sleep."),
        (BlockKind.DESCRIPTION, "summary", "It's short"),
        (BlockKind.FRONT_MATTER, "author", "Ann Berg"),
        (BlockKind.FRONT_MATTER, "date", "2024-01-02"),
        (BlockKind.FRONT_MATTER, "tags", "deep sleep"),
        (BlockKind.FRONT_MATTER, "tags", "naps"),
        (BlockKind.TITLE, "seo.title", "Sleep well"),
        (BlockKind.FRONT_MATTER, "seo.note", "a plain value that goes on"),
        (BlockKind.FRONT_MATTER, "copy", "Same words"),
        (BlockKind.HEADING, "", "Body"),
    ]
    assert document.declared_kind == "promotional"
    assert source_of(document, '& "rest') == '\\u0026 \\"rest'
    assert source_of(document, "about good") == f"about{line_end}  good"
    assert source_of(document, "It's") == "It''s"
    assert source_of(document, "value that") == f"value{line_end}    that"


def test_broken_yaml_is_read_line_by_line() -> None:
    fields = 'title: Sleep: the guide\nbad: [\nnote: "in quotes"\nhealthlint.kind: listing\n'
    document = read(f"---\n{fields}---\nText.\n", "markdown")
    assert [(b.label, b.text) for b in document.blocks] == [
        ("title", "Sleep: the guide"),
        ("note", "in quotes"),
        ("", "Text."),
    ]
    assert document.declared_kind == "listing"


def test_no_word_of_broken_yaml_is_lost() -> None:
    document = read(
        '---\ntitle: [Sleep\ntags:\n  - deep rest\n  - naps: "all day\nplain words\n---\nText.\n', "markdown"
    )
    assert [(b.label, b.text) for b in document.blocks] == [
        ("title", "[Sleep"),
        ("tags", "deep rest"),
        ("naps", '"all day'),
        ("naps", "plain words"),
        ("", "Text."),
    ]


TOML = """+++
# title = "not this"
title = "Sleep \\u0026 \\"rest\\""
tags = ["deep sleep", 'naps', # a note
]
description = \"\"\"
Everything about \\
    good "sleep".\"\"\"
date = 2024-01-02
draft = true
slug = "sleep-and-rest"
[seo."for search"]
title = 'Sleep \\ well'
more = {a = "one two", b = {c = '''it's three'''}}
[[faq]]
q.text = "What is it?"
[healthlint]
kind = "Promotional"
profiles = ["uk", "us"]
+++
Text.
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_toml(line_end: str) -> None:
    document = read(TOML.replace("\n", line_end), "markdown")
    assert [(b.kind, b.label, b.text) for b in document.blocks] == [
        (BlockKind.TITLE, "title", 'Sleep & "rest"'),
        (BlockKind.FRONT_MATTER, "tags", "deep sleep"),
        (BlockKind.FRONT_MATTER, "tags", "naps"),
        (BlockKind.DESCRIPTION, "description", 'Everything about good "sleep".'),
        (BlockKind.FRONT_MATTER, "date", "2024-01-02"),
        (BlockKind.TITLE, "seo.for search.title", "Sleep \\ well"),
        (BlockKind.FRONT_MATTER, "seo.for search.more.a", "one two"),
        (BlockKind.FRONT_MATTER, "seo.for search.more.b.c", "it's three"),
        (BlockKind.FRONT_MATTER, "faq.q.text", "What is it?"),
        (BlockKind.PARAGRAPH, "", "Text."),
    ]
    assert document.declared_kind == "promotional"
    assert source_of(document, '& "rest') == '\\u0026 \\"rest'
    assert source_of(document, "about good") == f"about \\{line_end}    good"


def test_broken_toml_is_read_line_by_line() -> None:
    document = read("+++\ntitle = 'It's sleep'\ndraft = true\nnote = \"in quotes\"\n+++\nText.\n", "markdown")
    assert [(b.label, b.text) for b in document.blocks] == [
        ("title", "It's sleep"),
        ("note", "in quotes"),
        ("", "Text."),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "---\nhealthlint: {kind: promotional, profiles: [uk, us], severity: {HL101: error}}\n---\n",
        "---\nhealthlint:\n  kind: promotional\n  profiles: [uk, us]\n  severity:\n    HL101: error\n---\n",
        '+++\n[healthlint]\nkind = "promotional"\nprofiles = ["uk", "us"]\n'
        '[healthlint.severity]\nHL101 = "error"\n+++\n',
    ],
)
@pytest.mark.parametrize("suffix", ["md", "mdx", "html"])
def test_settings(fields: str, suffix: str) -> None:
    document = parse(Source(f"page.{suffix}", fields + "Text."))
    assert [(setting.name, setting.values) for setting in document.settings] == [
        ("kind", ("promotional",)),
        ("profiles", ("uk", "us")),
        ("severity.HL101", ("error",)),
    ]
    assert [
        fields[setting.start :].startswith(name)
        for setting, name in zip(document.settings, ["kind", "profiles", "HL101"], strict=True)
    ] == [True] * 3
    assert [block.text for block in document.blocks] == ["Text."]


def test_a_setting_that_is_none_has_no_name() -> None:
    (setting,) = read("---\nhealthlint: promotional\n---\n", "markdown").settings
    assert (setting.name, setting.values) == ("", ("promotional",))


@pytest.mark.parametrize("text", ["---\n\nText.\n\n---\n", "---\nno end\n", "----\na: b\n----\n"])
def test_rules_are_not_front_matter(text: str) -> None:
    document = read(text, "markdown")
    assert document.declared_kind is None
    assert all(block.label == "" for block in document.blocks)
    assert document.blocks


@pytest.mark.parametrize("text", ["---\n---\nText.\n", "---\n# only a comment\n---\nText.\n"])
def test_empty_front_matter(text: str) -> None:
    assert [block.text for block in read(text, "markdown").blocks] == ["Text."]
