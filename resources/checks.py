"""System checks of what the directory relies on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
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

# How PostgreSQL is to be set for the directory's role, so that it writes down nobody's words.
# Only a superuser can: docs/security.md has the lines.
POSTGRESQL_LOGS = {
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "track_activities": "off",
}


@register(Tags.database)
def sqlite_is_set_up(
    app_configs: Sequence[AppConfig] | None,
    databases: Iterable[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Errors for each way in which an opened SQLite connection is not set up as it must be."""
    return _of_each("sqlite", problems_of, databases)


def problems_of(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """An error for each thing that this connection, once opened, does otherwise."""
    problems: list[CheckMessage] = [
        Error(f"SQLite's {name} is {value}: {harm}.", hint=_HINT, id="resources.E001")
        for name, is_right, harm in SQLITE_PRAGMAS
        if not is_right(value := _value(connection, f"PRAGMA {name}"))
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


@register(Tags.database, deploy=True)
def postgresql_writes_no_words(
    app_configs: Sequence[AppConfig] | None,
    databases: Iterable[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Warnings for what an opened PostgreSQL connection would have its server write down."""
    return _of_each("postgresql", words_written, databases)


def words_written(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """A warning for each setting by which words of readers could reach PostgreSQL's log."""
    return [
        checks.Warning(
            f"PostgreSQL's {name} is {value}, not {wanted}: its log may quote what readers ask.",
            hint="See docs/security.md, “What PostgreSQL would write down”.",
            id="resources.W001",
        )
        for name, wanted in POSTGRESQL_LOGS.items()
        if (value := _value(connection, f"SHOW {name}")) != wanted
    ]


@register(Tags.database, deploy=True)
def replicas_can_be_promoted(
    app_configs: Sequence[AppConfig] | None,
    databases: Iterable[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """A warning where there are replicas, and the directory's role has no right to promote one."""
    if len(list(connections)) == 1:
        return []
    return _of_each("postgresql", promotion_forbidden, databases)


def promotion_forbidden(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """A warning where this role may not promote a replica; a backup does not bring that back."""
    if _value(
        connection, "SELECT has_function_privilege('pg_promote(boolean, integer)', 'execute')"
    ):
        return []
    return [
        checks.Warning(
            "The directory may not promote a replica: promote_replica would fail.",
            hint="See docs/replicas.md, “Set up a replica”, step 1.",
            id="resources.W002",
        )
    ]


def _of_each(
    vendor: str,
    look: Callable[[BaseDatabaseWrapper], list[CheckMessage]],
    databases: Iterable[str] | None,
) -> list[CheckMessage]:
    """What `look` finds at each of the databases that are this vendor's."""
    chosen = [connections[alias] for alias in databases or ()]
    return [each for one in chosen if one.vendor == vendor for each in look(one)]


def _value(connection: BaseDatabaseWrapper, statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


_HINT = "See DATABASES in directory/settings.py."
