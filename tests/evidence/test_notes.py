"""Numbered references and the entries that they lead to."""

from __future__ import annotations

import pytest
from language.seeing import see

from healthlint.evidence.notes import dangling_notes, entries_of, notes_of, resolved_notes

LIST = "\n\nReferences\n1. Moreau 2018.\n2. Lund 2019.\n3. Osei 2020."


def labels_of(text: str, format: str = "text") -> list[str]:
    return [label for note in notes_of(see(text, format=format)) for label in note.labels]


def dangling(text: str, format: str = "text") -> list[str]:
    return [label for _, missing, _ in dangling_notes(see(text, format=format)) for label in missing]


@pytest.mark.parametrize(
    ("text", "format", "labels"),
    [
        ("Rest helps." + LIST, "text", ["1", "2", "3"]),
        ("Rest helps.\n\nSources:\n[4] Moreau 2018.\n[7] Lund 2019.", "text", ["4", "7"]),
        ("Rest helps.\n\n## References\n\n1. Moreau 2018.\n1. Lund 2019.", "markdown", ["1", "2"]),
        ("Rest helps.\n\n## Bibliography\n\n- Moreau 2018.\n- Lund 2019.", "markdown", []),
        ("<h2>Sources</h2><ul><li>Moreau 2018.</li><li>Lund 2019.</li></ul>", "html", []),
        ("Rest helps[^a].\n\n[^a]: Moreau 2018.", "markdown", ["a"]),
        ("<h2>References</h2><ol><li>Moreau 2018.</li><li>Lund 2019.</li></ol>", "html", ["1", "2"]),
        ("Rest helps.\n\nSteps\n1. Lie down.\n2. Breathe.", "text", []),
        ("Rest helps.", "text", []),
    ],
)
def test_entries(text: str, format: str, labels: list[str]) -> None:
    assert list(entries_of(see(text, format=format))) == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Rest helps [2].", ["2"]),
        ("Rest helps [1, 3–5].", ["1", "3", "4", "5"]),
        ("Rest helps.²", ["2"]),
        ("Rest helps¹,³ and so does tea.", ["1", "3"]),
        ("Rest helps^7.", ["7"]),
        ("Rest helps (ref. 3).", ["3"]),
        ("Rest helps (7).", ["7"]),
        ("Version 2.0 helps.3", []),
        ("The room has 12 m².", []),
        ("Rest helps.", []),
    ],
)
def test_notes(text: str, labels: list[str]) -> None:
    assert labels_of(text) == labels


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Rest helps [7]." + LIST, ["7"]),
        ("Rest helps [2–5]." + LIST, ["4", "5"]),
        ("Rest helps.⁹" + LIST, ["9"]),
        ("Rest helps [1], tea too [3]." + LIST, []),
        ("Rest helps [7].", []),
        ("Rest helps (1). Tea helps (2). Milk helps (8)." + LIST, ["8"]),
        ("Rest helps (1). It is for adults (18)." + LIST, []),
        ("Rest helps [1]. Tea helps (2). It is for adults (18)." + LIST, []),
    ],
)
def test_dangling(text: str, missing: list[str]) -> None:
    assert dangling(text) == missing


def test_notes_lead_to_their_entries() -> None:
    found = resolved_notes(see("Rest helps [1, 3]." + LIST))
    assert list(found[0].values()) == [["Moreau 2018.", "Osei 2020."]]


def test_in_html_raised_numbers_are_resolved() -> None:
    text = "<p>Rest helps<sup>2</sup>. Tea does<sup>5</sup>.</p>"
    listed = "<h2>References</h2><ol><li>Moreau 2018.</li><li>Lund 2019.</li></ol>"
    assert dangling(text + listed, "html") == ["5"]
