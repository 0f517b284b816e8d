"""The same requests to a real web server, over a raw socket: with `--full` only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.attack import by_socket
from tests.attack.answers import tally
from tests.attack.malformed import Attack, attacks
from tests.served import Served, database
from tests.telling import Tell

pytestmark = pytest.mark.server

# What is no HTTP/1.1 at all, or lies about itself.
NO_HTTP = {
    "nothing": b"",
    "zeros": b"\x00" * 5_000,
    "a greeting for TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xaa" * 500,
    "no version": b"GET /\r\n\r\n",
    "an unknown version": b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: example.org\r\n\r\n",
    "half a request": b"GET / HT",
    "half the headers": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-",
    "a header without a name": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n: a\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n c\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    "a zero in a header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\x00c\r\n\r\n",
    "a thousand headers": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    + b"X-A: b\r\n" * 1_000
    + b"\r\n",
    "a raw byte in the path": b"GET /\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a body that never comes": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nq",
    "a negative length": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n"
    b"Content-Length: 2\r\n\r\nab",
    "a length and chunks": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin/ HTTP/1.1\r\n\r\n",
    "broken chunks": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz",
    "a tunnel": b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n",
    "another site": b"GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\n\r\n",
}


@pytest.fixture(scope="module")
def prepared(
    in_full: None,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    with django_db_blocker.unblock(), database(folder) as url:
        served = Served(folder, url)
        served.prepare()
        yield served
        served.stop()


@pytest.fixture
def site(prepared: Served) -> Served:
    """A web server with the starter data."""
    prepared.start()
    return prepared


def test_the_server_answers_every_malformed_request_rightly(site: Served, tell: Tell) -> None:
    found = tally(by_socket.send_all(attacks(), site.port))
    tell(f"A real server: {found}")
    assert found.failures == []
    log = site.log.read_text(errors="replace")
    assert "GET /search/" in log
    assert [line for line in log.splitlines() if "?" in line] == []


@pytest.mark.parametrize("said", NO_HTTP.values(), ids=NO_HTTP)
def test_the_server_outlives_what_is_no_request(site: Served, said: bytes) -> None:
    assert not by_socket.speak(said, site.port).startswith((b"HTTP/1.1 5", b"HTTP/1.0 5"))
    assert by_socket.send(Attack("", b"/healthz"), site.port).body == b"ok"
