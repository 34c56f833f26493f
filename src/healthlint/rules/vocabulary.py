"""The words a rule file may use, each with one meaning. The loader, the schema and the checks share these lists."""

from __future__ import annotations

from healthlint.documents.blocks import BlockKind

STATUSES = ("preview", "stable", "deprecated")
CONFIDENCES = ("high", "medium", "low")
PROFILES = ("base", "us", "uk", "eu", "au", "ca", "edu", "platform")
KINDS = ("article", "promotional", "listing", "leaflet", "journal")
DEFAULT_KINDS = ("article", "promotional", "listing")
BLOCKS = tuple(kind.value for kind in BlockKind)
FORMATS = ("text", "markdown", "html")
GUARDS = ("negated", "hedge", "asked", "attributed", "quoted", "adverse-frame", "authorised", "cited")
HEDGE_STRENGTHS = ("strong", "can", "promotional")
BECAUSE = (*GUARDS, "no-match", "profile")
"""Reasons a good example may give: a guard, no pattern that matches, or a profile in which the rule is off."""

BUILTIN_PLACES = (
    "number", "percent", "ordinal", "duration", "money", "weight", "year", "name", "medicine", "condition", "publisher",
    "link", "superlative", "comparative", "anyword",
)  # fmt: skip
"""Places of the pattern language that need no lexicon file."""

RELATIONS = (
    "treats", "prevents", "cures", "relieves", "improves", "reduces", "supports", "boosts", "restores",
    "protects", "cleanses", "regulates", "stimulates", "delivers", "feels", "clears", "opens", "strengthens", "slows",
    "enhances", "optimises", "works", "offered-for", "helps", "spares", "keeps-you",
    "is-safe", "is-free-of", "works-better-than", "is-recommended-by", "is-approved",
)  # fmt: skip
STRENGTHS = ("asserted", "promotional", "can", "hedged", "denied", "asked", "reported", "authorised")
DEFAULT_STRENGTHS = ("asserted", "promotional")
AGENTS = ("medicine", "ingredient", "product", "procedure", "treatment", "provider", "implied", "unknown", "other")
TARGETS = ("condition", "symptom", "function", "appearance", "wellbeing", "outcome", "part", "weight", "life")

LABEL_STATUSES = (
    "labelled", "labelled-broadened", "off-label-supported", "off-label-limited", "no-evidence", "adverse-reaction",
    "contraindicated", "other-brand", "other-country", "unknown",
)  # fmt: skip
FRAMES = ("title", "established", "presupposed")

EVIDENCE = ("study", "proof", "expert", "institution", "statistic")
LINK_KINDS = (
    "journal", "preprint", "registry", "regulator", "guideline", "health-service", "university", "news", "reference",
    "social", "shop",
)  # fmt: skip
LACKING = ("citation", "locator", "year")
METRICS = ("flesch-kincaid-grade", "sentence-words", "all-caps-words")
PROBLEMS = (
    "empty-section", "empty-lead-in", "promised-list-missing", "duplicate-sentence", "repeated-template",
    "contradiction", "dangling-reference",
)  # fmt: skip
EXCEPTION_PROBLEMS = (
    "unused", "malformed", "expired", "unknown-rule", "no-reason", "undated", "expired-approval",
)  # fmt: skip
TOLD = ("quotation", "signed", "story")

CATEGORY_DIGITS = {
    "0": ("transparency",),
    "1": ("overclaim",), "2": ("citation",), "3": ("promotion",), "4": ("efficacy",), "5": ("safety",),
    "6": ("testimonial", "comparative"), "7": ("approval", "supplement", "statistics"),
    "8": ("transparency", "structure"), "9": ("readability", "language"),
}  # fmt: skip
"""The first digit of a built-in code tells the category."""

MESSAGE_FIELDS = {
    "phrase": ("match",),
    "claim": ("match", "agent", "relation", "target", "strength", "time", "quantity"),
    "pair": ("match", "medicine", "condition", "labelled", "status", "note", "source"),
    "citation": ("match", "evidence", "missing", "source"),
    "required": ("match", "trigger", "missing"),
    "balance": ("match", "benefits", "risks"),
    "metric": ("match", "value", "limit"),
    "structure": ("match", "detail"),
    "voice": ("match",),
    "exception": ("match", "detail"),
}
"""What a message of each kind of check can name in braces."""
