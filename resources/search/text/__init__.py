"""The text index: which entries have which words. One small interface over two databases.

The words were folded, cut and stemmed by `resources.search.words`, so that both databases find the
same; only the order among ranks may differ. Works inside the caller's transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

from django.db import connection

from resources.search.text import postgresql, sqlite
from resources.search.text.documents import Match, Matches, TextDocument, row_of
from resources.search.words import Word

__all__ = [
    "Match",
    "Matches",
    "TextDocument",
    "clear",
    "count",
    "find",
    "find_any",
    "remove",
    "replace",
]

# At most so many matches are ranked: ranking all of a common word's took seconds in a million.
MOST_RANKED = 5_000


def find(words: Sequence[Word], *, kind: str, limit: int = MOST_RANKED) -> Matches:
    """The entries of this kind that have all the words, in any of their columns, unordered."""
    hits = _backend().ranked(words, kind, limit + 1)
    named = _backend().found(words, kind, limit + 1, named=True) if hits else set()
    ranked = [Match(pk, rank, pk in named) for pk, rank in hits[:limit]]
    return Matches(ranked, capped=len(hits) > limit)


def find_any(words: Sequence[Word], *, kind: str, limit: int = MOST_RANKED) -> Counter[int]:
    """The entries of this kind that have some of the words: primary key -> how many."""
    many: Counter[int] = Counter()
    for word in words:
        many.update(_backend().found([word], kind, limit))
    return many


def replace(documents: Iterable[TextDocument]) -> None:
    """Put documents into the index, in the place of older ones of the same entries."""
    _backend().replace(documents)


def remove(kind: str, ids: Iterable[int]) -> None:
    """Take entries of a kind out of the index; those that are not in it are no matter."""
    _backend().remove([row_of(kind, pk) for pk in ids])


def clear() -> None:
    """Empty the index."""
    _execute(_backend().CLEAR)


def count() -> int:
    """How many entries the index holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_text")
        return int(cursor.fetchone()[0])


def create(apps: Any, schema_editor: Any) -> None:
    """Make the index, for a migration."""
    schema_editor.execute(_backend(schema_editor.connection).CREATE, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    """Remove the index, for a migration."""
    schema_editor.execute(_backend(schema_editor.connection).DROP, params=None)


def _backend(on: Any = connection) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[on.vendor]


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
