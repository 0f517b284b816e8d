"""The text index in PostgreSQL: one tsvector a row, under a GIN index.

The vectors and the queries are written out token by token, so that no parser or dictionary of the
database sees the words: both databases find the same. The weights A to D are the four columns.
https://www.postgresql.org/docs/15/datatype-textsearch.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from resources.search.text.documents import COLUMNS, KINDS, WEIGHTS, TextDocument, key
from resources.search.words import Word

LABELS = "ABCD"
NAMED = ":AB"

CREATE = (
    "CREATE TABLE search_text (id bigint PRIMARY KEY, words tsvector NOT NULL);"
    "CREATE INDEX search_text_words ON search_text USING gin (words)"
)
DROP = "DROP TABLE search_text"
CLEAR = "DELETE FROM search_text"

# ts_rank takes the weights from D to A, none above 1.
RANK_WEIGHTS = [weight / max(WEIGHTS) for weight in reversed(WEIGHTS)]


def replace(documents: Iterable[TextDocument]) -> None:
    """Put these documents in the place of what stood under their numbers."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_text (id, words) VALUES (%s, %s::tsvector)"
            " ON CONFLICT (id) DO UPDATE SET words = excluded.words",
            [(doc.row, _vector(doc)) for doc in documents],
        )


def remove(rows: Sequence[int]) -> None:
    """Take these numbers out of the index."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_text WHERE id = ANY(%s)", [list(rows)])


def ranked(words: Sequence[Word], kind: str, limit: int) -> list[tuple[int, float]]:
    """(primary key, rank) of what has all these words, at most `limit` of them."""
    query = _all(words)
    return _rows(
        f"SELECT id / {len(KINDS)}, ts_rank(%s::real[], words, %s::tsquery)",
        [RANK_WEIGHTS, query],
        query,
        kind,
        limit,
    )


def found(words: Sequence[Word], kind: str, limit: int, *, named: bool = False) -> set[int]:
    """The primary keys of what has all these words; `named`: in its names."""
    query = _all(words, NAMED if named else "")
    return {pk for (pk,) in _rows(f"SELECT id / {len(KINDS)}", [], query, kind, limit)}


def _rows(select: str, params: list[Any], query: str, kind: str, limit: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"{select} FROM search_text WHERE words @@ %s::tsquery"
            f" AND id %% {len(KINDS)} = %s LIMIT %s",
            [*params, query, KINDS.index(kind), limit],
        )
        return cursor.fetchall()


def _vector(document: TextDocument) -> str:
    """The tsvector as text: each token with the columns that it stands in."""
    places: dict[str, list[str]] = {}
    for number, (column, label) in enumerate(zip(COLUMNS, LABELS, strict=True), start=1):
        for token in document.keys(column):
            places.setdefault(token, []).append(f"{number}{label}")
    return " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())


def _all(words: Sequence[Word], label: str = "") -> str:
    return " & ".join(_any_alternative(word, label) for word in words)


def _any_alternative(word: Word, label: str) -> str:
    alternatives = (
        " & ".join(f"'{key(token)}'{label}" for token in tokens) for tokens in word.alternatives
    )
    return "(" + " | ".join(f"({alternative})" for alternative in alternatives) + ")"
