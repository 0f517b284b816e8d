"""Measure search pages over replicas: `python -m tests.bench.replicas [--resources 50000]`.

One machine's web workers read from the primary alone, from one replica and from two. All servers
share this machine with whoever asks, so that what more servers bring shows only where there are
cores for them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from tests import postgresql
from tests.bench import visits
from tests.bench.__main__ import run, tell
from tests.bench.asking import at_once
from tests.bench.report import load, machine
from tests.replicas.servers import Server, primary_and_replicas
from tests.served import Served

CLIENTS = 8


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.replicas")
    parser.add_argument("--resources", type=int, default=50_000)
    parser.add_argument("--searches", type=int, default=400)
    options = parser.parse_args()
    programs = postgresql.programs()
    if programs is None:
        sys.exit(f"PostgreSQL is missing. {postgresql.HOW_TO_GET_IT}")
    searches = visits.searches(options.searches)
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        primary_and_replicas(programs, 2) as (primary, *replicas),
    ):
        tell(f"Making {options.resources} resources")
        _served(Path(folder), primary, []).manage("prepare")
        sample = _served(Path(folder), primary, [])
        sample.manage("make_sample", f"--resources={options.resources}")
        before = load()
        rows = [
            _measured(_served(Path(folder), primary, replicas[:number]), number, searches)
            for number in (0, 1, 2)
        ]
    print(machine([before, load()]), "", sep="\n")
    print("| read from | pages a second | p50 | p95 |", "|---|---|---|---|", *rows, sep="\n")


def _served(folder: Path, primary: Server, replicas: list[Server]) -> Served:
    workers = str(os.cpu_count() or 2)
    urls = ",".join(replica.url for replica in replicas)
    return Served(folder, primary.url, REPLICA_URLS=urls, WORKERS=workers)


def _measured(site: Served, number: int, searches: list[str]) -> str:
    """A line of the table: the same searches once to begin with, and once more with a clock."""
    site.start()
    try:
        at_once(site, searches, CLIENTS)
        began = time.perf_counter()
        timings = at_once(site, searches, CLIENTS)
        seconds = time.perf_counter() - began
    finally:
        site.stop()
    cuts = quantiles([timing.seconds * 1000 for timing in timings], n=20)
    name = ("the primary alone", "one replica", "two replicas")[number]
    return f"| {name} | {len(timings) / seconds:.1f} | {cuts[9]:.0f} | {cuts[18]:.0f} |"


if __name__ == "__main__":
    run(main)
