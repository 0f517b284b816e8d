"""What was published of resources lately, for whom only follows them: new, or changed and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from resources.models import Publication, PublicationState, Resource
from resources.search.sets import Directory
from resources.trust.following import SAID_WITH

# So many publications back; a search that finds little may have nothing among them.
LOOK_BACK = 2_000
# Of one resource, what its feed may be made from.
MOST_OF_ONE = 100
# Which of its fields an entry names.
NAMED = 6

# What is no change of what the help is: sightings have entries of their own.
SILENT = SAID_WITH | {
    *("checked_on", "checked_by", "links_checked_on", "merged_into", "slug", "translations"),
    *("fund_status_days", "year_of_facts"),
}
Change = Publication.Change
NEW, CHANGED = "new", "changed"


@dataclass(frozen=True, slots=True)
class News:
    """A version of a resource that says something new. `fields` are those that differ."""

    resource: int
    version: int
    at: dt.datetime
    is_new: bool
    fields: tuple[str, ...]


def changes_since(directory: Directory) -> list[News]:
    """The newest of all resources, newest first; read once in an edition."""
    return directory.remembered("published lately", _read)


def _read() -> list[News]:
    rows = _rows(Publication.objects.filter(kind=Resource.KIND).order_by("-pk"), LOOK_BACK)
    wanted = {row[0] for row in rows}
    found = Resource.objects.published().filter(public_id__in=wanted).order_by()
    keys: dict[UUID, int] = dict(found.values_list("public_id", "pk"))
    return list(_news(rows, keys))


def changes_of(resource: Resource) -> list[News]:
    """Those of one resource, newest first."""
    rows = _rows(Publication.objects.of(resource), MOST_OF_ONE)
    return list(_news(rows, {resource.public_id: resource.pk}))


def _rows(publications: Any, most: int) -> list[tuple[Any, ...]]:
    public = publications.filter(state=PublicationState.PUBLISHED)
    return list(public.values_list("public_id", "version", "at", "change", "fields")[:most])


def _news(rows: Iterable[tuple[Any, ...]], keys: dict[UUID, int]) -> Iterator[News]:
    for public_id, version, at, change, fields in rows:
        is_new = change in (Change.PUBLISHED, Change.CREATED)
        told = tuple(name for name in fields if name not in SILENT)
        if public_id in keys and (is_new or (told and change != Change.CHECKED)):
            yield News(keys[public_id], version, at, is_new, told)


def news_of(one: News) -> tuple[str, str, str]:
    """Its kind, a word for it, and a sentence, in the language of the page."""
    if one.is_new:
        return NEW, pgettext("in a feed", "New"), _("It is listed now.")
    named = ", ".join(map(label_of, one.fields[:NAMED]))
    if len(one.fields) > NAMED:
        named = _("%(fields)s and more") % {"fields": named}
    return (
        CHANGED,
        pgettext("in a feed", "Changed"),
        _("What changed: %(fields)s.") % {"fields": named},
    )


def label_of(name: str) -> str:
    """What a field or a list of a resource is called."""
    field = Resource._meta.get_field(name)
    if hasattr(field, "verbose_name"):
        return str(field.verbose_name)
    return str(field.related_model._meta.verbose_name_plural)  # type: ignore[union-attr]
