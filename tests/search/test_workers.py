"""Several workers of a real server: an edit is seen by all of them, at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.bench.asking import Client
from tests.served import Served, database

pytestmark = pytest.mark.server

# As the project promises it: seconds until an edit is on every public page.
AT_ONCE = 2
CLIENTS, PAGES = 8, 160

PUBLISH = """
from resources import publishing
from resources.models import Resource
resource = Resource.objects.published().filter(needs__slug="copay", lifecycle="running")[0]
resource.name = "AAA called otherwise"
resource.save()
publishing.publish(by="test", entries=[resource])
"""


@pytest.fixture
def site(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Served]:
    """Two workers with the starter data."""
    folder = tmp_path_factory.mktemp("served")
    with django_db_blocker.unblock(), database(folder) as url:
        served = Served(folder, url, WORKERS="2")
        served.prepare()
        served.start()
        try:
            yield served
        finally:
            served.stop()


def pages(site: Served) -> list[str]:
    """The same page many times, each over a connection of its own, so that all workers answer."""

    def read(_number: int) -> str:
        with Client(site) as client:
            return client.read("/search/?need=copay&order=name")

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(read, range(PAGES)))


def test_every_worker_shows_an_edit_within_two_seconds(site: Served) -> None:
    assert not any("AAA called otherwise" in page for page in pages(site))

    site.manage("shell", "-c", PUBLISH)
    time.sleep(AT_ONCE)

    seen = ["AAA called otherwise" in page for page in pages(site)]
    assert all(seen), f"{seen.count(False)} of {PAGES} pages"
