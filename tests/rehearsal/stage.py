"""The server that plays all sites, and the way to it.

What is replaced is what lies outside: what name servers say (`addresses._ask`), which authority is
believed (`transport.certificates`), and that a site's address here may be reached
(`addresses.may_reach`). Each site gets a loopback address of its own, from 127.1.0.1 on. The last
step of a connection is led from there to the server's port, because ports 80 and 443 are not ours
to open; it leads nowhere else. All else is the code that visits the public web.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from resources.trust.links import addresses, transport
from tests.rehearsal.cases import CASES, ELSEWHERE, ROBOTS, Case, renamed, site
from tests.rehearsal.certificates import Authority
from tests.trust.links import hostile
from tests.trust.links.hostile import TLS_HELLO, Request, Server, Trick

WORKS = CASES[0]
FIRST = ipaddress.IPv4Address("127.1.0.1")
WEB = frozenset({80, 443})
CONNECTED = transport._connected


@dataclass(slots=True)
class Playing(Server):
    """Serves http and https alike, by the name that is asked for."""

    sites: Mapping[str, Case] = field(default_factory=dict)

    def trick_for(self, request: Request) -> Trick:
        """What the site does with this request."""
        case = self.sites[site(request.headers["host"])]
        if request.path == ROBOTS:
            return case.robots
        return hostile.page() if request.path == ELSEWHERE else case.plays

    def _secured(self, line: socket.socket) -> socket.socket:
        is_tls = line.recv(1, socket.MSG_PEEK) == TLS_HELLO[:1]
        return self.context.wrap_socket(line, server_side=True) if is_tls and self.context else line


@dataclass(slots=True)
class Stage:
    """The sites in play, and what came to their doors."""

    sites: Mapping[str, Case]
    port: int
    at: dict[str, str] = field(init=False)  # host -> its loopback address
    knocks: list[tuple[str, float]] = field(default_factory=list)  # address, `time.monotonic`
    most_at_once: int = 0  # connections to all sites together
    elsewhere: list[str] = field(default_factory=list)  # what was to be connected to besides
    _lines: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = {host: str(FIRST + number) for number, host in enumerate(self.sites)}

    def name_servers(self, host: str, answers: queue.SimpleQueue[list[str] | Exception]) -> None:
        """Tell where a site is, as `addresses._ask` does."""
        name = site(host)
        case = self.sites.get(name)
        if case is None or case.at == "":
            answers.put(socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
        else:
            answers.put([case.at or self.at[name]])

    def door(self, address: str, port: int, seconds: float) -> socket.socket:
        """A connection to the site at this address, as `transport._connected` makes it."""
        if address not in self.at.values() or port not in WEB:
            self.elsewhere.append(f"{address}, port {port}")
            raise OSError(f"nothing leads to {address}, port {port}")
        self.knocks.append((address, time.monotonic()))
        line = CONNECTED("127.0.0.1", self.port, seconds)
        self._lines = [line, *(other for other in self._lines if other.fileno() >= 0)]
        self.most_at_once = max(self.most_at_once, len(self._lines))
        return line


@contextlib.contextmanager
def stage(sites: Mapping[str, Case], folder: Path) -> Iterator[Stage]:
    """Let all these sites play, and those that they were renamed to. Certificates go into
    `folder`."""
    led_to = {renamed(host): WORKS for host, case in sites.items() if case.is_renamed}
    everybody = {**led_to, **sites}
    authority = Authority(folder)
    contexts = authority.contexts({host: case.certificate for host, case in everybody.items()})
    believed = ssl.create_default_context(cafile=authority.certificate)
    with (
        Playing({}, context=_by_name(contexts), sites=everybody).running() as server,
        pytest.MonkeyPatch.context() as patch,
    ):
        found = Stage(everybody, server.port)
        check, here = addresses.may_reach, frozenset(found.at.values())
        patch.setattr(addresses, "_ask", found.name_servers)
        patch.setattr(
            addresses,
            "may_reach",
            lambda address, port: (address in here and port in WEB) or check(address, port),
        )
        patch.setattr(transport, "_connected", found.door)
        patch.setattr(transport, "certificates", lambda: believed)
        yield found


def _by_name(contexts: Mapping[str, ssl.SSLContext]) -> ssl.SSLContext:
    """Speaks TLS as the site that is asked for."""

    def choose(line: ssl.SSLObject, host: str | None, _context: ssl.SSLContext) -> None:
        line.context = contexts[host or ""]

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = choose
    return context
