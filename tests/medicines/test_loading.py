"""Records that cannot be are refused with the file, the line and a way out."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from healthlint.errors import UserError
from healthlint.medicines.formulary import Formulary
from healthlint.medicines.loader import compile_folder
from healthlint.medicines.model import Medicine
from healthlint.medicines.packing import from_data, to_data
from healthlint.medicines.schema import condition_schema, medicine_schema
from healthlint.medicines.status import verdict

RULES = Path(__file__).parents[2] / "rules"

CONDITIONS = """\
schema: 1
about: for tests
conditions:
  - id: acne
    name: acne
    lay: [pimples]
    ambiguous: [spots]
  - id: severe-acne
    name: severe acne
    parents: [acne]
  - {id: headache, name: headache, abbreviations: [HA]}
"""

RECORD = """\
schema: 1
id: examplol
name: examplol
kind: medicine
names:
  generic: examplol
  brands:
    US: {marketed: [Exam, Plol]}
indications:
  - condition: severe-acne
    lay: severe acne
    jurisdictions: [US]
    products: [Exam]
risks:
  - {condition: headache, role: warning, heading: Headache}
sources:
  - {kind: us-label, title: "US label: Exam"}
review: {status: draft}
examples:
  - {claim: Exam for severe acne, status: labelled}
"""


def folders(tmp_path: Path, record: str = RECORD, conditions: str = CONDITIONS) -> tuple[Path, Path]:
    for name, file, text in (("medicines", "examplol.yaml", record), ("conditions", "all.yaml", conditions)):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / file).write_text(text, encoding="utf-8")
    return tmp_path / "medicines", tmp_path / "conditions"


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_record_loads(tmp_path: Path) -> None:
    medicines, conditions = folders(tmp_path)
    formulary = Formulary.from_data(compile_folder(medicines, conditions))
    record = formulary.medicine("examplol")
    assert record.products() == ("Exam", "Plol")
    assert record.label_countries == ("US",)
    assert formulary.condition_ids == ("acne", "headache", "severe-acne")
    assert verdict("exam", "severe-acne", formulary).status == "labelled"
    assert verdict("plol", "severe-acne", formulary).status == "other-brand"
    assert verdict("exam", "acne", formulary).status == "labelled-broadened"
    assert verdict("exam", "headache", formulary).status == "adverse-reaction"


@pytest.mark.parametrize(
    ("old", "new", "title", "hint"),
    [
        ("kind: medicine", "kind: medicin", "kind cannot be 'medicin'", "did you mean 'medicine'?"),
        ("indications:", "indication:", "has no key 'indication'", "did you mean 'indications'?"),
        ("    lay: severe acne\n", "", "indications 1 lacks 'lay'", "add 'lay:'"),
        ("condition: severe-acne", "condition: severe acne", "unknown condition 'severe acne'", "'severe-acne'"),
        ("condition: severe-acne", "condition: seveer-acne", "unknown condition 'seveer-acne'", "'severe-acne'"),
        ("products: [Exam]", "products: [Exem]", "'Exem' is no brand", "did you mean 'Exam'?"),
        ("jurisdictions: [US]", "jurisdictions: [UK]", "no label of UK", "add the label to 'sources'"),
        ("jurisdictions: [US]", "jurisdictions: []", "wants a country", ""),
        ("jurisdictions: [US]", "jurisdictions: US", "wants a list", "[one, two]"),
        ("role: warning", "role: warnings", "cannot be 'warnings'", "did you mean 'warning'?"),
        ("id: examplol", "id: exampel", "is not the file's name", "id: examplol"),
        ("claim: Exam for severe acne", "claim: Exxam for severe acne", "does not start with a name", "examplol for"),
        ("claim: Exam for severe acne", "claim: Exam for nothing", "names no condition", "rules/conditions"),
        ("status: labelled", "status: labeled", "cannot be 'labeled'", "did you mean 'labelled'?"),
        ("{status: draft}", "{status: draft, due-months: soon}", "whole number", ""),
        ("{status: draft}", "{status: draft, date: soon}", "'soon' is no date", "2026-11-22"),
        ("review: {status: draft}", "review: draft", "wants keys and values", ""),
        ("title: \"US label: Exam\"", "title: \"\"", "is empty", "leave the key out"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(tmp_path: Path, old: str, new: str, title: str, hint: str) -> None:
    text = RECORD.replace(old, new)
    with pytest.raises(UserError) as error:
        compile_folder(*folders(tmp_path, text))
    assert title in error.value.title
    assert hint in error.value.hint
    assert error.value.where.startswith(str(tmp_path / "medicines" / "examplol.yaml") + ":")


def test_the_line_is_that_of_the_mistake(tmp_path: Path) -> None:
    text = RECORD.replace("role: warning", "role: warn")
    with pytest.raises(UserError) as error:
        compile_folder(*folders(tmp_path, text))
    assert error.value.where.endswith(f":{line_of(text, 'role: warn')}")


def test_yaml_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not valid YAML") as error:
        compile_folder(*folders(tmp_path, RECORD + "x: [\n"))
    assert "examplol.yaml:" in error.value.where
    with pytest.raises(UserError, match="is empty"):
        compile_folder(*folders(tmp_path, ""))
    (tmp_path / "medicines" / "examplol.yaml").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(UserError, match="not UTF-8"):
        compile_folder(tmp_path / "medicines", tmp_path / "conditions")


def test_a_key_twice(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="'kind' twice"):
        compile_folder(*folders(tmp_path, RECORD + "kind: medicine\n"))


def test_one_condition_under_two_verdicts(tmp_path: Path) -> None:
    clash = "not-approved:\n  - {condition: headache, note: none}\n"
    with pytest.raises(UserError, match="is under 'not-approved' and under 'risks'"):
        compile_folder(*folders(tmp_path, RECORD + clash))
    clash = "off-label:\n  - {condition: severe-acne, evidence: limited, note: none}\n"
    with pytest.raises(UserError, match="is under 'indications' and under 'off-label'"):
        compile_folder(*folders(tmp_path, RECORD + clash))


def test_an_unapproved_substance_has_no_indications(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has no indications"):
        compile_folder(*folders(tmp_path, RECORD.replace("kind: medicine", "kind: unapproved")))


def test_a_name_stands_in_one_record(tmp_path: Path) -> None:
    medicines, conditions = folders(tmp_path)
    other = RECORD.replace("examplol", "otherol")
    (medicines / "otherol.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(UserError, match="already names 'examplol'") as error:
        compile_folder(medicines, conditions)
    assert "otherol.yaml" in error.value.where


def test_a_look_alike_is_no_name(tmp_path: Path) -> None:
    text = RECORD.replace("  generic: examplol\n", "  generic: examplol\n  not-this: [Plol]\n")
    with pytest.raises(UserError, match="both a name and a look-alike"):
        compile_folder(*folders(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("parents: [acne]", "parents: [acme]", "unknown parent 'acme'"),
        ("parents: [acne]", "parents: [severe-acne]", "their own ancestors"),
        ("lay: [pimples]", "lay: [headache]", "names two conditions"),
        ("lay: [pimples]", "lay: [pimples, Pimples]", "the same name twice"),
        ("id: severe-acne", "id: acne", "defined twice"),
        ("id: severe-acne", "id: Severe Acne", "is no id"),
        ("about: for tests", "about: for tests\nnotes: x", "no key 'notes'"),
    ],
)
def test_conditions_that_cannot_be(tmp_path: Path, old: str, new: str, title: str) -> None:
    with pytest.raises(UserError) as error:
        compile_folder(*folders(tmp_path, conditions=CONDITIONS.replace(old, new)))
    assert title in error.value.title
    assert "all.yaml:" in error.value.where


def test_a_folder_on_top_of_compiled_data(tmp_path: Path) -> None:
    base = compile_folder(RULES / "medicines", RULES / "conditions")
    own = RECORD.replace("severe-acne", "rosacea").replace("Exam for severe acne", "Exam for rosacea")
    medicines, _ = folders(tmp_path, own)
    both = Formulary.from_data(compile_folder(medicines, tmp_path / "none", base))
    assert verdict("Exam", "rosacea", both).status == "labelled"
    assert verdict("Accutane", "rosacea", both).status == "off-label-supported"
    taken = own.replace("Plol", "Accutane")
    with pytest.raises(UserError, match="already names 'isotretinoin'"):
        compile_folder(folders(tmp_path, taken)[0], tmp_path / "none", base)


def test_records_survive_packing(formulary: Formulary) -> None:
    for medicine in formulary.medicines():
        data = json.loads(json.dumps(to_data(medicine)))
        assert from_data(Medicine, data) == medicine


def test_loading_takes_no_time() -> None:
    data = compile_folder(RULES / "medicines", RULES / "conditions")
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        formulary = Formulary.from_data(data)
        assert len(formulary.medicine_terms()) > 500
        assert len(formulary.condition_terms()) > 2000
        best = min(best, time.perf_counter() - start)
    assert best < 0.008


@pytest.mark.parametrize(("name", "schema"), [("medicine", medicine_schema()), ("condition", condition_schema())])
def test_the_schema_on_disk_is_current(name: str, schema: object) -> None:
    assert json.loads((RULES / "schema" / f"{name}.json").read_text(encoding="utf-8")) == schema


def test_shipped_files_fit_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    yaml = pytest.importorskip("yaml")
    for folder, schema in (("medicines", medicine_schema()), ("conditions", condition_schema())):
        validator = jsonschema.Draft202012Validator(schema)
        for path in sorted((RULES / folder).glob("*.yaml")):
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            assert [error.message for error in validator.iter_errors(data)] == [], path.name


BOXED_WITHOUT_CONDITION = frozenset(
    "cabotegravir clopidogrel disulfiram etonogestrel lenacapavir levothyroxine liothyronine lithium "
    "minoxidil nirmatrelvir-ritonavir omalizumab oxytocin-injection propranolol testosterone thyroid-desiccated".split()
)
"""Boxes on how the medicine is given, or on a harm that is no condition of ours."""


def test_every_record_is_about_something_and_says_where_from(formulary: Formulary) -> None:
    for path in (RULES / "medicines").glob("*.yaml"):
        medicine = formulary.medicine(path.stem)
        statuses = {example.status for example in medicine.examples}
        assert len(medicine.examples) >= 4, medicine.id
        assert "unknown" in statuses, medicine.id
        assert medicine.sources and medicine.supply and medicine.review.date, medicine.id
        assert medicine.indications or medicine.kind != "medicine", medicine.id
        assert bool(medicine.indications) == ("labelled" in statuses), medicine.id
        if medicine.boxed_warning:
            named = any(risk.role == "boxed-warning" for risk in medicine.risks)
            assert named != (medicine.id in BOXED_WITHOUT_CONDITION), medicine.id
