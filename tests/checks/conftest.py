"""A folder of small rules on top of the built-in ones: one for each thing that a check can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from language.seeing import read

from healthlint.config import FileSettings
from healthlint.findings import Finding
from healthlint.linter import trace
from healthlint.rules.pack import Pack, load_pack

GUARDS = ["negated", {"hedge": "strong"}, "asked", "attributed", "quoted", "adverse-frame", "cited"]

CHECKS: dict[str, dict[str, Any]] = {
    "phrase-plain": {"kind": "phrase", "patterns": ["moon dust", "~sprinkle dust"]},
    "phrase-part": {"kind": "phrase", "patterns": ["buy ⟦moon dust⟧"]},
    "phrase-except": {"kind": "phrase", "patterns": ["moon dust"], "except": ["moon dust cake"]},
    "phrase-with": {"kind": "phrase", "patterns": ["moon dust"], "with": ["{duration}", "tonight"]},
    "phrase-without": {"kind": "phrase", "patterns": ["moon dust"], "without": ["museum"]},
    "phrase-sentence": {"kind": "phrase", "patterns": ["moon", "dust"], "report": "sentence"},
    "phrase-place": {"kind": "phrase", "patterns": ["dust for {condition|symptom}"]},
    "phrase-regex": {"kind": "phrase", "patterns": [{"regex": r"\bm{3,}oon\b"}]},
    "claim-cure": {"kind": "claim", "relations": ["cures", "treats"], "targets": ["condition"]},
    "claim-product": {"kind": "claim", "relations": ["cures", "treats"], "agents": ["product"]},
    "claim-can": {"kind": "claim", "relations": ["relieves"], "strengths": ["asserted", "promotional", "can"]},
    "claim-many": {"kind": "claim", "relations": ["cures", "treats"], "conditions-at-least": 2},
    "claim-except": {"kind": "claim", "relations": ["cures", "treats"], "except": ["fairy tale ...8"]},
    "claim-with": {"kind": "claim", "relations": ["cures", "treats"], "with": ["overnight"]},
    "pair-any": {"kind": "pair", "statuses": ["no-evidence", "off-label-limited", "off-label-supported", "unknown"]},
    "pair-title": {"kind": "pair", "statuses": ["no-evidence", "off-label-limited"], "frames": ["title"]},
    "pair-harm": {"kind": "pair", "statuses": ["adverse-reaction"]},
    "pair-labelled": {"kind": "pair", "statuses": ["labelled", "labelled-broadened"]},
    "cite-study": {"kind": "citation", "evidence": ["study"]},
    "cite-year": {"kind": "citation", "evidence": ["study"], "lacking": "year"},
    "cite-with": {"kind": "citation", "evidence": ["study"], "with": ["mice"]},
    "cite-benefit": {"kind": "citation", "evidence": ["study"], "benefit-only": True},
    "cite-shop": {"kind": "citation", "evidence": ["study"], "led-to": ["shop", "social"]},
    "must-warn": {"kind": "required", "when": ["moon dust"], "must": ["~sneeze", "{harm}"]},
    "must-warn-twice": {"kind": "required", "when": ["moon dust"], "must": ["~sneeze"], "at-least": 2},
    "must-be-checked": {"kind": "required", "when": ["moon dust"], "must": ["~sneeze"], "fields": ["checked-by"]},
    "must-box": {"kind": "required", "medicine": "boxed-warning"},
    "balance-two": {"kind": "balance", "benefits-at-least": 2, "risks-at-most": 0},
    "balance-drug": {"kind": "balance", "benefits-at-least": 2, "risks-at-most": 0, "needs-medicine": True},
    "long-sentence": {"kind": "metric", "metric": "sentence-words", "above": 12},
    "hard-text": {"kind": "metric", "metric": "flesch-kincaid-grade", "above": 9, "words-at-least": 20},
    "shouting": {"kind": "metric", "metric": "all-caps-words", "above": 1},
    "empty-section": {"kind": "structure", "problem": "empty-section"},
    "empty-lead-in": {"kind": "structure", "problem": "empty-lead-in"},
    "promised": {"kind": "structure", "problem": "promised-list-missing"},
    "duplicate": {"kind": "structure", "problem": "duplicate-sentence"},
    "template": {"kind": "structure", "problem": "repeated-template"},
    "contradiction": {"kind": "structure", "problem": "contradiction"},
    "dangling": {"kind": "structure", "problem": "dangling-reference"},
    "voice-quotation": {
        "kind": "voice",
        "told": "quotation",
        "openings": ["she told us"],
        "others": ["dr"],
        "not-under": ["~myth"],
    },
    "voice-signed": {"kind": "voice", "told": "signed", "others": ["dr"]},
    "voice-story": {
        "kind": "voice",
        "told": "story",
        "headings": ["meet {name}", "kind words"],
        "openings": [{"regex": "^[A-Z][a-z]+ came to us"}],
        "others": ["dr"],
    },
}

FIELDS = {
    "phrase": "{match}", "claim": "{agent}|{relation}|{target}", "pair": "{medicine}|{condition}|{status}|{labelled}",
    "citation": "{evidence}|{missing}", "required": "{trigger}|{missing}", "balance": "{benefits}|{risks}",
    "metric": "{value}|{limit}", "structure": "{detail}", "voice": "{match}",
}  # fmt: skip


def rule(code: str, name: str, check: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "schema": 1, "id": code, "name": f"try-{name}", "status": "stable", "since": "0.1", "category": "overclaim",
        "severity": "warning", "confidence": "high", "profiles": ["base"], "summary": "a rule for a test",
        "kinds": ["article", "promotional", "listing", "leaflet", "journal"], "message": FIELDS[check["kind"]],
        "help": "leave it out", "why": "It is a test.", "check": check, "unless": [],
        "examples": {"bad": ["a", "b", "c"], "good": ["d", "e", "f"]}, **more,
    }  # fmt: skip


def rules() -> list[dict[str, Any]]:
    made = [rule(f"TEST{number}", name, check) for number, (name, check) in enumerate(CHECKS.items(), start=100)]
    for number, guard in enumerate(GUARDS, start=300):
        name = guard if isinstance(guard, str) else "hedge"
        check = {"kind": "phrase", "patterns": ["⟦moon dust⟧"]}
        made.append(rule(f"TEST{number}", f"guard-{name}", check, unless=[guard]))
    claim = {"kind": "claim", "relations": ["cures", "treats", "relieves"]}
    made.append(rule("TEST400", "claim-guarded", claim, unless=["negated", "asked", "quoted", {"hedge": "strong"}]))
    must = {"kind": "required", "when": ["moon dust"], "must": ["sneeze"]}
    made.append(rule("TEST401", "must-in-headings", must, blocks=["heading"]))
    made.append(rule("TEST402", "heading-phrase", {"kind": "phrase", "patterns": ["moon dust"]}, blocks=["heading"]))
    made.append(rule("TEST403", "pair-guarded", CHECKS["pair-any"], unless=["negated", "asked", "attributed"]))
    return made


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("rules")
    for values in rules():
        (folder / f"{values['id']}-{values['name']}.yaml").write_text(yaml.safe_dump(values, allow_unicode=True))
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    try:
        return load_pack((folder,))
    finally:
        patch.undo()


class Ran:
    """What one rule made of one document."""

    def __init__(self, findings: tuple[Finding, ...], silenced: tuple[str, ...]) -> None:
        self.findings = findings
        self.silenced = silenced

    @property
    def texts(self) -> list[str]:
        return [finding.text for finding in self.findings]

    @property
    def messages(self) -> list[str]:
        return [finding.message for finding in self.findings]

    @property
    def places(self) -> list[tuple[int, int]]:
        return [(finding.line, finding.column) for finding in self.findings]


Run = Callable[..., Ran]


@pytest.fixture
def run(pack: Pack) -> Run:
    """Let the rule of that name alone look at a text."""

    def one(
        name: str, text: str, *, format: str = "text", kind: str = "article", profiles: tuple[str, ...] = ()
    ) -> Ran:
        settings = FileSettings(profiles=("base", *profiles), select=(f"try-{name}",), kind=kind)
        findings, silenced = trace(read(text, format), pack, settings)
        return Ran(findings, tuple(guard for _, guard in silenced))

    return one
