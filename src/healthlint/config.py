"""What to check and how: the configuration beside the content, and what it means for one file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from healthlint.errors import UserError
from healthlint.globs import matches

FILE_NAME = ".healthlint.yaml"
LEVELS = ("error", "warning", "info", "off")
FAIL_ON = ("error", "warning", "info", "never")


class Word(NamedTuple):
    """A word that names rules (code, code prefix, name or category), and where it was written."""

    text: str
    where: str = ""


class FileSettings(NamedTuple):
    """All that the linter needs to know about one file besides its text. Empty `select` selects every rule."""

    profiles: tuple[str, ...] = ("base",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    publisher: tuple[str, ...] = ()
    kind: str | None = None


class PerFile(NamedTuple):
    """Settings for the files that `patterns` name; None leaves the general setting as it is."""

    patterns: tuple[str, ...]
    kind: str | None = None
    profiles: tuple[str, ...] | None = None
    select: tuple[Word, ...] | None = None
    ignore: tuple[Word, ...] = ()


class Overrides(NamedTuple):
    """What the command line says over any configuration."""

    profiles: tuple[str, ...] | None = None
    select: tuple[Word, ...] | None = None
    ignore: tuple[Word, ...] = ()
    fail_on: str | None = None
    baseline: Path | None = None
    no_baseline: bool = False


class Config(NamedTuple):
    """One configuration: `root` is the folder its patterns count from, `name` the file it came from ("" if none)."""

    root: Path
    name: str = ""
    profiles: tuple[str, ...] = ()
    select: tuple[Word, ...] = ()
    ignore: tuple[Word, ...] = ()
    severity: tuple[tuple[Word, str], ...] = ()
    exclude: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    per_file: tuple[PerFile, ...] = ()
    fail_on: str = "warning"
    baseline: Path | None = None
    approvals: Path | None = None

    def settings_for(self, path: str | Path) -> FileSettings:
        """The settings of the file at `path`; of several `per-file` entries that name it, the later one wins."""
        kind, profiles, select, ignore = None, self.profiles, self.select, self.ignore
        for entry in self.per_file:
            if not matches(entry.patterns, self._relative(path)):
                continue
            kind = entry.kind or kind
            profiles = profiles if entry.profiles is None else entry.profiles
            select = select if entry.select is None else entry.select
            ignore += entry.ignore
        return FileSettings(
            profiles=with_base(profiles),
            select=tuple(word.text for word in select),
            ignore=tuple(word.text for word in ignore),
            severity=tuple((word.text, level) for word, level in self.severity),
            publisher=self.publisher,
            kind=kind,
        )

    def excludes(self, path: str | Path, *, folder: bool = False) -> bool:
        """Whether the file or folder at `path` is not to be checked."""
        return bool(self.exclude) and matches(self.exclude, self._relative(path), folder=folder)

    def words(self) -> tuple[Word, ...]:
        """Every word that must name a rule."""
        per_file = (word for entry in self.per_file for word in (*(entry.select or ()), *entry.ignore))
        return (*self.select, *self.ignore, *(word for word, _ in self.severity), *per_file)

    def overridden(self, by: Overrides) -> Config:
        """This configuration with the command line's word over it, over its `per-file` entries too."""
        return self._replace(
            profiles=self.profiles if by.profiles is None else by.profiles,
            select=self.select if by.select is None else by.select,
            ignore=self.ignore + by.ignore,
            fail_on=by.fail_on or self.fail_on,
            baseline=None if by.no_baseline else by.baseline or self.baseline,
            per_file=tuple(
                entry._replace(
                    profiles=entry.profiles if by.profiles is None else None,
                    select=entry.select if by.select is None else None,
                )
                for entry in self.per_file
            ),
        )

    def _relative(self, path: str | Path) -> str:
        return os.path.relpath(os.path.abspath(path), self.root).replace(os.sep, "/")


class Configs:
    """Finds the configuration of each folder: the nearest one upward, or the one file that `--config` names."""

    def __init__(self, overrides: Overrides | None = None, only: Path | None = None) -> None:
        self._overrides = overrides or Overrides()
        self._only = load_config(only, root=Path.cwd()).overridden(self._overrides) if only else None
        self._known: dict[Path, Config | UserError] = {}

    def of(self, folder: str | Path) -> Config:
        """The configuration for files in `folder`; UserError, each time, if it cannot be read."""
        if self._only is not None:
            return self._only
        key = Path(os.path.abspath(folder))
        if key not in self._known:
            try:
                self._known[key] = self._find(key)
            except UserError as error:
                self._known[key] = error
        found = self._known[key]
        if isinstance(found, UserError):
            raise found
        return found

    def _find(self, folder: Path) -> Config:
        config = read_folder(folder)
        if config is not None:
            return config.overridden(self._overrides)
        if (folder / ".git").exists() or folder.parent == folder:
            return Config(root=folder).overridden(self._overrides)
        return self.of(folder.parent)


def read_folder(folder: Path) -> Config | None:
    """The configuration that stands in this very folder, if any."""
    own = folder / FILE_NAME
    if own.is_file():
        return load_config(own)
    misnamed = folder / ".healthlint.yml"
    if misnamed.is_file():
        raise UserError("this name is not read", where=display(misnamed), hint=f"rename it to {FILE_NAME}")
    project = folder / "pyproject.toml"
    # Looking for the words first spares every other Python project the import of a TOML reader.
    if project.is_file() and b"tool.healthlint" in project.read_bytes():
        from healthlint.config_file import read_pyproject

        return read_pyproject(project)
    return None


def load_config(path: Path, *, root: Path | None = None) -> Config:
    """The configuration in one file; `root` is where its patterns count from, by default the file's folder."""
    from healthlint.config_file import read_pyproject, read_yaml

    if path.suffix == ".toml":
        config = read_pyproject(path)
        if config is None:
            raise UserError("no [tool.healthlint] table", where=display(path), hint="add it, or name another file")
    else:
        config = read_yaml(path)
    return config if root is None else config._replace(root=root)


def with_base(profiles: tuple[str, ...]) -> tuple[str, ...]:
    """The active profiles: `base` first, each once."""
    return tuple(dict.fromkeys(("base", *profiles)))


def display(path: Path) -> str:
    """The path as a message names it: relative to the current folder where it stands below it, with `/`."""
    relative = os.path.relpath(path)
    return (str(path) if relative.startswith("..") else relative).replace(os.sep, "/")
