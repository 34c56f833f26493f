"""The phrase check, and the guards that keep a rule silent."""

from __future__ import annotations

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("phrase-plain", "Moon dust is here. Buy MOON-DUST.", ["Moon dust", "MOON-DUST"]),
        ("phrase-plain", "They sprinkled dust; sprinkling dust is fun.", ["sprinkled dust", "sprinkling dust"]),
        ("phrase-plain", "The moon. Dust.", []),
        ("phrase-plain", "Dust of the moon", []),
        ("phrase-part", "Please buy moon dust today.", ["moon dust"]),
        ("phrase-part", "Please sell moon dust today.", []),
        ("phrase-except", "Moon dust and moon dust cake.", ["Moon dust"]),
        ("phrase-except", "Moon dust cake.", []),
        ("phrase-with", "Moon dust in two weeks.", ["Moon dust"]),
        ("phrase-with", "Moon dust tonight.", ["Moon dust"]),
        ("phrase-with", "Moon dust. Come tonight.", []),
        ("phrase-without", "Moon dust in the museum.", []),
        ("phrase-without", "Moon dust. See the museum.", ["Moon dust"]),
        ("phrase-sentence", "Stay in. The moon is full of dust. Go out.", ["The moon is full of dust."]),
        ("phrase-place", "Try dust for asthma.", ["dust for asthma"]),
        ("phrase-place", "Try dust for fun.", []),
        ("phrase-regex", "A mmmoon and a moon.", ["mmmoon"]),
        ("heading-phrase", "Moon dust is here.", []),
    ],
)
def test_matches(run: Run, name: str, text: str, found: list[str]) -> None:
    assert run(name, text).texts == found


def test_only_the_asked_blocks_are_read(run: Run) -> None:
    page = "# Moon dust\n\nMoon dust is here.\n"
    assert run("heading-phrase", page, format="markdown").places == [(1, 3)]
    assert run("phrase-plain", page, format="markdown").places == [(1, 3), (3, 1)]


def test_the_message_names_the_words(run: Run) -> None:
    assert run("phrase-part", "Do buy **moon** dust.", format="markdown").messages == ["moon dust"]


@pytest.mark.parametrize(
    ("guard", "silent", "loud"),
    [
        ("negated", "There is no moon dust.", "There is moon dust."),
        ("negated", "Do not eat moon dust.", "Not only moon dust is here."),
        ("hedge", "It may be moon dust.", "It can be moon dust."),
        ("hedge", "This might be moon dust.", "This helps find moon dust."),
        ("asked", "Is it moon dust?", "Why is it moon dust?"),
        ("attributed", "According to the label, it is moon dust.", "According to her, it is moon dust."),
        ("quoted", "Beware of adverts that sell moon dust.", "Adverts are dull; buy moon dust."),
        ("adverse-frame", "It can cause moon dust.", "It is made of moon dust."),
        ("cited", "It is moon dust (Moreau 2018).", "It is moon dust. It was sold in 2018."),
        ("cited", "It is moon dust. Moreau (2018) saw it.", "It is moon dust. Sand. Moreau (2018) saw it."),
    ],
)
def test_guards(run: Run, guard: str, silent: str, loud: str) -> None:
    quiet = run(f"guard-{guard}", silent)
    assert (quiet.texts, quiet.silenced) == ([], (guard,))
    noisy = run(f"guard-{guard}", loud)
    assert (noisy.texts, noisy.silenced) == (["moon dust"], ())


def test_a_citation_in_another_block_is_out_of_reach(run: Run) -> None:
    assert run("guard-cited", "It is moon dust.\n\nMoreau (2018) saw it.\n").texts == ["moon dust"]


def test_a_guard_holds_for_its_own_stretch_only(run: Run) -> None:
    ran = run("guard-negated", "There was never moon dust there, but here we sell moon dust.")
    assert ran.silenced == ("negated",)
    assert [f.column for f in ran.findings] == [51]
