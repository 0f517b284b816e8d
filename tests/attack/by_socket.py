"""Sends attacks over a raw socket: what no client library would let through arrives as it is."""

from __future__ import annotations

import gzip
import http.client
import io
import socket
import time
from collections.abc import Iterable, Iterator

from tests.attack.answers import Answer
from tests.attack.malformed import Attack

PATIENCE = 30  # seconds for one answer
SILENCE = 0.5  # seconds after which nobody will say anything


def send_all(attacks: Iterable[Attack], port: int) -> Iterator[tuple[Attack, Answer]]:
    """Every attack with its answer, one after the other."""
    for attack in attacks:
        yield attack, send(attack, port)


def send(attack: Attack, port: int) -> Answer:
    """One answer; status 0 where the server said nothing."""
    began = time.perf_counter()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            _say(line, as_bytes(attack))
            status, headers, body = _heard(line, attack.method)
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, (), b"", time.perf_counter() - began, repr(error))
    return Answer(status, headers, body, time.perf_counter() - began)


def as_bytes(attack: Attack) -> bytes:
    """The request as it goes over the wire."""
    headers = dict(attack.headers)
    headers.setdefault("Host", b"127.0.0.1")
    if attack.body:
        headers["Content-Length"] = str(len(attack.body)).encode()
    headers["Connection"] = b"close"
    lines = [attack.method.encode() + b" " + attack.target + b" HTTP/1.1"]
    lines += [name.encode() + b": " + value for name, value in headers.items()]
    return b"\r\n".join([*lines, b"", attack.body])


def _say(line: socket.socket, request: bytes) -> None:
    """A server that refuses early may stop to listen; its answer can be read all the same."""
    try:
        line.sendall(request)
    except (BrokenPipeError, ConnectionResetError):
        return


def _heard(line: socket.socket, method: str) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    response = http.client.HTTPResponse(line, method=method)
    response.begin()
    body = response.read()
    if response.getheader("Content-Encoding") == "gzip" and body:
        body = gzip.GzipFile(fileobj=io.BytesIO(body)).read()
    return response.status, tuple(response.getheaders()), body


def speak(raw: bytes, port: int) -> bytes:
    """What the server says to bytes that are no HTTP request; empty where it hangs up or waits."""
    with socket.create_connection(("127.0.0.1", port), timeout=SILENCE) as line:
        _say(line, raw)
        try:
            return line.recv(65536)
        except (ConnectionResetError, TimeoutError):
            return b""
