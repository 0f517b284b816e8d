"""Whatever the other side does: what it is taken for, and that it costs little."""

from __future__ import annotations

import random
import socket
import time
import tracemalloc

import pytest

from resources.trust.links import Limits, Outcome, fetch, judge
from tests.trust.links.conftest import AGENT, SMALL, Fetch, name, open_seam
from tests.trust.links.hostile import MEGABYTE, Line, Server

pytestmark = pytest.mark.server

CASES = [
    ("/page", Outcome.OK),
    ("/201", Outcome.OK),
    ("/204", Outcome.OK),
    ("/206", Outcome.OK),
    ("/pdf", Outcome.OK),
    ("/404", Outcome.GONE),
    ("/410", Outcome.GONE),
    ("/soft-404", Outcome.SOFT_404),
    ("/401", Outcome.BLOCKED),
    ("/403", Outcome.BLOCKED),
    ("/429", Outcome.BLOCKED),
    ("/451", Outcome.BLOCKED),
    ("/999", Outcome.BLOCKED),
    ("/500", Outcome.SERVER_ERROR),
    ("/503", Outcome.SERVER_ERROR),
    ("/400", Outcome.SERVER_ERROR),
    ("/304", Outcome.SERVER_ERROR),
    ("/head-403", Outcome.OK),
    ("/head-404", Outcome.OK),
    ("/head-405", Outcome.OK),
    ("/head-500", Outcome.OK),
    ("/head-501", Outcome.OK),
    ("/head-lies", Outcome.GONE),
    ("/head-with-body", Outcome.OK),
    ("/silent", Outcome.TIMEOUT),
    ("/never-ends", Outcome.OK),
    ("/drips", Outcome.TIMEOUT),
    ("/drips-headers", Outcome.TIMEOUT),
    ("/header-flood", Outcome.UNREACHABLE),
    ("/early-flood", Outcome.UNREACHABLE),
    ("/for-ever", Outcome.UNREACHABLE),
    ("/flood", Outcome.UNREACHABLE),
    ("/loop", Outcome.UNREACHABLE),
    ("/to-metadata", Outcome.REFUSED),
    ("/to-localhost", Outcome.REFUSED),
    ("/to-other-port", Outcome.REFUSED),
    ("/to-mapped", Outcome.REFUSED),
    ("/to-file", Outcome.REFUSED),
    ("/to-gopher", Outcome.REFUSED),
    ("/to-password", Outcome.REFUSED),
    ("/to-nonsense", Outcome.REFUSED),
    ("/to-home", Outcome.SOFT_404),
    ("/to-home-for-good", Outcome.SOFT_404),
    ("/to-error-page", Outcome.SOFT_404),
    ("/moved", Outcome.MOVED),
    ("/moved-308", Outcome.MOVED),
    ("/moved-then-lent", Outcome.MOVED),
    ("/lent", Outcome.OK),
    ("/promises-too-much", Outcome.OK),
    ("/promises-too-little", Outcome.OK),
    ("/promises-nonsense", Outcome.UNREACHABLE),
    ("/chunks", Outcome.TIMEOUT),
    ("/bomb", Outcome.OK),
    ("/packed-twice", Outcome.OK),
    ("/brotli", Outcome.OK),
    ("/deflate", Outcome.OK),
    ("/raw-deflate", Outcome.OK),
    ("/gzip", Outcome.OK),
    ("/damaged-gzip", Outcome.OK),
    ("/hangs-up", Outcome.UNREACHABLE),
    ("/no-http", Outcome.UNREACHABLE),
]  # fmt: skip


@pytest.mark.parametrize(("path", "outcome"), CASES, ids=[path for path, _ in CASES])
def test_it_is_told_apart_at_little_cost(
    server: Server, look: Fetch, path: str, outcome: Outcome
) -> None:
    began = time.monotonic()
    answer = look(path)
    finding = judge(server.url(path), answer)

    assert finding.outcome == outcome, answer
    assert time.monotonic() - began < SMALL.seconds + 1
    assert answer.wire <= SMALL.wire
    assert len(answer.text) <= SMALL.text


@pytest.mark.parametrize("path", ["/drips-headers", "/never-ends", "/bomb", "/early-flood"])
def test_it_keeps_what_was_promised_with_the_usual_limits(server: Server, path: str) -> None:
    began = time.monotonic()
    answer = fetch(server.url(path), agent=AGENT)
    judge(server.url(path), answer)

    assert time.monotonic() - began <= 10
    assert answer.wire <= 2 * MEGABYTE


def test_a_gigabyte_of_zeros_takes_no_memory(server: Server) -> None:
    fetch(server.url("/page"), agent=AGENT)  # reads the certificates
    tracemalloc.start()
    answer = fetch(server.url("/bomb"), agent=AGENT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(answer.text) == Limits().text
    assert not answer.is_whole
    assert peak < 30 * MEGABYTE


def test_a_server_that_does_not_accept_is_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        port = listening.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for line in waiting:
            line.setblocking(False)
            line.connect_ex(("127.0.0.1", port))
        open_seam(monkeypatch, port)
        url = f"http://127.0.0.1:{port}/"
        answer = fetch(url, agent=AGENT, limits=SMALL)
        for line in waiting:
            line.close()

    assert judge(url, answer).outcome == Outcome.TIMEOUT
    assert answer.seconds < SMALL.seconds + 1


def test_a_port_where_nobody_listens_is_unreachable(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    open_seam(monkeypatch, port)
    url = f"http://127.0.0.1:{port}/"

    assert judge(url, fetch(url, agent=AGENT)).outcome == Outcome.UNREACHABLE


def test_a_home_page_that_leads_to_another_name_is_renamed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, "old.example", "new.test")
    server.tricks["/"] = lambda line: (
        line.answer(301, b"", Location=server.url("/welcome", "new.test"))
        if line.request.headers["host"].startswith("old")
        else line.answer(200)
    )
    server.tricks["/welcome"] = lambda line: line.answer(200)
    url = server.url("/", "old.example")
    finding = judge(url, fetch(url, agent=AGENT))

    assert finding.outcome == Outcome.RENAMED
    assert finding.address == server.url("/welcome", "new.test")


def test_random_bytes_raise_nothing(server: Server, look: Fetch) -> None:
    chance = random.Random(20261127)
    valid = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
        b"Location: http://a.example:80/\r\nSet-Cookie: a=b; Path=/; Expires=Wed\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    )

    def mangled(line: Line) -> None:
        raw = bytearray(valid)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        line.say(bytes(raw))

    server.tricks["/mangled"] = mangled
    for _ in range(150):
        judge(server.url("/mangled"), look("/mangled"))
