"""Which database the request of this thread is read from.

A web server's thread has one request at a time, streams included. All other threads, and commands,
read where they write.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from directory.databases.configuration import PRIMARY


class _Chosen(threading.local):
    alias = PRIMARY


_chosen = _Chosen()


def alias() -> str:
    """The database that this thread reads from."""
    return _chosen.alias


def read_from(alias: str) -> None:
    """Let this thread read from this database from now on."""
    _chosen.alias = alias


def read_where_written(**_signal: Any) -> None:
    """Let this thread read from the database that is written to, as it does at first."""
    read_from(PRIMARY)


def connection() -> BaseDatabaseWrapper:
    """The connection to it, for statements that are written out."""
    return connections[_chosen.alias]
