"""Claims that the team has substantiated: a finding whose words are an approved statement is settled by its reference.

A statement is approved as a whole. Its wording must fill a sentence, or the part of one that colons and semicolons set
off: with a word more it says something else, and that nobody has approved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from healthlint.findings import Finding
from healthlint.globs import matches
from healthlint.plain_words import PlainWord, plain_words

MOST_ANY = 3
"""Words that `{any}` stands for, at least one."""
_MARK = r"[^\w%‰£$€<>≤≥]"
_AFTER = re.compile(rf"{_MARK}*(?:\[[0-9\s,–-]+\]|\([0-9]{{1,3}}\)|[¹²³⁰⁴-⁹,]+)?{_MARK}*?(?:$|;)")
"""A note's number may stand behind the statement."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|(…|\.\.\.)")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_RANGE = re.compile(r"number:\s*([0-9.]+)\s*-\s*([0-9.]+)")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
PLACEHOLDERS = ("{product}", "{number}", "{number:5-10}", "{any}")


class Slot(NamedTuple):
    """One place of a wording. `kind`: word (then `word` is it), product, number (from `low` to `high`), any."""

    kind: str
    word: str = ""
    low: float = 0
    high: float = float("inf")


class Approval(NamedTuple):
    """One entry of a register. Empty `profiles`, `rules` or `paths` mean all; `where` is its file and line."""

    wording: str
    slots: tuple[Slot, ...]
    products: tuple[str, ...]
    reference: str
    approved_by: str
    approved_on: date
    until: date
    profiles: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    where: str = ""

    def is_given_for(self, profiles: tuple[str, ...]) -> bool:
        """Whether it was given for every profile under which a text is checked: `base` counts where it is alone."""
        active = set(profiles) - {"base"} or {"base"}
        return not self.profiles or active <= set(self.profiles)


class Register(NamedTuple):
    """The approvals of one file, in its order; their `paths` count from its folder."""

    file: Path
    approvals: tuple[Approval, ...]


class Approved(NamedTuple):
    """Findings with their status; one for each ended approval that would settle some; the numbers of the used ones."""

    findings: tuple[Finding, ...]
    ended: tuple[tuple[Approval, Finding], ...]
    used: frozenset[int]


def slots_of(wording: str) -> tuple[Slot, ...]:
    """The places of a wording; ValueError tells what is wrong with it."""
    slots: list[Slot] = []
    at = 0
    for match in _PLACEHOLDER.finditer(wording):
        slots += _words_as_slots(wording[at : match.start()])
        slots.append(Slot("any") if match[2] else _placeholder(match[1].strip()))
        at = match.end()
    slots += _words_as_slots(wording[at:])
    if sum(slot.kind == "word" for slot in slots) < 2:
        raise ValueError("a wording needs two words of its own at least")
    if "any" in (slots[0].kind, slots[-1].kind):
        raise ValueError("{any} stands between words, not at an end")
    if sum(slot.kind == "any" for slot in slots) > 3:
        raise ValueError("{any} may stand three times at most")
    return tuple(slots)


def _words_as_slots(text: str) -> list[Slot]:
    if "{" in text or "}" in text:
        raise ValueError("a brace without its other half")
    return [Slot("word", word.plain) for word in plain_words(text)]


def _placeholder(name: str) -> Slot:
    if name in ("product", "number", "any"):
        return Slot(name)
    bounds = _RANGE.fullmatch(name)
    if bounds is None:
        raise ValueError(f"unknown placeholder '{{{name}}}', known are {', '.join(PLACEHOLDERS)}")
    try:
        low, high = float(bounds[1]), float(bounds[2])
    except ValueError:
        raise ValueError(f"'{{{name}}}' gives no two numbers") from None
    if low > high:
        raise ValueError(f"'{{{name}}}' begins above its end")
    return Slot("number", low=low, high=high)


def approve(
    findings: Iterable[Finding], register: Register, path: str, profiles: tuple[str, ...], today: date
) -> Approved:
    """Mark the active findings that an approval in force settles. `path` counts from the register's folder."""
    here = [
        (index, approval)
        for index, approval in enumerate(register.approvals)
        if approval.is_given_for(profiles)
        and approval.approved_on <= today
        and (not approval.paths or matches(approval.paths, path))
    ]
    settled: list[Finding] = []
    ended: dict[int, tuple[Approval, Finding]] = {}
    used: set[int] = set()
    for finding in findings:
        sentence = _Sentence.of(finding) if here and finding.status == "active" else None
        fitting = [pair for pair in here if _settles(pair[1], finding, sentence)] if sentence else []
        used |= {index for index, _ in fitting}
        in_force = next((approval for _, approval in fitting if approval.until >= today), None)
        if in_force:
            finding = finding._replace(status="approved", grounds=grounds_of(in_force))
        for index, approval in fitting if not in_force else ():
            ended.setdefault(index, (approval, finding))
        settled.append(finding)
    return Approved(tuple(settled), tuple(ended.values()), frozenset(used))


def grounds_of(approval: Approval) -> tuple[tuple[str, str], ...]:
    """On what an approved finding rests."""
    return (
        ("reference", approval.reference),
        ("approved-by", approval.approved_by),
        ("approved-on", approval.approved_on.isoformat()),
        ("until", approval.until.isoformat()),
        ("wording", approval.wording),
    )


class _Sentence(NamedTuple):
    """The sentence of a finding: its words, at which of them a statement may begin, and which the finding is about."""

    text: str
    words: list[PlainWord]
    starts: tuple[int, ...]
    plain: frozenset[str]
    first: int
    last: int

    @classmethod
    def of(cls, finding: Finding) -> _Sentence | None:
        """None for a finding that is about more than words of one sentence: that is no matter of wording."""
        text = finding.sentence
        start, end = finding.reach
        if finding.scope != "sentence" or end > len(text):
            return None
        words = plain_words(text)
        named = [number for number, word in enumerate(words) if word.start < end and start < word.end]
        if not named:
            return None
        starts = (number for number, word in enumerate(words) if number <= named[0] and _may_begin(text, words, number))
        return cls(text, words, tuple(starts), frozenset(word.plain for word in words), named[0], named[-1])


def _may_begin(text: str, words: list[PlainWord], number: int) -> bool:
    between = text[words[number - 1].end if number else 0 : words[number].start]
    return not number or any(mark in between for mark in ":;")


def _settles(approval: Approval, finding: Finding, sentence: _Sentence) -> bool:
    """Whether the words of the finding, and of those under its `also`, lie within the approved statement."""
    if approval.rules and any(code not in approval.rules for code in (finding.rule, *finding.also)):
        return False
    if any(slot.kind == "word" and slot.word not in sentence.plain for slot in approval.slots):
        return False
    products = [[word.plain for word in plain_words(product)] for product in approval.products]
    for first in sentence.starts:
        for last in _ends(approval.slots, sentence.words, first, products):
            if sentence.last < last and _AFTER.match(sentence.text, sentence.words[last - 1].end):
                return True
    return False


def _ends(slots: tuple[Slot, ...], words: list[PlainWord], at: int, products: list[list[str]]) -> Iterator[int]:
    """The places behind the words from `at` on that fill the slots."""
    if not slots:
        yield at
        return
    slot, rest = slots[0], slots[1:]
    for length in _lengths(slot, words, at, products):
        yield from _ends(rest, words, at + length, products)


def _lengths(slot: Slot, words: list[PlainWord], at: int, products: list[list[str]]) -> Iterator[int]:
    """How many words from `at` on fill the slot."""
    if slot.kind == "any":
        yield from range(1, min(MOST_ANY, len(words) - at) + 1)
    elif slot.kind == "product":
        for name in products:
            if [word.plain for word in words[at : at + len(name)]] == name:
                yield len(name)
    elif at < len(words):
        plain = words[at].plain
        if plain == slot.word if slot.kind == "word" else _within(plain, slot):
            yield 1


def _within(word: str, slot: Slot) -> bool:
    if not _NUMBER.fullmatch(word):
        return False
    plain = word.replace(",", "") if _THOUSANDS.fullmatch(word) else word.replace(",", ".")
    try:
        return slot.low <= float(plain) <= slot.high
    except ValueError:
        return False
