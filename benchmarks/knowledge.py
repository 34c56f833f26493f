"""What the records of medicines cost a check: loading and judging with all of them, and with none."""

from __future__ import annotations

import gc
import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from healthlint.config import FileSettings
from healthlint.documents import parse
from healthlint.documents.source import Source
from healthlint.linter import lint
from healthlint.rules.compile import compile_folder
from healthlint.rules.details import DETAILS_FILE, Details, details_text
from healthlint.rules.pack import PACK_FILE, decode_pack

RUNS = 15
RULES = Path(__file__).parent.parent / "rules"
PLAIN = "The tea is served with milk.\n"
NAMED = "Isotretinoin for psoriasis: what to know.\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        bare = Path(name) / "rules"
        shutil.copytree(RULES, bare)
        shutil.rmtree(bare / "medicines")
        (bare / "medicines").mkdir()
        stores = {"with all records": store(RULES, Path(name) / "all"), "with none": store(bare, Path(name) / "none")}
        print(f"loading the rules and checking one sentence (CPU ms, median of {RUNS})")
        for title, text in (("a sentence without a medicine", PLAIN), ("a medicine offered for a condition", NAMED)):
            spent = {words: median(folder, text) for words, folder in stores.items()}
            both = spent["with all records"], spent["with none"]
            print(f"  {title:<36}{both[0]:>7.1f} with all{both[1]:>8.1f} with none{both[0] - both[1]:>8.1f} more")


def store(rules: Path, folder: Path) -> Path:
    """The rules compiled, written as an installation holds them."""
    pack, details = compile_folder(rules)
    folder.mkdir()
    (folder / PACK_FILE).write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
    (folder / DETAILS_FILE).write_bytes(details_text(details).encode())
    return folder


def median(folder: Path, text: str) -> float:
    return statistics.median([once(folder, text, run) for run in range(RUNS + 1)][1:]) * 1000


def once(folder: Path, text: str, run: int) -> float:
    gc.collect()
    gc.disable()
    start = time.process_time()
    data = json.loads((folder / PACK_FILE).read_bytes())
    details = Details(None, str(folder / DETAILS_FILE), data["version"])
    data["version"] += f"{folder.name}{run}"  # what is kept ready for one pack is not for the next
    pack = decode_pack(data, details)
    lint(parse(Source("page.txt", text)), pack, FileSettings(profiles=("us",)))
    spent = time.process_time() - start
    gc.enable()
    return spent


if __name__ == "__main__":
    main()
