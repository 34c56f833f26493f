"""HTML: what a reader sees, and where each character of it stands."""

from __future__ import annotations

import pytest
from document_checks import only, read, shape, source_of

from healthlint.documents.blocks import BlockKind


def page(text: str) -> list[tuple[str, str]]:
    return shape(read(text, "html"))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("<p>it is <b>clini</b>cally proven</p>", "clini</b>cally proven"),
        ("<p>it is clinically\n  proven</p>", "clinically\n  proven"),
        ("<p>it is clinically\r\nproven</p>", "clinically\r\nproven"),
        ("<p>it is clinically&nbsp;proven</p>", "clinically&nbsp;proven"),
        ("<p>it is clinically&#160;pr&#x6f;ven</p>", "clinically&#160;pr&#x6f;ven"),
        ("<p>it is clini&shy;cally pro<wbr>ven</p>", "clini&shy;cally pro<wbr>ven"),
        ("<p>it is <a href='x'>clinically</a> proven</p>", "clinically</a> proven"),
        ("<p>it is clinically<br/>proven</p>", "clinically<br/>proven"),
        ("<p>it is clinically<!-- > --> proven</p>", "clinically<!-- > --> proven"),
        ("<p>it is clinically <code>x</code> proven</p>", "clinically <code>x</code> proven"),
        ("<ul><li>it is clinically <i>proven</i></ul>", "clinically <i>proven"),
        ("<table><tr><td>1<td>it is clinically proven</table>", "clinically proven"),
        ("<blockquote><p>it is clinically\tproven</blockquote>", "clinically\tproven"),
        ("it is clinically <span title='a > b'>proven</span>", "clinically <span title='a > b'>proven"),
        ("<p>👩‍⚕️\r\r\n\n it is clinically proven 🎉", "clinically proven"),
        ("<p dir=rtl>שלום clinically proven مرحبا", "clinically proven"),
        ("<p>it is clinically proven", "clinically proven"),
        ("<p>1 < 2 and a<b is clinically proven", "clinically proven"),
        ("<?php if ($a->b > 1): ?><p>clinically proven</p>", "clinically proven"),
        ("<![CDATA[x]]><![foo bar]><p>clinically proven</p>", "clinically proven"),
        ("<![if !IE]><p>clinically proven</p><![endif]>", "clinically proven"),
        ("<!--[if IE]><p>old</p><![endif]--><p>clinically proven</p>", "clinically proven"),
        ("<p>a <!-- never closed <b>clinically proven", "clinically proven"),
        ("<svg><p>clinically proven", "clinically proven"),
        ("<p>a<code>b</p><p>clinically proven</p><code>c</code>", "clinically proven"),
    ],
)
def test_words_map_to_their_source(text: str, source: str) -> None:
    assert source_of(read(text, "html"), "clinically proven") == source


def test_a_page() -> None:
    document = read(
        """<!DOCTYPE html><html><head><title>Sleep &amp; rest</title>
<meta name="description" content="How to &quot;rest&quot;"><style>p {}</style><script>"<p>no</p>"</script></head>
<body><nav><ul><li><a href="/">Home</a><li>More<ul><li>Deep</ul></ul></nav>
<h1>Sleep <em>we</em>ll</h1><p>First.<p>Second.<div>Third <p>Fourth</div>
<dl><dt>Term<dd>Meaning</dl><template>no</template><pre>no</pre><noscript>Script off</noscript>
<figure><img src=x alt='A "bed"'><figcaption>A bed</figcaption></figure>
<form><label>Name</label> <input value="no"><input type=submit value="Send it"><button>Ca<b>ll</b></button></form>
<h2>Left open<p>Text</body></html>""",
        "html",
    )
    assert [(b.kind.value, b.text, b.level) for b in document.blocks] == [
        ("title", "Sleep & rest", 0),
        ("description", 'How to "rest"', 0),
        ("list-item", "Home", 1),
        ("list-item", "More", 1),
        ("list-item", "Deep", 2),
        ("heading", "Sleep well", 1),
        ("paragraph", "First.", 0),
        ("paragraph", "Second.", 0),
        ("paragraph", "Third", 0),
        ("paragraph", "Fourth", 0),
        ("list-item", "Term", 1),
        ("list-item", "Meaning", 1),
        ("paragraph", "Script off", 0),
        ("alt", 'A "bed"', 0),
        ("paragraph", "A bed", 0),
        ("paragraph", "Name", 0),
        ("button", "Send it", 0),
        ("button", "Call", 0),
        ("heading", "Left open", 2),
        ("paragraph", "Text", 0),
    ]
    assert source_of(document, '"rest"', BlockKind.DESCRIPTION) == "&quot;rest&quot;"


def test_links_and_buttons() -> None:
    document = read(
        '<p>See <a href="/a">this <b>page</b></a>, or www.x.org.</p><div><a href="/b">Read on</a> | '
        '<a class="btn btn-large" href="/c">Book</a></div><a href="/d"><h3>Card</h3><p>Its text</p></a>',
        "html",
    )
    assert shape(document) == [
        ("paragraph", "See this page, or www.x.org."),
        ("link", "Read on"),
        ("button", "Book"),
        ("heading", "Card"),
        ("paragraph", "Its text"),
    ]
    targets = [[link.target for link in block.links] for block in document.blocks]
    assert targets == [["/a", "www.x.org"], ["/b"], ["/c"], ["/d"], ["/d"]]


def test_breaks() -> None:
    assert page("one<br>two<br><br/> three <br>\n<br> four") == [
        ("paragraph", "one two"),
        ("paragraph", "three"),
        ("paragraph", "four"),
    ]


def test_sub_and_superscripts() -> None:
    assert only(read("H<sub>2</sub>O has no effect<sup>1</sup>. The 4<sup>th</sup> did.", "html")).text == (
        "H2O has no effect¹. The 4th did."
    )
    assert only(read("<p>Rest helps.<sup><a href='#r'>3,12</a></sup> 10<sup>9</sup>", "html")).text == (
        "Rest helps.³,¹² 109"
    )


def test_unknown_references_stay_as_written() -> None:
    assert only(read("<p>AT&T &foo; &lt;b&gt; &copy 2 &#0; x&</p>", "html")).text == "AT&T &foo; <b> © 2 \ufffd x&"


def test_unknown_elements_separate_inline_ones_join() -> None:
    assert page("<x-card>one</x-card><x-card>two</x-card>") == [("paragraph", "one"), ("paragraph", "two")]
    assert page("<p>im<font>por</font>tant") == [("paragraph", "important")]


def test_an_unfinished_tag_is_not_lost() -> None:
    assert "end" in " ".join(words for _, words in page("<p>start</p><p class='end"))


def test_front_matter_of_a_site_generator() -> None:
    assert page("---\ntitle: Sleep\n---\n<p>Text</p>") == [("title", "Sleep"), ("paragraph", "Text")]


def test_attributes_that_a_reader_sees_or_hears() -> None:
    assert page(
        """<p title="a tip">Text <i aria-label='a label' title="a label"></i></p><iframe title="a film"></iframe>
        <svg aria-label="a lung"><title>no</title></svg><input placeholder="Your name"><input type=image alt=Go>
        <link title="no" href=x><div class="alt title='no'" data-title="no">end</div><optgroup label="Kinds">"""
    ) == [
        ("alt", "a tip"),
        ("paragraph", "Text"),
        ("alt", "a label"),
        ("alt", "a film"),
        ("alt", "a lung"),
        ("alt", "Your name"),
        ("alt", "Go"),
        ("paragraph", "end"),
        ("alt", "Kinds"),
    ]


def test_buttons_stand_apart() -> None:
    assert page(
        '<p>Sleep well. <a role="button" href=/b>Book <b>now</b></a> or <span role=button tabindex=0>call</span> us'
        "<div role=button>Send</div><p>See <a href=/c>this</a> page."
    ) == [
        ("paragraph", "Sleep well."),
        ("button", "Book now"),
        ("paragraph", "or"),
        ("button", "call"),
        ("paragraph", "us"),
        ("button", "Send"),
        ("paragraph", "See this page."),
    ]


def test_what_may_be_shown_is_read_and_what_is_not_is_not() -> None:
    assert page(
        "<div hidden>one</div><p style='display:none'>two<noscript>three</noscript><template>no</template>"
        "<template shadowrootmode=open><p>four</p></template><details><summary>Five</summary>six</details>"
        "<?php echo '<p>no' ?><![if !IE]>seven<?= $no ?> eight <![ nine"
    ) == [
        ("paragraph", "one"),
        ("paragraph", "two"),
        ("paragraph", "three"),
        ("paragraph", "four"),
        ("heading", "Five"),
        ("paragraph", "six"),
        ("paragraph", "seven eight nine"),
    ]


METADATA = """<head><title>Good sleep</title>
<meta property="og:title" content="Good sleep"><meta name="twitter:title" content="Sleep like a bear">
<meta name="description" content="How to rest."><meta property="og:description" content="How to rest.">
<meta name="twitter:description" content="How to &quot;rest&quot; well."><meta name="viewport" content="no">
<script type="application/ld+json">
{"@context": "https://schema.org", "@type": "FAQPage", "headline": "Sleep \\u2014 \\"rest\\"", "image": "no.png",
 "description": ["How to rest.", "One\\ntwo"], "author": {"name": "Ann Berg"}, "inLanguage": "en",
 "mainEntity": [{"name": "Does it help?", "acceptedAnswer":
  {"text": "<p>It <b>may<\\/b> \\ud83d\\ude34 &amp; more.<p>Ask."}}],
 "review": {"reviewBody": "I slept"}}
</script></head><body><p>Ann Berg wrote this.</p></body>"""


def test_metadata_is_read_once() -> None:
    document = read(METADATA, "html")
    assert [(b.kind.value, b.label, b.text) for b in document.blocks] == [
        ("title", "", "Good sleep"),
        ("title", "", "Sleep like a bear"),
        ("description", "", "How to rest."),
        ("description", "", 'How to "rest" well.'),
        ("title", "json-ld.headline", 'Sleep — "rest"'),
        ("description", "json-ld.description", "One two"),
        ("front-matter", "json-ld.name", "Does it help?"),
        ("front-matter", "json-ld.text", "It may 😴 & more."),
        ("front-matter", "json-ld.text", "Ask."),
        ("quotation", "json-ld.reviewBody", "I slept"),
        ("paragraph", "", "Ann Berg wrote this."),
    ]
    assert source_of(document, '— "rest') == '\\u2014 \\"rest'
    assert source_of(document, "may 😴 &") == "may<\\/b> \\ud83d\\ude34 &amp;"


def test_broken_json_ld_is_read_as_far_as_it_goes() -> None:
    assert page(
        '<script type="application/ld+json">[}{"name": "One", oops "text": "Two",, "name": "Thr</script><p>End'
    ) == [
        ("front-matter", "One"),
        ("front-matter", "Two"),
        ("paragraph", "End"),
    ]
    assert page('<script type="application/ld+json">{"name": "\\ud83d half"}</script>') == [
        ("front-matter", "\ufffd half")
    ]
