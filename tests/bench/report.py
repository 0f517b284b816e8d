"""The figures as Markdown that reads well in a terminal too. Times are in milliseconds."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Mapping, Sequence
from platform import python_version
from statistics import median, quantiles

import django

from tests.bench.asking import Timing
from tests.bench.measuring import CLIENTS, Figures
from tests.bench.sites import Site

Row = Sequence[object]
All = Mapping[Site, Figures]


def load() -> str:
    """How busy the machine is now."""
    return f"{os.getloadavg()[0]:.1f}"


def machine(loads: Sequence[str]) -> str:
    """What was measured on, and how busy it was at the beginning and at the end."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"{dt.date.today()}, {os.cpu_count()} cores, {memory:.0f} GiB. Python "
        f"{python_version()}, Django {django.__version__}, SQLite {sqlite3.sqlite_version}. "
        f"Load average before and after: {' and '.join(loads)}. Milliseconds."
    )


def report(figures: All, loads: Sequence[str]) -> str:
    """Everything that was measured, under the load at the beginning and at the end."""
    return "\n".join(
        [
            f"{machine(loads)}\n",
            "### Search pages\n",
            _searches(figures),
            "### Other pages, one client: p50 / p95\n",
            _pages(figures),
            "### Starting, publishing, memory\n",
            _others(figures),
            "### The slowest searches, one client\n",
            _slowest(figures),
        ]
    )


def _searches(figures: All) -> str:
    head = ("site", "clients", "p50", "p95", "max", "pages a second", "queries a page")
    rows: list[Row] = []
    for site, of in figures.items():
        queries = f"{min(of.queries)} / {median(of.queries):.0f} / {max(of.queries)}"
        took = sum(timing.seconds for timing in of.searches)
        for clients, timings, seconds in (
            (1, of.searches, took),
            (CLIENTS, of.together, of.together_took),
        ):
            rate = f"{len(timings) / seconds:.1f}"
            rows.append((site.name, clients, *spread(timings), rate, queries))
    return table(head, rows)


def _pages(figures: All) -> str:
    rows = [
        (site.name, *(" / ".join(spread(timings)[:2]) for timings in of.pages.values()))
        for site, of in figures.items()
    ]
    kinds = next(iter(figures.values())).pages
    return table(("site", *kinds), rows)


def _others(figures: All) -> str:
    head = (
        "site",
        "start",
        "first page",
        "publish one",
        "first page then",
        f"{CLIENTS} clients then: max",
        "MB a worker",
        "MB at the end",
    )
    rows = [
        (
            site.name,
            *(_ms(median(s)) for s in (of.starts, of.first_pages, of.publishing, of.first_after)),
            _ms(max(timing.seconds for timing in of.meanwhile)),
            *(", ".join(f"{size / 1e6:.0f}" for size in sizes) for sizes in of.memory),
        )
        for site, of in figures.items()
    ]
    return table(head, rows)


def _slowest(figures: All) -> str:
    rows = [
        (site.name, _ms(seconds), f"`{path}`")
        for site, of in figures.items()
        for path, seconds in of.slowest
    ]
    return table(("site", "ms", "search"), rows)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f}"


def spread(timings: Sequence[Timing]) -> tuple[str, str, str]:
    """p50, p95 and the most."""
    seconds = [timing.seconds for timing in timings]
    hundredths = quantiles(seconds, n=100, method="inclusive")
    return _ms(hundredths[49]), _ms(hundredths[94]), _ms(max(seconds))


def table(head: Row, rows: Sequence[Row]) -> str:
    """A Markdown table whose columns stand in line."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "".join(f"| {' | '.join(map(str.ljust, line, widths))} |\n" for line in lines)
