"""What the shared pages are made from besides their address, as a tag and a time.

Whoever adds to a page what is not published (not a new edition, not a new day) adds it to `Signs`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from directory import build
from resources.context import directory_of
from resources.models import Edition, LetterAnswer, LinkCheck, Publication, StatusSighting
from resources.opendata import folder


@dataclass(frozen=True, slots=True)
class Stamp:
    """`etag`: changes whenever a shared page may. `modified`: when one last may have changed."""

    etag: str
    modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Signs:
    """By what the database tells that a page may be another: keys, and the newest moment.

    The edition is most of it. What machines find at links, what organisations confirm and
    sightings older than the newest one are shown too, and raise no edition.
    """

    keys: tuple[Any, ...]
    newest: dt.datetime | None


def stamp_of(request: HttpRequest, name: str) -> Stamp:
    """The stamp of the shared page of this name; two queries.

    It is made before the page: what is published in between stands in a page with an older stamp,
    which the next who asks is not answered 304 for. The other way round it would stay hidden. For
    the same reason it holds the edition of the directory in memory as well as the database's: the
    former may follow later.
    """
    signs = _signs()
    directory = directory_of(request)
    made_from = (build.fingerprint(), directory.edition, directory.today, signs.keys, _beside(name))
    midnight = timezone.make_aware(dt.datetime.combine(directory.today, dt.time()))
    moments = (build.came_at(), midnight, signs.newest)
    # Weak: the page says the same, its bytes are compressed differently each time.
    etag = f'W/"{blake2b(repr(made_from).encode(), digest_size=12).hexdigest()}"'
    return Stamp(etag, max(moment for moment in moments if moment))


def _signs() -> Signs:
    published = Publication.objects.filter(edition__isnull=False).order_by("-edition", "-pk")
    sightings, visits = StatusSighting.objects.order_by("-pk"), LinkCheck.objects.order_by("-pk")
    accepted = LetterAnswer.objects.filter(state=LetterAnswer.State.ACCEPTED)
    row = Edition.objects.values_list(
        "number",
        _first(sightings, "pk"),
        _first(visits, "pk"),
        _first(accepted.order_by("-closed_at"), "closed_at"),
        _first(published, "at"),
        _first(sightings, "at"),
        _first(visits, "at"),
    ).first()
    if row is None:
        return Signs((), None)
    moments = [moment for moment in row[3:] if moment]
    return Signs(row[:4], max(moments, default=None))


def _first(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.values(column)[:1])


def _beside(name: str) -> object:
    """What a page shows that is not in the database."""
    if name != "data":
        return None
    return [edition.name for edition in folder.listed(Path(settings.DATA_FOLDER))]
