"""Measure what migrations lock: `python -m tests.upgrade.measuring [--since 0006]`.

The code before a migration fills a directory on PostgreSQL; then the present code migrates it, one
migration after the other, while somebody looks at the locks. Printed as Markdown. Ends with 1 where
a table was locked for longer than it may be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests import postgresql
from tests.bench.__main__ import run, tell
from tests.bench.report import load, machine, table
from tests.served import Served
from tests.upgrade.locks import Held, longest, watched
from tests.upgrade.releases import before_first, code_of, short

MOST = 2.0  # seconds


@dataclass
class Migrated:
    """One migration: its name, the seconds of the whole command, and what was locked."""

    name: str
    seconds: float
    held: Held

    @property
    def is_too_long(self) -> bool:
        """Whether a table was locked for longer than it may be."""
        return longest(self.held.against_writers)[0] > MOST


def measure(url: str, since: str, resources: int, folder: Path) -> list[Migrated]:
    """Fill the database with the code before a migration, and migrate it."""
    commit = before_first(since)
    tell(f"{resources} resources by {short(commit)}")
    with code_of(commit, folder / "before") as root:
        old = Served(folder, url, root=root)
        old.prepare()
        old.manage("make_sample", f"--resources={resources}")
    new = Served(folder, url)
    return [_migrate(new, url, name) for name in _pending(new)]


def _pending(site: Served) -> list[str]:
    """The migrations that are to come, as `resources.0006_trust`, in their order."""
    lines = site.manage("showmigrations", "--plan").splitlines()
    return [line.split()[2] for line in lines if line.startswith("[ ]")]


def _migrate(site: Served, url: str, name: str) -> Migrated:
    began = time.monotonic()
    with watched(url) as held:
        site.manage("migrate", *name.split("."), "--verbosity=0")
    migrated = Migrated(name, time.monotonic() - began, held)
    tell(f"{name}: {migrated.seconds:.1f} s")
    return migrated


def report(migrated: list[Migrated], loads: list[str]) -> str:
    """A row for each migration."""
    head = ("migration", "command, s", "readers wait, s", "savers wait, s")
    rows = [
        (
            one.name,
            f"{one.seconds:.1f}",
            _said(one.held.against_readers),
            _said(one.held.against_writers),
        )
        for one in migrated
    ]
    return f"{machine(loads)}\n\n{table(head, rows)}"


def _said(held: dict[str, float]) -> str:
    seconds, name = longest(held)
    return f"{seconds:.2f} ({name})" if name else "–"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.upgrade.measuring")
    parser.add_argument("--resources", type=int, default=100_000)
    parser.add_argument("--since", default="0006", help="the first migration that is measured")
    options = parser.parse_args()
    programs = postgresql.programs()
    if programs is None:
        sys.exit(f"PostgreSQL is missing. {postgresql.HOW_TO_GET_IT}")
    before = load()
    with (
        tempfile.TemporaryDirectory(prefix="directory-upgrade-") as folder,
        postgresql.cluster(programs) as url,
    ):
        migrated = measure(url, options.since, options.resources, Path(folder))
    print(report(migrated, [before, load()]))
    sys.exit(1 if any(one.is_too_long for one in migrated) else 0)


if __name__ == "__main__":
    run(main)
