"""The text index: which entries have which words. One small interface over two databases.

The words were folded, cut and stemmed by `resources.search.words`, so that both databases find the
same; only the order among ranks may differ. Works inside the caller's transaction.
"""

from __future__ import annotations

# ruff: noqa: S608 (the only names written into statements are those of `documents.TABLES`)
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from types import ModuleType
from typing import Any

from django.db import connection
from pyroaring import BitMap

from resources.search.text import postgresql, sqlite
from resources.search.text.availability import Unavailable, patience
from resources.search.text.documents import (
    TABLES,
    Match,
    Matches,
    TextDocument,
    any_of,
    clauses,
)
from resources.search.words import Word

__all__ = [
    "KINDS",
    "Match",
    "Matches",
    "TextDocument",
    "Unavailable",
    "clear",
    "count",
    "create",
    "drop",
    "each",
    "find",
    "found",
    "make_anew",
    "patience",
    "remove",
    "replace",
]

KINDS = tuple(TABLES)

# At most so many matches are ranked: ranking all of a common word's took seconds in a million.
MOST_RANKED = 5_000


def find(
    words: Sequence[Word], *, kind: str, in_names: bool = False, limit: int = MOST_RANKED
) -> Matches:
    """The entries of this kind that have all the words in any of their columns (in their names).

    Unordered. Where there are more than `limit`, those found by name come first, and the ones of
    them that were not ranked have rank 0.
    """
    asked = clauses(words)
    ranks = dict(_backend().ranked(TABLES[kind], asked, limit + 1, in_names=in_names))
    capped = len(ranks) > limit
    named = ranks if in_names or not ranks else _backend().named(TABLES[kind], asked, limit)
    by_name = frozenset(named)
    every = {**dict.fromkeys(named, 0.0), **ranks}
    hits = [Match(pk, rank, pk in by_name) for pk, rank in islice(every.items(), limit)]
    return Matches(hits, capped)


def found(
    words: Sequence[Word], *, kind: str, in_names: bool = False, limit: int = MOST_RANKED
) -> BitMap:
    """The keys of entries of this kind that have all the words (in their names), unranked.

    At most `limit` of them.
    """
    look = _backend().named if in_names else _backend().found
    return BitMap(look(TABLES[kind], clauses(words), limit))


def each(
    words: Sequence[Word],
    *,
    kind: str,
    in_names: bool = False,
    limit: int = MOST_RANKED,
    look: Callable[..., BitMap] = found,
) -> list[BitMap]:
    """For each of the words the keys of the entries that have it (in their names).

    Of a word that more than `limit` have, that many, and all that have a rarer word besides.
    """
    sets = [look([word], kind=kind, in_names=in_names, limit=limit + 1) for word in words]
    rare = any_of(word for word, held in zip(words, sets, strict=True) if len(held) <= limit)
    if not rare.alternatives:
        return sets
    most = limit * len(sets)
    return [
        held | found([word, rare], kind=kind, in_names=in_names, limit=most)
        if len(held) > limit
        else held
        for word, held in zip(words, sets, strict=True)
    ]


def replace(documents: Iterable[TextDocument]) -> None:
    """Put documents into the index, in the place of older ones of the same entries."""
    by_kind = sorted(documents, key=lambda document: document.kind)
    for kind, group in groupby(by_kind, key=lambda document: document.kind):
        _backend().replace(
            TABLES[kind], list({document.id: document for document in group}.values())
        )


def remove(kind: str, ids: Iterable[int]) -> None:
    """Take entries of a kind out of the index; those that are not in it are no matter."""
    _backend().remove(TABLES[kind], list(ids))


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        for table in TABLES.values():
            cursor.execute(f"DELETE FROM {table}")


def make_anew() -> None:
    """Empty the index by making its tables anew, whatever state they are in."""
    with connection.cursor() as cursor:
        for statement in (*_dropping(), *_creating(connection)):
            cursor.execute(statement)


def count() -> int:
    """How many entries the index holds."""
    return sum(map(_rows_of, TABLES.values()))


def _rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def create(apps: Any, schema_editor: Any) -> None:
    """Make the index, for a migration."""
    for statement in _creating(schema_editor.connection):
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    """Remove the index, for a migration."""
    for statement in _dropping():
        schema_editor.execute(statement, params=None)


def _creating(on: Any) -> Iterator[str]:
    for table in TABLES.values():
        yield from (statement.format(table=table) for statement in _backend(on).CREATE)


def _dropping() -> Iterator[str]:
    return (f"DROP TABLE IF EXISTS {table}" for table in TABLES.values())


def _backend(on: Any = connection) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[on.vendor]
