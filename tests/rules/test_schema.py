from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from healthlint.rules.schema import lexicon_schema, rule_schema, write_schemas

from .conftest import RULE
from .test_loader import BAD, CHECKS

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).resolve().parents[2]


def problems(value: Any, schema: dict[str, Any]) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]


@pytest.mark.parametrize("schema", [rule_schema(), lexicon_schema()])
def test_schemas_are_schemas(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_written_schemas_are_current(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    for path in tmp_path.iterdir():
        kept = ROOT / "rules" / "schema" / path.name
        assert kept.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), (
            "the model has changed: run python -m healthlint.rules.schema rules/schema"
        )


def test_every_field_is_explained() -> None:
    def walk(schema: dict[str, Any]) -> None:
        for name, field in schema.get("properties", {}).items():
            assert "const" in field or name in ("examples", "regex") or field.get("description"), name
            walk(field)

    walk(rule_schema())
    for check in rule_schema()["properties"]["check"]["oneOf"]:
        walk(check)
        assert check["description"]
    walk(lexicon_schema())


def test_all_rule_files_and_lexicons_fit() -> None:
    for path in sorted((ROOT / "rules").rglob("HL*.yaml")):
        assert problems(as_an_editor_reads(path), rule_schema()) == [], path.name
    for path in sorted((ROOT / "rules" / "lexicons").glob("*.yaml")):
        assert problems(as_an_editor_reads(path), lexicon_schema()) == [], path.name


def as_an_editor_reads(path: Path) -> Any:
    """YAML 1.2 knows no `off`."""
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    if isinstance(value.get("severity"), dict):
        value["severity"] = {key: level or "off" for key, level in value["severity"].items()}
    return value


@pytest.mark.parametrize("check", [check for check, _ in CHECKS])
def test_checks_that_the_loader_takes_fit(check: dict[str, Any]) -> None:
    assert problems({**RULE, "check": check}, rule_schema()) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [(c, p) for c, p in BAD if any(word in p for word in ("unknown", "lacks", "did you mean", "must be a list"))
     and not any(word in p for word in ("lexicon", "weak", "'when'", "lacks the key 'must'"))],
    ids=str,
)  # fmt: skip
def test_an_editor_sees_what_the_loader_refuses(changes: dict[str, Any], problem: str) -> None:
    value = {key: v for key, v in {**RULE, **changes}.items() if v is not None}
    if "{mach}" in str(changes):
        pytest.skip("not to be told by a schema")
    assert problems(json.loads(json.dumps(value)), rule_schema())
