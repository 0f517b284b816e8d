"""The text index may be locked or damaged. A search then goes on without it, and soon."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from directory.databases import reading

LONGEST_WAIT = "1s"  # for a lock on the index, in PostgreSQL; readers of SQLite wait for none
REST = 5.0  # seconds in which the index is not asked again: others need not wait for it too

_log = logging.getLogger("resources.search")
_rests_until = 0.0


class Unavailable(Exception):
    """The text index cannot be asked just now."""


@contextmanager
def patience() -> Iterator[None]:
    """Inside, the text index may be asked. Raises `Unavailable` where it does not answer.

    Where it is the whole database that does not, its own error is raised: another may be asked.
    """
    global _rests_until
    if time.monotonic() < _rests_until:
        raise Unavailable
    try:
        with _short_waits():
            yield
    except DatabaseError as error:
        if not reading.connection().is_usable():
            raise
        _rests_until = time.monotonic() + REST
        _log.warning("The text index cannot be asked: %s", type(error).__name__)
        raise Unavailable from None


@contextmanager
def _short_waits() -> Iterator[None]:
    connection = reading.connection()
    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
        yield


def forget() -> None:
    """Ask again at once, as tests do."""
    global _rests_until
    _rests_until = 0.0
