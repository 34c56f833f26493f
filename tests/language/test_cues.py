"""Cues and their scopes: what is said of the words marked ⟦ ⟧.

Each list names one guard that holds, or does not hold, for the marked words of its rows.
"""

from __future__ import annotations

import pytest

from healthlint.language.cues import silenced_by

from .seeing import marked, see, sentence_of

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
    "There is no ⟦cure⟧ for tinnitus.",
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
    "It is not known to ⟦cure⟧ anyone.",
    "The tea did not significantly ⟦reduce⟧ pain.",
    "The tea has almost no power to ⟦cure⟧ a cold.",
    "The story that magnets ⟦cure arthritis⟧ was debunked.",
    "The tea needn\x92t ⟦cure⟧ asthma.",
    "The tea doesnt ⟦cure⟧ asthma.",
    "It has NO power to ⟦cure⟧ asthma.",
    "NO-NONSENSE TEA HAS NO POWER TO ⟦CURE⟧ ASTHMA.",
]

NOT_NEGATED = [
    "It goes where pills can't, ⟦calming⟧ the gut.",
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
    "It cannot be ruled out that the tea ⟦cures⟧ asthma.",
    "I cannot help but say that the tea ⟦cures⟧ asthma.",
    "I couldn't be happier that the tea ⟦cures⟧ asthma.",
    "A no-brainer: this tea ⟦cures⟧ asthma.",
    "Nitric oxide (NO) ⟦relaxes⟧ the vessels.",
    "NO-derived salts ⟦relax⟧ the vessels.",
    "Isn't it time to ⟦cure⟧ asthma.",
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
    "It cannot be ruled out that the tea ⟦eases⟧ pain.",
    "They tested if the tea ⟦eases⟧ pain.",
    "The findings suggest that in women the tea ⟦eases⟧ pain.",
    "The results support the view that the tea ⟦eases⟧ pain.",
    "In some people the tea ⟦eases⟧ pain.",
    "It is not always so that the tea ⟦eases⟧ pain.",
    "They wrote of the potential of tea to ⟦ease⟧ pain.",
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
    "Ask about possible side effects of a tea that ⟦eases⟧ pain.",
    "All possible brews of the tea ⟦ease⟧ pain.",
    "Spots that appear on the skin go when the tea ⟦eases⟧ pain.",
    "Apparently healthy adults drank the tea that ⟦eases⟧ pain.",
    "Smokers are three times more likely to buy the tea that ⟦eases⟧ pain.",
    "Regardless of whether you eat, the tea ⟦eases⟧ pain.",
    "With a high redox potential the tea ⟦eases⟧ pain.",
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
    "Myth: sea salt ⟦cures asthma⟧.",
    "If a site says it ⟦cures asthma⟧, do not buy it.",
    "Copper bracelets are often sold to ⟦ease arthritis⟧.",
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
    "A rinse that fights plaque-causing bacteria and ⟦calms⟧ sore gums, with no side effects.",
    "The drug ⟦eases⟧ back pain.",
    "The gel ⟦eases⟧ rashes triggered by heat.",
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
            assert 0 <= cue.start < cue.end <= len(sentence.text)
            assert 0 <= cue.scope_start < cue.scope_end <= len(sentence.text), (text, cue)


def cues_of(text: str, *kinds: str) -> list[tuple[str, str, str]]:
    """Kind, strength and words of the sentence's cues of these kinds."""
    sentence = sentence_of(text)
    return [(c.kind, c.strength, sentence.words(c.start, c.end).lower()) for c in sentence.cues if c.kind in kinds]


@pytest.mark.parametrize(
    ("text", "strength", "words"),
    [
        ("The findings suggest that the patients slept more soundly.", "reported", "suggest"),
        ("This trial indicates that exercise eases knee pain.", "reported", "indicates that"),
        ("The survey supports the view that screening saves money.", "reported", "supports the view that"),
        ("The bands suggest that the kinase binds near the promoter.", "strong", "suggest"),
        ("In our patients the bands suggest a second enzyme.", "strong", "suggest"),
        ("The spots support the idea that the enzyme folds twice.", "strong", "support the idea that"),
        ("The rash fades in some cases.", "limited", "in some cases"),
        ("How the herb acts is poorly understood.", "limited", "poorly understood"),
        ("The dye could be detected for a week.", "limited", "could be detected"),
        ("The dye could fade in a week.", "strong", "could"),
        ("The herb has the potential to harm the liver.", "strong", "potential"),
        ("They praised the therapeutic potential of the herb.", "limited", "therapeutic potential"),
    ],
)
def test_strength_of_a_hedge(text: str, strength: str, words: str) -> None:
    assert cues_of(text, "hedge") == [("hedge", strength, words)]


@pytest.mark.parametrize(
    "text",
    [
        "The dye could not reach the lung.",
        "A rash appears within a week.",
        "The sensor reads the evoked potentials.",
        "We tried this hypothesis on mice.",
        "The file names two hypothetical proteins.",
        "The men drank as much water as possible.",
    ],
)
def test_no_hedge(text: str) -> None:
    assert not [c for c in cues_of(text, "hedge") if c[1] not in ("can", "promotional")]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("The herb does not cure colds.", "negation", "not"),
        ("The herb has a lack of taste.", "negation", "lack of"),
        ("No one knows the herb.", "negation", "no one"),
        ("The cause of the rash is not known.", "exclusion", "not known"),
        ("The change was not statistically significant.", "exclusion", "not statistically significant"),
        ("Nothing has changed.", "exclusion", "nothing"),
        ("The trial has yet to begin.", "exclusion", "yet to"),
        ("They had almost no pain.", "exclusion", "almost no"),
    ],
)
def test_a_denial_by_grammar_and_one_by_meaning(text: str, kind: str, words: str) -> None:
    assert cues_of(text, "negation", "exclusion") == [(kind, "", words)]


def test_of_two_cues_in_one_place_the_longer_counts() -> None:
    assert cues_of("There is no cure.", "negation", "exclusion") == [("negation", "", "there is no")]
    assert cues_of("There is no cure, and no pill.", "negation") == [
        ("negation", "", "there is no"),
        ("negation", "", "no"),
    ]


def test_a_guard_against_strong_hedges_takes_reported_and_limited_ones() -> None:
    for text in ("The findings suggest that in women the tea ⟦eases⟧ pain.", "In some people the tea ⟦eases⟧ pain."):
        sentence, start, end = marked(text)
        assert silenced_by([("hedge", "strong")], start, end, sentence.cues, False) == ("hedge",)
        assert silenced_by([("hedge", "can")], start, end, sentence.cues, False) == ()


@pytest.mark.parametrize(
    ("heading", "quoted"), [("Myths about sleep", True), ("What you may read online", True), ("Our teas", False)]
)
def test_a_heading_that_warns_holds_quotations_below_it_at_arms_length(heading: str, quoted: bool) -> None:
    document = see(
        f"# {heading}\n\n- “This tea cures asthma”\n\n# Next\n\n- “This tea cures asthma”\n", format="markdown"
    )
    below, after = [s for s in document.sentences if s.claims]
    assert (below.claims[0].strength == "reported") == quoted
    assert after.claims[0].strength == "asserted"
