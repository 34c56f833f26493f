"""Citations: what points to a source that a reader can follow, and what only looks like it."""

from __future__ import annotations

import pytest
from language.seeing import marked, see

from healthlint.language.annotation import Citation


def citations_of(text: str, format: str = "text") -> list[Citation]:
    return [
        citation for sentence in see(text, format=format).sentences for citation in sentence.citations if citation.cites
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rest eased pain (Moreau 2018).", "author-year"),
        ("Rest eased pain (Moreau, 2018).", "author-year"),
        ("Rest eased pain (Moreau & Lund, 2018).", "author-year"),
        ("Rest eased pain (Moreau and Lund 2018; Osei 2020).", "author-year"),
        ("Rest eased pain (Moreau et al., 2018).", "author-year"),
        ("Moreau et al. (2018) found that rest eased pain.", "author-year"),
        ("Moreau and Lund (2018) found that rest eased pain.", "author-year"),
        ("Moreau (2018) found that rest eased pain.", "author-year"),
        ("In Moreau (2018), rest eased pain.", "author-year"),
        ("As van der Berg (2011) showed, rest eased pain.", "author-year"),
        ("Rest eased pain in Moreau’s 2018 trial (see Moreau 2018b).", "author-year"),
        ("Rest eased pain. doi:10.1234/abc.5678", "doi"),
        ("Rest eased pain, https://doi.org/10.1234/abc.5678.", "doi"),
        ("Rest eased pain (PMID: 12345678).", "pmid"),
        ("Rest eased pain (PMID 12345678).", "pmid"),
        ("Rest eased pain, PMC1234567.", "pmid"),
        ("The trial (NCT01234567) looked at rest.", "registry"),
        ("The trial ISRCTN12345678 looked at rest.", "registry"),
        ("Rest and a brace work better than either (NICE, NG59).", "guideline"),
        ("Rest is advised (SIGN 136).", "guideline"),
        ("See https://example.org/trials/rest for the trial.", "link"),
        ("See www.example.org/trials for the trial.", "link"),
        ("Rest eased pain [3].", "note"),
        ("Rest eased pain.[3]", "note"),
        ("Rest eased pain [3, 4–6].", "note"),
        ("Rest eased pain.³", "note"),
        ("Rest eased pain¹², and sleep too.", "note"),
        ("Rest eased pain (ref. 3).", "note"),
        ("J Rest Sleep 2018;12(3):45-9.", "journal-year"),
        ("Rest eased pain (Journal of Rest. 2018; 12: 45).", None),
    ],
)
def test_citations(text: str, kind: str | None) -> None:
    kinds = [citation.kind for citation in citations_of(text)]
    assert (kind in kinds) if kind else kinds


@pytest.mark.parametrize(
    "text",
    [
        "It opened in June 2019.",
        "In 2019, many people slept well.",
        "Updated June 2021.",
        "By March 2020 it was over.",
        "Last reviewed on 4 May 2022.",
        "Copyright 2023.",
        "Since 2015 we have sold tea.",
        "The Act of 1938 was changed.",
        "COVID 2020 was hard.",
        "Over 2000 people drink it.",
        "About 2000 people drink it.",
        "Nearly 2000 people drink it.",
        "Take 2 pills.",
        "A body mass index above 30 kg/m² is high.",
        "The room has 12 m².",
        "Drink 1.5 litres.",
        "Call 020 7946 0000.",
        "It costs $2000.",
        "Established 1998.",
        "Rest eased pain.",
        "A recent study found that rest eased pain.",
        "Summer 2019 was hot.",
        "He was born in Oslo in 1980.",
        "Visit https://example.org/shop/tea to buy it.",
        "Book at www.example.org/booking today.",
    ],
)
def test_no_citations(text: str) -> None:
    assert citations_of(text) == []


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("[Rest eased pain](https://example.org/trial).", True),
        ("Rest eased pain[^1].\n\n[^1]: Moreau 2018.", True),
        ("[Rest eased pain](/blog/rest).", False),
        ("[Buy rest](https://example.org/shop/rest).", False),
        ("[Rest eased pain](#ref-1).", True),
        ("[Rest eased pain](#top).", False),
    ],
)
def test_links_in_markdown(text: str, cites: bool) -> None:
    assert any(c.cites for c in see(text, format="markdown").sentences[0].citations) is cites


def test_a_raised_number_in_html_is_a_note() -> None:
    assert citations_of("<p>Rest eased pain.<sup>3</sup> Sleep did too.</p>", "html")
    assert citations_of('<p>Rest eased pain<sup><a href="#ref3">3</a></sup>.</p>', "html")


def test_a_citation_stands_where_it_says() -> None:
    sentence, start, end = marked("Rest eased pain (⟦Moreau et al., 2018⟧) in adults.")
    (citation, *_) = sentence.citations
    assert citation.start <= start and end <= citation.end
    assert 0 <= citation.start < citation.end <= len(sentence.text)


def test_a_note_after_the_stop_belongs_to_the_sentence_before() -> None:
    first, second = see("Rest eased pain.[3] Sleep did not.").sentences
    assert first.citations and not second.citations
