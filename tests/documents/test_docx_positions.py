"""Generated Word files: every word is found at its paragraph and its character."""

from __future__ import annotations

from random import Random

from document_checks import assert_sound
from seeded import Words, cases
from word_files import box, field, p, picture, t, table, word

from healthlint.documents import parse
from healthlint.documents.source import Source

Place = tuple[int, int, str]
LOOKS = ("", "<w:b/>", "<w:i/>", '<w:color w:val="FF0000"/>', '<w:vanish w:val="false"/>')


class Writer:
    """Writes a file and notes where each of its words stands."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.words = Words(chance)
        self.paragraphs = 0
        self.tables = 0
        self.places: dict[str, Place] = {}
        self.aside: dict[str, str] = {}

    def paragraph(self, cell: str = "") -> str:
        chance = self.chance
        self.paragraphs += 1
        number = self.paragraphs
        name = f"paragraph {number}" + (f", {cell}" if cell else "")
        runs: list[str] = []
        column = 1
        for _ in range(chance.randrange(6)):
            if chance.random() < 0.3:
                runs.append(self.unseen())
            new = self.words.new()
            self.places[new] = (number, column, name)
            runs.append(self.dressed(new))
            column += len(new)
            gap, shown = chance.choice(
                [
                    (t(" "), 1),
                    (t("  "), 2),
                    (t("\u00a0"), 1),
                    ("<w:r><w:tab/></w:r>", 1),
                    ("<w:r><w:br/></w:r>", 1),
                    (t(" & "), 3),
                ]
            )
            runs.append(gap)
            column += shown
            if chance.random() < 0.08:
                inside = self.words.new()
                self.aside[inside] = f"text box in paragraph {number}"
                runs.append(box(p(t(inside))))
            if chance.random() < 0.08:
                inside = self.words.new()
                self.aside[inside] = f"picture in paragraph {number}"
                runs.append(picture(f"A view of {inside}"))
        return p(*runs, style=chance.choice(["", "Heading1"]))

    def dressed(self, word: str) -> str:
        chance = self.chance
        cut = chance.randrange(len(word))
        runs = (
            t(word[:cut], chance.choice(LOOKS))
            + self.unseen() * (chance.random() < 0.2)
            + t(word[cut:], chance.choice(LOOKS))
        )
        how = chance.randrange(7)
        if how == 0:
            return f'<w:ins w:id="1">{runs}</w:ins>'
        if how == 1:
            return f'<w:hyperlink w:anchor="x">{runs}</w:hyperlink>'
        if how == 2:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{runs}</w:sdtContent></w:sdt>"
        if how == 3:
            return field(" REF x ", runs)
        if how == 4:
            return f"<w:moveTo><w:smartTag>{runs}</w:smartTag></w:moveTo>"
        return runs

    def unseen(self) -> str:
        return self.chance.choice(
            [
                f'<w:del w:id="2">{t("deleted", tag="delText")}</w:del>',
                t("hidden", "<w:vanish/>"),
                '<w:bookmarkStart w:id="0" w:name="x"/><w:bookmarkEnd w:id="0"/>',
                '<w:proofErr w:type="spellStart"/>',
                field(" XE noted "),
                '<w:r><w:commentReference w:id="0"/></w:r>',
                f"<w:moveFrom>{t('moved')}</w:moveFrom>",
            ]
        )

    def table(self, depth: int = 0) -> str:
        self.tables += 1
        number = self.tables
        rows = []
        for row in range(1, self.chance.randrange(2, 4)):
            cells = []
            for column in range(1, 4):
                cell = f"table {number}, row {row}, column {column}"
                content = "".join(self.paragraph(cell) for _ in range(self.chance.randrange(1, 3)))
                if not depth and self.chance.random() < 0.15:
                    content += self.table(1) + self.paragraph(cell)
                cells.append(content)
            rows.append(tuple(cells))
        return table(*rows)


def test_every_word_is_where_it_was_written() -> None:
    for seed, chance in cases():
        writer = Writer(chance)
        body = [writer.table() if chance.random() < 0.15 else writer.paragraph() for _ in range(chance.randrange(1, 7))]
        document = parse(Source("a.docx", "", data=word(*body)))
        assert_sound(document)
        found: dict[str, Place] = {}
        for block in document.blocks:
            for known in writer.words.given:
                at = block.text.find(known)
                if at >= 0:
                    start, end = block.source_span(at, at + len(known))
                    assert document.source.text[start:end] == known, (seed, known)
                    found[known] = (*document.source.position(start), document.place(start))
        assert {known: found[known] for known in writer.places} == writer.places, seed
        assert {known: found[known][2] for known in writer.aside} == writer.aside, seed
