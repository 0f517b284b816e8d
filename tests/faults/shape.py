"""The shape of a database: its schema, and how many rows are in each table."""

from __future__ import annotations

from django.db import connection

SCHEMA = {
    "sqlite": ("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master",),
    "postgresql": (
        "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable"
        " || coalesce(column_default, '') FROM information_schema.columns"
        " WHERE table_schema = 'public'",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ),
}


def lines() -> list[str]:
    """A line for each thing in the schema and for each table's rows, in order."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for statement in SCHEMA[connection.vendor]:
            cursor.execute(statement)
            found += [line for (line,) in cursor.fetchall()]
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found.append(f"{table}: {cursor.fetchone()[0]} rows")
    return sorted(found)
