"""Reads from the first database that answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connections

from directory.databases import reading
from directory.databases.watch import Watch, watch

Read = TypeVar("Read")


def ask(read: Callable[[], Read], watch: Watch = watch) -> Read:
    """What `read` returns. Where a database breaks off or is behind, it is called for the next one.

    This thread goes on reading from the one that answered, and asks it first the next time: all of
    a request is read in one place. What is behind still comes before what is down. Raises the error
    of the last one.
    """
    kept = reading.alias() if reading.goes_on() else None
    order = sorted(watch.to_read(), key=lambda alias: alias != kept or not watch.is_up(alias))
    last, behind = order[-1], ""
    for alias in order:
        if (behind and not watch.is_up(alias)) or (alias == last and not behind):
            break  # nothing better is left: whatever it says is the answer
        try:
            with reading.trying(alias):
                return read()
        except reading.Behind:
            behind = behind or alias
        except (OperationalError, InterfaceError):
            watch.failed(alias)
            connections[alias].close()
    reading.read_from(behind or last)
    return read()
