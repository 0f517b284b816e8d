"""What the record says of entries as they were before a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, Q
from django.utils import timezone

from resources.models import Publication

Document = dict[str, Any]


def as_of(day: dt.date, public_ids: Collection[UUID]) -> dict[UUID, Document]:
    """The entries as the public saw them when this day began, or later as first published.

    Two queries, however many entries.
    """
    began = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    seen = Publication.objects.public().filter(public_id__in=public_ids).order_by()
    rows = seen.values("public_id").annotate(
        last=Max("pk", filter=Q(at__lt=began)), first=Min("pk")
    )
    wanted = [row["last"] or row["first"] for row in rows]
    found = Publication.objects.filter(pk__in=wanted).values_list("public_id", "document")
    return dict(found)
