"""Claims: what a sentence says that something does, and what it does not say.

A row gives the sentence and some of (relation, kind of agent, kind of target, strength); None stands for any.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from language.seeing import see

from healthlint.language.annotation import Claim
from healthlint.rules.vocabulary import RELATIONS

ROOT = Path(__file__).parents[2]

Shape = tuple[str | None, str | None, str | None, str | None]


def claims_of(text: str, format: str = "text") -> list[Claim]:
    return [claim for sentence in see(text, format=format).sentences for claim in sentence.claims]


def fits(claim: Claim, shape: Shape) -> bool:
    seen = (claim.relation, claim.agent_kind, claim.target_kind, claim.strength)
    return all(wanted is None or wanted == found for wanted, found in zip(shape, seen, strict=True))


TREATS, CURES, PREVENTS, RELIEVES, REDUCES = "treats", "cures", "prevents", "relieves", "reduces"

PRESENT: list[tuple[str, Shape]] = [
    # labels, compounds of the body, things given back
    ("Snoring, silenced.", (RELIEVES, None, "symptom", "asserted")),
    ("Heartburn: gone.", (REDUCES, None, "condition", "asserted")),
    ("Lower cholesterol", (REDUCES, None, None, "asserted")),
    ("A bone-building tablet", (None, "product", "part", "asserted")),
    ("The gummies sweep plaque from your arteries.", ("cleanses", "product", "part", "asserted")),
    ("Sessions that lift depression", (None, None, "condition", "asserted")),
    ("You will sleep like a baby.", (None, "implied", None, "asserted")),
    ("The patch shortens the common cold.", (REDUCES, "product", "condition", "asserted")),
    # the words of a register
    ("Iron contributes to the reduction of tiredness and fatigue.", (REDUCES, None, "condition", "authorised")),
    ("Our capsules hold zinc, which contributes to normal fertility.", (None, None, None, "authorised")),
    ("Turmeric contributes to the reduction of tiredness.", (REDUCES, "ingredient", "condition", "asserted")),
    # verbs and their agents
    ("This tea cures asthma.", (CURES, "product", "condition", "asserted")),
    ("Turmeric treats arthritis.", (TREATS, "ingredient", "condition", "asserted")),
    ("Isotretinoin clears acne.", (None, "medicine", "condition", "asserted")),
    ("Acupuncture relieves back pain.", (RELIEVES, "procedure", None, "asserted")),
    ("Our clinic treats insomnia.", (TREATS, "provider", "condition", "asserted")),
    ("The cream soothes itching.", (RELIEVES, "product", None, "asserted")),
    ("These capsules boost your immune system.", ("boosts", "product", "function", "asserted")),
    ("The serum reduces wrinkles.", (REDUCES, "product", None, "asserted")),
    ("The serum fades blackheads.", (REDUCES, "product", None, "asserted")),
    ("Vitamin C supports collagen production.", ("supports", "ingredient", "function", "asserted")),
    ("The gummies improve sleep.", ("improves", "product", "function", "asserted")),
    ("Magnesium prevents migraine.", (PREVENTS, "ingredient", "condition", "asserted")),
    # strengths
    ("The gel can relieve joint pain.", (RELIEVES, "product", None, "can")),
    ("The gel helps relieve joint pain.", (RELIEVES, "product", None, "promotional")),
    ("The gel is designed to relieve joint pain.", (RELIEVES, "product", None, "promotional")),
    ("The gel may relieve joint pain.", (RELIEVES, "product", None, "hedged")),
    ("The gel does not relieve joint pain.", (RELIEVES, "product", None, "denied")),
    ("Does the gel relieve joint pain?", (RELIEVES, "product", None, "asked")),
    ("The advert says “the gel cures asthma”.", (CURES, "product", "condition", "reported")),
    ("No supplement cures diabetes.", (CURES, "product", "condition", "denied")),
    ("It is unclear whether the tea cures asthma.", (CURES, "product", "condition", None)),
    ("How does the tea cure asthma?", (CURES, "product", "condition", "asserted")),
    ("How does the tea ease cramps?", (RELIEVES, "product", None, "asked")),
    # passives and participles
    ("Wrinkles are reduced by the serum.", (REDUCES, None, None, "asserted")),
    ("Back pain is relieved in minutes.", (RELIEVES, None, None, "asserted")),
    ("A capsule used to treat migraine.", (TREATS, "product", "condition", "asserted")),
    ("The drops work by reducing inflammation.", (REDUCES, "product", None, "asserted")),
    ("A tea that eases bloating and gas.", (RELIEVES, "product", None, "asserted")),
    ("Say goodbye to eczema with our cream.", (CURES, None, "condition", "asserted")),
    # nominalisations
    ("The patch brings relief from hot flashes.", (RELIEVES, "product", None, "asserted")),
    ("Our tea is a cure for insomnia.", (CURES, None, "condition", "asserted")),
    ("The serum gives a boost to your metabolism.", ("boosts", "product", "function", "asserted")),
    ("The serum gives a reduction in wrinkles.", (None, "product", None, "asserted")),
    ("Pain relief in minutes.", (RELIEVES, "implied", None, "asserted")),
    # compounds
    ("An immune-boosting tea", ("boosts", None, None, "asserted")),
    ("A metabolism boosting tea", ("boosts", None, "function", "asserted")),
    ("A pain-relieving gel", (RELIEVES, None, None, "asserted")),
    ("Anxiety-reducing gummies", (REDUCES, None, None, "asserted")),
    # adjectives
    ("Enjoy better sleep with our gummies.", (None, None, "function", "asserted")),
    ("The serum leaves glowing skin.", ("improves", "product", None, "asserted")),
    ("Our gummies are effective against insomnia.", (None, "product", "condition", "asserted")),
    ("Turmeric is good for your joints.", (None, "ingredient", "part", "asserted")),
    # offered for
    ("A daily capsule for joint pain.", ("offered-for", "product", None, "asserted")),
    # pairs of targets
    ("The tea relieves stress and headaches.", (RELIEVES, "product", None, "asserted")),
    # what a target does by itself
    ("With our gel, stiffness fades.", (REDUCES, "product", "symptom", "asserted")),
    ("Your energy soars.", ("boosts", None, "wellbeing", "asserted")),
    # labels
    ("Skin: plumper", ("improves", None, "part", "asserted")),
    ("No more bloating", (REDUCES, "implied", "condition", "asserted")),
    # targets made by a head or an ending
    ("The capsules support tendon resilience.", ("supports", "product", "function", "asserted")),
    ("The powder eases bowel trouble.", (RELIEVES, "product", "symptom", "asserted")),
    ("The drops cure labyrinthitis.", (CURES, "product", "condition", "asserted")),
    # a symptom together with its condition
    ("The cream eases the symptoms of rosacea.", (RELIEVES, "product", "condition", "asserted")),
    # daily life, being spared, being kept
    ("Our drops give you back your mornings.", ("restores", "product", "life", "asserted")),
    ("Our brace can delay a knee replacement.", ("spares", None, "wellbeing", "can")),
    ("The tea keeps you calm.", ("keeps-you", "product", "wellbeing", "asserted")),
    ("Valerian is known for its calming properties.", ("keeps-you", "ingredient", "wellbeing", "promotional")),
    # two verbs and one agent; a pronoun for a target; a possessive
    ("Turmeric calms the gut and lifts mood.", (None, "ingredient", "wellbeing", "asserted")),
    ("Cartilage wears down, and the chews restore it.", ("restores", "product", None, "asserted")),
    ("Turmeric’s compounds reduce swelling.", (REDUCES, "ingredient", "symptom", "asserted")),
    # foods and practices
    ("Cherry juice eases gout.", (RELIEVES, "ingredient", "condition", "asserted")),
    ("Cold plunges sharpen focus.", ("improves", "procedure", "function", "asserted")),
    # treatment in general
    ("Treatment can control the disease and all its symptoms.", (TREATS, "treatment", None, "can")),
    # infinitives of purpose, customers, us
    ("Injected weekly to ease knee pain.", (RELIEVES, "implied", "condition", "asserted")),
    ("Customers enjoy better sleep.", (None, "implied", "function", "asserted")),
    # verbs of two parts
    ("The cream keeps the joints supple.", ("supports", "product", "part", "asserted")),
    ("The balm leaves the skin supple.", ("supports", "product", "part", "asserted")),
    ("The tea keeps colds at bay.", (None, "product", "condition", "asserted")),
]

ABSENT: list[str] = [
    # harm
    "The cream can cause dry skin.",
    "Isotretinoin can cause back pain.",
    "The drug may trigger migraine.",
    "Smoking increases the risk of stroke.",
    "The tablets raise blood pressure.",
    "Alcohol reduces sleep quality.",
    "The drug lowers libido.",
    "The drug reduces bone strength.",
    "Too much zinc weakens the immune system.",
    "The pills reduce sperm count.",
    "Steroids increase appetite and blood sugar.",
    "Tretinoin can irritate sensitive skin.",
    "The gel worsens eczema.",
    "The drug increases anxiety.",
    "Blood pressure rises for a while.",
    "Clots can block blood flow.",
    # nothing is done
    "Targeted drugs are given by drip.",
    "Our brand was seen in Glow Weekly.",
    "Asthma is a disease of the airways.",
    "Symptoms of eczema include itching and redness.",
    "Her lower back pain began in June.",
    "The capsule contains zinc and starch.",
    "The study looked at sleep in adults with asthma.",
    "Wash your hands before meals.",
    "The cream is white and comes in a tube.",
    "Migraine is linked with stress.",
    "The support group meets on Mondays.",
    "Our support line is open.",
    "The clinic has a lift and a ramp.",
    "Acne treatment is dear in some countries.",
    "He was treated unfairly.",
    "The nurse will treat you kindly.",
    "The pancreas releases juice when food arrives.",
    "The nurse lifts a lid at the front of the eye.",
    "Every fall destroys a little more cartilage.",
    "The offer will end soon, and 20 spots are free.",
    "Ketamine has a potential for misuse.",
    "The cells make a hormone and release it into the blood.",
]

OTHERS: list[str] = [
    "Regular exercise improves sleep.",
    "The liver cleanses the blood.",
    "Your immune system fights infection.",
    "Patients reduce their stress by walking.",
    "You can improve your sleep by going to bed early.",
    "Some people manage back pain at home.",
    "A good diet supports heart health.",
    "Sleep restores energy.",
    "Insulin lowers blood sugar.",
    "The plan is a good diet, keeping a healthy weight and walking.",
]


@pytest.mark.parametrize(("text", "shape"), PRESENT)
def test_a_claim_is_seen(text: str, shape: Shape) -> None:
    claims = claims_of(text)
    assert any(fits(claim, shape) for claim in claims), claims


@pytest.mark.parametrize("text", ABSENT)
def test_no_claim_is_seen(text: str) -> None:
    assert claims_of(text) == []


@pytest.mark.parametrize("text", OTHERS)
def test_what_people_and_habits_do_is_no_claim_for_a_product(text: str) -> None:
    loud = [c for c in claims_of(text) if c.strength not in ("denied", "hedged", "asked")]
    assert all(c.agent_kind in ("other", "unknown") for c in loud), loud


def test_claims_stand_where_they_say() -> None:
    for text, _ in PRESENT:
        for sentence in see(text).sentences:
            for claim in sentence.claims:
                assert 0 <= claim.start < claim.end <= len(sentence.text)
                words = sentence.words(claim.start, claim.end)
                assert words == words.strip()


def test_a_claim_reaches_from_its_verb_to_its_target() -> None:
    (claim,) = claims_of("This old tea gently cures chronic asthma in a week.")
    assert "This old tea gently cures chronic asthma in a week."[claim.start : claim.end].startswith("cures")
    assert claim.target == "asthma"


# What is spoken of


def test_list_items_are_about_what_the_heading_names() -> None:
    page = "# Benefits of turmeric\n\n- Reduces inflammation\n- Relieves joint pain\n- Improves digestion\n"
    claims = claims_of(page, "markdown")
    assert {c.relation for c in claims} >= {REDUCES, RELIEVES, "improves"}
    assert {(c.agent_kind, c.agent) for c in claims if c.relation in (REDUCES, RELIEVES, "improves")} == {
        ("ingredient", "turmeric")
    }


@pytest.mark.parametrize(
    ("lead", "agent"),
    [
        ("Natural relief for", "implied"),
        ("Our balm is good for:", "product"),
        ("Who can benefit from naltrexone?", "medicine"),
        ("Ways to live with", None),
    ],
)
def test_a_line_leads_in_a_list_of_what_is_helped(lead: str, agent: str | None) -> None:
    claims = claims_of(f"{lead}\n\nHay fever and colds\n\nFibromyalgia\n\nBring a towel\n\n")
    offered = [(c.target, c.agent_kind) for c in claims if c.relation == "offered-for"]
    wanted = ["allergic-rhinitis", "common-cold", "fibromyalgia"]
    assert offered == ([] if agent is None else [(target, agent) for target in wanted])


def test_list_items_under_no_name_are_about_something_implied() -> None:
    claims = claims_of("# What you get\n\n- Reduces inflammation\n- Relieves joint pain\n", "markdown")
    assert claims and {c.agent_kind for c in claims} == {"implied"}


@pytest.mark.parametrize(
    "text",
    [
        "Turmeric is a root. It relieves joint pain.",
        "Turmeric is a root. This relieves joint pain.",
        "Turmeric is a root. It’s gold, and it relieves joint pain.",
    ],
)
def test_a_pronoun_is_about_what_was_spoken_of(text: str) -> None:
    (claim,) = [c for c in claims_of(text) if c.relation == RELIEVES]
    assert (claim.agent_kind, claim.agent) == ("ingredient", "turmeric")


def test_a_medicine_is_carried_over_by_a_pronoun() -> None:
    (claim,) = [c for c in claims_of("Isotretinoin is a capsule. It clears acne.") if c.target_kind == "condition"]
    assert claim.agent_kind == "medicine"


def test_the_subject_of_one_heading_ends_at_the_next() -> None:
    page = "# Turmeric\n\nIt is a root.\n\n# Garlic\n\n- Relieves joint pain\n"
    assert {c.agent for c in claims_of(page, "markdown") if c.relation == RELIEVES} == {"garlic"}


# Scopes inside a sentence


def test_a_denial_and_a_claim_in_one_sentence() -> None:
    claims = claims_of("The tea does not cure asthma, but it relieves joint pain.")
    assert {(c.relation, c.strength) for c in claims} >= {(CURES, "denied"), (RELIEVES, "asserted")}


def test_two_claims_of_one_sentence() -> None:
    claims = claims_of("The tea cures asthma and prevents migraine.")
    assert {(c.relation, c.target) for c in claims} >= {(CURES, "asthma"), (PREVENTS, "migraine")}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Our peel is completely safe.", "is-safe"),
        ("The gel is free of harmful additives.", "is-free-of"),
        ("It works better than any cream.", "works-better-than"),
        ("The tea is recommended by doctors.", "is-recommended-by"),
        ("An FDA-cleared lamp.", "is-approved"),
    ],
)
def test_how_something_stands_is_a_claim_and_no_benefit(text: str, relation: str) -> None:
    (claim,) = [c for c in claims_of(text) if c.relation == relation]
    assert not claim.is_benefit


def test_a_claim_names_time_quantity_and_evidence() -> None:
    (claim,) = claims_of("Studies show that the serum reduces wrinkles by 30% within two weeks.")
    assert (claim.time, claim.quantity, claim.evidence) == ("two weeks", "30%", "invoked")
    (claim,) = claims_of("The serum reduces wrinkles (Brandt 2020).")
    assert (claim.time, claim.quantity, claim.evidence) == ("", "", "cited")


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("# Saffron\n\n## Sleep\n\nIt improves sleep.", "saffron"),
        ("# Acupuncture for backs\n\nThese effects relieve back pain.", "acupuncture"),
        ("# Saffron\n\nThis treatment lifts mood.", "saffron"),
        ("# Saffron\n\nIt is used along with light therapy to lift mood.", "saffron"),
        ("# Saffron\n\n- Lifts mood", "saffron"),
    ],
)
def test_what_it_and_this_stand_for(text: str, agent: str) -> None:
    assert claims_of(text, format="markdown")[-1].agent == agent


def test_a_heading_about_care_claims_nothing() -> None:
    assert claims_of("# Looking after the tooth", format="markdown") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Surgery removes tumours.", "treatment"),
        ("The inhaler is brown. It calms inflammation.", "treatment"),
        ("Steroid creams reduce redness.", "treatment"),
        ("Barrier creams reduce redness.", "product"),
        ("Knee surgery and massage relieve pain.", "procedure"),
    ],
)
def test_standard_treatment_is_no_product(text: str, kind: str) -> None:
    assert claims_of(text)[-1].agent_kind == kind


def test_the_body_acts_by_itself() -> None:
    (claim,) = claims_of("Discs between the bones, which protect the spine, are soft.")
    assert claim.agent_kind == "other"


def test_rules_can_name_the_relations_that_there_are_and_no_other() -> None:
    cues = yaml.safe_load((ROOT / "rules" / "cues" / "relations.yaml").read_text(encoding="utf-8"))
    nouns_alone = {"offered-for"}
    assert set(RELATIONS) == {*cues["relations"], *nouns_alone}
