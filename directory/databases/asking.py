"""Reads from the first database that answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connections

from directory.databases import reading
from directory.databases.watch import Watch, watch

Read = TypeVar("Read")


def ask(read: Callable[[], Read], watch: Watch = watch) -> Read:
    """What `read` returns. Where a database breaks off, it is called again for the next one.

    This thread goes on reading from the one that answered. Raises the error of the last one.
    """
    *others, last = watch.to_read()
    for alias in others:
        reading.read_from(alias)
        try:
            return read()
        except (OperationalError, InterfaceError):
            watch.failed(alias)
            connections[alias].close()
    reading.read_from(last)
    return read()
