"""How pages are asked for and timed."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.bench.asking import at_once, in_turn, once

pytestmark = pytest.mark.server


class Pages(BaseHTTPRequestHandler):
    """Has every page but one."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/missing/" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Listening:
    """A server as it is known by its port."""

    def __init__(self, port: int) -> None:
        self.port = port


@pytest.fixture
def server() -> Iterator[Listening]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Listening(server.server_port)
        server.shutdown()


def test_several_clients_get_every_page_once(server: Listening) -> None:
    paths = [f"/{number}/" for number in range(20)]

    assert sorted(timing.path for timing in at_once(server, paths, 4)) == sorted(paths)


def test_every_server_is_asked_for_every_page(server: Listening) -> None:
    timings = in_turn([server], ["/a/", "/b/"])[server]

    assert [timing.path for timing in timings] == ["/a/", "/b/"]
    assert all(timing.seconds > 0 for timing in timings)


def test_what_is_no_page_is_not_timed(server: Listening) -> None:
    with pytest.raises(RuntimeError, match="/missing/ answered 404"):
        once(server, "/missing/")
