"""Approved claims: which words an approval covers, until when, where, and what a register may hold."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from healthlint.findings import Finding, Severity
from healthlint.settling.approvals import Approval, Register, approve, slots_of

from .conftest import Repository

TODAY = date(2026, 5, 1)


def approval_of(wording: str, **more: object) -> Approval:
    values = {
        "products": ("Calmexa",), "reference": "Ito 2021", "approved_by": "R. Adeyemi",
        "approved_on": date(2026, 1, 1), "until": date(2026, 12, 31),
    }  # fmt: skip
    return Approval(wording, slots_of(wording), **(values | more))  # type: ignore[arg-type]


def finding_of(sentence: str, words: str = "", **more: object) -> Finding:
    """A finding on the words, on the whole sentence if none are given."""
    at = sentence.index(words or sentence)
    reach = (at, at + len(words or sentence))
    finding = Finding(
        "HL401", "n", "efficacy", Severity.ERROR, "high", "sentence", "m", "h", "a.md", 1, 1, 1, 5, 0, 4,
        words or sentence, sentence, sentence, reach=reach,
    )  # fmt: skip
    return finding._replace(**more)  # type: ignore[arg-type]


def is_approved(
    approval: Approval, finding: Finding, profiles: tuple[str, ...] = ("base",), path: str = "a.md", day: date = TODAY
) -> bool:
    from pathlib import Path

    (found,) = approve([finding], Register(Path("approvals.yaml"), (approval,)), path, profiles, day).findings
    return found.status == "approved"


# The wording


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ("{product} relieves heartburn", "Calmexa relieves heartburn."),
        ("{product} relieves heartburn.", "CALMEXA® relieves “heartburn”!"),
        ("{product} relieves heartburn", "Calmexa relieves heartburn [3, 4]."),
        ("{product} relieves heartburn", "Calmexa relieves heartburn.¹"),
        ("{product} relieves heartburn", "Calmexa relieves heartburn¹."),
        ("{product} relieves heartburn", "What we know: Calmexa relieves heartburn; ask your pharmacist."),
        ("{product} relieves the day's heartburn", "Calmexa relieves the day’s heartburn."),
        ("{product} helps {number}% of adults", "Calmexa helps 24% of adults"),
        ("{product} helps {number} % of adults", "Calmexa helps 24.5 % of adults"),
        ("{product} helps {number:1-2000} adults", "Calmexa helps 1,500 adults"),
        ("{product} relieves {any} heartburn", "Calmexa relieves mild or moderate heartburn."),
        ("{product} relieves … heartburn", "Calmexa relieves occasional heartburn."),
        ("gentle relief with {product} at night", "Gentle relief with Calmexa at night"),
    ],
)
def test_what_an_approved_wording_covers(wording: str, sentence: str) -> None:
    lower = sentence.lower()
    verb = next(word for word in ("relieves", "helps", "relief") if word in lower)
    at = lower.index(verb)
    assert is_approved(approval_of(wording), finding_of(sentence, sentence[at : at + len(verb)]))


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ("{product} relieves heartburn", "Calmexa relieves heartburn in 2 minutes."),
        ("{product} relieves heartburn", "Calmexa relieves heartburn (in 2 minutes)."),
        ("{product} relieves heartburn", "Calmexa relieves heartburn – in 2 minutes."),
        ("{product} relieves heartburn", "Calmexa relieves heartburn: all of it."),
        ("{product} relieves heartburn", "Calmexa relieves heartburn, bloating and gout."),
        ("{product} relieves heartburn", "Calmexa relieves heartburn and gout."),
        ("{product} relieves heartburn", "Only Calmexa relieves heartburn."),
        ("{product} relieves heartburn", "Unlike others, Calmexa relieves heartburn."),
        ("{product} relieves heartburn", "Placidol relieves heartburn."),
        ("{product} relieves heartburn", "Calmexa fully relieves heartburn."),
        ("{product} helps {number} adults", "Calmexa helps 24% adults"),
        ("{product} helps about {number}", "Calmexa helps about 24%"),
        ("{product} helps {number}% of adults", "Calmexa helps most of adults"),
        ("{product} helps {number:1-24}% of adults", "Calmexa helps 25% of adults"),
        ("{product} helps {number:1-24}% of adults", "Calmexa helps 2,400% of adults"),
        ("{product} relieves {any} heartburn", "Calmexa relieves heartburn."),
        ("{product} relieves {any} heartburn", "Calmexa relieves four words are too much heartburn."),
    ],
)
def test_what_it_does_not_cover(wording: str, sentence: str) -> None:
    first = sentence.index("relieves" if "relieves" in sentence else "helps")
    assert not is_approved(approval_of(wording), finding_of(sentence, sentence[first : first + 8]))


def test_the_words_found_must_lie_inside() -> None:
    approval = approval_of("{product} relieves heartburn")
    sentence = "Calmexa relieves heartburn; it works for everyone."
    assert is_approved(approval, finding_of(sentence, "relieves heartburn"))
    assert not is_approved(approval, finding_of(sentence, "works for everyone"))
    assert not is_approved(approval, finding_of(sentence, "heartburn; it works"))
    assert not is_approved(approval, finding_of(sentence, "relieves heartburn", reach=(8, 40)))  # an `also` reaches on


def test_what_is_found_of_a_document_is_no_matter_of_wording() -> None:
    approval = approval_of("{product} relieves heartburn")
    assert not is_approved(approval, finding_of("Calmexa relieves heartburn.", scope="document"))
    assert not is_approved(approval, finding_of("Calmexa relieves heartburn.", status="suppressed"))


def test_other_names_of_the_product() -> None:
    approval = approval_of("{product} relieves heartburn", products=("Calmexa", "Calmexa Night Gel"))
    assert is_approved(approval, finding_of("Calmexa Night Gel relieves heartburn."))
    assert not is_approved(approval, finding_of("Calmexa Night relieves heartburn."))


# For which regimes, rules, pages and days


@pytest.mark.parametrize(
    ("given", "active", "holds"),
    [
        ((), ("base", "us"), True),
        (("uk",), ("base", "uk"), True),
        (("uk",), ("base", "us"), False),
        (("uk",), ("base", "uk", "us"), False),
        (("uk", "us"), ("base", "uk", "us"), True),
        (("uk",), ("base",), False),
        (("base",), ("base",), True),
    ],
)
def test_every_active_profile_counts(given: tuple[str, ...], active: tuple[str, ...], holds: bool) -> None:
    approval = approval_of("{product} relieves heartburn", profiles=given)
    assert is_approved(approval, finding_of("Calmexa relieves heartburn."), active) is holds


def test_rules() -> None:
    approval = approval_of("{product} relieves heartburn", rules=("HL401", "HL402"))
    assert is_approved(approval, finding_of("Calmexa relieves heartburn.", also=("HL402",)))
    assert not is_approved(approval, finding_of("Calmexa relieves heartburn.", also=("HL402", "HL115")))
    assert not is_approved(approval, finding_of("Calmexa relieves heartburn.", rule="HL101"))


def test_paths() -> None:
    approval = approval_of("{product} relieves heartburn", paths=("shop/**",))
    assert is_approved(approval, finding_of("Calmexa relieves heartburn."), path="shop/a.md")
    assert not is_approved(approval, finding_of("Calmexa relieves heartburn."), path="blog/a.md")


def test_days() -> None:
    approval = approval_of("{product} relieves heartburn")
    finding = finding_of("Calmexa relieves heartburn.")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [is_approved(approval, finding, day=day) for day in days] == [False, True, True, False]


def test_an_ended_approval_is_told_once_a_document_and_not_where_another_holds() -> None:
    from pathlib import Path

    ended = approval_of("{product} relieves heartburn", until=date(2026, 4, 30))
    findings = [finding_of("Calmexa relieves heartburn.")] * 2
    found = approve(findings, Register(Path("x"), (ended,)), "a.md", ("base",), TODAY)
    assert [f.status for f in found.findings] == ["active", "active"]
    assert [approval for approval, _ in found.ended] == [ended]
    assert found.used == {0}
    renewed = ended._replace(until=date(2027, 4, 30))
    found = approve(findings, Register(Path("x"), (ended, renewed)), "a.md", ("base",), TODAY)
    assert [f.status for f in found.findings] == ["approved", "approved"]
    assert found.ended == ()


@pytest.mark.parametrize(
    ("wording", "problem"),
    [
        ("{product} relieves", "two words of its own"),
        ("{any} {number}", "two words of its own"),
        ("{any} it relieves heartburn", "not at an end"),
        ("it relieves heartburn …", "not at an end"),
        ("it {any} a {any} b {any} c {any} d", "three times at most"),
        ("{produkt} relieves all heartburn", "unknown placeholder '{produkt}'"),
        ("{number:9-1} relieves all heartburn", "begins above its end"),
        ("{number:1.2.3-4} relieves all heartburn", "no two numbers"),
        ("{product relieves all heartburn", "a brace without its other half"),
    ],
)
def test_wordings_that_are_none(wording: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem.replace("{", r"\{")):
        slots_of(wording)


# The whole of it

ENTRY = """\
  - wording: "{product} relieves heartburn"
    product: Calmexa Balm
    reference: "Ito 2021, table 2"
    approved-by: R. Adeyemi
    approved-on: 2020-01-01
    until: 2999-12-31
"""
PAGE = "# Evenings\n\nCalmexa Balm relieves heartburn. It has few to no side effects.\n"


@pytest.fixture
def approving(repository: Repository) -> Repository:
    repository.put(".healthlint.yaml", "select: [HL401, HL502, HL0]\napprovals: approvals.yaml\n")
    repository.put("approvals.yaml", f"schema: 1\napprovals:\n{ENTRY}")
    repository.put("a.md", PAGE)
    return repository


def test_an_approved_claim_shows_its_reference(approving: Repository) -> None:
    approved, other = approving.findings()
    assert (approved["status"], approved["text"]) == ("approved", "relieves heartburn")
    assert approved["approval"] == {
        "reference": "Ito 2021, table 2", "approved-by": "R. Adeyemi", "approved-on": "2020-01-01",
        "until": "2999-12-31", "wording": "{product} relieves heartburn",
    }  # fmt: skip
    assert (other["status"], other["rule"]) == ("active", "HL502")
    assert approving.run("check").out.endswith("1 error, 0 warnings, 0 info in 1 file (1 approved)\n")
    assert "a.md:3:14: HL401 approved (reference: Ito 2021, table 2;" in approving.run("check", "--verbose").err
    results = json.loads(approving.run("check", "--format", "sarif").out)["runs"][0]["results"]
    (suppression,) = results[0]["suppressions"]
    assert suppression["kind"] == "external" and "reference: Ito 2021, table 2" in suppression["justification"]


def test_an_added_word_is_not_approved(approving: Repository) -> None:
    approving.put("a.md", "Calmexa Balm relieves heartburn in two minutes.\n")
    assert approving.statuses() == ["a.md:1 active"]


def test_an_ended_approval_is_a_finding(approving: Repository) -> None:
    approving.put("approvals.yaml", f"schema: 1\napprovals:\n{ENTRY.replace('2999', '2020')}")
    approving.put("a.md", "Calmexa Balm relieves heartburn.\n\nYes: Calmexa Balm relieves heartburn.\n")
    found = [(f["rule"], f["line"], f["status"]) for f in approving.findings()]
    assert found == [("HL006", 1, "active"), ("HL401", 1, "active"), ("HL401", 3, "active")]
    (told,) = (f for f in approving.findings() if f["rule"] == "HL006")
    assert "until 2020-12-31 by R. Adeyemi, on Ito 2021, table 2" in told["message"]
    approving.put("a.md", "<!-- healthlint: ignore[HL006] -- in renewal -->\nCalmexa Balm relieves heartburn.\n")
    assert [(f["rule"], f["status"]) for f in approving.findings()] == [("HL006", "suppressed"), ("HL401", "active")]


def test_an_exception_goes_before_an_approval(approving: Repository) -> None:
    approving.put("a.md", "<!-- healthlint: ignore[HL401] -- agreed -->\nCalmexa Balm relieves heartburn.\n")
    assert approving.statuses() == ["a.md:2 suppressed"]


def test_an_approval_goes_before_the_baseline(approving: Repository) -> None:
    approving.put(".healthlint.yaml", "select: [HL401, HL502, HL0]\nbaseline: accepted\n")
    approving.run("baseline", "write")
    assert approving.statuses() == ["a.md:3 baselined"] * 2
    approving.put(".healthlint.yaml", "select: [HL401, HL502, HL0]\nbaseline: accepted\napprovals: approvals.yaml\n")
    assert approving.statuses() == ["a.md:3 approved", "a.md:3 baselined"]
    assert "relieves heartburn" in approving.run("baseline", "prune").out


def test_in_many_processes(approving: Repository) -> None:
    approving.put("b.md", PAGE)
    statuses = approving.statuses("--jobs", "2")
    assert statuses == ["a.md:3 approved", "a.md:3 active", "b.md:3 approved", "b.md:3 active"]
    assert approving.run("approvals", "check", "--jobs", "2").status == 0


def test_plain_text_and_records(approving: Repository) -> None:
    approving.put("b.txt", "Calmexa Balm relieves heartburn.\n")
    approving.put("c.jsonl", json.dumps({"body": "Calmexa Balm relieves heartburn."}) + "\n")
    assert approving.statuses("b.txt", "c.jsonl", "--records", "body") == ["b.txt:1 approved", "c.jsonl:1:1 approved"]


# The commands


def test_check_tells_what_is_unused_ended_or_about_to(approving: Repository) -> None:
    ran = approving.run("approvals", "check")
    assert (ran.status, ran.out) == (0, "1 approval, all in use\n")
    soon = date.today() + timedelta(days=10)
    entries = (
        ENTRY.replace("2999-12-31", soon.isoformat())
        + ENTRY.replace("2999", "2020")
        + ENTRY.replace("heartburn", "gout")
    )
    approving.put("approvals.yaml", f"schema: 1\napprovals:\n{entries}")
    ran = approving.run("approvals", "check")
    assert ran.status == 1
    assert ran.out.splitlines() == [
        f"approvals.yaml:3: ends on {soon}, in 10 days: “{{product}} relieves heartburn”",
        "approvals.yaml:9: ended on 2020-12-31: “{product} relieves heartburn”",
        "approvals.yaml:15: never used: “{product} relieves gout”",
    ]
    assert "in 10 days" not in approving.run("approvals", "check", "--within", "9").out
    approving.put("b.md", "x")
    (approving.folder / "b.md").write_bytes(b"\x80")
    assert approving.run("approvals", "check").status == 2


def test_show(approving: Repository) -> None:
    assert approving.run("approvals", "show").out == (
        "{product} relieves heartburn\n"
        "  product    Calmexa Balm\n"
        "  reference  Ito 2021, table 2\n"
        "  approved   by R. Adeyemi on 2020-01-01, until 2999-12-31 (in force)\n"
        "  at         approvals.yaml:3\n"
    )


def test_without_a_register(repository: Repository) -> None:
    repository.put(".healthlint.yaml", "select: [HL401]\n")
    repository.put("a.md", PAGE)
    for action in ("check", "show"):
        ran = repository.run("approvals", action)
        assert ran.status == 2
        assert "no register of approvals is configured" in ran.err and ".healthlint.yaml)" in ran.err
    assert repository.run("approvals").status == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("    reference: \"Ito 2021, table 2\"\n", ""), ":3: an approval lacks the key 'reference'"),
        (("\"Ito 2021, table 2\"", "' '"), ":5: reference is empty"),
        (("until: 2999-12-31", "until: soon"), ":8: until: 'soon' is no date (write 2027-01-31)"),
        (("until: 2999", "until: 2019"), ":8: 'until' is before 'approved-on'"),
        (("    product:", "    prodcut: x\n    product:"), ":4: unknown key 'prodcut' in an approval"),
        (("product: Calmexa Balm", "product: '!'"), ":4: product '!' has no word in it"),
        (("{product} relieves heartburn", "{product} {what}"), ":3: wording: unknown placeholder '{what}'"),
        (("schema: 1", "schema: 2"), ":1: schema must be 1"),
        (("schema: 1\n", ""), ":1: the register lacks the key 'schema'"),
        ((ENTRY, f"{ENTRY}    rules: [unhedged-benefitt]\n"), ":9: unknown rule 'unhedged-benefitt' (did you mean"),
        ((ENTRY, f"{ENTRY}    profiles: [ukk]\n"), ":9: unknown profiles 'ukk' (did you mean 'uk'?)"),
        ((ENTRY, ENTRY + ENTRY), ":9: the same approval stands at approvals.yaml:3"),
        ((ENTRY, "  - none\n"), ":3: an approval must be a mapping"),
        (("approvals:", "approvals: ["), ":"),
    ],
)  # fmt: skip
def test_what_a_register_may_not_hold(approving: Repository, change: tuple[str, str], told: str) -> None:
    approving.put("approvals.yaml", approving.text("approvals.yaml").replace(*change))
    ran = approving.run("check")
    assert ran.status == 2
    assert f"healthlint: error: approvals.yaml{told}" in ran.err
    assert approving.run("approvals", "check").status == 2


def test_a_missing_register(approving: Repository) -> None:
    (approving.folder / "approvals.yaml").unlink()
    ran = approving.run("check")
    assert ran.status == 2
    assert "approvals.yaml: no such register of approvals (check the path" in ran.err


def test_rules_by_name_and_category(approving: Repository) -> None:
    approving.put("approvals.yaml", f"schema: 1\napprovals:\n{ENTRY}    rules: [efficacy, few-side-effects]\n")
    assert approving.statuses() == ["a.md:3 approved", "a.md:3 active"]
    approving.put("approvals.yaml", f"schema: 1\napprovals:\n{ENTRY}    rules: [safety]\n")
    assert approving.statuses() == ["a.md:3 active", "a.md:3 active"]
