"""Write a sample (`resources.interchange.sample`) into the directory, edition by edition."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from resources import publishing
from resources.documents import Document
from resources.models import Organisation, Publication, Recorded, Resource, public_id_for

from . import bulk, starter
from .sample import Sampler

BY = "sample data"

# Resources that are saved and published together, as one edition.
EDITION_SIZE = 2500


class HoldsWork(Exception):
    """Somebody has worked in this directory: a sample does not belong there."""


def refuse_where_people_work() -> None:
    """Raise `HoldsWork` where anybody but our own loaders has saved anything."""
    if Publication.objects.exclude(by_name__in=[BY, starter.BY]).exists():
        raise HoldsWork


def make(*, resources: int, seed: int, today: dt.date, tell: Callable[[int], None]) -> int:
    """Add invented resources until there are so many; return how many were new.

    The starter data is loaded first where it is missing. What this seed has made before is found
    again and left alone. `tell` hears, after each edition, how many there are by then.
    """
    starter.load()
    there = _there()
    references = bulk.References()
    created = made = 0
    for organisations, offered in _editions(Sampler(seed=seed, today=today), resources):
        with _no_collecting():
            created += _save(organisations, offered, there, references)
        made += len(offered)
        tell(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return created


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Put garbage collection off, which so many new rows set off all the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _there() -> set[UUID]:
    return {
        public_id
        for model in (Organisation, Resource)
        for public_id in model.objects.values_list("public_id", flat=True)
    }


def _editions(sampler: Sampler, wanted: int) -> Iterator[tuple[list[Document], list[Document]]]:
    """Organisations and their resources, so many resources in all, in portions of one edition."""
    organisations: list[Document] = []
    offered: list[Document] = []
    left = wanted
    for organisation, resources in sampler:
        organisations.append(organisation)
        offered += resources[:left]
        left -= len(resources[:left])
        if left == 0 or len(offered) >= EDITION_SIZE:
            yield organisations, offered
            organisations, offered = [], []
        if left == 0:
            return


@transaction.atomic
def _save(
    organisations: list[Document],
    offered: list[Document],
    there: set[UUID],
    references: bulk.References,
) -> int:
    entries: list[Recorded] = []
    for model, rows in ((Organisation, organisations), (Resource, offered)):
        new = [row for row in rows if public_id_for(model.KIND, row["slug"]) not in there]
        entries += bulk.create(model, [bulk.prepare(model, row) for row in new], references)
    publishing.publish(by=BY, entries=entries)
    return sum(isinstance(entry, Resource) for entry in entries)
