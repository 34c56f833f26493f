"""All that healthlint knows, in a form that loads in milliseconds: the built-in pack, or one compiled and kept.

The wheel holds the pack compiled. A source checkout compiles its `rules/` and keeps the result in the user's cache;
so do folders of a user's own rules, on top of the built-in ones.
"""

from __future__ import annotations

import gc
import json
import os
from functools import partial
from pathlib import Path
from typing import NamedTuple

from healthlint.errors import UserError
from healthlint.findings import Edition
from healthlint.rules.details import DAMAGED, DETAILS_FILE, Data, Details, Records, compact, details_text, own_file
from healthlint.rules.encoding import add_details, decode_rule
from healthlint.rules.lexicons import Lexicon, decode_lexicon
from healthlint.rules.model import Rule

FORMAT = 8
PACKAGE = Path(__file__).resolve().parent.parent
PACK_FILE = "pack.json"


class Pack(NamedTuple):
    """Rules in order of code, and the compiled data of the other layers.

    `version` changes when any of it does. `language` is for `load_language`, `medicines` for `Formulary.from_data`.
    """

    version: str
    rules: tuple[Rule, ...]
    language: Data
    medicines: Data
    details: Details

    @property
    def edition(self) -> Edition:
        """Of when the records of the medicines are, and how many there are; no record is read for it."""
        return Edition(**self.medicines["edition"])

    def rule(self, word: str) -> Rule | None:
        """The rule with that code or name."""
        return next((rule for rule in self.rules if word in (rule.id, rule.name)), None)

    def complete(self, rule: Rule) -> Rule:
        """The rule with its reasons, references and examples."""
        return add_details(rule, self.details.data["rules"][rule.id])

    @property
    def lexicons(self) -> tuple[Lexicon, ...]:
        """All word lists, as written."""
        return tuple(map(decode_lexicon, self.details.data["lexicons"]))


def load_pack(extra_folders: tuple[Path, ...] = ()) -> Pack:
    """The built-in pack, with the rules of further folders on top."""
    collecting = gc.isenabled()
    gc.disable()  # thousands of small values and none to throw away: looking for some would double the time
    try:
        return _load(extra_folders)
    finally:
        if collecting:
            gc.enable()


def _load(extra_folders: tuple[Path, ...]) -> Pack:
    source = source_folder()
    shipped = PACKAGE / "data" / PACK_FILE
    if source is None and not shipped.is_file():
        raise UserError("the built-in rules are missing", where=str(shipped), hint="install healthlint again")
    if source is None and not extra_folders:
        data = _read(str(shipped))
        return decode_pack(data, Details(None, str(shipped.with_name(DETAILS_FILE)), data["version"]))
    folders = tuple(Path(os.path.abspath(folder)) for folder in extra_folders)
    for folder, given in zip(folders, extra_folders, strict=True):
        if not folder.is_dir():
            raise UserError("is no folder of rules", where=str(given), hint="name a folder that holds rule files")
    return _kept(source, tuple(map(Path, extra_folders)), folders)


def decode_pack(data: Data, details: Details) -> Pack:
    """A pack from its compiled form; ValueError or KeyError when it is none."""
    if data["format"] != FORMAT:
        raise ValueError("another format")
    return Pack(
        version=data["version"],
        rules=tuple(map(decode_rule, data["rules"])),
        language=data["language"],
        medicines={**data["medicines"], "medicines": Records(details)},
        details=details,
    )


def compile_pack(*folders: Path) -> Pack:
    """The pack of these folders alone, each on top of the one before, with nothing kept."""
    from healthlint.rules.compile import compile_folder

    data: tuple[Data, Data] | None = None
    for folder in folders:
        data = compile_folder(folder, data)
    if data is None:
        raise ValueError("no folder given")
    return decode_pack(data[0], Details(data[1]))


def source_folder() -> Path | None:
    """The YAML that the pack is compiled from, in a source checkout."""
    folder = PACKAGE.parent.parent / "rules"
    return folder if PACKAGE.parent.name == "src" and folder.is_dir() else None


def _kept(source: Path | None, given: tuple[Path, ...], folders: tuple[Path, ...]) -> Pack:
    """The pack from the cache, or compiled and put there."""
    roots = [str(source or PACKAGE / "data"), *map(str, folders)]
    signature = _signature(source, folders)
    cache = _cache_files("\0".join(roots))
    if cache is not None:
        try:
            data = _read(cache[0])
            if data["signature"] == signature:
                again = partial(_details_again, given)
                return decode_pack(data, Details(None, cache[1], data["version"], again))
        except DAMAGED:
            pass
    pack, details = _compiled(given)
    if cache is not None:
        _write(cache[1], details_text(details))
        _write(cache[0], compact({**pack, "signature": signature}))
    return decode_pack(pack, Details(details))


def _details_again(folders: tuple[Path, ...]) -> Data:
    return _compiled(folders)[1]


def _compiled(folders: tuple[Path, ...]) -> tuple[Data, Data]:
    """The built-in pack with the folders on top, and its details."""
    from healthlint.rules.compile import compile_folder

    source = source_folder()
    compiled: tuple[Data, Data]
    if source is None:
        pack = _read(str(PACKAGE / "data" / PACK_FILE))
        compiled = pack, Details(None, str(PACKAGE / "data" / DETAILS_FILE), pack["version"]).data
    else:
        compiled = compile_folder(source, source="rules/")
    for folder in folders:
        compiled = compile_folder(folder, compiled)
    return compiled


def _signature(source: Path | None, folders: tuple[Path, ...]) -> str:
    """Names, times and sizes of everything that a compiled pack depends on."""
    code = [PACKAGE / "rules", PACKAGE / "language", PACKAGE / "medicines"]
    roots = [*code, source] if source else [PACKAGE / "data"]
    lines = [f"{FORMAT}"]
    for root in (*roots, *folders):
        _walk(str(root), lines, ".py" if root in code else ".yaml" if root != PACKAGE / "data" else ".json")
    return "\n".join(lines)


def _walk(folder: str, lines: list[str], suffix: str) -> None:
    lines.append(folder)
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = entry.name
        if name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            _walk(entry.path, lines, suffix)
        elif name.endswith((suffix, ".yml")):
            status = entry.stat()
            lines.append(f"{name} {status.st_mtime_ns} {status.st_size}")


def _cache_files(key: str) -> tuple[str, str] | None:
    """Where the pack and its details for these folders are kept; None when there is no place for them."""
    from zlib import crc32

    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = os.path.expanduser("~")
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, ".cache")
    stem = os.path.join(base, "healthlint", f"{crc32(key.encode('utf-8', 'surrogateescape')):08x}")
    return f"{stem}-{PACK_FILE}", f"{stem}-{DETAILS_FILE}"


def _read(path: str) -> Data:
    data = json.loads(own_file(path))
    if not isinstance(data, dict):
        raise ValueError(f"{path} holds no pack")
    return data


def _write(path: str, text: str) -> None:
    """Put a file into the cache, whole or not at all, readable by its owner only."""
    import tempfile

    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".new")
    except OSError:
        return
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        if os.path.exists(temporary):
            os.unlink(temporary)
