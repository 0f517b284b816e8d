"""Measures sites side by side: each is asked for the same pages, in turn with the others.

What slows the machine down for a while so slows them all. Everything is warm when it is measured,
except where the first page is what is measured.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.bench import visits
from tests.bench.asking import Client, Timing, at_once, in_turn, once
from tests.bench.kept import Tell
from tests.bench.sites import Site

CLIENTS = 4
PORTION = 40  # pages that all clients get from one server before it is the next one's turn
EACH_TYPE = 40  # pages
TIMES = 3  # that a server is started, that something is published, that a slow page is asked again
SUSPECTS, SLOWEST = 20, 5  # pages
FIRST = "/search/?q=copay"


@dataclass
class Figures:
    """What was measured of one site; in seconds, unless said otherwise."""

    starts: list[float] = field(default_factory=list)
    first_pages: list[float] = field(default_factory=list)
    searches: list[Timing] = field(default_factory=list)
    slowest: list[Timing] = field(default_factory=list)
    together: list[Timing] = field(default_factory=list)
    together_took: float = 0
    queries: list[int] = field(default_factory=list)  # of each search
    pages: dict[str, list[Timing]] = field(default_factory=dict)
    memory: list[list[int]] = field(default_factory=list)  # bytes of each worker, now and then
    publishing: list[float] = field(default_factory=list)
    first_after: list[float] = field(default_factory=list)
    meanwhile: list[Timing] = field(default_factory=list)


def measure(sites: Sequence[Site], searches: Sequence[str], tell: Tell) -> dict[Site, Figures]:
    """The figures of every site. All of them are served at the same time."""
    figures = {site: Figures() for site in sites}
    pages: dict[str, list[str]] = {}
    for site in sites:
        tell(f"{site.name}: starting and warming up")
        _start(site, figures[site])
        pages = pages or _pages(site)
        _warm(site, [*searches[:100], *(path for paths in pages.values() for path in paths[:5])])
    tell(f"{len(searches)} searches by one client")
    for site, timings in in_turn(sites, searches).items():
        figures[site].searches = timings
        figures[site].slowest = _slowest(site, timings)
    tell(f"{len(searches)} searches by {CLIENTS} clients at once")
    for at in range(0, len(searches), PORTION):
        for site in sites:
            _together(site, searches[at : at + PORTION], figures[site])
    tell("other pages")
    for kind, paths in pages.items():
        for site, timings in in_turn(sites, paths).items():
            figures[site].pages[kind] = timings
    for site in sites:
        tell(f"{site.name}: queries and publications")
        figures[site].memory.append(site.memory())
        figures[site].queries = site.inside("queries", list(dict.fromkeys(searches)))
        _publish(site, searches[:PORTION], figures[site])
        figures[site].memory.append(site.memory())
    return figures


def _start(site: Site, figures: Figures) -> None:
    """Start it a few times, and leave it running."""
    for _ in range(TIMES):
        site.stop()
        began = time.perf_counter()
        site.start()
        once(site, "/healthz")
        figures.starts.append(time.perf_counter() - began)
        figures.first_pages.append(once(site, FIRST))


def _pages(site: Site) -> dict[str, list[str]]:
    """Pages of every other type, the same for all sites."""
    pages = {"home": ["/", "/es/"] * (EACH_TYPE // 2)}
    with Client(site) as client:
        for kind in visits.KINDS:
            pages[kind] = visits.in_sitemap(client.read(f"/sitemap-{kind}s.xml"), EACH_TYPE)
    return pages


def _warm(site: Site, paths: Sequence[str]) -> None:
    """So many connections that every worker gets some of them."""
    at_once(site, [*paths, *paths], clients=16)


def _slowest(site: Site, timings: Sequence[Timing]) -> list[Timing]:
    """The slowest pages, by several times each: any page is slow once on a busy machine."""
    paths = dict.fromkeys(timing.path for timing in sorted(timings, key=_seconds))
    with Client(site) as client:
        again = [
            Timing(path, median(client.ask(path).seconds for _ in range(TIMES)))
            for path in list(paths)[-SUSPECTS:]
        ]
    return sorted(again, key=_seconds, reverse=True)[:SLOWEST]


def _seconds(timing: Timing) -> float:
    return timing.seconds


def _together(site: Site, paths: Sequence[str], figures: Figures) -> None:
    began = time.perf_counter()
    figures.together += at_once(site, paths, CLIENTS)
    figures.together_took += time.perf_counter() - began


def _publish(site: Site, paths: Sequence[str], figures: Figures) -> None:
    """Publish while nobody asks, then while all clients do; the first page after it, and all."""
    for _ in range(TIMES):
        figures.publishing.append(site.inside("publish"))
        figures.first_after.append(once(site, FIRST))
        _warm(site, [FIRST] * 16)
        figures.publishing.append(site.inside("publish"))
        figures.meanwhile += at_once(site, paths, CLIENTS)
        _warm(site, [FIRST] * 16)
