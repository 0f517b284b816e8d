"""Open a backup with the private key, restore it into an empty place, and compare every table."""

from __future__ import annotations

import sqlite3
import time
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import environ
import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from resources.backups import databases, notes, restoring
from resources.backups.folder import Backup
from resources.backups.picture import Database, Refused
from resources.files import Taken
from resources.models import BackupNote


class Command(BaseCommand):
    help = "Restore a backup into an empty place, and compare every table: once a week."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="Which one (default: the newest).")
        parser.add_argument("--identity", type=Path, help="The file of the private key.")
        parser.add_argument(
            "--into",
            help="An empty database, as in DATABASE_URL; it is left there to look at."
            " Without it, one is made beside DATABASE_URL and taken away again.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check it, and say what was compared."""
        root = Path(settings.BACKUP_FOLDER)
        began = time.monotonic()
        try:
            backup = restoring.choose(root, options["name"])
            with _place(backup, options["into"]) as place:
                restoring.refuse_unless_it_fits(backup, place, backup.manifest.migrations)
                rows = restoring.check(
                    backup, place, identity=options["identity"], now=timezone.now()
                )
        except (Refused, Taken, OSError, sqlite3.Error, psycopg.Error) as error:
            raise CommandError(f"Not checked. {error}") from None
        self.stdout.write(
            f"{backup.name}: restored and compared, {len(rows)} tables, {sum(rows.values()):,}"
            f" rows, all as they were. {time.monotonic() - began:.0f} s."
        )
        if _is_known_here():
            notes.take_note(root)


def _place(backup: Backup, into: str | None) -> AbstractContextManager[Database]:
    """Where to restore it to."""
    if into:
        return nullcontext(environ.Env.db_url_config(into))
    own = databases.own()
    restoring.refuse_unless_it_fits(backup, own, backup.manifest.migrations)
    place: AbstractContextManager[Database] = databases.KINDS[backup.manifest.kind].scratch(own)
    return place


def _is_known_here() -> bool:
    """Whether there is a directory to tell: this may be a machine that has only the backups."""
    return BackupNote._meta.db_table in connection.introspection.table_names()
