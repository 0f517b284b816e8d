"""How httpx gets out: to checked addresses only, and within a budget.

A name is resolved once. Every address that it has is checked, and the connection goes to one of
those very addresses, so that no second answer of a name server counts. TLS and the Host header keep
the name.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import ssl
from collections.abc import Iterable, Iterator

import httpcore
import httpx

from . import addresses
from .answers import Stopped, Trouble
from .budget import Budget
from .streams import Plain

MOST_TRIED = 3  # addresses of one host
PATIENCE = 4  # seconds for a connection to one of them


@functools.cache
def certificates() -> ssl.SSLContext:
    """Whom to believe: the authorities that httpx comes with. Read once, because it takes long."""
    return httpx.create_ssl_context(trust_env=False)


class Transport(httpx.BaseTransport):
    """For an `httpx.Client`: each request on a connection of its own, paid from the budget."""

    def __init__(self, budget: Budget) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates(),
            max_keepalive_connections=0,
            network_backend=Backend(budget),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and return with the headers read. Raises `Stopped` and httpcore's exceptions."""
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Hang up."""
        self._pool.close()


class Body(httpx.SyncByteStream):
    """The body of an answer, as it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        """Read no further."""
        self._answer.close()


class Backend(httpcore.NetworkBackend):
    """Where httpcore opens its connections."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to a host, all of whose addresses may be reached. Raises `Stopped`."""
        found = addresses.resolve(host, self._budget.seconds())
        for address in found:
            if not addresses.may_reach(address, port):
                raise Stopped(Trouble.REFUSED, f"{host} is at {address}, port {port}")
        return Plain(self._connect(found[:MOST_TRIED], port), self._budget)

    def _connect(self, found: Iterable[str], port: int) -> socket.socket:
        why = Stopped(Trouble.NO_NAME, "no addresses")
        for address in found:
            try:
                return _connected(address, port, min(PATIENCE, self._budget.seconds()))
            except TimeoutError:
                why = Stopped(Trouble.TIMEOUT, f"no connection to {address}")
            except OSError as error:
                why = Stopped(Trouble.UNREACHABLE, f"{address}: {error.strerror or error}")
        raise why


def _connected(address: str, port: int, seconds: float) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with contextlib.ExitStack() as unless_connected:
        line = unless_connected.enter_context(socket.socket(family, socket.SOCK_STREAM))
        line.settimeout(seconds)
        line.connect((address, port))
        unless_connected.pop_all()
    return line
