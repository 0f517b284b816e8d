"""The sites that are measured: real servers, over SQLite and over PostgreSQL, small and large."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests import postgresql
from tests.bench import kept
from tests.bench.kept import Tell
from tests.served import ROOT, Served

STARTER = "starter"


class Site(Served):
    """A server as in production, over a directory of a size: the starter's, or so many more."""

    def __init__(self, database: str, size: str, folder: Path, url: str, workers: int) -> None:
        self.name, self.size = f"{database}, {size}", size
        own = folder / f"{database}-{size}"
        own.mkdir()
        super().__init__(own, url, SERVED_STATIC=str(folder / "static"), WORKERS=str(workers))

    def fill(self) -> None:
        """Make the directory in an empty database."""
        self.prepare()
        if self.size != STARTER:
            self.load()

    def load(self) -> str:
        """Load the sample; returns what the command says at its end."""
        return self.manage("make_sample", f"--resources={self.size}").splitlines()[-1]

    def inside(self, task: str, given: Any = None) -> Any:
        """The result of a task of `tests.bench.inside`."""
        return self.run_inside("tests.bench.inside", task, given)

    def run_inside(self, module: str, task: str, given: Any) -> Any:
        """The result of a task of a module, in a process beside the server."""
        done = subprocess.run(
            [sys.executable, "-m", module, task],
            cwd=ROOT,
            env=self.environment,
            input=json.dumps(given),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return json.loads(done.stdout)

    def memory(self) -> list[int]:
        """The resident memory of each worker in bytes; empty where the system does not tell."""
        files = Path(f"/proc/{self.pid}/task").glob("*/children")
        return [_resident(child) for file in files for child in file.read_text().split()]


def _resident(pid: str) -> int:
    pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def sites(folder: Path, sizes: Sequence[str], tell: Tell) -> Iterator[list[Site]]:
    """Each size on each database that is there; none is started yet.

    SQLite has one writer at a time and gets one worker, PostgreSQL one for each core.
    """
    programs = postgresql.programs()
    ready = []
    with ExitStack() as stack:
        for size in sizes:
            database = folder / f"{size}.sqlite3"
            site = Site("SQLite", size, folder, f"sqlite:///{database}", workers=1)
            kept.in_sqlite(size, database, site.fill, tell)
            ready.append(site)
        if programs is None:
            tell(f"PostgreSQL is missing, and left out. {postgresql.HOW_TO_GET_IT}")
        else:
            cluster = stack.enter_context(postgresql.cluster(programs))
            for size in sizes:
                url = cluster.replace("/postgres?", f"/bench_{size}?")
                site = Site("PostgreSQL", size, folder, url, workers=os.cpu_count() or 1)
                kept.in_postgresql(size, url, programs, site.fill, tell)
                ready.append(site)
        for site in ready:
            site.prepare()  # of a kept directory only the static files are missing
            stack.callback(site.stop)
        yield ready
