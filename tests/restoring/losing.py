"""One directory that is lost and comes back."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import psycopg

from tests.bench import kept
from tests.bench.asking import Client
from tests.bench.kept import Tell
from tests.bench.sites import Site

ALWAYS = ("/", "/es/", "/search/?q=copay", "/search/?q=rides+ohio", "/api/hsds/services")
OF_SITEMAP = 40  # pages besides, from all over it


@dataclass
class Loss:
    """`seconds` of each step; `different`: the pages that are not as they were."""

    STEPS: ClassVar = ("backup", "check_backup", "restore", "start and first page")

    site: str
    seconds: dict[str, float] = field(default_factory=dict)
    database: int = 0
    backup: int = 0
    pages: int = 0
    different: list[str] = field(default_factory=list)

    def row(self) -> tuple[object, ...]:
        """A row of the table."""
        took = [f"{self.seconds[step]:.1f}" for step in self.STEPS]
        sizes = [f"{size / 1e6:.1f} MB" for size in (self.database, self.backup)]
        return (self.site, *took, *sizes, f"{self.pages - len(self.different)} of {self.pages}")

    @contextmanager
    def timed(self, step: str, tell: Tell) -> Iterator[None]:
        """Note how long a step takes."""
        began = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - began
        tell(f"{self.site}: {step}, {self.seconds[step]:.1f} s")


def lose_and_restore(site: Site, folder: Path, key: Path, tell: Tell) -> Loss:
    """Back up, destroy, restore and compare. `key`: the file of an age key."""
    loss = Loss(site.name)
    recipient = subprocess.run(
        ["age-keygen", "-y", key], check=True, capture_output=True, text=True
    ).stdout.strip()
    root = folder / f"backups of {site.name}"
    site.environment |= {"BACKUP_FOLDER": str(root), "BACKUP_RECIPIENT": recipient}
    site.start()
    paths = [*ALWAYS, *_of_sitemap(site)]
    before = _pages(site, paths)
    with loss.timed("backup", tell):  # while it is being served
        site.manage("backup")
    with loss.timed("check_backup", tell):
        site.manage("check_backup", f"--identity={key}")
    site.stop()
    loss.database = _destroy(site.environment["DATABASE_URL"])
    loss.backup = sum(json.loads(path.read_text())["size"] for path in root.glob("*/manifest.json"))
    with loss.timed("restore", tell):
        site.manage("restore", f"--identity={key}")
    with loss.timed("start and first page", tell):
        site.start()
        _pages(site, ["/"])
    after = _pages(site, paths)
    site.stop()
    loss.pages = len(paths)
    loss.different = [path for path in paths if before[path] != after[path]]
    return loss


def _destroy(url: str) -> int:
    """Take the database away; how many bytes it had."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        size = path.stat().st_size
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        return size
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    kept.create(url)
    return int(row[0]) if row else 0


def _of_sitemap(site: Site) -> list[str]:
    """Pages from all over the site."""
    found: list[str] = []
    with Client(site) as client:
        for index in re.findall("<loc>[^<]*?//[^/]+([^<]+)", client.read("/sitemap.xml")):
            if index.endswith(".xml") or "sitemap" in index:
                found += re.findall("<loc>[^<]*?//[^/]+([^<]+)", client.read(index))
            else:
                found.append(index)
    return found[:: max(len(found) // OF_SITEMAP, 1)][:OF_SITEMAP]


def _pages(site: Site, paths: list[str]) -> dict[str, str]:
    with Client(site) as client:
        return {path: client.read(path) for path in paths}
