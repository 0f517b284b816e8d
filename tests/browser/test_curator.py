"""A curator's walk: add, publish, mistype, restore, and meet another curator, in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import SCHEMES, barriers
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

ORGANISATIONS = "/admin/resources/organisation/"
RESOURCES = "/admin/resources/resource/"

SUMMARY = "What you get, in two or three sentences:"

# A page that several entries come from, whose address is longer than a phone is wide.
LONG_SOURCE = (
    "https://www.agingcare.com/articles/"
    "prescription-drug-assistance-programs-state-by-state-programs-171447.htm"
)

# What axe finds in stock parts of Django's admin; `/accessibility/` tells of it.
STOCK = ("label-title-only at #searchbar",)


def press(page: Page, name: str) -> None:
    """Press one of the buttons below the form."""
    page.locator(".submit-row").get_by_role("button", name=name, exact=True).click()


def choose(page: Page, field: str, typed: str, wanted: str) -> None:
    """Type into a box that searches, and take the offer that the keyboard stands on."""
    page.locator(f"#id_{field} + .select2").click()
    page.keyboard.type(typed)
    expect(page.locator(".select2-results__option--highlighted")).to_have_text(wanted)
    page.keyboard.press("Enter")


def add_organisation(page: Page, name: str) -> None:
    """Fill in an organisation, up to the button."""
    page.get_by_label("Name:", exact=True).fill(name)
    page.get_by_label("Category:").select_option(label="Charitable foundation")
    page.get_by_label("Number").first.fill("(419) 555-0142")
    page.locator("#phones-0").get_by_label("Spanish", exact=True).check()
    page.get_by_label("Address of the page").first.fill("https://rides.example.org/about")


def add_resource(page: Page, name: str) -> None:
    """Fill in a resource, up to the button; its organisation has been chosen."""
    page.get_by_label("Name:", exact=True).fill(name)
    page.get_by_label(SUMMARY, exact=True).fill("A volunteer drives you to treatment.")
    choose(page, "needs", "ride", "Rides to appointments")
    choose(page, "conditions", "lung", "Lung cancer")
    page.get_by_label("Where:", exact=True).select_option(label="some states")
    choose(page, "states", "ohi", "Ohio")
    page.get_by_label("Income rule").select_option(label="dollars by household size")
    page.get_by_role("button", name="Add another Dollar limit").click()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("40000")
    page.get_by_label("Fund status").select_option(label="open")
    page.locator(".field-fund_status_seen_on").get_by_role("link", name="Today").click()
    page.get_by_label("Address of the page").first.fill("https://rides.example.org/rides")
    page.get_by_label("Date of the page").first.fill("2026-11")


def test_a_curator_adds_an_organisation_with_a_resource_and_publishes_both(
    pat: Visitor, reader: Visitor
) -> None:
    page = pat.open(f"{ORGANISATIONS}add/")
    add_organisation(page, "Harbor Cancer Rides")
    press(page, "Save draft and add a resource")
    add_resource(page, "Rides to treatment by the harbor")
    press(page, "Save draft")
    reader.open("/organisations/harbor-cancer-rides/", status=404)

    page = pat.open("/admin/")
    page.get_by_role("link", name="Harbor Cancer Rides").first.click()
    page.get_by_role("link", name="Publish…").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_have_text("2 entries are public.")

    public = reader.open("/search/?q=harbor+rides&area=OH")
    public.get_by_role("link", name="Rides to treatment by the harbor").click()
    main = public.locator("main")
    for said in ("(419) 555-0142", "$40,000", "Lung cancer", "Spanish spoken", "from a 2026 page"):
        expect(main).to_contain_text(said, ignore_case=True)


def test_what_is_chosen_settles_its_rule_and_the_page_about_it_is_the_source(pat: Visitor) -> None:
    page = pat.open(f"{RESOURCES}add/")
    choose(page, "states", "ohi", "Ohio")
    choose(page, "insurance", "medicaid", "Medicaid")
    page.get_by_label("Percent of the federal guideline").fill("300")
    page.get_by_label("Page about it").fill("https://rides.example.org/rides")
    page.keyboard.press("Tab")

    for field, value in (
        ("area_kind", "states"),
        ("insurance_rule", "listed"),
        ("income_rule", "fpl_percent"),
        ("sources-0-url", "https://rides.example.org/rides"),
    ):
        expect(page.locator(f"#id_{field}")).to_have_value(value)
    page.get_by_label("Page about it").fill("https://rides.example.org/mended")
    page.keyboard.press("Tab")
    expect(page.locator("#id_sources-0-url")).to_have_value("https://rides.example.org/mended")


def test_a_rule_and_a_source_that_were_chosen_stay(pat: Visitor) -> None:
    page = pat.open(f"{RESOURCES}add/")
    page.get_by_label("Insurance rule").select_option(label="any or none")
    page.locator("#id_sources-0-url").fill("https://example.org/news")
    choose(page, "insurance", "medicaid", "Medicaid")
    page.get_by_label("Page about it").fill("https://rides.example.org/rides")
    page.keyboard.press("Tab")

    expect(page.locator("#id_insurance_rule")).to_have_value("any")
    expect(page.locator("#id_sources-0-url")).to_have_value("https://example.org/news")


def test_a_second_resource_begins_like_the_first(pat: Visitor) -> None:
    page = pat.open(f"{RESOURCES}add/")
    choose(page, "organisation", "american cancer soc", "American Cancer Society")
    add_resource(page, "Rides like no other")
    press(page, "Save draft and add one like it")

    expect(page.locator(".standing")).to_contain_text(["Begun like “Rides like no other”"])
    assert found_on(page) == []
    assert pat.overflow() == 0
    expect(page.locator("#id_dollar_limits-0-dollars")).to_have_value("40000")
    page.get_by_label("Name:", exact=True).fill("Gas like no other")
    page.get_by_label(SUMMARY, exact=True).fill("Cards for gas.")
    choose(page, "needs", "ride", "Rides to appointments")
    press(page, "Save draft")
    expect(page.locator(".messagelist")).to_contain_text("“Gas like no other” is saved as a draft")


def test_a_mistyped_form_says_what_to_mend_and_loses_nothing(pat: Visitor) -> None:
    page = pat.open(f"{RESOURCES}add/")
    choose(page, "organisation", "american cancer soc", "American Cancer Society")
    add_resource(page, "Mistyped")
    page.get_by_role("button", name="Add another Phone").click()
    page.keyboard.type("555-01")
    page.get_by_label("Youngest age").fill("60")
    page.get_by_label("Oldest age").fill("18")
    page.get_by_label("Address to apply at").fill("www.example.org")
    press(page, "Save draft")

    mistakes = page.locator("#mistakes")
    expect(mistakes).to_be_focused()
    expect(mistakes.get_by_role("link")).to_have_text(
        ["Oldest age", "Address to apply at", "Phone 1, Number"]
    )
    mistakes.get_by_role("link", name="Phone 1, Number").click()
    expect(page.locator("#id_phones-0-number")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("800-555-0142")
    page.get_by_label("Oldest age").fill("90")
    page.get_by_label("Address to apply at").fill("https://www.example.org")
    press(page, "Save and go on")

    expect(page.locator(".messagelist")).to_contain_text("“Mistyped” is saved as a draft.")
    expect(page.locator("#id_dollar_limits-0-dollars")).to_have_value("40000")
    for chosen in ("Rides to appointments", "Lung cancer", "Ohio"):
        expect(page.get_by_role("listitem").filter(has_text=chosen)).to_be_visible()


def test_a_wrong_change_is_seen_in_the_history_and_brought_back(
    pat: Visitor, reader: Visitor
) -> None:
    address = "/resources/american-cancer-society-road-to-recovery/"
    right = reader.open(address).locator("main").inner_text()
    page = pat.open(f"{RESOURCES}?q=road+to+recovery")
    page.get_by_role("link", name="Road To Recovery").first.click()
    page.get_by_label(SUMMARY, exact=True).fill("Flights to the moon.")
    press(page, "Save and publish")
    reader.page.reload()  # a page that is opened again may be as it was for half a minute
    assert "Flights to the moon." in reader.page.locator("main").inner_text()

    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="What you get").click()
    expect(page.locator(".difference ins").first).to_have_text("Flights")
    page.get_by_role("link", name="Bring back version 1").click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".messagelist")).to_contain_text("Version 1 is back.")
    reader.page.reload()
    assert reader.page.locator("main").inner_text() == right


def test_the_second_of_two_curators_chooses(pat: Visitor, olga: Visitor) -> None:
    address = change_address(pat, "Cancer Support Community")
    mine, theirs = pat.open(address), olga.open(address)
    theirs.get_by_label("City").fill("Salem")
    press(theirs, "Save and publish")
    mine.get_by_label("City").fill("Boston")
    mine.get_by_label("Summary:").fill("They listen.")
    press(mine, "Save and publish")

    expect(mine.get_by_role("heading", name="Two people changed this")).to_be_visible()
    mine.get_by_label("Take this: City").check()
    mine.locator(".conflict").get_by_role("button", name="Save and publish").click()

    expect(mine.locator(".messagelist")).to_contain_text("is saved and public.")
    expect(mine.get_by_label("City")).to_have_value("Salem")
    expect(mine.get_by_label("Summary:")).to_have_value("They listen.")


def change_address(visitor: Visitor, name: str) -> str:
    """The form of an organisation, found in the list."""
    page = visitor.open(f"{ORGANISATIONS}?q={name}")
    link = page.get_by_role("link", name=name, exact=True).get_attribute("href")
    assert link is not None
    return link.partition("?")[0]


def the_pages(visitor: Visitor) -> dict[str, str]:
    """One page of each kind that we add to Django's admin, or change."""
    form = change_address(visitor, "American Cancer Society").removesuffix("change/")
    return {
        "desk": "/admin/",
        "list": ORGANISATIONS,
        "new organisation": f"{ORGANISATIONS}add/",
        "new resource": f"{RESOURCES}add/",
        "organisation": f"{form}change/",
        "resource": f"{RESOURCES}1/change/",
        "history": f"{form}history/",
        "check": f"{form}check/",
        "withdraw": f"{form}withdraw/",
        "invitation": "/admin/password_reset/",
        "renamed": f"{form}news/renamed/",
        "merged": f"{form}news/merged/",
        "proposals": "/admin/proposals/",
        "changed as one": "/admin/batches/",
        "there twice": "/admin/duplicates/",
        "side by side": "/admin/duplicates/organisation/1/2/",
        "letters": "/admin/letters/",
        "alerts": "/admin/alerts/",
        "check by source": f"/admin/queue/source/?{urlencode({'url': LONG_SOURCE})}",
    }


def found_on(page: Page) -> list[str]:
    """What axe finds on a phone in light and at a desk in dark, stock parts left out."""
    found = []
    for size, scheme in zip((PHONE, DESK), SCHEMES, strict=True):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {barrier}" for barrier in barriers(page)]
    return [barrier for barrier in found if not any(stock in barrier for stock in STOCK)]


def test_axe_finds_no_barrier_on_the_pages_of_the_desk(pat: Visitor) -> None:
    found = {name: found_on(pat.open(path)) for name, path in the_pages(pat).items()}
    assert {name: barriers for name, barriers in found.items() if barriers} == {}


def test_axe_finds_no_barrier_where_something_is_to_be_decided(pat: Visitor, olga: Visitor) -> None:
    page = pat.open(f"{RESOURCES}add/")
    press(page, "Save draft")
    found = {"refused": found_on(page)}
    address = change_address(pat, "Patient Advocate Foundation")
    mine, theirs = pat.open(address), olga.open(address)
    for each, city in ((theirs, "Salem"), (mine, "Boston")):
        each.get_by_label("City").fill(city)
        press(each, "Save and publish")
    found["conflict"] = found_on(mine)
    history = olga.open(address.replace("change", "history"))
    history.get_by_role("button", name="Compare").click()
    found["difference"] = found_on(history)
    history.get_by_role("link", name="Bring back version 1").click()
    found["restore"] = found_on(history)
    assert {name: barriers for name, barriers in found.items() if barriers} == {}


def test_the_desk_fits_a_phone(pat: Visitor) -> None:
    pages = the_pages(pat)
    pat.page.set_viewport_size(PHONE)
    wide = {}
    for name, path in pages.items():
        pat.open(path)
        wide[name] = pat.overflow()
    assert {name: pixels for name, pixels in wide.items() if pixels} == {}


def test_what_differs_stands_whole_on_a_phone(pat: Visitor) -> None:
    """Both sides and the choice between them, without scrolling sideways."""
    pat.page.set_viewport_size(PHONE)
    history = change_address(pat, "Patient Advocate Foundation").replace("change", "history")
    for path in ("/admin/duplicates/organisation/1/2/", history):
        table = pat.open(path).locator(".scrolls")
        hidden = table.evaluate("region => region.scrollWidth - region.clientWidth")
        assert hidden == 0, path


def test_a_new_name_is_written_wherever_the_old_one_stands_and_undone(pat: Visitor) -> None:
    page = pat.open(change_address(pat, "Patient Advocate Foundation"))
    page.get_by_role("link", name="It was renamed").click()
    page.get_by_label("New name").fill("Roadstead Foundation")
    page.get_by_label("The page that says so").fill("https://example.org/news")
    page.get_by_role("button", name="See what follows").click()
    assert found_on(page) == []
    texts = page.locator("textarea")
    expect(texts.first).to_have_value(re.compile("Roadstead Foundation"))
    page.get_by_role("button", name="Save all of it and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("It is saved and public.")
    assert found_on(page) == []
    page.get_by_role("button", name="Undo all of it").click()

    expect(page.locator(".messagelist")).to_contain_text("say again what they said before")


def test_an_organization_goes_on_as_another_and_its_resources_with_it(pat: Visitor) -> None:
    page = pat.open(change_address(pat, "Patient Advocate Foundation"))
    page.get_by_role("link", name="It merged into another").click()
    page.get_by_label("Goes on as").fill("CancerCare")
    page.get_by_label("The page that says so").fill("https://example.org/news")
    page.get_by_role("button", name="See what follows").click()
    fates = page.locator("fieldset.outcomes")
    assert fates.count() > 1
    fates.first.get_by_label("has ended").check()
    assert found_on(page) == []
    page.get_by_role("button", name="Save all of it and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("It is saved and public.")
    page.get_by_role("button", name="Undo all of it").click()

    expect(page.locator(".messagelist")).to_contain_text("say again what they said before")


def test_one_field_of_all_that_a_word_finds_is_changed_on_a_phone_too(pat: Visitor) -> None:
    page = pat.open(f"{RESOURCES}?q=copay")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("change_chosen")
    page.locator("button[name=index]").click()
    page.locator("#field").select_option("needs")
    page.get_by_role("button", name="Choose", exact=True).click()
    page.locator("select[name=needs]").select_option(label="Legal help")
    page.get_by_role("button", name="See what would change").click()
    assert found_on(page) == []
    page.get_by_role("button", name=re.compile(r"^Change \d+ entr")).click()

    expect(page.locator(".messagelist")).to_contain_text("You can undo it here")


def test_what_there_is_already_is_shown_while_a_name_is_typed(pat: Visitor) -> None:
    page = pat.open(f"{ORGANISATIONS}add/")
    page.get_by_label("Name:", exact=True).first.press_sequentially("patient advocate fundation")

    expect(page.locator("#like")).to_contain_text("Patient Advocate Foundation")


def test_two_entries_that_are_one_are_merged_in_three_steps_and_parted_again(
    pat: Visitor, record_property: Callable[[str, object], None]
) -> None:
    page = pat.open("/admin/duplicates/")
    page.get_by_role("button", name="Look now").click()
    began = time.perf_counter()
    page.get_by_role(
        "row", name=re.compile("Cancer Foundation of Northeast Georgia")
    ).first.get_by_role("link", name="Compare").click()
    page.get_by_role("button", name="Merge them").click()
    expect(page.locator(".messagelist")).to_contain_text("They are one now.")
    record_property("seconds", round(time.perf_counter() - began, 2))
    page.get_by_role("button", name="Undo all of it").click()

    expect(page.locator(".messagelist")).to_contain_text("say again what they said before")


def test_an_editor_proposes_a_publisher_sends_back_and_then_publishes(
    eve: Visitor, pat: Visitor, reader: Visitor, record_property: Callable[[str, object], None]
) -> None:
    address = change_address(eve, "Lazarex Cancer Foundation")
    page = eve.open(address)
    page.get_by_label("City").fill("Oakland")
    press(page, "Propose this change")
    expect(page.locator(".messagelist")).to_contain_text("waits for a publisher")
    expect(page.get_by_label("City")).to_have_value("Oakland")

    theirs = pat.open("/admin/proposals/")
    theirs.get_by_role("link", name="Lazarex Cancer Foundation").click()
    assert found_on(theirs) == []
    theirs.get_by_label("A word to whoever proposed it").fill("Where does it say so?")
    theirs.get_by_role("button", name="Send it back").click()

    mine = eve.open("/admin/proposals/")
    expect(mine.locator("#content")).to_contain_text("Where does it say so?")
    mine.get_by_role("link", name="Lazarex Cancer Foundation").click()
    mine.get_by_role("link", name="Go on with it").click()
    expect(mine.get_by_label("City")).to_have_value("Oakland")
    mine.get_by_label("A word for the history").fill("Their contact page.")
    press(mine, "Propose this change")

    began = time.perf_counter()
    theirs = pat.open("/admin/proposals/")
    theirs.get_by_role("link", name="Lazarex Cancer Foundation").first.click()
    theirs.get_by_role("button", name="Publish what is ticked").click()
    expect(theirs.locator(".messagelist")).to_contain_text("is changed and public")
    record_property("seconds to publish", round(time.perf_counter() - began, 2))
    public = reader.open("/search/?q=Lazarex+Cancer+Foundation")
    public.get_by_role("link", name="Lazarex Cancer Foundation").first.click()
    expect(public.locator("main")).to_contain_text("Oakland")


def test_an_organisation_that_closed_takes_its_help_along_and_comes_back(
    pat: Visitor, reader: Visitor
) -> None:
    address = change_address(pat, "Lazarex Cancer Foundation")
    page = pat.open(address)
    page.get_by_role("link", name="It closed").click()
    page.get_by_label("The page that says so").fill("https://example.org/closed")
    page.get_by_label("What became of it").fill("It closed in the fall.")
    page.get_by_role("button", name="See what follows").click()
    assert found_on(page) == []
    page.get_by_role("button", name="Save all of it and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("saved and public")
    public = reader.open("/organisations/lazarex-cancer-foundation/")
    expect(public.locator("main")).to_contain_text("It closed in the fall.")
    page.get_by_role("button", name="Undo all of it").click()

    expect(page.locator(".messagelist")).to_contain_text("said before")
    public.reload()
    expect(public.locator("main")).not_to_contain_text("It closed in the fall.")
