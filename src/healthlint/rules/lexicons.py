"""Named lists of terms."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from healthlint.errors import UserError


class Lexicon(NamedTuple):
    """Terms are matched word by word, whatever their case, hyphens as spaces; `~word` stands for its inflections."""

    name: Annotated[str, "The name that patterns use; the file has the same."]
    about: Annotated[str, "What the words are, and where the facts come from."]
    terms: Annotated[tuple[str, ...], "Terms in lower case; `~` before a word that is inflected."] = ()
    cased: Annotated[tuple[str, ...], "Terms that count only in exactly this case."] = ()
    orders: Annotated[bool, "Terms count only where the reader is told to do them: verbs, in their plain form."] = False


def decode_lexicon(row: Any) -> Lexicon:
    """The lexicon in a row of the pack."""
    name, about, terms, cased, orders = row
    return Lexicon(name, about, tuple(terms), tuple(cased), orders)


_KEYS = ("schema", "name", "about", "terms", "cased", "orders")


def load_lexicons(folder: Path) -> tuple[Lexicon, ...]:
    """All lexicons of a folder, by name; none when there is no such folder."""
    from healthlint.rules.nodes import documents, flat, raise_all

    if not folder.is_dir():
        return ()
    problems: list[UserError] = []
    found: list[Lexicon] = []
    for path in documents(folder):
        try:
            found.append(load_lexicon_file(path))
        except UserError as error:
            problems.extend(flat(error))
    raise_all(problems)
    return tuple(found)


def load_lexicon_file(path: Path) -> Lexicon:
    """The lexicon in one file."""
    from healthlint.rules.nodes import Reader

    reader = Reader(path)
    root = reader.root()
    found: dict[str, tuple[str, ...]] = {}
    name = about = ""
    orders = False
    if root is not None:
        values = reader.mapping(root, "the lexicon", _KEYS, ("schema", "name", "about"))
        if "schema" in values and getattr(values["schema"], "value", "") != "1":
            reader.problem("schema must be 1", values["schema"], hint="this version reads no other")
        name = reader.text(values["name"], "name") if "name" in values else ""
        about = reader.text(values["about"], "about").strip() if "about" in values else ""
        if name and not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            reader.problem(f"name '{name}' is no name", values["name"], hint="lower-case words joined by hyphens")
        elif name and path.stem != name:
            reader.problem(f"the file must be named {name}.yaml", values["name"])
        for key in ("terms", "cased"):
            if key in values:
                found[key] = reader.texts(values[key], key)
        for item in reader.items(values["terms"], "terms") if "terms" in values else ():
            term = str(item.value)
            if term != term.lower():
                reader.problem(f"term '{term}' is not lower case", item, hint="put it under 'cased' if its case counts")
            if re.search(r"~(?!\w)|\w~", term):
                reader.problem(f"term '{term}': '~' must stand before a word", item)
        if not any(found.values()) and not reader.problems:
            reader.problem("the lexicon has no terms", root)
        orders = "orders" in values and bool(reader.scalar(values["orders"], "orders", bool))
    reader.finish()
    return Lexicon(name, about, found.get("terms", ()), found.get("cased", ()), orders)
