"""The home page, as a visitor reads it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from resources import publishing
from resources.models import Curator
from tests import make
from tests.views.page import read

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: value.date() if value else TODAY)


@pytest.mark.usefixtures("starter")
class TestWithTheStarterData:
    def test_it_counts_what_is_really_there(self) -> None:
        assert "341 kinds of help from 270 organizations" in read("/").text

    def test_the_ways_in_begin_with_not_knowing_and_with_no_insurance(self) -> None:
        page = read("/")

        tiles = [
            "I don’t know where to start",
            "I have no insurance",
            "I will run out of medicine",
            "A shut-off notice came",
            "An eviction notice came",
            "Copay and coinsurance help",
        ]
        places = [page.text.find(tile) for tile in tiles]
        assert -1 not in places
        assert places == sorted(places)

    def test_no_tile_leads_to_an_empty_page(self) -> None:
        page = read("/")

        tiles = [link for name, link in page.links.items() if "kinds of help" in name]
        assert len(tiles) == 17
        for link in tiles:
            assert "<article" in read(link).html, link

    def test_on_day_one_it_says_that_no_fund_was_seen_lately(self) -> None:
        text = read("/").text

        assert "We have not seen any fund open or closed in the last 30 days." in text
        assert "No entry has been changed since, and no person has checked" in text

    def test_the_funds_to_ask_can_be_seen(self) -> None:
        assert "<article" in read(read("/").links["See the funds to ask"]).html


def seen(**fields: Any) -> dict[str, Any]:
    return {"fund_status_precision": "day", "fund_status_seen_on": TODAY, **fields}


def test_it_lists_what_was_seen_open_or_closed_the_newest_first() -> None:
    make.resource(
        name="Older", fund_status="closed", **seen(fund_status_seen_on=dt.date(2026, 11, 3))
    )
    make.resource(name="Newer", fund_status="open", **seen())
    make.resource(
        name="Long ago", fund_status="open", **seen(fund_status_seen_on=dt.date(2026, 10, 1))
    )

    page = read("/")

    assert page.comes_before("Newer", "Older")
    assert "Closed seen on November 3, 2026" in page.text
    assert "Long ago" not in page.text


def test_it_lists_what_curators_changed_and_no_draft() -> None:
    curator = Curator.objects.create(username="ada")
    changed, draft = make.resource(name="Changed help"), make.resource(name="Hidden help")
    for entry in (changed, draft):
        entry.summary = "Now different."
        entry.save()
    publishing.publish(by=curator, entries=[changed])
    publishing.withdraw(by=curator, entries=[draft])

    text = read("/").text

    assert "Changed help" in text
    assert "Hidden help" not in text


def test_an_empty_directory_says_so() -> None:
    assert "Nothing is listed here yet." in read("/").text


@pytest.mark.usefixtures("starter")
def test_it_asks_the_database_little(django_assert_max_num_queries: Any) -> None:
    read("/")

    with django_assert_max_num_queries(8):
        read("/")
