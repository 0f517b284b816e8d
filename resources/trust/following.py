"""The record of sightings follows what is published, whoever said it: a form, a loader, a check.

Listens to `published`, so that no status is ever shown of which the record does not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from resources.models import Publication, PublicationState, Resource, StatusSighting
from resources.publishing import published
from resources.trust.absorbed import whose

SAID_WITH = frozenset({"fund_status", "fund_status_seen_on", "fund_status_precision"})


@receiver(published)
def follow(publications: list[Publication], **kwargs: Any) -> None:
    """Add a sighting for each fund that now says one which the record has not."""
    told = [
        row
        for row in publications
        if row.kind == Resource.KIND
        and row.state == PublicationState.PUBLISHED
        and (row.change == Publication.Change.PUBLISHED or not SAID_WITH.isdisjoint(row.fields))
    ]
    if told:
        StatusSighting.objects.bulk_create(_missing({row.public_id: row for row in told}))


def _missing(told: dict[Any, Publication]) -> Iterable[StatusSighting]:
    seen = Resource.objects.filter(
        public_id__in=told, fund_status__in=StatusSighting.Status.values
    ).only("public_id", "fund_status", "fund_status_seen_on", "fund_status_precision")
    funds = list(seen)
    counts_for = whose(Resource, [fund.pk for fund in funds])
    rows = StatusSighting.objects.standing().filter(resource__in=counts_for)
    known = {
        (counts_for[pk], *said)
        for pk, *said in rows.values_list("resource_id", "status", "seen_on", "precision")
    }
    for fund in funds:
        day, precision = fund.fund_status_seen_on, fund.fund_status_precision
        if day is not None and (fund.pk, fund.fund_status, day, precision) not in known:
            row = told[fund.public_id]
            yield StatusSighting(
                resource=fund,
                status=fund.fund_status,
                seen_on=day,
                precision=precision,
                at=row.at,
                by=row.by,
                by_name=row.by_name,
            )
