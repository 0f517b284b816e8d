"""What opened and closed lately, as a visitor reads it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from resources import publishing
from resources.models import Insurance, Resource
from resources.trust import record_sighting
from tests import make
from tests.views.page import get, read

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: value.date() if value else TODAY)


def fund(name: str, *seen: tuple[str, int], **fields: Any) -> Resource:
    """A fund that was seen (status, days ago)."""
    made = make.resource(name=name, fund_status="unknown", **fields)
    for status, back in seen:
        on = TODAY - dt.timedelta(days=back)
        record_sighting(by="test", resource=made, status=status, seen_on=on)
    return made


def test_it_lists_what_opened_and_closed_the_newest_first() -> None:
    fund("Alpha fund", ("closed", 20), ("open", 9))
    fund("Beta fund", ("open", 12), ("closed", 2))
    page = read("/open-now/")

    assert page.comes_before("Closed Beta fund", "Opened Alpha fund")
    assert "Seen on November 22, 2026. Before that, seen open on November 12, 2026." in page.text
    assert "4 changes" in page.text


def test_where_nothing_is_seen_it_offers_an_email_and_no_empty_filters() -> None:
    fund("Alpha fund", ("open", 9), needs=("copay",))
    fund("Beta fund", needs=("rent",))
    page = read("/open-now/?need=rent")

    assert page.links["Email me when such help opens"] == "/alerts/?need=rent"
    assert 'id="filters"' not in page.html


def test_a_first_sighting_is_no_opening() -> None:
    fund("Alpha fund", ("open", 9))
    page = read("/open-now/")

    assert "Seen open Alpha fund" in page.text
    assert "We had not looked at it before." in page.text


def test_it_says_how_a_fund_stands_now_where_it_has_changed_since() -> None:
    fund("Alpha fund", ("closed", 20), ("open", 9), ("closed", 3))
    text = read("/open-now/").text

    assert "seen closed on November 4, 2026. Now: Closed seen on November 21, 2026" in text


def test_it_takes_the_filters_of_the_search_and_says_which() -> None:
    fund("Alpha fund", ("open", 9), needs=("copay",))
    fund("Beta fund", ("open", 8), needs=("rides",))
    fund("Gamma fund", ("open", 7), needs=("copay",), states=("OH",))
    make.state("TX")
    page = read("/open-now/?need=copay&area=TX")

    assert "Alpha fund" in page.text
    assert "Beta fund" not in page.text
    assert "Gamma fund" not in page.text
    assert "Opened and closed lately: Copay in State TX" in page.html
    assert "/open-now/?area=TX" in page.links.values()


def test_words_are_read_as_in_the_search() -> None:
    fund("Alpha fund", ("open", 9), conditions=("lung-cancer",))
    fund("Beta fund", ("open", 8), conditions=("gout",))
    page = read("/open-now/?q=lung+cancer")

    assert "Alpha fund" in page.text
    assert "Seen open Beta fund" not in page.text


def test_what_may_not_fit_says_so() -> None:
    fund("Alpha fund", ("open", 9), needs=("copay",))
    make.term(Insurance, "medicare")

    assert "May not fit: ask" in read("/open-now/?insurance=medicare").text


def test_it_comes_in_pages() -> None:
    for number in range(26):
        fund(f"Fund {number:02}", ("open", number + 1))
    second = read("/open-now/?page=2")

    assert "Fund 25" in second.text
    assert "Fund 24" not in second.text
    assert read("/open-now/").links["Next ›"] == "/open-now/?page=2"
    assert "There is no such page" in read("/open-now/?page=3").text


def test_what_is_listed_no_longer_is_left_out() -> None:
    gone = fund("Alpha fund", ("open", 9))
    publishing.withdraw(by="test", entries=[gone])

    assert "Alpha fund" not in read("/open-now/").text


def test_while_little_is_known_it_says_so_and_names_where_to_look() -> None:
    charity = make.organisation(
        name="Kind Foundation", category="charitable_foundation", website="https://kind.example"
    )
    other = make.organisation(name="Other", category="charitable_foundation")
    fund("Alpha fund", ("open", 9), organisation=charity)
    fund("Beta fund", organisation=charity)
    fund("Gamma fund", organisation=other, status_page_url="https://other.example/status")
    page = read("/open-now/")

    assert "Of 3 funds we know of only 1 whether it is open today." in page.text
    assert page.links["its website ↗"] == "https://kind.example"
    assert page.links["Gamma fund ↗"] == "https://other.example/status"
    assert "Of 3 funds we know of only 1" in read("/").text


def test_once_enough_is_known_it_does_not() -> None:
    fund("Alpha fund", ("open", 9))
    fund("Beta fund")

    assert "we know of only" not in read("/open-now/").text
    assert "own page" not in read("/open-now/").text


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=999999", "need=%00", "q=" + "x" * 3000, "area=99999", "status=%F0%9F%92%8A",
     "list=need", "list=nonsense", "need=" + "&need=".join(["a"] * 500), "order=x"],
)  # fmt: skip
def test_whatever_is_asked_has_an_answer(query: str) -> None:
    fund("Alpha fund", ("open", 9), needs=("copay",))

    assert get(f"/open-now/?{query}").status_code == 200


def test_it_is_there_in_spanish() -> None:
    fund("Alpha fund", ("open", 9))

    assert "Alpha fund" in read("/es/open-now/").text
    assert "/es/resources/" in read("/es/open-now/").html


def test_it_is_linked_from_home_and_from_the_search() -> None:
    fund("Alpha fund", ("open", 9), needs=("copay",))

    assert "/open-now/" in read("/").links.values()
    assert "/open-now/?need=copay" in read("/search/?need=copay").links.values()


def test_it_asks_the_database_little(django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        fund(f"Fund {number:02}", ("open", number + 1), needs=("copay",))
    read("/open-now/?need=copay")

    with django_assert_max_num_queries(7):
        read("/open-now/?need=copay")
