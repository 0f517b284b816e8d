"""What each rule comes to for a person, and how that is said. No database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from resources.eligibility import (
    Answers,
    BadAnswer,
    Chance,
    Guideline,
    Guidelines,
    Knowledge,
    Rules,
    judge,
)
from resources.eligibility.reasons import Outcome, Reason
from resources.models.limits import Ages, IncomeLimit

MET, NOT_MET, NOT_KNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_KNOWN

ABOVE = {
    ("condition", "cml"): {"leukemia", "any-cancer", "any-illness"},
    ("condition", "leukemia"): {"any-cancer", "any-illness"},
    ("condition", "breast-cancer"): {"any-cancer", "any-illness"},
    ("insurance", "medicare_part_d"): {"medicare", "government", "insured"},
    ("insurance", "marketplace"): {"private", "insured"},
    ("insurance", "medicare"): {"government", "insured"},
}
MAKERS = {"imatinib": {"novartis"}, "pembrolizumab": {"merck"}}
GUIDELINES = {
    "48+DC": {
        2025: Guideline(2025, 15_650, 5_500),
        2026: Guideline(2026, 15_960, 5_680, "91 FR 1797; https://www.govinfo.gov/fr"),
    },
    "AK": {2026: Guideline(2026, 19_950, 7_100)},
    "HI": {2026: Guideline(2026, 18_360, 6_530)},
}
TABLES = {"OH": "48+DC", "TX": "48+DC", "AK": "AK", "HI": "HI", "PR": ""}


def below(facet: str, slug: str) -> set[str]:
    return {one for (kind, one), above in ABOVE.items() if kind == facet and slug in above}


KNOW = Knowledge(
    above=lambda facet, slug: ABOVE.get((facet, slug), set()),
    below=below,
    related=lambda slug: {"lymphoma": {"leukemia"}}.get(slug, set()),
    makers=lambda slug: MAKERS.get(slug, set()),
    name=lambda facet, slug: slug,
    tables=TABLES,
    guidelines=Guidelines(dt.date(2026, 11, 26), GUIDELINES),
)


def reason(criterion: str, rules: Rules, know: Knowledge = KNOW, **said: Any) -> Reason:
    """The reason that this rule comes to for who says this."""
    reasons = judge(rules, Answers(**said), know).reasons
    return next(one for one in reasons if one.criterion == criterion)


def outcome(criterion: str, rules: Rules, know: Knowledge = KNOW, **said: Any) -> Outcome:
    return reason(criterion, rules, know, **said).outcome


@pytest.mark.parametrize(
    ("rules", "state", "expected"),
    [
        ({}, "", MET),
        ({}, "PR", MET),
        ({"area_partial": True}, "OH", NOT_KNOWN),
        ({"is_national": False, "states": {"OH"}}, "OH", MET),
        ({"is_national": False, "states": {"OH"}}, "TX", NOT_MET),
        ({"is_national": False, "states": {"OH"}}, "", NOT_KNOWN),
        ({"is_national": False, "states": {"OH"}, "area_partial": True}, "OH", NOT_KNOWN),
        ({"is_national": False, "states": {"OH"}, "area_partial": True}, "TX", NOT_MET),
        ({"is_national": False}, "TX", NOT_KNOWN),
    ],
)
def test_area(rules: dict[str, Any], state: str, expected: Outcome) -> None:
    held = Rules(**{**rules, "states": frozenset(rules.get("states", ()))})

    assert outcome("area", held, state=state) is expected


@pytest.mark.parametrize(
    ("theirs", "yours", "expected"),
    [
        ({"any-illness"}, (), MET),
        ({"any-illness"}, ("cml",), MET),
        ({"any-cancer"}, ("cml",), MET),
        ({"cml"}, ("cml",), MET),
        ({"cml"}, (), NOT_KNOWN),
        ({"cml"}, ("leukemia",), NOT_KNOWN),
        ({"leukemia"}, ("lymphoma",), NOT_KNOWN),
        ({"cml"}, ("breast-cancer",), NOT_MET),
        ({"cml"}, ("breast-cancer", "cml"), MET),
        (set(), ("cml",), NOT_KNOWN),
    ],
)
def test_condition(theirs: set[str], yours: tuple[str, ...], expected: Outcome) -> None:
    assert outcome("condition", Rules(conditions=frozenset(theirs)), conditions=yours) is expected


def test_help_for_a_part_of_an_illness_is_to_be_asked() -> None:
    rules = Rules(
        conditions=frozenset({"any-cancer"}),
        condition_partial=True,
        conditions_note="Only cancers with an open fund.",
    )

    found = reason("condition", rules, conditions=("cml",))

    assert (found.outcome, found.note) == (NOT_KNOWN, "Only cancers with an open fund.")
    assert outcome(
        "condition", replace(rules, conditions=frozenset({"lupus"})), conditions=("cml",)
    ) is (NOT_MET)


@pytest.mark.parametrize(
    ("rules", "yours", "expected"),
    [
        ({"medicines": {"imatinib"}}, ("imatinib",), MET),
        ({"medicines": {"imatinib"}}, ("pembrolizumab",), NOT_MET),
        ({"medicines": {"imatinib"}}, (), NOT_KNOWN),
        ({"makers": {"novartis"}}, ("imatinib",), NOT_KNOWN),
        ({"makers": {"novartis"}}, ("pembrolizumab",), NOT_MET),
        ({"makers": {"novartis"}}, ("nobody-knows-who-makes-it",), NOT_KNOWN),
    ],
)
def test_medicine(rules: dict[str, Any], yours: tuple[str, ...], expected: Outcome) -> None:
    given: dict[str, Any] = {name: frozenset(slugs) for name, slugs in rules.items()}
    held = Rules(**given)

    assert outcome("medicine", held, medicines=yours) is expected


def test_without_a_named_medicine_there_is_no_rule_about_medicines() -> None:
    for rules, said in ((Rules(makers=frozenset({"novartis"})), ()), (Rules(), ("imatinib",))):
        reasons = judge(rules, Answers(medicines=said), KNOW).reasons
        assert "medicine" not in {one.criterion for one in reasons}


@pytest.mark.parametrize(
    ("rule", "kinds", "yours", "expected"),
    [
        ("any", (), (), MET),
        ("any", (), ("uninsured",), MET),
        ("not_stated", (), ("medicare",), NOT_KNOWN),
        ("listed", ("medicare",), ("medicare_part_d",), MET),
        ("listed", ("private",), ("marketplace",), MET),
        ("listed", ("private",), ("medicare",), NOT_MET),
        ("listed", ("private",), ("medicare", "marketplace"), MET),
        ("listed", ("private",), (), NOT_KNOWN),
        ("listed", ("uninsured",), ("uninsured",), MET),
        ("listed", ("underinsured",), ("private",), NOT_KNOWN),
        ("listed", ("underinsured",), ("uninsured",), NOT_MET),
        ("listed", ("insured",), ("marketplace",), MET),
        ("listed", (), ("medicare",), NOT_KNOWN),
    ],
)
def test_insurance(
    rule: str, kinds: tuple[str, ...], yours: tuple[str, ...], expected: Outcome
) -> None:
    rules = Rules(insurance_rule=rule, insurance=frozenset(kinds))

    assert outcome("insurance", rules, insurance=yours) is expected


def test_copay_help_is_nothing_for_who_has_no_insurance() -> None:
    rules = Rules(insurance_rule="any", only_with_insurance=True)

    assert outcome("insurance", rules, insurance=("uninsured",)) is NOT_MET
    assert outcome("insurance", rules, insurance=("medicare",)) is MET


PERCENT = IncomeLimit("fpl_percent", 300, 2026)
FRACTION = IncomeLimit("fpl_percent", 138, 2026)  # 138% of $15,960 is $22,024.80


@pytest.mark.parametrize(
    ("limit", "said", "expected"),
    [
        (IncomeLimit("none"), {}, MET),
        (IncomeLimit("described"), {"yearly_income": 1}, NOT_KNOWN),
        (IncomeLimit(), {"yearly_income": 1}, NOT_KNOWN),
        (PERCENT, {"state": "OH", "household_size": 2, "yearly_income": 64_920}, MET),
        (PERCENT, {"state": "OH", "household_size": 2, "yearly_income": 64_921}, NOT_MET),
        (PERCENT, {"state": "AK", "household_size": 2, "yearly_income": 81_150}, MET),
        (PERCENT, {"state": "AK", "household_size": 2, "yearly_income": 81_151}, NOT_MET),
        (PERCENT, {"state": "HI", "household_size": 1, "yearly_income": 55_080}, MET),
        (PERCENT, {"state": "OH", "household_size": 10, "yearly_income": 201_240}, MET),
        (PERCENT, {"state": "OH", "household_size": 10, "yearly_income": 201_241}, NOT_MET),
        (FRACTION, {"state": "OH", "household_size": 1, "yearly_income": 22_024}, MET),
        (FRACTION, {"state": "OH", "household_size": 1, "yearly_income": 22_025}, NOT_MET),
        (PERCENT, {"state": "PR", "household_size": 1, "yearly_income": 1}, NOT_KNOWN),
        (PERCENT, {"household_size": 1, "yearly_income": 1}, NOT_KNOWN),
        (PERCENT, {"state": "OH", "yearly_income": 1}, NOT_KNOWN),
        (PERCENT, {"state": "OH", "household_size": 1}, NOT_KNOWN),
        (IncomeLimit("dollar_table", dollars=((1, 30_000),)), {"household_size": 1}, NOT_KNOWN),
        (
            IncomeLimit("dollar_table", dollars=((1, 30_000), (2, 40_000))),
            {"household_size": 2, "yearly_income": 40_000},
            MET,
        ),
        (
            IncomeLimit("dollar_table", dollars=((1, 30_000), (2, 40_000))),
            {"household_size": 2, "yearly_income": 40_001},
            NOT_MET,
        ),
        (
            IncomeLimit("dollar_table", dollars=((1, 30_000),)),
            {"household_size": 3, "yearly_income": 1},
            NOT_KNOWN,
        ),
    ],
)
def test_income(limit: IncomeLimit, said: dict[str, Any], expected: Outcome) -> None:
    assert outcome("income", Rules(income=limit), **said) is expected


def test_a_reason_names_the_dollars_then_how_they_came_about_and_the_source() -> None:
    found = reason(
        "income", Rules(income=PERCENT), state="OH", household_size=2, yearly_income=70_000
    )

    assert found.sentence == "The limit for 2 people is $64,920 a year. You said $70,000."
    assert found.working == "300% of the 2026 federal guideline of $21,640"
    assert (found.source, found.gap) == ("https://www.govinfo.gov/fr", 5_080)


EARLY, FIRST_OF_APRIL = dt.date(2026, 3, 31), dt.date(2026, 4, 1)
BETWEEN = {"state": "OH", "household_size": 1, "yearly_income": 47_000}  # 2025: 46,950


@pytest.mark.parametrize(
    ("today", "confirmed", "expected"),
    [
        (EARLY, None, NOT_KNOWN),
        (EARLY, 2025, NOT_KNOWN),
        (EARLY, 2026, MET),
        (FIRST_OF_APRIL, None, MET),
        (FIRST_OF_APRIL, 2025, MET),
    ],
)
def test_a_new_years_limit_counts_once_it_is_confirmed_or_april_has_come(
    today: dt.date, confirmed: int | None, expected: Outcome
) -> None:
    rules = Rules(income=IncomeLimit("fpl_percent", 300, confirmed))
    found = reason(
        "income", rules, replace(KNOW, guidelines=Guidelines(today, GUIDELINES)), **BETWEEN
    )

    assert found.outcome is expected
    if expected is NOT_KNOWN:
        assert found.sentence == (
            "The limit for 1 person is $46,950 or $47,880 a year. You said $47,000. "
            "Until April they may still go by last year’s limit."
        )


@pytest.mark.parametrize(
    ("ages", "age", "expected"),
    [
        (Ages(18, None), 18, MET),
        (Ages(18, None), 17, NOT_MET),
        (Ages(None, 39), 39, MET),
        (Ages(None, 39), 40, NOT_MET),
        (Ages(0, 25), 0, MET),
        (Ages(18, 39), None, NOT_KNOWN),
    ],
)
def test_age(ages: Ages, age: int | None, expected: Outcome) -> None:
    assert outcome("age", Rules(ages=ages), age=age) is expected


OPEN = Rules(
    conditions=frozenset({"any-illness"}), insurance_rule="any", income=IncomeLimit("none")
)


def test_it_is_likely_where_all_is_stated_and_met_though_nothing_was_said() -> None:
    assert judge(OPEN, Answers(), KNOW).chance is Chance.LIKELY


@pytest.mark.parametrize(
    ("change", "said", "chance"),
    [
        ({"income": IncomeLimit()}, {}, Chance.CHECK),
        ({"insurance_rule": "not_stated"}, {}, Chance.CHECK),
        ({"conditions": frozenset()}, {}, Chance.CHECK),
        ({"ages": Ages(18, None)}, {}, Chance.CHECK),
        ({"ages": Ages(18, None)}, {"age": 30}, Chance.LIKELY),
        ({"ages": Ages(18, None)}, {"age": 3}, Chance.UNLIKELY),
        ({"medicines": frozenset({"imatinib"})}, {}, Chance.CHECK),
        ({"income": IncomeLimit(), "ages": Ages(18, None)}, {"age": 3}, Chance.UNLIKELY),
    ],
)
def test_one_rule_not_met_makes_it_unlikely_and_one_not_known_to_be_checked(
    change: dict[str, Any], said: dict[str, Any], chance: Chance
) -> None:
    assert judge(replace(OPEN, **change), Answers(**said), KNOW).chance is chance


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"household_size": 0}, "household_size"),
        ({"yearly_income": -1}, "yearly_income"),
        ({"yearly_income": 10**12}, "yearly_income"),
        ({"age": 200}, "age"),
        ({"insurance": ("uninsured", "medicare")}, "insurance"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(said: dict[str, Any], field: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        Answers(**said)

    assert refused.value.field == field
    assert str(refused.value)


@pytest.mark.parametrize(
    ("said", "rules", "sentence"),
    [
        (
            {"state": "AK", "yearly_income": 40_000},
            {},
            "The income limit depends on how many people live in your home. In a year: "
            "$59,850 for 1 person, $81,150 for 2 people, $102,450 for 3 people.",
        ),
        (
            {"household_size": 2, "yearly_income": 9_000_000},
            {},
            "The income limit depends on your state. In a year: $64,920 for 2 people. "
            "It is higher in Alaska and Hawaii.",
        ),
        (
            {"household_size": 1},
            {"is_national": False, "states": frozenset({"AK"})},
            "The income limit depends on your state. In a year: $59,850 for 1 person.",
        ),
        (
            {"state": "PR"},
            {},
            "The federal guideline has no number for PR.",
        ),
        (
            {"household_size": 4},
            {"income": IncomeLimit("dollar_table", dollars=((1, 30_000),))},
            "Their income table does not name a home of your size.",
        ),
        (
            {},
            {"income": IncomeLimit("dollar_table", dollars=((1, 30_000), (2, 40_000)))},
            "The income limit depends on how many people live in your home. In a year: "
            "$30,000 for 1 person, $40,000 for 2 people.",
        ),
    ],
)
def test_what_cannot_be_compared_says_why_and_tells_the_dollars_that_are_known(
    said: dict[str, Any], rules: dict[str, Any], sentence: str
) -> None:
    found = reason("income", Rules(**{"income": IncomeLimit("fpl_percent", 300), **rules}), **said)

    assert found.outcome is NOT_KNOWN
    assert found.sentence == sentence


def test_early_in_a_year_both_years_dollars_are_told_to_who_named_no_household() -> None:
    know = replace(KNOW, guidelines=Guidelines(EARLY, GUIDELINES))
    rules = Rules(income=IncomeLimit("fpl_percent", 300, 2025))
    found = reason("income", rules, know, state="OH")

    assert "$46,950 or $47,880 for 1 person" in found.sentence
    assert found.working == "300% of the 2025 federal guideline; 300% of the 2026 federal guideline"
