"""From a file to a document: the blocks of text that a reader sees."""

from __future__ import annotations

from healthlint.documents.blocks import Document
from healthlint.documents.source import Source
from healthlint.errors import UserError, did_you_mean

FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mdx": "mdx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".rst": "rst",
    ".rest": "rst",
}
"""File suffixes and the format they stand for."""

LOOKED_FOR = frozenset(("text", "markdown", "mdx", "html"))
"""Formats that a folder is searched for. Files of the others are checked where they are named or included."""


def format_of(path: str) -> str | None:
    """The format that the suffix of `path` stands for, if any."""
    name = path.rsplit("/", 1)[-1].lower()
    dot = name.rfind(".")
    return FORMATS.get(name[dot:]) if dot >= 0 else None


def parse(source: Source, format: str | None = None) -> Document:
    """The document in `source`, read as `format` (one of FORMATS), else by its suffix, else as text."""
    chosen = format or format_of(source.path) or "text"
    if chosen == "text":
        from healthlint.documents.text import parse_text

        return parse_text(source)
    if chosen == "markdown":
        from healthlint.documents.markdown import parse_markdown

        return parse_markdown(source)
    if chosen == "mdx":
        from healthlint.documents.mdx import parse_mdx

        return parse_mdx(source)
    if chosen == "html":
        from healthlint.documents.html import parse_html

        return parse_html(source)
    if chosen == "docx":
        from healthlint.documents.docx import parse_docx

        return parse_docx(source)
    if chosen == "rst":
        from healthlint.documents.rst import parse_rst

        return parse_rst(source)
    if chosen == "pdf":
        from healthlint.documents.pdf import parse_pdf

        return parse_pdf(source)
    known = sorted(set(FORMATS.values()))
    raise UserError(f"unknown format '{chosen}'", hint=did_you_mean(chosen, known))
