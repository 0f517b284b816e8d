"""Measure alerts: `python -m tests.bench.alerts [--addresses 10000] [--sightings 50]`.

So many addresses wait, a third of them for one fund each and the others for a search, when so many
funds are seen open. All of it goes to a mail server on this machine, which counts what each address
gets. The figures are printed as Markdown, and what is going on to stderr.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench.__main__ import run, tell
from tests.bench.report import load, machine, table
from tests.bench.sites import sites

HEAD = ("site", "addresses", "sightings", "what", "seconds", "mails", "most to one address")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.alerts")
    parser.add_argument("--resources", type=int, default=2_000)
    parser.add_argument("--addresses", type=int, default=10_000)
    parser.add_argument("--sightings", type=int, default=50)
    options = parser.parse_args()
    given = {"addresses": options.addresses, "sightings": options.sightings}
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as name,
        sites(Path(name), [str(options.resources)], tell) as served,
    ):
        before, figures = load(), []
        for site in served:
            tell(f"{site.name}: alerts")
            steps = site.run_inside("tests.bench.alerts.inside", "measure", given)
            figures += [(site.name, *given.values(), *step) for step in steps]
        print(machine([before, load()]).removesuffix(" Milliseconds."), "\n")
        print(table(HEAD, figures))


if __name__ == "__main__":
    run(main)
