"""The JSON Schemas of rule files and lexicons, generated from the model, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from healthlint.language.pattern_nodes import PatternText
from healthlint.rules import vocabulary as v
from healthlint.rules.lexicons import Lexicon
from healthlint.rules.model import CHECKS, Among, Example, Reference, Rule
from healthlint.rules.reading import OWN_KEYS, SCHEMA, SEVERITIES, key_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]

_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}
_PLAIN_GUARDS = tuple(name for name in v.GUARDS if name != "hedge")
_TEXT: Json = {"type": ["string", "number", "boolean"], "minLength": 1}
"""A text in a list; `911` and `no` are texts too."""
_PATTERN: Json = {
    "oneOf": [
        _TEXT,
        {
            "type": "object",
            "properties": {"regex": {"type": "string", "description": "A regular expression, case-insensitive."}},
            "required": ["regex"],
            "additionalProperties": False,
        },
    ]
}


def write_schemas(folder: Path) -> None:
    """Write both schemas."""
    for name, schema in (("rule", rule_schema()), ("lexicon", lexicon_schema())):
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def rule_schema() -> Json:
    """The schema of a rule file."""
    special = {
        "severity": _severity(),
        "check": {"oneOf": [_check(kind) for kind in CHECKS]},
        "unless": _list(_guard()),
        "references": _list(_object(Reference, {})),
    }
    schema = _object(Rule, special, leave_out=OWN_KEYS)
    schema["properties"] = {"schema": {"const": SCHEMA}, **schema["properties"], "examples": _examples()}
    schema["properties"]["id"]["pattern"] = "^[A-Z]{2,10}[0-9]{3,4}$"
    schema["properties"]["name"]["pattern"] = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
    schema["required"] = ["schema", *schema["required"], "why", "examples"]
    return {"$schema": DIALECT, "title": "healthlint rule", **schema}


def lexicon_schema() -> Json:
    """The schema of a lexicon."""
    schema = _object(Lexicon, {})
    schema["properties"] = {"schema": {"const": SCHEMA}, **schema["properties"]}
    schema["required"] = ["schema", *schema["required"]]
    return {"$schema": DIALECT, "title": "healthlint lexicon", **schema}


def _object(cls: type[Any], special: Json, leave_out: tuple[str, ...] = ()) -> Json:
    hints = get_type_hints(cls, include_extras=True)
    properties: Json = {}
    required: list[str] = []
    for name in cls._fields:
        if name in leave_out:
            continue
        plain, *extra = get_args(hints[name]) or (None,)
        default = cls._field_defaults.get(name)
        if name in special:
            properties[key_of(name)] = {**_documented(extra), **special[name]}
        else:
            properties[key_of(name)] = _property(plain, extra, default, name not in cls._field_defaults)
        if name not in cls._field_defaults:
            required.append(key_of(name))
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _documented(extra: list[Any]) -> Json:
    text = next((e for e in extra if isinstance(e, str)), "")
    return {"description": text} if text else {}


def _property(plain: Any, extra: list[Any], default: Any, required: bool) -> Json:
    words = next((list(e.words) for e in extra if isinstance(e, Among)), None)
    if get_origin(plain) is tuple:
        item = get_args(plain)[0]
        items: Json = _PATTERN if item is PatternText else {"enum": words} if words else _TEXT
        schema = _list(items)
        if required:
            schema["minItems"] = 1
    else:
        schema = {"enum": words} if words else {"type": _SCALARS[plain]}
        if plain in (int, float):
            schema["minimum"] = 0
    if default not in (None, "", (), False):
        schema["default"] = list(default) if isinstance(default, tuple) else default
    return {**_documented(extra), **schema}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _severity() -> Json:
    levels: Json = {"enum": list(SEVERITIES)}
    by_profile = {
        "type": "object",
        "properties": dict.fromkeys(v.PROFILES, levels),
        "required": ["base"],
        "additionalProperties": False,
    }
    return {"oneOf": [levels, by_profile]}


def _guard(names: tuple[str, ...] = _PLAIN_GUARDS) -> Json:
    strengths = {"hedge": {"enum": list(v.HEDGE_STRENGTHS)}}
    hedge = {"type": "object", "properties": strengths, "required": ["hedge"], "additionalProperties": False}
    return {"oneOf": [{"enum": list(names)}, hedge]}


def _check(kind: str) -> Json:
    cls = CHECKS[kind]
    schema = _object(cls, {})
    schema["description"] = cls.__doc__
    schema["properties"] = {"kind": {"const": kind}, **schema["properties"]}
    schema["required"] = ["kind", *schema["required"]]
    return schema


def _examples() -> Json:
    written = _object(Example, {"because": _guard(v.BECAUSE)}, leave_out=("spans",))
    example = {"oneOf": [{"type": "string", "minLength": 1}, written]}
    docs = {
        "bad": "Texts that the rule flags.",
        "good": "Texts that it leaves alone.",
        "known-miss": "Bad texts that it does not catch today; told of when it does.",
        "known-false-alarm": "Good texts that it flags today; told of when it stops.",
    }
    lists = {name: {"description": doc, **_list(example)} for name, doc in docs.items()}
    return {"type": "object", "properties": lists, "required": ["bad", "good"], "additionalProperties": False}


if __name__ == "__main__":
    import sys

    write_schemas(Path(sys.argv[1]))
