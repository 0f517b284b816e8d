"""Asks servers for pages and notes how long each takes, by one client or by several at once."""

from __future__ import annotations

import gzip
import http.client
import json
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, NamedTuple, Protocol, Self, TypeVar

PATIENCE = 120  # seconds for one answer


class Server(Protocol):
    """What listens on a port of this machine."""

    port: int


Some = TypeVar("Some", bound=Server)


class Timing(NamedTuple):
    """A page, and the seconds until the whole of it had come."""

    path: str
    seconds: float


class Client:
    """A browser: one lasting connection, compressed pages; `cookie` is sent with each request."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        self._own = {"Cookie": cookie} if cookie else {}
        self._line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._line.close()

    def ask(self, path: str, form: str | None = None) -> Timing:
        """How long this page takes; with a form (urlencoded), the page that answers it."""
        began = time.perf_counter()
        self._fetch(path, form)
        return Timing(path, time.perf_counter() - began)

    def read(self, path: str) -> str:
        """The text of this page."""
        return gzip.decompress(self._fetch(path)).decode()

    def json(self, path: str) -> Any:
        """What this address says in JSON, compressed or not."""
        content = self._fetch(path)
        is_zipped = content.startswith(b"\x1f\x8b")
        return json.loads(gzip.decompress(content) if is_zipped else content)

    def _fetch(self, path: str, form: str | None = None) -> bytes:
        """The compressed page. Raises `RuntimeError` for any answer but 200."""
        headers = {"Accept-Encoding": "gzip", **self._own}
        if form is None:
            self._line.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self._line.request("POST", path, form, headers)
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body


def in_turn(servers: Sequence[Some], paths: Sequence[str]) -> dict[Some, list[Timing]]:
    """Every page from every server, one request at a time; each server begins equally often."""
    timings: dict[Some, list[Timing]] = {server: [] for server in servers}
    with ExitStack() as stack:
        clients = {server: stack.enter_context(Client(server)) for server in servers}
        for number, path in enumerate(paths):
            first = number % len(servers)
            for server in [*servers[first:], *servers[:first]]:
                timings[server].append(clients[server].ask(path))
    return timings


def at_once(server: Server, paths: Iterable[str], clients: int) -> list[Timing]:
    """Every page from one server, each by whichever client is free."""
    ahead = iter(list(paths))

    def visit(_number: int) -> list[Timing]:
        with Client(server) as client:
            return [client.ask(path) for path in ahead]

    with ThreadPoolExecutor(clients) as pool:
        return [timing for timings in pool.map(visit, range(clients)) for timing in timings]


def once(server: Server, path: str) -> float:
    """The seconds that one page takes over a connection of its own."""
    with Client(server) as client:
        return client.ask(path).seconds
