"""Folders of YAML to one compiled pack: plain values, fit for JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from healthlint.errors import UserError
from healthlint.knowledge import compile_language
from healthlint.language.patterns import PatternError
from healthlint.medicines.formulary import Formulary
from healthlint.medicines.loader import compile_folder as compile_medicines
from healthlint.rules.details import Data
from healthlint.rules.encoding import encode_details, encode_rule
from healthlint.rules.lexicons import Lexicon, decode_lexicon, load_lexicons
from healthlint.rules.loader import load_rules
from healthlint.rules.model import Rule
from healthlint.rules.nodes import Reader, documents, flat, raise_all
from healthlint.rules.pack import FORMAT

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compile_folder(folder: Path, base: tuple[Data, Data] | None = None, source: str = "") -> tuple[Data, Data]:
    """The pack of a folder, on top of `base`, and its details: what most runs do not need, read when asked for.

    `source` is put before the rule files' paths below the folder; left out, the paths stay as they are.
    """
    if not folder.is_dir():
        raise UserError("is no folder of rules", where=str(folder), hint="name a folder that holds rule files")
    below, details_below = base or ({"rules": []}, {"rules": {}, "lexicons": [], "cues": {}})
    lexicons_below = [*map(decode_lexicon, details_below["lexicons"])]
    problems: list[UserError] = []
    lexicons = _lexicons(folder / "lexicons", [x.name for x in lexicons_below], problems)
    names = {x.name for x in (*lexicons_below, *lexicons)} | {p.stem for p in _files(folder / "lexicons")}
    rules = _rules(folder, frozenset(names), below["rules"], problems)
    if base and (folder / "cues").is_dir():
        hint = "rules, lexicons, medicines and conditions can be added"
        problems.append(UserError("cues are built in", where=str(folder / "cues"), hint=hint))
    cues = details_below["cues"] if base else _cues(folder / "cues", problems)
    raise_all(problems)
    lexicons = (*lexicons_below, *lexicons)
    medicines_below = {**below["medicines"], "medicines": details_below["medicines"]} if base else None
    medicines = compile_medicines(folder / "medicines", folder / "conditions", medicines_below)
    shown = [r._replace(path=source + Path(r.path).relative_to(folder).as_posix()) for r in rules] if source else rules
    pack: Data = {
        "format": FORMAT,
        "rules": sorted([*below["rules"], *map(encode_rule, shown)], key=lambda row: str(row[0])),
        "language": _language(folder, cues, lexicons, medicines),
        "medicines": {name: part for name, part in medicines.items() if name != "medicines"},
    }
    details: Data = {
        "rules": {**details_below["rules"], **{rule.id: encode_details(rule) for rule in rules}},
        "lexicons": [[x.name, x.about, x.terms, x.cased, x.orders] for x in lexicons],
        "cues": cues,
        "medicines": medicines["medicines"],
    }
    content = json.dumps([pack, details], sort_keys=True, ensure_ascii=False).encode()
    pack["version"] = details["version"] = hashlib.sha256(content).hexdigest()[:12]
    return pack, details


def _files(folder: Path) -> list[Path]:
    return documents(folder) if folder.is_dir() else []


def _lexicons(folder: Path, taken: Iterable[str], problems: list[UserError]) -> tuple[Lexicon, ...]:
    try:
        found = load_lexicons(folder)
    except UserError as error:
        problems.extend(flat(error))
        return ()
    for lexicon in found:
        if lexicon.name in taken:
            title, where = f"lexicon '{lexicon.name}' is built in", str(folder / f"{lexicon.name}.yaml")
            problems.append(UserError(title, where=where, hint="give it another name"))
    return found


def _rules(folder: Path, lexicons: frozenset[str], below: list[Any], problems: list[UserError]) -> tuple[Rule, ...]:
    try:
        rules = load_rules(folder, lexicons)
    except UserError as error:
        problems.extend(flat(error))
        return ()
    taken = {word: row[-1] for row in below for word in row[:2]}
    for rule in rules:
        for word in (rule.id, rule.name):
            if word in taken:
                title = f"{word} is taken by {taken[word]}"
                problems.append(UserError(title, where=rule.path, hint="give the rule a code and a name of its own"))
    return rules


def _cues(folder: Path, problems: list[UserError]) -> Data:
    found: Data = {}
    for path in _files(folder):
        reader = Reader(path)
        if reader.root() is None:
            problems.extend(reader.problems)
        else:
            found[path.stem] = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    return found


def _language(folder: Path, cues: Data, lexicons: Iterable[Lexicon], medicines: Data) -> Data:
    """What the language layer reads with; nothing for a folder that stands alone and has no cues."""
    if not cues:
        return {}
    formulary = Formulary.from_data(medicines)
    lexicons = tuple(lexicons)
    words = [(x.name, x.terms, x.cased) for x in lexicons]
    orders = [x.name for x in lexicons if x.orders]
    try:
        return compile_language(
            cues, words, orders, formulary.medicine_terms(), formulary.condition_terms(), formulary.supplement_terms()
        )
    except PatternError as error:
        raise UserError(f"a cue is no pattern: {error}", where=str(folder / "cues")) from error
    except KeyError as error:
        raise UserError(f"the cues lack {error}", where=str(folder / "cues")) from error
