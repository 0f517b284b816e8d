"""What is unsound in a directory: sentences, none where all is well.

The database's own checks, the record against the entries, and whatever keeps copies against what it
copies: the text index, the names and the sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils.timezone import localdate

from resources import documents
from resources.models import Edition, Organisation, Publication, Resource, SearchName
from resources.search import indexing, sets
from resources.search.sets import snapshot
from resources.search.text.documents import TABLES
from tests.search.content import content

COLUMNS = {"sqlite": "rowid, names, organisation, terms, texts", "postgresql": "id, named, words"}

BTREES = """
SELECT classes.oid FROM pg_class AS classes
JOIN pg_am ON pg_am.oid = classes.relam JOIN pg_index ON indexrelid = classes.oid
WHERE amname = 'btree' AND relkind = 'i' AND relpersistence = 'p' AND indisvalid
"""


def unsound() -> list[str]:
    """All that is wrong."""
    return [f"{check.__name__}: {trouble}" for check in CHECKS for trouble in check()]


def database() -> Iterator[object]:
    """What the database itself finds."""
    yield from {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]()


def _sqlite() -> Iterator[object]:
    with connection.cursor() as cursor:
        for check in ("integrity_check", "foreign_key_check"):
            rows = cursor.execute(f"PRAGMA {check}").fetchall()
            yield from (f"{check}: {row}" for row in rows if row != ("ok",))
        for table in TABLES.values():  # raises where an index differs from its own texts
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


def _postgresql() -> Iterator[object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        yield from (f"{name} is not validated" for (name,) in cursor.fetchall())
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
        yield from (f"{name} is not valid" for (name,) in cursor.fetchall())
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'")
        if cursor.fetchone():
            cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
            cursor.execute(BTREES)
            for (index,) in cursor.fetchall():  # raises where one is broken
                cursor.execute("SELECT bt_index_check(%s, heapallindexed => true)", [index])


def migrations() -> Iterator[object]:
    """What is not migrated."""
    executor = MigrationExecutor(connection)
    yield from executor.migration_plan(executor.loader.graph.leaf_nodes())


def record() -> Iterator[object]:
    """Entries of which the record says something else than the entry itself."""
    newest = Publication.objects.aggregate(newest=Max("edition"))["newest"] or 0
    if Edition.current() != newest:
        yield f"edition {Edition.current()}, and {newest} was published"
    for model in (Organisation, Resource):
        yield from _differing(model)


def _differing(model: Any) -> Iterator[str]:
    rows = Publication.objects.filter(kind=model.KIND).order_by("version")
    recorded = {row.public_id: (row.version, row.document) for row in rows}
    entries = list(model.objects.all())
    said = documents.read_many(model, [entry.pk for entry in entries])
    for entry in entries:
        version, document = recorded.get(entry.public_id, (None, {}))
        if version != entry.version or not _says(said[entry.pk], document):
            yield f"{model.KIND} {entry.slug}"


def _says(now: Any, recorded: Any) -> bool:
    """Whether all that was recorded is so now. A field may have come since, by a migration."""
    if isinstance(recorded, dict):
        return all(key in now and _says(now[key], value) for key, value in recorded.items())
    if isinstance(recorded, list):
        return len(now) == len(recorded) and all(map(_says, now, recorded))
    return bool(now == recorded)


def text_index() -> Iterator[object]:
    """Entries that the text index has otherwise than if it were made anew."""
    kept = _indexed()
    with transaction.atomic():
        indexing.rebuild()
        anew = _indexed()
        transaction.set_rollback(True)
    yield from (str(row)[:80] for row in kept ^ anew)


def _indexed() -> set[tuple[Any, ...]]:
    rows: set[tuple[Any, ...]] = set(SearchName.objects.values_list("key", "organisation_pk"))
    with connection.cursor() as cursor:
        for table in TABLES.values():
            cursor.execute(f"SELECT {COLUMNS[connection.vendor]} FROM {table}")
            rows |= {(table, key, *map(_tokens, texts)) for key, *texts in cursor.fetchall()}
    return rows


def _tokens(text: str) -> frozenset[str]:
    return frozenset(text.split())


def search_sets() -> Iterator[object]:
    """Families of the sets that differ, once what was published is taken in, from all rows."""
    today = localdate()
    sets.forget()
    kept, anew = content(sets.current(today)), content(sets.build(Edition.current(), today))
    yield from (name for name in anew if kept[name] != anew[name])


def store_sets() -> None:
    """Store the sets as they are, so that later ones are made of these and what is published."""
    snapshot.save(sets.build(Edition.current(), localdate()))


CHECKS: tuple[Callable[[], Iterator[object]], ...] = (
    database,
    migrations,
    record,
    text_index,
    search_sets,
)
