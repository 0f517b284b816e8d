"""Rows into PostgreSQL: by `COPY`, with keys and indexes made afterwards where there are many.

Values that psycopg would have to be given as objects come as the bytes that the server reads:
https://www.postgresql.org/docs/15/sql-copy.html ("Binary Format").
"""

from __future__ import annotations

# ruff: noqa: S608 (the only names written into statements are those of our own tables)
import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from operator import attrgetter
from struct import pack
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from psycopg.adapt import Dumper
from psycopg.postgres import types
from psycopg.pq import Format

from resources.models import Organisation, Resource

from .rows import Encoded
from .vectors import ROW, row

__all__ = ["FORMS", "ROW", "add", "encode", "next_keys", "plan_anew", "row", "writing"]

# The moment that PostgreSQL counts from.
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

# Sorting keys and collecting words in memory rather than in files.
MEMORY = "512MB"

encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


@lru_cache(maxsize=5_000)
def _date(day: str) -> bytes:
    return pack("!i", (dt.date.fromisoformat(day) - EPOCH.date()).days)


@lru_cache(maxsize=10)
def _moment(at: dt.datetime) -> bytes:
    return pack("!q", (at - EPOCH) // dt.timedelta(microseconds=1))


def _json(value: Any) -> bytes:
    if isinstance(value, Encoded):
        return b"\1" + value.encode()
    return _json_list(tuple(value))


@lru_cache(maxsize=5_000)
def _json_list(texts: tuple[str, ...]) -> bytes:
    """Whatever is JSON within an entry is a list of texts, and of these there are few."""
    return b"\1" + encode(texts).encode()


FORMS = {
    "UUIDField": attrgetter("bytes"),
    "DateField": _date,
    "DateTimeField": _moment,
    "JSONField": _json,
}


class _AsIs(Dumper):
    """For bytes that are already what the server reads."""

    format = Format.BINARY

    def dump(self, obj: Any) -> Any:
        return obj


AS_IS = [
    type(f"_AsIs_{name}", (_AsIs,), {"oid": types[name].oid})
    for name in ("uuid", "date", "timestamptz", "jsonb", "tsvector")
]


def add(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        for dumper in AS_IS:
            cursor.adapters.register_dumper(None, dumper)
        cursor.execute(f'SELECT {names} FROM "{table}" LIMIT 0')
        kinds = [column.type_code for column in cursor.description]
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT binary)') as copy:
            copy.set_types(kinds)
            for values in rows:
                copy.write_row(values)


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Primary keys for so many new rows, which nobody else will get."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def plan_anew(models: Iterable[type[models.Model]]) -> None:
    """Have statements on these tables planned anew, now that they have grown.

    A session keeps the plan by which it checks foreign keys. Made while a table is small, it may
    take an index of which the key is but the last column, and go through all of it for each row:
    after 20,000 services that was two thirds of an import. `ANALYZE` lets go of such plans.
    """
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'ANALYZE "{model._meta.db_table}" ("{model._meta.pk.column}")')


@contextmanager
def writing(tables: Collection[str], *, many: bool) -> Iterator[None]:
    """Within it rows are added to these tables, in the caller's transaction.

    Nobody else may write to them until it ends: primary keys are given out in advance. With `many`
    nobody can read them either: keys and indexes are taken away before, and made anew after, which
    is several times quicker than keeping them right row by row.
    """
    names = ", ".join(f'"{table}"' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
    with _without_indexes(tables) if many else nullcontext():
        yield
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Organisation, Resource]):
            cursor.execute(statement)


@contextmanager
def _without_indexes(tables: Collection[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [MEMORY])
        cursor.execute(COMPRESS_BY_LZ4)
        cursor.execute(KEYS_AND_INDEXES, {"tables": list(tables)})
        found = cursor.fetchall()
        for take_away, _make in reversed(found):
            cursor.execute(take_away)
    yield
    with connection.cursor() as cursor:
        for _take_away, make in found:
            cursor.execute(make)


# Several times quicker than what is usual, for the documents of the record.
COMPRESS_BY_LZ4 = """
SELECT set_config('default_toast_compression', 'lz4', true) FROM pg_settings
WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)
"""

# How to take away and how to make each constraint and index of the tables, in the order of making:
# primary keys, what is unique, other indexes, foreign keys from these tables and to them.
KEYS_AND_INDEXES = """
WITH tables AS (SELECT name::regclass AS id FROM unnest(%(tables)s::text[]) AS name)
SELECT take_away, make FROM (
    SELECT
        strpos('pu f', contype) AS place,
        format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname) AS take_away,
        format(
            'ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
            conrelid::regclass, conname, pg_get_constraintdef(oid)
        ) AS make
    FROM pg_constraint
    WHERE contype IN ('p', 'u', 'f')
    AND (conrelid IN (SELECT id FROM tables) OR confrelid IN (SELECT id FROM tables))
    UNION ALL
    SELECT
        3,
        format('DROP INDEX %%s', indexrelid::regclass),
        pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid IN (SELECT id FROM tables)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
) AS found
ORDER BY place, make
"""
