"""What a database holds at one moment, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from resources.backups.sums import Sum

Database = Mapping[str, object]
"""One of Django's DATABASES."""


class Refused(Exception):
    """Why nothing was backed up, checked or restored, in a sentence for whoever asked."""


class NotADirectory(Refused):
    """There is no database here, or no directory in it."""


class NotEmpty(Refused):
    """Something is there already."""


class Unsound(Refused):
    """The database is damaged, or what came back is not what was put away."""


@dataclass(frozen=True)
class Picture:
    """`stream` opens the whole of it as bytes, to be read once, before `sums` is asked."""

    edition: int
    migrations: tuple[str, ...]
    stream: Callable[[], AbstractContextManager[Iterator[bytes]]]
    sums: Callable[[], dict[str, Sum]]
