"""One server and one browser for all tests here, and a window of its own for each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import PHONE, Visitor, visiting
from tests.served import Served

FLAGS = (
    "--no-sandbox",  # it would not start for root; it only ever sees our own pages
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is missing. On Debian and Ubuntu: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("site")
    served = Served(folder, f"sqlite:///{folder / 'db.sqlite3'}")
    served.prepare()
    served.manage("publish_data")
    yield served
    served.stop()


@pytest.fixture
def site(prepared: Served) -> Served:
    """A server with the starter data."""
    prepared.start()
    return prepared


@pytest.fixture
def visitor(chromium: Browser, site: Served) -> Iterator[Visitor]:
    """Somebody at a desk."""
    with visiting(chromium, site) as visitor:
        yield visitor


@pytest.fixture
def on_phone(chromium: Browser, site: Served) -> Iterator[Visitor]:
    """Somebody with a small phone."""
    with visiting(chromium, site, viewport=PHONE, has_touch=True, is_mobile=True) as visitor:
        yield visitor


@pytest.fixture
def without_script(chromium: Browser, site: Served) -> Iterator[Visitor]:
    """Somebody whose browser runs no scripts."""
    with visiting(chromium, site, java_script_enabled=False) as visitor:
        yield visitor
