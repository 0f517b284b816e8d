"""The search page, as a visitor reads and uses it."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.models import Insurance
from tests import make
from tests.views.page import Page, get, read

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: TODAY)


@pytest.fixture
def covers() -> None:
    """insured > medicare, private; uninsured beside them."""
    insured = make.term(Insurance, "insured", name="Has any health insurance")
    make.term(Insurance, "medicare", parent=insured)
    make.term(Insurance, "private", parent=insured, name="Private insurance")
    make.term(Insurance, "uninsured", name="No health insurance")


def asked(link: str) -> dict[str, list[str]]:
    """What a link of the page asks for."""
    return parse_qs(urlsplit(link).query)


def link_with(page: Page, words: str) -> str:
    return next(link for name, link in page.links.items() if words in name)


def queries_of(path: str) -> int:
    """How many queries the page takes once the directory is in memory."""
    read(path)
    with CaptureQueriesContext(connection) as queries:
        read(path)
    return len(queries)


class TestResults:
    def test_matches_come_first_then_what_is_to_be_asked_under_its_own_heading(self) -> None:
        make.resource(name="A asks", needs=("rides",))
        make.resource(name="B fits", needs=("rides",), languages=["es"])

        page = read("/search/?language=es")

        assert page.comes_before("1 kind of help, 1 more to ask", "B fits")
        assert page.comes_before("B fits", "Not stated, ask (1)")
        assert page.comes_before("Not stated, ask (1)", "A asks")
        assert "Language not stated: ask" in page.text

    def test_a_card_says_what_the_reader_has_to_know(self) -> None:
        society = make.organisation(name="Cancer Aid", city="Akron", state=make.state("OH"))
        make.resource(
            name="Ride money",
            organisation=society,
            summary="Pays for gas.",
            needs=("rides",),
            clinic_must_apply=True,
            year_of_facts=2019,
            fund_status="closed",
            fund_status_seen_on=dt.date(2026, 11, 1),
            fund_status_precision="day",
        )

        text = read("/search/").text

        for words in (
            "Cancer Aid · Akron, OH",
            "Closed seen on November 1, 2026",
            "Pays for gas.",
            "Helps with Rides",
            "Your clinic must apply",
            "from a 2019 page, not yet checked by a person",
        ):
            assert words in text

    def test_an_organisation_found_by_name_stands_above_and_is_not_counted(self) -> None:
        heir = make.organisation(name="Blood Cancer United")
        make.organisation(name="Leukemia Society", status="renamed", successor=heir)
        make.resource(name="Leukemia Society fund", organisation=heir)

        page = read("/search/?q=leukemia+society")

        assert page.comes_before("Leukemia Society", "now Blood Cancer United")
        assert page.comes_before("now Blood Cancer United", "1 kind of help")

    @pytest.mark.usefixtures("starter")
    def test_a_page_is_loaded_in_a_fixed_number_of_queries(
        self, django_assert_max_num_queries: Any
    ) -> None:
        read("/search/")

        with django_assert_max_num_queries(21):
            read("/search/?need=copay")

    def test_the_number_of_results_does_not_change_the_number_of_queries(self) -> None:
        make.resource(needs=("rides",), states=("OH",), conditions=("any-cancer",))
        one = queries_of("/search/")
        for _number in range(9):
            make.resource(needs=("rides",), states=("OH",), conditions=("any-cancer",))

        assert queries_of("/search/") == one


class TestPages:
    @pytest.fixture(autouse=True)
    def many(self) -> None:
        with make.together():
            for number in range(60):
                make.resource(name=f"Help {number:02}", needs=("rides",))

    def test_there_are_twenty_five_on_a_page_and_links_to_the_others(self) -> None:
        page = read("/search/?need=rides")

        assert page.html.count("<article") == 25
        assert asked(link_with(page, "Next")) == {"need": ["rides"], "page": ["2"]}
        assert asked(page.links["Page 3"]) == {"need": ["rides"], "page": ["3"]}

    def test_the_present_page_is_marked(self) -> None:
        assert 'aria-current="page"><span class="hidden">Page </span>2' in (
            read("/search/?page=2").html
        )

    def test_paper_that_has_no_links_says_which_page_it_is(self) -> None:
        assert read("/search/?page=2").comes_before("60 kinds of help", "Page 2 of 3 Order")
        assert "Page 1 of" not in read("/search/?q=11").text

    def test_a_page_past_the_end_says_so_and_leads_back(self) -> None:
        page = read("/search/?page=9999")

        assert "These results have 3 pages." in page.text
        assert read(page.links["Go to the first"]).html.count("<article") == 25


class TestFilters:
    def test_a_chip_takes_its_filter_back_and_keeps_the_others(self) -> None:
        make.resource(needs=("rides",), states=("OH",))

        page = read("/search/?need=rides&area=OH&order=name&page=2")

        assert asked(link_with(page, "State OH × take back")) == {
            "need": ["rides"],
            "order": ["name"],
        }

    def test_a_facet_counts_and_adds(self) -> None:
        make.resource(needs=("rides",), organisation=make.organisation(category="government"))
        make.resource(needs=("food",))

        page = read("/search/?need=rides")

        assert asked(page.links["Government"]) == {"need": ["rides"], "category": ["government"]}
        assert "Government 1" in page.text

    def test_no_facet_leads_to_an_empty_page(self) -> None:
        make.resource(needs=("rides",), states=("OH",))
        make.resource(needs=("food",), states=("TX",), languages=["es"])

        page = read("/search/?area=OH")

        links = [link for link in page.links.values() if link.startswith("?")]
        assert links
        for link in links:
            assert "<article" in read(f"/search/{link}").html, link

    def test_the_search_box_keeps_the_filters(self) -> None:
        make.resource(needs=("rides",))

        html = read("/search/?q=ride&need=rides&order=name&page=3").html
        box = html[html.index('class="ask"') : html.index("</form>")]

        assert 'value="ride"' in box
        assert '<input type="hidden" name="need" value="rides">' in box
        assert '<input type="hidden" name="order" value="name">' in box
        assert 'name="page"' not in box

    def test_a_long_facet_is_listed_on_a_page_of_its_own(self) -> None:
        with make.together():
            for number in range(70):
                make.resource(conditions=(f"illness-{number:02}",))

        page = read(read("/search/?order=name").links["All 70, from A to Z"])

        assert "<article" not in page.html
        assert asked(page.links["Illness 42"]) == {"condition": ["illness-42"], "order": ["name"]}

    def test_the_order_can_be_changed_without_script(self) -> None:
        make.resource(name="Zebra help", year_of_facts=2026)
        make.resource(name="Aardvark help", lifecycle="unconfirmed")

        assert read("/search/").comes_before("Zebra", "Aardvark")
        assert read("/search/?order=name").comes_before("Aardvark", "Zebra")
        assert '<option value="name" selected>' in read("/search/?order=name").html

    def test_a_value_that_nobody_knows_is_left_out_and_that_is_said(self) -> None:
        make.resource(name="Help", needs=("rides",))

        text = read("/search/?need=rides&need=nonsense").text

        assert "Left out, because we don’t know it: nonsense" in text
        assert "1 kind of help" in text

    @pytest.mark.usefixtures("starter")
    def test_a_zip_code_is_read_as_its_state(self) -> None:
        text = read("/search/?area=44101&need=rides").text

        assert "Ohio" in text
        assert "44101" in text

    @pytest.mark.usefixtures("starter")
    def test_a_place_that_cannot_be_read_is_said_and_left_out(self) -> None:
        page = read("/search/?area=99999")

        assert page.html.count("<article") == 25
        assert "99999" not in page.html.partition("<title>")[2].partition("</title>")[0]
        assert 'class="notice' in page.html


@pytest.mark.usefixtures("covers")
class TestInsurance:
    def test_it_is_asked_above_the_results(self) -> None:
        make.resource(name="Some help")

        page = read("/search/?q=help")

        assert page.comes_before("Do you have insurance?", "Some help")
        assert asked(page.links["No"]) == {"q": ["help"], "insurance": ["uninsured"]}
        assert asked(page.links["Yes"]) == {"q": ["help"], "insurance": ["insured"]}

    def test_yes_asks_which_kind(self) -> None:
        page = read("/search/?insurance=insured")

        assert page.comes_before("Which kind?", "Medicare")
        assert asked(page.links["Private insurance"]) == {"insurance": ["private"]}
        assert "tricare" not in page.links  # no such kind in the vocabulary here

    def test_not_sure_shows_everything_and_how_to_find_out(self) -> None:
        make.resource(name="Only with Medicare", insurance=("medicare",))
        page = read("/search/?insurance=uninsured")

        text = read(page.links["Not sure"]).text

        assert "Look for an insurance card" in text
        assert "Only with Medicare" in text


class TestNothing:
    def test_it_says_which_filter_leaves_nothing_and_what_each_would_give(self) -> None:
        make.resource(needs=("rides",), states=("OH",))
        make.resource(needs=("food",), states=("TX",))

        page = read("/search/?need=rides&area=TX")

        assert asked(page.links["Without “State TX”"]) == {"need": ["rides"]}
        assert asked(page.links["Without “Rides”"]) == {"area": ["TX"]}

    def test_one_filter_alone_is_named(self) -> None:
        make.resource(needs=("rides",), states=("OH",), fund_status="not_applicable")

        assert "It is “Open” that leaves nothing." in read("/search/?need=rides&status=open").text

    def test_words_alone_get_advice_on_words(self) -> None:
        make.resource()

        assert "Check the spelling" in read("/search/?q=zzzzz").text

    def test_words_that_only_an_organisation_has_lead_to_it(self) -> None:
        make.organisation(name="Ppar")
        page = read("/search/?q=ppar")

        assert page.comes_before("Ppar", "but the name above does. Start there.")
        assert "Check the spelling" not in page.text

    @pytest.mark.usefixtures("starter")
    def test_it_names_people_to_call(self) -> None:
        text = read("/search/?q=zzzzz").text

        assert "800-227-2345" in text
        assert "211" in text


class TestPrivacy:
    def test_it_is_kept_out_of_shared_caches_and_of_search_engines(self) -> None:
        response = get("/search/?q=cancer")

        assert "private" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()

    def test_htmx_is_told_to_keep_nothing_and_to_run_nothing(self) -> None:
        html = read("/search/").html

        for setting in (
            '"historyCacheSize": 0',
            '"allowEval": false',
            '"includeIndicatorStyles": false',
        ):
            assert setting in html

    def test_scripts_are_loaded_there_only(self) -> None:
        assert "<script" in read("/search/").html
        assert read("/").html.count("<script") == 1  # what the search box suggests
        assert "<script" not in read("/about/").html


class TestUpdate:
    def update(self, path: str) -> str:
        response = Client(headers={"host": "localhost"}).get(path, headers={"HX-Request": "true"})
        return str(response.content.decode())

    def test_only_what_changes_is_sent(self) -> None:
        make.resource(name="Some help", needs=("rides",))

        html = self.update("/search/?need=rides")

        assert "Some help" in html
        assert "<header" not in html
        assert "<title>" in html

    def test_it_is_announced_and_the_language_switch_keeps_up(self) -> None:
        make.resource(needs=("rides",))

        html = self.update("/search/?need=rides")

        assert "Rides: 1 kind of help" in " ".join(html.split())
        assert 'href="/es/search/?need=rides"' in html

    def test_a_cache_keeps_both_forms_apart(self) -> None:
        assert "HX-Request" in get("/search/")["Vary"]


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Patient Advocate Foundation", "Patient Advocate Foundation"),
        ("Partnership for Prescription Assistance", "now Medicine Assistance Tool"),
        ("Cancer Support Community", "Cancer Support Community"),
        ("American Cancer Society", "American Cancer Society"),
        ("Leukemia & Lymphoma Society", "now Blood Cancer United"),
        ("LLS", "now Blood Cancer United"),
        ("Cancer.Net", "now American Cancer Society"),
    ],
)
def test_the_six_of_the_source_are_found_by_name_with_what_became_of_them(
    words: str, found: str
) -> None:
    page = read(f"/search/?q={words.replace('&', '%26').replace(' ', '+')}")

    above = page.text.partition("with that name")[2].partition("Order Best match")[0]
    assert found in above


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize("path", ["/", "/search/", "/es/search/?need=copay", "/search/?area=OH"])
def test_a_page_weighs_at_most_fourteen_kilobytes(path: str) -> None:
    assert len(gzip.compress(get(path).content, 6)) <= 14 * 1024
