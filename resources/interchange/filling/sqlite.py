"""Rows into SQLite."""

from __future__ import annotations

# ruff: noqa: S608 (the only names written into statements are those of our own tables)
import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection

from resources.search.text.sqlite import ROW, row

__all__ = ["FORMS", "ROW", "add", "row", "writing"]

_encode = json.JSONEncoder(check_circular=False).encode


def _json(value: Any) -> str:
    return _json_list(tuple(value)) if isinstance(value, list) else _encode(value)


@lru_cache(maxsize=5_000)
def _json_list(texts: tuple[str, ...]) -> str:
    """Lists are of texts in our documents, and few."""
    return _encode(texts)


@lru_cache(maxsize=10)
def _moment(at: dt.datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(at))


FORMS = {
    "UUIDField": attrgetter("hex"),
    "DateTimeField": _moment,
    "JSONField": _json,
}


def add(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table."""
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("%s" for _column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)


@contextmanager
def writing(tables: Collection[str], *, many: bool) -> Iterator[None]:
    """Within it rows are added to these tables, in the caller's transaction."""
    yield
