"""Lose a directory and bring it back: `python -m tests.restoring [--sizes starter,50000]`.

On both databases: the site is served, backed up, and the backup tried with its key; then the
database is destroyed, restored in an empty place from the backup alone, and served again. Every
page that was kept has to be the same. The seconds of each step are printed as Markdown.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.__main__ import run, tell
from tests.bench.report import load, machine, table
from tests.bench.sites import STARTER, sites
from tests.restoring.losing import Loss, lose_and_restore

HEAD = ("site", *Loss.STEPS, "bytes of the database", "of the backup", "pages the same")


def main() -> None:
    """Rehearse, and print. Ends with 1 where a page is not as it was."""
    parser = argparse.ArgumentParser(prog="python -m tests.restoring")
    parser.add_argument("--sizes", default=f"{STARTER},50000")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="directory-restoring-") as name,
        sites(Path(name), options.sizes.split(","), tell) as served,
    ):
        key = Path(name) / "key.txt"
        subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
        before = load()
        losses = [lose_and_restore(site, Path(name), key, tell) for site in served]
        print(machine([before, load()]).removesuffix(" Milliseconds."), "\n")
        print(table(HEAD, [loss.row() for loss in losses]))
        wrong = [each for loss in losses for each in loss.different]
        sys.exit(f"Not as before: {wrong[:5]}" if wrong else 0)


if __name__ == "__main__":
    run(main)
