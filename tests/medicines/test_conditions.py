"""The shipped conditions: the words people use resolve, risky words are marked, the tree holds."""

from __future__ import annotations

import pytest

from healthlint.medicines.formulary import Formulary

WORDS = {
    "acne": "acne",
    "spots": "acne",
    "cystic acne": "severe-recalcitrant-nodular-acne",
    "eczema": "atopic-dermatitis",
    "dandruff": "dandruff",
    "seborrhoeic dermatitis": "seborrheic-dermatitis",
    "pseudotumor cerebri": "intracranial-hypertension",
    "IBD": "inflammatory-bowel-disease",
    "Crohn's": "crohn-disease",
    "Crohn’s disease": "crohn-disease",
    "crohn disease": "crohn-disease",
    "covid": "covid-19",
    "Covid-": "covid-19",
    "weight loss": "obesity",
    "high cholesterol": "hypercholesterolemia",
    "high triglycerides": "hypertriglyceridemia",
    "hypertriglyceridaemia": "hypertriglyceridemia",
    "haemorrhoids": "hemorrhoids",
    "high blood pressure": "hypertension",
    "anaemia": "anemia",
    "oedema": "edema",
    "tumours": "cancer",
    "leukaemia": "leukemia",
    "diarrhoea": "diarrhea",
    "coeliac disease": "celiac-disease",
    "sleep apnoea": "obstructive-sleep-apnea",
    "birth control": "contraception",
    "abortion": "medical-abortion",
    "alcoholic liver damage": "alcoholic-liver-disease",
    "PCOS": "polycystic-ovary-syndrome",
    "ADHD": "attention-deficit-hyperactivity-disorder",
    "depression": "major-depressive-disorder",
    "anxiety": "anxiety-disorder",
    "type 2 diabetes": "type-2-diabetes-mellitus",
    "sore throat": "sore-throat",
    "muscle pain": "muscle-pain",
    "hayfever": "allergic-rhinitis",
    "chicken pox": "chickenpox",
    "restless leg syndrome": "restless-legs-syndrome",
    "non-alcoholic fatty liver disease": "fatty-liver-disease",
    "gastro-oesophageal reflux disease": "gastroesophageal-reflux-disease",
    "peripheral arterial disease": "peripheral-artery-disease",
    "toothache": "dental-problems",
    "acute kidney failure": "acute-kidney-injury",
    "earache": "otitis-media",
    "ASCVD": "heart-disease",
    "menopause": "menopausal-symptoms",
}


@pytest.mark.parametrize("words", WORDS)
def test_everyday_words_resolve(formulary: Formulary, words: str) -> None:
    assert formulary.find_condition(words) == WORDS[words]


@pytest.mark.parametrize(
    "word",
    [
        "spots",
        "cold",
        "stress",
        "the pill",
        "infection",
        "wound",
        "burns",
        "focus",
        "sleep",
        "piles",
        "squint",
        "strains",
    ],
)
def test_plain_english_words_are_ambiguous(formulary: Formulary, word: str) -> None:
    assert [ambiguous for term, _, _, ambiguous in formulary.condition_terms() if term == word] == [True]


@pytest.mark.parametrize(
    "word", ["nutrition", "as", "ten", "dress", "all", "tired", "diabetic", "insulin sensitivity", "clots"]
)
def test_words_that_would_misfire_name_nothing(formulary: Formulary, word: str) -> None:
    assert formulary.find_condition(word) is None


def test_abbreviations_keep_their_case(formulary: Formulary) -> None:
    cased = {term: condition for term, condition, is_cased, _ in formulary.condition_terms() if is_cased}
    assert cased["ED"] == "erectile-dysfunction"
    assert formulary.find_condition("ed") is None
    assert formulary.find_condition("ms") is None


@pytest.mark.parametrize(
    ("words", "meant", "hidden"),
    [
        ("stomach flu", "gastroenteritis", "influenza"),
        ("glandular fever", "infectious-mononucleosis", "fever"),
        ("bone marrow depression", "bone-marrow-suppression", "major-depressive-disorder"),
        ("CNS depression", "central-nervous-system-depression", "major-depressive-disorder"),
    ],
)
def test_a_longer_name_is_not_the_condition_its_words_hide(
    formulary: Formulary, words: str, meant: str, hidden: str
) -> None:
    assert formulary.find_condition(words) == meant
    assert formulary.find_condition(words.split(maxsplit=2)[-1]) == hidden


def test_terms_are_unique_and_plain(formulary: Formulary) -> None:
    terms = [(term if cased else term.lower()) for term, _, cased, _ in formulary.condition_terms()]
    assert len(terms) == len(set(terms))
    assert all(term == term.strip() and "~" not in term for term in terms)


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [
        ("severe-recalcitrant-nodular-acne", "acne"),
        ("crohn-disease", "inflammatory-bowel-disease"),
        ("alcoholic-liver-disease", "liver-disease"),
        ("male-pattern-hair-loss", "alopecia"),
        ("plaque-psoriasis", "psoriasis"),
    ],
)
def test_kinds_of(formulary: Formulary, narrow: str, broad: str) -> None:
    assert formulary.is_kind_of(narrow, broad)
    assert not formulary.is_kind_of(broad, narrow)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pulmonary-arterial-hypertension", "hypertension"),
        ("pre-eclampsia", "hypertension"),
        ("atopic-dermatitis", "contact-dermatitis"),
        ("glabellar-lines", "photoaging"),
        ("intracranial-hypertension", "hypertension"),
    ],
)
def test_names_alike_are_not_kinds_of(formulary: Formulary, one: str, other: str) -> None:
    assert not formulary.is_kind_of(one, other)
