"""The income rule, in dollars first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override

from resources.eligibility.reading import guidelines_on
from resources.models import DollarLimit, PovertyGuideline, Resource
from resources.pages import sheet
from resources.pages.sheet.income import Income
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)

# 91 FR 1797, the notice of January 2026: first person, each further person.
GUIDELINES_2026 = {"48+DC": (15960, 5680), "AK": (19950, 7100), "HI": (18360, 6530)}


@pytest.fixture(autouse=True)
def guidelines() -> None:
    for table, (first, each) in GUIDELINES_2026.items():
        guideline(2026, table, first, each)


def guideline(year: int, table: str, first: int, each: int) -> None:
    PovertyGuideline.objects.create(
        year=year,
        table=table,
        first_person=first,
        each_additional=each,
        effective=dt.date(year, 1, 13),
        source="91 FR 1797; https://www.govinfo.gov/notice.html",
        verified=True,
    )


def income(resource: Resource, today: dt.date = TODAY) -> Income:
    found = sheet.to_read().get(pk=resource.pk)
    used = guidelines_on(today)
    with override("en"):
        return sheet.sheet_of(found, guidelines=used, today=today, language="en").income


def up_to(percent: int, **fields: Any) -> Resource:
    return make.resource(income_rule="fpl_percent", income_limit_percent=percent, **fields)


def test_it_says_a_percentage_in_dollars_for_one_to_four_people() -> None:
    limits = income(up_to(400)).limits

    assert limits is not None
    assert limits.rows == [(1, 63840), (2, 86560), (3, 109280), (4, 132000)]
    assert limits.each_further == 22720


def test_it_says_which_guideline_it_used_and_where_that_stands() -> None:
    found = income(up_to(400))

    assert found.origin == "Worked out as 400% of the federal poverty guideline of 2026."
    assert found.source_url == "https://www.govinfo.gov/notice.html"


def test_it_has_alaska_and_hawaii_apart_for_national_help() -> None:
    elsewhere = income(up_to(100)).elsewhere

    assert {limits.place: limits.rows[0][1] for limits in elsewhere} == {
        "In Alaska": 19950,
        "In Hawaii": 18360,
    }


def test_it_uses_the_table_of_the_state_that_the_help_is_for() -> None:
    make.state("AK", guideline_table="AK")
    found = income(up_to(100, states=("AK",)))

    assert found.limits is not None
    assert found.limits.rows[0] == (1, 19950)
    assert found.elsewhere == []


def test_it_gives_no_dollars_where_a_territory_has_no_guideline() -> None:
    make.state("PR", guideline_table="")
    found = income(up_to(250, states=("PR",)))

    assert found.limits is None
    assert "250%" in found.sentence


def test_early_in_a_year_it_shows_the_limits_of_both_years_until_one_is_confirmed() -> None:
    guideline(2025, "48+DC", 15650, 5500)
    march, april = dt.date(2026, 3, 31), dt.date(2026, 4, 1)

    found = income(up_to(100), march)
    assert found.limits is not None
    assert found.earlier is not None
    assert (found.limits.rows[0], found.earlier.rows[0]) == ((1, 15960), (1, 15650))
    assert found.earlier_year == 2025
    assert income(up_to(100, income_limit_year=2026), march).earlier is None
    assert income(up_to(100, income_limit_year=2025), april).earlier is None


def test_it_shows_the_rows_of_a_dollar_table_and_their_year() -> None:
    resource = make.resource(income_rule="dollar_table", income_limit_year=2017)
    DollarLimit.objects.create(resource=resource, household_size=2, dollars=48000)
    found = income(resource)

    assert found.limits is not None
    assert found.limits.rows == [(2, 48000)]
    assert found.origin == "These are the limits of 2017. Ask for the new ones."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"income_rule": "none"}, "No income limit."),
        ({"income_rule": "not_stated"}, "Not stated on the pages we saw. Ask."),
        ({"income_rule": "described", "income_note": "Sliding scale"}, ""),
    ],
)
def test_it_says_other_rules_in_words(fields: dict[str, Any], sentence: str) -> None:
    assert income(make.resource(**fields)).sentence == sentence


def test_a_fund_takes_the_whole_rule_of_its_programme() -> None:
    programme = up_to(500, income_note="Depends on the fund")
    found = income(make.resource(organisation=programme.organisation, part_of=programme))

    assert found.limits is not None
    assert found.programme == programme
    assert str(found.note) == "Depends on the fund"


def test_a_funds_own_note_stands_beside_its_programmes_rule() -> None:
    programme = up_to(300, income_note="Depends on the fund")
    fund = make.resource(
        organisation=programme.organisation, part_of=programme, income_note="Veterans: no limit."
    )
    found = income(fund)

    assert found.limits is not None
    assert str(found.note) == "Veterans: no limit."


def test_a_fund_does_not_explain_its_own_rule_with_its_programmes_note() -> None:
    programme = up_to(500, income_note="Depends on the fund")
    found = income(up_to(300, organisation=programme.organisation, part_of=programme))

    assert found.programme is None
    assert not found.note
