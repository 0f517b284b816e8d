"""A connection that pays for every byte and waits no longer than there is time.

TLS is spoken here rather than by `ssl.SSLSocket`, so that the bytes below it are counted as well: a
server can send records without end that no page is ever made of.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from typing import TypeVar

import httpcore

from .answers import Stopped, Trouble
from .budget import Budget

RECORD = 16_384  # the longest record of TLS

Result = TypeVar("Result")


class Plain(httpcore.NetworkStream):
    """A TCP connection. The timeouts that httpcore passes are left aside: the budget rules."""

    def __init__(self, line: socket.socket, budget: Budget) -> None:
        self._line = line
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, none at the end. Raises `Stopped`."""
        try:
            self._line.settimeout(self._budget.seconds())
            data = self._line.recv(self._budget.bytes(max_bytes))
        except TimeoutError:
            raise Stopped(Trouble.TIMEOUT, "the server fell silent") from None
        except OSError as error:
            raise Stopped(Trouble.UNREACHABLE, str(error)) from error
        self._budget.pay(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it. Raises `Stopped`, or `WriteError` where an answer may be there still."""
        try:
            self._line.settimeout(self._budget.seconds())
            self._line.sendall(buffer)
        except TimeoutError:
            raise Stopped(Trouble.TIMEOUT, "the server does not listen") from None
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted. Raises `Stopped`."""
        try:
            return Secure(self, ssl_context, (server_hostname or "").rstrip("."))
        except BaseException:
            self.close()
            raise


class Secure(httpcore.NetworkStream):
    """TLS over a plain connection, with the certificate checked."""

    def __init__(self, below: Plain, context: ssl.SSLContext, name: str) -> None:
        self._below = below
        self._heard, self._to_say = ssl.MemoryBIO(), ssl.MemoryBIO()
        try:
            self._tls = context.wrap_bio(self._heard, self._to_say, server_hostname=name)
            self._do(self._tls.do_handshake)
        except (ssl.SSLError, ValueError) as error:
            raise Stopped(Trouble.TLS, _reason(error)) from error

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, none at the end. Raises `Stopped`."""
        try:
            return self._do(lambda: self._tls.read(max_bytes))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""  # many servers hang up without saying so in TLS
        except ssl.SSLError as error:
            raise Stopped(Trouble.TLS, _reason(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it. Raises as `Plain.write` does."""
        while buffer:
            written = self._write(buffer)
            buffer = buffer[written:]

    def _write(self, buffer: bytes) -> int:
        try:
            return self._do(lambda: self._tls.write(buffer))
        except ssl.SSLError as error:
            raise httpcore.WriteError(_reason(error)) from error

    def close(self) -> None:
        """Hang up."""
        self._below.close()

    def _do(self, step: Callable[[], Result]) -> Result:
        """Take a step of TLS, and send and fetch for it what it needs."""
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                self._say()
                if data := self._below.read(RECORD):
                    self._heard.write(data)
                else:
                    self._heard.write_eof()
            else:
                self._say()
                return result

    def _say(self) -> None:
        if said := self._to_say.read():
            self._below.write(said)


def _reason(error: Exception) -> str:
    verified = getattr(error, "verify_message", "")
    return str(verified or getattr(error, "reason", "") or error)
