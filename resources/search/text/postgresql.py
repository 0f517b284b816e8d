"""The text index in PostgreSQL: two tsvectors a row, each under a GIN index.

The vectors and the queries are written out token by token, so that no parser or dictionary of the
database sees the words: both databases find the same. The weights A to D are the four columns.
https://www.postgresql.org/docs/15/datatype-textsearch.html
"""

from __future__ import annotations

# ruff: noqa: S608 (the only names written into statements are those of `documents.TABLES`)
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from directory.databases import reading
from resources.search.text.documents import COLUMNS, WEIGHTS, Clause, TextDocument

LABELS = "ABCD"
NAME_COLUMNS = COLUMNS[:2]

# `named` repeats the names by themselves: GIN does not keep weights, so that a common word that is
# rarely a name would have every row with it read again.
# Ranking reads the whole vectors. With lz4, and not moved out of line, it reads them twenty times
# as fast (8 ms instead of 150 ms for 5,000 of 50,000 documents).
CREATE = (
    "CREATE TABLE {table} (id bigint PRIMARY KEY, named tsvector NOT NULL, words tsvector NOT NULL)"
    " WITH (toast_tuple_target = 8160)",
    "ALTER TABLE {table} ALTER words SET STORAGE MAIN, ALTER named SET STORAGE MAIN",
    "DO $$ BEGIN IF (SELECT 'lz4' = ANY(enumvals) FROM pg_settings"
    " WHERE name = 'default_toast_compression') THEN"
    " ALTER TABLE {table} ALTER words SET COMPRESSION lz4, ALTER named SET COMPRESSION lz4;"
    " END IF; END $$",
    "CREATE INDEX {table}_words ON {table} USING gin (words)",
    "CREATE INDEX {table}_named ON {table} USING gin (named)",
)

# ts_rank takes the weights from D to A, none above 1.
RANK_WEIGHTS = [weight / max(WEIGHTS) for weight in reversed(WEIGHTS)]


def replace(table: str, documents: Sequence[TextDocument]) -> None:
    """Put these documents in the place of what stood under their keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, named, words)"
            " SELECT id, named::tsvector, words::tsvector"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (id, named, words)"
            " ON CONFLICT (id) DO UPDATE SET named = excluded.named, words = excluded.words",
            [
                [document.id for document in documents],
                [" ".join(_names(document)) for document in documents],
                [" ".join(_placed(document)) for document in documents],
            ],
        )


def remove(table: str, keys: Sequence[int]) -> None:
    """Take these out of the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [list(keys)])


def ranked(
    table: str, clauses: Sequence[Clause], limit: int, *, in_names: bool
) -> list[tuple[int, float]]:
    """(primary key, rank) of what meets all clauses (in its names), at most `limit` of them."""
    query = _all(clauses)
    select = "SELECT id, ts_rank(%s::real[], words, %s::tsquery)"
    column = "named" if in_names else "words"
    return _rows(table, select, [RANK_WEIGHTS, query], column, query, limit)


def found(table: str, clauses: Sequence[Clause], limit: int) -> list[int]:
    """The primary keys of what meets all clauses, at most `limit` of them."""
    return [key for (key,) in _rows(table, "SELECT id", [], "words", _all(clauses), limit)]


def named(table: str, clauses: Sequence[Clause], limit: int) -> list[int]:
    """The primary keys of what meets all clauses in its names, at most `limit` of them."""
    return [key for (key,) in _rows(table, "SELECT id", [], "named", _all(clauses), limit)]


def _rows(
    table: str, select: str, params: list[Any], column: str, query: str, limit: int
) -> list[Any]:
    if not query:
        return []
    with reading.connection().cursor() as cursor:
        cursor.execute(
            f"{select} FROM {table} WHERE {column} @@ %s::tsquery LIMIT %s",
            [*params, query, limit],
        )
        rows: list[Any] = cursor.fetchall()
        return rows


def _names(document: TextDocument) -> Iterator[str]:
    tokens = (token for column in NAME_COLUMNS for token in document.tokens(column))
    return (f"'{token}'" for token in dict.fromkeys(tokens))


def _placed(document: TextDocument) -> Iterable[str]:
    """Each token with the columns that it stands in."""
    places: dict[str, list[str]] = {}
    for number, (column, label) in enumerate(zip(COLUMNS, LABELS, strict=True), start=1):
        for token in document.tokens(column):
            places.setdefault(token, []).append(f"{number}{label}")
    return (f"'{token}':{','.join(at)}" for token, at in places.items())


def _all(clauses: Sequence[Clause]) -> str:
    """The query for all clauses; empty where one cannot be met, or there is none."""
    return " & ".join(map(_any, clauses)) if all(clauses) else ""


def _any(clause: Clause) -> str:
    groups = (" & ".join(f"'{token}'" for token in group) for group in clause)
    return "(" + " | ".join(f"({group})" for group in groups) + ")"
