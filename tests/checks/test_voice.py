"""The voice check: who is heard on a page, and how far what they say reaches."""

from __future__ import annotations

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We drove for an hour. Worth it.”", ["“We drove for an hour. Worth it.”"]),
        ("“Lovely and quiet rooms.”", []),
        ("“Lovely, quiet rooms.”\n\n“I was home by tea.”", ["“Lovely, quiet rooms.”", "“I was home by tea.”"]),
        ("Now “I can see my own feet,” she told us.", ["Now “I can see my own feet,” she told us."]),
        ("Now “I can see my own feet,” he wrote.", []),
        ("“Will it hurt me?”", []),
        ("“I never need water.”\n\nThis is a myth.", []),
        ("# Myths\n\n“I never need water.”", []),
        ("“We were surprised,” said Dr Orla Finch.", []),
        ("“We were surprised,” said Dr Orla Finch.\n\n“I would wait a year.”", []),
    ],
)
def test_quotations(run: Run, text: str, found: list[str]) -> None:
    assert run("voice-quotation", text, format="markdown").texts == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Lovely, quiet rooms.”\n\n— Priya", ["“Lovely, quiet rooms.”", "— Priya"]),
        ("“Lovely, quiet rooms.” – Priya, 47", ["“Lovely, quiet rooms.” – Priya, 47"]),
        ("Tess R., 29\n\n“Lovely, quiet rooms.”", ["Tess R., 29", "“Lovely, quiet rooms.”"]),
        ("My heel let me walk to church.\n\nTess R., 29", ["My heel let me walk to church.", "Tess R., 29"]),
        ("The rooms are quiet.\n\nTess R., 29", []),
        ("“Lovely, quiet rooms.” – Dr Orla Finch", []),
        ("“Lovely, quiet rooms.”\n\n— Dr Orla Finch", []),
    ],
)
def test_signed_words(run: Run, text: str, found: list[str]) -> None:
    assert run("voice-signed", text, format="markdown").texts == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Meet Osric\n\nOsric drove.\n\nHe naps.\n\nWe open.\n\nHe naps.", ["Osric drove.", "He naps."]),
        ("# Kind words\n\nSpotless rooms.\n\nIda P.\n\n# Prices\n\nHe pays less.", ["Spotless rooms.", "Ida P."]),
        ("Nadia came to us.\n\nShe was low.\n\nYou can park.", ["Nadia came to us.", "She was low."]),
        ("# Meet Osric\n\nYou can ask him.", []),
        ("# Prices\n\nHe pays less.", []),
    ],
)  # fmt: skip
def test_stories(run: Run, text: str, found: list[str]) -> None:
    assert run("voice-story", text, format="markdown").texts == found
