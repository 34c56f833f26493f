"""Labels from openFDA's download: read by pieces, kept as facts, compared with records. All labels are made up."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from healthlint.cli.main import main
from healthlint.errors import UserError
from healthlint.knowledge import load_language
from healthlint.label_reading import LabelReader, Uses
from healthlint.medicines import label_store, label_stream, openfda
from healthlint.medicines.formulary import Formulary
from healthlint.medicines.label_diff import Conflict, conflicts_of, matched
from healthlint.medicines.label_store import LabelStore, locked
from healthlint.medicines.label_stream import labels_in
from healthlint.medicines.labels import Label, label_of, line_of
from healthlint.medicines.openfda import Tally, import_labels
from healthlint.rules.pack import load_pack


def raw(
    set_id: str = "s1",
    name: str = "isotretinoin",
    brand: str = "Zeltra",
    *,
    date: str = "20260301",
    uses: str = "1 INDICATIONS AND USAGE Zeltra is indicated for severe nodular acne.",
    version: str = "3",
    box: str = "",
    bars: str = "",
    **openfda: list[Any],
) -> dict[str, Any]:
    """A label in the form of the download."""
    sections = {"indications_and_usage": uses, "boxed_warning": box, "contraindications": bars}
    return {
        "spl_product_data_elements": ['Zeltra "capsules" {10 mg} [box]\\'],
        **{key: [text] for key, text in sections.items() if text},
        "set_id": set_id,
        "id": f"{set_id}-{version}",
        "effective_time": date,
        "version": version,
        "openfda": {
            "generic_name": [name.upper()],
            "brand_name": [brand],
            "substance_name": [name.upper()],
            "route": ["ORAL"],
            "product_type": ["HUMAN PRESCRIPTION DRUG"],
            "application_number": ["NDA000001"],
            **openfda,
        },
    }


def download(*labels: dict[str, Any], indent: int | None = 2) -> str:
    meta = {"last_updated": "2026-11-01", "results": {"skip": 0, "limit": len(labels), "total": len(labels)}}
    return json.dumps({"meta": meta, "results": list(labels)}, indent=indent) + "\n"


def zipped(path: Path, text: str, member: str = "drug-label-0001-of-0001.json") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, text)
    return path


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def texts(path: Path) -> list[Any]:
    return [json.loads(text) for text in labels_in(str(path), lambda count: None)]


@pytest.fixture(scope="module")
def reader() -> LabelReader:
    return LabelReader(load_language(load_pack().language))


@pytest.fixture
def store(tmp_path: Path) -> LabelStore:
    return LabelStore.load(str(tmp_path / "store"))


def imported(store: LabelStore, reader: LabelReader, *paths: Path, rules: str = "r1") -> Tally:
    return import_labels([str(path) for path in paths], store, reader, rules, lambda done, total: None)


def again(store: LabelStore) -> LabelStore:
    return LabelStore.load(store.folder)


# --- the stream ---


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("chunk", [1, 7, 1 << 20])
def test_labels_come_one_by_one_wherever_the_chunks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, indent: int | None
) -> None:
    monkeypatch.setattr(label_stream, "CHUNK", chunk)
    labels = [raw("a", brand='Zel"tra\\'), raw("b", brand="Zéltra ✓ {["), raw("c", brand="]}")]
    text = download(*labels, indent=indent)
    assert texts(written(tmp_path / "a.json", text)) == labels
    assert texts(zipped(tmp_path / "a.zip", text)) == labels
    assert texts(written(tmp_path / "bom.json", "\ufeff" + text)) == labels


def test_little_is_held_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_stream, "CHUNK", 1000)
    monkeypatch.setattr(label_stream, "MOST_CHARACTERS", 3000)
    path = written(tmp_path / "many.json", download(*(raw(f"s{i}") for i in range(300))))
    assert path.stat().st_size > 100_000
    assert len(texts(path)) == 300


def test_a_list_of_results_elsewhere_is_not_the_one(tmp_path: Path) -> None:
    text = '{"note": "results", "meta": {"results": [{"set_id": "no"}]}, "results": [{"set_id": "yes"}], "more": []}'
    assert texts(written(tmp_path / "a.json", text)) == [{"set_id": "yes"}]


TWO = download(raw("a"), raw("b"))


@pytest.mark.parametrize(
    ("text", "told", "before"),
    [
        (TWO[: TWO.rindex("set_id")], "ends in the middle, after label 1", 1),
        (TWO[: TWO.index("set_id")], "ends in the middle, before the first label", 0),
        ('{"results": [{"set_id": "a"}, {"set_id": "b"}]', "ends in the middle, after label 2", 2),
        ('{"results": [{"set_id": "a"}, {"set_id": "b"}]} }', "has a bracket too many after label 2", 2),
        ('{"results": [{"set_id": "a"} {"set_id": "b"}]}', "is damaged after label 1", 1),
        ('{"results": [{"set_id": "a"}, oops, {"set_id": "b"}]}', "is damaged after label 1", 1),
        ('{"results": [{"set_id": "a"}, ]}', "is damaged after label 1", 1),
        ('{"error": {"code": "NOT_FOUND"}}', "holds no labels", 0),
        ("[1, 2]", "is not the JSON of a label download", 0),
        ("<html>404</html>", "is not the JSON of a label download", 0),
        ("", "ends in the middle", 0),
    ],
)
def test_damaged_json(tmp_path: Path, text: str, told: str, before: int) -> None:
    path = written(tmp_path / "a.json", text)
    found: list[str] = []
    with pytest.raises(UserError, match=told) as error:
        found.extend(labels_in(str(path), lambda count: None))
    assert (error.value.where, len(found)) == (str(path), before)


def test_what_never_ends_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_stream, "CHUNK", 100)
    monkeypatch.setattr(label_stream, "MOST_CHARACTERS", 1000)
    path = written(tmp_path / "a.json", '{"results": [{"a": "' + "x" * 5000)
    with pytest.raises(UserError, match="has no end"):
        texts(path)


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"results": [{"a": "\xff\xfe"}]}')
    with pytest.raises(UserError, match="is not UTF-8 text"):
        texts(path)


def test_damaged_archives(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", download(*(raw(f"s{i}") for i in range(50)))).read_bytes()
    cut, bent = tmp_path / "cut.zip", tmp_path / "bent.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    bent.write_bytes(whole[:400] + bytes(255 - byte for byte in whole[400:420]) + whole[420:])
    for path in (cut, bent):
        with pytest.raises(UserError, match="is a damaged archive"):
            texts(path)
    with pytest.raises(UserError, match="without a JSON file"):
        texts(zipped(tmp_path / "other.zip", "x", "readme.txt"))


# --- the facts ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1 INDICATIONS AND USAGE 1.1 Plaque Psoriasis Zeltra is indicated for the treatment of moderate to severe "
            "plaque psoriasis in adults (1.1). 1.2 Gout Zeltra is indicated for adults with gout. Limitations of Use: "
            "Zeltra is not recommended for the treatment of ulcerative colitis.",
            Uses(("plaque-psoriasis", "gout"), (), ("ulcerative-colitis",)),
        ),
        (
            "Zeltra is indicated as an adjunct to diet and exercise to improve glycemic control in adults with type 2 "
            "diabetes mellitus. Limitations of Use Not for treatment of type 1 diabetes mellitus.",
            Uses(("type-2-diabetes-mellitus",), (), ("type-1-diabetes-mellitus",)),
        ),
        ("Zeltra is not indicated for psoriasis.", Uses((), (), ("psoriasis",))),
        (
            "Zeltra is indicated for the treatment of hypertension. Lowering blood pressure reduces the risk of "
            "strokes and heart attacks.",
            Uses(("hypertension",)),
        ),
        (
            "Zeltra is indicated to treat itching in adult patients with atopic dermatitis.",
            Uses(("pruritus",), ("atopic-dermatitis",)),
        ),
        ("Zeltra is indicated for: • Gout • Rosacea in adults", Uses(("gout", "rosacea"))),
        ("Uses temporarily relieves: • headache • fever", Uses(("headache", "fever"))),
        (
            "Zeltra is indicated for pulmonary embolism (PE). Zeltra prevents PE.",
            Uses(("venous-thromboembolism",)),
        ),
        ("Because of the risk of gout, the physician should consider other medicines first.", Uses()),
        ("", Uses()),
    ],
)
def test_uses(reader: LabelReader, text: str, expected: Uses) -> None:
    assert reader.uses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 CONTRAINDICATIONS Zeltra is contraindicated in epilepsy and glaucoma.", ("epilepsy", "glaucoma")),
        ("4 CONTRAINDICATIONS • Pregnancy [see Warnings (5.1)] • Gout", ("pregnancy", "gout")),
        ("Hypersensitivity to zeltraxin (such as anaphylaxis)", ()),
        ("Use with nitrates is contraindicated because of the risk of hypotension.", ()),
        ("There are no known contraindications, not even gout.", ()),
        ("None.", ()),
    ],
)
def test_contraindications(reader: LabelReader, text: str, expected: tuple[str, ...]) -> None:
    assert reader.contraindications(text) == expected


def test_facts_and_no_text(tmp_path: Path, store: LabelStore, reader: LabelReader) -> None:
    label = raw(
        box="WARNING: BIRTH DEFECTS Never in pregnancy.", bars="Pregnancy", is_original_packager=[True], route=["ORAL"]
    )
    imported(store, reader, written(tmp_path / "part.json", download(label)))
    kept = Label(
        set_id="s1", effective="2026-03-01", version=3, kind="prescription", original=True, generics=("ISOTRETINOIN",),
        brands=("Zeltra",), substances=("ISOTRETINOIN",), routes=("ORAL",), applications=("NDA000001",),
        source="part.json", uses=("severe-recalcitrant-nodular-acne",), boxed_warning=True,
        contraindications=("pregnancy",),
    )  # fmt: skip
    assert list(again(store)) == [kept]
    assert "Never" not in Path(store.path).read_text() and "indicated" not in Path(store.path).read_text()


@pytest.mark.parametrize(
    ("box", "kind", "expected"),
    [
        ("WARNING: LIVER FAILURE", "HUMAN PRESCRIPTION DRUG", True),
        ("Warning: For external use only.", "HUMAN PRESCRIPTION DRUG", False),
        ("WARNING: LIVER FAILURE", "HUMAN OTC DRUG", False),
        ("", "HUMAN PRESCRIPTION DRUG", False),
    ],
)
def test_a_boxed_warning_is_a_prescription_labels(
    tmp_path: Path, store: LabelStore, reader: LabelReader, box: str, kind: str, expected: bool
) -> None:
    imported(store, reader, written(tmp_path / "a.json", download(raw(box=box, product_type=[kind]))))
    assert [label.boxed_warning for label in store] == [expected]


def test_labels_that_are_left_out(tmp_path: Path, store: LabelStore, reader: LabelReader) -> None:
    homeopathic = raw("h", product_type=["HUMAN OTC DRUG"], application_number=[])
    odd: list[Any] = [{"set_id": "x", "openfda": {}}, {"openfda": None}, {}, {**raw("y"), "set_id": ""}]
    tally = imported(store, reader, written(tmp_path / "a.json", download(homeopathic, *odd, raw("kept"))))
    assert (tally.read, tally.unapproved, tally.nameless, tally.added) == (6, 1, 4, 1)
    assert [label.set_id for label in store] == ["kept"]


def test_odd_values_do_no_harm(tmp_path: Path, store: LabelStore, reader: LabelReader) -> None:
    label = raw(date="soon", version="x", brand="Zel\ud800tra\n\x1b[31m")
    label["indications_and_usage"] = "indicated for gout"
    label["contraindications"] = {"a": 1}
    imported(store, reader, written(tmp_path / "a.json", download(label)))
    (kept,) = again(store)
    assert (kept.effective, kept.version, kept.uses, kept.contraindications) == ("", 0, ("gout",), ())
    assert kept.brands == ("Zel?tra \x1b[31m",)


# --- which label is kept ---


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (raw("new", date="20260301"), raw("old", date="20250301")),
        (raw("maker", date="20250301", is_original_packager=[True]), raw("repacked", date="20260301")),
        (raw("s1", version="4"), raw("s1", version="3")),
        (raw("s1", brand="Zeltra New", date="20260301"), raw("s1", date="20250301")),
        (raw("new", brand="ZELTRA"), raw("old", brand="Zeltra", date="20250301")),
    ],
)
def test_the_better_of_two_labels_stays(
    tmp_path: Path, store: LabelStore, reader: LabelReader, better: dict[str, Any], worse: dict[str, Any], turned: bool
) -> None:
    labels = [worse, better] if turned else [better, worse]
    imported(store, reader, written(tmp_path / "a.json", download(*labels)))
    (kept,) = again(store)
    assert (kept.set_id, kept.version, kept.brands) == (
        better["set_id"], int(better["version"]), tuple(better["openfda"]["brand_name"]),
    )  # fmt: skip


def test_brands_and_mixtures_are_kept_apart(tmp_path: Path, store: LabelStore, reader: LabelReader) -> None:
    both = raw("mix", substance_name=["ISOTRETINOIN", "ZINC"])
    imported(store, reader, written(tmp_path / "a.json", download(raw("a"), raw("b", brand="Other"), both)))
    assert {label.set_id for label in store} == {"a", "b", "mix"}


def test_the_same_label_again_replaces_itself(tmp_path: Path, store: LabelStore, reader: LabelReader) -> None:
    imported(store, reader, written(tmp_path / "a.json", download(raw(uses="indicated for gout"))))
    tally = imported(store, reader, written(tmp_path / "b.json", download(raw(uses="indicated for rosacea"))))
    assert (tally.added, tally.replaced) == (0, 1)
    assert [label.uses for label in again(store)] == [("rosacea",)]


# --- interruption and resumption ---


class Interrupting:
    """Reads labels until it is asked for one too many."""

    def __init__(self, reader: LabelReader, allowed: int) -> None:
        self._reader, self._left = reader, allowed

    def uses(self, text: str) -> Uses:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        return self._reader.uses(text)

    def contraindications(self, text: str) -> tuple[str, ...]:
        return self._reader.contraindications(text)


def test_an_interrupted_import_goes_on_where_it_stopped(tmp_path: Path, store: LabelStore, reader: LabelReader) -> None:
    path = zipped(tmp_path / "a.zip", download(*(raw(f"s{i}", brand=f"Brand {i}") for i in range(5))))
    with pytest.raises(KeyboardInterrupt):
        import_labels([str(path)], store, Interrupting(reader, 3), "r1", lambda done, total: None)
    found = again(store)
    assert {label.set_id for label in found} == {"s0", "s1", "s2"}
    tally = imported(found, reader, path)
    assert (tally.read, tally.added) == (2, 2)
    assert len(again(store)) == 5
    assert imported(again(store), reader, path) == Tally(files_done_before=1)


def test_a_file_that_changed_and_rules_that_changed_are_read_again(
    tmp_path: Path, store: LabelStore, reader: LabelReader
) -> None:
    path = written(tmp_path / "a.json", download(raw()))
    assert imported(store, reader, path).read == 1
    assert imported(store, reader, path).read == 0
    assert imported(store, reader, path, rules="r2").read == 1
    assert "r1" not in (Path(store.folder) / "openfda-progress.json").read_text()
    written(path, download(raw(), raw("s2", brand="Two")))
    assert imported(store, reader, path, rules="r2").read == 2


def test_long_runs_save_on_the_way(
    tmp_path: Path, store: LabelStore, reader: LabelReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openfda, "SECONDS_BETWEEN_SAVES", -1.0)
    saved: list[int] = []
    save = LabelStore.save

    def counting(self: LabelStore) -> None:
        saved.append(len(self))
        save(self)

    monkeypatch.setattr(LabelStore, "save", counting)
    imported(store, reader, written(tmp_path / "a.json", download(raw("a"), raw("b", brand="Two"))))
    assert saved == [1, 2, 2]


def test_damage_leaves_what_was_read_and_the_next_file_is_read(
    tmp_path: Path, store: LabelStore, reader: LabelReader
) -> None:
    damaged = written(tmp_path / "a.json", download(raw("a"), raw("b", brand="Two"))[:-700])
    whole = written(tmp_path / "b.json", download(raw("c", brand="Three")))
    invalid = written(tmp_path / "c.json", '{"results": [{"set_id": "d", }]}')
    tally = imported(store, reader, damaged, tmp_path / "none.json", whole, invalid)
    assert [str(error.where).rpartition("/")[2] for error in tally.errors] == ["none.json", "a.json", "c.json"]
    assert "label 1 is not valid JSON" in str(tally.errors[2])
    assert {label.set_id for label in again(store)} == {"a", "c"}


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, store: LabelStore, reader: LabelReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(store, reader, written(tmp_path / "a.json", download(raw("a"))))
    before = Path(store.path).read_text()

    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(label_store.os, "replace", full)
    tally = imported(store, reader, written(tmp_path / "b.json", download(raw("b", brand="Two"))))
    assert "cannot be written: No space left on device" in str(tally.errors[0])
    assert Path(store.path).read_text() == before
    assert not list(Path(store.folder).glob("*.new"))


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"set_id": "a"}', None])
def test_a_damaged_store_is_told(store: LabelStore, line: str | None) -> None:
    bad = line if line is not None else line_of(_label()).replace('"routes":[]', '"routes":[1]')
    Path(store.folder).mkdir()
    Path(store.path).write_text(f"{line_of(_label())}\n{bad}\n")
    with pytest.raises(UserError, match="is no label") as error:
        again(store)
    assert error.value.where.endswith("openfda-labels.jsonl:2")


def test_a_damaged_progress_is_told(store: LabelStore) -> None:
    Path(store.folder).mkdir()
    (Path(store.folder) / "openfda-progress.json").write_text("{}")
    with pytest.raises(UserError, match="does not say how far"):
        again(store)


def test_one_import_at_a_time(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with locked(str(tmp_path)), pytest.raises(UserError, match="another import is running"), locked(str(tmp_path)):
        pass
    with locked(str(tmp_path)):
        pass


# --- the difference ---


def _label(**fields: Any) -> Label:
    data: dict[str, Any] = {
        "set_id": "s1", "effective": "2026-03-01", "version": 1, "kind": "prescription", "original": True,
        "generics": ("SEMAGLUTIDE",), "brands": ("Ozempic",), "substances": ("SEMAGLUTIDE",), "routes": (),
        "applications": ("NDA1",), "source": "a.json",
    }  # fmt: skip
    return Label(**{**data, **fields})


def test_a_line_reads_back() -> None:
    label = _label(uses=("gout",), boxed_warning=True)
    assert label_of(line_of(label)) == label


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "semaglutide"),
        ({"generics": ("METFORMIN HYDROCHLORIDE",), "substances": ("METFORMIN HYDROCHLORIDE",)}, "metformin"),
        ({"generics": ("ZELTRAXIN",), "substances": ("ZELTRAXIN SODIUM",)}, "semaglutide"),  # by its brand
        ({"generics": ("ZELTRAXIN",), "substances": ("ZELTRAXIN",), "brands": ("Zeltra",)}, None),
        (
            {
                "generics": ("NALTREXONE HYDROCHLORIDE AND BUPROPION HYDROCHLORIDE",),
                "substances": ("BUPROPION HYDROCHLORIDE", "NALTREXONE HYDROCHLORIDE"),
                "brands": ("Zeltra",),
            },
            "naltrexone-bupropion",
        ),
        ({"substances": ("METFORMIN", "ZELTRAXIN"), "generics": ("METFORMIN AND ZELTRAXIN",), "brands": ()}, None),
    ],
)
def test_labels_find_their_record(formulary: Formulary, fields: dict[str, Any], expected: str | None) -> None:
    found = matched([_label(**fields)], formulary)
    assert (next(iter(found.by_medicine), None), found.without_record) == (expected, int(expected is None))


def _conflicts(formulary: Formulary, medicine_id: str, *labels: Label) -> list[tuple[str, str]]:
    found = conflicts_of(formulary.medicine(medicine_id), list(labels), formulary)
    return [(conflict.kind, conflict.condition_id) for conflict in found]


def _agreeing(formulary: Formulary, brand: str) -> Label:
    """A label that says what the record says of the brand."""
    uses = [
        use.condition
        for use in formulary.medicine("semaglutide").indications
        if "US" in use.jurisdictions and (not use.products or brand in use.products)
    ]
    return _label(brands=(brand,), set_id=brand, uses=tuple(uses), boxed_warning=True)


def test_no_conflict_where_label_and_record_agree(formulary: Formulary) -> None:
    assert _conflicts(formulary, "semaglutide", _agreeing(formulary, "Ozempic"), _agreeing(formulary, "Wegovy")) == []


def test_a_use_of_another_brand_is_a_conflict(formulary: Formulary) -> None:
    ozempic = _agreeing(formulary, "Ozempic")
    wider = ozempic._replace(uses=(*ozempic.uses, "obesity"))
    (conflict,) = conflicts_of(formulary.medicine("semaglutide"), [wider], formulary)
    assert (conflict.kind, conflict.condition_id, conflict.label) == ("use-not-in-record", "obesity", "Ozempic")
    assert "Wegovy" in conflict.record
    assert _conflicts(formulary, "semaglutide", wider._replace(brands=("Semaglutide",))) == []


def test_what_the_record_says_of_the_use_is_told(formulary: Formulary) -> None:
    def said(medicine_id: str, condition: str) -> str:
        label = _label(generics=(), substances=(), brands=(), uses=(condition,), applications=("ANDA1",))
        found: Iterator[Conflict] = conflicts_of(formulary.medicine(medicine_id), [label], formulary)
        return next(conflict.record for conflict in found if conflict.kind == "use-not-in-record")

    assert said("metoclopramide", "hiccups") == "off-label, limited"
    assert said("metoclopramide", "vertigo") == "not approved"
    assert said("metoclopramide", "tardive-dyskinesia") == "a harm"
    assert said("metoclopramide", "migraine") == "a use of UK only"
    assert said("metoclopramide", "gout") == "nothing"


def test_uses_that_no_label_names(formulary: Formulary) -> None:
    label = _label(brands=("Reglan",), uses=("gastroparesis",), boxed_warning=True)
    assert ("use-not-on-labels", "gastroesophageal-reflux-disease") in _conflicts(formulary, "metoclopramide", label)
    named = label._replace(context=("gastroesophageal-reflux-disease",))
    assert ("use-not-on-labels", "gastroesophageal-reflux-disease") not in _conflicts(
        formulary, "metoclopramide", named
    )
    refused = label._replace(not_for=("gastroesophageal-reflux-disease",))
    assert ("use-ruled-out", "gastroesophageal-reflux-disease") in _conflicts(formulary, "metoclopramide", refused)
    copy = label._replace(applications=("ANDA070000",))
    assert _conflicts(formulary, "metoclopramide", copy) == []
    assert _conflicts(formulary, "metoclopramide", label._replace(uses=())) == []


def test_boxes_that_only_one_side_has(formulary: Formulary) -> None:
    without = _label(uses=(), boxed_warning=False)
    assert _conflicts(formulary, "metoclopramide", without) == [("box-not-on-labels", "")]
    assert _conflicts(formulary, "metoclopramide", without, without._replace(boxed_warning=True)) == []
    assert _conflicts(formulary, "metoclopramide", without._replace(kind="otc")) == []
    assert formulary.medicine("famotidine").boxed_warning is None
    assert _conflicts(formulary, "famotidine", without._replace(boxed_warning=True)) == [("box-not-in-record", "")]


def test_conditions_that_are_no_more_are_passed_over(formulary: Formulary) -> None:
    label = _label(uses=("gone-from-the-rules",), applications=("ANDA1",), boxed_warning=True)
    assert _conflicts(formulary, "metoclopramide", label) == []


# --- the commands ---


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    zipped(tmp_path / "a.zip", download(raw(brand="Accutane", uses="Accutane is indicated for gout.", box="WARNING")))
    written(tmp_path / "b.json", download(raw("z", "zeltraxin"))[:-500])

    assert main(["medicines", "diff"]) == 2
    assert "no labels were imported" in capsys.readouterr().err

    assert main(["medicines", "import", "openfda", "a.zip", "b.json"]) == 2
    told = capsys.readouterr()
    assert "1 label read: 1 added" in told.out
    assert "error: b.json: ends in the middle" in told.err and "\r" not in told.err
    assert (tmp_path / "data/healthlint/openfda-labels.jsonl").is_file()

    assert main(["medicines", "import", "openfda", "a.zip"]) == 0
    assert "1 file read before, and not again" in capsys.readouterr().out

    assert main(["medicines", "diff", "accutane"]) == 1
    shown = capsys.readouterr().out
    assert re.search(r"isotretinoin +gout +Accutane, 2026-03-01 +nothing", shown)
    assert main(["medicines", "diff", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert {"use-not-in-record"} <= {conflict["kind"] for conflict in report["conflicts"]}
    assert (report["labels"], report["medicines"]) == (1, 1)
    assert main(["medicines", "diff", "metformin"]) == 0
    assert main(["medicines", "diff", "metfornin"]) == 2
    assert "did you mean 'metformin'?" in capsys.readouterr().err


def test_interrupted_at_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "a.json", download(raw("a"), raw("b", brand="Two")))
    calls: list[str] = []

    def stops(self: LabelReader, text: str) -> Uses:
        calls.append(text)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return Uses()

    with monkeypatch.context() as patched:
        patched.setattr(LabelReader, "uses", stops)
        assert main(["medicines", "import", "openfda", str(path), "--to", str(tmp_path / "to")]) == 130
    assert "1 label is kept" in capsys.readouterr().err
    assert main(["medicines", "import", "openfda", str(path), "--to", str(tmp_path / "to")]) == 0
    assert "1 label read: 1 added" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["import"], ["import", "openfda"], ["import", "elsewhere", "a.zip"]])
def test_what_is_missing_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["medicines", *words]) == 2
    assert "healthlint: error:" in capsys.readouterr().err


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["medicines", "verdict", *words, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_label_answers_for_a_medicine_without_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    moonine = raw(
        "m1", "moonine", "Lunexa",
        uses="Lunexa is indicated for plaque psoriasis. It is not indicated for asthma.",
        bars="Lunexa is contraindicated in patients with glaucoma.",
    )  # fmt: skip
    isotretinoin = raw("s1", uses="Zeltra is indicated for asthma.")
    path = written(tmp_path / "labels.json", download(moonine, isotretinoin))
    assert told(capsys, "Lunexa", "plaque psoriasis")["status"] == "unknown"
    assert main(["medicines", "import", "openfda", str(path)]) == 0
    labelled = told(capsys, "Lunexa", "plaque psoriasis")
    assert (labelled["status"], labelled["brand"]) == ("labelled", "Lunexa")
    assert labelled["source"] == "imported US label m1, 2026-03-01"
    statuses = {
        words: told(capsys, "moonine", words)["status"] for words in ("psoriasis", "asthma", "glaucoma", "gout")
    }
    assert statuses == {
        "psoriasis": "labelled-broadened", "asthma": "no-evidence", "glaucoma": "contraindicated", "gout": "unknown",
    }  # fmt: skip
    assert told(capsys, "moonine", "plaque psoriasis", "--profile", "uk")["status"] == "unknown"
    assert told(capsys, "isotretinoin", "asthma")["status"] == "unknown"
