"""What a visit leaves behind: nothing in the browser, and no word to anybody else."""

from __future__ import annotations

import pytest

from tests.browser.pages import NOT_FOUND, PAGES, RESOURCE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

NOTHING: dict[str, object] = {"cookies": [], "local": [], "session": {}}


def test_no_page_leaves_anything_in_the_browser_or_asks_another_host(visitor: Visitor) -> None:
    for path in PAGES.values():
        visitor.open(path)
    for path in NOT_FOUND.values():
        visitor.open(path, status=404)
    visitor.open("/about/")
    assert visitor.kept() == NOTHING


def test_a_search_leaves_nothing_in_the_browser(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.get_by_role("combobox", name="Search for help").fill("gleevec")
    page.get_by_role("search").get_by_role("button").click()
    page.locator("#filters a").first.click()
    page.wait_for_url("**need=**")
    with page.expect_event("load"):  # the results before are loaded anew, not kept
        page.go_back()
    page.go_forward()
    page.locator(".tongue").click()
    page.wait_for_url("**/es/**")
    visitor.open(RESOURCE)
    assert visitor.kept() == NOTHING


def test_it_links_to_others_without_telling_them_anything(visitor: Visitor) -> None:
    page = visitor.open(RESOURCE)
    rels = page.locator("main a[href^='http']").evaluate_all("links => links.map(a => a.rel)")
    assert rels
    assert {"noopener noreferrer"} == {" ".join(sorted(rel.split())) for rel in rels}
