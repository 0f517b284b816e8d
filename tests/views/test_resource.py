"""The page of one resource, as a visitor reads it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from resources import publishing
from resources.models import (
    AreaPart,
    Curator,
    Organisation,
    OrganisationPhone,
    Resource,
    ResourcePhone,
    ResourceSource,
    ResourceTranslation,
    digest_of,
)
from resources.trust import confirm, record_check, record_sighting
from tests import make
from tests.views.page import Page, get, read

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
LATELY: dict[str, Any] = {
    "fund_status_seen_on": dt.date(2026, 11, 20),
    "fund_status_precision": "day",
}
IN_2017: dict[str, Any] = {
    "fund_status_seen_on": dt.date(2017, 1, 1),
    "fund_status_precision": "year",
}
APPLY: dict[str, Any] = {"apply_url": "https://fund.example.org/apply", "how_to_apply": ["online"]}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


def page_of(resource: Resource, language: str = "") -> Page:
    return read(f"{language}/resources/{resource.slug}/")


def call(owner: Resource | Organisation, number: str, **fields: Any) -> None:
    """Give the entry a phone."""
    if isinstance(owner, Resource):
        ResourcePhone(resource=owner, number=number, **fields).save()
    else:
        OrganisationPhone(organisation=owner, number=number, **fields).save()


class TestWhatStandsInTheWay:
    def test_a_closed_fund_says_so_before_anything_else(self) -> None:
        page = page_of(make.resource(fund_status="closed", **LATELY))

        assert page.comes_before("This fund is closed to new people", "Contact")
        assert "Seen closed on November 20, 2026." in page.text

    @pytest.mark.parametrize(
        "fields",
        [
            pytest.param({"fund_status": "closed", **LATELY}, id="closed"),
            pytest.param({"fund_status": "closed", **IN_2017}, id="last seen closed"),
            pytest.param({"lifecycle": "ended"}, id="ended"),
            pytest.param({"lifecycle": "unconfirmed"}, id="may no longer exist"),
        ],
    )
    def test_it_offers_no_way_to_apply_to_what_is(self, fields: dict[str, Any]) -> None:
        page = page_of(make.resource(**fields, **APPLY))

        assert "Apply online ↗" not in page.links
        assert 'class="button full"' not in page.html

    def test_an_open_fund_may_be_applied_to(self) -> None:
        page = page_of(make.resource(fund_status="open", **LATELY, **APPLY))

        assert page.links["Apply online ↗"] == "https://fund.example.org/apply"
        assert "Open seen on November 20, 2026" in page.text

    @pytest.mark.parametrize("status", ["open", "closed", "waitlist"])
    def test_an_old_sighting_says_that_we_do_not_know_today(self, status: str) -> None:
        page = page_of(make.resource(fund_status=status, **IN_2017))

        assert "in 2017; we don’t know today." in page.text

    def test_it_links_the_foundations_own_status_page(self) -> None:
        page = page_of(make.resource(status_page_url="https://fund.example.org/status"))

        assert page.links["Its own status page ↗"] == "https://fund.example.org/status"

    def test_it_names_what_is_open_instead(self) -> None:
        wanted: dict[str, Any] = {"needs": ("copay",), "conditions": ("lung-cancer",)}
        other = make.resource(name="Lung fund", fund_status="open", **LATELY, **wanted)
        page = page_of(make.resource(fund_status="closed", **LATELY, **wanted))

        assert page.comes_before("Open instead", "Contact")
        assert page.links["Lung fund"] == f"/resources/{other.slug}/"

    def test_it_names_others_to_ask_where_none_is_known_to_be_open(self) -> None:
        wanted: dict[str, Any] = {"needs": ("copay",), "conditions": ("lung-cancer",)}
        make.resource(name="Lung fund", **wanted)
        page = page_of(make.resource(fund_status="closed", **LATELY, **wanted))

        assert "Others to ask (we don’t know if they are open today) Lung fund" in page.text

    def test_what_has_ended_says_when_and_how_one_applied_is_not_told(self) -> None:
        page = page_of(
            make.resource(lifecycle="ended", lifecycle_since=dt.date(2025, 12, 31), **APPLY)
        )

        assert "This help has ended It ended on December 31, 2025." in page.text
        assert "How to apply" not in page.text

    def test_a_fund_of_an_ended_programme_has_ended_with_it(self) -> None:
        programme = make.resource(lifecycle="ended")
        page = page_of(make.resource(organisation=programme.organisation, part_of=programme))

        assert "The program that it belongs to has ended." in page.text

    def test_it_leads_from_an_organisation_that_has_merged_to_its_heir(self) -> None:
        heir = make.organisation(name="New Foundation")
        old = make.organisation(name="Old Foundation", status="merged", successor=heir)
        page = page_of(make.resource(organisation=old))

        assert page.text.count("Old Foundation is now part of New Foundation") == 1
        assert page.links["New Foundation"] == f"/organisations/{heir.slug}/"

    def test_it_leads_to_no_heir_that_is_not_public(self) -> None:
        heir = make.organisation(name="New Foundation", published=False)
        old = make.organisation(name="Old Foundation", status="merged", successor=heir)

        assert "New Foundation" not in page_of(make.resource(organisation=old)).text


class TestContact:
    def test_it_shows_its_own_phones_first_and_then_its_organisations(self) -> None:
        resource = make.resource(organisation=make.organisation(name="Good Foundation"))
        call(resource, "800-532-5274", purpose="fund line", extension="3")
        call(resource.organisation, "800-227-2345", hours="Mon-Fri 9am-5pm")
        page = page_of(resource)

        assert "800-532-5274 ext. 3 fund line" in page.text
        assert page.links["800-532-5274"] == "tel:+18005325274,3"
        assert page.comes_before("800-532-5274", "Or call Good Foundation: 800-227-2345 Monday to")

    @pytest.mark.parametrize(
        ("status", "number"),
        [
            pytest.param("active", "800-532-5274", id="it is the same number"),
            pytest.param("closed", "800-227-2345", id="the organisation has closed"),
        ],
    )
    def test_it_shows_no_number_of_its_organisation_where(self, status: str, number: str) -> None:
        resource = make.resource(organisation=make.organisation(status=status))
        call(resource, "800-532-5274")
        call(resource.organisation, number)

        assert "Or call" not in page_of(resource).text

    def test_a_fund_shows_its_programmes_phone(self) -> None:
        programme = make.resource(name="Copay program")
        call(programme, "800-532-5274")
        page = page_of(make.resource(organisation=programme.organisation, part_of=programme))

        assert "800-532-5274" in page.text
        assert "The number is Copay program’s." in page.text

    def test_otherwise_it_shows_its_organisations_phone(self) -> None:
        resource = make.resource()
        call(resource.organisation, "800-227-2345", hours="Mon-Fri 9am-5pm")

        assert "800-227-2345 Monday to Friday, 9 a.m. to 5 p.m." in page_of(resource).text

    def test_otherwise_it_shows_the_phone_of_whoever_goes_on(self) -> None:
        heir = make.organisation()
        call(heir, "800-532-5274")
        old = make.organisation(status="merged", successor=heir)

        assert "800-532-5274" in page_of(make.resource(organisation=old)).text

    def test_it_says_that_no_phone_is_known_and_names_211(self) -> None:
        page = page_of(make.resource())

        assert "We know no phone number for this." in page.text
        assert page.links["211"] == "tel:211"

    def test_it_shows_no_phone_of_an_organisation_that_has_closed(self) -> None:
        closed = make.organisation(status="closed")
        call(closed, "800-227-2345")
        page = page_of(make.resource(organisation=closed))

        assert "800-227-2345" not in page.text
        assert "We show no phone: the organization has closed" in page.text

    @pytest.mark.parametrize(
        ("languages", "said"),
        [
            (None, "Spanish? We don’t know: say “Spanish, please.”"),
            (["en", "es"], "English and Spanish spoken"),
            (["en", "es", "zh"], "English and Spanish spoken, Chinese"),
            (["es"], "free call Spanish spoken"),
            (["en"], "Answered in English."),
        ],
    )
    def test_each_phone_says_whether_spanish_is_spoken(
        self, languages: list[str] | None, said: str
    ) -> None:
        resource = make.resource()
        call(resource, "800-532-5274", languages=languages)

        assert said in page_of(resource).text

    @pytest.mark.parametrize(
        ("number", "hours", "said"),
        [
            ("800-532-5274", "Mon-Fri 9am-5pm", "Monday to Friday, 9 a.m. to 5 p.m. · free call"),
            ("800-532-5274", "", "hours not known for sure · free call"),
            ("207-255-3741", "", "hours not known for sure Spanish?"),
        ],
    )
    def test_each_phone_says_its_hours_and_whether_the_call_is_free(
        self, number: str, hours: str, said: str
    ) -> None:
        resource = make.resource()
        call(resource, number, hours=hours)

        assert said in page_of(resource).text

    def test_a_number_inside_a_note_can_be_dialled(self) -> None:
        resource = make.resource()
        call(resource, "800-955-4572", note="Money <line> 877-557-2672, not 1234-877-557-2672")
        page = page_of(resource)

        assert page.links["877-557-2672"] == "tel:+18775572672"
        assert page.html.count('class="phone"') == 2 + page.html.count("tel:988")
        assert "Money &lt;line&gt;" in page.html

    def test_it_marks_a_tty_number(self) -> None:
        resource = make.resource()
        call(resource, "800-325-0778", is_tty=True)

        page = page_of(resource)

        assert "800-325-0778 TTY" in page.text
        assert "say “Spanish, please.”" not in page.text

    def test_an_address_that_is_not_its_own_is_a_source_and_no_button(self) -> None:
        page = page_of(make.resource(url="https://news.example.com/story", how_to_apply=["online"]))

        assert page.comes_before("Sources", "news.example.com")
        assert "Apply online ↗" not in page.links

    def test_help_that_one_does_not_apply_for_has_no_apply_button(self) -> None:
        page = page_of(make.resource(needs=("information",), **APPLY))

        assert "Go to its page ↗" in page.links
        assert page.comes_before("How to reach them", "Get in touch online.")

    def test_links_to_other_sites_tell_them_nothing(self) -> None:
        html = page_of(make.resource(url="https://news.example.com/story", **APPLY)).html

        assert html.count('href="https://') == html.count('rel="noopener noreferrer"') > 1


class TestWhoMayGetIt:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "Insurance Not stated on the pages we saw. Ask."),
            ({"insurance_rule": "any"}, "With or without insurance."),
            ({"insurance": ("uninsured",)}, "Only people without insurance."),
            ({"insurance": ("medicare",)}, "For people with one of these: Medicare."),
            ({"insurance_required": True}, "It only works together with insurance."),
            ({}, "Where Anywhere in the United States."),
            ({"states": ("OH",)}, "Where State OH"),
            ({"area_partial": True}, "In some places in the United States."),
            (
                {"states": ("OH",), "area_partial": True},
                "State OH. Not in all of this area: ask.",
            ),
            ({"conditions": ("gout",)}, "Illness Gout"),
            (
                {"conditions": ("gout",), "condition_partial": True},
                "Gout. Not for all of these: ask about yours.",
            ),
            (
                {"condition_partial": True, "conditions_note": "only open funds"},
                "Illness Only open funds.",
            ),
            ({"age_min": 18}, "Age 18 or older."),
            ({"age_max": 25}, "Age Up to 25 years old."),
            ({"age_min": 18, "age_max": 39}, "Age 18 to 39 years old."),
            ({"immigration_rule": "ssn_needed"}, "You need a Social Security number."),
            ({"treatment_note": "In treatment now"}, "Treatment In treatment now."),
            ({"residency_note": "Lives in Ohio"}, "Where you live Lives in Ohio."),
            ({}, "Ask about Age, immigration papers, being in treatment."),
            ({"age_min": 18, "treatment_note": "x"}, "Ask about Immigration papers."),
        ],
    )
    def test_it_says_each_rule_in_words(self, fields: dict[str, Any], said: str) -> None:
        assert said in page_of(make.resource(**fields)).text

    def test_nothing_is_ticked_before_anything_was_answered(self) -> None:
        text = page_of(make.resource(age_min=18)).text

        assert not set("✓✗✕☑") & set(text)

    def test_it_names_the_counties(self) -> None:
        resource = make.resource(states=("TX",))
        for place, county in enumerate(["Taylor", "Brown"]):
            AreaPart.objects.create(
                resource=resource, state=make.state("TX"), county=county, position=place
            )

        assert "Only these counties of State TX: Brown, Taylor." in page_of(resource).text

    def test_it_says_what_it_has_from_its_programme(self) -> None:
        programme = make.resource(name="Copay program", insurance=("medicare",))
        page = page_of(make.resource(organisation=programme.organisation, part_of=programme))

        assert "Medicare. (from Copay program )" in page.text
        assert page.links["Copay program"] == f"/resources/{programme.slug}/"


class TestHowToApply:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"how_to_apply": ["online", "phone", "mail"]}, "Apply online, by phone or by mail."),
            ({"who_may_apply": ["patient", "family"]}, "You or your family may apply."),
            ({"who_may_apply": None}, "Who may apply is not stated. Ask."),
            ({"who_may_apply": ["nobody"]}, "You cannot apply. They choose people themselves."),
            ({}, "How to apply is not stated on the pages we saw. Ask 211"),
            ({"documents": ["proof of income"]}, "Have ready: proof of income"),
            ({"windows": "first five days of a month"}, "When: First five days of a month."),
            ({"decision_time": "about three days"}, "How long it takes: About three days."),
            ({"renewal": "Once a year", "use_by": "In 120 days"}, "Once a year. In 120 days."),
            ({"languages": ["en", "es"]}, "Languages: English, Spanish."),
        ],
    )
    def test_it_says_how(self, fields: dict[str, Any], said: str) -> None:
        assert said in page_of(make.resource(**fields)).text

    def test_it_says_that_the_clinic_must_apply(self) -> None:
        page = page_of(make.resource(clinic_must_apply=True, how_to_apply=["fax"]))

        assert "Your clinic must apply" in page.text
        assert "Ask your doctor’s office or a social worker to apply for you: by fax." in page.text

    def test_nobody_is_sent_to_apply_where_people_are_chosen(self) -> None:
        assert (
            "Apply online ↗" not in page_of(make.resource(who_may_apply=["nobody"], **APPLY)).links
        )


class TestWhereItComesFrom:
    def test_the_age_of_its_facts_stands_at_the_top(self) -> None:
        page = page_of(make.resource(year_of_facts=2017))

        assert page.comes_before("From a 2017 page, not yet checked by a person", "What you get")

    def test_it_says_that_nobody_has_checked_it(self) -> None:
        assert "Checked by a person not yet" in page_of(make.resource()).text

    def test_the_three_dates_stand_apart(self) -> None:
        resource = make.resource(
            fund_status="open", links_checked_on=dt.date(2026, 11, 3), **LATELY
        )
        curator = Curator.objects.create_user("ada", password="x")
        record_check(by=curator, entries=[resource], on=dt.date(2026, 11, 12))
        page = page_of(resource)

        assert "Checked by a person November 12, 2026 (12 days ago)" in page.text
        assert "Status seen November 20, 2026" in page.text
        assert "Links worked November 3, 2026" in page.text

    def test_help_that_is_no_fund_has_no_status_date(self) -> None:
        assert "Status seen" not in page_of(make.resource(fund_status="not_applicable")).text

    @pytest.mark.parametrize(
        ("year", "age", "is_old"),
        [
            (2017, "from a 2017 page", True),
            (2022, "from a 2022 page", True),
            (2024, "from a 2024 page", False),
            (None, "from pages without a date", True),
        ],
    )
    def test_it_says_how_old_its_facts_are(self, year: int | None, age: str, is_old: bool) -> None:
        text = page_of(make.resource(year_of_facts=year)).text

        assert f"Facts {age}" in text
        assert ("These facts may be out of date." in text) is is_old

    def test_it_names_its_sources_with_their_dates(self) -> None:
        resource = make.resource()
        ResourceSource.objects.create(
            resource=resource, url="https://www.fund.example.com/a?b=c", page_date="2024-04"
        )

        assert "fund.example.com ↗ April 2024" in page_of(resource).text


class TestFunds:
    def test_a_programme_lists_its_funds_by_how_they_stand(self) -> None:
        programme = make.resource()
        part: dict[str, Any] = {"organisation": programme.organisation, "part_of": programme}
        make.resource(name="Open fund", fund_status="open", **LATELY, **part)
        make.resource(name="Old fund", lifecycle="ended", **part)
        make.resource(name="Draft fund", published=False, **part)
        page = page_of(programme)

        assert page.comes_before("Open (1) Open fund", "Ended (1) Old fund")
        assert "Draft fund" not in page.text

    def test_a_hundred_and_fifty_funds_are_folded_away_with_their_number(self) -> None:
        programme = make.resource()
        part: dict[str, Any] = {"organisation": programme.organisation, "part_of": programme}
        with make.together():
            for number in range(150):
                make.resource(name=f"Fund {number:03}", **part)

        assert "<summary>Open? We don’t know: ask (150)</summary>" in page_of(programme).html


class TestAddresses:
    def test_a_former_address_leads_on_for_good_with_language_and_query(self) -> None:
        resource = make.resource(slug="old-name")
        resource.slug = "new-name"
        resource.save()
        publishing.publish(by="test", entries=[resource])
        response = get("/es/resources/old-name/?a=b")

        assert response.status_code == 301
        assert response.headers["Location"] == "/es/resources/new-name/?a=b"

    def test_a_draft_is_not_found(self) -> None:
        draft = make.resource(name="Secret draft", published=False)

        assert "Secret draft" not in read(f"/resources/{draft.slug}/", status=404).html

    def test_a_withdrawn_one_leads_on_to_its_organisation(self) -> None:
        resource = make.resource(organisation=make.organisation(name="Good Charity"))
        publishing.withdraw(by="test", entries=[resource])
        page = read(f"/resources/{resource.slug}/", status=410)

        assert page.comes_before("We no longer list this", "Search for the name")
        assert page.links["988"] == "tel:988"
        assert page.links["Good Charity"] == f"/organisations/{resource.organisation.slug}/"

    def test_what_never_was_is_not_found(self) -> None:
        read("/resources/never-was/", status=404)


class TestSpanish:
    def translated(self, **fields: Any) -> Resource:
        resource = make.resource(name="Ride fund", award="$100", **fields)
        ResourceTranslation.objects.create(
            resource=resource,
            field="name",
            text="Fondo de viajes",
            english_digest=digest_of("Ride fund"),
        )
        return resource

    def test_it_shows_current_translations_and_says_once_that_nobody_has_read_them(self) -> None:
        page = page_of(self.translated(), "/es")

        assert "<h1>Fondo de viajes</h1>" in page.html
        assert '<span lang="en">Ride fund</span>' in page.html
        assert page.html.count('class="quiet small unreviewed"') == 1

    def test_it_says_nothing_of_that_once_a_curator_has(self) -> None:
        resource = self.translated()
        curator = Curator.objects.create_user("ada", password="x")
        translation = resource.translations.get()
        confirm(translation, by=curator)
        translation.save()

        assert "unreviewed" not in page_of(resource, "/es").html

    def test_it_marks_english_that_has_no_translation(self) -> None:
        assert '<span lang="en">$100.</span>' in page_of(self.translated(), "/es").html

    def test_an_outdated_translation_is_not_shown(self) -> None:
        resource = self.translated()
        Resource.objects.filter(pk=resource.pk).update(name="Ride and meal fund")

        assert "Fondo de viajes" not in page_of(resource, "/es").html


def test_it_asks_the_database_as_often_for_a_long_page_as_for_a_short_one(
    django_assert_max_num_queries: Any,
) -> None:
    short, long = (
        make.resource(),
        make.resource(conditions=("gout", "lupus"), needs=("copay", "rent")),
    )
    for n in range(8):
        call(long, f"800-532-527{n}", purpose="line")
        ResourceSource.objects.create(resource=long, url=f"https://example.org/{n}")
    page_of(short)

    with django_assert_max_num_queries(100) as first:
        page_of(short)
    with django_assert_max_num_queries(100) as second:
        page_of(long)

    assert len(first) == len(second) <= 32


class TestHistory:
    def test_it_is_told_in_words_with_a_picture(self) -> None:
        fund = make.resource(fund_status="unknown")
        for status, on in (("open", dt.date(2026, 10, 30)), ("closed", dt.date(2026, 11, 20))):
            record_sighting(by="test", resource=fund, status=status, seen_on=on)
        page = page_of(fund)

        assert "Seen closed since November 20, 2026." in page.text
        assert "Closed: seen November 20, 2026 Open: seen October 30, 2026" in page.text
        assert '<svg class="year" role="img" aria-labelledby="year"' in page.html

    def test_it_needs_more_than_one_sighting(self) -> None:
        assert (
            "Open and closed over time"
            not in page_of(make.resource(fund_status="closed", **LATELY)).text
        )
