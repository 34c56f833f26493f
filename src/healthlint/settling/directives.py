"""Exceptions as written: comments that name rules, a reason and perhaps an end date, in the syntax of each format.

`<!-- healthlint: ignore[HL101] until=2027-01-31 -- approved by legal, ticket 812 -->`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from healthlint.documents.blocks import Document

VERBS = ("ignore", "disable", "enable", "ignore-file")
_EXAMPLE = "write ignore[HL101] -- the reason"

_NAMED = r"healthlint(?P<body>(?:\s*:|[-\s]+(?:ignore|disable|enable)\b){rest})"
"""Our name with a colon, or with one of the verbs behind it: other comments may speak of us, too."""
_HTML = re.compile(r"<!--\s*" + _NAMED.format(rest=r".*?") + r"(?P<closed>-->|\Z)", re.DOTALL | re.IGNORECASE)
_BRACES = re.compile(
    r"\{\s*/\*\s*" + _NAMED.format(rest=r".*?") + r"(?P<closed>\*/\s*\}|\Z)", re.DOTALL | re.IGNORECASE
)
_DOTS = re.compile(
    r"^(?P<indent>[ \t]*)\.\.[ \t]+" + _NAMED.format(rest=r"[^\r\n]*(?:\r?\n(?P=indent)[ \t]+\S[^\r\n]*)*"),
    re.MULTILINE | re.IGNORECASE,
)
_SLASHES = re.compile(r"^//[ \t]*" + _NAMED.format(rest=r"[^\r\n]*"), re.MULTILINE | re.IGNORECASE)

_FENCE = re.compile(
    r"^(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\1[`~]*[ \t]*\r?$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_LITERAL = re.compile(
    r"^([ \t]*)(?=\S)(?:\.\.[ \t]+(?:code|code-block|sourcecode|parsed-literal|raw)::|(?!\.\.[ \t])[^\n]*::)[^\n]*\n"
    r"(?:[ \t]*\r?\n|\1[ \t]+[^\n]*(?:\n|\Z))+",
    re.MULTILINE,
)
_LISTING = re.compile(r"^(-{4,}|\.{4,}|/{4,}|\+{4,}|`{3,})[^\n]*\n.*?(?:^\1[ \t]*\r?$|\Z)", re.DOTALL | re.MULTILINE)

_DIRECTIVE = re.compile(
    r"(?P<verb>[\w-]+)\s*\[(?P<rules>[^\]]*)\]\s*"
    r"(?:until\s*=\s*(?P<until>\S+)\s*)?(?:(?:--|[–—])\s*(?P<reason>.*))?",
    re.DOTALL,
)
_LISTED = re.compile(r"[^,\s](?:[^,]*[^,\s])?")


class Syntax(NamedTuple):
    """How a format writes comments, and where a comment is only shown: code."""

    comments: tuple[re.Pattern[str], ...]
    code: tuple[re.Pattern[str], ...] = ()


SYNTAXES = {
    "markdown": Syntax((_HTML,), (_FENCE, _CODE_SPAN)),
    "mdx": Syntax((_HTML, _BRACES), (_FENCE, _CODE_SPAN)),
    "html": Syntax((_HTML,)),
    "rst": Syntax((_DOTS,), (_LITERAL,)),
    "asciidoc": Syntax((_SLASHES,), (_LISTING,)),
}


class Listed(NamedTuple):
    """A rule as an exception names it; `code` is empty where there is no such rule. Offsets count in the source."""

    text: str
    code: str
    start: int
    end: int


class Directive(NamedTuple):
    """One exception. `start` and `end` are those of the comment, `until_at` those of the date."""

    verb: str
    rules: tuple[Listed, ...]
    until: date | None
    until_at: tuple[int, int]
    reason: str
    start: int
    end: int

    def holds_on(self, today: date) -> bool:
        """Whether it has not ended: the last day counts."""
        return self.until is None or self.until >= today


class Fault(NamedTuple):
    """An exception that speaks for nothing, and why. `problem`: malformed, no-reason, unknown-rule."""

    problem: str
    detail: str
    start: int
    end: int


def read_directives(document: Document, codes: Mapping[str, str]) -> tuple[tuple[Directive, ...], tuple[Fault, ...]]:
    """The exceptions in order, and what is wrong with those that speak for nothing.

    `codes` gives the code for each lower-case code and name of a rule.
    """
    directives: list[Directive] = []
    faults: list[Fault] = []
    disabled: set[str] = set()
    for comment in _comments(document):
        read = _read(comment, codes)
        if isinstance(read, Fault):
            faults.append(read)
            continue
        faults += _unknown(read, codes)
        if read.verb == "enable":
            faults += _nothing_to_enable(read, disabled)
            disabled -= {rule.code for rule in read.rules}
        elif read.verb == "disable":
            disabled |= {rule.code for rule in read.rules}
        directives.append(read)
    return tuple(directives), tuple(faults)


def _comments(document: Document) -> Iterator[re.Match[str]]:
    syntax = SYNTAXES.get(document.format)
    if syntax is None:
        return
    text = document.source.text
    code = [match.span() for shown in syntax.code for match in shown.finditer(text)]
    found = [match for pattern in syntax.comments for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        if not any(start <= match.start() < end for start, end in code):
            yield match


def _read(comment: re.Match[str], codes: Mapping[str, str]) -> Directive | Fault:
    start, end = comment.start(), comment.end()
    body = comment["body"]
    if comment.groupdict().get("closed") == "":
        line = re.compile(r"[^\r\n]*").match(comment.string, start)
        assert line is not None
        return Fault("malformed", "the comment is not closed, and nothing after it is read", start, line.end())
    if not body.lstrip().startswith(":"):
        return Fault("malformed", "a colon is missing after 'healthlint'", start, end)
    at = comment.start("body") + body.index(":") + 1
    match = _DIRECTIVE.match(comment.string, _skip_space(comment.string, at), comment.end("body"))
    if match is None:
        return Fault("malformed", _EXAMPLE, start, end)
    verb, reason = match["verb"].lower(), " ".join((match["reason"] or "").split())
    if verb not in VERBS:
        from healthlint.errors import did_you_mean

        return Fault("malformed", did_you_mean(verb, list(VERBS)), *match.span("verb"))
    if comment.string[match.end() : comment.end("body")].strip():
        return Fault("malformed", f"{_EXAMPLE}, with two hyphens before the reason", start, end)
    if not match["rules"].strip(" ,\t\r\n"):
        return Fault("malformed", "it must name its rules, such as ignore[HL101]", start, end)
    until, until_at = None, (start, start)
    if match["until"]:
        until_at = match.span("until")
        try:
            until = date.fromisoformat(match["until"])
        except ValueError:
            return Fault("malformed", f"'{match['until']}' is no date, write until=2027-01-31", *until_at)
    if not reason and verb != "enable":
        return Fault("no-reason", f"{verb}[{match['rules'].strip()}]", start, end)
    first = match.start("rules")
    listed = tuple(
        Listed(word[0], codes.get(word[0].lower(), ""), first + word.start(), first + word.end())
        for word in _LISTED.finditer(match["rules"])
    )
    return Directive(verb, listed, until, until_at, reason, start, end)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _unknown(directive: Directive, codes: Mapping[str, str]) -> Iterator[Fault]:
    for rule in directive.rules:
        if not rule.code:
            from healthlint.errors import did_you_mean

            known = [name.upper() if name[-1:].isdigit() else name for name in sorted(codes)]
            word = rule.text.upper() if rule.text[:2].upper() == "HL" else rule.text.lower()
            hint = did_you_mean(word, known) or "'healthlint rules' lists the codes and names"
            yield Fault("unknown-rule", hint, rule.start, rule.end)


def _nothing_to_enable(directive: Directive, disabled: set[str]) -> Iterator[Fault]:
    for rule in directive.rules:
        if rule.code and rule.code not in disabled:
            yield Fault("malformed", "no 'disable' before it names this rule", rule.start, rule.end)
