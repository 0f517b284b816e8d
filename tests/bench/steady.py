"""A steady load: `python -m tests.bench.steady [--seconds 600] [--rate 50]`.

So many requests a second, whether or not the ones before were answered, on a machine as
docs/deploying.md sets it up: nginx before the web server, PostgreSQL behind it. Of ten requests
three are searches that nobody made before, three are searches that many make, and four are pages
without a question: where people come in, and what they find. Half-way all workers are replaced by
new ones, as for a new version. Time counts from when a request was due.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from statistics import quantiles

from tests import postgresql
from tests.bench import visits
from tests.bench.__main__ import run, tell
from tests.bench.report import load, machine
from tests.bench.sites import STARTER, Site
from tests.deploy.nginx import PROGRAM, Nginx

UNIQUE, OFTEN_ASKED = 0.3, 0.3
# Where people come in.
DOORS = (
    "/", "/es/", "/needs/", "/conditions/", "/medicines/", "/states/", "/open-now/", "/find-help/",
    "/about/", "/conditions/leukemia/", "/states/ohio/", "/needs/copay/",
)  # fmt: skip
CLIENTS = 32
PATIENCE = 30  # seconds for one answer


class Answers:
    """What came back: statuses, and seconds since each request was due."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.seconds: list[float] = []

    def add(self, status: str, seconds: float) -> None:
        self.statuses[status] += 1
        self.seconds.append(seconds)


def main() -> None:
    """Ask for as long as told, and print what came back."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.steady")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--rate", type=int, default=50, help="requests a second")
    parser.add_argument("--seed", type=int, default=visits.SEED)
    options = parser.parse_args()
    programs = postgresql.programs()
    if programs is None:
        sys.exit(f"PostgreSQL is missing. {postgresql.HOW_TO_GET_IT}")
    if PROGRAM is None:
        sys.exit("nginx is missing. On Debian: apt-get install nginx")
    workers = os.cpu_count() or 2
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        postgresql.cluster(programs) as url,
    ):
        site = Site("PostgreSQL", STARTER, Path(folder), url, workers)
        site.fill()
        own = Path(folder) / "nginx"
        own.mkdir()
        nginx = Nginx(own, site.port)
        site.start()
        nginx.start()
        try:
            print(_measured(site, nginx.port, options.seconds, options.rate, Random(options.seed)))
        finally:
            nginx.stop()
            site.stop()


def addresses(found: Sequence[str], dice: Random) -> Iterator[str]:
    """What is asked for, without end. `found`: the pages that searches lead to."""
    often_asked = visits.searches(200)
    for number in itertools.count():
        drawn = dice.random()
        if drawn < UNIQUE:
            words = dice.choice(visits.WORDS[""]).replace(" ", "+")
            yield f"/search/?q={words}+{number}x{dice.randrange(10**6)}"
        elif drawn < UNIQUE + OFTEN_ASKED:
            yield dice.choice(often_asked)
        else:
            yield dice.choice(dice.choice((DOORS, found)))


def _found(port: int) -> list[str]:
    """The pages of all resources, as the sitemap has them."""
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request("GET", "/sitemap-resources.xml")
    return re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", line.getresponse().read().decode())


def _measured(site: Site, port: int, seconds: int, rate: int, dice: Random) -> str:
    for path in visits.searches(50):  # what a server has read by the time that it is busy
        _status(HTTPConnection("127.0.0.1", port, timeout=PATIENCE), path)
    before, answers, memory = load(), Answers(), dict[str, list[int]]()

    def look_at_memory(when: str) -> None:
        memory[when] = [round(size / 2**20) for size in site.memory()]

    def replace_workers() -> None:
        look_at_memory("before they were replaced")
        _replace_workers(site)

    planned = [
        threading.Timer(seconds / 10, look_at_memory, ("after a tenth of the time",)),
        threading.Timer(seconds / 2, replace_workers),
        threading.Timer(seconds * 6 / 10, look_at_memory, ("new ones, after a tenth",)),
    ]
    for timer in planned:
        timer.start()
    tell(f"Asking {rate} times a second for {seconds} seconds")
    wanted = itertools.islice(addresses(_found(port), dice), rate * seconds)
    _ask(port, rate, wanted, answers)
    look_at_memory("at the end")
    cuts = quantiles([second * 1000 for second in answers.seconds], n=100)
    told = ", ".join(f"{status}: {number}" for status, number in sorted(answers.statuses.items()))
    return "\n".join(
        [
            machine([before, load()]),
            "",
            f"{len(answers.seconds)} requests, {told}.",
            f"Milliseconds: p50 {cuts[49]:.0f}, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f}, "
            f"slowest {max(answers.seconds) * 1000:.0f}.",
            "MiB of each worker: " + "; ".join(f"{when} {of}" for when, of in memory.items()),
        ]
    )


def _ask(port: int, rate: int, wanted: Iterable[str], answers: Answers) -> None:
    began, own = time.perf_counter(), threading.local()

    def ask(due: float, path: str) -> None:
        if not hasattr(own, "line"):
            own.line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        status = _status(own.line, path)
        answers.add(status, time.perf_counter() - due)

    with ThreadPoolExecutor(CLIENTS) as pool:
        for number, path in enumerate(wanted):
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            pool.submit(ask, due, path)


def _status(line: HTTPConnection, path: str) -> str:
    """The status of an answer that came whole; a word for none.

    A lasting connection that the server has closed meanwhile is opened again, as browsers do.
    """
    for is_last in (False, True):
        try:
            line.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = line.getresponse()
            answer.read()
            return str(answer.status)
        except (HTTPException, OSError) as error:
            line.close()
            if is_last:
                return type(error).__name__
    raise AssertionError


def _replace_workers(site: Site) -> None:
    tell("Replacing the workers, one after the other")
    if site.pid:
        os.kill(site.pid, signal.SIGHUP)


if __name__ == "__main__":
    run(main)
