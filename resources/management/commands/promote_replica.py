"""`manage.py promote_replica [replica_1]`: after the primary is gone, a replica takes its place."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from directory.databases.promotion import CannotPromote, promote, waits_for_nobody
from resources.models import Edition


class Command(BaseCommand):
    """See docs/replicas.md: what to do before, and after."""

    help = "Make a replica the database that is written to, when the primary is gone."
    requires_system_checks: list[str] = []  # they would ask the primary

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "replica", nargs="?", default="", help="which one; else the one that has received most"
        )
        parser.add_argument(
            "--promoted", action="store_true", help="it was done by hand: do the rest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["promoted"]:
            self._promote(options["replica"])
        elif connection.vendor != "postgresql":
            raise CommandError("There is no replica: the database is not PostgreSQL.")
        _leap()
        if waits_for_nobody():
            self.stdout.write(
                "But each save waits until a replica has it, and none follows this server yet. Do"
                " on it as postgres: psql -c \"ALTER SYSTEM SET synchronous_standby_names = ''\" -c"
                " 'SELECT pg_reload_conf()'. Set it again when the others follow."
            )
        self.stdout.write(
            "The web servers find it by themselves. Never start the former primary as it is:"
            " make it a replica anew (docs/replicas.md)."
        )

    def _promote(self, replica: str) -> None:
        began = time.monotonic()
        try:
            name = promote(replica)
        except CannotPromote as error:
            raise CommandError(str(error)) from None
        took = time.monotonic() - began
        self.stdout.write(f"{name} takes writes now, after {took:.1f} seconds.")


@transaction.atomic
def _leap() -> None:
    """Let editions go on above all that were seen: no number is to mean two things."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO local")  # no replica follows yet
    Edition.leap()
