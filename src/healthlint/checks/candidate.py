"""What a check hands on: a place where a rule may hold, before guards and merging."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from healthlint.rules.model import Rule


class Candidate(NamedTuple):
    """`start` and `end` count from where the sentence begins; what customers tell may end beyond it.

    `data` is what the message is filled with.

    Guards are judged for the words at `anchor`, where they are not the whole place: the condition of a pair.
    `silenced` names the guard that the check itself found to hold: a claim that its sentence denies or hedges.
    """

    rule: Rule
    sentence_index: int
    start: int
    end: int
    data: tuple[tuple[str, str], ...] = ()
    scope: str = "sentence"
    silenced: str = ""
    anchor: tuple[int, int] | None = None
