"""How much has to come before somebody can read: for a phone far from a mast."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request

from tests.browser.pages import RESOURCE
from tests.browser.visitor import Visitor
from tests.telling import Tell

pytestmark = pytest.mark.browser

MOST_OF_ALL, MOST_HTML = 60_000, 14_000  # bytes over the wire, compressed

FIRST_VIEWS = {
    "home": "/",
    "search": "/search/",
    "search with words": "/search/?q=copay",
    "resource": RESOURCE,
    "home in Spanish": "/es/",
    "search in Spanish": "/es/search/",
    "resource in Spanish": f"/es{RESOURCE}",
}


@pytest.mark.parametrize("name", FIRST_VIEWS)
def test_a_first_view_is_small(visitor: Visitor, name: str, tell: Tell) -> None:
    asked: list[Request] = []
    visitor.page.on("requestfinished", lambda request: asked.append(request))
    visitor.open(FIRST_VIEWS[name])
    visitor.page.wait_for_load_state("networkidle")
    sizes = {request.url: request.sizes()["responseBodySize"] for request in asked}
    html = sizes[visitor.page.url]
    tell(f"First view of {name}: {html} bytes of HTML, {sum(sizes.values())} in all")
    assert html <= MOST_HTML
    assert sum(sizes.values()) <= MOST_OF_ALL
