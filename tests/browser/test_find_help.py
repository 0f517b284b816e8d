"""Somebody answers a few questions, looks at what may fit, and changes an answer."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import barriers
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser


def answer(page: Page) -> None:
    """What the mother of two says who was told that she has breast cancer."""
    page.get_by_label("Living costs").check()
    page.get_by_label("Which illness?").fill("brest cancer")
    page.get_by_label("Where do you live?").fill("Ohio")
    page.get_by_label("No health insurance").check()
    page.get_by_label("How many people live in your home?").fill("2")
    page.get_by_label("Dollars").fill("$40,000")
    page.get_by_label("How old is the person who is ill?").fill("45")
    page.get_by_role("button", name="Show what may fit").click()


def test_answers_lead_to_help_without_a_script_and_stay_when_one_changes(
    without_script: Visitor,
) -> None:
    page = without_script.open("/find-help/")
    answer(page)

    expect(page.get_by_role("heading", name="Start with these")).to_be_visible()
    expect(page.locator("body")).to_contain_text("The limit for 2 people is $64,920 a year.")
    assert "?" not in page.url

    page.get_by_role("button", name="Change an answer").click()
    expect(page.get_by_label("Dollars")).to_have_value("$40,000")
    expect(page.get_by_label("No health insurance")).to_be_checked()
    page.get_by_label("Dollars").fill("70k")
    page.get_by_role("button", name="Show what may fit").click()
    expect(page.locator("body")).to_contain_text("$70,000 a year")


def test_a_slip_is_said_beside_its_field(visitor: Visitor) -> None:
    page = visitor.open("/find-help/")
    answer(page)
    page.get_by_role("button", name="Change an answer").click()
    page.get_by_label("How old is the person who is ill?").fill("200")
    page.get_by_role("button", name="Show what may fit").click()

    expect(page.get_by_role("alert")).to_contain_text("from 0 to 120")
    expect(page.get_by_label("Where do you live?")).to_have_value("Ohio")
    assert barriers(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_the_answer(
    visitor: Visitor, scheme: Literal["light", "dark"]
) -> None:
    page = visitor.open("/find-help/")
    answer(page)
    page.emulate_media(color_scheme=scheme)
    found = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found += barriers(page, scheme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"]
    assert found == []
