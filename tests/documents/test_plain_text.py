"""Plain text: blocks, wrapped lines, headings, lists and stray Markdown."""

from __future__ import annotations

import pytest
from document_checks import only, read, shape, source_of

from healthlint.documents.blocks import BlockKind


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in shape(read(text))]


def texts(text: str) -> list[str]:
    return [words for _, words in shape(read(text))]


def test_each_line_is_a_block() -> None:
    assert texts("Rest when you can.\nDrink enough water.\n") == ["Rest when you can.", "Drink enough water."]


def test_empty_text_has_no_blocks() -> None:
    assert texts("") == []
    assert texts(" \n\t\r\n\u200b\n") == []


def test_a_line_that_goes_on_in_lower_case_is_one_block() -> None:
    document = read("The cream was tested on a group of\nhealthy adults.")
    assert only(document).text == "The cream was tested on a group of healthy adults."
    assert source_of(document, "group of healthy adults") == "group of\nhealthy adults"


def test_windows_line_ends_and_tabs() -> None:
    document = read("The cream was\ttested on a group of \r\n\thealthy adults.\r\nNext one.")
    assert document.blocks[0].text == "The cream was tested on a group of healthy adults."
    assert source_of(document, "of healthy") == "of \r\n\thealthy"
    assert source_of(document, "was tested") == "was\ttested"


def test_a_line_that_goes_on_with_a_bracket() -> None:
    assert texts("The dose was doubled after a month\n(see the table below).") == [
        "The dose was doubled after a month (see the table below)."
    ]


def test_digits_go_on_inside_an_open_bracket() -> None:
    assert texts("Some of it was measured earlier (Moss and Reed\n2011) and later.") == [
        "Some of it was measured earlier (Moss and Reed 2011) and later."
    ]


@pytest.mark.parametrize("end", [".", "?", "!", ":", ".”", ".)", "?'", '."', ".[3]"])
def test_a_finished_line_does_not_go_on(end: str) -> None:
    assert len(texts(f"That is what the whole team found out{end}\nand then some more words.")) == 2


def test_short_items_under_one_another_stay_apart() -> None:
    assert texts("zinc\nmagnesium\nvitamin c") == ["zinc", "magnesium", "vitamin c"]


def test_hard_wrapped_paragraphs_join_over_sentence_ends_and_names() -> None:
    text = (
        "The tablets were handed out by nurses who had been trained at the hospital in\n"
        "Leeds. They were told to note every change in weight, in sleep and in appetite.\n"
        "Everyone who took part was seen again after six weeks by the same person as on\n"
        "the first day.\n"
        "\n"
        "A second group was given nothing.\n"
    )
    assert [t[:14] for t in texts(text)] == ["The tablets we", "A second group"]


def test_lines_of_any_length_that_are_not_wrapped_stay_apart() -> None:
    text = (
        "Our nurses visit you at home on the day that suits you best in the week\n"
        "Results by e-mail\n"
        "Free parking right behind the building for everyone who comes by car today\n"
        "Open on Sundays\n"
    )
    assert len(texts(text)) == 4


DOUBLED = """\
Patients were asked about their sleep by staff of the \n
\n
clinic and of the university. The answers were noted by \n
\n
hand and then typed in by two people, one of them from \n
\n
Oslo, who did not know the names of the patients, and a \n
\n
third looked for serotonin and creatine phospho- \n
\n
kinase with the Mantel- \n
\n
Haenszel test (Berg et \n
\n
al., 2014) in all of the samples that were at hand in the \n
\n
laboratory. \n
\n
Outcome \n
\n
The second group slept longer than the first group did. \n
""".replace("\n\n", "\n")


def test_double_spaced_text_is_joined() -> None:
    document = read(DOUBLED)
    blocks = [block.text for block in document.blocks]
    assert blocks[-2:] == ["Outcome", "The second group slept longer than the first group did."]
    assert "one of them from Oslo, who did not" in blocks[0]
    assert "creatine phosphokinase with the Mantel-Haenszel test (Berg et al., 2014) in all" in blocks[0]
    assert source_of(document, "phosphokinase") == "phospho- \n\nkinase"
    assert source_of(document, "Outcome", BlockKind.HEADING) == "Outcome"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It was measured as creatine phospho-\nkinase.", "phosphokinase"),
        ("We used the test named after Kolmogorov-\nSmirnov.", "Kolmogorov-Smirnov"),
        ("This was an entirely drug-\ninduced effect.", "drug-induced"),
        ("It was seen in 16-\n51 of them.", "16-51"),
        ("Medicines sold over-the-\ncounter help.", "over-the-counter"),
        ("These medi\u00ad\ncations help.", "medications"),
    ],
)
def test_words_split_at_the_end_of_a_line(text: str, word: str) -> None:
    document = read(text)
    assert word in only(document).text
    assert source_of(document, word).replace("\n", "").replace("-", "").replace("\u00ad", "") == word.replace("-", "")


def test_a_title_over_a_blank_line_stays_apart() -> None:
    assert texts("Our Services\n\nsleep lessons, long walks and more for everyone\n\nVisit us.")[0] == "Our Services"


def test_a_hyphen_before_a_list_is_left_alone() -> None:
    assert texts("- Tablets for Covid-\n- Tablets for colds") == ["Tablets for Covid-", "Tablets for colds"]


def test_a_dash_at_the_end_of_a_line_is_kept() -> None:
    assert texts("It helps with many things -\nbut not this.") == ["It helps with many things - but not this."]


@pytest.mark.parametrize("mark", ["-", "*", "•", "–", "1.", "12)", "a)", "(b)", "✓"])
def test_list_marks_are_not_text(mark: str) -> None:
    document = read(f"{mark} Helps you sleep\n{mark} Tastes fine\n  and is cheap\n")
    assert shape(document) == [("list-item", "Helps you sleep"), ("list-item", "Tastes fine and is cheap")]


def test_nested_lists_have_depth() -> None:
    document = read("- Fruit\n  - Apples\n  - Pears\n- Bread\n")
    assert [block.level for block in document.blocks] == [1, 2, 2, 1]


@pytest.mark.parametrize("line", ["-5 degrees out", "3.5 mg a day", "2019 was fine", "(VAS) was used", "A. Moss said"])
def test_what_only_looks_like_a_list_mark(line: str) -> None:
    assert "list-item" not in kinds(f"Something.\n{line} here.\n")


LONG = "This paragraph says at some length what the short line above it is all about, so it is longer."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Why Sleep Matters", "heading"),
        ("Can you drink alcohol?", "heading"),
        ("Common side effects:", "heading"),
        ("What we offer", "heading"),
        ("Sleep matters.", "paragraph"),
        ("Call now!", "paragraph"),
        ("Our plan is to grow by:", "paragraph"),
        ("Here are seven good ways to fall asleep at night:", "paragraph"),
        ("E-mail: info@example.com", "paragraph"),
        ("Starts at $9. Ships on Monday", "paragraph"),
        ("Key words: sleep, rest, night", "paragraph"),
        ("This one has far more words than any title that a reader would still take for one", "paragraph"),
    ],
)
def test_headings_among_short_lines(line: str, kind: str) -> None:
    assert kinds(f"First of all, rest.\n{line}\n{LONG}")[1] == kind


def test_heading_levels() -> None:
    document = read(f"Sleep and Rest\n{LONG}\nMore of It\n{LONG}")
    assert [block.level for block in document.blocks] == [1, 0, 2, 0]


def test_a_text_of_one_line_is_no_heading() -> None:
    assert kinds("Guaranteed Results") == ["paragraph"]


def test_items_without_marks_are_no_headings() -> None:
    assert kinds(f"{LONG}\nless pain\nbetter sleep at night\n{LONG}")[2] == "paragraph"


def test_markdown_marks_in_plain_text() -> None:
    document = read(
        "## What **We** Do ##\n\nWe __really__ *care*, see [our page](/care) ![x](y.png).\n\n- **Sleep**: more\n"
    )
    assert shape(document) == [
        ("heading", "What We Do"),
        ("paragraph", "We really care, see our page x."),
        ("list-item", "Sleep: more"),
    ]
    assert document.blocks[0].level == 2
    assert [(link.target, document.blocks[1].text[link.start : link.end]) for link in document.blocks[1].links] == [
        ("/care", "our page")
    ]
    assert source_of(document, "our page x") == "our page](/care) ![x"


@pytest.mark.parametrize(
    "text", ["Up to -,604** more.", "The note** and * that.", "snake__case [x] stays.", "2 * 3 * 4 is."]
)
def test_unpaired_marks_are_text(text: str) -> None:
    assert texts(text) == [text]


def test_emphasis_may_split_a_phrase_over_lines() -> None:
    document = read("This is *clinically\nproven* to do nothing.")
    assert source_of(document, "clinically proven to") == "clinically\nproven* to"


def test_rules_underlines_quotes_and_tables() -> None:
    document = read(
        "Sleep\n=====\n\n> Rest is\n> good for you.\n\n---\n\n| Drug | Dose \\| day |\n|---|---|\n| Water | lots |\n"
    )
    assert shape(document) == [
        ("heading", "Sleep"),
        ("quotation", "Rest is good for you."),
        ("table-cell", "Drug"),
        ("table-cell", "Dose \\| day"),
        ("table-cell", "Water"),
        ("table-cell", "lots"),
    ]
    assert source_of(document, "is good") == "is\n> good"


def test_unseen_characters_and_no_break_spaces() -> None:
    document = read("cli\u00adnically\u00a0pro\u200bven, “so” they say — 👩\u200d⚕️ and e\u0301clair")
    text = only(document).text
    assert text == "clinically proven, “so” they say — 👩\u200d⚕️ and e\u0301clair"
    assert source_of(document, "clinically proven") == "cli\u00adnically\u00a0pro\u200bven"
    assert source_of(document, "éclair".replace("é", "e\u0301")) == "e\u0301clair"


def test_right_to_left_neighbours() -> None:
    document = read("שלום it works \u200fمرحبا now.")
    assert source_of(document, "it works") == "it works"
    assert only(document).text == "שלום it works مرحبا now."


def test_bare_addresses_are_links() -> None:
    block = only(read("Read https://a.org/x_(y), or (www.b.com/z). DOI at doi.org/10.1/2!"))
    assert [(block.text[link.start : link.end], link.target) for link in block.links] == [
        ("https://a.org/x_(y)", "https://a.org/x_(y)"),
        ("www.b.com/z", "www.b.com/z"),
        ("doi.org/10.1/2", "doi.org/10.1/2"),
    ]


def test_spaces_behind_a_quote_mark() -> None:
    assert texts(">  Rest.\n\n> \u00a0 Sleep.") == ["Rest.", "Sleep."]
