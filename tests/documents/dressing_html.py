"""HTML: blocks with and without their end tags, inline markup, entities, attributes, JSON-LD."""

from __future__ import annotations

from html.entities import codepoint2name
from random import Random

from dressing import Dressed, Writer

GAPS = [
    " ", " ", "\n", "\n\t ", "&nbsp;", "&#160;", "&#xa0; ", "\u00a0", "<br>", "<br/>", " <!-- unread > -->", "\t",
    " <code>unread</code> ", " <script>unread('</b>')</script>", "&ensp;", "&#8203; ", " <!----> ",
]  # fmt: skip
BLOCKS = [
    ("<p>", "</p>", "paragraph"), ("<p class='a > b'>", "", "paragraph"), ("<h2>", "</h2>", "heading"),
    ("<ul><li>", "</ul>", "list-item"), ("<ol>\n<li><p>", "</p></li></ol>", "list-item"),
    ("<div>", "</div>", "paragraph"), ("<table><tr><td>", "</td></tr></table>", "table-cell"),
    ("<table><tr><td>", "</table>", "table-cell"), ("<blockquote>\n  <p>", "</blockquote>", "quotation"),
    ("<button type=button>", "</button>", "button"),
    ("<figure><figcaption>", "</figcaption></figure>", "paragraph"), ("<x-card>", "</x-card>", "paragraph"),
    ("<dl><dt>", "</dl>", "list-item"), ("<span role='button'>", "</span>", "button"),
    ("<section>\n", "</section>", "paragraph"), ("<div hidden><p>", "</div>", "paragraph"),
    ('<a class="btn" href="/x">', "</a>", "button"),
]  # fmt: skip
WRAPS = [
    ("<b>", "</b>"), ("<em class=\"a > b\">", "</em>"), ("<a href='/x?a=1&b=2'>", "</a>"),
    ("<span\n style=''>", "</span >"), ("<font color=red>", "</font>"), ("<I>", "</i>"),
]  # fmt: skip
DECOYS = [
    "", "", "<script>unread = '<p>unread</p>';</script>", "<style>.unread > p {}</style>",
    "<template><p>unread</template>", "<!-- <p>unread</p> -->", "<pre>unread</pre>",
    "<svg><text>unread</text></svg>", "<?php echo '<p>unread' ?>", "<input type=hidden value=unread>",
    "<![if !IE]>", "<hr>",
]  # fmt: skip
ATTRIBUTES = [
    ("<img src='unread' alt=", ">", "alt"), ("<input type=submit value=", ">", "button"),
    ("<i aria-label=", "></i>", "alt"), ('<abbr title=', "></abbr>", "alt"),
    ('<meta content=', ' name="description">', "description"),
    ('<meta property="og:description" content=', ">", "description"),
]  # fmt: skip


def dress_html(random: Random, paragraphs: list[list[str]]) -> Dressed:
    """An HTML page."""
    writer = Writer(random.choice(["\n", "\n", "\r\n", "\r"]))
    writer.mark("<!DOCTYPE html>\n<html><head>\n")
    if random.random() < 0.5:
        writer.mark("<title>")
        with writer.block("title"):
            _words(writer, random, paragraphs.pop(0), tags=False)
        writer.mark("</title>\n")
    for number, words in enumerate(paragraphs):
        writer.mark(random.choice(DECOYS) + "\n")
        choice = random.random()
        alone = [*words, f"alone{number}"]  # metadata that says what the page says is not read again
        if choice < 0.2:
            _attribute(writer, random, alone)
        elif choice < 0.35:
            _json_ld(writer, random, alone)
        else:
            opening, closing, kind = random.choice(BLOCKS)
            writer.mark(opening)
            with writer.block(kind):
                _words(writer, random, words)
            writer.mark(closing)
    writer.mark(random.choice(["", "\n", "</body></html>\n"]))
    return writer.finished(bom=random.random() < 0.2)


def _words(writer: Writer, random: Random, words: list[str], *, tags: bool = True) -> None:
    for index, word in enumerate(words):
        if index:
            writer.gap(random.choice(GAPS if tags else [" ", "\n", "&nbsp;", "\t"]))
        opening, closing = random.choice(WRAPS) if tags and index and random.random() < 0.3 else ("", "")
        cut = random.randrange(len(word)) if word.isalpha() and word.isascii() else 0
        _chars(writer, random, word[:cut])
        writer.mark(opening)
        _chars(writer, random, word[cut:])
        writer.mark(closing)


def _chars(writer: Writer, random: Random, word: str) -> None:
    for index, char in enumerate(word):
        name = codepoint2name.get(ord(char))
        if char in '<&>"' or (name and random.random() < 0.3):
            writer.put(char, f"&{name};")
        elif char.isascii() and random.random() < 0.03:
            writer.put(char, random.choice([f"&#{ord(char)};", f"&#x{ord(char):X};"]))
        else:
            if index and char.isascii() and char.isalpha() and random.random() < 0.03:
                writer.mark(random.choice(["&shy;", "<wbr>", "&#8203;", "\u00ad"]))
            writer.put(char)


def _attribute(writer: Writer, random: Random, words: list[str]) -> None:
    opening, closing, kind = random.choice(ATTRIBUTES)
    quote = random.choice("\"'")
    writer.mark(opening + quote)
    with writer.block(kind):
        for index, word in enumerate(words):
            if index:
                writer.gap(random.choice([" ", "\n  ", "&nbsp;"]))
            for char in word:
                writer.put(char, {"&": "&amp;", '"': "&quot;", "'": "&#39;", "<": "&lt;"}.get(char, ""))
    writer.mark(quote + closing)


def _json_ld(writer: Writer, random: Random, words: list[str]) -> None:
    field, kind = random.choice([("headline", "title"), ("description", "description"), ("reviewBody", "quotation")])
    writer.mark('<script type="application/ld+json">\n{"@context": "unread", "url": "unread", "a": [{"')
    writer.mark(f'{field}": "')
    with writer.block(kind):
        for index, word in enumerate(words):
            if index:
                writer.gap(random.choice([" ", "\\n", "\\u00a0", "\\t "]))
            for char in word:
                _json_char(writer, random, char)
    writer.mark('"}], "image": "unread.png"}\n</script>')


def _json_char(writer: Writer, random: Random, char: str) -> None:
    if char in '"\\':
        writer.put(char, "\\" + char)
    elif char in "<&":
        writer.put(char, random.choice(["&lt;", "\\u0026lt;"]) if char == "<" else "&amp;")
    elif random.random() < 0.1:
        units = char.encode("utf-16-be").hex()
        writer.put(char, "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)))
    else:
        writer.put(char)
