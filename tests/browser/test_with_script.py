"""With scripts, filters change the results in place, and nobody loses their way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def mark(page: Page) -> None:
    """Leave a mark in the window, to see whether a page was loaded anew."""
    page.evaluate("() => { window.isTheSame = true; }")


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("() => window.isTheSame === true"))


def focused(page: Page) -> str:
    """The id of what has the keyboard's focus; "" for nothing."""
    found: str = page.evaluate("() => document.activeElement?.id ?? ''")
    return found


def top(place: Locator) -> float:
    """How far down the window its upper edge is, in pixels."""
    return float(place.evaluate("(element) => element.getBoundingClientRect().top"))


def test_a_filter_changes_the_results_in_place(visitor: Visitor) -> None:
    page = visitor.open("/search/?q=help")
    mark(page)
    before = page.locator(".results-head h2").inner_text()
    page.locator("#filters a").first.click()
    expect(page.locator(".results-head h2")).not_to_have_text(before)
    assert is_the_same(page)
    assert "need=" in page.url
    assert page.title().startswith(page.locator("#title").inner_text())


def test_what_changed_is_announced(visitor: Visitor) -> None:
    page = visitor.open("/search/")
    expect(page.get_by_role("status")).to_be_empty()
    page.locator("#filters a").first.click()
    expect(page.get_by_role("status")).to_contain_text("kinds of help")
    assert page.locator("#title").inner_text() in page.get_by_role("status").inner_text()


def test_the_keyboard_stays_at_the_filter_that_was_chosen(visitor: Visitor) -> None:
    page = visitor.open("/search/")
    link = page.locator("#filters a").first
    chosen = link.get_attribute("id")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#filters a[aria-current]")).to_have_count(1)
    page.wait_for_timeout(100)
    assert focused(page) == chosen


@pytest.mark.parametrize("width", [320, 1280])
def test_the_filter_stays_where_the_reader_chose_it(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    page = visitor.open("/search/?need=copay")
    facet = page.locator("#facet-status")
    link = facet.locator("a").first
    link.scroll_into_view_if_needed()
    before = top(facet)
    link.click()
    expect(page.locator("#filters a[aria-current]")).to_have_count(2)
    page.wait_for_timeout(100)
    assert abs(top(facet) - before) < 2


def test_the_keyboard_stays_at_the_filter_whose_list_was_used(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=copay")
    facet = page.locator("#facet-area")
    facet.locator("select").select_option("OH")
    button = facet.get_by_role("button").first
    button.scroll_into_view_if_needed()
    before = top(facet)
    button.click()
    expect(page.locator("#filters a[aria-current]")).to_have_count(2)
    page.wait_for_timeout(100)
    assert abs(top(facet) - before) < 2
    assert facet.locator("summary").evaluate("(element) => element === document.activeElement")


def test_the_keyboard_goes_to_the_heading_when_its_link_is_gone(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=travel&area=OH")
    page.locator(".chips a.chip", has_text="take back").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chips a.chip", has_text="take back")).to_have_count(1)
    page.wait_for_timeout(100)
    assert focused(page) == "title"


def test_back_leads_to_the_results_before(visitor: Visitor) -> None:
    page = visitor.open("/search/?q=copay&exact=1")
    before = page.locator(".results-head h2").inner_text()
    page.locator("#filters a").first.click()
    expect(page.locator(".results-head h2")).not_to_have_text(before)
    page.go_back()
    expect(page.locator(".results-head h2")).to_have_text(before)
    assert page.url.endswith("/search/?q=copay&exact=1")
    expect(page.locator("header.top")).to_have_count(1)


def test_back_from_a_resource_leads_to_the_filtered_results(visitor: Visitor) -> None:
    page = visitor.open("/search/?q=copay&exact=1")
    page.locator("#filters a").first.click()
    page.wait_for_url("**need=**")
    filtered = page.locator(".results-head h2").inner_text()
    page.locator(".result h3 a").first.click()
    expect(page.locator("#contact")).to_be_visible()
    page.go_back()
    expect(page.locator(".results-head h2")).to_have_text(filtered)
    expect(page.locator("header.top")).to_have_count(1)


def test_the_other_language_follows_the_filters(visitor: Visitor) -> None:
    page = visitor.open("/search/?q=copay&exact=1")
    page.locator("#filters a").first.click()
    page.wait_for_url("**need=**")
    query = page.url.partition("?")[2]
    expect(page.locator(".tongue")).to_have_attribute("href", f"/es/search/?{query}")


def test_a_facet_that_was_opened_stays_open(visitor: Visitor) -> None:
    page = visitor.open("/search/")
    page.locator("#facet-category summary").click()
    page.locator("#facet-need a").first.click()
    page.wait_for_url("**need=**")
    expect(page.locator("#facet-category")).to_have_attribute("open", "")


def test_the_search_box_searches_in_place(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=travel")
    mark(page)
    page.get_by_role("combobox", name="Search for help").fill("hotel")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=hotel**")
    expect(page.locator(".chips a.chip", has_text="A place to stay")).to_have_count(1)
    assert "need=travel" in page.url
    assert is_the_same(page)
