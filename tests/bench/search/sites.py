"""The sites that searches are measured on: samples of several sizes on both databases, kept.

A million resources take ten minutes to make and sixteen gigabytes: they are made once and used in
place, in BENCH_FOLDER (`.bench` where that is not set). Nothing is published that is not undone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests import postgresql
from tests.bench import kept
from tests.bench.kept import Tell
from tests.bench.sites import STARTER, Site


class SearchSite(Site):
    """A site with the pages to compare with beside its own."""

    def __init__(self, database: str, size: int, folder: Path, url: str, workers: int) -> None:
        super().__init__(database, str(size) if size else STARTER, folder, url, workers)
        self.environment["DJANGO_SETTINGS_MODULE"] = "tests.bench.search.settings"

    def inside(self, task: str, given: Any = None) -> Any:
        """The result of a task of `tests.bench.search.inside`."""
        return self.run_inside("tests.bench.search.inside", task, given)

    def publish(self) -> None:
        """Change one resource and publish it."""
        self.run_inside("tests.bench.inside", "publish", None)


@contextmanager
def search_sites(
    folder: Path, sizes: Sequence[int], tell: Tell, *, most_in_sqlite: int | None = None
) -> Iterator[list[SearchSite]]:
    """Each size on each database that is there; none is started yet."""
    small = [size for size in sizes if most_in_sqlite is None or size <= most_in_sqlite]
    place = kept.place()
    place.mkdir(parents=True, exist_ok=True)
    programs = postgresql.programs()
    with ExitStack() as stack:
        ready = [_in_sqlite(size, place, folder, tell) for size in small]
        if programs is None:
            tell(f"PostgreSQL is missing, and left out. {postgresql.HOW_TO_GET_IT}")
        else:
            data = place / "postgresql"
            server = stack.enter_context(postgresql.kept_cluster(programs, data))
            ready += [_in_postgresql(size, server, place, folder, tell) for size in sizes]
        for site in ready:
            stack.callback(site.stop)
        yield ready


def _in_sqlite(size: int, place: Path, folder: Path, tell: Tell) -> SearchSite:
    file = place / f"{size}.sqlite3"
    site = SearchSite("SQLite", size, folder, f"sqlite:///{file}", workers=1)

    def make() -> None:
        file.unlink(missing_ok=True)
        site.fill()

    kept.once(place / f"{size}.sqlite3.made", make, tell)
    site.prepare()
    return site


def _in_postgresql(size: int, server: str, place: Path, folder: Path, tell: Tell) -> SearchSite:
    url = server.replace("/postgres?", f"/sample_{size}?")
    site = SearchSite("PostgreSQL", size, folder, url, workers=os.cpu_count() or 1)

    def make() -> None:
        kept.create(url)
        site.fill()

    kept.once(place / f"{size}.postgresql.made", make, tell)
    site.prepare()
    return site
