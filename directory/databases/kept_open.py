"""SQLite stays readable on a full disk: its `-wal` and `-shm` files are there already.

The first connection makes these two files and the last one deletes them. Each request has a
connection of its own, so that on a full disk none could make them, and not even reading would go.
The web server therefore keeps one connection open, that nobody uses.
https://www.sqlite.org/wal.html
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db import DatabaseError, connection

_kept: list[Any] = []


def keep_open(like: Any = connection) -> None:
    """Open one connection more to a SQLite database, for as long as this process lives."""
    if like.vendor != "sqlite":
        return
    kept = like.copy()
    kept.inc_thread_sharing()
    with suppress(DatabaseError), kept.cursor() as cursor:  # `/readyz` says what is wrong with it
        cursor.execute("SELECT count(*) FROM sqlite_master")  # the files are made when it is read
        _kept.append(kept)
