"""A curator checks entries against their sources: by keyboard, in a few steps, without barriers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_accessibility import SCHEMES, barriers
from tests.browser.test_curator import STOCK
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

QUEUE = "/admin/queue/"


def first_in_the_queue(visitor: Visitor) -> Page:
    """The page of the check that is most urgent; pages of others are played."""

    def play(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Their page</h1>")

    page = visitor.open(QUEUE)
    page.context.route(re.compile(r"^https?://(?!127\.0\.0\.1|localhost)"), play)
    page.locator("tbody th a").first.click()
    return page


def read_its_first_page(page: Page) -> None:
    """Open it with its key, once the script is there, and close it again."""
    expect(page.get_by_role("button", name="All is as it stands")).to_be_disabled()
    with page.context.expect_page() as opened:
        page.keyboard.press("o")
    opened.value.close()


def test_an_unchanged_entry_is_checked_in_two_keys_and_the_next_follows(
    pat: Visitor,
    record_property: Callable[[str, object], None],
) -> None:
    page = first_in_the_queue(pat)
    name = page.locator("#content h1").inner_text().removeprefix("Check: ")
    button = page.get_by_role("button", name="All is as it stands")
    expect(button).to_be_disabled()

    began = time.perf_counter()
    read_its_first_page(page)
    expect(button).to_be_enabled()
    page.keyboard.press("c")
    expect(page.get_by_text(f"“{name}” is recorded as checked today.")).to_be_visible()
    record_property("seconds", round(time.perf_counter() - began, 2))

    expect(page.locator("#content h1")).to_contain_text("Check: ")
    expect(page.locator("#content h1")).not_to_contain_text(name)


def test_a_fund_that_closed_is_told_to_readers_at_once(pat: Visitor) -> None:
    page = first_in_the_queue(pat)
    while not page.get_by_role("button", name="I saw it closed").count():
        with page.expect_navigation():
            page.get_by_role("link", name="Next").click()
    read_its_first_page(page)
    address = page.get_by_role("link", name="As readers see it").get_attribute("href")
    page.get_by_role("button", name="I saw it closed").click()
    expect(page.get_by_text("its status is recorded")).to_be_visible()
    page.goto(f"{page.url.split('/admin/')[0]}{address}")

    expect(page.locator("main")).to_contain_text("Seen closed on")


def test_without_scripts_it_is_asked_how_before_it_is_recorded(pat: Visitor) -> None:
    page = first_in_the_queue(pat)
    page.route("**/queue*.js", lambda route: route.fulfill(content_type="text/javascript"))
    page.reload()
    page.get_by_role("button", name="All is as it stands").click()
    expect(page.get_by_text("Open the page that you compare with")).to_be_visible()
    page.get_by_label("Phoned them").check()
    page.get_by_role("button", name="All is as it stands").click()

    expect(page.get_by_text("is recorded as checked today.")).to_be_visible()


@pytest.mark.parametrize("address", ["/admin/", QUEUE, f"{QUEUE}source/", "check"])
def test_axe_finds_no_barrier_at_the_desk(pat: Visitor, address: str) -> None:
    page = first_in_the_queue(pat) if address == "check" else pat.open(address)
    found = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [each for each in barriers(page, scheme) if not each.startswith(STOCK)]
    assert found == []
