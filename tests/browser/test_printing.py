"""A resource on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import CLOSED, LONGEST_NAME, RESOURCE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", [RESOURCE, LONGEST_NAME, CLOSED, f"/es{RESOURCE}"])
def test_a_resource_fits_on_two_sheets(visitor: Visitor, path: str) -> None:
    pdf = visitor.open(path).pdf(format="Letter")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


def test_paper_has_the_phone_number_and_no_navigation(visitor: Visitor) -> None:
    page = visitor.open(RESOURCE)
    page.emulate_media(media="print")
    expect(page.locator("main a.phone").first).to_be_visible()
    for left_out in ("header nav", ".tongue", ".skip", "footer ul"):
        expect(page.locator(left_out)).to_be_hidden()


def test_printed_results_have_neither_filters_nor_forms(visitor: Visitor) -> None:
    page = visitor.open("/search/?need=travel&area=OH")
    page.emulate_media(media="print")
    expect(page.locator(".result a.phone").first).to_be_visible()
    for left_out in ("#filters", ".pager", "form.ask"):
        expect(page.locator(left_out)).to_be_hidden()
