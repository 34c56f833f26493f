"""The publisher's own name, told from how a page speaks of itself: "At Larkwood Clinic, we …"."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = r"([A-Z][\w&'’-]+(?: (?:of |and |& )?[A-Z][\w&'’-]+){0,3})"
_SELF = (
    ((", we", ", our"), re.compile(rf"\b[Aa]t {_NAME}, (?:we|our)\b")),
    (("elcome to ",), re.compile(rf"\b[Ww]elcome to {_NAME}")),
    (
        (" today", " now"),
        re.compile(rf"\b(?:[Cc]ontact|[Vv]isit|[Cc]all|[Jj]oin|[Cc]hoose) {_NAME} (?:today|now)\b"),
    ),
    (("We at ", "we at "), re.compile(rf"\b[Ww]e at {_NAME}")),
)
"""Each with letters of which some are in every match, so that most texts need not be searched."""
_LAST_PART = re.compile(rf"\s[|–—·]\s+{_NAME}\s*$")
_NOT_A_NAME = frozenset(
    "The This That Our Your Us We It Now Today Here Home First Last Least Best Night Day Christmas January February "
    "March April May June July August September October November December Monday Friday".split()
)


def own_names(texts: Iterable[str], titles: Iterable[str] = ()) -> tuple[str, ...]:
    """Names by which a document speaks of itself, each once, in order.

    The last part of a title ("Knee pain | Larkwood Clinic") is one where the text names it too.
    """
    texts = list(texts)
    whole = "\n".join(texts)
    forms = [(signs, form) for signs, form in _SELF if any(map(whole.__contains__, signs))]
    found: dict[str, None] = {}
    for text in texts if forms else ():
        for signs, form in forms:
            for match in form.finditer(text) if any(map(text.__contains__, signs)) else ():
                name = match[1].rstrip("'’")
                if name.split()[0] not in _NOT_A_NAME:
                    found[name] = None
    for title in titles:
        last = _LAST_PART.search(title)
        if last and last[1].split()[0] not in _NOT_A_NAME and sum(last[1] in text for text in texts) > 1:
            found[last[1]] = None
    return tuple(found)
