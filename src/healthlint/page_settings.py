"""What a page says about itself in its front matter, and what that changes in how it is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthlint.config import FileSettings, with_base
from healthlint.errors import UserError, did_you_mean
from healthlint.rules.vocabulary import KINDS, PROFILES

if TYPE_CHECKING:
    from healthlint.documents.blocks import Document, Setting

PAGE_KEYS = ("kind", "profiles")
_REASONS = {
    "ignore": "write <!-- healthlint: ignore-file[HL101] -- the reason -->, which asks for a reason",
    "select": "only the configuration chooses the rules",
    "severity": "only the configuration sets severities, in per-file",
}


def with_page_settings(settings: FileSettings, document: Document) -> FileSettings:
    """The settings with what the page's front matter names; the configuration's own word for this file stands above it.

    UserError for a key, kind or profile that there is not, at its place.
    """
    kind, profiles = None, None
    for setting in document.settings:
        if setting.name == "kind":
            kind = _known(document, setting, "kind", KINDS, setting.values[-1] if setting.values else "")
        elif setting.name == "profiles":
            profiles = tuple(_known(document, setting, "profile", PROFILES, value) for value in setting.values)
        else:
            raise _unknown_key(document, setting)
    if profiles is not None and not settings.profiles_fixed:
        settings = settings._replace(profiles=with_base(profiles))
    return settings._replace(kind=settings.kind or kind, profiles_fixed=False)


def _known(document: Document, setting: Setting, what: str, known: tuple[str, ...], word: str) -> str:
    if word.strip().lower() in known:
        return word.strip().lower()
    hint = did_you_mean(word, list(known))
    raise UserError(f"unknown {what} '{word}' in the front matter", where=_where(document, setting), hint=hint)


def _unknown_key(document: Document, setting: Setting) -> UserError:
    if not setting.name:
        return UserError(
            "keys are expected under 'healthlint' in the front matter", where=_where(document, setting),
            hint="write healthlint: {kind: promotional, profiles: [uk]}",
        )  # fmt: skip
    hint = _REASONS.get(setting.name) or did_you_mean(setting.name, list(PAGE_KEYS))
    return UserError(f"unknown key '{setting.name}' in the front matter", where=_where(document, setting), hint=hint)


def _where(document: Document, setting: Setting) -> str:
    line, column = document.source.position(setting.start)
    return f"{document.source.path}:{line}:{column}"
