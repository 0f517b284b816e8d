"""The site works whole where no script runs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def count(page: Page) -> int:
    """How many kinds of help the page says that it found."""
    found = re.search(r"\d+", page.locator(".results-head h2").inner_text())
    assert found is not None
    return int(found.group())


def test_the_search_box_finds(without_script: Visitor) -> None:
    page = without_script.open("/")
    page.get_by_role("searchbox").fill("ride to chemo")
    page.get_by_role("search").get_by_role("button").click()
    assert count(page) > 0
    expect(page.get_by_role("searchbox")).to_have_value("ride to chemo")


def test_a_filter_narrows_and_can_be_taken_back(without_script: Visitor) -> None:
    page = without_script.open("/search/")
    before = count(page)
    page.locator("#filters a").first.click()
    assert count(page) < before
    page.locator(".chips a.chip", has_text="take back").click()
    assert count(page) == before


def test_a_list_of_values_has_a_button(without_script: Visitor) -> None:
    page = without_script.open("/search/?q=copay")
    facet = page.locator("#facet-area")
    facet.locator("select").select_option("OH")
    facet.get_by_role("button").first.click()
    assert "q=copay" in page.url
    assert "area=OH" in page.url


def test_a_zip_code_is_read_as_its_state(without_script: Visitor) -> None:
    page = without_script.open("/search/?need=travel")
    page.locator("#facet-area input[name=area]:not([type=hidden])").fill("43004")
    page.locator("#facet-area").get_by_role("button").last.click()
    assert "need=travel" in page.url
    expect(page.locator("#title")).to_contain_text("43004")


def test_the_order_has_a_button(without_script: Visitor) -> None:
    page = without_script.open("/search/?need=travel")
    page.get_by_label("Order").select_option("name")
    page.get_by_role("button", name="Change").click()
    names = page.locator(".result h3").all_inner_texts()
    assert names[:5] == sorted(names[:5], key=str.casefold)
    assert "need=travel" in page.url


def test_pages_follow_each_other_by_links(without_script: Visitor) -> None:
    page = without_script.open("/search/?need=travel")
    first = page.locator(".result h3").first.inner_text()
    page.get_by_role("link", name="Next").click()
    assert page.locator(".result h3").first.inner_text() != first
    page.get_by_role("link", name="Previous").click()
    assert page.locator(".result h3").first.inner_text() == first


def test_the_other_language_keeps_page_and_filters(without_script: Visitor) -> None:
    page = without_script.open("/search/?need=travel&area=OH&page=2")
    page.locator(".tongue").click()
    assert page.url.endswith("/es/search/?need=travel&area=OH&page=2")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator(".tongue").click()
    assert page.url.endswith("/search/?need=travel&area=OH&page=2")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_keyboard_reaches_the_filters_without_passing_the_results(
    without_script: Visitor,
) -> None:
    page = without_script.open("/search/?need=travel")
    page.get_by_label("Order").focus()
    page.keyboard.press("Shift+Tab")
    link = page.get_by_role("link", name="Narrow these results")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#filters summary >> nth=0")).to_be_focused()
