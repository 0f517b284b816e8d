"""Somebody reports what is wrong, without a script; a curator reads it beside the entry."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from resources.forms.tickets import LEAST
from tests.browser.pages import RESOURCE
from tests.browser.test_accessibility import SCHEMES, barriers
from tests.browser.test_privacy import NOTHING
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

NAME = "Road To Recovery"


def barriers_on_any_screen(page: Page) -> list[str]:
    """What axe finds on the open page, on a phone and at a desk, in light and in dark."""
    found = []
    for size in (PHONE, DESK):
        for scheme in SCHEMES:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            found += [f"{size['width']} {scheme}: {each}" for each in barriers(page, scheme)]
    return found


def wait_as_a_person(page: Page) -> None:
    page.wait_for_timeout(1000 * (LEAST + 1))


def write(page: Page, words: str) -> None:
    page.get_by_label("The phone number or address is wrong").check()
    page.get_by_label("Tell us more").fill(words)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()


def test_a_problem_is_reported_from_a_page_without_a_script(without_script: Visitor) -> None:
    page = without_script.open(RESOURCE)
    page.get_by_role("link", name="Something wrong? Tell us").click()
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    write(page, "Nobody answers.")
    wait_as_a_person(page)
    send(page)

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert without_script.kept() == NOTHING
    page.reload()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name=f"Back to {NAME}").click()
    assert page.url.endswith(RESOURCE)


def test_an_organization_is_suggested_from_the_foot_of_a_page(without_script: Visitor) -> None:
    page = without_script.open("/search/?q=secret")
    page.get_by_role("link", name="Suggest an organization").click()
    page.get_by_label("What is it called?").fill("Rides for All")
    page.get_by_label("Its website").fill("www.example.org")
    wait_as_a_person(page)
    send(page)

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_the_words_of_a_search_do_not_travel(without_script: Visitor) -> None:
    page = without_script.open("/search/?q=secret")
    page.get_by_role("link", name="Report a problem with this page").click()

    assert page.url.endswith("/report/?about=/search/")
    assert "secret" not in page.content()


def test_who_sends_too_fast_sends_again_with_nothing_lost(without_script: Visitor) -> None:
    page = without_script.open("/report/")
    write(page, "The number is dead.")
    page.get_by_label("Your email, if you want an answer").fill("jo@example.org")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Please send it again.")
    expect(page.get_by_label("Tell us more")).to_have_value("The number is dead.")
    expect(page.get_by_label("The phone number or address is wrong")).to_be_checked()
    wait_as_a_person(page)
    send(page)

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_the_keyboard_does_not_meet_the_hidden_field(without_script: Visitor) -> None:
    page = without_script.open("/report/")
    page.get_by_label("Your email, if you want an answer").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Privacy").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Is an organization missing?")).to_be_focused()


@pytest.mark.parametrize(
    ("path", "wrong"),
    [("/report/", "Choose what is wrong."), ("/suggest/", "Write the name of it.")],
)
def test_axe_finds_no_barrier_where_something_is_to_be_mended(
    visitor: Visitor, path: str, wrong: str
) -> None:
    page = visitor.open(path)
    page.get_by_label("Your email, if you want an answer").fill("jo")
    wait_as_a_person(page)
    send(page)

    expect(page.get_by_role("alert")).to_contain_text(wrong)
    expect(page.get_by_role("alert")).to_contain_text("This is no email address.")
    assert barriers_on_any_screen(page) == []
    page.set_viewport_size(PHONE)
    assert visitor.overflow() <= 0


def test_a_curator_reads_it_beside_the_entry_and_closes_it(
    reader: Visitor,
    pat: Visitor,
) -> None:
    page = reader.open(f"/report/?about={RESOURCE}")
    write(page, "They moved to another number.\n" + "a" * 200)
    page.get_by_label("Your email, if you want an answer").fill("jo@example.org")
    wait_as_a_person(page)
    send(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()

    page = pat.open("/admin/")
    page.get_by_role("link", name="Reports", exact=True).click()
    expect(page.get_by_role("heading", name="Select report")).to_be_visible()
    assert barriers_on_any_screen(page) == []
    page.get_by_role("link", name="The phone number or address is wrong").first.click()
    expect(page.get_by_role("link", name="Answer jo@example.org by email")).to_be_visible()
    assert barriers_on_any_screen(page) == []
    page.set_viewport_size(PHONE)
    assert pat.overflow() <= 0
    page.get_by_role("link", name="Open the form of").click()
    beside = page.get_by_role("complementary", name="Reports about this")
    expect(beside).to_contain_text("They moved to another number.")
    assert barriers_on_any_screen(page) == []
    page.set_viewport_size(DESK)
    page.get_by_label("How to get it").first.scroll_into_view_if_needed()
    expect(beside).to_be_in_viewport()
    beside.get_by_role("link", name="The phone number or address is wrong").first.click()
    page.get_by_label("What you found and did (optional)").fill("The new number is in.")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("body")).to_contain_text("The report is closed.")
