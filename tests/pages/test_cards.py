"""What a card says of a resource."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from resources.eligibility import Guidelines
from resources.eligibility.reading import guidelines_on
from resources.models import (
    DollarLimit,
    OrganisationPhone,
    PovertyGuideline,
    Resource,
    ResourcePhone,
    ResourceTranslation,
    State,
    digest_of,
)
from resources.pages import cards, loading
from resources.search.results import Note
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


def facts_of(
    resource: Resource, chosen: tuple[str, ...] = (), *, today: dt.date = TODAY
) -> dict[str, str]:
    (loaded,) = loading.load([resource.pk])
    found = cards.facts(loaded, guidelines_on(today), chosen)
    return {fact.label: fact.text for fact in found}


def tags_of(**fields: Any) -> list[str]:
    found = cards.statuses(make.resource(**fields), TODAY)
    return [" ".join(filter(None, [tag.word, tag.seen])) for tag in found]


def guideline(year: int, first: int, table: str = "48+DC", effective: str = "") -> None:
    PovertyGuideline.objects.create(
        year=year,
        table=table,
        first_person=first,
        each_additional=5000,
        effective=effective or f"{year}-01-15",
        source="test",
        verified=True,
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"fund_status": "not_applicable"}, []),
        ({"fund_status": "unknown"}, ["Open? We don’t know"]),
        (
            {"fund_status": "open", "fund_status_seen_on": "2026-11-20"},
            ["Open seen on November 20, 2026"],
        ),
        (
            {"fund_status": "closed", "fund_status_seen_on": "2026-11-20"},
            ["Closed seen on November 20, 2026"],
        ),
        (
            {"fund_status": "waitlist", "fund_status_seen_on": "2026-11-20"},
            ["Waiting list seen on November 20, 2026"],
        ),
        (
            {
                "fund_status": "open",
                "fund_status_seen_on": "2024-10-01",
                "fund_status_precision": "month",
            },
            ["Last seen open in October 2024; we don’t know today"],
        ),
        (
            {
                "fund_status": "closed",
                "fund_status_seen_on": "2017-01-01",
                "fund_status_precision": "year",
                "lifecycle": "unconfirmed",
            },
            [
                "May no longer exist in this form: ask",
                "Last seen closed in 2017; we don’t know today",
            ],
        ),
        (
            {"lifecycle": "ended", "fund_status": "open", "fund_status_seen_on": "2026-11-20"},
            ["Ended"],
        ),
    ],
)
def test_a_status_is_said_with_when_it_was_seen(fields: dict[str, Any], said: list[str]) -> None:
    if seen := fields.get("fund_status_seen_on"):
        fields = {
            "fund_status_precision": "day",
            **fields,
            "fund_status_seen_on": dt.date.fromisoformat(seen),
        }

    assert tags_of(**fields) == said


class TestIncome:
    def test_it_is_said_in_dollars_for_one_person(self) -> None:
        guideline(2026, 16_000)

        found = facts_of(make.resource(income_rule="fpl_percent", income_limit_percent=300))

        assert found["Income limit"] == "$48,000 a year for 1 person"

    def test_early_in_a_year_both_years_limits_are_said(self) -> None:
        guideline(2025, 15_000)
        guideline(2026, 16_000)
        resource = make.resource(income_rule="fpl_percent", income_limit_percent=200)

        def limit(today: dt.date) -> str:
            return facts_of(resource, today=today)["Income limit"]

        assert limit(dt.date(2026, 3, 31)) == "$30,000 or $32,000 a year for 1 person"
        assert limit(dt.date(2026, 4, 1)) == "$32,000 a year for 1 person"

    def test_a_guideline_that_is_not_in_force_yet_does_not_count(self) -> None:
        guideline(2026, 16_000)
        guideline(2027, 17_000)

        found = facts_of(make.resource(income_rule="fpl_percent", income_limit_percent=100))

        assert found["Income limit"] == "$16,000 a year for 1 person"

    def test_alaska_alone_has_its_own_figures(self) -> None:
        guideline(2026, 16_000)
        guideline(2026, 20_000, table="AK")
        make.state("AK", guideline_table="AK")
        resource = make.resource(
            income_rule="fpl_percent", income_limit_percent=100, states=("AK",)
        )

        assert facts_of(resource)["Income limit"] == "$20,000 a year for 1 person"

    def test_a_territory_has_no_figures_so_one_has_to_ask(self) -> None:
        guideline(2026, 16_000)
        make.state("GU", guideline_table="", sort=State.Sort.TERRITORY)
        resource = make.resource(
            income_rule="fpl_percent", income_limit_percent=100, states=("GU",)
        )

        assert facts_of(resource)["Income limit"] == "there is one: ask"

    def test_a_dollar_table_is_read_for_one_person(self) -> None:
        resource = make.resource(income_rule="dollar_table")
        DollarLimit.objects.create(resource=resource, household_size=1, dollars=35_000)

        assert facts_of(resource)["Income limit"] == "$35,000 a year for 1 person"

    @pytest.mark.parametrize(
        ("rule", "said"),
        [("none", "none"), ("described", "there is one: ask"), ("not_stated", "not stated")],
    )
    def test_what_has_no_figure_is_said_in_words(self, rule: str, said: str) -> None:
        assert facts_of(make.resource(income_rule=rule))["Income limit"] == said

    def test_a_fund_takes_its_programmes_limit(self) -> None:
        guideline(2026, 16_000)
        programme = make.resource(income_rule="fpl_percent", income_limit_percent=400)
        fund = make.resource(part_of=programme, organisation=programme.organisation)

        assert facts_of(fund)["Income limit"] == "$64,000 a year for 1 person"


def test_of_many_needs_it_names_the_chosen_one_first_and_counts_the_rest() -> None:
    resource = make.resource(needs=("food", "rent", "rides", "utilities", "lodging"))

    said = facts_of(resource, ("rides",))["Helps with"]

    assert said.startswith("Rides, ")
    assert said.endswith(" and 2 more")


def test_it_says_when_not_everyone_with_that_illness_is_meant() -> None:
    resource = make.resource(conditions=("any-cancer",), condition_partial=True)

    assert facts_of(resource)["For"] == "Any cancer (not for all: ask)"


def test_it_says_where_only_when_it_is_not_everywhere() -> None:
    assert "Where" not in facts_of(make.resource())
    assert (
        facts_of(make.resource(states=("OH",), area_partial=True))["Where"] == "parts of State OH"
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"insurance_rule": "any"}, "any or none"),
        ({}, "not stated"),
        ({"insurance_required": True}, "you need to have some"),
        ({"insurance": ("medicare",)}, "Medicare"),
    ],
)
def test_it_says_what_insurance_one_needs(fields: dict[str, Any], said: str) -> None:
    assert facts_of(make.resource(**fields))["Insurance"] == said


class TestPhone:
    def test_its_own_comes_before_its_organisations(self) -> None:
        resource = make.resource()
        OrganisationPhone(organisation=resource.organisation, number="800-227-2345").save()
        ResourcePhone(resource=resource, number="888-793-9355").save()

        (loaded,) = loading.load([resource.pk])

        assert str(cards.main_phone(loaded)) == "888-793-9355"

    def test_a_tty_is_never_the_number_to_call_first(self) -> None:
        resource = make.resource()
        ResourcePhone(resource=resource, number="800-955-8771", is_tty=True).save()
        OrganisationPhone(organisation=resource.organisation, number="800-227-2345").save()

        (loaded,) = loading.load([resource.pk])

        assert str(cards.main_phone(loaded)) == "800-227-2345"

    def test_it_says_what_a_number_is_for(self) -> None:
        phone = OrganisationPhone(
            organisation=make.organisation(), number="800-227-2345", purpose="bills", note="2018"
        )

        assert [text.text for text in cards.about_phone(phone, "en")] == ["bills", "2018"]

    def test_it_says_so_in_the_language_of_the_page(self) -> None:
        resource = make.resource()
        phone = ResourcePhone(resource=resource, number="888-793-9355", purpose="bills")
        ResourceTranslation.objects.create(
            resource=resource,
            language="es",
            field="phone_purpose",
            text="cuentas",
            english_digest=digest_of("bills"),
        )

        assert [text.text for text in cards.about_phone(phone, "es")] == ["cuentas"]


def test_it_says_how_old_its_facts_are() -> None:
    assert cards.age_of_facts(make.resource(year_of_facts=2017)) == "from a 2017 page"
    assert cards.age_of_facts(make.resource()) == "from pages without a date"


def test_cards_are_loaded_in_the_order_asked_for_without_drafts() -> None:
    first, second, draft = make.resource(), make.resource(), make.resource(published=False)

    loaded = loading.load([second.pk, draft.pk, first.pk])

    assert [resource.pk for resource in loaded] == [second.pk, first.pk]


def test_what_a_fund_takes_from_its_programme_costs_no_queries_of_its_own(
    django_assert_num_queries: Any,
) -> None:
    programme = make.resource(needs=("rides",), conditions=("any-cancer",), states=("OH",))
    fund = make.resource(part_of=programme, needs=(), conditions=(), states=("TX",))

    with django_assert_num_queries(9):
        loaded = loading.load([programme.pk, fund.pk])
        found = [cards.facts(resource, Guidelines(TODAY)) for resource in loaded]

    assert [fact.text for fact in found[1]][:3] == ["Rides", "Any cancer", "State TX"]


def test_what_serves_some_places_only_is_not_said_to_be_anywhere() -> None:
    notes = (Note.NATIONAL, Note.NARROWER)

    assert cards.fitting(notes, make.resource(area_partial=True)) == [Note.NARROWER]
    assert cards.fitting(notes, make.resource()) == [Note.NATIONAL, Note.NARROWER]
