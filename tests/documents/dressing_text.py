"""Plain text: wrapped lines, lists, quotations, stray Markdown marks."""

from __future__ import annotations

from random import Random

from dressing import Dressed, Writer

GAPS = [" ", "  ", "\t", "\u00a0", " \u200b", "\u2009"]
LEADS = ["", "", "", "- ", "* ", "3. ", "> ", "# ", "• ", "\t", "  - "]
UNSEEN = ["\u00ad", "\u200b", "\u2060", "\u200e"]


def dress_text(random: Random, paragraphs: list[list[str]]) -> Dressed:
    """Each paragraph ends as a sentence does and goes on over line ends in lower case, so that no guess is needed."""
    writer = Writer(random.choice(["\n", "\n", "\r\n", "\r"]))
    for number, words in enumerate(paragraphs):
        if number:
            writer.mark("\n\n" if random.random() < 0.8 else " \n\t\n\n")
        lead = random.choice(LEADS)
        writer.mark(lead)
        with writer.block():
            _words(writer, random, words, lead)
            writer.put(".")
        writer.mark(random.choice(["", "", " ", "\t"]))
    writer.mark(random.choice(["", "\n", " \n\n"]))
    return writer.finished(bom=random.random() < 0.2)


def _words(writer: Writer, random: Random, words: list[str], lead: str) -> None:
    for index, word in enumerate(words):
        if index:
            wide = len(writer.line) >= 36 and "#" not in lead
            ended = words[index - 1].endswith(".")
            breaks = wide and not ended and word[0].isascii() and word.islower() and random.random() < 0.5
            writer.gap(" \n" + _prefix(random, lead) if breaks else random.choice(GAPS))
        wrap = random.random() if word.isalpha() else 1
        if wrap < 0.1:
            writer.mark("**")
            writer.put(word)
            writer.mark("**")
        elif wrap < 0.2:
            writer.mark("[")
            writer.put(word)
            writer.mark("](https://a.example/b)")
        elif wrap < 0.3 and len(word) > 3:
            writer.put(word[:2])
            writer.mark(random.choice(UNSEEN))
            writer.put(word[2:])
        else:
            writer.put(word)


def _prefix(random: Random, lead: str) -> str:
    if ">" in lead:
        return "> "
    listed = lead.strip() != "" and "\t" not in lead
    return " " * (len(lead) + random.randrange(2)) if listed else random.choice(["", "", " "])
