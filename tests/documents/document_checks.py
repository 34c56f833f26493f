"""What must hold of every document, whatever it was read from."""

from __future__ import annotations

import re

from healthlint.documents import parse
from healthlint.documents.blocks import Block, BlockKind, Document
from healthlint.documents.source import Source

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Numbers of notes are read as raised figures."""


def read(text: str, format: str = "text") -> Document:
    """The document in `text`, checked for soundness."""
    document = parse(Source(f"page.{format}", text), format)
    assert_sound(document)
    return document


def shape(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind.value, block.text) for block in document.blocks]


def only(document: Document) -> Block:
    """The one block of a document."""
    assert len(document.blocks) == 1, shape(document)
    return document.blocks[0]


def source_of(document: Document, words: str, kind: BlockKind | None = None) -> str:
    """The source under the first occurrence of `words` in a block's text."""
    for block in document.blocks:
        at = block.text.find(words)
        if at >= 0 and (kind is None or block.kind is kind):
            start, end = block.source_span(at, at + len(words))
            return document.source.text[start:end]
    raise AssertionError(f"{words!r} is in no block: {shape(document)}")


def assert_sound(document: Document) -> None:
    """Blocks read like a reader's text, and their segments cover it, in order, inside the source."""
    source = document.source.text
    for block in document.blocks:
        text = block.text
        assert text, "an empty block"
        assert text == " ".join(text.split()), repr(text)
        assert not re.search("[\u00ad\u200b\ufeff\u2060\x00-\x1f]", text), repr(text)
        at = 0
        for segment in block.segments:
            assert segment.text_start == at, "segments are contiguous"
            assert segment.text_length > 0
            at += segment.text_length
            start, end = segment.source_start, segment.source_start + segment.source_length
            assert 0 <= start <= end <= len(source)
            if segment.text_length == segment.source_length:
                for here, there in zip(text[segment.text_start : at], source[start:end], strict=True):
                    same = here == there or (here == " " and there.isspace()) or here == there.translate(_RAISED)
                    assert same, (here, there)
        assert at == len(text), "segments cover the text"
        for one, two in zip(block.segments, block.segments[1:], strict=False):
            assert one.source_start + one.source_length <= two.source_start, "segments are ordered"
        for link in block.links:
            assert 0 <= link.start < link.end <= len(text)
            assert text[link.start] != " "
            assert text[link.end - 1] != " "
