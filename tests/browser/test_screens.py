"""Small screens, large letters, and where the eye falls first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.browser.pages import CLOSED, ENDED, LONGEST_NAME, NOT_FOUND, PAGES, RESOURCE
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser


def bottom(place: Locator) -> float:
    """How far down its lower edge is, in pixels."""
    box = place.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_no_page_scrolls_sideways_on_a_small_phone(on_phone: Visitor) -> None:
    wide = {}
    for name, path in {**PAGES, **NOT_FOUND}.items():
        on_phone.open(path, status=404 if name in NOT_FOUND else 200)
        wide[name] = on_phone.overflow()
    assert {name: pixels for name, pixels in wide.items() if pixels} == {}


def test_no_page_scrolls_sideways_at_twice_the_size(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 640, "height": 400})
    wide = {}
    for name, path in PAGES.items():
        visitor.open(path)
        wide[name] = visitor.overflow()
    assert {name: pixels for name, pixels in wide.items() if pixels} == {}


def test_letters_of_twice_the_size_cut_nothing_off(visitor: Visitor) -> None:
    wide = {}
    for name, path in PAGES.items():
        page = visitor.open(path)
        page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        wide[name] = visitor.overflow()
    assert {name: pixels for name, pixels in wide.items() if pixels} == {}


@pytest.mark.parametrize("path", [RESOURCE, LONGEST_NAME, f"/es{RESOURCE}"])
def test_the_phone_number_is_on_the_first_screen_of_a_resource(
    on_phone: Visitor, path: str
) -> None:
    page = on_phone.open(path)
    assert bottom(page.locator("main a.phone").first) <= PHONE["height"]


@pytest.mark.parametrize("path", [CLOSED, ENDED])
def test_the_first_screen_says_that_it_is_closed(on_phone: Visitor, path: str) -> None:
    page = on_phone.open(path)
    assert bottom(page.locator(".notice h2")) <= PHONE["height"]
    assert bottom(page.locator(".notice h2")) < bottom(page.locator("main a.phone").first)


def test_a_closed_fund_has_no_primary_button(visitor: Visitor) -> None:
    page = visitor.open(CLOSED)
    assert page.locator("main .button:not(.plain), main button:not(.plain)").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_every_page_names_somebody_to_talk_to(without_script: Visitor, name: str) -> None:
    page = without_script.open(PAGES[name])
    numbers = page.locator(".talk a[href^='tel:']").all_inner_texts()
    assert len(set(numbers)) == 3
    assert numbers[-1] == "988"
