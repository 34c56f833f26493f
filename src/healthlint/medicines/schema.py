"""The JSON Schema of medicine records and condition files, generated from the model, for editors and for reviewers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from healthlint.medicines.model import ConditionFile, Medicine
from healthlint.medicines.packing import is_mapping, is_model, key_of, without_none


def write_schemas(folder: Path) -> None:
    """Write both schemas where the repository keeps them."""
    for name, schema in (("medicine", medicine_schema()), ("condition", condition_schema())):
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def medicine_schema() -> dict[str, Any]:
    """The schema of a file in `rules/medicines/`."""
    return _document(Medicine, "A healthlint medicine record")


def condition_schema() -> dict[str, Any]:
    """The schema of a file in `rules/conditions/`."""
    return _document(ConditionFile, "A healthlint file of conditions")


def _document(cls: type[Any], title: str) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    root = _object(cls, definitions)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**head, **root, "$defs": dict(sorted(definitions.items()))}


def _object(cls: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {
        "description": " ".join((cls.__doc__ or "").split()),
        "type": "object",
        "additionalProperties": False,
        "required": [key_of(name) for name in cls._fields if name not in cls._field_defaults],
        "properties": {key_of(name): _value(hints[name], definitions) for name in cls._fields},
    }


def _value(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hint = without_none(hint)
    if is_model(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if get_origin(hint) is Literal:
        known = list(get_args(hint))
        # A YAML reader hands over `schema: 1` as a number; the model keeps every word as text.
        return {"enum": [*known, *(int(word) for word in known if word.isdecimal())]}
    if is_mapping(hint):
        names, values = get_args(get_args(hint)[0])
        keys = _value(names, definitions)
        return {"type": "object", "propertyNames": keys, "additionalProperties": _value(values, definitions)}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0], definitions)}
    return {"type": "integer", "minimum": 0} if hint is int else {"type": "string", "minLength": 1}
