"""How long checking takes: the cold start for one article, and many articles in one process, beside other scans.

Everything is measured in one run, so that the ratios hold whatever the machine is doing. See README.md in this folder.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from healthlint.annotate import annotate
from healthlint.config import FileSettings
from healthlint.documents import parse
from healthlint.documents.source import Source
from healthlint.knowledge import load_language
from healthlint.linter import lint
from healthlint.rules.pack import load_pack

RUNS = 7
THINGS = (
    "tea",
    "serum",
    "gummies",
    "patch",
    "turmeric",
    "magnesium",
    "isotretinoin",
    "metformin",
    "balm",
    "ashwagandha",
)
ILLS = (
    "asthma",
    "eczema",
    "joint pain",
    "migraine",
    "insomnia",
    "psoriasis",
    "bloating",
    "high blood pressure",
    "acne",
)
GOODS = ("sleep", "digestion", "focus", "circulation", "energy", "immune system", "memory", "metabolism")
CLAIMS = (
    "The {thing} is used to treat {ill} in most homes.",
    "Our {thing} boosts your {good} with no side effects.",
    "Studies show that {thing} relieves {ill} in {number} days.",
    "Say goodbye to {ill} with this {thing}.",
    "Call us today and save {number}% on your first {thing}.",
    "Experts agree that {thing} is the best choice for {ill}.",
    "About {number}% of people with {ill} felt better within a week.",
    "The {thing} may ease {ill}, though more research is needed.",
    "There is no cure for {ill}, and {thing} does not change that.",
    "Can {thing} help with {ill}?",
    "Ask your doctor before you take {thing} with other medicines.",
    "Side effects of {thing} include nausea, {ill} and a dry mouth.",
    "In one trial (Lund et al., {year}), {thing} did no better than placebo.",
    "{thing} for {ill} is not an approved use.",
)
FILLER = (
    "The path along the river was closed for most of {year}.",
    "She kept a diary of her walks, her meals and the hours she slept.",
    "A glass of water stood on the table beside the lamp.",
    "Some days were long, and others went by before anyone had noticed.",
    "Nobody at the office could say who had ordered {number} boxes of paper.",
    "When the rain stopped, the children went out to look for snails.",
    "The town has {number} benches, most of them under trees.",
    "He learned to cook soup from a book that his aunt had left behind.",
    "It took three buses, and a good deal of patience, to reach the coast.",
    "They talked about the weather, the harvest and the price of bread.",
)


class Row(NamedTuple):
    name: str
    seconds: float
    size: int


def articles(count: int, size: int = 10_000) -> list[str]:
    """Articles of about `size` characters, the same every time."""
    chance = random.Random(1938)

    def filled(sentence: str) -> str:
        words = {"thing": THINGS, "ill": ILLS, "good": GOODS}
        values = {name: chance.choice(choices) for name, choices in words.items()}
        text = sentence.format(**values, number=chance.randint(2, 99), year=chance.randint(1990, 2024))
        return text[0].upper() + text[1:]

    def article() -> str:
        parts: list[str] = []
        length = 0
        while length < size:
            title = f"{chance.choice(THINGS)} and {chance.choice(ILLS)}".capitalize()
            lines = [
                filled(chance.choice(CLAIMS if chance.random() < 0.3 else FILLER)) for _ in range(chance.randint(3, 7))
            ]
            section = f"{title}\n\n{' '.join(lines)}\n\n"
            parts.append(section)
            length += len(section)
        return "".join(parts)

    return [article() for _ in range(count)]


def cold_start(command: list[str], folder: Path) -> float:
    """Median of the processor seconds that the command takes from start to end."""
    times = []
    for _ in range(RUNS + 1):  # the first run warms the disk, and compiles the rules in a checkout
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return statistics.median(times[1:])


def throughput(scan: Callable[[str], object], texts: list[str]) -> float:
    """Processor seconds for all texts, after one of them has been read to warm up."""
    scan(texts[0])
    start = time.process_time()
    for text in texts:
        scan(text)
    return time.process_time() - start


def linter() -> Callable[[str], object]:
    pack, settings = load_pack(), FileSettings()
    return lambda text: lint(parse(Source("page.txt", text)), pack, settings)


def keyword_scan() -> Callable[[str], object]:
    """What a script of an afternoon does: every phrase of a plain list, each its own regular expression."""
    phrases = [term for lexicon in load_pack().lexicons for term in (*lexicon.terms, *lexicon.cased)]
    forms = [re.compile(rf"\b{re.escape(phrase.replace('~', ''))}\b", re.IGNORECASE) for phrase in phrases]
    return lambda text: [match.span() for form in forms for match in form.finditer(text)]


def proselint_scan() -> Callable[[str], object] | None:
    """proselint, if it is installed: the linter for prose that is nearest in kind."""
    try:
        from proselint.tools import lint as prose
    except ImportError:
        return None
    return lambda text: prose(text)


def profile(texts: list[str]) -> None:
    """Where the time goes, layer by layer, then function by function."""
    import cProfile
    import pstats

    pack = load_pack()
    knowledge, settings = load_language(pack.language), FileSettings()
    sources = [Source("page.txt", text) for text in texts]
    start = time.process_time()
    documents = [parse(source) for source in sources]
    parsed = time.process_time()
    for document in documents:
        annotate(document, knowledge)
    annotated = time.process_time()
    for document in documents:
        lint(document, pack, settings)
    linted = time.process_time()
    print("\nwhere the time goes (CPU ms an article)")
    count = len(texts) / 1000
    print(f"  parsing     {(parsed - start) / count:8.2f}")
    print(f"  annotating  {(annotated - parsed) / count:8.2f}")
    print(f"  rules       {max(linted - annotated - (annotated - parsed), 0) / count:8.2f}")
    with cProfile.Profile() as profiler:
        for document in documents[:40]:
            lint(document, pack, settings)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def table(rows: list[Row], unit: Callable[[Row], str]) -> None:
    base = rows[0].seconds
    for row in rows:
        print(f"  {row.name:<34}{row.seconds:>9.3f} s {unit(row):>14}{row.seconds / base:>9.2f} x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=200, help="how many articles of about 10 KB (default 200)")
    parser.add_argument("--profile", action="store_true", help="show where the time goes, instead of the peers")
    args = parser.parse_args()
    texts = articles(max(args.articles, 1))
    size = sum(len(text.encode()) for text in texts)
    if args.profile:
        profile(texts[:100])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.txt").write_text(texts[0], encoding="utf-8")
        cold = [
            Row(
                "healthlint check page.txt",
                cold_start([sys.executable, "-m", "healthlint", "check", "page.txt"], folder),
                0,
            ),
            Row("python -c pass", cold_start([sys.executable, "-c", "pass"], folder), 0),
        ]
    print(f"cold start, one article of {len(texts[0]) / 1000:.0f} KB (CPU, median of {RUNS})")
    table(cold, lambda row: "")
    peers = [
        ("healthlint", linter()),
        ("plain list, one regex a phrase", keyword_scan()),
        ("proselint", proselint_scan()),
    ]
    rows = []
    for name, scan in peers:
        if scan is not None:
            # A slow peer need not see them all: its time is scaled up.
            some = texts if name == "healthlint" else texts[: max(len(texts) // 20, 5)]
            seconds = throughput(scan, some)
            rows.append(Row(name, seconds * size / sum(len(text.encode()) for text in some), size))
    print(f"\nthroughput, {len(texts)} articles, {size / 1e6:.1f} MB (CPU, one process)")
    table(rows, lambda row: f"{row.size / 1e6 / row.seconds:.2f} MB/s")


if __name__ == "__main__":
    main()
