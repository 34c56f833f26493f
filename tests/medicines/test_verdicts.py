"""What the shipped records say of a pair of medicine and condition."""

from __future__ import annotations

import pytest

from healthlint.medicines.formulary import Formulary, claim_parts
from healthlint.medicines.status import Verdict, jurisdictions_of, labelled_for, verdict
from healthlint.rules.pack import load_pack

ISOTRETINOIN = {
    "pseudotumor cerebri": "adverse-reaction",
    "ulcerative colitis": "adverse-reaction",
    "inflammatory bowel disease": "adverse-reaction",
    "dry skin": "adverse-reaction",
    "eczema": "adverse-reaction",
    "neuroblastoma": "off-label-supported",
    "perioral dermatitis": "off-label-limited",
    "psychosis": "adverse-reaction",
    "weight loss": "adverse-reaction",
    "headache": "adverse-reaction",
    "back pain": "adverse-reaction",
    "tinnitus": "adverse-reaction",
    "keratosis": "off-label-limited",
    "anemia prior surgery": "adverse-reaction",
    "lupus": "off-label-limited",
    "covid-": "no-evidence",
    "dandruff": "no-evidence",
    "sore throat": "no-evidence",
    "crohn disease": "adverse-reaction",
    "fatigue": "adverse-reaction",
    "high cholesterol": "adverse-reaction",
    "insomnia": "adverse-reaction",
    "muscle pain": "adverse-reaction",
    "lichen planus": "off-label-limited",
    "hypertriglyceridemia": "adverse-reaction",
    "sunburn": "adverse-reaction",
    "hemorrhoids": "no-evidence",
    "high blood pressure": "no-evidence",
    "rosacea": "off-label-supported",
    "seborrheic dermatitis": "off-label-supported",
    "hidradenitis suppurativa": "off-label-limited",
    "warts": "off-label-supported",
    "acne": "labelled-broadened",
    "birth control": "contraindicated",
    "alcoholic liver damage": "adverse-reaction",
    "abortion": "contraindicated",
}


def judge(formulary: Formulary, name: str, words: str, *profiles: str, severity: str | None = None) -> Verdict:
    condition = formulary.find_condition(words)
    assert condition, words
    return verdict(name, condition, formulary, jurisdictions_of(profiles), severity)


@pytest.mark.parametrize("profile", ["base", "us", "uk"])
@pytest.mark.parametrize("words", ISOTRETINOIN)
def test_isotretinoin_for_everything(formulary: Formulary, words: str, profile: str) -> None:
    assert judge(formulary, "Isotretinoin", words, profile).status == ISOTRETINOIN[words]


def test_every_record_keeps_its_own_examples(formulary: Formulary) -> None:
    wrong = []
    for medicine in formulary.medicines():
        for example in medicine.examples:
            name, words = next(
                (name, words)
                for name, words in claim_parts(example.claim)
                if formulary.find_medicine(name) and formulary.find_condition(words)
            )
            said = judge(formulary, name, words, example.profile, severity=example.severity)
            if (said.medicine_id, said.status) != (medicine.id, example.status):
                wrong.append((example.claim, example.profile, said.status, example.status))
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "words", "profile", "status"),
    [
        ("Ozempic", "weight loss", "us", "other-brand"),
        ("Ozempic", "weight loss", "base", "other-brand"),
        ("Wegovy", "weight loss", "us", "labelled"),
        ("semaglutide", "weight loss", "us", "labelled"),
        ("Mounjaro", "weight loss", "us", "other-brand"),
        ("Mounjaro", "weight loss", "uk", "labelled"),
        ("Mounjaro", "weight loss", "base", "labelled"),
        ("Zepbound", "sleep apnoea", "us", "labelled"),
        ("tirzepatide", "sleep apnea", "uk", "other-country"),
        ("Victoza", "weight loss", "us", "other-brand"),
        ("Propecia", "enlarged prostate", "us", "other-brand"),
        ("Viagra", "pulmonary arterial hypertension", "us", "other-brand"),
        ("Soolantra", "head lice", "us", "other-brand"),
        ("Vagifem", "hot flushes", "us", "other-brand"),
        ("Botox Cosmetic", "chronic migraine", "us", "other-brand"),
        ("CBD oil", "seizures", "us", "other-brand"),
        ("oral minoxidil", "hair loss", "us", "other-brand"),
        ("Latisse", "glaucoma", "us", "other-brand"),
        ("Tyrvaya", "smoking cessation", "us", "other-brand"),
        ("Korlym", "abortion", "us", "other-brand"),
        ("Lodoco", "gout", "us", "other-brand"),
        ("PT-141", "low libido", "us", "other-brand"),
        ("progesterone cream", "menopause", "uk", "other-brand"),
    ],
)
def test_a_brand_is_judged_by_its_own_approvals(
    formulary: Formulary, name: str, words: str, profile: str, status: str
) -> None:
    assert judge(formulary, name, words, profile).status == status


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ibuprofen", "back pain"),
        ("naproxen", "period pain"),
        ("acetaminophen", "migraine"),
        ("aspirin", "stroke"),
        ("prednisone", "gout"),
        ("prednisolone", "eczema"),
        ("dexamethasone", "swelling"),
        ("linaclotide", "bloating"),
        ("methadone", "detox"),
        ("amitriptyline", "headaches"),
        ("furosemide", "heart failure"),
        ("omeprazole", "heartburn"),
        ("cetirizine", "itchy skin"),
    ],
)
def test_everyday_uses_of_everyday_medicines_are_labelled(formulary: Formulary, name: str, words: str) -> None:
    assert judge(formulary, name, words).status == "labelled"


@pytest.mark.parametrize(
    ("name", "words"),
    [("kaolin", "headache"), ("isotretinoin", "restless legs"), ("", "acne"), ("metformin", "gout")],
)
def test_what_the_records_do_not_say_is_unknown(formulary: Formulary, name: str, words: str) -> None:
    assert judge(formulary, name, words).status == "unknown"


def test_a_condition_nobody_knows_is_unknown(formulary: Formulary) -> None:
    assert verdict("isotretinoin", "no-such-thing", formulary) == Verdict("unknown")


def test_narrower_than_the_label_is_labelled_and_broader_is_not(formulary: Formulary) -> None:
    assert judge(formulary, "sertraline", "postnatal depression").status == "labelled"
    assert judge(formulary, "sertraline", "anxiety").status == "labelled-broadened"
    assert judge(formulary, "Vivitrol", "opioid dependence").status == "labelled"
    assert judge(formulary, "tretinoin capsules", "cancer").status == "labelled-broadened"


def test_severity_words_are_held_against_the_label(formulary: Formulary) -> None:
    assert judge(formulary, "isotretinoin", "acne", severity="severe").status == "labelled"
    assert judge(formulary, "isotretinoin", "acne", severity="mild").status == "labelled-broadened"
    assert judge(formulary, "dupilumab", "eczema", severity="moderate").status == "labelled"
    assert judge(formulary, "dupilumab", "eczema", severity="mild").status == "labelled-broadened"


def test_a_country_the_record_was_not_written_from_is_not_held_against_it(formulary: Formulary) -> None:
    assert "CA" not in formulary.medicine("sertraline").label_countries
    assert judge(formulary, "sertraline", "depression", "ca").status == "labelled"


def test_any_of_several_active_countries_will_do(formulary: Formulary) -> None:
    assert judge(formulary, "propranolol", "anxiety", "us").status == "other-country"
    assert judge(formulary, "propranolol", "anxiety", "us", "uk").status == "labelled"


def test_a_verdict_says_what_to_print(formulary: Formulary) -> None:
    said = judge(formulary, "Ozempic", "weight loss", "us")
    assert said.medicine == said.brand == "Ozempic"
    assert said.medicine_id == "semaglutide"
    assert said.condition_id == "obesity"
    assert said.labelled.startswith("type 2 diabetes; ")
    assert "Wegovy" in said.note
    assert said.source == "US labels: Ozempic, Rybelsus, Wegovy"
    assert judge(formulary, "isotretinoin", "psoriasis").source.startswith("Chu 2021")
    assert "boxed warning" in judge(formulary, "isotretinoin", "birth defects").note
    assert judge(formulary, "Dupixent", "bullous pemphigoid", "eu").note == "approved in US only"


def test_what_is_approved_for_nothing_says_so(formulary: Formulary) -> None:
    assert "not an approved medicine" in labelled_for(formulary.medicine("bpc-157"))
    assert labelled_for(formulary.medicine("cannabidiol"), "CBD oil") == "no use here"


@pytest.mark.parametrize(
    "name", ["ISOTRETINOIN", "13‑cis‑retinoic acid", "Men’s Rogaine", "Retin A", "Retin-A®", "BPC 157"]
)
def test_names_are_found_however_they_are_typed(formulary: Formulary, name: str) -> None:
    assert formulary.find_medicine(name)


def test_near_names_stay_apart(formulary: Formulary) -> None:
    found = {name: formulary.find_medicine(name) for name in ("tretinoin", "isotretinoin", "alitretinoin", "acitretin")}
    assert {name: hit[0] for name, hit in found.items() if hit} == {name: name for name in found}


@pytest.mark.parametrize("hormone", ["oxytocin", "progesterone", "HGH", "triiodothyronine", "hCG"])
def test_what_the_body_makes_is_no_medicine_by_its_bare_name(formulary: Formulary, hormone: str) -> None:
    assert formulary.find_medicine(hormone) is None


def test_counter_painkillers_have_no_boxed_warning(formulary: Formulary) -> None:
    assert [m for m in ("ibuprofen", "naproxen", "paracetamol", "aspirin") if formulary.medicine(m).boxed_warning] == []
    boxed = formulary.medicine("diclofenac").boxed_warning
    assert boxed
    assert boxed.topics_of("diclofenac gel") == ()
    assert len(boxed.topics_of("Cambia")) == 2


def test_boxed_topics_follow_the_product(formulary: Formulary) -> None:
    warning = formulary.medicine("minoxidil").boxed_warning
    assert warning
    assert [topic.id for topic in warning.topics_of("oral minoxidil")] == ["heart"]
    assert warning.topics_of() == warning.topics_of("Rogaine") == ()
    boxed = formulary.medicine("isotretinoin").boxed_warning
    assert boxed
    assert len(boxed.topics_of("Roaccutane")) == 2


def test_public_advertising_by_country(formulary: Formulary) -> None:
    semaglutide = dict(formulary.medicine("semaglutide").supply)["UK"]
    assert semaglutide.public_advertising == "prohibited"
    sildenafil = dict(formulary.medicine("sildenafil").supply)["UK"]
    assert sildenafil.advertisable == ("Viagra Connect",)
    assert "CA" not in dict(formulary.medicine("phentermine").supply)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Niacin", "niacin-treatment"),
        ("acetaminophen / hydrocodone", "hydrocodone-acetaminophen"),
        ("Trospium and xanomeline", "xanomeline-trospium"),
        ("moon dust", None),
    ],
)
def test_who_asks_may_use_a_plain_name_or_another_order(asked: str, found: str | None) -> None:
    formulary = Formulary.from_data(load_pack().medicines)
    named = formulary.ask_for(asked)
    assert (named and named[0]) == found
    assert formulary.find_medicine(asked) is None
