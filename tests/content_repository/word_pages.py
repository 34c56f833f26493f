"""A Word file of plain paragraphs."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "documents"))

from word_files import p, word


def word_page(*paragraphs: str) -> bytes:
    return word(*(p(text) for text in paragraphs))
