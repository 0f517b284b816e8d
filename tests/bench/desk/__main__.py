"""Measure the desk: `python -m tests.bench.desk [--resources 50000] [--times 40]`.

A curator who has signed in asks for every page of the desk so many times, each site in turn with
the others, after asking for each of its addresses once. The figures are printed as Markdown, and
what is going on meanwhile to stderr; with `--slowest`, so are the slowest queries of the pages that
miss the goal.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.bench.__main__ import run, tell
from tests.bench.asking import Client, Timing
from tests.bench.report import load, machine, spread, table
from tests.bench.sites import Site, sites

TIMES = 40
# For every page, on PostgreSQL.
MOST_MS, MOST_QUERIES = 300, 30


@dataclass
class Figures:
    """What was measured of one site, by the names of the pages."""

    timings: dict[str, list[Timing]] = field(default_factory=dict)
    queries: Mapping[str, int] = field(default_factory=dict)

    def misses(self, name: str) -> bool:
        """Whether a page takes longer or asks more often than it should."""
        seconds = [timing.seconds for timing in self.timings[name]]
        p95 = quantiles(seconds, n=100, method="inclusive")[94]
        return p95 * 1000 > MOST_MS or self.queries[name] > MOST_QUERIES


def measure(served: Sequence[Site], times: int) -> dict[Site, Figures]:
    """The figures of every site; all of them are served at the same time."""
    pages: dict[Site, dict[str, list[str]]] = {}
    figures = {site: Figures() for site in served}
    with ExitStack() as stack:
        clients = {}
        for site in served:
            tell(f"{site.name}: working at the desk")
            _inside(site, "work")
            site.start()
            pages[site] = _inside(site, "pages")
            clients[site] = stack.enter_context(Client(site, _inside(site, "sign_in")))
        for name in pages[served[0]]:
            tell(name)
            for site, client in clients.items():
                for path in pages[site][name]:
                    client.ask(path)
            for number in range(times):
                for site, client in clients.items():
                    paths = pages[site][name]
                    timing = client.ask(paths[number % len(paths)])
                    figures[site].timings.setdefault(name, []).append(timing)
    for site in served:
        tell(f"{site.name}: queries")
        figures[site].queries = _inside(site, "queries", pages[site])
    return figures


def report(figures: Mapping[Site, Figures], loads: Sequence[str]) -> str:
    """A row for each page, and the pages that miss the goal."""
    head = ("page", *chain(*((f"{site.name}: p50", "p95", "max", "queries") for site in figures)))
    names = next(iter(figures.values())).timings
    rows = [
        (name, *chain(*((*spread(of.timings[name]), of.queries[name]) for of in figures.values())))
        for name in names
    ]
    missed = [
        f"{site.name}: {', '.join(filter(of.misses, names)) or 'none'}."
        for site, of in figures.items()
    ]
    goal = f"Above {MOST_MS} ms at p95 or {MOST_QUERIES} queries:"
    return "\n".join([f"{machine(loads)}\n", table(head, rows), " ".join([goal, *missed])])


def _inside(site: Site, task: str, given: Any = None) -> Any:
    return site.run_inside("tests.bench.desk.inside", task, given)


def _tell_slowest(figures: Mapping[Site, Figures]) -> None:
    for site, of in figures.items():
        pages = {name: paths for name, paths in _inside(site, "pages").items() if of.misses(name)}
        for name, rows in _inside(site, "slowest_queries", pages).items():
            for seconds, sql in rows:
                tell(f"{site.name}, {name}: {seconds * 1000:.0f} ms: {sql[:1500]}")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.desk")
    parser.add_argument("--resources", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=TIMES, help="each page is asked for")
    parser.add_argument("--slowest", action="store_true", help="tell the slowest queries")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        sites(Path(folder), [str(options.resources)], tell) as served,
    ):
        before = load()
        figures = measure(served, options.times)
        after = load()
        if options.slowest:
            _tell_slowest(figures)
    print(report(figures, [before, after]))


if __name__ == "__main__":
    run(main)
