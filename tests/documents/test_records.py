"""JSON lines: each record is a document, a bad one is an error of its own."""

from __future__ import annotations

from healthlint.documents.records import read_records
from healthlint.documents.source import Source
from healthlint.errors import UserError


def read(text: str, field: str = "text") -> list[tuple[str, str]]:
    return [
        (item.path, item.text) if isinstance(item, Source) else ("error", str(item))
        for item in read_records(Source("a.jsonl", text), field)
    ]


def test_each_line_is_a_document() -> None:
    assert read('{"text": "One.\\nTwo."}\r\n\n  {"text": "A\u2028B", "id": 1}\n') == [
        ("a.jsonl:1", "One.\nTwo."),
        ("a.jsonl:3", "A\u2028B"),
    ]


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
    (item,) = read_records(Source("a.jsonl", "{"), "text")
    assert isinstance(item, UserError)
