"""Everything published as documents, one at a time, in an order that no database decides.

By id: the same directory gives the same order wherever it is kept, and after it was imported anew.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import groupby, repeat
from typing import Any

from resources.hsds import loading, profile
from resources.hsds.organisations import organisation_document
from resources.hsds.services import service_document
from resources.hsds.telling import Document, Telling
from resources.models import Organisation, PublicationState, Resource

PUBLISHED = PublicationState.PUBLISHED


def count() -> tuple[int, int]:
    """How many organisations and services there are."""
    return _organisations().count(), _services().count()


def organisations(telling: Telling) -> Iterator[tuple[Document, Iterator[Document]]]:
    """Each organisation in full, with an iterator of its services in full.

    The services are read before the next organisation is asked for.
    """
    keys = _keys(_organisations().order_by("public_id").values_list("pk"))[0]
    rows = _services().order_by("organisation__public_id", "public_id")
    owners, services = _keys(rows.values_list("organisation_id", "pk"), 2)
    written = zip(owners, _documents(services, telling), strict=True)
    groups = groupby(written, key=lambda pair: pair[0])
    owner, group = next(groups, (None, iter(())))
    for organisation, seen in loading.organisations(keys):
        is_owner = organisation.pk == owner
        yield (
            organisation_document(organisation, seen, [], telling),
            (document for _owner, document in group) if is_owner else iter(()),
        )
        if is_owner:
            owner, group = next(groups, (None, iter(())))


def tombstones() -> Iterator[Document]:
    """What was taken down, by id alone."""
    models: tuple[type[Any], ...] = (Organisation, Resource)
    for model in models:
        rows = model.objects.filter(publication_state=PublicationState.WITHDRAWN)
        found = rows.select_related("merged_into").order_by("public_id")
        yield from map(profile.tombstone, found.iterator(loading.BATCH))


def _documents(pks: array[int], telling: Telling) -> Iterator[Document]:
    for resource, seen in loading.services(pks):
        yield service_document(resource, seen, telling)


def _organisations() -> Any:
    return Organisation.objects.published()


def _services() -> Any:
    return Resource.objects.published().filter(organisation__publication_state=PUBLISHED)


def _keys(rows: Any, columns: int = 1) -> list[array[int]]:
    """The columns of rows of numbers: eight bytes each, so that a million of them are nothing."""
    found = [array("q") for _column in repeat(None, columns)]
    for row in rows.iterator(10_000):
        for column, value in zip(found, row, strict=True):
            column.append(value)
    return found
