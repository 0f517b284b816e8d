"""Measure how fast pages are: `python -m tests.bench [--resources N] [--searches N]`.

The figures are printed as Markdown, and what is going on meanwhile to stderr.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CalledProcessError

from tests.bench import visits
from tests.bench.measuring import measure
from tests.bench.report import load, report
from tests.bench.sites import STARTER, sites
from tests.run import OWN


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--resources", type=int, default=50_000, help="in the large directory")
    parser.add_argument("--searches", type=int, default=400, help="in each way of asking")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        sites(Path(folder), [STARTER, str(options.resources)], tell) as served,
    ):
        before = load()
        figures = measure(served, visits.searches(options.searches), tell)
    print(report(figures, [before, load()]))


def tell(line: str) -> None:
    """Say what is going on, apart from the figures."""
    print(line, file=sys.stderr, flush=True)


def run(measure_all: Callable[[], None]) -> None:
    """Run a benchmark's `main`, and end with what went wrong rather than with a traceback."""
    for name in OWN:
        os.environ.pop(name, None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped
    try:
        measure_all()
    except CalledProcessError as error:
        sys.exit(f"{error}\n{error.stderr or ''}")
    except KeyboardInterrupt:
        sys.exit("Stopped.")


if __name__ == "__main__":
    run(main)
