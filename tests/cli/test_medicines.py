"""`healthlint medicines` end to end: search, show, verdict, test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_support import SOURCE, Cli, Put

STATUSES = {
    "labelled", "labelled-broadened", "off-label-supported", "off-label-limited", "no-evidence", "adverse-reaction",
    "contraindicated", "other-brand", "other-country", "unknown",
}  # fmt: skip

CONDITIONS = """\
schema: 1
about: conditions of the house
conditions:
  - {id: elbow-rash, name: elbow rash, lay: [rash on the elbows], abbreviations: [EBR]}
"""

RECORD = """\
schema: 1
id: zeltraxin
name: zeltraxin
kind: medicine
classes: [example]
names:
  generic: zeltraxin
  brands:
    UK: {marketed: [Zeltra], discontinued: [Zeltrol]}
supply:
  UK: {status: prescription, public-advertising: prohibited}
indications:
  - condition: psoriasis
    lay: moderate to severe plaque psoriasis in adults
    jurisdictions: [UK]
    severity: [moderate, severe]
    products: [Zeltra]
not-approved:
  - {condition: elbow-rash, note: no studies}
risks:
  - {condition: headache, role: adverse-reaction}
sources:
  - {kind: uk-smpc, title: "UK SmPC: Zeltra"}
review: {status: reviewed, by: A. Pharmacist, date: "2031-01-02"}
examples:
  - {claim: Zeltra for psoriasis, severity: severe, status: labelled}
  - {claim: zeltraxin for elbow rash, status: no-evidence}
  - {claim: zeltraxin for gout, status: unknown}
"""


@pytest.fixture(autouse=True)
def no_imported_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def shared_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one record and one condition, compiled once."""
    folder = tmp_path_factory.mktemp("records")
    for path, text in (("medicines/zeltraxin.yaml", RECORD), ("conditions/own.yaml", CONDITIONS)):
        (folder / path).parent.mkdir()
        (folder / path).write_text(text)
    return folder


@pytest.fixture
def own(put: Put, shared_records: Path) -> Path:
    """A configuration that names the folder of records."""
    return put(".healthlint.yaml", f"rules: ['{shared_records.as_posix()}']\n")


def judged(cli: Cli, *args: str) -> dict[str, Any]:
    ran = cli("medicines", "verdict", *args, "--format", "json")
    assert ran.status == 0
    return dict(json.loads(ran.out))


def column(table: str, number: int) -> list[str]:
    """The cells of one column, by the places of the headings."""
    head, *rows = table.splitlines()
    starts = [head.index(name) for name in ("name", "kind", "labelled for", "brands")]
    end = starts[number + 1] if number < 3 else None
    return [row[starts[number] : end].strip() for row in rows]


def test_search_by_name_brand_and_misspelling(cli: Cli) -> None:
    for words in ("isotretinoin", "Accutane", "roaccutane", "accutaine"):
        table = cli("medicines", words).out
        assert column(table, 0)[0] == "isotretinoin", words
        assert column(table, 1)[0] == "medicine"
    assert column(cli("medicines", "Amnesteem").out, 3)[0].startswith("Amnesteem, Absorica")


def test_search_by_condition(cli: Cli) -> None:
    found = json.loads(cli("medicines", "plaque psoriasis", "--format", "json").out)
    ids = {row["id"] for row in found["medicines"]}
    assert {"adalimumab", "ixekizumab"} <= ids
    assert not {"isotretinoin", "semaglutide"} & ids
    ixekizumab = next(row for row in found["medicines"] if row["id"] == "ixekizumab")
    assert ixekizumab["labelled"][0].startswith("plaque psoriasis")
    assert set(found["knowledge"]) == {"version", "date", "records"}


def test_search_for_words_that_fit_one_by_one(cli: Cli) -> None:
    assert column(cli("medicines", "semaglutide", "diabetes").out, 0) == ["semaglutide"]


@pytest.mark.parametrize(
    "words",
    [
        "stroke prevention",
        "reduce the risk of stroke",
        "reducing stroke risk",
        "prevention of stroke",
        "risk of strokes",
    ],
)
def test_an_event_is_found_under_its_prevention(cli: Cli, words: str) -> None:
    assert judged(cli, "apixaban", words)["condition_id"] == "stroke"


@pytest.mark.parametrize("words", ["treatment of gout", "acute gout", "symptoms of gout"])
def test_a_condition_is_found_under_its_treatment(cli: Cli, words: str) -> None:
    assert judged(cli, "colchicine", words)["status"] == "labelled"


@pytest.mark.parametrize("words", ["asthma prevention", "prevention of type 1 diabetes", "risk of gout"])
def test_prevention_of_other_conditions_is_not_their_treatment(cli: Cli, words: str) -> None:
    assert judged(cli, "prednisone", words)["condition_id"] == ""


def test_prevention_of_migraine_is_another_use_than_an_attack(cli: Cli) -> None:
    assert judged(cli, "sumatriptan", "migraine prevention")["status"] == "no-evidence"
    assert judged(cli, "topiramate", "migraine prevention")["status"] == "labelled"
    assert judged(cli, "topiramate", "acute migraine")["status"] == "no-evidence"


def test_the_table_is_neat(cli: Cli) -> None:
    lines = cli("medicines").out.splitlines()
    assert lines[0].split() == ["name", "kind", "labelled", "for", "brands"]
    assert len(lines) > 345
    assert max(map(len, lines)) <= 100
    names = column("\n".join(lines), 0)
    assert names == sorted(names, key=str.lower)
    assert set(column("\n".join(lines), 1)) == {"medicine", "supplement", "unapproved"}


def test_search_without_a_hit(cli: Cli) -> None:
    ran = cli("medicines", "isotretinoinn")
    assert (ran.status, ran.out) == (0, "")
    assert "no record has 'isotretinoinn' (did you mean 'isotretinoin'?)" in ran.err
    assert "did you mean 'medicines show'?" in cli("medicines", "shwo", "isotretinoin").err
    assert json.loads(cli("medicines", "qqqq", "--format", "json").out)["medicines"] == []


def test_show(cli: Cli) -> None:
    ran = cli("medicines", "show", "Accutane")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("isotretinoin\n\nYou asked for Accutane (sold in CA; discontinued in US).\n")
    for part in (
        "\nNames\n-----\n",
        "; discontinued: Accutane,\n",
        "\nUK  on prescription; no advertising to the public",
        "\nUS\n- severe nodular acne that antibiotics and creams have not cleared\n  severe; from 12 years; ",
        "  wider than the label: acne\n",
        "\nBoxed warning (US, CA)\n",
        "\nAn article must mention:\n- Isotretinoin can cause severe birth defects",
        "\nMust not be used\n----------------\n- pregnancy\n",
        "\nboxed warning  birth defects, miscarriage, ",
        "\n- rosacea (supported): low doses",
        "[Gollnick 2010, J Dtsch Dermatol Ges 8:505;",
        "\n- dandruff: no studies of dandruff;",
        "\n- UK SmPC: Roaccutane capsules (UK label)\n",
        "\nA draft: not yet checked by a clinician or pharmacist.\n",
    ):
        assert part in ran.out, part
    assert max(map(len, ran.out.splitlines())) <= 100
    assert ran.out.count("\n- pregnancy\n") == 1


def test_show_as_json(cli: Cli) -> None:
    shown = json.loads(cli("medicines", "show", "Accutane", "--format", "json").out)
    assert list(shown) == ["schema_version", "knowledge", "brand", "record"]
    assert shown["brand"] == "Accutane"
    assert shown["record"]["id"] == "isotretinoin"
    assert shown["record"]["boxed-warning"]["jurisdictions"] == ["US", "CA"]


def test_every_kind_of_record_can_be_shown(cli: Cli) -> None:
    assert "\nnone\n" in cli("medicines", "show", "BPC-157").out
    assert "unapproved substance" in cli("medicines", "show", "BPC-157").out
    assert " only)" in cli("medicines", "show", "semaglutide").out
    assert "supplement – " in cli("medicines", "show", "ashwagandha").out


@pytest.mark.parametrize(
    ("args", "title", "hint"),
    [
        (["show"], "which medicine to show is not told", "medicines show isotretinoin"),
        (["show", "isotretinoinn"], "no medicine is known as 'isotretinoinn'", "did you mean 'isotretinoin'?"),
        (["verdict", "Accutane"], "a verdict wants a medicine and a condition", "verdict Accutane psoriasis"),
        (["verdict", "a", "b", "--profile", "usa"], "unknown profile 'usa'", "did you mean 'us'?"),
        (["verdict", "a", "b", "--severity", "servere"], "unknown severity 'servere'", "did you mean 'severe'?"),
        (["show", "x", "--config", "none.yaml"], "no such configuration file", "check the path"),
        (["test", "nowhere"], "no such folder of records", "medicines/"),
        (["verdict", "a", "b", "--formt", "json"], "unknown option '--formt'", "did you mean '--format'?"),
    ],
)  # fmt: skip
def test_what_cannot_be_done(cli: Cli, args: list[str], title: str, hint: str) -> None:
    ran = cli("medicines", *args)
    assert (ran.status, ran.out) == (2, "")
    assert title in ran.err
    assert hint in ran.err


def test_verdict_tells_why(cli: Cli) -> None:
    ran = cli("medicines", "verdict", "Ozempic", "weight loss", "--profile", "us")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        "Ozempic for weight loss: other-brand\non the label of another product of the substance\n\n"
    )
    facts = {line[:16].strip(): line[16:] for line in ran.out.splitlines()[3:] if line[:1] != " "}
    assert facts["medicine"] == "semaglutide (Ozempic)"
    assert facts["condition"] == "obesity"
    assert facts["labels of"] == "US"
    assert facts["labelled for"].startswith("type 2 diabetes;")
    assert facts["the label says"].startswith("weight management")
    assert facts["note"].startswith("approved as Wegovy")
    assert facts["source"] == "US labels: Ozempic, Rybelsus, Wegovy"
    assert facts["record"].startswith("draft of ")


def test_verdict_as_json(cli: Cli) -> None:
    said = judged(cli, "Accutane", "psoriasis", "--profile", "us,uk")
    assert said["status"] == "off-label-limited"
    assert (said["medicine"], said["brand"], said["medicine_id"]) == ("Accutane", "Accutane", "isotretinoin")
    assert (said["condition"], said["condition_id"], said["severity"]) == ("psoriasis", "psoriasis", None)
    assert said["profiles"] == ["us", "uk"]
    assert said["labelled"].startswith("severe nodular acne")
    assert "acitretin" in said["note"]
    assert said["source"].startswith("Chu 2021")
    assert said["asked"] == {"medicine": "Accutane", "condition": "psoriasis"}
    version = cli("--version").out
    assert said["knowledge"]["version"] in version
    assert f"medicines {said['knowledge']['date']}, {said['knowledge']['records']} records" in version


@pytest.mark.parametrize(
    ("name", "words", "options", "status"),
    [
        ("isotretinoin", "severe nodular acne", (), "labelled"),
        ("isotretinoin", "acne", (), "labelled-broadened"),
        ("isotretinoin", "rosacea", (), "off-label-supported"),
        ("isotretinoin", "dandruff", (), "no-evidence"),
        ("isotretinoin", "high triglycerides", (), "adverse-reaction"),
        ("isotretinoin", "birth control", (), "contraindicated"),
        ("Wegovy", "MASH", ("--profile", "au"), "other-country"),
        ("isotretinoin", "gout", (), "unknown"),
        ("isotretinoin", "acne", ("--severity", "severe"), "labelled"),
        ("adalimumab", "mild plaque psoriasis", (), "labelled-broadened"),
        ("adalimumab", "Severe plaque-psoriasis", (), "labelled"),
        ("adalimumab", "moderate-to-severe plaque psoriasis", (), "labelled"),
        ("Adderall", "adhd", (), "labelled"),
    ],
)  # fmt: skip
def test_verdicts(cli: Cli, name: str, words: str, options: tuple[str, ...], status: str) -> None:
    assert status in STATUSES
    assert judged(cli, name, words, *options)["status"] == status


def test_severity_words_in_front(cli: Cli) -> None:
    severe = judged(cli, "Taltz", "severe", "plaque", "psoriasis")
    assert (severe["condition_id"], severe["severity"]) == ("plaque-psoriasis", "severe")
    assert judged(cli, "Taltz", "mild to moderate psoriasis")["severity"] is None
    assert judged(cli, "Taltz", "severe psoriasis", "--severity", "mild")["severity"] == "mild"
    assert judged(cli, "Adderall", "severe adhd")["severity"] == "severe"


def test_what_is_not_known_is_unknown(cli: Cli) -> None:
    ran = cli("medicines", "verdict", "isotretinoinn", "psoriasis", "--format", "json")
    said = json.loads(ran.out)
    assert (ran.status, said["status"], said["medicine_id"]) == (0, "unknown", "")
    assert said["condition_id"] == "psoriasis"
    assert ran.errors == ["healthlint: warning: no medicine is known as 'isotretinoinn' (did you mean 'isotretinoin'?)"]
    ran = cli("medicines", "verdict", "Accutane", "stubborn psoriasis", "--format", "json")
    said = json.loads(ran.out)
    assert (ran.status, said["status"], said["condition_id"]) == (0, "unknown", "")
    assert (said["medicine_id"], said["labelled"][:19]) == ("isotretinoin", "severe nodular acne")
    assert ran.errors == [
        "healthlint: warning: no condition is known as 'stubborn psoriasis' (did you mean 'psoriasis'?)"
    ]
    text = cli("medicines", "verdict", "qqqq", "wwww").out
    assert text.startswith("qqqq for wwww: unknown\nthe records do not say; healthlint stays silent\n")


def test_own_records_are_seen(cli: Cli, own: Path) -> None:
    assert cli("medicines", "elbow rash").out == ""  # claimed, but labelled for nothing of the kind
    assert column(cli("medicines", "zeltra").out, 0) == ["zeltraxin"]
    shown = cli("medicines", "show", "zeltrol").out
    assert shown.startswith("zeltraxin\n\nYou asked for Zeltrol (discontinued in UK).\n\nmedicine – example\n\nNames\n")
    assert shown.endswith("reviewed by A. Pharmacist, 2031-01-02; due again after 6 months\n")
    assert judged(cli, "zeltra", "severe psoriasis", "--profile", "uk")["status"] == "labelled"
    assert judged(cli, "zeltra", "rash on the elbows")["status"] == "no-evidence"
    knowledge = judged(cli, "zeltra", "EBR")["knowledge"]
    assert knowledge["date"] == "2031-01-02"
    record = cli("medicines", "verdict", "zeltraxin", "headaches").out
    assert "reviewed by A. Pharmacist, 2031-01-02\n" in record


def test_own_records_judge_a_page(cli: Cli, own: Path, put: Put) -> None:
    put("page.md", "# Zeltra for elbow rash\n\nZeltra is used to treat headaches.\n")
    report = json.loads(cli("check", "--format", "json", "page.md").out)
    statuses = {finding["data"].get("status") for finding in report["findings"]}
    assert {"no-evidence", "adverse-reaction"} <= statuses
    assert report["tool"]["medicines_date"] == "2031-01-02"
    sarif = json.loads(cli("check", "--format", "sarif", "page.md").out)["runs"][0]["tool"]["driver"]["properties"]
    assert sarif["medicinesDate"] == "2031-01-02"
    assert sarif["medicinesRecords"] == report["tool"]["medicines_records"] > 345


def test_a_configuration_by_name(cli: Cli, put: Put, shared_records: Path) -> None:
    put("other.yaml", f"rules: ['{shared_records.as_posix()}']\n")
    assert cli("medicines", "show", "zeltraxin").status == 2
    assert cli("medicines", "show", "zeltraxin", "--config", "other.yaml").out.startswith("zeltraxin\n")
    assert judged(cli, "zeltraxin", "EBR", "--config", "other.yaml")["status"] == "no-evidence"
    assert column(cli("medicines", "zeltraxin", "--config", "other.yaml").out, 0) == ["zeltraxin"]


def test_test_with_the_records_of_the_configuration(cli: Cli, own: Path) -> None:
    ran = cli("medicines", "test")
    assert (ran.status, ran.err) == (0, "")
    *strips, last = ran.out.splitlines()
    assert f"{'zeltraxin':<32} ..." in strips
    assert any(strip.startswith("isotretinoin ") and set(strip.split()[1]) == {"."} for strip in strips)
    records, _, _, conditions, *_ = last.split()
    assert int(records) == len(strips) > 345
    assert int(conditions) > 405
    assert last.startswith(f"{records} records and {conditions} conditions passed, with ")


def test_test_a_folder(cli: Cli, put: Put) -> None:
    put("house/medicines/zeltraxin.yaml", RECORD)
    put("house/conditions/own.yaml", CONDITIONS)
    for folder in ("house", "house/medicines"):
        ran = cli("medicines", "test", folder)
        assert ran.status == 0
        assert ran.out.startswith(f"{'zeltraxin':<32} ...\n1 record and ")


TWO_WORDS = """\
contraindications:
  - {condition: gout, lay: gout}
off-label:
  - {condition: gout, evidence: limited, note: none}
"""


@pytest.mark.parametrize(
    ("old", "new", "letters", "line", "told"),
    [
        (
            "gout, status: unknown", "gout, status: labelled", "..E", "claim: zeltraxin for gout",
            ["example: ", "zeltraxin for gout", "expected labelled, got unknown"],
        ),
        (
            "severity: severe,", "profile: uk, severity: mild,", "E..", "claim: Zeltra for psoriasis",
            ["Zeltra for psoriasis [profile uk] [mild]", "expected labelled, got labelled-broadened"],
        ),
        (
            "risks:\n", f"{TWO_WORDS}risks:\n", "... C", "evidence: limited",
            ["contradiction: ", "zeltraxin for gout, under 'off-label'", "off-label-limited, got contraindicated"],
        ),
        (
            "elbow-rash, note", "elbow-rush, note", "U", "elbow-rush",
            ["unreadable: ", "unknown condition 'elbow-rush' (did you mean 'elbow-rash'?)"],
        ),
        ("[Zeltrol]", "[Accutane]", "U", "generic: ", ["'accutane' already names 'isotretinoin'"]),
        ("kind: medicine", "kind: medicin", "U", "kind: medicin", ["did you mean 'medicine'?"]),
    ],
)  # fmt: skip
def test_records_that_fail(cli: Cli, put: Put, old: str, new: str, letters: str, line: str, told: list[str]) -> None:
    text = RECORD.replace(old, new)
    if TWO_WORDS in text:
        text = text.replace("gout, status: unknown", "gout, status: contraindicated")
    other = RECORD.replace("zeltraxin", "otherol").replace("Zeltra", "Othera").replace("Zeltrol", "Otherolo")
    put("house/medicines/zeltraxin.yaml", text)
    put("house/medicines/otherol.yaml", other)
    put("house/conditions/own.yaml", CONDITIONS)
    ran = cli("medicines", "test", "house")
    assert ran.status == 1
    assert f"{'zeltraxin':<32} {letters}\n" in ran.out
    assert f"{'otherol':<32} ...\n" in ran.out  # one fault does not hide the others
    number = next(n for n, written in enumerate(text.splitlines(), 1) if line in written)
    for words in (f"house/medicines/zeltraxin.yaml:{number}\n", *told):
        assert words in ran.out, words
    assert ran.out.splitlines()[-1].startswith("1 of 2 records failed, with 1 fault (")


def test_conditions_that_cannot_be_read(cli: Cli, put: Put) -> None:
    put("house/medicines/zeltraxin.yaml", RECORD)
    put("house/conditions/own.yaml", CONDITIONS.replace("lay:", "lya:"))
    ran = cli("medicines", "test", "house")
    assert ran.status == 1
    assert "unreadable: house/conditions/own.yaml:4" in ran.out
    assert "did you mean 'lay'?" in ran.out


def test_help_of_the_command_and_its_actions(cli: Cli) -> None:
    about = cli("medicines", "--help").out
    for action in ("show", "verdict", "test"):
        assert f"\n  {action} " in about
        ran = cli("medicines", action, "--help")
        assert ran.status == 0
        assert ran.out.startswith(f"usage: healthlint medicines {action} ")
    assert "\n  medicines  " in cli("--help").out


def test_the_page_of_the_docs_shows_what_comes(cli: Cli) -> None:
    page = (SOURCE.parent / "docs" / "medicines.md").read_text(encoding="utf-8")
    command, *shown = page.split("```text verdict\n")[1].split("...\n```")[0].splitlines()
    assert command == '$ healthlint medicines verdict Ozempic "weight loss" --profile us'
    said = cli("medicines", "verdict", "Ozempic", "weight loss", "--profile", "us").out.splitlines()
    assert len(shown) > 4
    assert said[: len(shown)] == shown
