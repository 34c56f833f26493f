"""Front matter: its text fields are blocks, each in its place."""

from __future__ import annotations

import pytest
from document_checks import read, source_of

from healthlint.documents.blocks import BlockKind

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


def test_toml_is_read_line_by_line() -> None:
    document = read('+++\ntitle = "Sleep"\ndraft = true\n+++\nText.\n', "markdown")
    assert (document.blocks[0].kind.value, document.blocks[0].text) == ("title", "Sleep")
    assert document.blocks[-1].text == "Text."


@pytest.mark.parametrize("text", ["---\n\nText.\n\n---\n", "---\nno end\n", "----\na: b\n----\n"])
def test_rules_are_not_front_matter(text: str) -> None:
    document = read(text, "markdown")
    assert document.declared_kind is None
    assert all(block.label == "" for block in document.blocks)
    assert document.blocks


@pytest.mark.parametrize("text", ["---\n---\nText.\n", "---\n# only a comment\n---\nText.\n"])
def test_empty_front_matter(text: str) -> None:
    assert [block.text for block in read(text, "markdown").blocks] == ["Text."]
