"""`manage.py promote_replica [replica_1]`: after the primary is gone, a replica takes its place."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.databases.promotion import CannotPromote, promote


class Command(BaseCommand):
    """See docs/replicas.md: what to do before, and after."""

    help = "Make a replica the database that is written to, when the primary is gone."
    requires_system_checks: list[str] = []  # they would ask the primary

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "replica", nargs="?", default="", help="which one; else the one that has received most"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            name = promote(options["replica"])
        except CannotPromote as error:
            raise CommandError(str(error)) from None
        took = time.monotonic() - began
        self.stdout.write(f"{name} takes writes now, after {took:.1f} seconds.")
        self.stdout.write(
            "The web servers find it by themselves. Never start the former primary as it is:"
            " make it a replica anew (docs/replicas.md)."
        )
