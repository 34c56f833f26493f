"""Finding medicines and conditions by the words of a user, as the language layer finds them in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from healthlint.cli.described import current_pack
from healthlint.errors import did_you_mean
from healthlint.language.annotation import MARK, Mention, Token
from healthlint.language.tokens import lowered, plain, tokens_of
from healthlint.language.vocabulary import Vocabulary, find_mentions
from healthlint.medicines.formulary import Formulary
from healthlint.rules.pack import Pack

SEVERITIES = ("mild", "moderate", "severe")
_BEFORE = frozenset(("to", "and", "or", "very", *SEVERITIES))
_CONDITIONS = frozenset(("condition", "condition?"))
_ASKED_FOR = re.compile(
    r"(?:(?:the )?(?:treatment|management|relief|symptoms) of |acute |active |chronic |recurrent |uncomplicated )", re.I
)
_RISK_OF = re.compile(
    r"(?:the )?(?:(?:(?:secondary )?prevention of |(?:prevent|reduc|lower)(?:e|ing|tion of)? )(?:the )?"
    r"(?:risk of |risk for )?|risk of )",
    re.I,
)
_RISK_AFTER = re.compile(r" (?:prevention|prophylaxis|risk reduction|risk)$", re.I)
# What a label that names them speaks of preventing. "Migraine prevention" is another use than an attack of migraine.
_PREVENTED = frozenset(("stroke", "myocardial-infarction", "heart-disease", "heart-failure", "venous-thromboembolism"))


class Named(NamedTuple):
    """A condition with the severity that the words gave it, if they gave one."""

    condition: str
    severity: str | None


class Library(NamedTuple):
    """The records and conditions in force, and the words by which texts name them."""

    pack: Pack
    formulary: Formulary

    def knowledge(self) -> dict[str, Any]:
        """What the answers rest on, for reports."""
        date, records = self.pack.edition
        return {"version": self.pack.version, "date": date, "records": records}

    def condition(self, words: str) -> Named | None:
        """The condition that the words name; None where they hold more than its name, how severe it is and the aim."""
        named = self._named(words)
        if named is None and (treated := _ASKED_FOR.sub("", words, count=1) if _ASKED_FOR.match(words) else ""):
            return self.condition(treated)
        if named is None and (averted := _averted(words)):
            named = self._named(averted)
            return named if named and named.condition in _PREVENTED else None
        return named

    def _named(self, words: str) -> Named | None:
        whole = self.formulary.find_condition(words)
        if whole:
            return Named(whole, None)
        tokens, mentions = self._mentions(words)
        for mention in mentions:
            if mention.last == len(tokens) and _only_severity(tokens[: mention.first]):
                return Named(mention.term, _severity(tokens[: mention.first]))
        for first, token in enumerate(tokens):
            named = self._abbreviated(words[token.start :])
            if named:
                return Named(named, _severity(tokens[:first]))
            if not _only_severity(tokens[: first + 1]):
                break
        return None

    def _abbreviated(self, words: str) -> str | None:
        """The one condition with that abbreviation in whatever case: who asks for a condition means no other word."""
        terms = self.formulary.condition_terms()
        owners = {owner for term, owner, cased, _ in terms if cased and term.lower() == words.lower()}
        return owners.pop() if len(owners) == 1 else None

    def _mentions(self, words: str) -> tuple[tuple[Token, ...], list[Mention]]:
        """The words and the conditions among them, the longest first."""
        tokens = tokens_of(lowered(plain(words)))
        found = find_mentions(tokens, words, Vocabulary(self.pack.language["vocabulary"]))
        found = [m for m in found if m.lexicon in _CONDITIONS]
        return tokens, sorted(found, key=lambda m: m.first - m.last)

    def hint_for_medicine(self, words: str) -> str:
        """The closest name of a medicine, as a hint; "" where none is close."""
        return did_you_mean(words.lower(), list(self.formulary.names()))

    def hint_for_condition(self, words: str) -> str:
        """A condition that is named among the words, else the closest name of one, as a hint."""
        _, mentions = self._mentions(words)
        if mentions:
            return f"did you mean '{words[mentions[0].start : mentions[0].end]}'?"
        return did_you_mean(words.lower(), self._condition_terms())

    def hint_for_any(self, words: str) -> str:
        """The closest name of a medicine or a condition, as a hint."""
        return did_you_mean(words.lower(), [*self.formulary.names(), *self._condition_terms()])

    def _condition_terms(self) -> list[str]:
        return [term for term, *_ in self.formulary.condition_terms()]


def _only_severity(tokens: Sequence[Token]) -> bool:
    return all(token.kind == MARK or token.norm in _BEFORE for token in tokens)


def _averted(words: str) -> str:
    """The event whose prevention or lower risk the words ask for: "stroke" of "reduce the risk of stroke"; else ""."""
    opening = _RISK_OF.match(words)
    event = _RISK_AFTER.sub("", words[opening.end() :] if opening else words)
    return "" if event == words else event


def _severity(tokens: Sequence[Token]) -> str | None:
    """The severity word; none where there are two: "mild to moderate" leaves it open, as it does in a text."""
    found = {token.norm for token in tokens if token.norm in SEVERITIES}
    return found.pop() if len(found) == 1 else None


def open_library(config: str | None = None) -> Library:
    """The records of the current folder's configuration, or of the one named."""
    pack = current_pack(config)
    return Library(pack, Formulary.from_data(pack.medicines))
