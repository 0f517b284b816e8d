"""A hostile server, and the seam through which the tests reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from resources.trust.links import Answer, Limits, addresses, agent_of, fetch
from tests.trust.links.hostile import TRICKS, Server

AGENT = agent_of("https://directory.example/about/")
# Small, so that what never ends does so soon.
SMALL = Limits(seconds=1.2, wire=200_000, text=50_000, hops=5)

Fetch = Callable[[str], Answer]


def open_seam(patch: pytest.MonkeyPatch, *ports: int) -> None:
    """Let 127.0.0.1 be reached at these ports; all else is checked as ever."""
    check = addresses.may_reach
    patch.setattr(
        addresses,
        "may_reach",
        lambda address, port: (address == "127.0.0.1" and port in ports) or check(address, port),
    )


def name(patch: pytest.MonkeyPatch, *hosts: str) -> None:
    """Let these hosts be this machine."""
    ask = addresses.resolve
    patch.setattr(
        addresses,
        "resolve",
        lambda host, seconds: ["127.0.0.1"] if host in hosts else ask(host, seconds),
    )


@pytest.fixture
def closed() -> Iterator[Server]:
    """A hostile server that cannot be reached."""
    with Server(dict(TRICKS)).running() as server:
        yield server


@pytest.fixture
def server(closed: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A hostile server, with the seam open for it."""
    open_seam(monkeypatch, closed.port)
    return closed


@pytest.fixture
def look(server: Server) -> Fetch:
    """Ask for a path of the server, within small limits."""
    return lambda path: fetch(server.url(path), agent=AGENT, limits=SMALL)
