"""The copy of the site in plain files, as somebody sees it while all else is down."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.visitor import PHONE
from tests.served import Served
from tests.standin.crawling import serving

pytestmark = pytest.mark.browser

FILL = "from tests.standin.making import directory; directory()"
PATHS = (
    "/",
    "/es/",
    "/resources/copay-and-rides/",
    "/es/resources/copay-and-rides/",
    "/organisations/alpine-aid/",
    "/needs/copay/insurance-uninsured/",
    "/search/",
    "/search/names/",
    "/search/phones/",
    "/find-help/",
    "/open-now/",
)


@pytest.fixture(scope="module")
def copy(prepared: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy of a small directory; nothing but a web server for files is there."""
    folder = tmp_path_factory.mktemp("copy")
    static = prepared.environment["SERVED_STATIC"]
    small = Served(folder, f"sqlite:///{folder / 'small.sqlite3'}", SERVED_STATIC=static)
    small.manage("migrate")
    small.manage("shell", "-c", FILL)
    small.manage("export_static", str(folder / "site"))
    with serving(folder / "site") as address:
        yield address


@pytest.mark.parametrize("width", [PHONE["width"], 1280])
def test_it_can_be_read_with_nothing_else_to_reach(
    chromium: Browser, copy: str, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    elsewhere: list[str] = []

    def let_through(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(copy).netloc:
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", let_through)
    page = context.new_page()
    for path in PATHS:
        answer = page.goto(f"{copy}{path}")
        assert answer is not None
        assert answer.status == 200
        assert page.locator(".copied").is_visible()
        assert page.locator("form, main button").count() == 0
        styled = page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
        assert styled != "rgba(0, 0, 0, 0)"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(copy)
    page.get_by_role("link", name="Browse all help").click()
    page.get_by_role("navigation", name="By name").get_by_role("link", name="C").click()
    page.get_by_role("link", name="Copay & rides").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Copay & rides"
    page.get_by_role("link", name="Español").click()
    assert urlsplit(page.url).path == "/es/resources/copay-and-rides/"
    context.close()
    assert elsewhere == []
