"""Articles to measure with, made on the spot and the same every time: sales copy, patient information, Markdown."""

from __future__ import annotations

import itertools
import random
import re
from typing import NamedTuple

SIZE = 10_000
"""Characters of an article, about."""

WORDS = {
    "thing": (
        "the tea", "our serum", "these gummies", "the patch", "turmeric", "magnesium", "isotretinoin", "metformin",
        "the balm", "ashwagandha", "this massage", "the clinic's laser",
    ),
    "ill": (
        "asthma", "eczema", "joint pain", "migraine", "insomnia", "psoriasis", "bloating", "high blood pressure",
        "acne", "back pain", "anxiety",
    ),
    "good": ("sleep", "digestion", "focus", "circulation", "energy", "immune system", "memory", "metabolism"),
    "who": ("parents", "runners", "office workers", "people over fifty", "nurses", "students"),
}  # fmt: skip
SALES = (
    "{thing} treats {ill} at the root, with no side effects.",
    "{thing} boosts your {good} and melts away {ill} in {number} days.",
    "Studies show that {thing} relieves {ill} in {number}% of {who}.",
    "Say goodbye to {ill}: {thing} is the best choice for {who}.",
    "Experts agree that {thing} is a safe, natural way to better {good}.",
    "Call us today and save {number}% on your first order.",
    "Only {number} packs left, so order now and feel the difference.",
    "“My {ill} was gone within a week,” says one of our customers.",
    "Clinically proven to support your {good}, unlike ordinary remedies.",
    "Can {thing} help with {ill}? Thousands of {who} already know.",
    "Our formula is FDA-approved, doctor-recommended and free of chemicals.",
    "Whether you have {ill} or just want more {good}, {thing} works.",
)
LEAFLET = (
    "{thing} may ease {ill}, though more research is needed.",
    "Ask your doctor or pharmacist before you take {thing} with other medicines.",
    "Side effects of {thing} can include nausea, a dry mouth and {ill}.",
    "There is no cure for {ill}, and {thing} does not change that.",
    "In one trial (Lund et al., {year}), {thing} did no better than placebo.",
    "{thing} is not an approved treatment for {ill}.",
    "About {number} in 100 {who} have {ill} at some time.",
    "Do not stop taking your tablets without talking to your doctor.",
    "If {ill} gets worse, or does not get better after {number} days, seek medical advice.",
    "Keep this leaflet, because you may need to read it again.",
    "Swallow the tablet whole with a glass of water, with or without food.",
)
PLAIN = (
    "The path along the river was closed for most of {year}.",
    "She kept a diary of her walks, her meals and the hours she slept.",
    "A glass of water stood on the table beside the lamp.",
    "Some days were long, and others went by before anyone had noticed.",
    "Nobody at the office could say who had ordered {number} boxes of paper.",
    "When the rain stopped, the children went out to look for snails.",
    "The town has {number} benches, most of them under trees.",
    "He learned to cook soup from a book that his aunt had left behind.",
    "They talked about the weather, the harvest and the price of bread.",
)
LINKED = (
    "Read [what the trials say](https://example.org/trials/{number}) about {ill}.",
    "**{thing}** is one of *{number}* things that {who} try for {ill}.",
    "Our [guide to {good}](/guides/{good}) tells what helps and what does not.",
    "See the [label](https://example.org/label#{year}) for uses and warnings[^{number}].",
)
_STOP = re.compile(r"[.?!](?=\s|$)")


class Article(NamedTuple):
    kind: str
    suffix: str
    text: str


def articles(count: int, *, distinct: bool = False) -> list[Article]:
    """Articles of every kind in turn; `distinct`: a number in every sentence makes it one that stands nowhere else."""
    chance = random.Random(1938)
    numbers = itertools.count(100_000) if distinct else None
    makers = (("sales copy", ".txt", _sales), ("patient information", ".txt", _leaflet), ("Markdown", ".md", _markdown))
    made = []
    for number in range(count):
        kind, suffix, section = makers[number % len(makers)]
        text = ""
        while len(text) < SIZE:
            text += section(chance)
        if numbers is not None:
            text = _STOP.sub(lambda stop, numbers=numbers: f" (item {next(numbers)}){stop[0]}", text)
        made.append(Article(kind, suffix, text))
    return made


def _filled(sentence: str, chance: random.Random) -> str:
    words = {name: chance.choice(choices) for name, choices in WORDS.items()}
    text = sentence.format(**words, number=chance.randint(2, 99), year=chance.randint(1990, 2024))
    return text[0].upper() + text[1:]


def _paragraph(sentences: tuple[str, ...], plain: float, chance: random.Random) -> str:
    """A few of the sentences, with plain ones between them to that share."""
    chosen = (PLAIN if chance.random() < plain else sentences for _ in range(chance.randint(3, 6)))
    return " ".join(_filled(chance.choice(some), chance) for some in chosen)


def _title(chance: random.Random) -> str:
    return _filled(chance.choice(("{thing} for {ill}", "How {who} look after their {good}", "About {ill}")), chance)


def _sales(chance: random.Random) -> str:
    return f"{_title(chance)}\n\n{_paragraph(SALES, 0.2, chance)}\n\n"


def _leaflet(chance: random.Random) -> str:
    return f"{_title(chance)}\n\n{_paragraph(LEAFLET, 0.4, chance)}\n\n"


def _markdown(chance: random.Random) -> str:
    items = "\n".join(f"- {_filled(chance.choice(LINKED), chance)}" for _ in range(3))
    mixed: tuple[str, ...] = SALES + LEAFLET + LINKED
    return f"## {_title(chance)}\n\n{_paragraph(mixed, 0.4, chance)}\n\n{items}\n\n"
