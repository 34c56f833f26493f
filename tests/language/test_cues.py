"""Cues and their scopes: what is said of the words marked ⟦ ⟧.

Each list names one guard that holds, or does not hold, for the marked words of its rows.
"""

from __future__ import annotations

import pytest

from healthlint.language.cues import silenced_by

from .seeing import marked

GUARDS = (
    ("negated", ""),
    ("hedge", "strong"),
    ("asked", ""),
    ("attributed", ""),
    ("quoted", ""),
    ("adverse-frame", ""),
)


def holding(text: str) -> set[str]:
    sentence, start, end = marked(text)
    return set(silenced_by(GUARDS, start, end, sentence.cues, False))


NEGATED = [
    "This tea does not ⟦cure⟧ asthma.",
    "This tea doesn’t ⟦cure⟧ asthma.",
    "The tea cannot ⟦cure asthma⟧.",
    "No tea ⟦cures⟧ asthma.",
    "No herb, pill or potion ⟦cures⟧ asthma.",
    "There is no ⟦cure⟧ for psoriasis.",
    "There are no ⟦miracle cures⟧ for hay fever.",
    "It was never shown to ⟦prevent⟧ the flu.",
    "It neither ⟦prevents⟧ nor treats the flu.",
    "It neither prevents nor ⟦treats⟧ the flu.",
    "The drops failed to ⟦relieve⟧ pain.",
    "Nothing can ⟦reverse⟧ arthritis.",
    "None of these drops ⟦relieves⟧ pain.",
    "Nobody has a ⟦cure⟧ for tinnitus.",
    "The notion that magnets ⟦cure arthritis⟧ is a myth.",
    "It is not true that magnets ⟦cure arthritis⟧.",
    "The gel isn't a ⟦treatment⟧ for burns.",
    "Avoid sellers of ⟦miracle cures⟧.",
    "The patch eases symptoms without ⟦curing⟧ the illness.",
    "No, the gel does not, in any of the tests, ⟦heal⟧ burns.",
    "The claim that garlic ⟦cures colds⟧ is false.",
    "Garlic will not ⟦cure⟧ a cold.",
    "Garlic won’t ⟦cure⟧ a cold.",
    "The lack of a ⟦cure⟧ is hard to bear.",
    "It is far from a ⟦cure⟧.",
    "It has yet to ⟦cure⟧ anyone.",
]

NOT_NEGATED = [
    "It does not smell, but it ⟦cures⟧ asthma.",
    "It does not smell; it ⟦cures⟧ asthma.",
    "It is not cheap. It ⟦cures⟧ asthma.",
    "Although it is not cheap, it ⟦cures⟧ asthma.",
    "It contains no sugar, however it ⟦cures⟧ asthma.",
    "With no sugar, this tea ⟦cures⟧ asthma.",
    "With no sugar, it ⟦cures⟧ asthma.",
    "Not only does it ⟦cure⟧ asthma, it tastes good.",
    "It not only ⟦cures⟧ asthma but also tastes good.",
    "It is not just a ⟦cure⟧ for asthma.",
    "No wonder it ⟦cures⟧ asthma.",
    "No matter your age, the gel ⟦heals⟧ burns.",
    "No doubt the gel ⟦heals⟧ burns.",
    "There is no doubt the gel ⟦heals⟧ burns.",
    "Nothing works better to ⟦cure⟧ asthma.",
    "Nothing beats it: the gel ⟦heals⟧ burns.",
    "Don’t wait: this gel ⟦heals⟧ burns.",
    "Don't miss the gel that ⟦heals⟧ burns.",
    "Without a doubt, the gel ⟦heals⟧ burns.",
    "It never fails to ⟦relieve⟧ pain.",
    "It cannot fail to ⟦relieve⟧ pain.",
    "You can’t go wrong with a gel that ⟦heals⟧ burns.",
    "It ⟦cures⟧ asthma, not colds.",
    "It ⟦cures⟧ asthma without needles.",
    "The gel ⟦heals⟧ burns and leaves no mark.",
    "This tea ⟦cures⟧ asthma, no matter how old you are.",
    "Not a drug, this tea ⟦cures⟧ asthma.",
    "If you do not sleep, this tea ⟦cures⟧ it.",
    "People who do not sleep can take this tea, which ⟦cures⟧ it.",
]

HEDGED = [
    "The tea may ⟦ease⟧ pain.",
    "The tea might ⟦ease⟧ pain.",
    "The tea could ⟦ease⟧ pain.",
    "The tea possibly ⟦eases⟧ pain.",
    "Perhaps the tea ⟦eases⟧ pain.",
    "It is thought to ⟦ease⟧ pain.",
    "It is unclear whether the tea ⟦eases⟧ pain.",
    "There is limited evidence that the tea ⟦eases⟧ pain.",
    "The data suggest that the tea ⟦eases⟧ pain.",
    "It seems to ⟦ease⟧ pain.",
    "The tea may ease cramps and ⟦reduce⟧ swelling.",
    "It is possible that the tea ⟦eases⟧ pain.",
    "The tea would ⟦ease⟧ pain if it were stronger.",
    "It is not known if the tea ⟦eases⟧ pain.",
]

NOT_HEDGED = [
    "The tea can ⟦ease⟧ pain.",
    "The tea helps ⟦ease⟧ pain.",
    "The tea ⟦eases⟧ pain by up to half.",
    "The promising tea ⟦eases⟧ pain.",
    "The tea has been shown to ⟦ease⟧ pain.",
    "It is known to ⟦ease⟧ pain.",
    "It may be bitter, but it ⟦eases⟧ pain.",
    "It may be bitter; it ⟦eases⟧ pain.",
    "It may be bitter. It ⟦eases⟧ pain.",
    "Although it may be bitter, the tea ⟦eases⟧ pain.",
    "While results may vary, this tea ⟦eases⟧ pain.",
    "In May 2020 the tea ⟦eased⟧ pain.",
    "Call as soon as possible: the tea ⟦eases⟧ pain.",
    "Reach your full potential with a tea that ⟦eases⟧ pain.",
    "The tea is designed to ⟦ease⟧ pain.",
    "The best possible tea ⟦eases⟧ pain.",
    "You would love the tea that ⟦eases⟧ pain.",
    "This is recommended and ⟦eases⟧ pain.",
]

ASKED = [
    "Does the tea ⟦cure⟧ asthma?",
    "Is it a ⟦cure⟧ for asthma?",
    "Can magnets ⟦relieve⟧ pain?",
    "We do not know whether magnets ⟦relieve⟧ pain.",
    "Ask if the pills ⟦relieve⟧ pain.",
    "“Can magnets ⟦relieve⟧ pain?”",
    "Will it ⟦help⟧ me?",
]

NOT_ASKED = [
    "What are the benefits of a tea that ⟦cures asthma⟧?",
    "Why does the tea ⟦cure⟧ asthma?",
    "How does the tea ⟦cure⟧ asthma?",
    "Ready to ⟦cure⟧ your asthma?",
    "Tired of pills? This tea ⟦cures⟧ asthma.",
    "Want to ⟦relieve⟧ pain?",
    "Looking to ⟦relieve⟧ pain fast?",
    "Does it taste good? It ⟦cures⟧ asthma.",
]

ATTRIBUTED = [
    "According to the label, the gel ⟦heals⟧ minor burns.",
    "The label says that the gel ⟦heals⟧ burns.",
    "Its prescribing information states that it ⟦reduces⟧ seizures.",
    "The FDA approved it to ⟦treat⟧ acne.",
    "It was approved by the FDA to ⟦treat⟧ acne.",
    "The ASA ruled that the page said it ⟦cures⟧ asthma.",
    "NICE guidance recommends it to ⟦treat⟧ gout.",
]

NOT_ATTRIBUTED = [
    "According to my aunt, the gel ⟦heals⟧ burns.",
    "Our customers say that the gel ⟦heals⟧ burns.",
    "The gel ⟦heals⟧ burns.",
    "Read the label. The gel ⟦heals⟧ burns.",
]

QUOTED = [
    "Claims such as “⟦cures⟧ asthma” are a red flag.",
    "Be wary of sellers who say a tea ⟦cures⟧ asthma.",
    "Adverts that promise to ⟦melt fat⟧ are misleading.",
    "The advert claimed “this tea ⟦cures⟧ asthma”.",
    'One seller writes "it ⟦cures⟧ asthma" on the box.',
    "Beware of any product that ⟦cures⟧ everything.",
    "Phrases like ⟦miracle cure⟧ should make you doubt.",
]

NOT_QUOTED = [
    "This “wonder tea” ⟦cures⟧ asthma.",
    "The tea ⟦cures⟧ asthma.",
    "The advert said “drink tea”, and tea ⟦cures⟧ asthma.",
    'My doctor calls it "tea", and it ⟦cures⟧ asthma.',
]

ADVERSE = [
    "The drug can cause ⟦back pain⟧.",
    "Side effects include ⟦back pain⟧.",
    "Common side effects are nausea and ⟦back pain⟧.",
    "Some people have ⟦back pain⟧ while taking it.",
    "It can trigger ⟦asthma⟧ in some people.",
    "The drug is associated with ⟦joint pain⟧.",
    "Smoking increases the risk of ⟦stroke⟧.",
    "He had drug-induced ⟦hepatitis⟧.",
    "Stop taking it and call your doctor if you have ⟦chest pain⟧.",
    "Long use may lead to ⟦dependence⟧.",
    "It can worsen ⟦eczema⟧.",
]

NOT_ADVERSE = [
    "The drug ⟦eases⟧ back pain.",
    "Try it for ⟦back pain⟧.",
    "The cream is used to treat ⟦eczema⟧.",
    "The page treats of drugs for ⟦back pain⟧.",
]


@pytest.mark.parametrize("text", NEGATED)
def test_negated(text: str) -> None:
    assert "negated" in holding(text)


@pytest.mark.parametrize("text", NOT_NEGATED)
def test_not_negated(text: str) -> None:
    assert "negated" not in holding(text)


@pytest.mark.parametrize("text", HEDGED)
def test_hedged(text: str) -> None:
    assert "hedge" in holding(text)


@pytest.mark.parametrize("text", NOT_HEDGED)
def test_not_hedged(text: str) -> None:
    assert "hedge" not in holding(text)


@pytest.mark.parametrize("text", ASKED)
def test_asked(text: str) -> None:
    assert "asked" in holding(text)


@pytest.mark.parametrize("text", NOT_ASKED)
def test_not_asked(text: str) -> None:
    assert "asked" not in holding(text)


@pytest.mark.parametrize("text", ATTRIBUTED)
def test_attributed(text: str) -> None:
    assert "attributed" in holding(text)


@pytest.mark.parametrize("text", NOT_ATTRIBUTED)
def test_not_attributed(text: str) -> None:
    assert "attributed" not in holding(text)


@pytest.mark.parametrize("text", QUOTED)
def test_quoted(text: str) -> None:
    assert "quoted" in holding(text)


@pytest.mark.parametrize("text", NOT_QUOTED)
def test_not_quoted(text: str) -> None:
    assert "quoted" not in holding(text)


@pytest.mark.parametrize("text", ADVERSE)
def test_told_as_harm(text: str) -> None:
    assert "adverse-frame" in holding(text)


@pytest.mark.parametrize("text", NOT_ADVERSE)
def test_not_told_as_harm(text: str) -> None:
    assert "adverse-frame" not in holding(text)


@pytest.mark.parametrize(
    "text",
    [
        "The gel has ⟦no side effects⟧.",
        "It is ⟦without side effects⟧.",
        "It is ⟦free of side effects⟧.",
        "⟦It never fails⟧ to please.",
        "You ⟦cannot lose⟧.",
    ],
)
def test_words_do_not_deny_themselves(text: str) -> None:
    assert "negated" not in holding(text)


def test_a_promotional_hedge_holds_where_it_is_asked_for() -> None:
    sentence, start, end = marked("The tea helps ⟦ease⟧ pain.")
    assert silenced_by([("hedge", "promotional")], start, end, sentence.cues, False) == ("hedge",)
    assert silenced_by([("hedge", "strong")], start, end, sentence.cues, False) == ()


def test_every_cue_has_a_scope_inside_its_sentence() -> None:
    for text in (*NEGATED, *HEDGED, *ASKED, *ATTRIBUTED, *QUOTED, *ADVERSE):
        sentence, _, _ = marked(text)
        for cue in sentence.cues:
            assert sentence.start <= cue.start < cue.end <= sentence.end
            assert sentence.start <= cue.scope_start < cue.scope_end <= sentence.end, (text, cue)
