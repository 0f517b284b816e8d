"""Measure watching: `python -m tests.bench.watching [--resources 40000] [--sightings 300000]`.

Funds of a large directory are seen so many times within a year; then every page and feed is asked
for so many times, with another query each time, and again just after a sighting was recorded. The
figures are printed as Markdown, and what is going on meanwhile to stderr.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import chain
from pathlib import Path
from typing import Any

from tests.bench.__main__ import run, tell
from tests.bench.asking import Client, Timing, once
from tests.bench.report import load, machine, spread, table
from tests.bench.sites import Site, sites

TIMES, FILES, RECORDED, STARTS = 40, 3, 10, 3


def measure(site: Site, times: int) -> dict[str, list[Timing]]:
    """The timings of every kind of page of a site, which is served meanwhile."""
    found: dict[str, list[Timing]] = {"first of a process": []}
    for _ in range(STARTS):
        site.stop()
        site.start()
        found["first of a process"].append(Timing("/open-now/", once(site, "/open-now/")))
    with Client(site) as client:
        for name, paths in _inside(site, "paths").items():
            tell(f"{site.name}: {name}")
            asked = FILES if name == "CSV" else times
            client.ask(paths[-1])
            found[name] = [client.ask(paths[number % len(paths)]) for number in range(asked)]
        for name, path in (("open now", "/open-now/"), ("search feed", "/search/feed/?need=copay")):
            after = found[f"{name}, just after a sighting"] = []
            for _ in range(RECORDED):
                _inside(site, "record")
                after.append(client.ask(path))
    site.stop()
    return found


def _inside(site: Site, task: str, given: Any = None) -> Any:
    return site.run_inside("tests.bench.watching.inside", task, given)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.watching")
    parser.add_argument("--resources", type=int, default=40_000)
    parser.add_argument("--sightings", type=int, default=300_000)
    parser.add_argument("--times", type=int, default=TIMES, help="each page is asked for")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        sites(Path(folder), [str(options.resources)], tell) as served,
    ):
        before, figures, queries = load(), {}, {}
        for site in served:
            tell(f"{site.name}: {options.sightings} sightings")
            _inside(site, "see", options.sightings)
            figures[site] = measure(site, options.times)
            queries[site] = _inside(site, "queries")
        head = (
            "page",
            *chain(*((f"{site.name}: p50", "p95", "max", "queries") for site in served)),
        )
        rows = [
            (
                name,
                *chain(
                    *(
                        (*spread(of[name]), queries[site].get(name, ""))
                        for site, of in figures.items()
                    )
                ),
            )
            for name in next(iter(figures.values()))
        ]
        print(machine([before, load()]), "\n")
        print(table(head, rows))


if __name__ == "__main__":
    run(main)
