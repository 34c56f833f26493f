"""Generated documents whose every word is known: few by default, HEALTHLINT_CASES of them where it is set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random

STEMS = ("rest", "Sleep", "naïve", "e\u0301clair", "שלום", "健康", "👩\u200d⚕️", "it’s", "50%", "Ärzte", "a", "Σ")


def cases(few: int = 150) -> Iterator[tuple[int, Random]]:
    """Seeds and their sources of chance."""
    for seed in range(int(os.environ.get("HEALTHLINT_CASES", few))):
        yield seed, Random(seed)


class Words:
    """Words of many scripts, none of which is part of another."""

    def __init__(self, chance: Random) -> None:
        self.given: list[str] = []
        self._chance = chance

    def new(self) -> str:
        word = f"{self._chance.choice(STEMS)}{len(self.given)}q"
        self.given.append(word)
        return word
