"""Certificates are checked, against the name in the address."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator

import pytest

from resources.trust.links import Answer, Outcome, fetch, judge, transport
from tests.trust.links.conftest import AGENT, SMALL, name, open_seam
from tests.trust.links.hostile import SELF_SIGNED, TRICKS, Line, Server

pytestmark = pytest.mark.server


@pytest.fixture
def secure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose certificate says "good.example" and is signed by nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    with Server(dict(TRICKS), context=context).running() as server:
        open_seam(monkeypatch, server.port)
        name(monkeypatch, "good.example", "other.example")
        yield server


@pytest.fixture
def believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let its certificate be believed."""
    context = ssl.create_default_context(cafile=SELF_SIGNED)
    monkeypatch.setattr(transport, "certificates", lambda: context)


def look(url: str) -> Answer:
    return fetch(url, agent=AGENT, limits=SMALL)


def test_a_certificate_that_nobody_vouches_for_is_tls_trouble(secure: Server) -> None:
    url = secure.url("/page", "good.example")
    answer = look(url)

    assert judge(url, answer).outcome == Outcome.TLS
    assert answer.detail.startswith("self")
    assert secure.requests == []


@pytest.mark.usefixtures("believed")
def test_a_good_certificate_is_well_and_the_host_keeps_its_name(secure: Server) -> None:
    url = secure.url("/page", "good.example")
    answer = look(url)

    assert judge(url, answer).outcome == Outcome.OK
    assert "copays" in answer.text
    assert {one.headers["host"] for one in secure.requests} == {f"good.example:{secure.port}"}


@pytest.mark.usefixtures("believed")
def test_the_name_is_told_before_the_certificate_is_shown(secure: Server) -> None:
    told: list[str] = []
    assert secure.context is not None
    secure.context.sni_callback = lambda line, host, context: told.append(str(host))
    look(secure.url("/page", "good.example"))

    assert set(told) == {"good.example"}


@pytest.mark.usefixtures("believed")
def test_a_certificate_of_another_name_is_tls_trouble(secure: Server) -> None:
    url = secure.url("/page", "other.example")

    assert judge(url, look(url)).outcome == Outcome.TLS


def test_a_server_that_speaks_no_tls_is_tls_trouble(server: Server) -> None:
    url = server.url("/page").replace("http://", "https://")

    assert judge(url, look(url)).outcome == Outcome.TLS


def test_a_server_that_keeps_silent_in_the_middle_is_a_timeout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with _silent() as (url, port):
        open_seam(monkeypatch, port)

        assert judge(url, look(url)).outcome == Outcome.TIMEOUT


@pytest.mark.usefixtures("believed")
def test_the_bytes_of_tls_are_counted(secure: Server) -> None:
    answer = look(secure.url("/204", "good.example"))

    assert answer.wire > 1_000


@pytest.mark.usefixtures("believed")
@pytest.mark.parametrize("path", ["/never-ends", "/drips", "/header-flood", "/bomb"])
def test_the_limits_hold_in_tls_too(secure: Server, path: str) -> None:
    answer = look(secure.url(path, "good.example"))

    assert answer.seconds < SMALL.seconds + 1
    assert answer.wire <= SMALL.wire


@pytest.mark.usefixtures("believed")
def test_a_server_that_hangs_up_without_a_word_has_ended_its_page(secure: Server) -> None:
    def page(line: Line) -> None:
        line.begin()
        line.say(b"<p>All of it")

    secure.tricks["/abrupt"] = page
    answer = look(secure.url("/abrupt", "good.example"))

    assert (answer.trouble, answer.text) == (None, "<p>All of it")


@contextlib.contextmanager
def _silent() -> Iterator[tuple[str, int]]:
    """A port that is open, where nobody says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        yield f"https://127.0.0.1:{port}/", port
