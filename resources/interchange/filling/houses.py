"""All rows of a portion of a sample. This is the work that several processes share."""

from __future__ import annotations

import gc
import marshal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from resources.interchange.sample import Sampler, Varied
from resources.models import Organisation, Resource
from resources.publishing import Debut
from resources.search.text.documents import TABLES as TEXT_TABLES
from resources.search.text.documents import Pieces

from . import words
from .databases import ours
from .keys import keys_of_terms
from .portions import Numbers, Portion, Registers
from .rows import EntryRows, Rows, Tables, label
from .words import Words


class HouseRows:
    """Makes the rows of portions. Asks the database once, when it is made, and never later."""

    def __init__(self, sampler: Sampler, registers: Registers) -> None:
        self._sampler = sampler
        self._organisations_before, self._resources_before = registers.newest
        self._words = Words()
        self._organisations: Numbers = {}
        self._resources: Numbers = {}
        keys = {
            label(Organisation): self._organisations,
            label(Resource): self._resources,
            **keys_of_terms(),
        }
        forms, encode = ours().FORMS, ours().encode
        self._of_organisation = EntryRows(Organisation, keys, forms, encode)
        self._of_resource = EntryRows(Resource, keys, forms, encode)

    def tables(self) -> Tables:
        """The tables that rows are made for, with their columns."""
        return {
            **self._of_organisation.tables(),
            **self._of_resource.tables(),
            **{table: ours().ROW for table in TEXT_TABLES.values()},
            words.NAMES_TABLE: words.NAMES_COLUMNS,
        }

    def of(self, portion: Portion) -> tuple[int, bytes]:
        """How many resources there are by then, and the portion's rows, which `marshal` reads."""
        with _no_collecting():
            self._know(portion)
            rows: Rows = {table: [] for table in self.tables()}
            for plan in portion.plans:
                self._add(rows, *self._sampler.varied(plan), portion.debut)
            return portion.made, marshal.dumps(rows)

    def _know(self, portion: Portion) -> None:
        self._organisations.clear()
        self._organisations |= portion.organisations
        self._resources.clear()
        self._resources |= portion.resources

    def _add(
        self, rows: Rows, organisation: Varied, offered: Sequence[Varied], debut: Debut
    ) -> None:
        self._add_organisation(rows, organisation, debut)
        by_slug = {resource.changes["slug"]: resource for resource in offered}
        for resource in offered:
            programme = by_slug.get(resource.changes["part_of"])
            self._add_resource(rows, resource, organisation, programme, debut)

    def _add_organisation(self, rows: Rows, organisation: Varied, debut: Debut) -> None:
        pk = self._organisations[organisation.changes["slug"]]
        if pk > self._organisations_before:
            self._of_organisation.add(rows, pk, organisation, debut)
            _add_text(rows, self._words.of_organisation(pk, organisation))
            rows[words.NAMES_TABLE] += words.name_rows(pk, organisation)

    def _add_resource(
        self,
        rows: Rows,
        resource: Varied,
        organisation: Varied,
        programme: Varied | None,
        debut: Debut,
    ) -> None:
        pk = self._resources.get(resource.changes["slug"], 0)
        if pk > self._resources_before:
            self._of_resource.add(rows, pk, resource, debut)
            _add_text(rows, self._words.of_resource(pk, resource, organisation, programme))


def _add_text(rows: Rows, pieces: Pieces) -> None:
    rows[TEXT_TABLES[pieces.kind]].append(ours().row(pieces))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Put garbage collection off, which so many new rows set off all the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
