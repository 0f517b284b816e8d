"""A server on this machine that behaves as badly as it can. What it does is chosen by the path."""

from __future__ import annotations

import contextlib
import gzip
import select
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SELF_SIGNED = Path(__file__).with_name("self_signed.pem")  # for "good.example", valid until 2126

PAGE = b"<title>Help with copays</title><h1>Help with copays</h1><p>Apply by phone."
NOT_THERE = b"<title>Page not found | Fund</title><h1>Sorry</h1>"
MEGABYTE = 1_000_000
TLS_HELLO = b"\x16\x03"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    at: float


@dataclass(slots=True)
class Line:
    """A connection to whoever asked."""

    socket: socket.socket
    request: Request
    stopping: threading.Event
    port: int

    def say(self, data: bytes) -> None:
        self.socket.sendall(data)

    def answer(self, status: int, body: bytes = PAGE, **headers: str) -> None:
        """A whole and honest answer; `Retry_After="1"` is the header Retry-After."""
        given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        head = f"HTTP/1.1 {status} So\r\n{lines}\r\n".encode()
        self.say(head if self.request.method == "HEAD" else head + body)

    def begin(self, headers: str = "") -> bool:
        """Headers of a page without a length; returns whether a body is asked for."""
        self.say(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode())
        return self.request.method != "HEAD"

    def is_wanted(self, pause: float = 0) -> bool:
        """Wait; returns whether to go on."""
        return not self.stopping.wait(pause)


Trick = Callable[[Line], None]


@dataclass(slots=True)
class Server:
    """Serves tricks by path from a port of its own."""

    tricks: dict[str, Trick]
    context: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    port: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lines: list[socket.socket] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http{'s' if self.context else ''}://{host}:{self.port}{path}"

    def asked(self) -> list[str]:
        """What was asked, such as "HEAD /"; robots.txt aside."""
        return [f"{one.method} {one.path}" for one in self.requests if one.path != "/robots.txt"]

    @contextlib.contextmanager
    def running(self) -> Iterator[Server]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.port = listening.getsockname()[1]
            listening.settimeout(0.01)
            waiting = threading.Thread(target=self._wait, args=(listening,))
            waiting.start()
            try:
                yield self
            finally:
                self.stopping.set()
                waiting.join()
                for thread in self._threads:
                    thread.join()

    def _wait(self, listening: socket.socket) -> None:
        while not self.stopping.is_set():
            with contextlib.suppress(TimeoutError):
                line, _ = listening.accept()
                self.connections += 1
                self._lines = [*filter(_is_open, self._lines), line]
                self.most_at_once = max(self.most_at_once, len(self._lines))
                thread = threading.Thread(target=self._serve, args=(line,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, line: socket.socket) -> None:
        try:
            line.settimeout(2)
            with contextlib.suppress(OSError), self._secured(line) as talking:
                request = _heard(talking)
                if request is not None:
                    self.requests.append(request)
                    self.trick_for(request)(Line(talking, request, self.stopping, self.port))
        finally:
            line.close()

    def trick_for(self, request: Request) -> Trick:
        """What is done with a request."""
        return self.tricks.get(request.path.partition("?")[0], nothing)

    def _secured(self, line: socket.socket) -> socket.socket:
        return self.context.wrap_socket(line, server_side=True) if self.context else line


def _is_open(line: socket.socket) -> bool:
    """Whether neither side has hung up: whoever asks us next has closed the one before."""
    try:
        readable, _, _ = select.select([line], [], [], 0)
        return not readable or bool(line.recv(1, socket.MSG_PEEK))
    except (OSError, ValueError):
        return False


def _heard(line: socket.socket) -> Request | None:
    heard = b""
    while b"\r\n\r\n" not in heard:
        data = line.recv(65_536)
        if not data:
            return None
        heard += data
        if heard.startswith(TLS_HELLO):
            line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return None
    first, *lines = heard.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
    return Request(method, path, headers, time.monotonic())


def nothing(line: Line) -> None:
    line.answer(404, b"<title>404</title>")


def page(body: bytes = PAGE, status: int = 200, **headers: str) -> Trick:
    return lambda line: line.answer(status, body, **headers)


def redirect(to: str, status: int = 302) -> Trick:
    """To another address; "{port}" stands for this server's own."""
    return lambda line: line.answer(status, b"", Location=to.replace("{port}", str(line.port)))


def only_by_get(trick: Trick, status: int) -> Trick:
    """HEAD is refused."""
    return lambda line: line.answer(status) if line.request.method == "HEAD" else trick(line)


def never_answers(line: Line) -> None:
    while line.is_wanted(0.05):
        pass


def never_answers_head(line: Line) -> None:
    never_answers(line) if line.request.method == "HEAD" else line.answer(200)


def never_ends(line: Line) -> None:
    if line.begin():
        while line.is_wanted():
            line.say(b"<p>and on and on" * 1_000)


def drips_its_body(line: Line) -> None:
    if line.begin():
        while line.is_wanted(0.05):
            line.say(b"x")


def drips_its_headers(line: Line) -> None:
    line.say(b"HTTP/1.1 200 OK\r\nX-Drip: ")
    while line.is_wanted(0.05):
        line.say(b"x")


def floods_headers(line: Line) -> None:
    line.say(b"HTTP/1.1 200 OK\r\n")
    while line.is_wanted():
        line.say(b"X-Flood: " + b"x" * 1_000 + b"\r\n")


def floods_early_answers(line: Line) -> None:
    while line.is_wanted():
        line.say(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" * 100)


def redirects_for_ever(line: Line) -> None:
    number = int(line.request.path.partition("?")[2] or 0)
    line.answer(301, b"", Location=f"/for-ever?{number + 1}")


def redirects_with_a_flood(line: Line) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /flood\r\nContent-Length: 999999999\r\n\r\n"
    line.say(head)
    while line.is_wanted():
        line.say(b"x" * 10_000)


def promises_too_much(line: Line) -> None:
    line.answer(200, Content_Length="5000000")


def promises_too_little(line: Line) -> None:
    line.answer(200, PAGE + b"x" * MEGABYTE, Content_Length=str(len(PAGE)))


def promises_nonsense(line: Line) -> None:
    line.answer(200, Content_Length="-1")


def chunks_without_end(line: Line) -> None:
    if line.begin("Transfer-Encoding: chunked\r\n"):
        line.say(b"f" * 10_000)
        never_answers(line)


def bomb(line: Line) -> None:
    """A megabyte that unpacks to a gigabyte of zeros."""
    if line.begin("Content-Encoding: gzip\r\n"):
        packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        header = packing.compress(b"")
        ten = packing.compress(bytes(10 * MEGABYTE)) + packing.flush(zlib.Z_FULL_FLUSH)
        more = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        again = more.compress(bytes(10 * MEGABYTE)) + more.flush(zlib.Z_FULL_FLUSH)
        line.say(header + ten + again * 99)


def packed_twice(line: Line) -> None:
    twice = gzip.compress(gzip.compress(bytes(10 * MEGABYTE)))
    line.answer(200, twice, Content_Encoding="gzip, gzip")


def head_brings_a_body(line: Line) -> None:
    line.answer(200)
    if line.request.method == "HEAD":
        line.say(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def hangs_up(line: Line) -> None:
    line.socket.shutdown(socket.SHUT_RDWR)


def is_no_http(line: Line) -> None:
    line.say(b"220 mail.example ESMTP\r\n" * 10)


TRICKS: dict[str, Trick] = {
    "/": page(),
    "/page": page(),
    "/404": page(status=404),
    "/410": page(status=410),
    "/soft-404": page(NOT_THERE),
    "/401": page(status=401),
    "/403": page(status=403),
    "/429": page(status=429, Retry_After="60"),
    "/451": page(status=451),
    "/999": page(status=999),
    "/500": page(status=500),
    "/503": page(status=503),
    "/400": page(status=400),
    "/201": page(status=201),
    "/204": lambda line: line.say(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "/206": page(status=206),
    "/304": lambda line: line.say(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "/pdf": page(b"%PDF-1.7", Content_Type="application/pdf"),
    "/head-405": only_by_get(page(), 405),
    "/head-403": only_by_get(page(), 403),
    "/head-404": only_by_get(page(), 404),
    "/head-501": only_by_get(page(), 501),
    "/head-500": only_by_get(page(), 500),
    "/head-lies": lambda line: line.answer(200 if line.request.method == "HEAD" else 404),
    "/head-silent": never_answers_head,
    "/head-with-body": head_brings_a_body,
    "/silent": never_answers,
    "/never-ends": never_ends,
    "/drips": drips_its_body,
    "/drips-headers": drips_its_headers,
    "/header-flood": floods_headers,
    "/early-flood": floods_early_answers,
    "/for-ever": redirects_for_ever,
    "/flood": redirects_with_a_flood,
    "/loop": redirect("/loop2"),
    "/loop2": redirect("/loop"),
    "/to-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "/to-localhost": redirect("http://localhost/admin/"),
    "/to-other-port": redirect("http://127.0.0.1:5432/"),
    "/to-mapped": redirect("http://[::ffff:127.0.0.1]/"),
    "/to-file": redirect("file:///etc/passwd"),
    "/to-gopher": redirect("gopher://127.0.0.1:{port}/"),
    "/to-nonsense": redirect("http://[/"),
    "/to-password": redirect("http://somebody:secret@127.0.0.1:{port}/page"),
    "/to-home": redirect("/"),
    "/to-home-for-good": redirect("/", 301),
    "/to-error-page": redirect("/errors/page-not-found.html"),
    "/errors/page-not-found.html": page(),
    "/moved": redirect("/page", 301),
    "/moved-308": redirect("/page", 308),
    "/lent": redirect("/page", 302),
    "/moved-then-lent": redirect("/lent", 301),
    "/promises-too-much": promises_too_much,
    "/promises-too-little": promises_too_little,
    "/promises-nonsense": promises_nonsense,
    "/chunks": chunks_without_end,
    "/bomb": bomb,
    "/packed-twice": packed_twice,
    "/brotli": page(b"\x8b\x03\x80abc\x03", Content_Encoding="br"),
    "/deflate": page(zlib.compress(PAGE), Content_Encoding="deflate"),
    "/raw-deflate": page(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate"),
    "/gzip": page(gzip.compress(PAGE), Content_Encoding="gzip"),
    "/damaged-gzip": page(b"\x1f\x8b" + b"nonsense" * 10, Content_Encoding="gzip"),
    "/hangs-up": hangs_up,
    "/no-http": is_no_http,
}
