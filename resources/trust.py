"""What people vouch for: checks of entries, confirmed translations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from resources import publishing
from resources.models import Curator, Entry, Publication, Translation


@transaction.atomic
def record_check(*, by: Curator, entries: Iterable[Entry], on: dt.date) -> list[Publication]:
    """Record that this curator compared the published entries with their sources on this day."""
    checked = list(entries)
    for entry in checked:
        entry.checked_on, entry.checked_by = on, by
        entry.save(update_fields=["checked_on", "checked_by"])
    return publishing.publish(by=by, entries=checked, change=Publication.Change.CHECKED)


def confirm(translation: Translation, *, by: Curator) -> None:
    """Note that somebody who speaks the language has read this translation. Not saved here."""
    translation.confirmed_by, translation.confirmed_at = by, timezone.now()
