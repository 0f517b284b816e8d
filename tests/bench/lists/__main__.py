"""Measure lists: `python -m tests.bench.lists [--times 40] [--resources 50000]`.

The page of a list with 50 resources, its link, its print, and PDFs of 20, asked for one after the
other, each site in turn with the others. The figures are printed as Markdown.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.__main__ import run, tell
from tests.bench.asking import Client, Timing
from tests.bench.report import load, machine, spread, table
from tests.bench.sites import STARTER, Site, sites

TIMES = 40
MANY, PRINTED = 50, 20
INSIDE = "tests.bench.lists.inside"

Asked = tuple[str, str | None]  # a path, and the form that is sent there


def asked_of(site: Site) -> dict[str, Asked]:
    """What is asked for, by a name for it."""
    codes = site.run_inside(INSIDE, "codes", [MANY, PRINTED])
    old = site.run_inside(INSIDE, "old_code", MANY)
    many, printed = codes[str(MANY)], codes[str(PRINTED)]
    return {
        f"/list/ with {MANY}": ("/list/", None),
        f"link to {MANY}, made today": (f"/l/{many}", None),
        f"link to {MANY}, made long ago": (f"/l/{old}", None),
        f"print of {MANY}, full": ("/list/print/", urlencode({"code": many, "layout": "full"})),
        f"PDF of {PRINTED}, short": ("/list/pdf/", urlencode({"code": printed})),
        f"PDF of {PRINTED}, full": (
            "/list/pdf/",
            urlencode({"code": printed, "layout": "full"}),
        ),
    }


def measure(served: Sequence[Site], times: int) -> dict[Site, dict[str, list[Timing]]]:
    """The timings of everything, by site and name."""
    figures: dict[Site, dict[str, list[Timing]]] = {}
    with ExitStack() as stack:
        clients, asked = {}, {}
        for site in served:
            site.start()
            asked[site], figures[site] = asked_of(site), {}
            cookie = site.run_inside(INSIDE, "cookie", MANY)
            clients[site] = stack.enter_context(Client(site, cookie))
        for name in asked[served[0]]:
            tell(name)
            for number in range(times + 1):
                for site, client in clients.items():
                    timing = client.ask(*asked[site][name])
                    if number:  # the first warms up
                        figures[site].setdefault(name, []).append(timing)
    return figures


def report(figures: Mapping[Site, dict[str, list[Timing]]], loads: Sequence[str]) -> str:
    """A row for each page of each site."""
    rows = [
        (site.name, name, *spread(timings))
        for site, of in figures.items()
        for name, timings in of.items()
    ]
    return f"{machine(loads)}\n\n{table(('site', 'page', 'p50', 'p95', 'max'), rows)}"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lists")
    parser.add_argument("--times", type=int, default=TIMES, help="each page is asked for")
    parser.add_argument("--resources", type=int, default=0, help="in a larger directory beside")
    options = parser.parse_args()
    sizes = [STARTER, *([str(options.resources)] if options.resources else [])]
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        sites(Path(folder), sizes, tell) as served,
    ):
        before = load()
        figures = measure(served, options.times)
        after = load()
    print(report(figures, [before, after]))


if __name__ == "__main__":
    run(main)
