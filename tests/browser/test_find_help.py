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


def test_on_a_phone_it_asks_one_question_at_a_time_without_a_script(
    without_script: Visitor,
) -> None:
    page = without_script.open("/find-help/")
    page.set_viewport_size(PHONE)
    questions = page.locator(".question-card:visible")
    expect(questions).to_have_count(1)
    page.get_by_label("Living costs").check()
    page.get_by_role("link", name="Next question").click()
    expect(questions).to_have_count(1)
    page.get_by_label("Which illness?").fill("breast cancer")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("Living costs")).to_be_checked()
    page.get_by_role("button", name="Show what may fit").click()

    expect(page.get_by_role("list", name="What you said")).to_contain_text("Breast cancer")


def test_a_desk_has_all_questions_at_once(visitor: Visitor) -> None:
    page = visitor.open("/find-help/")
    page.set_viewport_size(DESK)

    expect(page.locator(".question-card:visible")).to_have_count(8)
    expect(page.get_by_role("link", name="Next question").first).not_to_be_visible()


def test_names_are_suggested_while_somebody_types_and_stand_in_no_address(
    visitor: Visitor,
) -> None:
    page = visitor.open("/find-help/")
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    box = page.get_by_role("combobox", name="Which illness?")
    box.press_sequentially("leuk")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_be_visible()
    assert barriers(page) == []
    box.press("ArrowDown")
    box.press("Enter")

    expect(box).to_have_value("Leukemia")
    expect(options.first).not_to_be_visible()
    assert "POST" in {method for method, url in asked if "/suggestions/" in url}
    assert not [url for _method, url in asked if "leuk" in url.lower()]
    assert page.url.endswith("/find-help/")


def test_a_resource_says_in_place_if_it_could_be_for_me(without_script: Visitor) -> None:
    page = without_script.open("/resources/susan-g-komen-komen-financial-assistance-program/")
    box = page.get_by_role("region", name="Could this be for me?")
    box.get_by_text("Answer 4 questions").click()
    box.get_by_label("Which illness?").fill("breast cancer")
    box.get_by_label("Where do you live?").fill("Ohio")
    box.get_by_label("How many people live in your home?").fill("2")
    box.get_by_label("Dollars").fill("70k")
    box.get_by_role("button", name="Show if it may fit").click()

    expect(box).to_contain_text("Probably not")
    expect(box).to_contain_text("That is $5,080 over. Ask: limits can bend.")
    assert page.url.endswith("/#for-me")
    box.get_by_text("Change your answers").click()
    expect(box.get_by_label("Dollars")).to_have_value("70k")


def test_axe_finds_no_barrier_in_the_box(visitor: Visitor) -> None:
    page = visitor.open("/resources/susan-g-komen-komen-financial-assistance-program/")
    page.get_by_text("Answer 4 questions").click()
    page.get_by_label("How many people live in your home?").fill("0")
    page.get_by_role("button", name="Show if it may fit").click()

    expect(page.get_by_role("alert")).to_contain_text("Count yourself too")
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_enter_key_sends_what_is_written_not_what_is_offered(without_script: Visitor) -> None:
    page = without_script.open("/find-help/")
    page.get_by_label("Which illness?").fill("leuk")
    page.get_by_role("button", name="Show what may fit").last.click()
    expect(page.get_by_role("button", name="Leukemia", exact=True)).to_be_visible()
    page.get_by_label("Which illness?").fill("lupus")
    page.get_by_label("Which illness?").press("Enter")

    expect(page.get_by_role("list", name="What you said")).to_have_text("Lupus")


def test_what_is_offered_can_be_taken_without_a_script(without_script: Visitor) -> None:
    page = without_script.open("/find-help/")
    page.get_by_label("Which illness?").fill("leuk")
    page.get_by_role("button", name="Show what may fit").last.click()
    page.get_by_role("button", name="Leukemia", exact=True).click()

    expect(page.get_by_role("list", name="What you said")).to_have_text("Leukemia")


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


def test_what_is_said_beside_the_filters_goes_along_and_stands_in_no_address(
    visitor: Visitor,
) -> None:
    page = visitor.open("/search/?condition=breast-cancer")
    page.set_viewport_size(DESK)
    page.get_by_text("Would it fit this person?").click()
    page.get_by_label("People in the home").fill("2")
    page.get_by_label("Income before tax, in dollars").fill("70k")
    page.get_by_role("button", name="Show what fits").click()
    expect(page.get_by_role("status").filter(has_text="probably not for them")).to_be_visible()
    assert barriers(page) == []

    page.locator("#facet-need").get_by_role("link", name="Living costs").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Living costs")
    expect(page.get_by_label("Income before tax, in dollars")).to_have_value("70k")
    page.get_by_label("State", exact=True).select_option("OH")
    page.locator("#facet-area").get_by_role("button", name="Choose").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ohio")
    expect(page.get_by_label("People in the home")).to_have_value("2")
    assert "70k" not in page.url
    page.locator("#fit").get_by_role("link", name="Clear").click()
    expect(page.get_by_label("People in the home")).to_have_value("")


def test_what_is_said_goes_along_through_lists_and_suggestions_before_it_was_sent(
    visitor: Visitor,
) -> None:
    page = visitor.open("/search/?need=copay")
    page.set_viewport_size(DESK)
    page.get_by_text("Would it fit this person?").click()
    page.get_by_label("People in the home").fill("2")
    page.locator("#facet-condition summary").click()
    page.locator("#facet-condition").get_by_role("link", name="from A to Z").click()
    expect(page.get_by_label("People in the home")).to_have_value("2")
    page.locator(".letters a").first.click()
    expect(page.get_by_label("People in the home")).to_have_value("2")
    page.get_by_role("combobox", name="Search for help").press_sequentially("free medi")
    page.get_by_role("listbox").get_by_role("option").first.click()
    expect(page.get_by_label("People in the home")).to_have_value("2")
    assert "people" not in page.url
