"""Write the public site as plain files, for a web server to stand in: once a day, by a timer."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from resources.files import Taken
from resources.mails import site
from resources.opendata.snapshot import Busy
from resources.standin.export import NoStaticFiles, export
from resources.standin.folder import NotOurs
from resources.standin.rendering import NotRendered


class Command(BaseCommand):
    help = "Write the public pages as plain files that any web server can serve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            type=Path,
            help="Where the copy will be. What it is now goes when all is done.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the copy, and say how large it is."""
        target: Path = options["folder"]
        try:
            done = export(target, today=timezone.localdate(), site=site(), tell=self.stdout.write)
        except (Taken, Busy, NotOurs, NoStaticFiles, NotRendered) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(
                f"{error.filename or target}: {error.strerror}. The folder has to lie where one can"
                " write, on a disk with room. What was there before is still there."
            ) from None
        size = f"{done.size / 1e6:,.1f} MB"
        self.stdout.write(f"Edition {done.edition}: {done.pages} pages, {size}, in {target}.")
