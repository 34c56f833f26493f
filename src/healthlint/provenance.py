"""Which settings hold for one file, and where each of them is set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthlint.config import Config, PerFile, display
from healthlint.page_settings import with_page_settings

if TYPE_CHECKING:
    from healthlint.documents.blocks import Document

DEFAULT = "default"
COMMAND_LINE = "command line"


class Held(NamedTuple):
    """One setting: its key, its values as written, and where they are set, the deciding place last."""

    key: str
    values: tuple[str, ...]
    where: tuple[str, ...]


def held_for(path: Path, config: Config, document: Document | None) -> tuple[Held, ...]:
    """The settings of the file at `path`; `document` is what stands in it, if it could be read.

    UserError where its front matter names what there is not.
    """
    sections = config.sections_for(path)
    settings = config.settings_for(path)
    on_page = with_page_settings(settings, document) if document is not None else settings
    page = dict(_on_page(document)) if document is not None else {}
    profiles_where = _where(config, sections, "profiles")
    if config.fixed_profiles:
        profiles_where = (COMMAND_LINE,)
    elif "profiles" in page and not settings.profiles_fixed:
        profiles_where = (page["profiles"],)
    kind_where = tuple(_section(section) for section in sections if section.kind)[-1:]
    if not settings.kind and "kind" in page:
        kind_where = (page["kind"],)
    found = (
        Held("profiles", on_page.profiles, profiles_where),
        Held("kind", (on_page.kind,) if on_page.kind else ("judged from the text",), kind_where),
        Held("select", on_page.select or ("every rule",), _where(config, sections, "select")),
        Held("ignore", on_page.ignore, _where(config, sections, "ignore")),
        Held("severity", tuple(f"{w}: {level}" for w, level in on_page.severity), _where(config, sections, "severity")),
        Held("publisher", on_page.publisher, _where(config, (), "publisher")),
        Held("rules", tuple(folder.as_posix() for folder in config.rules), _where(config, (), "rules")),
        Held("fail-on", (config.fail_on,), _where(config, (), "fail-on")),
        Held("baseline", _file(config.baseline), _where(config, (), "baseline")),
        Held("approvals", _file(config.approvals), _where(config, (), "approvals")),
    )
    return tuple(one for one in found if one.values)


def _file(path: Path | None) -> tuple[str, ...]:
    return (display(path),) if path else ()


def _on_page(document: Document) -> Iterator[tuple[str, str]]:
    """The keys that the front matter sets, each with its place."""
    for setting in document.settings:
        yield setting.name, f"{document.source.path}:{document.source.position(setting.start)[0]}"


def excluded_by(path: Path, config: Config) -> str:
    """Where the file is excluded; empty if it is not."""
    return next((patterns.where for patterns in config.exclude if patterns.name(path)), "")


def _where(config: Config, sections: tuple[PerFile, ...], key: str) -> tuple[str, ...]:
    """The places that set the key: in the configuration, then in the sections that name the file."""
    places = (*_in_sections(sections, key),)
    if key in ("profiles", "select") and places:
        return places[-1:]  # the later takes the place of the earlier
    return (*(origin.where for origin in config.origins if origin.key == key), *places) or (DEFAULT,)


def _in_sections(sections: tuple[PerFile, ...], key: str) -> Iterator[str]:
    for section in sections:
        value = {
            "profiles": section.profiles, "select": section.select,
            "ignore": section.ignore or None, "severity": section.severity or None,
        }.get(key)  # fmt: skip
        if value is not None:
            yield _section(section)


def _section(section: PerFile) -> str:
    return f"{section.patterns.where} ({', '.join(section.patterns.texts)})"
