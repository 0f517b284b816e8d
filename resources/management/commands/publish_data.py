"""Publish the whole directory as files: once a day or a week, by cron or a systemd timer."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from resources.context import SITE_NAME
from resources.files import Taken
from resources.mails import site
from resources.opendata.publish import publish
from resources.opendata.snapshot import Busy

KEPT = 8


class Command(BaseCommand):
    help = "Write everything published as files (HSDS JSON, CSV, NDJSON, SQLite) for /data/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--keep", type=int, default=KEPT, help=f"Keep so many editions (default: {KEPT})."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, and say what was written."""
        if options["keep"] < 1:
            raise CommandError("--keep: give 1 or more. The newest edition is always kept.")
        root = Path(settings.DATA_FOLDER)
        with override("en"):
            publisher = str(SITE_NAME)
        try:
            done = publish(
                root,
                today=timezone.localdate(),
                publisher=publisher,
                site=site(),
                keep=options["keep"],
            )
        except (Taken, Busy) as error:
            raise CommandError(str(error)) from None
        except (OSError, sqlite3.Error) as error:
            where = getattr(error, "filename", None) or root
            raise CommandError(
                f"{where}: {error}. DATA_FOLDER has to be a folder that can be written to, on a"
                " disk with room. What was published before is whole."
            ) from None
        self.stdout.write(f"Published {done.name} in {root / done.folder}:")
        for file in done.files:
            self.stdout.write(f"  {file.name}  {file.size:,} bytes")
