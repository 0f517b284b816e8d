"""Somebody with a browser, and a note of everything that must never happen to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, ViewportSize

from tests.served import Served

PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}


class Visitor:
    """A browser window. `troubles` are console errors, refusals by the content policy, errors in
    scripts, and requests to other hosts."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.troubles: list[str] = []
        self.expects_refusal = False
        page.on("console", self._heard)
        page.on("pageerror", self._broke)
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        is_refusal = "Failed to load resource: the server responded" in message.text
        if message.type in ("error", "warning") and not (is_refusal and self.expects_refusal):
            self.troubles.append(f"{self.page.url}: {message.text}")

    def _broke(self, error: Error) -> None:
        self.troubles.append(f"{self.page.url}: {error}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.troubles.append(f"{self.page.url}: asked {request.url}")

    def open(self, path: str, *, status: int = 200) -> Page:
        """Go to a page, which must answer with that status."""
        self.expects_refusal = status >= 400
        response = self.page.goto(self.url + path)
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        return self.page

    def kept(self) -> dict[str, Any]:
        """All that the site has left in the browser. A page without our scripts has to be open:
        the search page hides its storage."""
        in_session: dict[str, str] = self.page.evaluate("() => ({...window.sessionStorage})")
        state = self.page.context.storage_state(indexed_db=True)
        return {"cookies": state["cookies"], "local": state["origins"], "session": in_session}

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        width: int = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width


@contextmanager
def visiting(
    browser: Browser, site: Served, *, url: str | None = None, **options: Any
) -> Iterator[Visitor]:
    """A window of its own. Whatever was done in it, nothing forbidden may have happened."""
    options.setdefault("viewport", DESK)
    context = browser.new_context(reduced_motion="reduce", service_workers="block", **options)
    context.set_default_timeout(15_000)
    try:
        visitor = Visitor(context.new_page(), site.url if url is None else url)
        yield visitor
        assert visitor.troubles == []
    finally:
        context.close()
