"""Write a sample (`resources.interchange.sample`) into the directory: all of it, or nothing.

It is one transaction, with editions as if it had been published bit by bit. This process plans who
there is and hands rows to the database; where there are many, others make the rows.
"""

from __future__ import annotations

import datetime as dt
import marshal
import os
from collections.abc import Callable

from django.db import connection

from resources import publishing
from resources.models import Publication, Resource

from . import starter
from .filling import crew
from .filling.databases import ours
from .filling.houses import HouseRows
from .filling.portions import Registers, portions
from .sample import Sampler

BY = "sample data"

# Resources that are published together, as one edition.
EDITION_SIZE = 2500

# From so many new resources on, other processes help, and indexes are made afterwards.
MANY = 10_000


class HoldsWork(Exception):
    """Somebody has worked in this directory: a sample does not belong there."""


def refuse_where_people_work() -> None:
    """Raise `HoldsWork` where anybody but our own loaders has saved anything."""
    if Publication.objects.exclude(by_name__in=[BY, starter.BY]).exists():
        raise HoldsWork


def make(*, resources: int, seed: int, today: dt.date, tell: Callable[[int], None]) -> int:
    """Add invented resources until there are so many; return how many were new.

    The starter data is loaded first where it is missing. What this seed has made before is found
    again and left alone. `tell` hears, after each edition, how many there are by then. Broken off,
    it leaves the directory as it was before, but for the starter data.
    """
    starter.load()
    before = Resource.objects.count()
    sampled = Publication.objects.filter(by_name=BY, kind=Resource.KIND, version=1).count()
    _add(resources, Sampler(seed=seed, today=today), tell, many=resources - sampled >= MANY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Resource.objects.count() - before


def _add(wanted: int, sampler: Sampler, tell: Callable[[int], None], *, many: bool) -> None:
    registers = Registers.read()
    rows = HouseRows(sampler, registers)
    tables = rows.tables()
    with publishing.debuts(by_name=BY) as debuts, ours().writing(tables, many=many):
        new = portions(
            sampler.plans(),
            resources=wanted,
            size=EDITION_SIZE,
            registers=registers,
            debuts=debuts,
        )
        processes = (os.cpu_count() or 1) if many else 1
        for made, added in crew.in_order(rows.of, new, processes=processes):
            for table, values in marshal.loads(added).items():  # noqa: S302 - our own
                ours().add(table, tables[table], values)
            tell(made)
