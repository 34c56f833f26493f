"""Reading a configuration, strictly: every unknown key, value or profile is an error that names its place."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

from healthlint.config import FAIL_ON, LEVELS, Config, Origin, Patterns, PerFile, Word, display
from healthlint.errors import UserError, did_you_mean
from healthlint.globs import is_malformed
from healthlint.rules.vocabulary import KINDS, PROFILES

KEYS = (
    "extend",
    "profiles",
    "select",
    "ignore",
    "severity",
    "exclude",
    "include",
    "publisher",
    "rules",
    "per-file",
    "fail-on",
    "baseline",
    "approvals",
)
PER_FILE_KEYS = ("kind", "profiles", "select", "ignore", "severity")


class Text(NamedTuple):
    """A word or other single value, as written."""

    text: str
    where: str


class Sequence(NamedTuple):
    items: tuple[Raw, ...]
    where: str


class Mapping(NamedTuple):
    items: tuple[tuple[Text, Raw], ...]
    where: str


Raw = Text | Sequence | Mapping


def read_yaml(path: Path, chain: tuple[Path, ...] = ()) -> Config:
    """The configuration in a YAML file; an empty file is the default configuration.

    `chain` are the files that extend it, the outermost first.
    """
    import yaml

    name = display(path)
    text = _read(path, name)
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        raw = None if node is None else _from_yaml(node, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        problem = " ".join((error.problem or error.context or "unreadable").split())
        raise UserError(f"not valid YAML: {problem}", where=where, hint="mend the syntax there") from None
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise UserError(f"not valid YAML: {problem}", where=name, hint="mend the syntax there") from None
    except RecursionError:
        raise UserError("not valid YAML: nested too deeply", where=name, hint="write it flatter") from None
    if raw is None:
        return Config(root=path.parent.absolute(), name=name)
    return _config(raw, path, name, chain)


def read_pyproject(path: Path, chain: tuple[Path, ...] = ()) -> Config | None:
    """The configuration in the `[tool.healthlint]` table, or None if there is no such table."""
    name = display(path)
    toml = _toml_reader(name)
    try:
        table = toml.loads(_read(path, name))
    except toml.TOMLDecodeError as error:
        raise UserError(f"not valid TOML: {error}", where=name, hint="mend the syntax there") from None
    tool = table.get("tool")
    if not isinstance(tool, dict) or "healthlint" not in tool:
        return None
    return _config(_from_toml(tool["healthlint"], f"{name}: tool.healthlint"), path, name, chain)


def _toml_reader(name: str) -> Any:
    if sys.version_info >= (3, 11):
        import tomllib

        return tomllib
    try:
        import tomli  # type: ignore[import-not-found]
    except ModuleNotFoundError:
        hint = "use Python 3.11, install tomli, or write .healthlint.yaml"
        raise UserError("Python 3.10 cannot read TOML by itself", where=name, hint=hint) from None
    return tomli


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError("no such configuration file", where=name, hint="check the path") from None
    except IsADirectoryError:
        raise UserError("a folder, not a configuration file", where=name, hint="name the file itself") from None
    except UnicodeDecodeError:
        raise UserError("not UTF-8 text", where=name, hint="save it as UTF-8") from None
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", where=name, hint="check its permissions") from None


def _from_yaml(node: Any, name: str) -> Raw:
    """Every scalar is kept as written: YAML would make `off` false and `2024-01-01` a date."""
    where = f"{name}:{node.start_mark.line + 1}"
    if node.id == "sequence":
        return Sequence(tuple(_from_yaml(item, name) for item in node.value), where)
    if node.id == "mapping":
        pairs = []
        for key, value in node.value:
            key_where = f"{name}:{key.start_mark.line + 1}"
            if key.id != "scalar":
                raise UserError("a key must be a single word", where=key_where, hint="mend the syntax there")
            pairs.append((Text(key.value, key_where), _from_yaml(value, name)))
        return Mapping(tuple(pairs), where)
    if node.tag == "tag:yaml.org,2002:null":
        return Sequence((), where)
    return Text(node.value, where)


def _from_toml(value: object, where: str) -> Raw:
    if isinstance(value, dict):
        return Mapping(tuple((Text(k, f"{where}.{k}"), _from_toml(v, f"{where}.{k}")) for k, v in value.items()), where)
    if isinstance(value, list):
        return Sequence(tuple(_from_toml(item, where) for item in value), where)
    return Text(str(value), where)


def _config(raw: Raw, path: Path, name: str, chain: tuple[Path, ...]) -> Config:
    values = _keys(raw, KEYS)
    root = path.parent.absolute()
    config = Config(
        root=root,
        name=name,
        profiles=_choices(values.get("profiles"), "profile", PROFILES),
        select=_words(values.get("select")),
        ignore=_words(values.get("ignore")),
        severity=_severity(values.get("severity")),
        exclude=_patterns(values.get("exclude"), root),
        include=_patterns(values.get("include"), root),
        publisher=tuple(item.text for item in _texts(values.get("publisher"))),
        rules=_folders(values.get("rules"), path.parent),
        per_file=_per_file(values.get("per-file"), root),
        fail_on=_choice(values["fail-on"], "level", FAIL_ON) if "fail-on" in values else "warning",
        baseline=_file(values.get("baseline"), "baseline", path.parent),
        approvals=_file(values.get("approvals"), "approvals", path.parent),
        origins=tuple(Origin(key, value.where) for key, value in values.items()),
    )
    return config.extending(_extended(values.get("extend"), path, chain))


def _extended(raw: Raw | None, path: Path, chain: tuple[Path, ...]) -> tuple[Config, ...]:
    """The configurations that the one at `path` extends, in the order it names them."""
    return tuple(_base(item, path, (*chain, path.resolve())) for item in _texts(raw))


def _base(item: Text, path: Path, chain: tuple[Path, ...]) -> Config:
    # One way to write each path: a baseline that two configurations share must be one.
    named = Path(os.path.normpath(path.parent / item.text))
    told = " -> ".join(display(file) for file in (*chain, named))
    if named.resolve() in chain:
        raise UserError(f"a configuration that extends itself: {told}", where=item.where, hint="break the circle")
    if named.is_dir():
        hint = f"name the file, such as {item.text.rstrip('/')}/.healthlint.yaml"
        raise UserError(f"'{item.text}' is a folder", where=item.where, hint=hint)
    if not named.exists():
        hint = f"paths count from the folder of the configuration, {display(path.parent)}/"
        raise UserError(f"no configuration '{item.text}' to extend", where=item.where, hint=hint)
    if named.suffix == ".toml":
        config = read_pyproject(named, chain)
        if config is None:
            raise UserError("no [tool.healthlint] table", where=display(named), hint=f"extended by {told}")
        return config
    return read_yaml(named, chain)


def _patterns(raw: Raw | None, root: Path) -> tuple[Patterns, ...]:
    texts = tuple(_pattern(item) for item in _texts(raw))
    return (Patterns(root, texts, raw.where),) if raw is not None and texts else ()


def _pattern(item: Text) -> str:
    body = item.text.removeprefix("!")
    text = ("!" if body != item.text else "") + body.removeprefix("./")
    if is_malformed(text):
        title = f"a pattern that names nothing: '{item.text}'"
        raise UserError(title, where=item.where, hint="write \\[ for a bracket that stands for itself")
    return text


def _keys(raw: Raw, known: tuple[str, ...]) -> dict[str, Raw]:
    if isinstance(raw, Sequence) and not raw.items:
        return {}
    if not isinstance(raw, Mapping):
        raise UserError("keys and values are expected here", where=raw.where, hint="keys: " + ", ".join(known))
    values: dict[str, Raw] = {}
    for key, value in raw.items:
        if key.text not in known:
            raise UserError(f"unknown key '{key.text}'", where=key.where, hint=did_you_mean(key.text, list(known)))
        if key.text in values:
            raise UserError(f"the key '{key.text}' is given twice", where=key.where, hint="merge the two")
        values[key.text] = value
    return values


def _texts(raw: Raw | None) -> tuple[Text, ...]:
    """A list of words; a single word is a list of one."""
    if raw is None:
        return ()
    items = raw.items if isinstance(raw, Sequence) else (raw,)
    for item in items:
        if not isinstance(item, Text):
            raise UserError("a list of words is expected here", where=item.where, hint="write [one, two]")
        if not item.text.strip():
            raise UserError("an empty word in a list", where=item.where, hint="remove it")
    return tuple(item for item in items if isinstance(item, Text))


def _words(raw: Raw | None) -> tuple[Word, ...]:
    return tuple(Word(item.text, item.where) for item in _texts(raw))


def _choices(raw: Raw | None, what: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_choice(item, what, known) for item in _texts(raw))


def _choice(raw: Raw, what: str, known: tuple[str, ...]) -> str:
    if not isinstance(raw, Text):
        raise UserError(f"a {what} is expected here", where=raw.where, hint="one of: " + ", ".join(known))
    if raw.text not in known:
        raise UserError(f"unknown {what} '{raw.text}'", where=raw.where, hint=did_you_mean(raw.text, list(known)))
    return raw.text


def _severity(raw: Raw | None) -> tuple[tuple[Word, str], ...]:
    if raw is None or (isinstance(raw, Sequence) and not raw.items):
        return ()
    if not isinstance(raw, Mapping):
        raise UserError("rules and levels are expected here", where=raw.where, hint="write HL101: warning")
    return tuple((Word(key.text, key.where), _choice(value, "level", LEVELS)) for key, value in raw.items)


def _folders(raw: Raw | None, base: Path) -> tuple[Path, ...]:
    folders = []
    for item in _texts(raw):
        folder = base / item.text
        if not folder.is_dir():
            hint = f"paths count from the folder of the configuration, {display(base)}/"
            raise UserError(f"no rules folder '{item.text}'", where=item.where, hint=hint)
        folders.append(Path(display(folder)))
    return tuple(folders)


def _file(raw: Raw | None, key: str, base: Path) -> Path | None:
    """A file beside the configuration; whether there is one shows when it is read."""
    if raw is None:
        return None
    if not isinstance(raw, Text) or not raw.text.strip():
        raise UserError("the name of one file is expected here", where=raw.where, hint=f"write {key}: FILE")
    return Path(os.path.abspath(base / raw.text))


def _per_file(raw: Raw | None, root: Path) -> tuple[PerFile, ...]:
    """Either a mapping from pattern to settings, or a list of settings that name their `files`."""
    if isinstance(raw, Mapping):
        named = ((Patterns(root, (_pattern(key),), key.where), value) for key, value in raw.items)
        return tuple(_per_file_entry(patterns, value, PER_FILE_KEYS) for patterns, value in named)
    entries = []
    for item in raw.items if isinstance(raw, Sequence) else (raw,) if raw else ():
        files = _keys(item, ("files", *PER_FILE_KEYS)).get("files")
        patterns = tuple(map(_pattern, _texts(files)))
        if not patterns:
            raise UserError("a per-file entry without 'files'", where=item.where, hint="write files: 'blog/*.md'")
        entries.append(_per_file_entry(Patterns(root, patterns, item.where), item, ("files", *PER_FILE_KEYS)))
    return tuple(entries)


def _per_file_entry(patterns: Patterns, raw: Raw, known: tuple[str, ...]) -> PerFile:
    values = _keys(raw, known)
    return PerFile(
        patterns=patterns,
        kind=_choice(values["kind"], "kind", KINDS) if "kind" in values else None,
        profiles=_choices(values["profiles"], "profile", PROFILES) if "profiles" in values else None,
        select=_words(values["select"]) if "select" in values else None,
        ignore=_words(values.get("ignore")),
        severity=_severity(values.get("severity")),
    )
