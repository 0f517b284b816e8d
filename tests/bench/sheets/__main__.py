"""Measure spreadsheets: `python -m tests.bench.sheets [--rows 10000] [--resources 12000]`.

A file of so many rows is exported, previewed as it is and with a cell of every row changed, each in
a process of its own; then the starter's resources go out, are changed, imported and undone through
the desk's own pages. The figures are printed as Markdown, and what is going on to stderr.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.__main__ import run, tell
from tests.bench.report import load, machine, table
from tests.bench.sites import STARTER, Site, sites

FORMS = ("csv", "xlsx")
HEAD = ("site", "file", "what", "rows", "MB", "seconds", "memory before (MiB)", "peak (MiB)")


def measure(site: Site, folder: Path, rows: int) -> list[tuple[object, ...]]:
    """A row of figures for each thing that is done with a file of so many rows."""
    found = []
    for form in FORMS:
        file = str(folder / f"{site.name}.{form}".replace(" ", ""))
        tell(f"{site.name}: {form}")
        steps: list[tuple[str, str, dict[str, Any]]] = [
            ("export", "export", {"form": form, "file": file, "rows": rows}),
            ("preview, nothing changed", "preview", {"file": file}),
            ("", "change", {"form": form, "file": file}),
            ("preview, every row changed", "preview", {"file": file}),
        ]
        for what, task, given in steps:
            of = site.run_inside("tests.bench.sheets.inside", task, given)
            if what:
                size = f"{Path(file).stat().st_size / 1e6:.1f}"
                found.append((site.name, form, what, rows, size, *of))
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sheets")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--resources", type=int, default=12_000)
    parser.add_argument("--imported", type=int, default=0, help="import so many changed rows too")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as name,
        sites(Path(name), [STARTER, str(options.resources)], tell) as served,
    ):
        before, figures, trips = load(), [], []
        for site in served:
            if site.size == STARTER:
                trip = site.run_inside("tests.bench.sheets.inside", "round_trip", None)
                trips += [(site.name, what, seconds) for what, seconds in trip.items()]
            else:
                figures += measure(site, Path(name), options.rows)
                if options.imported:
                    given = {"rows": options.imported}
                    of = site.run_inside("tests.bench.sheets.inside", "imported", given)
                    figures.append((site.name, "", "import", options.imported, "", *of))
        print(machine([before, load()]).removesuffix(" Milliseconds."), "\n")
        print(table(HEAD, figures))
        print(table(("site", "all resources of the starter", "seconds"), trips))


if __name__ == "__main__":
    run(main)
