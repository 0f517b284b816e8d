"""One server and one browser for all tests here, and a window of its own for each."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.signing_in import PASSWORD, signed_in
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


@pytest.fixture(scope="session")
def staffed(prepared: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The starter data with three curators; it is only copied."""
    served = _copy(prepared, tmp_path_factory.mktemp("staffed"))
    for name, role in (("pat", "publisher"), ("olga", "publisher"), ("eve", "editor")):
        who = ("--username", name, "--email", f"{name}@example.org", "--role", role)
        served.manage("make_curator", "--no-input", *who)
    return served


@pytest.fixture(scope="module")
def copied(staffed: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A copy with curators: no test of another module meets what is written."""
    served = _copy(staffed, tmp_path_factory.mktemp("desk"))
    yield served
    served.stop()


def _copy(original: Served, folder: Path) -> Served:
    here, there = folder / "db.sqlite3", original.environment["DATABASE_URL"]
    with (
        closing(sqlite3.connect(there.removeprefix("sqlite:///"))) as source,
        closing(sqlite3.connect(here)) as target,
    ):
        source.backup(target)
    static = original.environment["SERVED_STATIC"]
    return Served(folder, f"sqlite:///{here}", SERVED_STATIC=static, CURATOR_PASSWORD=PASSWORD)


@pytest.fixture
def desk(copied: Served) -> Served:
    """A server with curators."""
    copied.start()
    return copied


@pytest.fixture
def pat(chromium: Browser, desk: Served) -> Iterator[Visitor]:
    """A publisher at the desk."""
    with signed_in(chromium, desk, "pat") as visitor:
        yield visitor


@pytest.fixture
def olga(chromium: Browser, desk: Served) -> Iterator[Visitor]:
    """Another publisher."""
    with signed_in(chromium, desk, "olga") as visitor:
        yield visitor


@pytest.fixture
def eve(chromium: Browser, desk: Served) -> Iterator[Visitor]:
    """An editor."""
    with signed_in(chromium, desk, "eve") as visitor:
        yield visitor


@pytest.fixture
def reader(chromium: Browser, desk: Served) -> Iterator[Visitor]:
    """Somebody who reads what curators publish there."""
    with visiting(chromium, desk) as visitor:
        yield visitor
