"""Reads one edition from beginning to end, whatever is published meanwhile; nobody waits for it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from resources.models import Edition
from resources.search import sets
from resources.search.sets import Directory

# So many times, a second apart, it is tried to find the sets at the newest edition.
TRIES = 60


class Busy(Exception):
    """Editions followed each other too fast to begin."""


@contextmanager
def at_one_edition(today: dt.date) -> Iterator[Directory]:
    """All queries inside see the edition of the directory that is given. Raises `Busy`.

    The sets come first: making them may write, which nothing inside can do.
    """
    for _try in range(TRIES):
        directory = sets.current(today)
        with _unchanging():
            if (directory.edition, directory.today) == (Edition.current(), today):
                yield directory
                return
        time.sleep(1)
    raise Busy("Too much is being published just now. Try again in a few minutes.")


@contextmanager
def _unchanging() -> Iterator[None]:
    """A transaction that only reads, and sees what was there at its first query."""
    if connection.in_atomic_block:
        yield  # whoever opened it sees to that
    elif connection.vendor == "sqlite":
        # Django would begin with the lock for writing, and nobody could save for as long.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
