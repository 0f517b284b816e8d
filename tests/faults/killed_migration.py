"""A migration is killed: the next one completes it, and the database is as if it had not been."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.bench.sites import STARTER, Site
from tests.faults.options import Options
from tests.faults.places import INSIDE, Place
from tests.served import ROOT, Served
from tests.upgrade.releases import before_first, code_of

SINCE = "0006"  # the first migration that fills a table from the entries


def attack(place: Place, options: Options) -> Iterator[tuple[str, list[str]]]:
    """Migrate a directory that older code made, so many times, killed at a random moment."""
    chance, longest = random.Random(options.seed), 0.0
    whole: list[str] = []
    older = _another(place, "older")
    with code_of(before_first(SINCE), place.folder / "before") as root:
        Served(place.folder / "older", older, root=root).prepare()
    for number in range(options.times + 1):
        url = _another(place, f"migrated_{number}", older)
        site = Site(f"{place.site.name} migrated {number}", STARTER, place.folder, url, 1)
        after = chance.uniform(0, longest) if number else None
        began = time.perf_counter()
        _migrate(site, after)
        longest = longest or time.perf_counter() - began
        _migrate(site)
        shape = site.run_inside(INSIDE, "shape", None)
        whole = whole or shape
        differing = sorted(set(shape) ^ set(whole))[:5]
        unsound = site.run_inside(INSIDE, "look", {"saved": [], "reported": []})
        when = f"killed after {after:.2f} s" if after is not None else "let through"
        yield when, differing + unsound


def _migrate(site: Site, after: float | None = None) -> None:
    """Migrate, killed after so many seconds (None: not)."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    process = subprocess.Popen(command, cwd=ROOT, env=site.environment)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
    process.wait()


def _another(place: Place, name: str, template: str = "") -> str:
    """The address of another database beside the place's own: empty, or a copy."""
    url = place.site.environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        return _file(place.folder / f"{name}.sqlite3", template)
    address, _, options = url.partition("?")
    server = address.rpartition("/")[0]
    copied = f" TEMPLATE {template.partition('?')[0].rpartition('/')[2]}" if template else ""
    with psycopg.connect(f"{server}/postgres?{options}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{copied}")
    return f"{server}/{name}?{options}"


def _file(file: Path, template: str) -> str:
    if template:
        older = template.removeprefix("sqlite:///")
        for ending in ("", "-wal", "-shm"):
            if Path(older + ending).exists():
                shutil.copy(older + ending, f"{file}{ending}")
    return f"sqlite:///{file}"
