"""The directories that things happen to: each with the starter data, on a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import postgresql
from tests.bench.kept import create
from tests.bench.sites import STARTER, Site
from tests.faults.people import Heard, Team

INSIDE = "tests.faults.inside"

Tell = Callable[[str], None]


@dataclass
class Place:
    """A site, a folder for files, and how it is told what was found."""

    site: Site
    folder: Path
    team: Team

    def look(self, heard: Heard | None = None, *, all_answered: bool = False) -> list[str]:
        """What is unsound now; what people heard is held against what is there.

        `all_answered`: nothing was killed, so that everybody had to get an answer.
        """
        heard = heard or Heard()
        found: list[str] = self.site.run_inside(INSIDE, "look", heard.acknowledged)
        if all_answered and heard.unanswered:
            found.append(f"{heard.unanswered} people got no answer")
        return found + sorted(set(heard.complaints))

    def run_inside(self, task: str, given: Any = None) -> Any:
        """The result of a task of `tests.faults.inside`."""
        return self.site.run_inside(INSIDE, task, given)


@contextmanager
def place(site: Site, folder: Path, writers: int) -> Iterator[Place]:
    """Fill an empty database, and let curators and readers in. It is stopped afterwards."""
    site.prepare()
    try:
        yield Place(site, folder, Team(**site.run_inside(INSIDE, "begin", writers)))
    finally:
        site.stop()


@contextmanager
def places(databases: list[str], writers: int, folder: Path, tell: Tell) -> Iterator[list[Place]]:
    """One on each of these databases (`sqlite`, `postgresql`), where it is there."""
    with ExitStack() as stack:
        found = []
        for name, url in urls(databases, folder, stack, tell).items():
            workers = 1 if name == "SQLite" else 2
            site = Site(name, STARTER, folder, url, workers)
            site.name = name
            found.append(stack.enter_context(place(site, folder, writers)))
        yield found


def urls(databases: list[str], folder: Path, stack: ExitStack, tell: Tell) -> dict[str, str]:
    """The address of an empty database of each kind, by what people call it."""
    found = {}
    if "sqlite" in databases:
        found["SQLite"] = f"sqlite:///{folder / 'faults.sqlite3'}"
    if "postgresql" in databases:
        programs = postgresql.programs()
        if programs is None:
            tell(f"PostgreSQL is missing, and left out. {postgresql.HOW_TO_GET_IT}")
            return found
        cluster = stack.enter_context(postgresql.cluster(programs))
        url = cluster.replace("/postgres?", "/faults?")
        create(url)
        found["PostgreSQL"] = url
    return found
