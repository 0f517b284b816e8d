"""What a restored directory needs before it is served: the world went on while it was away."""

from __future__ import annotations

from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from resources import audit
from resources.alerts import addresses
from resources.backups.folder import Backup
from resources.models import Alert, AlertMail, Edition, Letter
from resources.models.fate import Fate
from resources.opendata import folder as opendata

# No day has so many. What readers and proxies keep is named by its edition: a number that meant
# something else before must not come again.

BY = "manage.py restore"


@transaction.atomic
def settle(backup: Backup, *, seen: int, data: Path) -> int:
    """Make a restored directory fit to be served; returns its edition.

    The edition leaps over all that can have been seen: `seen` where the directory was overwritten,
    what is published in the folder `data`. Everybody signs in again, since who signed out is not
    known. What waited to be sent may have been sent: it waits for a curator's word now.
    """
    before = Edition.current()
    published = [one.edition for one in opendata.listed(data)]
    edition = Edition.leap(max(seen, *published, 0))
    Session.objects.all().delete()
    DBTaskResult.objects.all().delete()  # what is due is enqueued again every day
    for model in (AlertMail, Letter):
        model._default_manager.filter(fate=Fate.WAITING).update(fate=Fate.SENDING)
    about = f"{backup.name}, edition {before}; goes on with edition {edition}"
    audit.note(BY, audit.What.BACKUP_RESTORED, about)
    return edition


def are_addresses_lost() -> bool:
    """Whether the addresses of alerts cannot be opened: the secret key is not the one of before."""
    newest = Alert.objects.order_by("-pk").first()
    if newest is None:
        return False
    try:
        addresses.unseal(newest.address)
    except addresses.AddressLost:
        return True
    return False
