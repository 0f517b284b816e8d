"""What there is to tell: the net of what was published of a resource, once it has settled.

A change waits `SETTLES`: whoever made a mistake can take it back, and nobody hears of it. Then the
resource as it was last told of is compared with what it says now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction

from resources.models import (
    Alert,
    AlertHeld,
    AlertNews,
    AlertProgress,
    Edition,
    Publication,
    PublicationState,
    Resource,
    StatusSighting,
)
from resources.models.resource import status_that_counts

SETTLES = dt.timedelta(minutes=10)
# What of an entry is no news to somebody who waits for it.
NO_NEWS = frozenset(
    {
        *("slug", "checked_on", "checked_by", "links_checked_on", "year_of_facts", "sources"),
        *("fund_status", "fund_status_seen_on", "fund_status_precision", "fund_status_days"),
        *("translations", "merged_into", "lifecycle", "lifecycle_since"),
    }
)
Kind, Status = AlertNews.Kind, Resource.FundStatus
BY_STATUS = {Status.OPEN: Kind.OPENED, Status.WAITLIST: Kind.WAITLIST, Status.CLOSED: Kind.CLOSED}


@transaction.atomic
def gather(now: dt.datetime, today: dt.date) -> list[AlertNews]:
    """Turn what was published and has settled into news; returns it, saved.

    While nobody waits for any, what is published passes by: see `begin`.
    """
    if not Alert.objects.confirmed().exists():
        return []
    progress = AlertProgress.objects.select_for_update().get(pk=1)
    current = Edition.current()
    told_in = dict(AlertHeld.objects.values_list("resource__public_id", "edition"))
    changed = _changed(progress.edition, current)
    news: list[AlertNews] = []
    for public_id in {*changed, *told_in}:
        since = told_in.get(public_id, progress.edition)
        resource, newest = Resource.objects.get(public_id=public_id), _newest(public_id, current)
        if newest.at > now - SETTLES:
            AlertHeld.objects.get_or_create(resource=resource, defaults={"edition": since})
            continue
        AlertHeld.objects.filter(resource=resource).delete()
        news += _of(resource, _newest(public_id, since), newest, today)
    AlertProgress.objects.update(edition=current)
    return AlertNews.objects.bulk_create(news)


def begin() -> None:
    """Let what is published from now on become news: somebody waits for it from now on."""
    AlertHeld.objects.all().delete()
    AlertProgress.objects.update_or_create(pk=1, defaults={"edition": Edition.current()})


def _changed(since: int, until: int) -> set[UUID]:
    rows = Publication.objects.since(since).filter(edition__lte=until, kind=Resource.KIND)
    return set(rows.order_by().values_list("public_id", flat=True))


def _newest(public_id: UUID, until: int) -> Any:
    """What was public of a resource in this edition; None where nothing was."""
    rows = Publication.objects.filter(public_id=public_id, edition__lte=until)
    return rows.order_by("-edition").first()


def _of(
    resource: Resource, before: Publication | None, after: Publication, today: dt.date
) -> Iterator[AlertNews]:
    """The news between two publications of a resource; nothing where nothing was undone."""
    if after.state != PublicationState.PUBLISHED or _is_ended(after):
        if before and before.state == PublicationState.PUBLISHED and not _is_ended(before):
            yield AlertNews(resource=resource, kind=Kind.ENDED)
        return
    if before is None or before.state != PublicationState.PUBLISHED:
        yield AlertNews(resource=resource, kind=Kind.NEW)
    status = _status(after, today)
    if before is None or before.document["fund_status"] != status:
        yield from _of_status(resource, status, before)
    if before and before.state == PublicationState.PUBLISHED and _differ(before, after):
        yield AlertNews(resource=resource, kind=Kind.CHANGED)


def _of_status(resource: Resource, status: str, before: Publication | None) -> Iterator[AlertNews]:
    """That it stands otherwise now, or that it never opened."""
    kind = BY_STATUS.get(Status(status))
    mistaken = _mistaken(resource) if before and _says_open(before) else None
    if mistaken is not None:
        yield AlertNews(resource=resource, kind=Kind.MISTAKEN, takes_back=mistaken)
    elif kind == Kind.OPENED:
        standing = StatusSighting.objects.standing().filter(resource=resource)
        seen = standing.order_by("-seen_on", "-at", "-pk").first()
        yield AlertNews(resource=resource, kind=kind, sighting=seen)
    elif kind is not None:
        yield AlertNews(resource=resource, kind=kind)


def _says_open(row: Publication) -> bool:
    return bool(row.document["fund_status"] == Status.OPEN)


def _mistaken(resource: Resource) -> AlertNews | None:
    """The opening that was told last, where it was one that nobody saw."""
    opened = AlertNews.objects.filter(resource=resource, kind=Kind.OPENED).order_by("-pk").first()
    if opened is None or opened.sighting is None:
        return None
    stands = StatusSighting.objects.standing().filter(pk=opened.sighting.pk).exists()
    return None if stands else opened


def _status(row: Publication, today: dt.date) -> str:
    said, day = row.document["fund_status"], row.document["fund_status_seen_on"]
    seen_on = dt.date.fromisoformat(day) if day else None
    return status_that_counts(said, seen_on, row.document["fund_status_days"], today)


def _is_ended(row: Publication) -> bool:
    return bool(row.document["lifecycle"] == Resource.Lifecycle.ENDED)


def _differ(before: Publication, after: Publication) -> bool:
    """Whether they differ in what somebody who waits would read."""
    names: Iterable[str] = after.document.keys() - NO_NEWS
    return any(before.document.get(name) != after.document[name] for name in names)
