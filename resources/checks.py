"""System checks of what the directory relies on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# PRAGMA, what it must answer, and what goes wrong otherwise. https://www.sqlite.org/pragma.html
SQLITE_PRAGMAS = (
    ("foreign_keys", lambda value: value == 1, "rows could point at entries that are gone"),
    ("journal_mode", lambda value: value in ("wal", "memory"), "readers would wait for the writer"),
    ("busy_timeout", lambda value: value >= 5000, "a second writer would fail instead of waiting"),
    ("synchronous", lambda value: value >= 1, "a power cut could damage the file"),
)


@register(Tags.database)
def sqlite_is_set_up(
    app_configs: Sequence[AppConfig] | None,
    databases: Iterable[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Errors for each way in which an opened SQLite connection is not set up as it must be."""
    return [
        problem
        for alias in databases or ()
        if connections[alias].vendor == "sqlite"
        for problem in problems_of(connections[alias])
    ]


def problems_of(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """An error for each thing that this connection, once opened, does otherwise."""
    problems: list[CheckMessage] = [
        Error(f"SQLite's {name} is {value}: {harm}.", hint=_HINT, id="resources.E001")
        for name, is_right, harm in SQLITE_PRAGMAS
        if not is_right(value := _pragma(connection, name))
    ]
    if connection.transaction_mode != "IMMEDIATE":  # type: ignore[attr-defined]
        harm = "a transaction that reads before it writes would fail beside another"
        problems.append(
            Error(
                f"SQLite's transactions do not begin as IMMEDIATE: {harm}.",
                hint=_HINT,
                id="resources.E002",
            )
        )
    if connection.settings_dict["ATOMIC_REQUESTS"]:
        harm = "with IMMEDIATE transactions every page would wait for every other"
        problems.append(Error(f"ATOMIC_REQUESTS is on: {harm}.", hint=_HINT, id="resources.E003"))
    return problems


def _pragma(connection: BaseDatabaseWrapper, name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


_HINT = "See DATABASES in directory/settings.py."
