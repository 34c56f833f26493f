"""Word files: what a reader sees once changes are accepted, by paragraph and character."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_checks import assert_sound, shape
from word_files import STRICT, box, field, p, part, picture, relations, t, table, word, zipped

from healthlint.documents import office_package, parse
from healthlint.documents.blocks import BlockKind, Document, Link
from healthlint.documents.reading import read_source
from healthlint.documents.source import Source
from healthlint.errors import UserError

DELETED = '<w:del w:id="1">{}</w:del>'
STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:basedOn w:val="Own"/>'
    '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Toc1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)


def read(*body: str, **more: object) -> Document:
    return document_in(word(*body, **more))  # type: ignore[arg-type]


def document_in(data: bytes) -> Document:
    document = parse(Source("a.docx", "", data=data))
    assert_sound(document)
    return document


def listed(level: int, number: str = "1") -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def where(document: Document, words: str) -> tuple[int, int, str]:
    """Paragraph, character and place of the words."""
    for block in document.blocks:
        at = block.text.find(words)
        if at >= 0:
            start, _ = block.source_span(at, at + len(words))
            return *document.source.position(start), document.place(start)
    raise AssertionError(f"{words!r} is in no block: {shape(document)}")


def test_a_phrase_is_found_through_its_runs() -> None:
    document = read(
        p("Clin", t("ically", "<w:b/>"), t(" pro", "<w:i/>"), "ven tea"),
        p(),
        p("Tom &", "\u00a0Jerry ", t("e\u0301clair"), " 👩\u200d⚕️ שלום 健康 sleep"),
        p("one<w:", t("</w:t> is text")),
    )
    assert shape(document) == [
        ("paragraph", "Clinically proven tea"),
        ("paragraph", "Tom & Jerry e\u0301clair 👩\u200d⚕️ שלום 健康 sleep"),
        ("paragraph", "one<w:</w:t> is text"),
    ]
    assert where(document, "ically proven") == (1, 5, "paragraph 1")
    assert where(document, "sleep") == (3, 34, "paragraph 3")


def test_tabs_breaks_and_hyphens_count_as_one_character() -> None:
    document = read(
        p(
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>"
        ),
        "<w:p><w:r><w:t> kept </w:t></w:r><w:r><w:t>apart</w:t></w:r></w:p>",
    )
    assert [text for _, text in shape(document)] == ["a b c\u2011de", "keptapart"]
    assert where(document, "c\u2011d") == (1, 5, "paragraph 1")
    assert where(document, "e") == (1, 9, "paragraph 1")


def test_tracked_changes_are_read_as_accepted() -> None:
    document = read(
        p(
            "It ",
            f'<w:ins w:id="1">{t("may ")}</w:ins>',
            DELETED.format(t("always ", tag="delText")),
            f"<w:moveFrom>{t('gone')}</w:moveFrom><w:moveTo>{t('help')}</w:moveTo>",
            f'<w:ins w:id="2">{DELETED.format(t(" never", tag="delText"))}</w:ins>',
        ),
        p("A cure ", properties="<w:rPr><w:del/></w:rPr>"),
        p("for colds"),
        table((p("left"), p("kept"))).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"),
        p("end"),
    )
    assert [text for _, text in shape(document)] == ["It may help", "A cure for colds", "end"]
    assert where(document, "for colds") == (3, 1, "paragraph 3")


def test_comments_codes_and_hidden_text_are_not_read() -> None:
    document = read(
        p(
            "See ",
            field(" REF x ", "below", "."),
            '<w:commentRangeStart w:id="0"/>',
            t("ok"),
            '<w:r><w:commentReference w:id="0"/></w:r>',
        ),
        p(t("secret", "<w:vanish/>"), t("open", '<w:vanish w:val="0"/>'), t("covert", '<w:rStyle w:val="Secret"/>')),
        p(field(" IF 1 = 1 ", field(" PAGE ", "7"), " yes")),
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + p("Click here") + "</w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p("Filled in") + "</w:sdtContent></w:sdt>",
        p("Contents 3", style="Toc1"),
        parts={"styles.xml": STYLES, "comments.xml": part("comments", p("a note to self"))},
    )
    assert [text for _, text in shape(document)] == ["See below.ok", "open", "7 yes", "Filled in"]


def test_kinds_come_from_styles_and_lists() -> None:
    document = read(
        p("On tea", style="Titel"),
        p("Uses", style="berschrift2"),
        p("Deeper", style="Own"),
        p("Direct", properties='<w:outlineLvl w:val="0"/>'),
        p("Body", properties='<w:outlineLvl w:val="9"/>'),
        p("Said", style="Zitat"),
        p("Item", style="Bullet"),
        p("Sub", properties=listed(1)),
        p("Not an item", style="Bullet", properties=listed(0, "0")),
        parts={"styles.xml": STYLES, "numbering.xml": NUMBERING},
    )
    assert [(b.kind.value, b.level, b.label) for b in document.blocks] == [
        ("title", 0, ""),
        ("heading", 2, ""),
        ("heading", 3, ""),
        ("heading", 1, ""),
        ("paragraph", 0, ""),
        ("quotation", 0, ""),
        ("list-item", 1, ""),
        ("list-item", 2, "numbered"),
        ("paragraph", 0, ""),
    ]


def test_tables_are_told_by_row_and_column() -> None:
    inner = table((p("deep"), p("x")))
    document = read(
        p("before"),
        table((p("head"),)),
        table((p("one"), p("two") + p("three")), ("<w:p/>", p("d") + inner)).replace(
            "<w:tcPr/>", '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', 2
        ),
        p("after"),
    )
    assert shape(document)[1] == ("paragraph", "head"), "a single cell is a box, not a table"
    assert where(document, "two") == (4, 1, "paragraph 4, table 2, row 1, column 3")
    assert where(document, "three") == (5, 1, "paragraph 5, table 2, row 1, column 3")
    assert where(document, "deep") == (8, 1, "paragraph 8, table 3, row 1, column 1")
    assert where(document, "after") == (10, 1, "paragraph 10")


def test_text_boxes_and_pictures_follow_their_paragraph() -> None:
    document = read(p("Before ", box(p("In the box") + p("Twice")), "after."), p(picture("A cup of tea")), p("End"))
    assert shape(document) == [
        ("paragraph", "Before after."),
        ("paragraph", "In the box"),
        ("paragraph", "Twice"),
        ("alt", "A cup of tea"),
        ("paragraph", "End"),
    ]
    assert where(document, "Twice")[2] == "text box in paragraph 1"
    assert where(document, "cup")[2] == "picture in paragraph 2"
    assert where(document, "End") == (3, 1, "paragraph 3"), "asides do not shift the paragraphs"


def test_notes_headers_and_footers_come_last() -> None:
    notes = part(
        "footnotes",
        f'<w:footnote w:id="-1" w:type="separator">{p("line")}</w:footnote>'
        f'<w:footnote w:id="5">{p("Trial A.")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Trial B, 2020.")}</w:footnote><w:footnote w:id="9">{p("never used")}</w:footnote>',
    )
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    document = read(
        p("Tea calms", reference.format(2), ", they say", reference.format(5), "."),
        p(t("m"), t("2", '<w:vertAlign w:val="superscript"/>')),
        '<w:sectPr><w:headerReference r:id="h1"/><w:headerReference r:id="h2"/>'
        '<w:footerReference r:id="f1"/></w:sectPr>',
        parts={
            "footnotes.xml": notes,
            "header1.xml": part("hdr", p("Sleep well")),
            "header2.xml": part("hdr", p("Sleep well")),
            "footer1.xml": part("ftr", p(field(" PAGE ", "3"))),
        },
        h1="header header1.xml",
        h2="header header2.xml",
        f1="footer footer1.xml",
    )
    assert shape(document) == [
        ("paragraph", "Tea calms¹, they say²."),
        ("paragraph", "m²"),
        ("paragraph", "[1] Trial B, 2020."),
        ("paragraph", "[2] Trial A."),
        ("paragraph", "Sleep well"),
    ]
    assert where(document, "Trial A")[2] == "footnote 2"
    assert where(document, "Sleep")[2] == "page header"


def test_links_have_their_targets() -> None:
    document = read(
        p(
            "See ",
            f'<w:hyperlink r:id="x1">{t("the tri")}{t("al", "<w:b/>")}</w:hyperlink>',
            " and ",
            field(' HYPERLINK "https://b.example/2" ', "more"),
            ".",
        ),
        p(f'<w:fldSimple w:instr="HYPERLINK \\l &quot;top&quot;">{t("Order now")}</w:fldSimple>'),
        x1="hyperlink https://a.example/1 external",
    )
    first, second = document.blocks
    assert first.links == (Link(4, 13, "https://a.example/1"), Link(18, 22, "https://b.example/2"))
    assert (second.kind, second.text, second.links) == (BlockKind.LINK, "Order now", (Link(0, 9, "#top"),))


def test_the_strict_dialect_symbols_and_formulas() -> None:
    document = read(
        p(
            '<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r>',
            "-carotene",
            "<m:oMath><m:r><m:t>p&lt;0.05</m:t></m:r></m:oMath>",
        ),
        namespace=STRICT,
    )
    assert shape(document) == [("paragraph", "β-carotenep<0.05")]


def test_what_is_not_read_is_told() -> None:
    assert read(p("x"), '<w:altChunk r:id="a"/>').unread == ("a document that is imported into it",)


def failure(data: bytes) -> str:
    with pytest.raises(UserError) as raised:
        parse(Source("a.docx", "", data=data))
    return str(raised.value)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


DAMAGED = "damaged Word file: {} (open it in Word and save it again)"
CUT = DAMAGED.format("the archive ends too early or is broken")
MAIN = DAMAGED.format("word/document.xml {}")


def main(content: str | bytes) -> bytes:
    """A Word file whose part with the text is just this."""
    return zipped({"word/document.xml": content})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", CUT),
        (word(p("x"))[:-40], CUT),
        (word(p("x"))[:200], CUT),
        (zipped({"a.txt": "x"}), DAMAGED.format("the part with the text is missing from the archive")),
        (
            zipped({"xl/workbook.xml": "<x/>"}),
            "no Word document but a workbook (save its text as .docx, Markdown or plain text)",
        ),
        (main("<x/>"), MAIN.format("has no text part")),
        (main("<a><b></a>"), MAIN.format("is no XML: mismatched tag at line 1")),
        (main(BOMB + "<x>&b;</x>"), MAIN.format("defines a document type, which Word never does")),
        (main((BOMB + "<x>&b;</x>").encode("utf-16")), MAIN.format("defines a document type, which Word never does")),
        (main("<a>" * 400 + "</a>" * 400), MAIN.format("is nested more than 200 deep")),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a Word file of the old kind (.doc) (save it as .docx)"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password (save a copy without the password)",
        ),
    ],
)
def test_broken_files_are_refused(data: bytes, message: str) -> None:
    assert failure(data) == f"a.docx: {message}"


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(zipped({"word/document.xml": part("document", f"<w:body>{p('x' * 999)}</w:body>")}))
    data[60:70] = b"\xff" * 10
    assert failure(bytes(data)).startswith("a.docx: damaged Word file: word/document.xml cannot be unpacked")


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_package, "MOST_BYTES", 1_000_000)
    bomb = word(p("a" * 2_000_000))
    assert len(bomb) < 20_000
    assert failure(bomb) == "a.docx: unpacks to more than 1 MB (split it, or exclude it)"


def test_a_file_with_macros_is_read_without_them(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    path.write_bytes(
        zipped({"word/document.xml": part("document", f"<w:body>{p('Text')}</w:body>"), "word/vbaProject.bin": b"\0\1"})
    )
    assert shape(parse(read_source(path, "a.docm"))) == [("paragraph", "Text")]


def test_an_absolute_target_is_found() -> None:
    data = zipped(
        {
            "_rels/.rels": relations(rId1="officeDocument /Word/main.xml"),
            "word/main.xml": part("document", f"<w:body>{p('Here')}</w:body>"),
        }
    )
    assert shape(document_in(data)) == [("paragraph", "Here")]
