"""What the desk knows of the backups: rows in the database, taken from the files beside them.

The files come first: they outlive a restore, and they are written wherever the private key is. The
rows are for web servers that cannot look into the folder.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db.models import F

from resources.backups import folder
from resources.models import BackupNote

Deed = BackupNote.Deed

# So long the newest backup, and the newest that was restored and compared, count as new.
MADE_WITHIN = dt.timedelta(days=2)
CHECKED_WITHIN = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Worry:
    """What is wrong with the backups. `made_at`, `checked_at`: the newest; None: there is none."""

    made_at: dt.datetime | None
    checked_at: dt.datetime | None
    is_made: bool
    is_checked: bool


def take_note(root: Path) -> None:
    """Bring the rows up to what the files in the folder of the backups say."""
    for backup in folder.listed(root):
        _note(backup, Deed.MADE, backup.made_at)
        if backup.checked_at:
            _note(backup, Deed.CHECKED, backup.checked_at)


def _note(backup: folder.Backup, deed: BackupNote.Deed, at: dt.datetime) -> None:
    BackupNote.objects.get_or_create(
        name=backup.name, deed=deed, at=at, defaults={"made_at": backup.made_at}
    )


def worry(now: dt.datetime) -> Worry | None:
    """What curators have to hear of the backups; None where all is well."""
    made = _newest(Deed.MADE)
    checked = _newest(Deed.CHECKED)
    is_made = made is not None and now - made < MADE_WITHIN
    is_checked = checked is not None and now - checked < CHECKED_WITHIN
    return None if is_made and is_checked else Worry(made, checked, is_made, is_checked)


def _newest(deed: BackupNote.Deed) -> dt.datetime | None:
    """When it was last done, to a backup that was new then: an old one says nothing of today's."""
    fresh = BackupNote.objects.filter(deed=deed, made_at__gt=F("at") - CHECKED_WITHIN)
    return fresh.order_by("-at").values_list("at", flat=True).first()
