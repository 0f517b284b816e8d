"""Suggestions below the search box: by keyboard, by touch, heard, and without scripts."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from tests.browser.test_accessibility import SCHEMES, barriers
from tests.browser.visitor import DESK, PHONE, Visitor, visiting
from tests.served import Served

pytestmark = pytest.mark.browser

BROKEN = "<main><h1>Sorry</h1></main>"


def box_on(page: Page) -> Locator:
    return page.locator("form.ask input[name=q]")


def options_on(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def type_in(page: Page, words: str) -> Locator:
    """Type, and wait for what is suggested."""
    box = box_on(page)
    box.press_sequentially(words)
    expect(options_on(page).first).to_be_visible()
    return box


def asked_by(page: Page) -> list[str]:
    """The words that are sent to be completed, as they are."""
    found: list[str] = []

    def note(request: Request) -> None:
        if "/suggestions/" in request.url:
            found.extend(parse_qs(urlsplit(request.url).query).get("q", []))

    page.on("request", note)
    return found


@pytest.mark.parametrize("path", ["/", "/search/?need=travel", "/conditions/"])
def test_the_search_box_is_a_combobox(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    box = page.get_by_role("combobox", name="Search for help")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    expect(box).to_have_attribute("aria-expanded", "false")
    type_in(page, "leuk")
    expect(box).to_have_attribute("aria-expanded", "true")
    controlled = page.locator(f"#{box.get_attribute('aria-controls')}")
    expect(controlled).to_have_attribute("role", "listbox")
    expect(controlled).to_have_attribute("aria-label", "Suggestions")


def test_nothing_is_chosen_until_the_reader_chooses(visitor: Visitor) -> None:
    page = visitor.open("/")
    box = type_in(page, "leuk")
    assert box.get_attribute("aria-activedescendant") is None
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    box.press("Enter")
    page.wait_for_url("**/search/?q=leuk")


def test_the_arrows_go_through_the_list_and_around(visitor: Visitor) -> None:
    page = visitor.open("/")
    box = type_in(page, "leuk")
    last = options_on(page).count()
    for key, place in (("Down", 1), ("Down", 2), ("Up", 1), ("Up", last), ("Down", 1)):
        box.press(f"Arrow{key}")
        expect(box).to_have_attribute("aria-activedescendant", f"suggestion-q-{place}")
        chosen = page.locator("[role=option][aria-selected=true]")
        expect(chosen).to_have_attribute("id", f"suggestion-q-{place}")
    expect(box).to_be_focused()
    expect(box).to_have_value("leuk")


def test_typing_on_leaves_the_option(visitor: Visitor) -> None:
    page = visitor.open("/")
    box = type_in(page, "leu")
    box.press("ArrowDown")
    box.press("k")
    assert box.get_attribute("aria-activedescendant") is None


def test_a_chosen_term_is_searched_for_beside_the_words_before_it(visitor: Visitor) -> None:
    page = visitor.open("/")
    box = type_in(page, "copay gleev")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/search/?q=copay&medicine=imatinib")
    expect(page.locator("#title")).to_contain_text("imatinib (Gleevec, Imkeldi)")


def test_a_chosen_term_is_added_to_the_filters(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=travel&area=OH")
    box = type_in(page, "leuk")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**condition=leukemia**")
    assert "need=travel" in page.url
    assert "area=OH" in page.url


def test_a_chosen_state_takes_the_place_of_another(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=travel&area=OH")
    box = type_in(page, "texa")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**area=TX**")
    expect(page.locator("#title")).to_contain_text("Texas")
    expect(page.locator("#title")).not_to_contain_text("Ohio")


def test_a_chosen_organisation_is_opened(visitor: Visitor) -> None:
    page = visitor.open("/")
    box = type_in(page, "LLS")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/organisations/blood-cancer-united/")


def test_escape_closes_the_list_then_empties_the_box(visitor: Visitor) -> None:
    page = visitor.open("/")
    box = type_in(page, "leuk")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("leuk")
    box.press("Escape")
    expect(box).to_have_value("")


def test_an_arrow_opens_the_list_again(visitor: Visitor) -> None:
    page = visitor.open("/")
    box = type_in(page, "leuk")
    box.press("Escape")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-q-1")


def test_tab_leaves_without_choosing(visitor: Visitor) -> None:
    page = visitor.open("/")
    box = type_in(page, "leuk")
    box.press("ArrowDown")
    box.press("Tab")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("leuk")
    assert urlsplit(page.url).path == "/"


@pytest.mark.parametrize(
    ("path", "words", "said"),
    [("/", "LLS", "1 suggestion"), ("/", "leuk", "8 suggestions"), ("/es/", "LLS", "1 sugerencia")],
)
def test_how_many_there_are_is_said(visitor: Visitor, path: str, words: str, said: str) -> None:
    page = visitor.open(path)
    type_in(page, words)
    expect(page.locator("form.ask [aria-live=polite]")).to_have_text(said)
    box_on(page).press("Escape")
    expect(page.locator("form.ask [aria-live=polite]")).to_be_empty()


def test_it_waits_for_a_pause_before_it_asks(visitor: Visitor) -> None:
    page = visitor.open("/")
    asked = asked_by(page)
    box_on(page).press_sequentially("leukemia", delay=50)
    expect(options_on(page).first).to_be_visible()
    assert asked == ["leukemia"]


def test_nothing_is_asked_for_a_letter_or_once_the_reader_has_left(visitor: Visitor) -> None:
    page = visitor.open("/")
    asked = asked_by(page)
    box_on(page).press_sequentially("l")
    page.wait_for_timeout(400)
    box_on(page).press_sequentially("eukemia")
    box_on(page).press("Tab")
    page.wait_for_timeout(400)
    assert asked == []
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_a_late_answer_is_thrown_away(visitor: Visitor) -> None:
    page = visitor.open("/")
    late: list[Route] = []
    page.route("**/suggestions/?q=leuk", lambda route: late.append(route))
    box_on(page).press_sequentially("leuk")
    page.wait_for_timeout(400)
    assert len(late) == 1
    type_in(page, " copay medicare")
    late[0].continue_()
    page.wait_for_timeout(400)
    expect(options_on(page).first).to_contain_text("Medicare")


def test_it_works_as_before_where_no_suggestion_can_be_had(visitor: Visitor) -> None:
    page = visitor.open("/")
    visitor.expects_refusal = True
    page.route("**/suggestions/**", lambda route: route.fulfill(status=500, body=BROKEN))
    box_on(page).press_sequentially("leuk")
    page.wait_for_timeout(400)
    expect(page.get_by_text("Sorry")).to_have_count(0)
    box_on(page).press("Enter")
    page.wait_for_url("**/search/?q=leuk")


def test_the_box_that_comes_with_new_results_suggests_too(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=travel")
    page.locator("#filters a:not([aria-current])").first.click()
    expect(page.locator("#filters a[aria-current]")).to_have_count(2)
    expect(box_on(page)).to_have_attribute("role", "combobox")
    type_in(page, "leuk")
    expect(page.locator("form.ask [aria-live]")).to_have_count(1)


def test_a_mouse_chooses(visitor: Visitor) -> None:
    page = visitor.open("/")
    type_in(page, "leuk")
    options_on(page).first.click()
    page.wait_for_url("**condition=leukemia")


def test_a_finger_chooses_on_a_phone(on_phone: Visitor) -> None:
    page = on_phone.open("/")
    type_in(page, "leuk")
    expect(options_on(page).nth(3)).to_be_in_viewport()
    assert on_phone.overflow() == 0
    options_on(page).first.tap()
    page.wait_for_url("**condition=leukemia")


def test_touching_beside_the_list_closes_it(on_phone: Visitor) -> None:
    page = on_phone.open("/")
    type_in(page, "leuk")
    page.locator("h1").tap()
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_it_speaks_spanish_on_spanish_pages(visitor: Visitor) -> None:
    page = visitor.open("/es/")
    box = type_in(page, "cancer de s")
    expect(page.get_by_role("listbox")).to_have_attribute("aria-label", "Sugerencias")
    expect(options_on(page).first).to_have_text("Cáncer de seno Enfermedad")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/es/search/?q=&condition=breast-cancer")


@pytest.mark.parametrize("path", ["/", "/search/?need=travel", "/es/"])
def test_axe_finds_no_barrier_in_the_list_and_it_fits(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    found = []
    for size in (PHONE, DESK):
        for scheme in SCHEMES:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            box_on(page).fill("")
            type_in(page, "imat").press("ArrowDown")
            found += [f"{size['width']} {scheme}: {barrier}" for barrier in barriers(page, scheme)]
            assert visitor.overflow() == 0
    assert found == []


def test_the_option_that_is_reached_is_told_by_more_than_a_colour(
    chromium: Browser, site: Served
) -> None:
    with visiting(chromium, site, forced_colors="active") as visitor:
        page = visitor.open("/")
        type_in(page, "leuk").press("ArrowDown")
        outline = "option => getComputedStyle(option).outlineStyle"
        assert options_on(page).nth(0).evaluate(outline) == "solid"
        assert options_on(page).nth(1).evaluate(outline) == "none"


def test_it_leaves_nothing_in_the_browser(visitor: Visitor) -> None:
    page = visitor.open("/")
    type_in(page, "gleev")
    assert visitor.kept() == {"cookies": [], "local": [], "session": {}}


def test_without_scripts_it_is_a_plain_search_box(without_script: Visitor) -> None:
    page = without_script.open("/")
    box = page.get_by_role("searchbox", name="Search for help")
    assert box.get_attribute("aria-expanded") is None
    box.fill("leuk")
    box.press("Enter")
    page.wait_for_url("**/search/?q=leuk")


def test_the_list_is_not_printed(visitor: Visitor) -> None:
    page = visitor.open("/")
    type_in(page, "leuk")
    page.emulate_media(media="print")
    expect(page.locator("#suggestions-q")).not_to_be_visible()
