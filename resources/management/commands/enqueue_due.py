"""Bring up to date what is to be looked at: once a day, by cron or a systemd timer."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from resources import duplicates
from resources.alerts import sending, signing_up
from resources.batches import batched
from resources.interchange.spreadsheets import keeping
from resources.models import Organisation, Resource
from resources.search import tally
from resources.tasks import look_at_links, send_daily_news
from resources.trust import due, looking, reports

# So many addresses are one piece of work. Hosts take turns within it.
A_TASK = 200


class Command(BaseCommand):
    help = "Work out what is due for checking. Run it once a day; more often does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew the rows of published entries, erase what is old, enqueue visits of links."""
        self.stdout.write(f"{due.settle_all()} entries are in the list of what needs checking.")
        forgotten = reports.forget_old(timezone.localdate())
        self.stdout.write(f"What was written in {forgotten} closed reports is erased.")
        pairs = sum(duplicates.find_all(model) for model in (Organisation, Resource))
        self.stdout.write(f"{pairs} pairs of entries may be one.")
        call_command("clearsessions")
        looking.forget_unnamed()
        self.stdout.write(f"{tally.forget_old(timezone.localdate())} old counts are deleted.")
        forgotten = keeping.forget_old(timezone.now())
        self.stdout.write(f"{forgotten} spreadsheets that nobody imported are deleted.")
        ended = signing_up.forget_over(timezone.localdate())
        sending.forget_old(timezone.now())
        self.stdout.write(f"{ended} alerts that ended are deleted, and their addresses.")
        send_daily_news.enqueue()
        due_links = looking.due_addresses(timezone.localdate())
        for urls in batched(due_links, A_TASK):
            look_at_links.enqueue(list(urls))
        self.stdout.write(
            f"{len(due_links)} links are to be looked at: manage.py db_worker does it."
        )
