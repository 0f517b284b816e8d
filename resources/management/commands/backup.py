"""Make an encrypted backup of the whole directory: once a day, by a timer."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from resources.backups import databases, making, notes, sealing
from resources.backups.picture import Refused
from resources.backups.sealing import Recipients
from resources.files import Taken

KEPT = 14


class Command(BaseCommand):
    help = "Write an encrypted backup of the database into BACKUP_FOLDER."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--keep", type=int, default=KEPT, help=f"Keep so many backups (default: {KEPT})."
        )
        parser.add_argument(
            "--rehearse",
            action="store_true",
            help="Restore what is being written into an empty place beside it, and compare.",
        )
        parser.add_argument(
            "--unencrypted", action="store_true", help="Anybody who has the file may read it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say what was made."""
        if options["keep"] < 1:
            raise CommandError("--keep: give 1 or more. The newest backup is always kept.")
        root = Path(settings.BACKUP_FOLDER)
        try:
            backup, deleted = making.make(
                root,
                databases.own(),
                to=_recipients(is_open=options["unencrypted"]),
                now=timezone.now(),
                keep=options["keep"],
                rehearse=options["rehearse"],
            )
        except (Refused, Taken) as error:
            raise CommandError(f"No backup was made. {error}") from None
        except (OSError, sqlite3.Error, psycopg.Error) as error:
            where = getattr(error, "filename", None) or root
            raise CommandError(
                f"No backup was made. {where}: {error}. BACKUP_FOLDER has to be a folder that can"
                " be written to, on a disk with room. Earlier backups are whole."
            ) from None
        said = backup.manifest
        rows = sum(each.rows for each in said.tables.values())
        self.stdout.write(
            f"{backup.path}: edition {said.edition}, {len(said.tables)} tables, {rows:,} rows,"
            f" {said.size:,} bytes, {_how(said.way)}."
        )
        self._take_note(root)
        for name in deleted:
            self.stdout.write(f"Deleted: {name}")

    def _take_note(self, root: Path) -> None:
        """Let the desk know, if it can be told: not before the tables are those of this code."""
        try:
            notes.take_note(root)
        except DatabaseError as error:
            self.stderr.write(
                f"The backup is whole, but the desk does not know of it: {error} The next backup"
                " will tell of this one too."
            )


def _recipients(*, is_open: bool) -> Recipients:
    return sealing.IN_CLEAR if is_open else sealing.recipients(settings.BACKUP_RECIPIENT)


def _how(way: str) -> str:
    return "not encrypted" if way == sealing.OPEN else f"encrypted by {way}"
