"""A primary, two replicas, and a site of two workers over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests import postgresql
from tests.conftest import Network
from tests.replicas.servers import Server, primary_and_replicas
from tests.served import Served

# A curator who has signed in with a second factor: says the key of the session.
SIGN_IN = """
from django.test import Client
from resources.models import Curator
from tests.second_factor import sign_in
curator = Curator.objects.create_superuser("curator", "curator@example.org", "a long password")
print(sign_in(Client(), curator).cookies["sessionid"].value)
"""


@dataclass
class Place:
    """What there is. The replicas are `replica_1` and `replica_2` to the site."""

    primary: Server
    replicas: list[Server]
    site: Served
    session: str

    def visitor(self) -> httpx.Client:
        """Somebody who reads."""
        return httpx.Client(base_url=self.site.url, timeout=30)

    def curator(self) -> httpx.Client:
        """Somebody at the desk."""
        cookies = {"sessionid": self.session}
        return httpx.Client(base_url=self.site.url, timeout=30, cookies=cookies)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """All of it, with the starter data."""
    programs = postgresql.programs()
    if programs is None:
        pytest.skip(f"PostgreSQL is missing. {postgresql.HOW_TO_GET_IT}")
    Network.loopback_is_open = True  # it is opened for each test, and this begins before the first
    folder: Path = tmp_path_factory.mktemp("replicas")
    with primary_and_replicas(programs, 2) as (primary, *replicas):
        urls = ",".join(replica.url for replica in replicas)
        site = Served(folder, primary.url, REPLICA_URLS=urls, WORKERS="2")
        site.prepare()
        session = site.manage("shell", "-c", SIGN_IN).split()[-1]
        try:
            site.start()
            yield Place(primary, replicas, site, session)
        finally:
            site.stop()
