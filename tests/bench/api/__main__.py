"""Measure the open API: `python -m tests.bench.api [--sizes 50000,1000000]`.

Sizes up to 100,000 are measured on SQLite too. The figures are printed as Markdown, and what is
going on meanwhile to stderr.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import chain
from pathlib import Path
from typing import Any

from tests.bench import kept
from tests.bench.__main__ import run, tell
from tests.bench.api.measuring import FULL, SOME, STREAMS, Stream, pages, stream
from tests.bench.asking import Client, Timing, at_once
from tests.bench.report import Row, load, machine, spread, table
from tests.bench.search.sites import SearchSite, search_sites

MOST_IN_SQLITE = 100_000


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.api")
    parser.add_argument("--sizes", default="50000,1000000", help="services, with commas")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        search_sites(Path(folder), sizes, tell, most_in_sqlite=MOST_IN_SQLITE) as sites,
    ):
        before = load()
        asked = {}
        streamed = {}
        for site in sites:
            asked[site], streamed[site] = _measure(site)
    print(machine([before, load()]), "\n")
    print(_pages(asked))
    print(_streams(streamed))


def _measure(site: SearchSite) -> tuple[dict[str, list[Timing]], dict[str, Stream]]:
    site.environment["DJANGO_SETTINGS_MODULE"] = "tests.bench.api.settings"
    name = site.name.replace(", ", "-")
    kept.once(kept.place() / f"{name}.changed", lambda: _inside(site, "change"), tell)
    queries: dict[str, list[str]] = _inside(site, "queries")
    site.start()
    at_once(site, ["/api/hsds/services"] * 16, clients=8)  # so that every worker has started
    asked = {}
    with Client(site) as client:
        for kind, addresses in queries.items():
            tell(f"{site.name}: {kind}")
            asked[kind] = pages(client, addresses)
    streamed = {}
    for kind, address in STREAMS.items():
        tell(f"{site.name}: a stream of {kind}")
        streamed[kind] = stream(site, address)
    for kind, address in FULL.items():
        tell(f"{site.name}: a stream of {kind}")
        streamed[f"{kind} {SOME:,})"] = stream(site, address, most=SOME)
    site.stop()
    return asked, streamed


def _inside(site: SearchSite, task: str) -> Any:
    return site.run_inside("tests.bench.api.inside", task, None)


def _pages(asked: dict[SearchSite, dict[str, list[Timing]]]) -> str:
    head = ("50 a page, any page", *chain(*((f"{site.name}: p50", "p95", "max") for site in asked)))
    kinds = next(iter(asked.values()))
    rows: list[Row] = [
        (kind, *chain(*(spread(of[kind]) for of in asked.values()))) for kind in kinds
    ]
    return table(head, rows)


def _streams(streamed: dict[SearchSite, dict[str, Stream]]) -> str:
    head = (
        "site",
        "a stream of",
        "lines",
        "a second",
        "MB",
        "first (ms)",
        "MB before",
        "MB at most",
    )
    rows = [
        (
            site.name,
            kind,
            of.lines,
            f"{of.lines / of.seconds:.0f}",
            f"{of.sent:.0f}",
            f"{of.first * 1000:.0f}",
            f"{of.before:.0f}",
            f"{of.most:.0f}",
        )
        for site, found in streamed.items()
        for kind, of in found.items()
    ]
    return table(head, rows)


if __name__ == "__main__":
    run(main)
