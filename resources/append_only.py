"""Tables whose rows are added and never changed: the database itself refuses. For migrations.

A table that is made anew (SQLite does so for most changes of a column) loses its triggers: protect
it again in that migration. `tests/trust/test_append_only.py` holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FUNCTION = """
CREATE OR REPLACE FUNCTION resources_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$
"""
IN_POSTGRESQL = """
CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table}
FOR EACH ROW EXECUTE FUNCTION resources_never_changed()
"""
IN_SQLITE = """
CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END
"""
DEEDS = ("UPDATE", "DELETE")


def protect(schema_editor: Any, tables: Sequence[str]) -> None:
    """Let the database refuse to change or delete rows of these tables."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(FUNCTION, params=None)
    trigger = IN_POSTGRESQL if is_postgresql else IN_SQLITE
    for table in tables:
        for deed in DEEDS:
            schema_editor.execute(trigger.format(table=table, deed=deed), params=None)


def unprotect(schema_editor: Any, tables: Sequence[str]) -> None:
    """Take that back."""
    on = " ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in tables:
        for deed in DEEDS:
            schema_editor.execute(f"DROP TRIGGER {table}_{deed}{on.format(table=table)}")
