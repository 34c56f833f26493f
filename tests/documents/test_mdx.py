"""MDX: prose in and between components, and nothing of the program around it."""

from __future__ import annotations

import pytest
from document_checks import read, shape, source_of

from healthlint.documents import parse
from healthlint.documents.source import Source


def mdx(text: str) -> list[tuple[str, str]]:
    return shape(read(text, "mdx"))


def test_the_suffix_tells() -> None:
    assert parse(Source("a.mdx", "{/* no */}")).format == "mdx"


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("it is **clini**cally proven", "clinically proven", "clini**cally proven"),
        ("it is <b>clini</b>cally proven", "clinically proven", "clini</b>cally proven"),
        ("it is <Hi on={{a: '>'}} {...b}>clini</Hi>cally proven", "clinically proven", "clini</Hi>cally proven"),
        ("it is clinically {/* no */} proven", "clinically proven", "clinically {/* no */} proven"),
        ("it is clinically{' '}\nproven", "clinically proven", "clinically{' '}\nproven"),
        ("it is clinically{x}proven", "clinically proven", "clinically{x}proven"),
        ('it is {"clinically"} proven', "clinically proven", 'clinically"} proven'),
        ("it is clinically <A\n  b='c'\n/> proven", "clinically proven", "clinically <A\n  b='c'\n/> proven"),
        ("> it is clinically\n> <b>proven</b>", "clinically proven", "clinically\n> <b>proven"),
        ("<Card>\n    - it is clinically\n      proven\n</Card>", "clinically proven", "clinically\n      proven"),
        ("| a |\n|---|\n| <b>clinically</b> {x} proven |", "clinically proven", "clinically</b> {x} proven"),
        ("1 < 2, p<0.05, {a: clinically *proven*", "clinically proven", "clinically *proven"),
        ("a \\{b\\} <3 clinically\r\nproven </b", "clinically proven", "clinically\r\nproven"),
        ("{a && <p>so clinically <b>{x}</b> proven</p>}", "clinically proven", "clinically <b>{x}</b> proven"),
        ("<A b={() => <i>no</i>}>clinically</A> proven", "clinically proven", "clinically</A> proven"),
        ("<!-- no --> clinically<!--\n\n--> proven", "clinically proven", "clinically<!--\n\n--> proven"),
        ("{`clinically proven`}", "clinically proven", "clinically proven"),
        ("{'it\\u2019s proven'}", "it’s proven", "it\\u2019s proven"),
    ],
)
def test_words_map_to_their_source(text: str, words: str, source: str) -> None:
    assert source_of(read(text, "mdx"), words) == source


def test_modules_are_not_prose() -> None:
    assert mdx(
        "import A from './a'\nimport {\n  B,\n} from 'b'\nexport const meta = {\n  title: 'no',\n\n"
        "  text: `no ${'}'}`,\n}\n\n"
        "import duties are raised.\n\nexport default ({children}) => <main>Read {children}</main>\n\nText\n"
        "export const none = 1\n\nexport const broken = {\n\nEnd"
    ) == [
        ("paragraph", "import duties are raised."),
        ("paragraph", "Read"),
        ("paragraph", "Text export const none = 1"),
        ("paragraph", "End"),
    ]


def test_expressions_and_comments_are_not_prose() -> None:
    assert mdx(
        "{/* cures\n\nall */}\n# Head {x}\n\n{\n  f('}', \"}\", `}${'}'}`) // }\n\n}\n\n"
        "{open ? <Note a='no'>In *it*</Note> : 'no'}\n\n"
        "{list.map(i => <li>One {i.name} two</li>)}\n\n`{code}` and ``<b>`` stay\n\n```\n{a\n```\n\nEnd }"
    ) == [
        ("heading", "Head"),
        ("paragraph", "In it"),
        ("list-item", "One two"),
        ("paragraph", "and stay"),
        ("paragraph", "End }"),
    ]


def test_components() -> None:
    document = read(
        'Before.\n<Card title=\'A &amp; B\' icon={<Icon title="no" />} id="no"\n'
        "  description={'It\\'s C'}>\n  ## Head\n\n"
        "  - one\n  - two\n    goes on\n</Card>\nAfter.\n\n<Tabs><Tab>First.</Tab><Tab>Second.</Tab></Tabs>\n\n"
        "<Step>Three.</Step>\n<Step>Four.</Step>\n\nA <Term>low</Term> <Term>dose</Term> "
        "<Button href='/x'>Book now</Button>\n\n"
        "<p>five</p><p>six</p>\n\n<a href=\"/y\">Alone</a>\n\n<Foo.Bar a:b='c'>dotted</Foo.Bar> <>none</>\n\n"
        "<img alt={`A bed`} />",
        "mdx",
    )
    assert shape(document) == [
        ("paragraph", "Before."),
        ("alt", "A & B"),
        ("alt", "It's C"),
        ("heading", "Head"),
        ("list-item", "one"),
        ("list-item", "two goes on"),
        ("paragraph", "After."),
        ("paragraph", "First."),
        ("paragraph", "Second."),
        ("paragraph", "Three."),
        ("paragraph", "Four."),
        ("paragraph", "A low dose"),
        ("button", "Book now"),
        ("paragraph", "five"),
        ("paragraph", "six"),
        ("link", "Alone"),
        ("paragraph", "dotted none"),
        ("alt", "A bed"),
    ]
    assert document.blocks[15].links[0].target == "/y"


def test_code_in_components_is_not_prose() -> None:
    assert mdx(
        "<style jsx>{`\n p {}\n`}</style>\n\n"
        "<pre>{`no`}</pre>\n\n<Script>\n\nno\n\n</Script>\n\n<code>no</code>\n\n    read"
    ) == [("paragraph", "read")]


def test_what_is_left_open_hides_nothing() -> None:
    for opening in (
        "{",
        "<Card a='",
        "<Card b={",
        "{/* ",
        "{`",
        "<",
        "</",
        "{(<a>",
        "import {",
        "export const a = `",
        "<code>",
    ):
        words = " ".join(text for _, text in mdx(f"One.\n\n{opening} two\n\nthree"))
        assert words.startswith("One.")
        assert words.endswith("three"), (opening, words)
