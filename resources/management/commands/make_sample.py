"""Add a larger, invented, realistic data set: for trying out size and speed."""

from __future__ import annotations

import datetime as dt
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from resources.interchange import sampling
from resources.models import Edition
from resources.search import sets


class Command(BaseCommand):
    help = "Add invented resources, made from the starter data. Removes nothing."
    requires_system_checks = ()  # nothing of the pages is needed

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--resources", type=int, required=True, help="How many in all.")
        parser.add_argument("--seed", type=int, default=1, help="Another seed, other data.")
        parser.add_argument(
            "--today",
            type=dt.date.fromisoformat,
            default=None,
            help="The day that sightings of funds count back from (default: today).",
        )
        parser.add_argument("--yes", action="store_true", help="Even where curators have worked.")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["resources"]
        if wanted < 1:
            raise CommandError("--resources: ask for at least one.")
        if not options["yes"]:
            self._refuse_where_people_work()
        began = time.monotonic()
        created = sampling.make(
            resources=wanted,
            seed=options["seed"],
            today=options["today"] or localdate(),
            tell=lambda made: self.stdout.write(f"{made} of {wanted}"),
        )
        taken = time.monotonic() - began
        self.stdout.write(f"{created} new resources, all of them invented, in {taken:.0f} s.")
        if created:
            # A server that starts reads the stored sets, in seconds, rather than every row.
            sets.build(Edition.current(), localdate())

    def _refuse_where_people_work(self) -> None:
        try:
            sampling.refuse_where_people_work()
        except sampling.HoldsWork as refused:
            raise CommandError(
                "Curators have worked in this directory, and a sample cannot be taken out again. "
                "Use another database, or say --yes."
            ) from refused
