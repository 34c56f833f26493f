"""A content repository: thirty pages in five formats, nested configurations, exceptions, approvals, a baseline."""

from __future__ import annotations

from pathlib import Path

from word_pages import word_page

CONFIG = """\
# All pages count as articles, so that a change of wording never changes the kind of a page.
profiles: [us]
select: [HL0, HL110, HL112, HL201, HL301, HL406, HL452, HL502]
exclude: [drafts/]
include: ["*.docx"]
baseline: .healthlint-baseline
approvals: approvals.yaml
per-file:
  "**": {kind: article}
  "legal/**": {ignore: [HL301]}
"""
SHOP = """\
extend: ../.healthlint.yaml
severity: {HL452: error}
"""
UK = """\
extend: ../.healthlint.yaml
profiles: [uk]
per-file:
  "old-*.md": {severity: {HL110: info}}
"""
APPROVALS = """\
schema: 1
approvals:
  - wording: "{product} relieves heartburn in {number:1-6} hours"
    product: Calmexa
    reference: "Ito 2021, Gut 70:112, table 2"
    approved-by: R. Adeyemi, medical affairs
    approved-on: 2026-03-01
    until: 2099-03-01
    profiles: [us, uk]
"""
BASELINED = ("articles/knee.md", "articles/asthma.md", "articles/twins.md", "blog/start.mdx", "leaflets/plain.txt")
"""Pages that were there before the linter was."""

PAGES = {
    "articles/knee.md": "# Knees\n\nOur tea cures gout. It has few to no side effects.\n\nWalking helps many people.\n",
    "articles/asthma.md": "# Asthma\n\nFirst things first.\n\nOur tea cures asthma. So it was said of old.\n",
    "articles/twins.md": "Our drops boost immunity.\n\nA pause.\n\nOur drops boost immunity.\n",
    "articles/sleep.md": "# Sleep\n\n- Rest well.\n- Our tea cures\n  insomnia.\n",
    "articles/gut.md": "# Gut\n\nCalmexa relieves heartburn in 2 hours.\n\nCalmexa relieves heartburn in 9 hours.\n",
    "articles/heart.md": (
        "# Heart\n\n<!-- healthlint: ignore[HL110] until=2099-01-31 -- a quotation from 1890, ticket 7 -->\n\n"
        "Our tea cures angina.\n\nOur tea cures gout.\n"
    ),
    "articles/skin.md": "# Skin\n\n| Tea | Use |\n| --- | --- |\n| Green | Our tea cures eczema. |\n",
    "articles/teeth.md": "# Teeth\n\n> According to a recent study, ginger\n> eases nausea.\n",
    "articles/eyes.md": "# Eyes\n\nThere is no cure for cataract. See an optician.\n",
    "articles/ears.md": "# Ears\n\nResults are guaranteed.\n",
    "articles/back.md": "# Backs\n\nSchedule your virtual consultation today.\n",
    "articles/kind.md": "---\ntitle: Minutes\nhealthlint:\n  profiles: [uk]\n---\n\nOur tea cures gout.\n",
    "shop/tea.html": "<h1>Tea</h1>\n<p>Those drops boost&nbsp;<b>immunity</b>.</p>\n",
    "shop/drops.html": "<p>Our tea cures gout &amp; it has few to no side effects.</p>\n",
    "shop/calm.html": "<p>Calmexa relieves heartburn in 3 hours.</p>\n<!-- healthlint: ignore[HL112] -- legal, 12 -->\n"
    "<p>Results are guaranteed.</p>\n",
    "shop/about.html": "<title>About us</title>\n<p>We have sold tea since 1901.</p>\n",
    "shop/call.html": "<p>Welcome.</p>\n<button>Schedule your virtual consultation today</button>\n",
    "blog/start.mdx": "import Box from './box'\n\n<Box>\n\nOur tea cures gout.\n\n</Box>\n",
    "blog/next.mdx": (
        "export const date = '2026'\n\n{/* healthlint: disable[HL452] -- a series on myths */}\n\n"
        "These drops boost immunity.\n\n{/* healthlint: enable[HL452] */}\n\nSuch drops boost immunity.\n"
    ),
    "blog/news.mdx": "# News\n\nWe moved to a <b>new</b> house.\n",
    "blog/tips.mdx": "# Tips\n\n1. Our tea\n   *cures* gout.\n",
    "leaflets/plain.txt": "READ ME\n\nFor many years now people have said that our good old tea cures\ngout.\n",
    "leaflets/dose.txt": "Take one tablet with water.\n\nIt has few to no side effects.\n",
    "leaflets/calm.txt": "Calmexa relieves heartburn in 1 hour.\n\nCalmexa relieves heartburn in 4 hours.\n",
    "leaflets/empty.txt": "",
    "uk/old-tea.md": "Our tea cures gout.\n",
    "uk/new-tea.md": "Our tea cures gout.\n",
    "legal/terms.md": "Results are guaranteed. Schedule your virtual consultation today.\n",
    "drafts/wild.md": "Our tea cures everything, gout too.\n",
}
WORD_PAGE = "word/brief.docx"
WORD_TEXTS = ("Brief", "Our tea cures gout.", "Results are guaranteed.")


def put(top: Path, name: str, text: str) -> None:
    path = top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def write_pages(top: Path) -> None:
    """Everything but the baseline."""
    for name, text in PAGES.items():
        put(top, name, text)
    (top / WORD_PAGE).parent.mkdir(parents=True, exist_ok=True)
    (top / WORD_PAGE).write_bytes(word_page(*WORD_TEXTS))
    put(top, ".healthlint.yaml", CONFIG)
    put(top, "shop/.healthlint.yaml", SHOP)
    put(top, "uk/.healthlint.yaml", UK)
    put(top, "approvals.yaml", APPROVALS)
