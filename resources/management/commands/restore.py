"""Bring the directory back from a backup. docs/restoring.md says how, step by step."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from resources.backups import databases, folder, notes, restoring, settling
from resources.backups.folder import Backup
from resources.backups.picture import NotEmpty, Refused


class Command(BaseCommand):
    help = "Restore a backup to the database that DATABASE_URL names, which has to be empty."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="Which one (default: the newest).")
        parser.add_argument("--identity", type=Path, help="The file of the private key.")
        parser.add_argument("--list", action="store_true", help="Say which backups there are.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Replace the directory that is there."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what is to be done next."""
        root, database = Path(settings.BACKUP_FOLDER), databases.own()
        if options["list"]:
            self._list(root)
            return
        try:
            backup = restoring.choose(root, options["name"])
            restoring.refuse_unless_it_fits(backup, database, _known())
            seen = databases.module_of(database).edition(database) if options["overwrite"] else 0
            rows = restoring.restore(
                backup, database, identity=options["identity"], overwrite=options["overwrite"]
            )
        except NotEmpty as error:
            raise CommandError(
                f"Nothing was restored. {error} Restore to an empty place, or add --overwrite."
            ) from None
        except (Refused, OSError, sqlite3.Error, psycopg.Error) as error:
            raise CommandError(f"Nothing was restored. {error}") from None
        self.stdout.write(
            f"Restored {backup.name}: {len(rows)} tables, {sum(rows.values()):,} rows, all as they"
            " were in the backup."
        )
        self._settle(backup, root, seen)

    def _settle(self, backup: Backup, root: Path, seen: int) -> None:
        """Bring it up to this code and to today."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
            edition = settling.settle(backup, seen=seen, data=Path(settings.DATA_FOLDER))
        except DatabaseError as error:
            raise CommandError(
                f"The data is restored, but cannot be brought up to this version: {error}. Do not"
                " serve it yet."
            ) from error
        folder.note_check(backup, timezone.now())
        notes.take_note(root)
        self.stdout.write(f"The directory goes on with edition {edition}.")
        if settling.are_addresses_lost():
            self.stderr.write(
                "SECRET_KEY is not the one of before: nobody's alert can be sent. Set the former"
                " key as SECRET_KEY, or add it to SECRET_KEY_FALLBACKS."
            )
        self.stdout.write("Now start the web server and the worker anew.")

    def _list(self, root: Path) -> None:
        for backup in folder.listed(root):
            checked = backup.checked_at
            how = f"checked {checked:%Y-%m-%d}" if checked else "never checked"
            said = backup.manifest
            self.stdout.write(
                f"{backup.name}  {said.kind}, edition {said.edition}, {said.size:,} bytes,"
                f" {said.way}, {how}"
            )


def _known() -> set[str]:
    """The migrations of this code."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations or ()}
