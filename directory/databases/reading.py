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


class Behind(Exception):
    """A replica has not come as far as what this process has shown; another may be asked."""


class _Chosen(threading.local):
    alias = PRIMARY
    has_others = False


_chosen = _Chosen()


def alias() -> str:
    """The database that this thread reads from."""
    return _chosen.alias


def has_others() -> bool:
    """Whether `Behind` would lead to another database."""
    return _chosen.has_others


def read_from(alias: str, *, has_others: bool = False) -> None:
    """Let this thread read from this database from now on."""
    _chosen.alias = alias
    _chosen.has_others = has_others


def read_where_written(**_signal: Any) -> None:
    """Let this thread read from the database that is written to, as it does at first."""
    read_from(PRIMARY)


def connection() -> BaseDatabaseWrapper:
    """The connection to it, for statements that are written out."""
    return connections[_chosen.alias]
