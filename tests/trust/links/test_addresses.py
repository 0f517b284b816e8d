"""Inside addresses cannot be reached, however they are written, named or led to."""

from __future__ import annotations

import socket
import threading

import pytest

from resources.trust.links import Outcome, Trouble, addresses, fetch, judge
from resources.trust.links.answers import Stopped
from tests.trust.links.conftest import AGENT, SMALL, name
from tests.trust.links.hostile import Server

INSIDE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
OUTSIDE = ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::8.8.8.8"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_may_not_be_reached(address: str) -> None:
    assert not addresses.may_reach(address, 80)


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_may_be_reached_at_the_ports_of_the_web(address: str) -> None:
    reached = [port for port in (22, 25, 80, 443, 5432, 8000) if addresses.may_reach(address, port)]

    assert reached == [80, 443]


@pytest.mark.parametrize("word", ["", "localhost", "0x7f.1", "127.1", "127.0.0.1:80", "1e1"])
def test_what_is_no_address_may_not_be_reached(word: str) -> None:
    assert not addresses.may_reach(word, 80)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fe80::1%25eth0]", "0.0.0.0"],
)
def test_an_address_in_a_link_is_refused(host: str) -> None:
    url = f"http://{host}/"

    assert judge(url, fetch(url, agent=AGENT)).outcome == Outcome.REFUSED


@pytest.mark.parametrize("host", ["0177.0.0.1", "2130706433", "0x7f000001", "127.1", "0"])
def test_a_number_that_the_system_reads_as_an_address_is_refused(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = socket.inet_ntoa(socket.inet_aton(host))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: _rows(read))
    url = f"http://{host}/"

    assert judge(url, fetch(url, agent=AGENT)).outcome == Outcome.REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "example.org",
        "http://",
        "http:///path",
        "http://me:secret@example.org/",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://[/",
        "http://xn--/",
        "http://" + "a" * 70_000,
        "",
    ],
)
def test_what_is_no_address_on_the_web_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "resolve", lambda host, seconds: ["8.8.8.8"])

    assert judge(url, fetch(url, agent=AGENT)).outcome == Outcome.REFUSED


@pytest.mark.parametrize("found", [["8.8.8.8", "10.0.0.1"], ["::1", "8.8.8.8"]])
def test_a_name_with_one_inside_address_is_refused_whole(
    found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "resolve", lambda host, seconds: found)

    assert fetch("http://mixed.example/", agent=AGENT).trouble == Trouble.REFUSED


@pytest.mark.server
def test_without_the_seam_this_machine_is_refused(closed: Server) -> None:
    answer = fetch(closed.url(), agent=AGENT)

    assert answer.trouble == Trouble.REFUSED
    assert closed.connections == 0


@pytest.mark.server
def test_a_name_of_this_machine_is_refused_at_the_socket(
    closed: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "PORTS", {closed.port})

    assert fetch(closed.url(host="localhost"), agent=AGENT).trouble == Trouble.REFUSED
    assert closed.connections == 0


@pytest.mark.server
def test_the_connection_goes_to_the_address_that_was_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, "rebinding.example")
    asked: list[str] = []

    def elsewhere(host: str, *args: object, **kwargs: object) -> list[object]:
        asked.append(host)
        return _rows("169.254.169.254")

    monkeypatch.setattr(socket, "getaddrinfo", elsewhere)
    reached = connections(monkeypatch)
    answer = fetch(server.url("/page", "rebinding.example"), agent=AGENT)

    assert answer.is_success
    assert asked == []
    assert reached == {("127.0.0.1", server.port)}


@pytest.mark.server
def test_a_name_that_changes_between_two_requests_is_checked_anew(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = iter([["127.0.0.1"], ["10.0.0.1"]])
    monkeypatch.setattr(addresses, "resolve", lambda host, seconds: next(turns))
    answer = fetch(server.url("/page", "rebinding.example"), agent=AGENT)

    assert answer.trouble == Trouble.REFUSED
    assert server.asked() == ["HEAD /page"]


def test_a_name_server_that_keeps_silent_is_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()

    def silent(*args: object, **kwargs: object) -> list[object]:
        done.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    answer = fetch("http://slow.example/", agent=AGENT, limits=SMALL)
    done.set()

    assert answer.trouble == Trouble.TIMEOUT
    assert answer.seconds < SMALL.seconds + 1


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), Trouble.NO_NAME),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), Trouble.UNREACHABLE),
        (UnicodeError("label too long"), Trouble.NO_NAME),
    ],
    ids=str,
)
def test_only_a_name_that_nobody_has_is_gone(
    error: Exception, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object, **kwargs: object) -> list[object]:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(Stopped) as stopped:
        addresses.resolve("name.example", 1)

    assert stopped.value.trouble == trouble


@pytest.mark.server
def test_the_next_address_is_tried_where_one_does_not_listen(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "resolve", lambda host, seconds: ["::1", "127.0.0.1"])
    monkeypatch.setattr(addresses, "may_reach", lambda address, port: True)

    assert fetch(server.url("/page", "two.example"), agent=AGENT).is_success


def connections(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, int]]:
    """Where sockets connect to, from now on."""
    connect = socket.socket.connect
    reached: set[tuple[str, int]] = set()

    def noted(line: socket.socket, address: tuple[str, int]) -> None:
        reached.add(address)
        connect(line, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return reached


def _rows(address: str) -> list[object]:
    """As `getaddrinfo` tells of one address."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))]
