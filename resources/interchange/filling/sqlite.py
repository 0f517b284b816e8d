"""Rows into SQLite."""

from __future__ import annotations

# ruff: noqa: S608 (the only names written into statements are those of our own tables)
import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db import connection, models

from resources.search.text.documents import (
    COLUMNS,
    LONGEST_COLUMN,
    Piece,
    Pieces,
    within_column,
)

from .rows import Encoded

__all__ = ["FORMS", "ROW", "add", "encode", "next_keys", "plan_anew", "row", "writing"]

# The columns of the text index that `row` fills.
ROW = ("rowid", *COLUMNS)

encode = json.JSONEncoder(check_circular=False).encode


def _json(value: Any) -> str:
    return str(value) if isinstance(value, Encoded) else _json_list(tuple(value))


@lru_cache(maxsize=5_000)
def _json_list(texts: tuple[str, ...]) -> str:
    """Whatever is JSON within an entry is a list of texts, and of these there are few."""
    return encode(texts)


@lru_cache(maxsize=10)
def _moment(at: dt.datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(at))


FORMS = {
    "UUIDField": attrgetter("hex"),
    "DateTimeField": _moment,
    "JSONField": _json,
}


def row(pieces: Pieces) -> tuple[Any, ...]:
    """The columns of `ROW` for an entry."""
    standing = pieces.standing
    return (
        pieces.id,
        _column((), pieces.names),
        _column((), pieces.organisation),
        _column(standing.terms, pieces.terms),
        _column(standing.texts, pieces.texts),
    )


def _column(standing: Piece, pieces: Sequence[Piece]) -> str:
    held, text = _standing(standing)
    more = dict.fromkeys(token for token in chain(*map(_fitting, pieces)) if token not in held)
    whole = " ".join(filter(None, [text, *more]))
    if len(whole) > LONGEST_COLUMN:
        return " ".join(within_column(chain(standing, *pieces)))
    return whole


@lru_cache(maxsize=5_000)
def _standing(piece: Piece) -> tuple[frozenset[str], str]:
    tokens = within_column(piece)
    return frozenset(tokens), " ".join(tokens)


@lru_cache(maxsize=50_000)
def _fitting(piece: Piece) -> Piece:
    return tuple(within_column(piece))


def add(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table."""
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("%s" for _column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Primary keys for so many new rows. Nobody else writes until this transaction ends."""
    newest = model._default_manager.aggregate(newest=models.Max("pk"))["newest"] or 0
    return list(range(newest + 1, newest + 1 + count))


def plan_anew(models: Iterable[type[models.Model]]) -> None:
    """Nothing: SQLite finds a row by its key whatever the size of the table."""


@contextmanager
def writing(tables: Collection[str], *, many: bool) -> Iterator[None]:
    """Within it rows are added to these tables, in the caller's transaction."""
    yield
