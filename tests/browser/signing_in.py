"""Signing in as a curator does it, by the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.visitor import Visitor, visiting
from tests.second_factor import code_of
from tests.served import Served

PASSWORD = "a-long-and-odd-one"

# What a browser kept of each curator: nobody signs in by the pages twice.
sessions: dict[tuple[str, str], Any] = {}


def type_password(page: Page, name: str, password: str) -> None:
    """Fill in and send the first form."""
    page.get_by_label("Name or email").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_app(page: Page) -> str:
    """Add an authenticator app on the page that tells to, and save the codes; the app's key."""
    page.get_by_role("link", name="Add an app").click()
    key = page.locator("#key").inner_text()
    page.get_by_label("Type the code that the app shows").fill(code_of(key))
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have saved them").click()
    return key


@contextmanager
def signed_in(chromium: Browser, desk: Served, name: str) -> Iterator[Visitor]:
    """A window of that curator at that desk."""
    session = sessions.setdefault((desk.url, name), {})
    if not session:
        with visiting(chromium, desk) as visitor:
            type_password(visitor.open("/admin/"), name, PASSWORD)
            add_app(visitor.page)
            visitor.page.get_by_role("link", name="Go to the desk").click()
            expect(visitor.page.get_by_role("heading", name="What waits")).to_be_visible()
            session.update(visitor.page.context.storage_state())
    with visiting(chromium, desk, storage_state=session) as visitor:
        yield visitor
