"""Asks a site for pages at any depth and for streams, and watches its memory meanwhile."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from tests.bench.asking import PATIENCE, Client, Timing
from tests.bench.search.sites import SearchSite

ROOT = "/api/hsds/"
TIMES = 100  # that each kind of page is asked for
LOOKS = 0.2  # seconds between two looks at the memory
SOME = 10_000  # lines of a stream that is too long to read to its end

STREAMS = {
    "services": "services?format=ndjson",
    "services, minimal": "services?format=ndjson&minimal=true",
    "services found by a word": "services?format=ndjson&search=copay",
    "places": "service_at_locations?format=ndjson",
    "organizations": "organizations?format=ndjson",
}
FULL = {"services, full (the first)": "services?format=ndjson&full=true"}


@dataclass(frozen=True)
class Stream:
    """What was measured of a stream: seconds, lines, megabytes sent and in memory of a worker."""

    lines: int
    sent: float
    first: float
    seconds: float
    before: float
    most: float


def pages(client: Client, queries: Sequence[str]) -> list[Timing]:
    """Pages of these lists, each at a depth of its own; of single things, themselves."""
    dice, deep = Random(7), {query: _pages(client, query) for query in queries}
    found = []
    for number in range(TIMES):
        query = queries[number % len(queries)]
        page = f"&page={dice.randint(1, deep[query])}" if deep[query] else ""
        found.append(client.ask(f"{ROOT}{query}{page}"))
    return found


def _pages(client: Client, query: str) -> int:
    """How many pages it has."""
    return int(client.json(ROOT + query).get("total_pages", 0))


def stream(
    site: SearchSite, address: str, *, most: int | None = None, zipped: bool = False
) -> Stream:
    """Read a stream to its end, or so many lines of it."""
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    began = time.perf_counter()
    with _memory(site) as looks:
        line.request("GET", ROOT + address, headers={"Accept-Encoding": "gzip"} if zipped else {})
        answer = line.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}: {answer.read(300)!r}")
        lines, sent, first = 0, 0, 0.0
        while portion := answer.read1(1 << 16):
            first = first or time.perf_counter() - began
            lines, sent = lines + portion.count(b"\n"), sent + len(portion)
            if most is not None and lines >= most:
                break
        seconds = time.perf_counter() - began
        line.close()
    return Stream(lines, sent / 1e6, first, seconds, looks[0] / 1e6, max(looks) / 1e6)


@contextmanager
def _memory(site: SearchSite) -> Iterator[list[int]]:
    """What the largest worker has in memory, now and again and again."""
    looks, is_over = [max(site.memory(), default=0)], threading.Event()

    def look() -> None:
        while not is_over.wait(LOOKS):
            looks.append(max(site.memory(), default=0))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield looks
    finally:
        is_over.set()
        watching.join()
