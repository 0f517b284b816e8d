"""Measure imports: `python -m tests.bench.intake [--services 100000]`.

So many services of made-up organizations, as somebody without our profile publishes them, are
fetched from a file of lines and saved as drafts; then once more, when nothing has changed. Each is
a process of its own. The figures are printed as Markdown, and what is going on to stderr.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench.__main__ import run, tell
from tests.bench.report import load, machine, table
from tests.bench.sites import STARTER, sites

HEAD = ("site", "what", "services", "organizations", "MB", "seconds", "services/s", "peak (MiB)")
INSIDE = "tests.bench.intake.inside"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.intake")
    parser.add_argument("--services", type=int, default=100_000)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as name,
        sites(Path(name), [STARTER], tell) as served,
    ):
        before, figures = load(), []
        for site in served:
            file = str(Path(name) / f"{site.name}.ndjson".replace(" ", ""))
            given = {"services": options.services, "file": file}
            written = site.run_inside(INSIDE, "write", given)
            size = f"{Path(file).stat().st_size / 1e6:.0f}"
            for what in ("new, as drafts", "again, nothing changed"):
                tell(f"{site.name}: {what}")
                seconds, peak = site.run_inside(INSIDE, "take_in", given)
                rate = f"{options.services / seconds:,.0f}"
                figures.append(
                    (site.name, what, options.services, written, size, seconds, rate, peak)
                )
        print(machine([before, load()]).removesuffix(" Milliseconds."), "\n")
        print(table(HEAD, figures))


if __name__ == "__main__":
    run(main)
