"""What the home page says has happened lately: funds seen open or closed, entries changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from resources.models import Organisation, Publication, PublicationState, Resource

# How many lines each list has, and how far back it looks for as many entries that are public.
LINES = 6
LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that a person changed, and the day."""

    entry: Resource | Organisation
    on: dt.date


def seen_lately(today: dt.date) -> list[Resource]:
    """The funds whose status was seen so recently that it counts today, the newest first."""
    funds = Resource.objects.published().filter(
        fund_status__in=["open", "closed", "waitlist"], lifecycle="running"
    )
    funds = funds.select_related("organisation").prefetch_related("translations")
    newest = funds.order_by("-fund_status_seen_on", "name")[:LOOK_BACK]
    return [fund for fund in newest if not fund.fund_status_on(today).is_old][:LINES]


def changed_lately() -> list[Change]:
    """The entries that curators changed last and that are still public, the newest first.

    What a machine loaded is left out: on the first day that would be everything.
    """
    rows = Publication.objects.filter(
        by__isnull=False, state=PublicationState.PUBLISHED, kind__in=["resource", "organisation"]
    )
    newest: dict[UUID, Publication] = {}
    for row in rows.order_by("-pk").only("public_id", "kind", "at")[:LOOK_BACK]:
        newest.setdefault(row.public_id, row)
    entries = {entry.public_id: entry for entry in _public(newest)}
    changes = [
        Change(entries[public_id], row.at.date())
        for public_id, row in newest.items()
        if public_id in entries
    ]
    return changes[:LINES]


def _public(public_ids: Iterable[UUID]) -> list[Resource | Organisation]:
    wanted = list(public_ids)
    if not wanted:
        return []
    resources = Resource.objects.published().filter(public_id__in=wanted)
    organisations = Organisation.objects.published().filter(public_id__in=wanted)
    return [
        *resources.select_related("organisation").prefetch_related("translations"),
        *organisations.prefetch_related("translations"),
    ]


def filled_on() -> dt.date | None:
    """The day on which the first edition was published; None before that."""
    first = _first_published()
    return first.date() if first else None


def began_at() -> dt.datetime:
    """The moment of the first edition; the beginning of time before that."""
    return _first_published() or dt.datetime.fromtimestamp(0, dt.UTC)


def _first_published() -> dt.datetime | None:
    return Publication.objects.public().values_list("at", flat=True).first()
