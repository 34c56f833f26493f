"""Checks that judge a document as a whole: what it must say, how it balances, how it reads, how it is built."""

from __future__ import annotations

import pytest

from .conftest import Run

# required


def test_what_must_be_said_is_missed(run: Run) -> None:
    page = "# A shop\n\nHello.\n\nWe sell moon dust. Moon dust is grey.\n"
    ran = run("must-warn", page, format="markdown")
    assert (ran.texts, ran.places) == (["moon dust"], [(5, 9)])
    assert ran.findings[0].scope == "document"


@pytest.mark.parametrize(
    "text",
    [
        "We sell moon dust. It makes you sneeze.",
        "It makes you sneeze.\n\nWe sell moon dust.",
        "We sell moon dust.\n\n- sneezing\n",
        "We sell moon dust. It has side effects.",
        "We sell sand.",
    ],
)
def test_what_must_be_said_is_said(run: Run, text: str) -> None:
    assert run("must-warn", text).texts == []


@pytest.mark.parametrize(
    ("field", "missed"), [("checkedBy", 0), ("checked_by", 0), ("copy:\n  checked-by", 0), ("by", 1)]
)
def test_a_field_of_the_front_matter_may_say_it(run: Run, field: str, missed: int) -> None:
    page = f"---\n{field}: Ann Berg\n---\nWe sell moon dust.\n"
    assert len(run("must-be-checked", page, format="markdown").texts) == missed


def test_a_passing_word_asks_for_nothing(run: Run) -> None:
    assert run("must-warn-twice", "We sell moon dust.").texts == []
    assert run("must-warn-twice", "We sell moon dust. Moon dust is grey.").places == [(1, 9)]


def test_triggers_may_be_sought_in_headings_alone(run: Run) -> None:
    assert run("must-in-headings", "We sell moon dust.\n", format="markdown").texts == []
    page = "Moon dust is here.\n\n# Moon dust\n\nSand.\n"
    assert run("must-in-headings", page, format="markdown").places == [(3, 3)]


ISOTRETINOIN = "Isotretinoin is a capsule for severe acne.\n\nPeople take isotretinoin for some months.\n"


def test_a_boxed_warning_is_missed_where_the_medicine_is_first_named(run: Run) -> None:
    ran = run("must-box", "# Skin\n\n" + ISOTRETINOIN, format="markdown")
    assert (ran.texts, ran.places) == (["Isotretinoin"], [(3, 1)])
    assert ran.messages[0].startswith("isotretinoin|")


@pytest.mark.parametrize(
    "more",
    [
        "It must not be taken in pregnancy: a pregnancy test comes first.",
        "It can cause severe birth defects. Two forms of contraception are needed.",
    ],
)
def test_a_boxed_warning_that_is_given(run: Run, more: str) -> None:
    assert run("must-box", ISOTRETINOIN + "\n" + more).texts == []


def test_a_medicine_named_in_passing_needs_no_boxed_warning(run: Run) -> None:
    assert run("must-box", "Some people take isotretinoin.").texts == []
    assert run("must-box", "Retinoids such as isotretinoin (Roaccutane) are taken by mouth.").texts == []
    walk = " ".join(f"On day {day} we walked to the mill." for day in range(30))
    assert run("must-box", f"{ISOTRETINOIN}\n{walk}").texts == []
    assert run("must-box", f"# Isotretinoin\n\n{ISOTRETINOIN}\n{walk}", format="markdown").texts == ["Isotretinoin"]


def test_a_medicine_without_a_boxed_warning_needs_none(run: Run) -> None:
    assert (
        run("must-box", "Metformin is a tablet. Isotretinoin is not. Sildenafil is a tablet. Sildenafil is blue.").texts
        == []
    )


# balance

BENEFITS = "This tea cures asthma. The tea relieves joint pain.\n\nIt is green."


def test_benefits_without_a_risk(run: Run) -> None:
    ran = run("balance-two", BENEFITS)
    assert (ran.messages, ran.places) == (["2|0"], [(1, 10)])
    assert ran.findings[0].scope == "document"


@pytest.mark.parametrize(
    "text",
    [
        BENEFITS + " It can cause nausea.",
        BENEFITS + " Side effects are common.",
        "This tea cures asthma.",
        "This tea cures asthma. It may relieve joint pain.",
        "This tea cures asthma. It does not relieve joint pain.",
        "",
    ],
)
def test_benefits_in_balance(run: Run, text: str) -> None:
    assert run("balance-two", text).texts == []


def test_balance_may_be_asked_of_medicines_only(run: Run) -> None:
    assert run("balance-drug", BENEFITS).texts == []
    assert len(run("balance-drug", "Isotretinoin clears acne. Isotretinoin treats psoriasis.").texts) == 1


# metric

LONG = "The cat that sat on the mat by the old red door of the house slept."


def test_long_sentences(run: Run) -> None:
    ran = run("long-sentence", f"The cat slept. {LONG}")
    assert (ran.texts, ran.messages) == ([LONG], ["16|12"])
    assert ran.findings[0].scope == "sentence"


def test_headings_are_no_long_sentences(run: Run) -> None:
    assert run("long-sentence", f"# {LONG}\n", format="markdown").texts == []


HARD = (
    "Pharmacokinetic heterogeneity necessitates individualised administration of antihypertensive pharmacotherapy. "
    "Interdisciplinary collaboration facilitates comprehensive cardiovascular rehabilitation notwithstanding "
    "considerable socioeconomic heterogeneity. Epidemiological investigations substantiate generalisability."
)


def test_hard_texts(run: Run) -> None:
    ran = run("hard-text", f"# Title here\n\n{HARD}\n", format="markdown")
    assert ran.places == [(3, 1)]
    assert ran.findings[0].scope == "document"
    assert run("hard-text", "The cat sat on the mat. The dog ran to the park. " * 4).texts == []
    assert run("hard-text", "Interdisciplinary pharmacotherapy.").texts == [], "too short to judge"


def test_capitals(run: Run) -> None:
    assert run("shouting", "This is AMAZING and TOTALLY new.").messages == ["2|1"]
    assert run("shouting", "The FDA and the NHS met the WHO about HIV and DNA.").texts == []


# structure


@pytest.mark.parametrize(
    ("name", "format", "text", "lines"),
    [
        ("empty-section", "markdown", "# One\n\nText.\n\n## Two\n\n## Three\n\nText.\n", [5]),
        ("empty-section", "markdown", "# One\n\n## Two\n\nText.\n\n## Three\n", [7]),
        ("empty-section", "markdown", "# One\n\n## Two\n\nText.\n", []),
        ("empty-section", "html", "<h2>One</h2><h2>Two</h2><p>Text.</p>", [1]),
        ("empty-lead-in", "markdown", "It works by:\n\n# Next part here\n\nText.\n", [1]),
        ("empty-lead-in", "markdown", "It works by:\n\n- rest\n- sleep\n", []),
        (
            "empty-lead-in",
            "text",
            "The old tea, a drink of the hills and of the poor, works by:\nThese ways are old and well known.\n",
            [1],
        ),
        ("empty-lead-in", "markdown", "Text.\n\nIt works by:\n", [3]),
        ("promised", "markdown", "Below you’ll find the reviews of our patients.\n\nWe are open on Mondays.\n", [1]),
        ("promised", "markdown", "Below, you’ll find a list of towns.\n\n- Oslo\n- Bergen\n", []),
        ("promised", "markdown", "Below, you’ll find reviews.\n\n> “I slept.”\n", []),
        (
            "duplicate",
            "markdown",
            "The old tea is made of dried leaves.\n\nText.\n\nThe old tea is made of dried leaves.\n",
            [5],
        ),
        ("duplicate", "markdown", "Read more.\n\nText.\n\nRead more.\n", []),
        ("template", "text", "".join(f"- Isotretinoin for {x}\n" for x in ("Gout", "Asthma", "Warts", "Acne")), [1]),
        ("template", "text", "".join(f"- Isotretinoin for {x}\n" for x in ("Gout", "Asthma", "Warts")), []),
        (
            "contradiction",
            "text",
            "Isotretinoin is used to treat psoriasis.\n\nIsotretinoin is not used to treat psoriasis.\n",
            [3],
        ),
        (
            "contradiction",
            "text",
            "Isotretinoin is used to treat acne.\n\nIsotretinoin is not used to treat psoriasis.\n",
            [],
        ),
    ],
)
def test_structure(run: Run, name: str, format: str, text: str, lines: list[int]) -> None:
    assert [line for line, _ in run(name, text, format=format).places] == lines
