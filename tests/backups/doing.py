"""What the tests of backups do: ask a database that Django knows nothing of, restore, falsify."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from pathlib import Path
from typing import Any

from resources.backups import folder, postgresql, restoring, sqlite
from resources.backups.databases import module_of
from resources.backups.folder import Backup
from resources.backups.picture import Database, NotEmpty

NOW = dt.datetime(2026, 11, 27, 2, 15, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
AUDIT = "SELECT about FROM resources_auditevent"
CANARY = "a word that stands nowhere else"
EDITION = 7

SMALL = (
    "CREATE TABLE resources_edition (number)",
    f"INSERT INTO resources_edition VALUES ({EDITION})",
    "CREATE TABLE resources_auditevent (about)",
    f"INSERT INTO resources_auditevent VALUES ('{CANARY}')",
    "CREATE TABLE django_migrations (id, app, name)",
    "INSERT INTO django_migrations VALUES (1, 'resources', '0001_initial')",
)


def ask(database: Database, statement: str) -> list[Any]:
    """The rows that a statement gives, once it is committed."""
    with closing(connected(database)) as connection:
        cursor = connection.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
        connection.commit()
        return list(rows)


def connected(database: Database) -> Any:
    """A connection to it."""
    if "sqlite" in str(database["ENGINE"]):
        return sqlite._connected(sqlite.path_of(database))
    return postgresql._connected(database)


def is_empty(place: Database) -> bool:
    """Whether nothing is there."""
    try:
        module_of(place).refuse_unless_empty(place)
    except NotEmpty:
        return False
    return True


def restore(backup: Backup, place: Database, key: Path, *, overwrite: bool = False) -> Any:
    """Restore with the private key in this file."""
    return restoring.restore(backup, place, identity=key, overwrite=overwrite)


def rewrite(backup: Backup, **changed: Any) -> Backup:
    """The backup with another manifest."""
    path = backup.path / folder.MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))
    return folder.listed(backup.path.parent)[0]


def small_database(path: Path) -> Database:
    """The least that is a directory, in SQLite."""
    made = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    for statement in SMALL:
        ask(made, statement)
    return made
