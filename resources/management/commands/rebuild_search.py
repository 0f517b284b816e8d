"""Make the text index anew from what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from resources.search import indexing


class Command(BaseCommand):
    help = "Rebuild the text index from the published entries."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild in one transaction; searches go on with the old index until it is done."""
        self.stdout.write(f"Indexed {indexing.rebuild()} entries.")
