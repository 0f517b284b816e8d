"""Reads from the first database that answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connections

from directory.databases import reading
from directory.databases.configuration import PRIMARY
from directory.databases.watch import Watch, watch

Read = TypeVar("Read")


def ask(read: Callable[[], Read], watch: Watch = watch) -> Read:
    """What `read` returns. Where a database breaks off, it is called again for the next one.

    This thread goes on reading from the one that answered, and asks it first the next time: all of
    a request is read in one place. Raises the error of the last one.
    """
    chosen = reading.alias()
    *others, last = sorted(watch.to_read(), key=lambda alias: not _goes_on(alias, chosen, watch))
    for alias in others:
        reading.read_from(alias)
        try:
            return read()
        except (OperationalError, InterfaceError):
            watch.failed(alias)
            connections[alias].close()
    reading.read_from(last)
    return read()


def _goes_on(alias: str, chosen: str, watch: Watch) -> bool:
    return alias == chosen != PRIMARY and watch.is_up(alias)
