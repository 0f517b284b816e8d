"""The page of one organisation, as a visitor reads it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from resources import publishing
from resources.models import Organisation, OrganisationName, OrganisationPhone, Resource
from tests import make
from tests.views.page import Page, get, read

pytestmark = pytest.mark.django_db


def page_of(organisation: Organisation, query: str = "") -> Page:
    return read(f"/organisations/{organisation.slug}/{query}")


def many(organisation: Organisation, number: int, **fields: Any) -> list[Resource]:
    """So many published resources, "Help 001" and so on, in one edition."""
    with make.together():
        return [
            make.resource(name=f"Help {n:03}", organisation=organisation, **fields)
            for n in range(number)
        ]


class TestWhatBecameOfIt:
    @pytest.mark.parametrize(
        ("status", "said"),
        [
            ("renamed", "Old Name is now called New Name"),
            ("merged", "Old Name is now part of New Name"),
            ("closed", "Old Name has closed; New Name took its place"),
        ],
    )
    def test_it_says_so_and_leads_on(self, status: str, said: str) -> None:
        heir = make.organisation(name="New Name")
        page = page_of(make.organisation(name="Old Name", status=status, successor=heir))

        assert page.comes_before(said, "Contact")
        assert page.links["Go to New Name"] == f"/organisations/{heir.slug}/"

    def test_it_shows_the_phone_of_whoever_goes_on(self) -> None:
        heir = make.organisation(name="New Name")
        OrganisationPhone(organisation=heir, number="800-532-5274").save()
        page = page_of(make.organisation(status="renamed", successor=heir))

        assert page.comes_before("800-532-5274", "The number is New Name’s.")

    def test_it_says_whom_to_ask_where_no_phone_is_known(self) -> None:
        heir = make.organisation(name="New Name")
        page = page_of(make.organisation(status="closed", successor=heir))

        assert "Contact Ask New Name, which goes on in its place." in page.text

    def test_it_leads_to_the_end_of_a_chain(self) -> None:
        newest = make.organisation(name="Newest")
        middle = make.organisation(status="renamed", successor=newest)
        page = page_of(make.organisation(status="merged", successor=middle))

        assert "Go to Newest" in page.links

    def test_it_says_when(self) -> None:
        page = page_of(make.organisation(status="closed", status_since=dt.date(2025, 12, 31)))

        assert "This happened on December 31, 2025." in page.text

    def test_a_closed_one_without_heir_leads_to_other_help(self) -> None:
        page = page_of(make.organisation(name="Old Name", status="closed"))

        assert "Old Name has closed" in page.text
        assert page.links["all needs"] == "/needs/"

    def test_help_of_a_predecessor_stands_on_the_page_of_its_heir(self) -> None:
        heir = make.organisation()
        old = make.organisation(name="Old Name", status="merged", successor=heir)
        make.resource(name="Old grant", organisation=old)

        assert "Listed under its old name, Old Name Old grant" in page_of(heir).text

    def test_an_heir_that_is_a_draft_is_not_shown(self) -> None:
        heir = make.organisation(name="New Name", published=False)

        assert "New Name" not in page_of(make.organisation(status="merged", successor=heir)).text


class TestWhoTheyAre:
    def test_it_tells_look_alikes_apart_by_city_and_state(self) -> None:
        page = page_of(make.organisation(city="Fort Worth", state=make.state("TX")))

        assert "Cancer society · Fort Worth, TX" in page.text

    def test_it_names_former_names_apart_from_others(self) -> None:
        organisation = make.organisation()
        for name, sort in (("Be The Match", "former"), ("NMDP", "abbreviation")):
            OrganisationName.objects.create(organisation=organisation, name=name, sort=sort)
        page = page_of(organisation)

        assert "Formerly: Be The Match" in page.text
        assert "Also known as: NMDP" in page.text

    def test_it_shows_its_phone_and_website(self) -> None:
        organisation = make.organisation(website="https://www.charity.example.org/")
        OrganisationPhone(organisation=organisation, number="800-227-2345").save()
        page = page_of(organisation)

        assert page.links["800-227-2345"] == "tel:+18002272345"
        assert page.links["charity.example.org ↗"] == "https://www.charity.example.org/"


class TestItsHelp:
    def test_it_says_what_to_do_where_nothing_is_listed(self) -> None:
        page = page_of(make.organisation())

        assert "We list no single kind of help from it yet." in page.text
        assert page.links["all needs"] == "/needs/"

    def test_a_hundred_and_fifty_stand_on_pages_of_twenty_five(self) -> None:
        organisation = make.organisation()
        many(organisation, 150)

        assert page_of(organisation).text.count("Help 0") == 25
        last = page_of(organisation, "?page=6")
        assert "Page 6 of 6" in last.text
        assert "Help 149" in last.text

    @pytest.mark.parametrize("page", ["99999999", "0", "-1", "abc", "", "٣"])
    def test_a_page_that_is_not_there_is_answered_with_one_that_is(self, page: str) -> None:
        organisation = make.organisation()
        many(organisation, 1)

        assert "Help 000" in page_of(organisation, f"?page={page}").text

    def test_a_programme_stands_for_its_funds(self) -> None:
        organisation = make.organisation()
        programme = make.resource(name="Program", organisation=organisation)
        many(organisation, 3, part_of=programme)
        page = page_of(organisation)

        assert "Help 00" not in page.text
        assert page.links["Its 3 funds"] == f"/resources/{programme.slug}/#funds"

    def test_what_may_be_gone_and_what_has_ended_stand_apart(self) -> None:
        organisation = make.organisation()
        for name, lifecycle in (("A", "ended"), ("B", "unconfirmed"), ("C", "running")):
            make.resource(name=f"Help {name}", organisation=organisation, lifecycle=lifecycle)
        page = page_of(organisation)

        assert page.comes_before("Help C", "May no longer exist")
        assert page.comes_before("Help B", "Ended Help A")

    def test_it_shows_no_drafts(self) -> None:
        organisation = make.organisation()
        make.resource(name="Draft help", organisation=organisation, published=False)

        assert "Draft help" not in page_of(organisation).text

    def test_it_asks_the_database_as_often_for_many_as_for_one(
        self, django_assert_max_num_queries: Any
    ) -> None:
        one, lots = make.organisation(), make.organisation()
        many(one, 1, needs=("copay",))
        many(lots, 30, needs=("copay",))
        page_of(one)

        with django_assert_max_num_queries(100) as first:
            page_of(one)
        with django_assert_max_num_queries(100) as second:
            page_of(lots)

        assert len(first) == len(second) <= 40


class TestAddresses:
    def test_a_former_address_leads_on(self) -> None:
        organisation = make.organisation(slug="old-name")
        organisation.slug = "new-name"
        organisation.save()
        publishing.publish(by="test", entries=[organisation])
        response = get("/organisations/old-name/")

        assert (response.status_code, response.headers["Location"]) == (
            301,
            "/organisations/new-name/",
        )

    def test_a_draft_is_not_found(self) -> None:
        draft = make.organisation(published=False)

        read(f"/organisations/{draft.slug}/", status=404)

    def test_a_withdrawn_one_leads_on_to_its_heir(self) -> None:
        heir = make.organisation(name="New Name")
        old = make.organisation(status="merged", successor=heir)
        publishing.withdraw(by="test", entries=[old])

        assert "New Name" in read(f"/organisations/{old.slug}/", status=410).links


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("patient-advocate-foundation", "Hampton, VA"),
        ("partnership-for-prescription-assistance", "Medicine Assistance Tool took its place"),
        ("cancer-support-community", "Gilda's Club"),
        ("american-cancer-society", "What is now part of it Cancer.Net"),
        ("the-leukemia-and-lymphoma-society", "is now called Blood Cancer United"),
        ("cancer-net", "Cancer.Net is now part of American Cancer Society"),
    ],
)
def test_the_six_of_the_source_document_say_what_became_of_them(
    starter: None, slug: str, said: str
) -> None:
    assert said in read(f"/organisations/{slug}/").text
