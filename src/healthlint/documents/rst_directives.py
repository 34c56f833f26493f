"""Directives that the parser of reStructuredText does not know, as Sphinx and others add them: their prose is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives

from healthlint.documents.words import word_set

_MARK = re.compile(r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([A-Za-z0-9][\w.:+-]*?)[ \t]*::", re.MULTILINE)
_NO_PROSE = word_set(
    "code-block sourcecode literalinclude highlight toctree index graphviz digraph graph mermaid plot ipython testcode "
    "testoutput testsetup doctest automodule autoclass autofunction automethod autosummary autodata currentmodule "
    "module tabularcolumns productionlist jupyter-execute program-output prompt uml youtube video bibliography"
)
_SAYINGS = word_set("versionadded versionchanged versionremoved deprecated")
"""What stands on their own line is a sentence rather than a heading."""


class _AnyOption(dict[str, Callable[[str], str]]):
    """Takes every option as it is written; the parser looks for options only in what is not empty."""

    def __bool__(self) -> bool:
        return True

    def __missing__(self, name: str) -> Callable[[str], str]:
        return str


class _Unknown(Directive):  # type: ignore[misc]
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = _AnyOption()
    has_content = True

    def run(self) -> list[Any]:
        if self.name in _NO_PROSE:
            return []
        container = nodes.container()
        container.line = self.lineno
        title = self.arguments[0] if self.arguments else ""
        if " " in title:  # one word names something; several are read
            children, messages = self.state.inline_text(title, self.lineno)
            wrapper = nodes.paragraph if self.name in _SAYINGS else nodes.rubric
            container += wrapper(title, "", *children)
            container += messages
        self.state.nested_parse(self.content, self.content_offset, container)
        return [container]


def learn(text: str) -> None:
    """Make the parser take every directive of the text that it does not know."""
    from docutils.languages import en
    from docutils.parsers.rst.languages import en as words

    for name in {match.group(1).lower() for match in _MARK.finditer(text)}:
        known = name in words.directives or name in directives._directives or name in en.labels
        if not known:
            directives.register_directive(name, _Unknown)
