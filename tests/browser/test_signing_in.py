"""Signing in with an app and with a passkey, and the pages for it on every screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.signing_in import PASSWORD, add_app, type_password
from tests.browser.test_accessibility import SCHEMES, barriers
from tests.browser.visitor import DESK, PHONE, Visitor, visiting
from tests.second_factor import code_of
from tests.served import Served

pytestmark = pytest.mark.browser

SETUP = "/admin/second-factor/"


@pytest.fixture
def window(chromium: Browser, desk: Served) -> Iterator[Visitor]:
    """At `localhost`: browsers know passkeys there, and at no bare number."""
    with visiting(chromium, desk, url=desk.url.replace("127.0.0.1", "localhost")) as visitor:
        yield visitor


def newcomer(desk: Served, name: str) -> str:
    """Somebody who has not signed in yet."""
    who = ("--username", name, "--email", f"{name}@example.org", "--role", "administrator")
    desk.manage("make_curator", "--no-input", *who)
    return name


def give_passkeys(page: Page) -> None:
    """A device that holds passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def add_passkey(page: Page, *, alone: bool) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    if alone:
        page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have saved them").click()
    page.get_by_role("link", name="Go to the desk").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def is_at_the_desk(page: Page) -> None:
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()


def test_somebody_signs_in_with_password_and_app(window: Visitor, desk: Served) -> None:
    name = newcomer(desk, "app")
    page = window.open("/admin/")
    type_password(page, name, PASSWORD)
    key = add_app(page)
    page.get_by_role("link", name="Go to the desk").click()
    is_at_the_desk(page)
    sign_out(page)

    type_password(page, name, PASSWORD)
    # The code of the next half-minute: this one's may have been used a moment ago.
    page.get_by_label("Code from your app").fill(code_of(key, later=1))
    page.get_by_role("button", name="Go on").click()

    is_at_the_desk(page)


def test_somebody_signs_in_with_password_and_passkey(window: Visitor, desk: Served) -> None:
    name = newcomer(desk, "key")
    page = window.open("/admin/")
    give_passkeys(page)
    type_password(page, name, PASSWORD)
    add_passkey(page, alone=False)
    is_at_the_desk(page)
    sign_out(page)

    type_password(page, name, PASSWORD)
    page.get_by_role("button", name="Use a passkey").click()

    is_at_the_desk(page)


def test_somebody_signs_in_with_a_passkey_alone(window: Visitor, desk: Served) -> None:
    name = newcomer(desk, "alone")
    page = window.open("/admin/")
    give_passkeys(page)
    type_password(page, name, PASSWORD)
    add_passkey(page, alone=True)
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    is_at_the_desk(page)


def test_it_says_so_where_a_passkey_is_not_to_be_had(window: Visitor) -> None:
    page = window.open("/admin/login/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")  # without any device
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")

    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_have_text(
        "The passkey was not used. Try again, or use another way."
    )


def test_it_needs_no_script_for_the_app(chromium: Browser, desk: Served) -> None:
    name = newcomer(desk, "plain")
    with visiting(chromium, desk, java_script_enabled=False) as visitor:
        page = visitor.open("/admin/")
        type_password(page, name, PASSWORD)
        add_app(page)
        page.get_by_role("link", name="Go to the desk").click()
        is_at_the_desk(page)


def test_every_page_has_no_barrier_and_fits_a_phone(window: Visitor, desk: Served) -> None:
    name = newcomer(desk, "axe")
    found: dict[str, list[str]] = {}

    def look(page: Page, what: str) -> None:
        for size, scheme in ((PHONE, SCHEMES[0]), (PHONE, SCHEMES[1]), (DESK, SCHEMES[1])):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            told = [f"{size['width']} {scheme}: {barrier}" for barrier in barriers(page, scheme)]
            if wide := window.overflow():
                told.append(f"{size['width']}: {wide} pixels too wide")
            found.setdefault(what, []).extend(told)

    page = window.open("/admin/")
    give_passkeys(page)
    look(page, "sign in")
    type_password(page, name, "wrong")
    look(page, "refused")
    type_password(page, name, PASSWORD)
    look(page, "nothing yet")
    look(window.open(f"{SETUP}app/add/"), "app")
    page.get_by_label("Type the code").fill("000000")
    page.get_by_role("button", name="Add the app").click()
    look(page, "wrong code")
    window.open(SETUP)
    page.get_by_role("link", name="Add an app").click()
    key = page.locator("#key").inner_text()
    page.get_by_label("Type the code").fill(code_of(key))
    page.get_by_role("button", name="Add the app").click()
    look(page, "codes")
    window.open(f"{SETUP}passkeys/add/")
    look(page, "passkey")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    look(page, "all there is")
    for what in ("codes/", "codes/new/", "passkeys/", "app/remove/"):
        look(window.open(SETUP + what), what)
    page.get_by_role("link", name="Back").click()
    window.open(f"{SETUP}passkeys/")
    page.get_by_role("link", name="Change the name").click()
    look(page, "name")
    window.open(f"{SETUP}passkeys/")
    page.get_by_role("link", name="Remove").click()
    look(page, "remove")
    for what in ("/admin/password_change/", "/admin/logout/", "/admin/resources/auditevent/"):
        look(window.open(what), what)
    window.open("/admin/")
    sign_out(page)
    type_password(page, name, PASSWORD)
    look(page, "second step")

    assert {what: told for what, told in found.items() if told} == {}
