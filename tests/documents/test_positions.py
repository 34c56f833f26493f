"""Generated documents in each format: what is read is what was written, each character of it in its place.

HEALTHLINT_CASES=10000 runs as many cases for each format.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from document_checks import assert_sound
from dressing import Dress, assert_read_back, paragraphs
from dressing_html import dress_html
from dressing_markdown import dress_markdown, dress_mdx
from dressing_text import dress_text

from healthlint.documents import parse
from healthlint.documents.reading import decode

CASES = int(os.environ.get("HEALTHLINT_CASES", "300"))
DRESSES: dict[str, Dress] = {
    "text": dress_text,
    "markdown": dress_markdown,
    "mdx": dress_mdx,
    "html": dress_html,
}


@pytest.mark.parametrize("format", DRESSES)
def test_what_is_read_is_what_was_written(format: str) -> None:
    for number in range(CASES):
        random = Random(f"{format} {number}")
        dressed = DRESSES[format](random, paragraphs(random, marked=format != "text"))
        document = parse(decode(dressed.data, "page"), format)
        assert_sound(document)
        assert_read_back(document, dressed, random)
