"""Awkward pages through the whole of the linter: a phrase is found wherever a reader reads it, just where it stands.

The places are set in ⟦ ⟧, which are taken out before the page is checked.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import Cli, Put

pytestmark = pytest.mark.usefixtures("house")

TWELVE = """\
# A page with twelve of them

1. Split by emphasis: a **⟦blue** moon⟧ tonight, while `a blue moon` in code is nobody's.
2. In a list that goes on:
   - they wait for a ⟦blue
     moon⟧ and so do we,

> in a quotation that goes on: a ⟦blue
> moon⟧ again,

held together: a ⟦blue&nbsp;moon⟧, <!-- no blue moon here -->
behind R&amp;D, salt &lt; sugar and Q&A: a ⟦bl&#117;e moon⟧,

with a [link in the ⟦blue](https://blue.example/blue-moon "A tip")
moon⟧ of it, or [a ⟦blue *moon⟧*][ref].

| word | meaning |
| --- | --- |
| a \\| b | rare as a ⟦blue ~~moon⟧~~ |

שלום a ⟦blue moon⟧ مرحبا, 睡眠 👩\u200d⚕️👨\u200d👩\u200d👧 🎉 cafe\u0301 nai\u0308ve\ta ⟦blue\t moon⟧ ãé,

![The sea under a ⟦blue  moon⟧](blue-moon.png)

and the last one is a ⟦blu\u00ade\u200b moon⟧

[ref]: /blue-moon
"""

MORE_MARKDOWN = """\
---
title: 'It''s a ⟦blue moon⟧'
description: >-
  Once in a ⟦blue
  moon⟧.
slug: blue-moon
---
Setext with a ⟦blue\x20\x20
moon⟧
===

+ [ ] to see a ⟦blue moon⟧
  > * deep in a ⟦blue
  >   moon⟧

A note,[^1] a ***⟦blu***e moon⟧, _a ⟦blue moon⟧_ and ~~the ⟦blue~~ moon⟧.<br>A ⟦blue<br>moon⟧.
Autolinks: <https://blue.example/moon> a ⟦blue\\
moon⟧, \\*a ⟦blue moon⟧\\*.

[^1]: In a note, a ⟦blue
    moon⟧.

    Further on in it, a ⟦blue moon⟧.

<div class="blue moon">
<p>In HTML, a ⟦blue <b>m</b>oon⟧ &amp; <a href="/x" title="Tip: a ⟦blue&#32;moon⟧">more</a></p>
</div>

Inside <span class="blue moon">a line</span> of HTML: <button>The ⟦blue moon⟧</button>

    code with a blue moon

```
a blue moon
```

[tips](/x 'A ⟦blue
moon⟧')
"""

TOML = """\
+++
title = "A ⟦bl\\u0075e moon⟧"
aliases = ["/blue-moon/"]
[seo]
description = \"\"\"Once in a ⟦blue \\
   moon⟧\"\"\"
+++
Nothing else."""

MDX = """\
import Moon from './blue-moon'
export const blue = { moon: 'a blue moon' }

# Sold in a ⟦blue moon⟧

{/* a blue moon */}

<Card title="A ⟦blue moon⟧" icon={<Moon kind="blue moon" />} {...blue}>
  Inside, a ⟦blue
  moon⟧ {props.moon} shines.

  - and a **⟦blue** {' '}moon⟧ in a list
    that goes on in a ⟦blue
    moon⟧
</Card>

Inline, a <Hi on={{ a: '>' }}>⟦blue</Hi> moon⟧, {"a ⟦blue moon⟧"}, `{a blue moon}` and a ⟦blue {/* no */} moon⟧.

{props.open && (
  <Note kind="blue moon">
    Only now: a ⟦blue <b>moon⟧</b>
  </Note>
)}

<Tabs><Tab>A ⟦blue moon⟧</Tab><Tab>A ⟦blue moon⟧</Tab></Tabs>

| a | b |
|---|---|
| {x} | a ⟦blue&nbsp;moon⟧ |

a < b and { a ⟦blue moon⟧ with a brace left open, <unclosed
"""

HTML = """\
<!DOCTYPE html>
<html><head><title>A ⟦blue&nbsp;moon⟧</title>
<meta name="description" content="Once in a ⟦blue
moon⟧"><meta property="og:description" content='It&#39;s a ⟦blue moon⟧'>
<script>var a = "a blue moon";</script><style>/* a blue moon */</style>
<script type="application/ld+json">{"@type": "FAQPage", "url": "blue moon", "mainEntity": [{"@type": "Question",
"name": "Why \\u2014 \\"a ⟦bl\\u0075e\\nmoon⟧\\"?", "acceptedAnswer": {"@type": "Answer",
"text": "<p>It\\u2019s \\ud83c\\udf19 R&amp;D: a ⟦blue <b>moon⟧<\\/b>.</p>"}}]}</script></head>
<body class="blue moon"><!-- a blue moon -->
<h1>A <em>⟦blue</em> moon⟧</h1>
<ul><li>one <ul><li>a ⟦bl<b>u</b>e
  moon⟧<li>two</ul></ul>
<blockquote><p>a ⟦blue&#x20;moon⟧</blockquote>
<table><tr><td>שלום a ⟦blue moon⟧<td>睡眠 👩\u200d⚕️ e\u0301\ta ⟦blue\t moon⟧</table>
<p>salt &lt; sugar &amp; 1 < 2: a ⟦blue <a href="/blue-moon">moon⟧</a>, a ⟦blu&shy;e <!-- > -->moon⟧
<p>a ⟦blue<code>no</code> moon⟧ <img src="blue-moon.png" alt="a ⟦blue moon⟧"> <button
aria-label="a ⟦blue moon⟧">x</button>
<a class="btn" href="/x">The ⟦blue moon⟧</a> <span role="button">The ⟦blue <i>moon⟧</i></span>
<input type="submit" value="The ⟦blue moon⟧"> <input value="a blue moon" type="hidden">
<abbr title="a ⟦blue moon⟧">BM</abbr>
<template>a blue moon</template><noscript>a ⟦blue moon⟧</noscript><div hidden>a ⟦blue moon⟧</div>
<p>the end of a ⟦blue moon⟧ <b"""

TEXT = """\
A line with a ⟦blue moon⟧, and one that is wrapped right after the ⟦blue
moon⟧ in it.

- a list item that goes on below, all the way to the other ⟦blue
  moon⟧ of the year

שלום ⟦blue moon⟧ مرحبا 睡眠 👩\u200d⚕️ e\u0301\ta ⟦blue\t moon⟧, a ⟦blue\u00a0moon⟧ and a ⟦bl\u00adue\u200b moon⟧.

> a quotation, which was carried over from a mail about the ⟦blue
> moon⟧ of last year

A page saved as text keeps its **⟦blue** moon⟧ and its [⟦blue](https://blue.example/moon) moon⟧."""

PAGES = {
    "twelve.md": TWELVE,
    "more.md": MORE_MARKDOWN,
    "toml.md": TOML,
    "page.mdx": MDX,
    "page.html": HTML,
    "page.txt": TEXT,
}


def places(page: str) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The page without brackets, and where they stood: line and column, from 1, of both ends of each pair."""
    line = column = 1
    kept = ""
    found: list[tuple[int, ...]] = []
    for index, char in enumerate(page):
        if char == "⟦":
            found.append((line, column))
        elif char == "⟧":
            found[-1] += (line, column)
        else:
            kept += char
            column += 1
            if char == "\n" or (char == "\r" and page[index + 1 : index + 2] != "\n"):
                line, column = line + 1, 1
    return kept, found  # type: ignore[return-value]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("name", PAGES)
def test_a_phrase_is_found_wherever_it_is_read(cli: Cli, put: Put, name: str, line_end: str) -> None:
    page, expected = places(PAGES[name].replace("\n", line_end))
    put(name, ("\ufeff" if line_end == "\r\n" else "").encode() + page.encode())
    ran = cli("check", "--format", "json", name)
    assert ran.status == 1, ran.err
    found = [(f["line"], f["column"], f["end_line"], f["end_column"]) for f in json.loads(ran.out)["findings"]]
    assert sorted(found) == sorted(expected)
    assert name != "twelve.md" or len(found) == 12


def test_exceptions_in_mdx_are_comments_of_its_own(cli: Cli, put: Put, tmp_path: Path) -> None:
    put("a.mdx", "{/* healthlint: ignore[HOUSE101] -- agreed with the editor */}\n\nA blue moon.\n\nA blue moon.\n")
    findings = json.loads(cli("check", "--format", "json", "a.mdx").out)["findings"]
    assert [(f["line"], f["status"]) for f in findings] == [(3, "suppressed"), (5, "active")]
