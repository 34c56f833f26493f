"""Markdown and MDX: containers, inline marks, escapes, entities, and what is not prose between them."""

from __future__ import annotations

from html.entities import codepoint2name
from random import Random

from dressing import Dressed, Writer

GAPS = [" ", " ", " ", "  ", "\u00a0", "&nbsp;", "&#32;", "&#xA0; ", "<br>", " \u200b ", " `code` ", "\t"]
MARKDOWN_GAPS = [" <!-- unread --> ", " <code>unread</code> ", " <!--\nunread\n--> "]
MDX_GAPS = [" {/* unread */} ", "{' '}", " {unread.name} ", " {f(a => { return '}' })} ", " <Dot a={1} /> ", "<br />"]
BREAKS = ["\n", "\n", "  \n", "\\\n", " \n"]
CONTAINERS = [
    ("", "", "paragraph"), ("", "", "paragraph"), ("> ", "> ", "quotation"), ("- ", "  ", "list-item"),
    ("1. ", "   ", "list-item"), ("> - ", ">   ", "list-item"), ("- > ", "  > ", "quotation"),
    ("> > ", "> > ", "quotation"), ("- one\n  - ", "    ", "list-item"), ("* [x] ", "  ", "list-item"),
    ("+\t", "    ", "list-item"), ("> ", "", "quotation"),
]  # fmt: skip
DECOYS = [
    "```\nunread `text`\n```", "~~~ js\nunread\n~~~", "***", "[ref]: <https://a.example/b>", "[dup]: /unread",
]  # fmt: skip
MARKDOWN_DECOYS = [
    "<!-- unread -->", "    unread = text", "<script>unread()</script>", "<style>\nunread {}\n</style>",
]  # fmt: skip
MDX_DECOYS = [
    "{/* unread\n\n'text */}", "export const unread = {\n  a: '}',\n\n  b: `${1}`,\n}", "{unread ? 'a' : null}",
]  # fmt: skip
WRAPS = [
    ("**", "**"), ("*", "*"), ("~~", "~~"), ("<b>", "</b>"), ('<span class="a > b">', "</span>"),
    ("***", "***"),
]  # fmt: skip
MDX_WRAPS = [
    ("**", "**"), ("*", "*"), ("<b>", "</b>"), ("<Hi x={{a: '}'}} y='>'>", "</Hi>"), ("<>", "</>"),
    ('{"', '"}'),
]  # fmt: skip
LINKS = [("[", "](/a)"), ("[", "](<https://a.example/b c>)"), ("[", "][ref]"), ('<a href="/x">', "</a>")]
SPECIAL = "\\`*_{}[]<>#|&~"


def dress_markdown(random: Random, paragraphs: list[list[str]]) -> Dressed:
    """A Markdown file."""
    return _Page(random, mdx=False).dress(paragraphs)


def dress_mdx(random: Random, paragraphs: list[list[str]]) -> Dressed:
    """An MDX file."""
    return _Page(random, mdx=True).dress(paragraphs)


class _Page:
    def __init__(self, random: Random, *, mdx: bool) -> None:
        self._random = random
        self._mdx = mdx
        self._writer = Writer(random.choice(["\n", "\n", "\r\n", "\r"]))
        self._gaps = GAPS + (MDX_GAPS if mdx else MARKDOWN_GAPS)
        self._wraps = MDX_WRAPS if mdx else WRAPS
        self._last_wrap = ""
        self._decoys = DECOYS + (MDX_DECOYS if mdx else MARKDOWN_DECOYS)

    def dress(self, paragraphs: list[list[str]]) -> Dressed:
        random, writer = self._random, self._writer
        forms = [self._contained, self._contained, self._heading, self._table, self._image, self._note]
        forms += [self._component] if self._mdx else [self._element]
        if random.random() < 0.3:
            self._front_matter(paragraphs.pop(0))
        if self._mdx:
            writer.mark("import Hi from './hi'\nimport {\n  Card,\n} from 'card'\n\n")
        for words in paragraphs:
            random.choice(forms)(words)
            writer.mark("\n\n")
            writer.mark("***\n\n")  # so that what follows is no part of a list or a note
            if random.random() < 0.5:
                writer.mark(random.choice(self._decoys) + "\n\n")
        writer.mark("[ref]: /ref" + random.choice(["", "\n", "  "]))
        return writer.finished(bom=random.random() < 0.2)

    # Blocks

    def _contained(self, words: list[str]) -> None:
        lead, prefix, kind = self._random.choice(CONTAINERS)
        if lead.startswith("- one"):
            self._writer.mark("- ")
            with self._writer.block("list-item"):
                self._writer.put("one")
            lead = lead[5:]
        self._writer.mark(lead)
        with self._writer.block(kind):
            self._words(words, prefix)

    def _heading(self, words: list[str]) -> None:
        level = self._random.randint(1, 6)
        self._writer.mark("#" * level + " ")
        with self._writer.block("heading"):
            self._words(words, None)
        self._writer.mark(self._random.choice(["", " " + "#" * level]))

    def _table(self, words: list[str]) -> None:
        writer = self._writer
        bar = self._random.choice(["| ", ""])
        writer.mark(bar)
        with writer.block("table-cell"):
            writer.put("head")
        writer.mark(" | `unread` |\n|:--|--:|\n" + bar)
        with writer.block("table-cell"):
            self._words(words, None, bar="\\|")
        writer.mark(" | ")
        with writer.block("table-cell"):
            self._words(words[:2], None, bar="\\|")
        writer.mark(" |")

    def _image(self, words: list[str]) -> None:
        writer = self._writer
        with writer.block("paragraph"):
            writer.put("see")
            writer.gap(" ")
            writer.mark("![")
            with writer.block("alt"):
                self._words(words, "", links=False)
            writer.mark("](/unread.png)")
            writer.put("it")

    def _note(self, words: list[str]) -> None:
        with self._writer.block("paragraph"):
            self._writer.put("[^n]:")
            self._writer.gap(" ")
            self._words(words, "    ")

    def _element(self, words: list[str]) -> None:
        writer = self._writer
        writer.mark('<div class="unread">\n<p>')
        with writer.block("paragraph"):
            for index, word in enumerate(words):
                if index:
                    writer.gap(self._random.choice([" ", "\n", "&nbsp;", "<br>"]))
                for char in word:
                    writer.put(char, {"&": "&amp;", "<": "&lt;"}.get(char, ""))
        writer.mark("</p>\n</div>")

    def _component(self, words: list[str]) -> None:
        writer = self._writer
        writer.mark('<Card id="unread" {...rest}\n  on={() => { f("}") }}\n>\n')
        indent = self._random.choice(["", "  ", "      "])
        if self._random.random() < 0.5:
            writer.mark("\n")
        writer.mark(indent)
        with writer.block("paragraph"):
            self._words(words, indent)
        writer.mark("\n</Card>")

    def _front_matter(self, words: list[str]) -> None:
        writer, toml = self._writer, self._random.random() < 0.5
        words = [word for word in words if not set(word) & set("\"\\'`#:{}[]&*|<")]
        writer.mark("+++\nslug = 'unread'\n" if toml else "---\nslug: unread-text\n")
        writer.mark("title = " if toml else "title: ")
        quote = self._random.choice(['"', "'", '"""', "'''"] if toml else ['"', "'", ""])
        writer.mark(quote)
        with writer.block("title"):
            for index, word in enumerate(words):
                if index:
                    writer.gap("\n  " if len(quote) != 1 and index % 3 == 2 else self._random.choice([" ", "  "]))
                if '"' in quote:
                    writer.put(word[0], f"\\u{ord(word[0]):04x}" if ord(word[0]) < 0x10000 else "")
                    word = word[1:]
                writer.put(word)
        writer.mark(quote + ("\n+++\n" if toml else "\n---\n"))

    # Words

    def _words(self, words: list[str], prefix: str | None, *, bar: str = "|", links: bool = True) -> None:
        """Writes words with gaps between them; lines may end where there is a `prefix` for the next one."""
        random, writer = self._random, self._writer
        closing, until = "", 0
        for index, word in enumerate(words):
            if index:
                self._gap(prefix, word)
            if not closing and random.random() < 0.2:
                count = random.randint(1, 3)
                group = words[index : index + count]
                if links and random.random() < 0.5 and index + count < len(words):  # nothing but links is no paragraph
                    opening, closing = random.choice(LINKS)
                    until = index + len(group)
                    writer.mark(opening)
                elif all(one.isalpha() for one in group):
                    opening, closing = self._wrap()
                    if opening == '{"':
                        opening = closing = "**"
                    until = index + len(group)
                    writer.mark(opening)
            if closing:
                self._word(word, bar)
            else:
                self._wrapped(word, bar)
            if closing and index + 1 >= min(until, len(words)):
                writer.mark(closing)
                closing = ""

    def _wrap(self) -> tuple[str, str]:
        """A pair of marks; two components in a row would be blocks of their own."""
        pair = self._random.choice(
            [pair for pair in self._wraps if pair[0][0:2] != "<H" or self._last_wrap[0:2] != "<H"]
        )
        self._last_wrap = pair[0]
        return pair

    def _gap(self, prefix: str | None, word: str) -> None:
        random, writer = self._random, self._writer
        if prefix is not None and word.isalpha() and random.random() < 0.3:
            writer.gap(random.choice(BREAKS) + prefix)
            return
        gap = random.choice(self._gaps)
        if "\n" in gap:
            gap = gap.replace("\n", "\n" + prefix) if prefix is not None else " "
        writer.gap(gap)

    def _wrapped(self, word: str, bar: str) -> None:
        random, writer = self._random, self._writer
        if not word.isalpha() or len(word) < 4 or random.random() < 0.6:
            self._word(word, bar)
            return
        opening, closing = self._wrap()
        cut = 2 if opening in ("**", "*", "<b>") and word.isascii() and random.random() < 0.5 else 0
        if cut:
            writer.put(word[:cut])
        writer.mark(opening)
        if cut:
            writer.put(word[cut:])  # marks within a word must touch letters
        else:
            self._word(word, bar)
        writer.mark(closing)

    def _word(self, word: str, bar: str) -> None:
        random, writer = self._random, self._writer
        for index, char in enumerate(word):
            if char == "|":
                writer.mark(bar.removesuffix("|"))
                writer.put(char)
            elif char in SPECIAL:
                writer.put(char, f"\\{char}" if random.random() < 0.5 else f"&#{ord(char)};")
            elif ord(char) in codepoint2name and random.random() < 0.2:
                writer.put(char, f"&{codepoint2name[ord(char)]};")
            elif char.isascii() and char.isalpha() and random.random() < 0.03:
                writer.put(char, f"&#x{ord(char):x};")
            else:
                if index and char.isalpha() and char.isascii() and random.random() < 0.03:
                    writer.mark(random.choice(["&shy;", "\u00ad", "\u200b"]))
                writer.put(char)
