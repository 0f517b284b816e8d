"""The six organisations of the source document, each found by name with what became of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

# Name, its own page, and what became of it: the page that it leads on to, and in which words.
SIX = {
    "Patient Advocate Foundation": ("patient-advocate-foundation", "", ""),
    "Partnership for Prescription Assistance": (
        "partnership-for-prescription-assistance",
        "medicine-assistance-tool",
        "Closed",
    ),
    "Cancer Support Community": ("cancer-support-community", "", ""),
    "American Cancer Society": ("american-cancer-society", "", ""),
    "The Leukemia & Lymphoma Society": (
        "the-leukemia-and-lymphoma-society",
        "blood-cancer-united",
        "Renamed",
    ),
    "Cancer.Net": ("cancer-net", "american-cancer-society", "Merged"),
}
SHORT = {
    "LLS": "blood-cancer-united",
    "PPA": "partnership-for-prescription-assistance",
    "PAF": "patient-advocate-foundation",
    "ACS": "american-cancer-society",
    "CSC": "cancer-support-community",
    "leukemia and lymphoma society": "the-leukemia-and-lymphoma-society",
    "cancer.net": "cancer-net",
}


@pytest.mark.parametrize("name", SIX)
def test_it_is_found_by_name_with_what_became_of_it(without_script: Visitor, name: str) -> None:
    slug, heir, became = SIX[name]
    page = without_script.open("/")
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("search").get_by_role("button").click()
    line = page.locator(".also li", has=page.locator(f"a[href='/organisations/{slug}/'] b"))
    expect(line).to_have_count(1)
    expect(line).to_contain_text(became)
    line.locator("a").first.click()
    expect(page.locator("h1")).to_contain_text(name)
    if heir:
        expect(page.locator(f"main a[href='/organisations/{heir}/']").first).to_be_visible()


@pytest.mark.parametrize("words", SHORT)
def test_it_is_found_by_its_short_or_former_name(without_script: Visitor, words: str) -> None:
    page = without_script.open("/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("search").get_by_role("button").click()
    expect(page.locator(f".also a[href='/organisations/{SHORT[words]}/']").first).to_be_visible()
