"""Measure searches: `python -m tests.bench.search [--sizes 10000,100000,1000000]`.

The figures are printed as Markdown, and what is going on meanwhile to stderr.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench.__main__ import run, tell
from tests.bench.report import load, machine
from tests.bench.search.measuring import measure
from tests.bench.search.report import report
from tests.bench.search.sites import search_sites


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search")
    parser.add_argument("--sizes", default="10000,100000,1000000", help="resources, with commas")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        search_sites(Path(folder), sizes, tell) as sites,
    ):
        before = load()
        figures = {site: measure(site, tell) for site in sites}
    print(report(figures, machine([before, load()])))


if __name__ == "__main__":
    run(main)
