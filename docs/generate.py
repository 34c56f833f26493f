"""Write what the documentation takes from the project itself: a page for each rule, their index, a picture of a run.

python docs/generate.py            write what is missing or stale
python docs/generate.py --check    write nothing; 1 when something is stale
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from re import compile as regular
from re import finditer
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "src"))  # the rules of this checkout, whatever is installed

from healthlint.cli.explain import GUARDS  # noqa: E402
from healthlint.findings import CATEGORIES  # noqa: E402
from healthlint.rules.lexicons import Lexicon  # noqa: E402
from healthlint.rules.model import Example, PatternText, Rule, kind_of  # noqa: E402
from healthlint.rules.pack import load_pack  # noqa: E402

PICTURE = DOCS / "images" / "check.svg"
PICTURED = (
    "check", "seeds/honeydew-accutane-back-pain.txt", "--select", "HL205,HL502,HL503,HL624",
)  # fmt: skip
"""The run in the picture: one article, and as many rules as a reader takes in at a glance."""

NOTE = "<!-- Written by docs/generate.py from the rule files. Change those, then run it again. -->\n"
_PAGE = regular(r"[A-Z]+\d+-.*\.md")


def main(arguments: list[str]) -> int:
    """Write the files, or tell which are stale."""
    if arguments not in ([], ["--check"]):
        print("usage: python docs/generate.py [--check]", file=sys.stderr)
        return 2
    changes = stale()
    if arguments:
        for path in changes:
            print(f"stale: {path.relative_to(ROOT).as_posix()}")
        if changes:
            print("run: python docs/generate.py")
        return 1 if changes else 0
    wanted = generated()
    for path in changes:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
        print(path.relative_to(ROOT).as_posix())
    return 0


def stale() -> list[Path]:
    """Files that are missing, differ from what the project says, or belong to a rule that is gone."""
    wanted = generated()
    changed = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    gone = [path for path in (DOCS / "rules").glob("*.md") if _PAGE.fullmatch(path.name) and path not in wanted]
    return sorted((*changed, *gone))


def generated() -> dict[Path, str]:
    """Every generated file and its text."""
    pack = load_pack()
    rules = [pack.complete(rule) for rule in pack.rules]
    files = {DOCS / "rules" / f"{rule.id}-{rule.name}.md": page(rule) for rule in rules}
    files[DOCS / "rules" / "README.md"] = index(rules, pack.lexicons)
    files[PICTURE] = picture(PICTURED)
    return files


# ------------------------------------------------------------------------------------------------- pages of rules


def page(rule: Rule) -> str:
    """All that a rule file says, as a page."""
    sections = [
        f"# {rule.id} {rule.name}\n\n{NOTE}\n{_sentence(rule.summary)}",
        _facts(rule),
        _section("What it says", f"> {_prose(rule.message)}"),
        _section("Why a reviewer objects", rule.why.strip()),
        _section("What to write instead", _prose(rule.help)),
        _section("What keeps it silent", _silent(rule)),
        _section("Flagged", _examples(rule.bad)),
        _section("Left alone", _examples(rule.good)),
        _section("Known limits", _limits(rule)),
        _section("References", "\n".join(_reference(r.title, r.url) for r in rule.references)),
        f"The rule file: [{rule.path}](../../{rule.path}). How to read it: [writing rules](../rules.md).",
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _section(title: str, body: str) -> str:
    return f"## {title}\n\n{body}" if body.strip() else ""


def _facts(rule: Rule) -> str:
    status = f"{rule.status}, since {rule.since}" + (f"; use {rule.replaced_by}" if rule.replaced_by else "")
    rows = {
        "severity": _severity(rule),
        "confidence": rule.confidence,
        "category": rule.category,
        "runs under": "every profile" if "base" in rule.profiles else ", ".join(rule.profiles),
        "document kinds": ", ".join(rule.kinds),
        "parts of a page": ", ".join(rule.blocks),
        "kind of check": kind_of(rule.check),
        "status": status,
    }
    return "| | |\n| --- | --- |\n" + "\n".join(f"| {name} | {_cell(value)} |" for name, value in rows.items() if value)


def _severity(rule: Rule) -> str:
    levels = [(profile, level.word if level else "off") for profile, level in rule.severity]
    base = [level for profile, level in levels if profile == "base"]
    return "; ".join((*base, *(f"{level} under {profile}" for profile, level in levels if profile != "base")))


def _silent(rule: Rule) -> str:
    lines = [
        f"- {GUARDS.get(g.name, g.name)} (`{g.name}{': ' + g.strength if g.strength else ''}`)" for g in rule.unless
    ]
    check = rule.check
    for key, told in (
        ("without", "one of these stands in the same sentence"),
        ("except_", "the words overlap with one of these"),
        ("with_", "none of these stands in the same sentence"),
        ("must", "one of these stands anywhere in the document"),
    ):
        patterns: tuple[PatternText, ...] = getattr(check, key, ())
        if patterns:
            lines.append(f"- {told}: " + ", ".join(_code(pattern.text) for pattern in patterns))
    return "\n".join(lines)


def _limits(rule: Rule) -> str:
    parts = []
    if rule.known_miss:
        parts.append("Not flagged today, though a reviewer would object:\n\n" + _examples(rule.known_miss))
    if rule.known_false_alarm:
        parts.append("Flagged today, though it need not be:\n\n" + _examples(rule.known_false_alarm))
    return "\n\n".join(parts)


def _examples(examples: Iterable[Example]) -> str:
    return "\n\n".join(_example(example) for example in examples)


def _example(example: Example) -> str:
    text = example.text
    for start, end in sorted(example.spans, reverse=True):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    fence = "`" * max(3, 1 + max((len(run.group()) for run in finditer("`+", text)), default=0))
    terms = [
        example.because and f"silent because: {example.because}",
        example.profile and f"under the profile {example.profile}",
        example.kind and f"in a document of the kind {example.kind}",
        example.format != "text" and f"in {example.format.capitalize() if example.format != 'html' else 'HTML'}",
    ]
    told = "; ".join(term for term in terms if term)
    return f"{fence}text\n{text.rstrip(chr(10))}\n{fence}" + (f"\n\n{told[:1].upper()}{told[1:]}." if told else "")


def _reference(title: str, url: str) -> str:
    return f"- [{title.replace('[', '(').replace(']', ')')}]({url})" if url else f"- {_prose(title)}"


# ---------------------------------------------------------------------------------------------------------- index


def index(rules: list[Rule], lexicons: tuple[Lexicon, ...]) -> str:
    """The rules by category, and the word lists that their patterns use."""
    groups = [(category, [rule for rule in rules if rule.category == category]) for category in CATEGORIES]
    parts = [
        f"# The rules\n\n{NOTE}\n{len(rules)} rules, a page each; `healthlint explain HL101` shows it in a terminal. "
        "A code is permanent. The severity is that of the `base` profile; a page names the others.",
        *(_group(category, members) for category, members in groups if members),
        "## Word lists\n\nPlaces of the pattern language, such as `{symptom}`: [writing rules](../rules.md#places).\n\n"
        "| place | words | what they are |\n| --- | ---: | --- |\n" + "\n".join(map(_lexicon, lexicons)),
    ]
    return "\n\n".join(parts) + "\n"


def _group(category: str, rules: list[Rule]) -> str:
    rows = "\n".join(
        f"| [{rule.id}]({rule.id}-{rule.name}.md) | {rule.name} | {_base(rule)} | {_cell(rule.summary)} |"
        for rule in rules
    )
    return f"## {category.capitalize()}\n\n| code | name | severity | finds |\n| --- | --- | --- | --- |\n{rows}"


def _base(rule: Rule) -> str:
    level = rule.severity_in(("base",)) if "base" in rule.profiles else None
    return level.word if level else "off"


def _lexicon(lexicon: Lexicon) -> str:
    return f"| `{{{lexicon.name}}}` | {len(lexicon.terms) + len(lexicon.cased)} | {_cell(lexicon.about)} |"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _prose(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;")


def _cell(text: str) -> str:
    return _prose(text).replace("|", "\\|")


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


# -------------------------------------------------------------------------------------------------------- picture


class Style(NamedTuple):
    """How a run of characters is painted."""

    color: str = ""
    bold: bool = False
    dim: bool = False
    underline: bool = False


COLORS = {31: "#ff7b72", 33: "#e3b341", 36: "#76e3ea"}
TEXT, BACKGROUND, BAR = "#d1d7e0", "#0d1117", "#30363d"
SIZE, WIDTH, HEIGHT, MARGIN, HEAD = 13, 7.83, 19, 18, 34
"""Font size, advance of a character, height of a line, space around, height of the window's bar; in pixels."""
_ESCAPE = regular(r"\x1b\[([\d;]*)m")


def picture(arguments: tuple[str, ...]) -> str:
    """The output of a real run in colour, as an SVG."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "healthlint", *arguments, "--color", "always"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", env=environment, check=False)
    if run.returncode not in (0, 1):
        raise SystemExit(f"the run for the picture failed: {run.stderr}")
    return svg([f"\x1b[2m$\x1b[0m healthlint {' '.join(arguments)}", "", *run.stdout.rstrip("\n").split("\n")])


def svg(lines: list[str]) -> str:
    """Lines with ANSI escapes as an SVG in a monospaced font."""
    painted = [list(runs(line)) for line in lines]
    columns = max(sum(len(text) for text, _ in line) for line in painted)
    width, height = round(columns * WIDTH + 2 * MARGIN), HEAD + len(lines) * HEIGHT + MARGIN
    rows = [
        f'<text x="{MARGIN}" y="{HEAD + (number + 1) * HEIGHT - 5}">{"".join(_tspan(*run) for run in line)}</text>'
        for number, line in enumerate(painted)
        if line
    ]
    lights = "".join(f'<circle cx="{MARGIN + 4 + 20 * i}" cy="17" r="5" fill="{BAR}"/>' for i in range(3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img" aria-label="healthlint in a terminal">\n'
        "<title>healthlint in a terminal</title>\n"
        f'<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>\n{lights}\n'
        "<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" "
        f'font-size="{SIZE}" fill="{TEXT}" xml:space="preserve" style="white-space:pre">\n'
        + "\n".join(rows)
        + "\n</g>\n</svg>\n"
    )


def runs(line: str) -> Iterator[tuple[str, Style]]:
    """Stretches of equal style; the codes that reports use: 0, 1, 2, 4 and colours."""
    style, at = Style(), 0
    for sequence in _ESCAPE.finditer(line):
        if sequence.start() > at:
            yield line[at : sequence.start()], style
        at = sequence.end()
        for code in map(int, (sequence[1] or "0").split(";")):
            style = _painted(style, code)
    if at < len(line):
        yield line[at:], style


def _painted(style: Style, code: int) -> Style:
    if code == 0:
        return Style()
    named = {1: {"bold": True}, 2: {"dim": True}, 4: {"underline": True}}.get(code)
    return style._replace(**named) if named else style._replace(color=COLORS[code])


def _tspan(text: str, style: Style) -> str:
    marks = {
        "fill": style.color,
        "font-weight": "bold" if style.bold else "",
        "fill-opacity": "0.6" if style.dim else "",
        "text-decoration": "underline" if style.underline else "",
    }
    written = "".join(f' {name}="{value}"' for name, value in marks.items() if value)
    return f"<tspan{written}>{escape(text)}</tspan>" if written else escape(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
