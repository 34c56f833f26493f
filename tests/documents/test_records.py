"""Records: each is a document, a bad one is an error of its own, and places lead back into the file."""

from __future__ import annotations

import csv
import io
import json
from random import Random

import pytest
from document_checks import assert_sound
from seeded import Words, cases

from healthlint.documents.blocks import Document
from healthlint.documents.fields import Field, fields_of
from healthlint.documents.json_strings import strings_of
from healthlint.documents.records import read_records
from healthlint.documents.source import Source
from healthlint.documents.tables import UnclosedError, cell_of, rows_of
from healthlint.errors import UserError


def read(text: str, fields: str = "text", name: str = "a.jsonl") -> list[tuple[str, str]]:
    return [
        (item.source.path, " / ".join(block.text for block in item.blocks))
        if isinstance(item, Document)
        else ("error", str(item))
        for item in read_records(Source(name, text), fields_of(fields))
    ]


def documents(text: str, fields: str, name: str) -> list[Document]:
    read = [item for item in read_records(Source(name, text), fields_of(fields)) if isinstance(item, Document)]
    for document in read:
        assert_sound(document)
    return read


def shape(document: Document) -> list[tuple[str, str, str]]:
    return [(block.kind.value, block.label, block.text) for block in document.blocks]


def found(document: Document, words: str) -> tuple[int, int, str, str]:
    """Line, column and place of the words in the file, and the source under them."""
    for block in document.blocks:
        at = block.text.find(words)
        if at >= 0:
            start, end = block.source_span(at, at + len(words))
            return *document.source.position(start), document.place(start), document.source.text[start:end]
    raise AssertionError(f"{words!r} is in no block: {shape(document)}")


# JSON lines, one field


def test_each_line_is_a_document() -> None:
    assert read('{"text": "One.\\nTwo."}\r\n\n  {"text": "A\u2028B", "id": 1}\n') == [
        ("a.jsonl:1", "One. / Two."),
        ("a.jsonl:3", "A / B"),
    ]


def test_places_of_one_field_count_inside_it() -> None:
    (document,) = documents('\n{"id": 1, "text": "One.\\nTwo \\u0026 three."}', "text", "a.jsonl")
    assert document.source == Source("a.jsonl:2", "One.\nTwo & three.")
    assert found(document, "three") == (2, 7, "", "three")


def test_bad_records_are_named_and_the_rest_goes_on() -> None:
    deep = "[" * 100_000
    assert read(f'{{"text": "ok"}}\n{{"text": \n["x"]\n{{"txt": "x"}}\n{{"text": 1}}\n{deep}\n{{"text": "end"}}') == [
        ("a.jsonl:1", "ok"),
        ("error", "a.jsonl:2: not a JSON record: Expecting value at column 10"),
        ("error", 'a.jsonl:3: not a JSON object (each line must be a record like {"text": "…"})'),
        ("error", "a.jsonl:4: no field 'text' (did you mean 'txt'?)"),
        ("error", "a.jsonl:5: field 'text' is not text"),
        ("error", "a.jsonl:6: not a JSON record: nested too deeply"),
        ("a.jsonl:7", "end"),
    ]


def test_errors_are_values() -> None:
    (item,) = read_records(Source("a.jsonl", "{"), fields_of("text"))
    assert isinstance(item, UserError)


def test_a_field_may_hold_markup() -> None:
    line = json.dumps({"body": "<h2>Tea</h2><p>No&nbsp;<b>mir</b>acle</p>"})
    (document,) = documents(line, "body:html", "a.jsonl")
    assert [(block.kind.value, block.text) for block in document.blocks] == [
        ("heading", "Tea"),
        ("paragraph", "No miracle"),
    ]
    assert document.format == "html"


# JSON lines, several fields


def test_places_of_several_fields_count_in_the_file() -> None:
    text = (
        '{"a": 1}\n'
        + r'{"body": "One \"tea\" 👩‍⚕️\nh\u00e9 \ud83d\ude00 then\ttwo", "n": {"title": "x"}, "title": "On tea"}'
    )
    error, document = read_records(Source("a.jsonl", text), fields_of("title,body"))
    assert str(error) == "a.jsonl:1: no field 'title' (one of: a)"
    assert isinstance(document, Document)
    assert_sound(document)
    assert shape(document) == [
        ("title", "title", "On tea"),
        ("paragraph", "body", 'One "tea" 👩\u200d⚕️'),
        ("paragraph", "body", "hé 😀 then two"),
    ]
    assert found(document, '"tea"') == (2, 15, "record 2, body", r"\"tea\"")
    assert found(document, "hé 😀") == (2, 29, "record 2, body", r"h\u00e9 \ud83d\ude00")
    assert found(document, "then two")[3] == r"then\ttwo"
    assert found(document, "On tea") == (2, text.index("On tea") - 8, "record 2, title", "On tea")
    assert document.source.line_text(2) == text.splitlines()[1]


def test_null_is_empty_where_several_fields_are_read() -> None:
    assert read('{"title": null, "body": "b"}\n{"title": 3, "body": ""}', "title,body") == [
        ("a.jsonl:1", "b"),
        ("error", "a.jsonl:2: field 'title' is not text"),
    ]


def test_of_equal_keys_the_last_counts_however_it_is_written() -> None:
    line = '{"a": "x", "\\u0061": "y", "b": ["a", {"a": "z"}], "c": "a\\/b\\\\", "d": "gone", "d": 1}'
    strings = {name: carried.text for name, carried in strings_of(line).items()}
    assert strings == {name: value for name, value in json.loads(line).items() if isinstance(value, str)}


# Tables


def test_cells_are_read_through_quotes_and_line_breaks() -> None:
    text = 'id,title,body\r\n7,"On ""tea""","One, two.\r\n\r\nThree ""four""."\r\n\r\n8,Plain,"x"\r\n'
    first, second = documents(text, "title,body", "a.csv")
    assert shape(first) == [
        ("title", "title", 'On "tea"'),
        ("paragraph", "body", "One, two."),
        ("paragraph", "body", 'Three "four".'),
    ]
    assert (first.source.path, second.source.path) == ("a.csv:2", "a.csv:6")
    assert found(first, '"tea"') == (2, 7, "row 2, title", '""tea""')
    assert found(first, "four") == (4, 9, "row 2, body", "four")
    assert found(second, "Plain") == (6, 3, "row 4, title", "Plain")
    assert found(second, "x") == (6, 10, "row 4, body", "x")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "a,body,c\n1,two,3\n"),
        ("a.csv", "a;body;c,d\n1;two;3\n"),
        ("a.csv", "sep=|\na|body\n1|two\n"),
        ("a.tsv", "a\tbody\n1\ttwo"),
        ("a.csv", 'a\tbody\r1\t"two"'),
        ("a.CSV", "body\ntwo,\n"),
        ("a.csv", "body , c\ntwo,,,,\n"),
    ],
)
def test_separators_are_told_by_the_columns(name: str, text: str) -> None:
    assert [words for _, words in read(text, "body", name)] == ["two"]


def test_bad_rows_are_named_and_the_rest_goes_on() -> None:
    text = 'id,body\n1,a\n2,b, and c\n3\n,\n4,"d"e"\n5,"open\n6,never read\n'
    assert read(text, "body", "a.csv") == [
        ("a.csv:2", "a"),
        ("error", "a.csv:3: 3 cells in this row, 2 columns in the table (put cells that hold ',' in quotes)"),
        ("error", "a.csv:4: 1 cells in this row, 2 columns in the table: none for 'body' (complete the row)"),
        ("a.csv:6", 'de"'),
        (
            "error",
            "a.csv:7: a quote at column 3 that is never closed: nothing from there on was checked "
            '(close it, or write "" for a quote)',
        ),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.csv: no row with the names of the columns"),
        ("id,bdy\n1,x", "a.csv: no column 'body' (did you mean 'bdy'?)"),
        ("body,body\n1,x", "a.csv: the column 'body' stands twice (rename one of them)"),
        ('"id,body\n1,x', 'a.csv:1: a quote that is never closed (close it, or write "" for a quote)'),
    ],
)
def test_bad_tables_are_refused(text: str, message: str) -> None:
    with pytest.raises(UserError) as raised:
        read(text, "body", "a.csv")
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("a,,b", "--records: a field without a name in 'a,,b' (write title,body:html)"),
        (":html", "--records: a field without a name in ':html' (write title,body:html)"),
        ("a,b,a:html", "--records: a field stands twice in 'a,b,a:html' (name each once)"),
    ],
)
def test_bad_lists_of_fields_are_refused(words: str, message: str) -> None:
    with pytest.raises(UserError) as raised:
        fields_of(words)
    assert str(raised.value) == message


def test_a_colon_is_part_of_a_name_unless_a_format_follows() -> None:
    assert fields_of("dc:title, body:markdown") == (Field("dc:title"), Field("body", "markdown"))


def test_the_scanner_reads_as_the_csv_module_does() -> None:
    alphabet = 'ab"",,;\n\r\t é'
    for _, chance in cases(2000):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randrange(30)))
        separator = chance.choice(",;\t")
        try:
            rows = [[cell_of(text, span).text for span in row.cells] for row in rows_of(text, separator)]
        except UnclosedError:
            continue  # the csv module takes the rest of the file for a cell
        expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        assert [row if row != [""] else [] for row in rows] == [row if row != [""] else [] for row in expected], text


# Positions

FORMATS = ("", ":text", ":markdown", ":html")
SPACES = (" ", "  ", "\u00a0", "\t", "\n\n", "\r\n\r\n", " & ", ' " ', " \\ ", " / ", " , ", " ; ")


def value(chance: Random, words: Words, format: str) -> tuple[str, dict[str, str]]:
    """A field's text, and what it holds under each of its words."""
    parts: list[str] = []
    holds: dict[str, str] = {}
    for _ in range(chance.randrange(5)):
        word = words.new()
        cut = chance.randrange(1, len(word)) if word[:1].isascii() else 0
        written = word
        if cut and format == ":html":
            written = f"<b>{word[:cut]}</b>{word[cut:]}"
        elif format == ":html" and chance.random() < 0.5:
            written = f"{word[:-1]}&#{ord(word[-1])};"
        holds[word] = written.removeprefix("<b>") if cut and format == ":html" else written
        parts += [written, chance.choice(SPACES)]
    return "".join(parts), holds


def json_written(chance: Random, text: str) -> str:
    """A JSON string with its characters escaped at random; each in a way of its own."""
    written = []
    for char in text:
        plain = json.dumps(char, ensure_ascii=False)[1:-1]
        units = char.encode("utf-16-be")
        escaped = "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
        written.append(escaped if chance.random() < 0.2 else plain)
    return "".join(written)


def test_every_word_of_a_json_record_is_where_it_was_written() -> None:
    for seed, chance in cases():
        words = Words(chance)
        lines, expected = [], []
        for number in range(1, chance.randrange(2, 5)):
            members, column = ["{"], 2
            for name in ("title", "id", "body", "note"):
                text, holds = ("x", {}) if name == "id" else value(chance, words, FORMATS[len(name) % 4])
                head = f'{json.dumps(name)}:{" " * chance.randrange(3)}"'
                column += len(head)
                at = 0
                for word, written in holds.items():
                    start = text.index(written, at)
                    before = json_written(chance, text[at:start])
                    inside = json_written(chance, written)
                    expected.append((number, name, word, column + len(before), inside))
                    column += len(before) + len(inside)
                    head += before + inside
                    at = start + len(written)
                rest = json_written(chance, text[at:])
                column += len(rest) + 2
                members += [head + rest, '",']
            lines.append("".join(members) + '"end": {"title": ""}}')
        read = documents("\n".join(lines), "title,body:markdown,note", "a.jsonl")
        for number, name, word, column, inside in expected:
            place = found(read[number - 1], word)
            assert place == (number, column, f"record {number}, {name}", inside), (seed, word, lines[number - 1])


def test_every_word_of_a_table_is_where_it_was_written() -> None:
    for seed, chance in cases():
        words = Words(chance)
        separator = chance.choice(",;\t")
        line_end = chance.choice(["\n", "\r\n"])
        file = separator.join(("title", "id", "body", "note")) + line_end
        expected = []
        for row in range(2, chance.randrange(3, 6)):
            cells = []
            for name in ("title", "id", "body", "note"):
                text, holds = ("x", {}) if name == "id" else value(chance, words, ":html" if name == "body" else "")
                needs = any(sign in text for sign in (separator, '"', "\n", "\r"))
                quoted = needs or chance.random() < 0.3
                at = len(file) + sum(len(cell) + 1 for cell in cells) + quoted
                for word, written in holds.items():
                    start = text.index(written)
                    shift = text.count('"', 0, start) if quoted else 0
                    expected.append((row, name, word, at + start + shift, written))
                escaped = text.replace('"', '""')
                cells.append(f'"{escaped}"' if quoted else text)
            file += separator.join(cells) + line_end
        read = documents(file, "title,body:html,note", "a.csv")
        whole = Source("a.csv", file)
        for row, name, word, start, written in expected:
            place = found(read[row - 2], word)
            assert place == (*whole.position(start), f"row {row}, {name}", written), (seed, word)
