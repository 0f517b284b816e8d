"""A page that moved for good: its new address in the place of the old one, wherever it is named."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resources import publishing
from resources.models import Curator, Link, Publication
from resources.models.entry import WebAddressField
from resources.trust.links import Outcome
from resources.trust.named import NAMED_IN, SOURCES, citing


class CannotReaddress(Exception):
    """It was refused; the message is a sentence that says what to do."""


@transaction.atomic
def use_new_address(url: str, *, by: Curator) -> list[Publication]:
    """Write the address to which `url` leads into all public entries that name `url`.

    Publishes them in one edition and returns the publications; it is no check of any of them.
    Raises `CannotReaddress` where it did not move, or leads to what is no address of ours.
    """
    publishing.lock()
    link = Link.objects.filter(url=url, outcome=Outcome.MOVED).first()
    if link is None or not link.leads_to:
        raise CannotReaddress(_("That page has not moved for good. Nothing was changed."))
    new = _as_address(link.leads_to)
    entries = citing([url])[url]
    for entry in entries:
        own = [name for name in NAMED_IN[type(entry)] if name != SOURCES]
        moved = [name for name in own if getattr(entry, name) == url]
        for name in moved:
            setattr(entry, name, new)
        for source in entry.sources.all():  # type: ignore[attr-defined]
            if source.url == url:
                source.url = new
                source.save(update_fields=["url"])
        entry.save(update_fields=moved)
    return publishing.publish(by=by, entries=entries)


def _as_address(text: str) -> str:
    try:
        address: str = WebAddressField().clean(text, None)
    except ValidationError as error:
        raise CannotReaddress(" ".join(error.messages)) from error
    return address
