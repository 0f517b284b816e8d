"""What a migration locks, and for how long: PostgreSQL's own list of locks, looked at all the time.

https://www.postgresql.org/docs/15/explicit-locking.html#LOCKING-TABLES
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

EVERY = 0.02  # seconds between two looks

# The locks of tables that somebody waits for: whoever saves for all of these, readers for the last.
STOPS_READERS = "AccessExclusiveLock"
STOPS_WRITERS = ("ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", STOPS_READERS)

LOOK = """
SELECT locks.pid, locks.virtualtransaction, classes.relname, locks.mode
FROM pg_locks AS locks JOIN pg_class AS classes ON classes.oid = locks.relation
WHERE locks.granted AND locks.mode = ANY(%s) AND locks.relation = ANY(%s)
  AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
TABLES = "SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


@dataclass
class Held:
    """How long tables that were there before were locked, in seconds: by the table's name."""

    against_readers: dict[str, float] = field(default_factory=dict)
    against_writers: dict[str, float] = field(default_factory=dict)

    def add(self, table: str, mode: str, seconds: float) -> None:
        """Note a lock that was held for so long at least."""
        kinds = [self.against_writers]
        kinds += [self.against_readers] if mode == STOPS_READERS else []
        for kind in kinds:
            kind[table] = max(kind.get(table, 0.0), seconds)


def longest(held: dict[str, float]) -> tuple[float, str]:
    """The longest of them and its table; 0 and nothing where there is none."""
    return max(((seconds, table) for table, seconds in held.items()), default=(0.0, ""))


@contextmanager
def watched(url: str) -> Iterator[Held]:
    """Look while the block runs. A lock shorter than `EVERY` may be missed."""
    held, done = Held(), threading.Event()
    with psycopg.connect(url, autocommit=True) as connection:
        tables = [oid for (oid,) in connection.execute(TABLES).fetchall()]
        watcher = threading.Thread(target=_watch, args=(connection, tables, held, done))
        watcher.start()
        try:
            yield held
        finally:
            done.set()
            watcher.join()


def _watch(
    connection: psycopg.Connection[tuple[object, ...]],
    tables: list[object],
    held: Held,
    done: threading.Event,
) -> None:
    began: dict[tuple[object, ...], float] = {}
    while not done.wait(EVERY):
        rows = connection.execute(LOOK, [list(STOPS_WRITERS), tables]).fetchall()
        now = time.monotonic()
        began = {row: began.get(row, now) for row in rows}
        for row, since in began.items():
            held.add(str(row[2]), str(row[3]), now - since + EVERY)
