"""Bring up to date what is to be looked at: once a day, by cron or a systemd timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from resources.trust import due, reports


class Command(BaseCommand):
    help = "Work out what is due for checking. Run it once a day; more often does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew the rows of all published entries."""
        self.stdout.write(f"{due.settle_all()} entries are in the list of what needs checking.")
        forgotten = reports.forget_old(timezone.localdate())
        self.stdout.write(f"What was written in {forgotten} closed reports is erased.")
