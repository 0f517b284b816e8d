"""Make anew what the search keeps of what is published: the text index and the stored sets."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from resources.models import Edition
from resources.search import indexing, sets


class Command(BaseCommand):
    help = "Rebuild the text index and the stored sets from the published entries."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild in one transaction; searches go on with the old index until it is done."""
        self.stdout.write(f"Indexed {indexing.rebuild()} entries.")
        sets.build(Edition.current(), localdate())
