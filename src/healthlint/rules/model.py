"""A rule as loaded. Field documentation stands in the annotations, where the JSON Schema takes it from.

A field is written in YAML with hyphens for underscores and no final underscore (`with_` is `with`).
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from healthlint.findings import CATEGORIES, Severity
from healthlint.language.pattern_nodes import PatternText
from healthlint.rules import vocabulary as v


class Among(NamedTuple):
    """The words a field may hold; for a list, each of its items."""

    words: tuple[str, ...]


Patterns = tuple[PatternText, ...]


class Guard(NamedTuple):
    """A reason to stay silent, judged by the language layer; `strength` is set for hedges."""

    name: str
    strength: str = ""


class Reference(NamedTuple):
    title: Annotated[str, "The document, with the section where known."]
    url: Annotated[str, "Where to read it."] = ""


class Example(NamedTuple):
    """A small document that a rule flags or leaves alone. `spans` are the marked stretches, the marks taken out."""

    text: Annotated[str, "The document; ⟦ ⟧ marks the exact words that a finding names."]
    because: Annotated[str, "What keeps the rule silent.", Among(v.BECAUSE)] = ""
    profile: Annotated[str, "The profile to check it under.", Among(v.PROFILES)] = ""
    kind: Annotated[str, "The document kind, when it is not to be judged from the text.", Among(v.KINDS)] = ""
    format: Annotated[str, "How the text is written.", Among(v.FORMATS)] = "text"
    spans: tuple[tuple[int, int], ...] = ()


_EXCEPT = "A match that overlaps one of these is no finding."
_WITH = "At least one of these must be in the sentence."
_WITHOUT = "None of these may be in the sentence."


class PhraseCheck(NamedTuple):
    """Words within a sentence."""

    patterns: Annotated[Patterns, "The words to find; any one is enough."]
    except_: Annotated[Patterns, _EXCEPT] = ()
    with_: Annotated[Patterns, _WITH] = ()
    without: Annotated[Patterns, _WITHOUT] = ()
    report: Annotated[str, "What a finding names.", Among(("match", "sentence"))] = "match"


class ClaimCheck(NamedTuple):
    """Who or what is said to do what to which target."""

    relations: Annotated[tuple[str, ...], "What is said to be done.", Among(v.RELATIONS)]
    targets: Annotated[tuple[str, ...], "To what it is done; empty for any.", Among(v.TARGETS)] = ()
    agents: Annotated[tuple[str, ...], "By whom or what; empty for any.", Among(v.AGENTS)] = ()
    strengths: Annotated[tuple[str, ...], "How strongly it is said.", Among(v.STRENGTHS)] = v.DEFAULT_STRENGTHS
    conditions_at_least: Annotated[int, "How many conditions one sentence must name."] = 0
    times: Annotated[bool, "Only claims that name a time within which it happens."] = False
    except_: Annotated[Patterns, _EXCEPT] = ()
    with_: Annotated[Patterns, _WITH] = ()
    without: Annotated[Patterns, _WITHOUT] = ()


class PairCheck(NamedTuple):
    """A medicine with a condition, held against the label."""

    statuses: Annotated[tuple[str, ...], "How the pair stands on the label.", Among(v.LABEL_STATUSES)]
    frames: Annotated[tuple[str, ...], "How the use is presented; all when left out.", Among(v.FRAMES)] = v.FRAMES
    except_: Annotated[Patterns, _EXCEPT] = ()
    with_: Annotated[Patterns, _WITH] = ()
    without: Annotated[Patterns, _WITHOUT] = ()


class CitationCheck(NamedTuple):
    """Words that invoke research, with nothing in reach that points to it."""

    evidence: Annotated[tuple[str, ...], "Which words of evidence.", Among(v.EVIDENCE)]
    lacking: Annotated[str, "What is missing.", Among(v.LACKING)] = "citation"
    benefit_only: Annotated[bool, "Only where the evidence is for a benefit."] = False
    led_to: Annotated[
        tuple[str, ...], "Only where a link of one of these kinds is given for it.", Among(v.LINK_KINDS)
    ] = ()
    except_: Annotated[Patterns, _EXCEPT] = ()
    with_: Annotated[Patterns, _WITH] = ()
    without: Annotated[Patterns, _WITHOUT] = ()


class RequiredCheck(NamedTuple):
    """A document that says one thing must say another."""

    when: Annotated[Patterns, "The rule applies where one of these is said; the first is the trigger."] = ()
    medicine: Annotated[str, "Or: where such a medicine is named.", Among(("boxed-warning", ""))] = ""
    must: Annotated[Patterns, "Any one of these satisfies the rule; a medicine's record says it itself."] = ()
    at_least: Annotated[int, "How many triggers before the rule applies."] = 1
    fields: Annotated[tuple[str, ...], "Or: one of these fields of the front matter is filled."] = ()


class BalanceCheck(NamedTuple):
    """Benefits told against risks told."""

    benefits_at_least: Annotated[int, "How many benefits the document must claim."]
    risks_at_most: Annotated[int, "How many risks it may name and still be flagged."] = 0
    needs_medicine: Annotated[bool, "Only documents that name a medicine."] = False


class MetricCheck(NamedTuple):
    """A number computed from the text, above a limit."""

    metric: Annotated[str, "What is computed.", Among(v.METRICS)]
    above: Annotated[float, "The limit; a finding is above it."]
    words_at_least: Annotated[int, "Shorter texts are not judged."] = 0


class StructureCheck(NamedTuple):
    """Headings, lists, repeated or empty parts."""

    problem: Annotated[str, "What is wrong with the structure.", Among(v.PROBLEMS)]
    headings: Annotated[Patterns, "Only headings that match one of these."] = ()


class VoiceCheck(NamedTuple):
    """Customers or patients who are quoted, who sign a quotation, or whose story is told."""

    told: Annotated[str, "How they are heard.", Among(v.TOLD)]
    headings: Annotated[Patterns, "Headings over what customers tell; for stories."] = ()
    not_under: Annotated[Patterns, "Headings over quotations that do not count."] = ()
    openings: Annotated[Patterns, "Words with which a story begins, or with which a quotation is reported."] = ()
    others: Annotated[Patterns, "Words that name another speaker: an expert, an official, the publisher."] = ()
    says: Annotated[Patterns, "Report these words of what is told, in place of all of it."] = ()
    without: Annotated[Patterns, _WITHOUT] = ()


class ExceptionCheck(NamedTuple):
    """Exceptions that speak for nothing any more, or that nobody can answer for."""

    problem: Annotated[str, "What is wrong with the exception.", Among(v.EXCEPTION_PROBLEMS)]


Check = (
    PhraseCheck
    | ClaimCheck
    | PairCheck
    | CitationCheck
    | RequiredCheck
    | BalanceCheck
    | MetricCheck
    | StructureCheck
    | VoiceCheck
    | ExceptionCheck
)
CHECKS: dict[str, type[Check]] = {
    "phrase": PhraseCheck,
    "claim": ClaimCheck,
    "pair": PairCheck,
    "citation": CitationCheck,
    "required": RequiredCheck,
    "balance": BalanceCheck,
    "metric": MetricCheck,
    "structure": StructureCheck,
    "voice": VoiceCheck,
    "exception": ExceptionCheck,
}


def kind_of(check: Check) -> str:
    """The kind of a check, as rule files write it."""
    return next(kind for kind, cls in CHECKS.items() if cls is type(check))


class Rule(NamedTuple):
    """One rule file. A rule that comes from a pack has `why`, `references` and the examples empty: `Pack.complete`."""

    id: Annotated[str, "Permanent code, never reused."]
    name: Annotated[str, "Lower-case words with hyphens; also accepted in ignore[…]."]
    status: Annotated[str, "Where in its life the rule is.", Among(v.STATUSES)]
    since: Annotated[str, "The first version that has it."]
    category: Annotated[str, "What sort of problem it finds.", Among(CATEGORIES)]
    severity: Annotated[tuple[tuple[str, Severity | None], ...], "How much harm a true finding does, by profile."]
    confidence: Annotated[str, "How often a finding is true.", Among(v.CONFIDENCES)]
    summary: Annotated[str, "What the finding is: one line, lower case, no final stop."]
    message: Annotated[str, "What a finding says; braces name what was found."]
    help: Annotated[str, "What to write instead."]
    check: Annotated[Check, "What to look for."]
    why: Annotated[str, "Why a reviewer objects."] = ""
    profiles: Annotated[tuple[str, ...], "The rule runs when one of these is active.", Among(v.PROFILES)] = ("base",)
    kinds: Annotated[tuple[str, ...], "Document kinds it runs on.", Among(v.KINDS)] = v.DEFAULT_KINDS
    blocks: Annotated[tuple[str, ...], "Block kinds it reads; all when left out.", Among(v.BLOCKS)] = ()
    unless: Annotated[tuple[Guard, ...], "What keeps it silent."] = ()
    replaced_by: Annotated[str, "The code that took over from a deprecated rule."] = ""
    references: Annotated[tuple[Reference, ...], "What the rule rests on."] = ()
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    known_miss: tuple[Example, ...] = ()
    known_false_alarm: tuple[Example, ...] = ()
    path: str = ""
    """The rule file, as given."""

    def severity_in(self, profiles: tuple[str, ...]) -> Severity | None:
        """The strictest severity that one of the active profiles names, else the base one; None where it is off."""
        named = [severity for profile, severity in self.severity if profile != "base" and profile in profiles]
        if not named:
            return next((severity for profile, severity in self.severity if profile == "base"), None)
        return max((s for s in named if s is not None), default=None)

    def runs_in(self, profiles: tuple[str, ...]) -> bool:
        """Whether one of its profiles is active; `base` always is."""
        return "base" in self.profiles or any(p in profiles for p in self.profiles)

    def runs_on(self, kind: str) -> bool:
        """Whether it looks at documents of that kind."""
        return kind in self.kinds

    def reads(self, block_kind: str) -> bool:
        """Whether it looks at blocks of that kind."""
        return not self.blocks or block_kind in self.blocks
