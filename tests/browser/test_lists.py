"""A list put together and handed over, with a browser that runs no script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import RESOURCE
from tests.browser.test_accessibility import barriers
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser


def add_first(page: Page, place: int = 0) -> None:
    page.get_by_role("button", name="Add to my list").nth(place).click()


def names_on(page: Page) -> list[str]:
    """The names of a list, in its order, without what screen readers hear besides."""
    told = page.locator(".entries h2 a").all_inner_texts()
    return [name.removesuffix(" (opens a new tab)") for name in told]


def test_three_are_added_put_in_order_and_opened_from_their_link(without_script: Visitor) -> None:
    page = without_script.open("/search/?need=travel")
    for place in range(2):
        add_first(page, place)
        expect(page.locator(".added:target")).to_be_in_viewport()
    without_script.open(RESOURCE)
    add_first(page)
    page.get_by_role("link", name="My list (3)").click()

    names = names_on(page)
    assert len(names) == 3
    page.get_by_label("Note for: " + names[2]).fill("Call first")
    page.get_by_role("button", name=f"Up {names[2]}").click()
    assert names_on(page) == [names[0], names[2], names[1]]
    expect(page.get_by_label("Note for: " + names[2])).to_have_value("Call first")

    link = page.get_by_label("Link to this list").input_value()
    page.get_by_role("button", name="New list").click()
    expect(page.get_by_text("Your list is empty.")).to_be_visible()
    assert page.context.cookies() == []

    without_script.open(link.removeprefix(without_script.url))
    assert names_on(page) == [names[0], names[2], names[1]]
    page.get_by_role("button", name="Use this list as mine").click()
    expect(page.get_by_role("link", name="My list (3)")).to_be_visible()


def test_a_page_does_not_glide_down_to_what_was_added(without_script: Visitor) -> None:
    page = without_script.open("/search/?need=travel")
    page.emulate_media(reduced_motion="no-preference")
    glides = "() => getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(glides) == "smooth"
    add_first(page, 1)

    expect(page.locator(".added:target")).to_be_in_viewport()
    assert page.evaluate(glides) == "auto"


def test_looking_at_one_of_the_list_loses_no_note(without_script: Visitor) -> None:
    page = without_script.open(RESOURCE)
    add_first(page)
    without_script.open("/list/")
    page.get_by_label("Note for the whole list").fill("Call first")
    with page.context.expect_page() as looked_at:
        page.locator(".entries h2 a").click()

    assert RESOURCE in looked_at.value.url
    expect(page.get_by_label("Note for the whole list")).to_have_value("Call first")


def test_adding_on_an_answer_loses_no_answer(without_script: Visitor) -> None:
    page = without_script.open("/find-help/")
    page.locator("input[name=need]").first.check()
    page.locator("#id_place").fill("Ohio")
    page.locator("#id_income").fill("31,415")
    page.get_by_role("button", name="Show what may fit").last.click()
    said = page.locator(".chips").inner_text()
    before = page.locator("article.result").count()
    add_first(page, 1)

    expect(page.get_by_role("status")).to_contain_text("Your list has 1.")
    expect(page.locator(".added:target")).to_be_in_viewport()
    assert page.locator(".chips").inner_text() == said
    assert page.locator("article.result").count() == before
    assert "31" not in page.url
    page.get_by_role("button", name="Change an answer").click()
    expect(page.locator("#id_income")).to_have_value("31,415")


def test_adding_beside_verdicts_loses_no_answer(without_script: Visitor) -> None:
    page = without_script.open("/search/?need=travel&condition=leukemia&area=OH")
    page.locator("#facet-fit summary").click()
    page.locator("#id_income").fill("31,415")
    page.locator("#id_people").fill("2")
    page.get_by_role("button", name="Show what fits").click()
    add_first(page)

    expect(page.locator("[role=status]", has_text="Your list has 1.")).to_be_visible()
    expect(page.locator("#id_income")).to_have_value("31,415")


def test_a_list_copies_its_link(visitor: Visitor) -> None:
    page = visitor.open(RESOURCE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    add_first(page)
    visitor.open("/list/")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.get_by_label("Link to this list").input_value()


def test_axe_finds_no_barrier_on_a_list_and_it_fits_a_phone(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=travel")
    found = barriers(visitor.open("/list/"))
    visitor.open("/search/?need=travel")
    for place in range(3):
        add_first(page, place)
    visitor.open("/list/")
    shared = page.get_by_label("Link to this list").input_value().removeprefix(visitor.url)
    for path in ("/list/", shared, "/search/?need=travel"):
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            visitor.open(path)
            found += barriers(page)
            assert not visitor.overflow()
    found += barriers(visitor.open(shared[:-2], status=404))
    assert found == []


def test_print_opens_beside_the_list_and_clear_forgets_it(visitor: Visitor) -> None:
    page = visitor.open(RESOURCE)
    add_first(page)
    visitor.open("/list/")
    page.get_by_label("Note for the whole list").fill("Call on Monday")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Print", exact=True).click()
    paper = opened.value
    expect(paper.get_by_text("Call on Monday")).to_be_visible()
    assert barriers(paper) == []
    paper.emulate_media(media="print")
    expect(paper.locator(".bar")).to_be_hidden()
    assert barriers(paper) == []
    paper.close()
    expect(page.get_by_label("Note for the whole list")).to_have_value("Call on Monday")

    page.get_by_role("button", name="Print and clear").click()
    expect(page.get_by_text("Call on Monday")).to_be_visible()
    assert page.context.cookies() == []


def test_the_browser_prints_six_on_one_page_as_the_pdf_does(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=travel")
    for place in range(6):
        add_first(page, place)
    visitor.open("/list/")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Print", exact=True).click()
    paper = opened.value
    paper.wait_for_load_state()  # a page that is still coming in cannot be printed
    pdf = paper.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
