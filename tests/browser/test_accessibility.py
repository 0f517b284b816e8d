"""What axe finds on the public pages: nothing, on a phone and at a desk, in light and in dark."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.browser.pages import NOT_FOUND, TYPES, VARIANTS
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
axe = Axe()


# What can be otherwise in the dark: colours alone.
OF_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


def barriers(page: Page, scheme: str = "light") -> list[str]:
    """What axe finds on the open page: rule, place, and what it says. In the dark, of colours.

    A page that was gone on to by a press is waited for: it may have only begun.
    """
    page.wait_for_load_state()
    # Only what it finds: all that it lets pass is much longer and takes as long again.
    options = {"preload": False, "resultTypes": ["violations"]}
    options |= OF_COLOURS if scheme == "dark" else {}
    return [
        f"{found['id']} at {node['target'][0]}: {node['failureSummary'].splitlines()[1].strip()}"
        for found in axe.run(page, options=options).response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("name", [*TYPES, *NOT_FOUND])
def test_axe_finds_no_barrier_on_any_screen(visitor: Visitor, name: str) -> None:
    page = visitor.open({**TYPES, **NOT_FOUND}[name], status=404 if name in NOT_FOUND else 200)
    found = []
    for size in (PHONE, DESK):
        for scheme in SCHEMES:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            found += [f"{size['width']} {scheme}: {barrier}" for barrier in barriers(page, scheme)]
    assert found == []


@pytest.mark.parametrize("name", VARIANTS)
def test_axe_finds_no_barrier_where_something_is_different(on_phone: Visitor, name: str) -> None:
    assert barriers(on_phone.open(VARIANTS[name])) == []
