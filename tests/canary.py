"""Where a word that must be kept nowhere could have been kept."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.cache import caches
from django.db import connection


def caches_and_tables() -> Iterator[str]:
    """All that the caches hold, and each row of the database, as texts to look for it in."""
    yield from (str(vars(caches[name])) for name in ("default", "filters"))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # What SQLite keeps for its text index is read by its own functions alone.
            if "search_text" not in table:
                cursor.execute(f'SELECT * FROM "{table}"')
                yield from map(str, cursor.fetchall())
