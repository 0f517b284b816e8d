"""Kill imports: `python -m tests.killing [--times 20] [--services 600]`, on both databases.

Each time so many new services are imported and published, and the process is killed at a random
moment. Then the directory must be sound, and the same command must complete the import.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.bench.__main__ import run, tell
from tests.bench.sites import STARTER, sites
from tests.killing.killing import kill_once


def main() -> None:
    """Kill, look, complete; say what was found. Ends with 1 where anything was unsound."""
    parser = argparse.ArgumentParser(prog="python -m tests.killing")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--services", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, unsound = random.Random(options.seed), 0
    with (
        tempfile.TemporaryDirectory(prefix="directory-killing-") as name,
        sites(Path(name), [STARTER], tell) as served,
    ):
        for site in served:
            longest = 0.0
            for number in range(options.times + 1):
                # The first run is let through: it tells how long one takes.
                after = chance.uniform(0, longest) if number else None
                found = kill_once(site, Path(name), number, options.services, after)
                longest = longest or found.seconds
                unsound += len(found.unsound)
                when = f"killed after {after:.2f} s" if after is not None else "not killed"
                print(f"{site.name}: {when}, {found.saved} saved: {found.unsound or 'sound'}")
    sys.exit(1 if unsound else 0)


if __name__ == "__main__":
    run(main)
