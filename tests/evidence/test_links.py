"""Links are judged by where they lead."""

from __future__ import annotations

import pytest
from language.seeing import built_in, see

from healthlint.evidence.links import load_links


def kind_of(address: str) -> str:
    return load_links(built_in().language["links"]).kind_of(address)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://www.thelancet.com/journals/lancet/article/1", "journal"),
        ("https://doi.org/10.1234/abc.5678", "journal"),
        ("https://www.medrxiv.org/content/1", "preprint"),
        ("https://clinicaltrials.gov/study/NCT01234567", "registry"),
        ("//www.accessdata.fda.gov/drugs", "regulator"),
        ("https://www.nhs.uk/conditions/asthma", "health-service"),
        ("https://sleep.med.harvard.edu/naps", "university"),
        ("www.ox.ac.uk", "university"),
        ("https://www.nice.org.uk/guidance/ng1", "guideline"),
        ("https://www.facebook.com/naps", "social"),
        ("https://www.amazon.co.uk/dp/1", "shop"),
        ("https://example.org/shop/tea", "shop"),
        ("https://shop.example.org/tea", "shop"),
        ("https://example.org:8080/products/tea?size=2#top", "shop"),
        ("https://example.org/shopping-for-health", ""),
        ("https://example.org/trials/rest", ""),
        ("https://notthelancet.com/", ""),
        ("", ""),
    ],
)
def test_kinds_of_links(address: str, kind: str) -> None:
    assert kind_of(address) == kind


@pytest.mark.parametrize(
    ("text", "source", "cites"),
    [
        ("Rest eases pain: https://www.bmj.com/content/1", "journal", True),
        ("Rest eases pain: https://example.org/rest", "", True),
        ("Rest eases pain: https://example.org/shop/rest", "shop", False),
        ("Rest eases pain: https://www.instagram.com/p/1", "social", False),
    ],
)
def test_what_a_link_counts_for(text: str, source: str, cites: bool) -> None:
    (link,) = {c for s in see(text).sentences for c in s.citations if c.kind == "link"}
    assert (link.source, link.cites) == (source, cites)
