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
    """What `read` returns. Where a database breaks off or is behind, it is called for the next one.

    This thread goes on reading from the one that answered, and asks it first the next time: all of
    a request is read in one place. What is behind still comes before what seems down. Raises the
    error of the last one.
    """
    chosen = reading.alias()
    *others, last = sorted(watch.to_read(), key=lambda alias: not _goes_on(alias, chosen, watch))
    behind = None
    for alias in others:
        if behind and not watch.is_up(alias):
            break
        reading.read_from(alias, has_others=True)
        try:
            found = read()
        except reading.Behind:
            behind = behind or alias
        except (OperationalError, InterfaceError):
            watch.failed(alias)
            connections[alias].close()
        else:
            reading.read_from(alias)
            return found
    reading.read_from(behind if behind and not watch.is_up(last) else last)
    return read()


def _goes_on(alias: str, chosen: str, watch: Watch) -> bool:
    return alias == chosen != PRIMARY and watch.is_up(alias)
