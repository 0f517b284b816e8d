"""Which database the request of this thread is read from.

A web server's thread has one request at a time, streams included. All other threads, and commands,
read where they write.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from directory.databases.configuration import PRIMARY


class Behind(Exception):
    """A replica has not come as far as what this process has shown; another may be asked."""


class _Chosen(threading.local):
    alias = PRIMARY
    goes_on = False
    has_others = False


_chosen = _Chosen()


def alias() -> str:
    """The database that this thread reads from."""
    return _chosen.alias


def goes_on() -> bool:
    """Whether this database has answered this request before."""
    return _chosen.goes_on


def has_others() -> bool:
    """Whether `Behind` would lead to another database."""
    return _chosen.has_others


def read_from(alias: str) -> None:
    """Let this thread read from this database from now on."""
    _chosen.alias, _chosen.goes_on = alias, False


@contextmanager
def trying(alias: str) -> Iterator[None]:
    """Read from this database, while another can be asked instead; go on with it if it answers."""
    read_from(alias)
    _chosen.has_others = True
    try:
        yield
        _chosen.goes_on = True
    finally:
        _chosen.has_others = False


def read_where_written(**_signal: Any) -> None:
    """Let this thread read from the database that is written to, as it does at first."""
    read_from(PRIMARY)


def connection() -> BaseDatabaseWrapper:
    """The connection to it, for statements that are written out."""
    return connections[_chosen.alias]
