"""The figures as Markdown. Times are in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median, quantiles

from tests.bench.report import Row, table
from tests.bench.search.measuring import CLIENTS, GIVEN_UP_AFTER, Figures
from tests.bench.search.questions import KINDS
from tests.bench.search.sites import SearchSite

All = Mapping[SearchSite, Figures]
PARTS = ("parse", "find", "order", "count", "cards", "draw")


def report(figures: All, machine: str) -> str:
    """Everything that was measured, under a line on the machine."""
    return "\n".join(
        [
            f"{machine}\n",
            "### Search pages over HTTP, one client: p50 / p95\n",
            _pages(figures),
            "### Parts of a page once its cards are kept: median\n",
            _parts(figures),
            f"### {CLIENTS} clients: pages a second; starting, editing, memory\n",
            _others(figures),
        ]
    )


def _pages(figures: All) -> str:
    head = ("site", "question", "first time", "again", "the usual way", "usual / again")
    rows: list[Row] = []
    for site, of in figures.items():
        rows += [(site.name, f"({name})", "", _both(of.beside[name]), "", "") for name in of.beside]
        for kind in KINDS:
            usual, again = of.usual[kind], of.again[kind]
            more = "> " if max(usual) > GIVEN_UP_AFTER else ""
            ratio = f"{more}{median(usual) / median(again):.0f}"
            both = f"{more}{_both(usual)}"
            rows.append((site.name, kind, _both(of.first[kind]), _both(again), both, ratio))
    return table(head, rows)


def _parts(figures: All) -> str:
    rows = [
        (site.name, kind, *(f"{1000 * of.parts[kind][part]:.1f}" for part in PARTS))
        for site, of in figures.items()
        for kind in KINDS
    ]
    return table(("site", "question", *PARTS), rows)


def _others(figures: All) -> str:
    head = (
        "site",
        "search",
        "list",
        "empty",
        "start (s)",
        "first after an edit",
        "MB a worker",
        "the common word",
    )
    rows = [
        (
            site.name,
            *(f"{of.together[kind]:.0f}" for kind in ("search", "list", "empty")),
            f"{of.start:.1f}",
            _ms(median(of.edits)),
            ", ".join(f"{size / 1e6:.0f}" for size in of.memory),
            of.common,
        )
        for site, of in figures.items()
    ]
    return table(head, rows)


def _both(seconds: Sequence[float]) -> str:
    """p50 / p95; of a single page what it took."""
    if len(seconds) == 1:
        return _ms(seconds[0])
    hundredths = quantiles(seconds, n=100, method="inclusive")
    return f"{_ms(hundredths[49])} / {_ms(hundredths[94])}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}" if seconds < 0.1 else f"{seconds * 1000:.0f}"
