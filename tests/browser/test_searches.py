"""What people look for: what a browser's visit counts, and the curators' page of it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from resources.search.tally import newest_shown
from tests.browser.test_accessibility import SCHEMES, barriers
from tests.browser.test_curator import STOCK
from tests.browser.visitor import DESK, PHONE, Visitor, visiting
from tests.served import Served

pytestmark = pytest.mark.browser


def asked(site: Served, statement: str) -> list[tuple[Any, ...]]:
    """What the site's database answers."""
    name = site.environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(name)) as database, database:
        return database.execute(statement).fetchall()


COUNTED = "SELECT term, SUM(number) FROM resources_searchcount GROUP BY term"


def test_a_visit_counts_each_search_once_whatever_is_done_with_it(
    chromium: Browser,
    copied: Served,
) -> None:
    # What other visits to the original have left there.
    before = dict(asked(copied, COUNTED))
    copied.start()
    with visiting(chromium, copied) as visitor:
        page = visitor.open("/")
        page.get_by_role("combobox", name="Search for help").fill("gleevec")
        page.get_by_role("search").get_by_role("button").click()
        page.locator("#filters a").first.click()
        page.wait_for_url("**need=**")
        with page.expect_event("load"):  # the results before are loaded anew
            page.go_back()
        page.reload()
        page.get_by_role("link", name="Next").click()
        page.wait_for_url("**page=2**")
        page.locator(".tongue").click()
        page.wait_for_url("**/es/**")
        visitor.open("/search/")
        page.get_by_role("combobox", name="Search for help").fill("rides")
        page.get_by_role("search").get_by_role("button").click()
        page.wait_for_url("**q=rides**")
        page.wait_for_load_state("networkidle")
    copied.stop()

    now = dict(asked(copied, COUNTED))
    counted = {term: number - before.get(term, 0) for term, number in now.items()}
    counted = {term: number for term, number in counted.items() if number}
    assert counted["imatinib"] == counted["rides"] == 1
    assert set(counted.values()) == {1}


def test_the_numbers_can_be_read_on_a_narrow_phone_and_without_barriers(
    pat: Visitor,
    copied: Served,
) -> None:
    week = newest_shown(dt.date.today()).isoformat()
    names = asked(copied, "SELECT slug FROM resources_condition ORDER BY length(name) DESC LIMIT 5")
    for (slug,) in names:
        for found in (0, 1):
            asked(
                copied,
                f"INSERT INTO resources_searchcount VALUES"
                f" ('{week}', 'condition', '{slug}', {found}, 12345)",
            )
    page = pat.open("/admin/searches/")
    expect(page.get_by_role("cell", name="12345")).to_have_count(10)

    met: list[str] = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert pat.overflow() == 0
        last = page.get_by_role("cell", name="12345").last.bounding_box()
        assert last is not None
        assert last["x"] + last["width"] <= size["width"]
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            met += [each for each in barriers(page, scheme) if not each.startswith(STOCK)]
    assert met == []
