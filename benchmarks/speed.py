"""How long checking takes: one article from a cold start, and a thousand in one process, beside other programs.

Everything is measured in one run, so that the ratios hold whatever the machine is doing. See README.md in this folder.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from articles import SIZE, Article, articles

from healthlint import linter
from healthlint.config import FileSettings
from healthlint.documents import parse
from healthlint.documents.source import Source
from healthlint.findings import FileReport, Finding, Outcome
from healthlint.linter import judge, see
from healthlint.reports import json as report
from healthlint.rules.pack import load_pack
from healthlint.rules.vocabulary import PROFILES

RUNS = 9
CHECK = [sys.executable, "-m", "healthlint", "check"]
EVERYTHING = ["--profile", ",".join(PROFILES[1:]), "--format", "json", "--jobs", "1"]
PROSELINT = [sys.executable, "-m", "proselint", "check"] if importlib.util.find_spec("proselint") else None
NOT_INSTALLED = "  proselint                         not installed (pip install proselint)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000, help="how many articles of about 10 KB (default 1000)")
    parser.add_argument("--pages", type=Path, help="a folder of text files to time as well, as written by people")
    parser.add_argument("--profile", action="store_true", help="show the functions that take most time, instead")
    args = parser.parse_args()
    made = articles(max(args.articles, 3))
    if args.profile:
        profile(made[:60])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cold_start(made[:3], folder)
        many(made, articles(len(made), distinct=True), folder)
    shares(made[:90])
    if args.pages:
        texts = [path.read_text(encoding="utf-8") for path in sorted(args.pages.glob("*.txt"))]
        size = sum(len(text.encode()) for text in texts)
        print(f"\nthe same for the {len(texts)} files of {args.pages}, for each {SIZE // 1000} KB of them")
        shares([Article("given", ".txt", text) for text in texts], size / SIZE)


def cold_start(made: list[Article], folder: Path) -> None:
    print(f"cold start, one article of {SIZE // 1000} KB (CPU seconds of the whole process, median of {RUNS})")
    rows = []
    for article in made:
        page = f"page{article.suffix}"
        (folder / page).write_text(article.text, encoding="utf-8")
        rows.append((f"healthlint, {article.kind}", median([*CHECK, page], folder)))
    rows.append(("python -c pass", median([sys.executable, "-c", "pass"], folder)))
    if PROSELINT:
        rows.append(("proselint, the last article", median([*PROSELINT, page], folder)))
    for name, seconds in rows:
        print(f"  {name:<32}{seconds:>8.3f} s{seconds / rows[0][1]:>9.2f} x")
    if not PROSELINT:
        print(NOT_INSTALLED)


def many(made: list[Article], distinct: list[Article], folder: Path) -> None:
    """All articles in one process, reading and reporting included; and as many in which no sentence comes twice."""
    for name, those in (("pages", made), ("distinct", distinct)):
        (folder / name).mkdir()
        for number, article in enumerate(those):
            (folder / name / f"{number:04}{article.suffix}").write_text(article.text, encoding="utf-8")
    size = sum(len(article.text.encode()) for article in made)
    print(f"\n{len(made)} articles, {size / 1e6:.1f} MB, one process (CPU seconds, everything on)")
    rows = [("healthlint", cpu([*CHECK, *EVERYTHING, "pages"], folder))]
    larger = sum(len(article.text.encode()) for article in distinct) / size
    rows.append(("the same, no sentence twice", cpu([*CHECK, *EVERYTHING, "distinct"], folder) / larger))
    if PROSELINT:
        rows.append(("proselint", cpu([*PROSELINT, "pages"], folder)))
    rows.append(("plain list, one regex a phrase", keyword_scan(made)))
    for name, seconds in rows:
        each = seconds / len(made) * 1000
        print(f"  {name:<32}{seconds:>8.2f} s{each:>9.2f} ms each{seconds / rows[0][1]:>9.2f} x")
    if not PROSELINT:
        print(NOT_INSTALLED)


def cpu(command: list[str], folder: Path) -> float:
    """Processor seconds that the command takes from start to end, its bytecode kept as an installation keeps it."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def median(command: list[str], folder: Path) -> float:
    # The first run warms the disk, and in a checkout it compiles the rules.
    return statistics.median([cpu(command, folder) for _ in range(RUNS + 1)][1:])


def keyword_scan(made: list[Article], sample: int = 6) -> float:
    """What a script of an afternoon does: every phrase of a plain list, each its own regular expression.

    Timed on a few articles, and scaled up.
    """
    phrases = [term for lexicon in load_pack().lexicons for term in (*lexicon.terms, *lexicon.cased)]
    forms = [re.compile(rf"\b{re.escape(phrase.replace('~', ''))}\b", re.IGNORECASE) for phrase in phrases]
    texts = [article.text for article in made[:sample]]
    start = time.process_time()
    for text in texts:
        for form in forms:
            for match in form.finditer(text):
                match.span()
    return (time.process_time() - start) * len(made) / len(texts)


def shares(made: list[Article], whole: float | None = None) -> None:
    """Where the time of one article goes, once the rules are loaded; `whole`: for how many articles they count."""
    whole = whole or len(made)
    gc.set_threshold(100_000, 50, 50)  # as the command does
    pack, settings = load_pack(), FileSettings(profiles=PROFILES)
    spent: dict[str, float] = {}
    for _ in range(2):  # the first pass parses the patterns and does not count
        spent.clear()
        linter._bench(pack).readings.forget()
        findings: list[Finding] = []
        reports: list[FileReport] = []
        for number, article in enumerate(made):
            times = [time.process_time()]
            document = parse(Source(f"{number}{article.suffix}", article.text))
            times.append(time.process_time())
            seen = see(document, pack, settings)
            times.append(time.process_time())
            found, _ = judge(seen, pack, settings)
            times.append(time.process_time())
            for step, start, end in zip(("parse", "annotate", "check"), times, times[1:], strict=False):
                spent[step] = spent.get(step, 0.0) + end - start
            findings += found
            reports.append(FileReport(document.source.path, seen.kind))
        start = time.process_time()
        report.render(Outcome(tuple(findings), tuple(reports)))
        spent["report"] = time.process_time() - start
    print(f"\nwhere the time goes (CPU ms an article, mean of {whole:.3g})")
    for step, seconds in spent.items():
        print(f"  {step:<32}{seconds / whole * 1000:>8.2f} ms{seconds / sum(spent.values()):>9.0%}")
    print(f"  {'all':<32}{sum(spent.values()) / whole * 1000:>8.2f} ms")
    print(f"  {len(findings) / whole:.0f} findings each")


def profile(made: list[Article]) -> None:
    """The functions that take most time."""
    import cProfile
    import pstats

    pack, settings = load_pack(), FileSettings(profiles=PROFILES)
    documents = [parse(Source(f"page{article.suffix}", article.text)) for article in made]
    judge(see(documents[0], pack, settings), pack, settings)
    with cProfile.Profile() as profiler:
        for document in documents:
            judge(see(document, pack, settings), pack, settings)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
