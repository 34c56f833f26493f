from __future__ import annotations

import json
import os
import pickle
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint.errors import UserError
from healthlint.medicines.formulary import Formulary
from healthlint.rules import details as pack_details
from healthlint.rules import pack as packs
from healthlint.rules.details import details_text
from healthlint.rules.encoding import add_details, decode_rule, encode_details, encode_rule
from healthlint.rules.loader import load_rules
from healthlint.rules.pack import Pack, compile_pack, load_pack

from .conftest import Folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def builtin(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A small folder in place of the built-in rules."""
    folder.rule()
    folder.lexicon("dust", "moon dust", "~grain", cased=["MD"])
    monkeypatch.setattr(packs, "source_folder", lambda: folder.path)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Folder:
    """A user's folder of rules."""
    path = tmp_path / "own"
    path.mkdir()
    return Folder(path)


def cache_of(tmp_path: Path, name: str = packs.PACK_FILE) -> Path:
    (found,) = (tmp_path / "cache" / "healthlint").glob(f"*-{name}")
    return found


def no_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folders: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(packs, "_compiled", refuse)


def test_rules_survive_the_compiled_form() -> None:
    for rule in load_rules(ROOT / "rules"):
        there = json.loads(json.dumps([encode_rule(rule), encode_details(rule)]))
        assert add_details(decode_rule(there[0]), there[1]) == rule


def test_a_pack(builtin: Folder) -> None:
    pack = load_pack()
    (rule,) = pack.rules
    assert rule.path == "rules/HL190-moon-dust.yaml"
    assert (rule.why, rule.bad) == ("", ())
    full = pack.complete(rule)
    assert full.why == "Nobody has tested it."
    assert len(full.bad) == 3
    assert pack.rule("moon-dust") is pack.rule("HL190") is rule
    assert pack.rule("HL999") is None
    assert [(x.name, x.terms, x.cased) for x in pack.lexicons] == [("dust", ("moon dust", "~grain"), ("MD",))]


def test_a_warm_pack_is_the_same_and_not_compiled(builtin: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = load_pack()
    no_compiling(monkeypatch)
    warm = load_pack()
    assert (warm.version, warm.rules, warm.language, warm.medicines) == (
        cold.version, cold.rules, cold.language, cold.medicines,
    )  # fmt: skip
    assert warm.complete(warm.rules[0]) == cold.complete(cold.rules[0])
    assert pickle.loads(pickle.dumps(warm)).rules == warm.rules


@pytest.mark.skipif(os.name == "nt", reason="modes mean little there")
def test_the_cache_is_its_owners_only(builtin: Folder, tmp_path: Path) -> None:
    load_pack()
    path = cache_of(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert sorted(p.suffix for p in path.parent.iterdir()) == [".json", ".txt"]


def test_a_change_is_seen(builtin: Folder) -> None:
    before = load_pack()
    builtin.rule(confidence="low")
    after = load_pack()
    assert after.rules[0].confidence == "low"
    assert after.version != before.version
    builtin.rule("HL191-new.yaml", id="HL191", name="new")
    assert len(load_pack().rules) == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"signature": 1}', None])
def test_a_damaged_cache_is_built_again(builtin: Folder, tmp_path: Path, damage: str | None) -> None:
    version = load_pack().version
    path = cache_of(tmp_path)
    if damage is None:
        data = json.loads(path.read_text(encoding="utf-8"))
        damage = json.dumps({**data, "rules": [["x"]]})
    path.write_text(damage, encoding="utf-8")
    assert load_pack().version == version
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == version


@pytest.mark.parametrize("damage", ["", "{", "older\n{}", "{version}", "{version}\n{{"])
def test_damaged_details_are_compiled_again(builtin: Folder, tmp_path: Path, damage: str) -> None:
    version = load_pack().version
    cache_of(tmp_path, packs.DETAILS_FILE).write_text(damage.replace("{version}", version), encoding="utf-8")
    pack = load_pack()
    assert len(pack.complete(pack.rules[0]).bad) == 3


def test_a_cache_that_cannot_be_written_is_no_harm(
    builtin: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert len(load_pack().rules) == 1


def test_without_the_variable_the_cache_is_under_home(
    builtin: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    load_pack()
    assert len(list((tmp_path / "home" / ".cache" / "healthlint").iterdir())) == 2


def test_own_rules_stand_on_top(builtin: Folder, own: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    check = {"kind": "phrase", "patterns": ["{dust} {sand} {number}"]}
    own.rule("ACME1001-sand.yaml", id="ACME1001", name="sand", check=check)
    own.lexicon("sand", "sand")
    pack = load_pack((own.path,))
    assert [rule.id for rule in pack.rules] == ["ACME1001", "HL190"]
    assert pack.rules[0].path == str(own.path / "ACME1001-sand.yaml")
    assert [x.name for x in pack.lexicons] == ["dust", "sand"]
    assert pack.complete(pack.rules[0]).good
    assert pack.version != load_pack().version
    no_compiling(monkeypatch)
    assert load_pack((own.path,)).rules == pack.rules


def test_own_rules_cannot_take_what_is_taken(builtin: Folder, own: Folder) -> None:
    path = own.rule()
    lexicon = own.lexicon("dust", "x")
    with pytest.raises(UserError) as caught:
        load_pack((own.path,))
    message = str(caught.value)
    assert f"{path}: HL190 is taken by rules/HL190-moon-dust.yaml" in message
    assert f"{path}: moon-dust is taken by rules/HL190-moon-dust.yaml" in message
    assert f"{lexicon}: lexicon 'dust' is built in" in message


def test_own_cues_are_refused(builtin: Folder, own: Folder) -> None:
    own.text("cues/negation.yaml", "schema: 1")
    with pytest.raises(UserError) as caught:
        load_pack((own.path,))
    assert "cues are built in" in str(caught.value)


def test_records_of_medicines_are_read_when_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    load_pack()
    read: list[str] = []

    def reader(path: str) -> bytes:
        read.append(Path(path).name.split("-")[-1])
        return Path(path).read_bytes()

    monkeypatch.setattr(packs, "own_file", reader)
    monkeypatch.setattr(pack_details, "own_file", reader)
    formulary = Formulary.from_data(load_pack().medicines)
    assert formulary.find_medicine("Advil") == ("ibuprofen", "Advil")
    assert formulary.find_condition("fever")
    assert read == [packs.PACK_FILE]
    assert formulary.medicine("ibuprofen").name == "ibuprofen"
    assert read == [packs.PACK_FILE, packs.DETAILS_FILE]
    assert len(list(formulary.medicines())) > 100
    assert read == [packs.PACK_FILE, packs.DETAILS_FILE]


def test_own_conditions_count(builtin: Folder, own: Folder) -> None:
    text = "schema: 1\nabout: a test\nconditions:\n  - {id: moon-fever, name: moon fever, lay: [lunar fever]}\n"
    own.text("conditions/moon.yaml", text)
    assert "moon-fever" in load_pack((own.path,)).medicines["conditions"]


def test_a_broken_lexicon_does_not_blame_the_rules_that_use_it(builtin: Folder) -> None:
    builtin.lexicon("sand", "Sand")
    builtin.rule("HL191-new.yaml", id="HL191", name="new", check={"kind": "phrase", "patterns": ["{sand}", "{snad}"]})
    with pytest.raises(UserError) as caught:
        load_pack()
    assert "'Sand' is not lower case" in str(caught.value)
    assert "no lexicon 'snad' (did you mean 'sand'?)" in str(caught.value)
    assert "no lexicon 'sand'" not in str(caught.value)


@pytest.mark.parametrize(
    ("cue", "problem"),
    [("negation: [", "is no valid YAML"), ("schema: 1", "the cues lack")],
)
def test_broken_cues(builtin: Folder, cue: str, problem: str) -> None:
    builtin.text("cues/negation.yaml", cue)
    with pytest.raises(UserError) as caught:
        load_pack()
    assert problem in str(caught.value)


def test_a_folder_that_is_not_there(builtin: Folder, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load_pack((tmp_path / "none",))
    assert "is no folder of rules" in str(caught.value)
    with pytest.raises(UserError):
        compile_pack(tmp_path / "none")


def test_the_compiled_pack_of_a_wheel(
    builtin: Folder, own: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from healthlint.rules.compile import compile_folder

    data = tmp_path / "healthlint" / "data"
    data.mkdir(parents=True)
    monkeypatch.setattr(packs, "source_folder", lambda: None)
    monkeypatch.setattr(packs, "PACKAGE", data.parent)
    with pytest.raises(UserError) as caught:
        load_pack()
    assert "install healthlint again" in str(caught.value)
    compiled, details = compile_folder(builtin.path)
    (data / packs.PACK_FILE).write_text(json.dumps(compiled), encoding="utf-8")
    (data / packs.DETAILS_FILE).write_bytes(details_text(details).encode())
    pack = load_pack()
    assert len(pack.complete(pack.rules[0]).bad) == 3
    for other in ("rules", "language", "medicines"):
        (data.parent / other).mkdir()
    own.rule("ACME1001-sand.yaml", id="ACME1001", name="sand")
    for _ in range(2):
        assert len(load_pack((own.path,)).rules) == 2
    (data / packs.DETAILS_FILE).unlink()
    with pytest.raises(UserError) as caught:
        load_pack().complete(pack.rules[0])
    assert "cannot be read" in str(caught.value)


def test_the_built_in_pack_compiles_and_loads_without_yaml_or_regex() -> None:
    code = (
        "import sys\n"
        "from healthlint.rules.pack import load_pack\n"
        "pack = load_pack()\n"
        "print(len(pack.rules), sorted({'yaml', 'regex', 'textstat', 'hashlib'} & set(sys.modules)))\n"
    )

    def run() -> list[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split(" ", 1)

    assert "yaml" in run()[1]
    count, modules = run()
    assert int(count) > 20
    assert modules.strip() == "[]"


def test_lexicon_words_reach_the_language_layer() -> None:
    pack: Pack = compile_pack(ROOT / "rules")
    assert pack.language["vocabulary"]
    assert pack.medicines["conditions"]
