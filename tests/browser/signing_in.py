"""Signing in as a curator does it, by the pages."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.second_factor import code_of


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
