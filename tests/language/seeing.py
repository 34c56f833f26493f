"""Short texts as the linter sees them. A mark ⟦ ⟧ in a text points at the words that a test asks about."""

from __future__ import annotations

from functools import cache

from healthlint.config import FileSettings
from healthlint.documents import parse
from healthlint.documents.blocks import Document
from healthlint.documents.source import Source
from healthlint.language.annotation import AnnotatedDocument, Sentence
from healthlint.linter import see as see_document
from healthlint.rules.pack import Pack, load_pack


@cache
def built_in() -> Pack:
    """The rules of this repository, loaded once."""
    return load_pack()


def read(text: str, format: str = "text") -> Document:
    return parse(Source(f"page.{format}", text), format)


def see(
    text: str,
    *,
    format: str = "text",
    kind: str | None = "article",
    publisher: tuple[str, ...] = (),
    mentions: bool = False,
) -> AnnotatedDocument:
    """The text as annotated; an article, unless another kind is given or (None) it is to be judged."""
    settings = FileSettings(kind=kind, publisher=publisher)
    return see_document(read(text, format), built_in(), settings, mentions=mentions)


def sentence_of(text: str) -> Sentence:
    """The only sentence of the text."""
    (sentence,) = see(text).sentences
    return sentence


def unmarked(text: str) -> tuple[str, int, int]:
    """The text without ⟦ ⟧, and the stretch that they marked."""
    start = text.index("⟦")
    end = text.index("⟧") - 1
    return text.replace("⟦", "").replace("⟧", ""), start, end


def marked(text: str) -> tuple[Sentence, int, int]:
    """The sentence that the marked words stand in, and their offsets in it."""
    plain, start, end = unmarked(text)
    words = plain[start:end]
    for sentence in see(plain).sentences:
        at = sentence.text.find(words)
        if at >= 0:
            return sentence, at, at + len(words)
    raise AssertionError(f"{words!r} is in no sentence")
