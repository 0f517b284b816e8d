"""The text index in SQLite: FTS5 tables, whose rowid is the entry's primary key.

FTS5 never gets a string as it was typed: a query is written out of quoted tokens. Its tokenizer is
`ascii`, which takes every other letter as it is: `unicode61` knows the letters of 2012 only, and
would cut words in two that are whole in PostgreSQL. https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

# ruff: noqa: S608 (the only names written into statements are those of `documents.TABLES`)
from collections.abc import Sequence
from typing import Any

from django.db import connection

from directory.databases import reading
from resources.search.text.documents import COLUMNS, WEIGHTS, Clause, TextDocument

# With positions, though no phrases are looked for: without them bm25 has to cut each document anew
# (115 ms for 5,000 of 50,000 documents, with them 37 ms and an index that is an eighth larger).
CREATE = (
    "CREATE VIRTUAL TABLE {table} USING fts5"
    "(names, organisation, terms, texts, tokenize = 'ascii', detail = full)",
)
NAMED = "{names organisation} : "


def replace(table: str, documents: Sequence[TextDocument]) -> None:
    """Put these documents in the place of what stood under their keys."""
    rows: list[list[Any]] = [
        [doc.id, *(" ".join(doc.tokens(column)) for column in COLUMNS)] for doc in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT OR REPLACE INTO {table} (rowid, names, organisation, terms, texts)"
            " VALUES (%s, %s, %s, %s, %s)",
            rows,
        )


def remove(table: str, keys: Sequence[int]) -> None:
    """Take these out of the index."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(key,) for key in keys])


def ranked(
    table: str, clauses: Sequence[Clause], limit: int, *, in_names: bool
) -> list[tuple[int, float]]:
    """(primary key, rank) of what meets all clauses (in its names), at most `limit` of them."""
    weights = ", ".join(map(str, WEIGHTS))
    select = f"SELECT rowid, -bm25({table}, {weights})"
    query = _in_names(clauses) if in_names else _all(clauses)
    return [(key, rank) for key, rank in _rows(table, select, query, limit)]


def found(table: str, clauses: Sequence[Clause], limit: int) -> list[int]:
    """The primary keys of what meets all clauses, at most `limit` of them."""
    return [key for (key,) in _rows(table, "SELECT rowid", _all(clauses), limit)]


def named(table: str, clauses: Sequence[Clause], limit: int) -> list[int]:
    """The primary keys of what meets all clauses in its names, at most `limit` of them."""
    return [key for (key,) in _rows(table, "SELECT rowid", _in_names(clauses), limit)]


def _rows(table: str, select: str, query: str, limit: int) -> list[Any]:
    if not query:
        return []
    with reading.connection().cursor() as cursor:
        cursor.execute(f"{select} FROM {table} WHERE {table} MATCH %s LIMIT %s", [query, limit])
        rows: list[Any] = cursor.fetchall()
        return rows


def _in_names(clauses: Sequence[Clause]) -> str:
    return NAMED + _all(clauses) if _all(clauses) else ""


def _all(clauses: Sequence[Clause]) -> str:
    """The query for all clauses; empty where one cannot be met, or there is none."""
    return "(" + " AND ".join(map(_any, clauses)) + ")" if clauses and all(clauses) else ""


def _any(clause: Clause) -> str:
    groups = (" AND ".join(f'"{token}"' for token in group) for group in clause)
    return "(" + " OR ".join(f"({group})" for group in groups) + ")"
