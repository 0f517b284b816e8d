"""The text index in SQLite: one FTS5 table.

FTS5 never gets a string as it was typed: every token is quoted, and is ASCII by then.
https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from resources.search.text.documents import COLUMNS, KINDS, WEIGHTS, TextDocument, key
from resources.search.words import Word

NAMED = "{names organisation} : "

# Without positions: words are looked for one by one, never as phrases, and the table is smaller.
CREATE = (
    "CREATE VIRTUAL TABLE search_text USING fts5"
    "(names, organisation, terms, texts, tokenize = 'unicode61', detail = column)"
)
DROP = "DROP TABLE search_text"
CLEAR = "DELETE FROM search_text"


def replace(documents: Iterable[TextDocument]) -> None:
    """Put these documents in the place of what stood under their numbers."""
    rows = [(doc.row, *(" ".join(doc.keys(column)) for column in COLUMNS)) for doc in documents]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO search_text (rowid, names, organisation, terms, texts)"
            " VALUES (%s, %s, %s, %s, %s)",
            rows,
        )


def remove(rows: Sequence[int]) -> None:
    """Take these numbers out of the index."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_text WHERE rowid = %s", [(row,) for row in rows])


def ranked(words: Sequence[Word], kind: str, limit: int) -> list[tuple[int, float]]:
    """(primary key, rank) of what has all these words, at most `limit` of them."""
    weights = ", ".join(map(str, WEIGHTS))
    return [
        (pk, -rank)
        for pk, rank in _rows(
            f"SELECT rowid / {len(KINDS)}, bm25(search_text, {weights})", _all(words), kind, limit
        )
    ]


def found(words: Sequence[Word], kind: str, limit: int, *, named: bool = False) -> set[int]:
    """The primary keys of what has all these words; `named`: in its names."""
    query = NAMED + _all(words) if named else _all(words)
    return {pk for (pk,) in _rows(f"SELECT rowid / {len(KINDS)}", query, kind, limit)}


def _rows(select: str, query: str, kind: str, limit: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"{select} FROM search_text WHERE search_text MATCH %s"
            f" AND rowid %% {len(KINDS)} = %s LIMIT %s",
            [query, KINDS.index(kind), limit],
        )
        return cursor.fetchall()


def _all(words: Sequence[Word]) -> str:
    return "(" + " AND ".join(map(_any_alternative, words)) + ")"


def _any_alternative(word: Word) -> str:
    alternatives = (
        " AND ".join(f'"{key(token)}"' for token in tokens) for tokens in word.alternatives
    )
    return "(" + " OR ".join(f"({alternative})" for alternative in alternatives) + ")"
