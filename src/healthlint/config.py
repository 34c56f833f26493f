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


_REPLACED = frozenset(("profiles", "select", "fail-on", "baseline", "approvals"))
"""Keys of which what is extended does not count where the extending file has them."""


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
    profiles_fixed: bool = False
    """Whether the command line or a `per-file` section sets the profiles, so that the page cannot choose its own."""


class Patterns(NamedTuple):
    """Patterns as in a .gitignore: they count from the folder `root`; `where` is the place they are written in."""

    root: Path
    texts: tuple[str, ...]
    where: str = ""

    def name(self, path: str | Path, *, folder: bool = False) -> bool:
        """Whether they name the file or folder at `path`."""
        relative = os.path.relpath(os.path.abspath(path), self.root).replace(os.sep, "/")
        return matches(self.texts, relative, folder=folder)


class PerFile(NamedTuple):
    """Settings for the files that `patterns` name; None leaves the general setting as it is."""

    patterns: Patterns
    kind: str | None = None
    profiles: tuple[str, ...] | None = None
    select: tuple[Word, ...] | None = None
    ignore: tuple[Word, ...] = ()
    severity: tuple[tuple[Word, str], ...] = ()


class Origin(NamedTuple):
    """Where a key of the configuration is set."""

    key: str
    where: str


class Overrides(NamedTuple):
    """What the command line says over any configuration."""

    profiles: tuple[str, ...] | None = None
    select: tuple[Word, ...] | None = None
    ignore: tuple[Word, ...] = ()
    fail_on: str | None = None
    baseline: Path | None = None
    no_baseline: bool = False


class Config(NamedTuple):
    """One configuration: `root` is the folder it holds for, `name` the file it came from ("" if none).

    `extended` are the files that it extends, the furthest first; `origins` tell where each key is set.
    """

    root: Path
    name: str = ""
    profiles: tuple[str, ...] = ()
    select: tuple[Word, ...] = ()
    ignore: tuple[Word, ...] = ()
    severity: tuple[tuple[Word, str], ...] = ()
    exclude: tuple[Patterns, ...] = ()
    include: tuple[Patterns, ...] = ()
    publisher: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    per_file: tuple[PerFile, ...] = ()
    fail_on: str = "warning"
    baseline: Path | None = None
    approvals: Path | None = None
    extended: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    fixed_profiles: bool = False

    def settings_for(self, path: str | Path) -> FileSettings:
        """The settings of the file at `path`; of several `per-file` entries that name it, the later one wins."""
        kind, profiles, select, ignore, severity = None, self.profiles, self.select, self.ignore, self.severity
        fixed = self.fixed_profiles
        for entry in self.sections_for(path):
            kind = entry.kind or kind
            profiles, fixed = (profiles, fixed) if entry.profiles is None else (entry.profiles, True)
            select = select if entry.select is None else entry.select
            ignore += entry.ignore
            severity += entry.severity
        return FileSettings(
            profiles=with_base(profiles),
            select=tuple(word.text for word in select),
            ignore=tuple(word.text for word in ignore),
            severity=tuple((word.text, level) for word, level in severity),
            publisher=self.publisher,
            kind=kind,
            profiles_fixed=fixed,
        )

    def sections_for(self, path: str | Path) -> tuple[PerFile, ...]:
        """The `per-file` entries that name the file at `path`, in order."""
        return tuple(entry for entry in self.per_file if entry.patterns.name(path))

    def excludes(self, path: str | Path, *, folder: bool = False) -> bool:
        """Whether the file or folder at `path` is not to be checked."""
        return any(patterns.name(path, folder=folder) for patterns in self.exclude)

    def includes(self, path: str | Path) -> bool:
        """Whether the file at `path` is checked with its folder, though folders are not searched for its kind."""
        return any(patterns.name(path) for patterns in self.include)

    def words(self) -> tuple[Word, ...]:
        """Every word that must name a rule."""
        per_file = (
            word
            for entry in self.per_file
            for word in (*(entry.select or ()), *entry.ignore, *(word for word, _ in entry.severity))
        )
        return (*self.select, *self.ignore, *(word for word, _ in self.severity), *per_file)

    def overridden(self, by: Overrides) -> Config:
        """This configuration with the command line's word over it, over its `per-file` entries too."""
        return self._replace(
            profiles=self.profiles if by.profiles is None else by.profiles,
            select=self.select if by.select is None else by.select,
            ignore=self.ignore + by.ignore,
            fail_on=by.fail_on or self.fail_on,
            baseline=None if by.no_baseline else by.baseline or self.baseline,
            fixed_profiles=by.profiles is not None,
            per_file=tuple(
                entry._replace(
                    profiles=entry.profiles if by.profiles is None else None,
                    select=entry.select if by.select is None else None,
                )
                for entry in self.per_file
            ),
        )

    def rooted(self, root: Path) -> Config:
        """This configuration with its own patterns counted from `root`; those that it extends keep their folder."""

        def moved(patterns: Patterns) -> Patterns:
            return patterns._replace(root=root) if patterns.root == self.root else patterns

        return self._replace(
            root=root,
            exclude=tuple(map(moved, self.exclude)),
            include=tuple(map(moved, self.include)),
            per_file=tuple(entry._replace(patterns=moved(entry.patterns)) for entry in self.per_file),
        )

    def extending(self, bases: tuple[Config, ...]) -> Config:
        """This configuration on top of others, the later of which stand above the earlier.

        What it says of profiles, select, fail-on, baseline and approvals takes the place of theirs; everything else is
        added to theirs.
        """
        config = self
        for base in reversed(bases):
            own = {origin.key for origin in config.origins}
            config = config._replace(
                profiles=config.profiles if "profiles" in own else base.profiles,
                select=config.select if "select" in own else base.select,
                fail_on=config.fail_on if "fail-on" in own else base.fail_on,
                baseline=config.baseline if "baseline" in own else base.baseline,
                approvals=config.approvals if "approvals" in own else base.approvals,
                ignore=base.ignore + config.ignore,
                severity=base.severity + config.severity,
                exclude=base.exclude + config.exclude,
                include=base.include + config.include,
                publisher=tuple(dict.fromkeys(base.publisher + config.publisher)),
                rules=tuple(dict.fromkeys(base.rules + config.rules)),
                per_file=base.per_file + config.per_file,
                extended=(*base.extended, base.name, *config.extended),
                origins=(*(o for o in base.origins if o.key not in own or o.key not in _REPLACED), *config.origins),
            )
        return config


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
        if os.path.exists(folder / ".git") or folder.parent == folder:
            return Config(root=folder).overridden(self._overrides)
        return self.of(folder.parent)


def read_folder(folder: Path) -> Config | None:
    """The configuration that stands in this very folder, if any."""
    own = folder / FILE_NAME
    if os.path.isfile(own):  # unlike Path.is_file, no error in a closed folder: its files are told of one by one
        return load_config(own)
    misnamed = folder / ".healthlint.yml"
    if os.path.isfile(misnamed):
        raise UserError("this name is not read", where=display(misnamed), hint=f"rename it to {FILE_NAME}")
    project = folder / "pyproject.toml"
    if _speaks_of_us(project):
        from healthlint.config_file import read_pyproject

        return read_pyproject(project)
    return None


def _speaks_of_us(project: Path) -> bool:
    """Looking for the words first spares every other Python project the import of a TOML reader."""
    if not os.path.isfile(project):
        return False
    try:
        return b"tool.healthlint" in project.read_bytes()
    except OSError as error:
        hint = "check its permissions"
        raise UserError(f"cannot be read: {error.strerror}", where=display(project), hint=hint) from None


def load_config(path: Path, *, root: Path | None = None) -> Config:
    """The configuration in one file; `root` is where its patterns count from, by default the file's folder."""
    from healthlint.config_file import read_pyproject, read_yaml

    if path.suffix == ".toml":
        config = read_pyproject(path)
        if config is None:
            raise UserError("no [tool.healthlint] table", where=display(path), hint="add it, or name another file")
    else:
        config = read_yaml(path)
    return config if root is None else config.rooted(root)


def with_base(profiles: tuple[str, ...]) -> tuple[str, ...]:
    """The active profiles: `base` first, each once."""
    return tuple(dict.fromkeys(("base", *profiles)))


def display(path: Path) -> str:
    """The path as a message names it: relative to the current folder where it stands below it, with `/`."""
    relative = os.path.relpath(path)
    return (str(path) if relative.startswith("..") else relative).replace(os.sep, "/")
