"""All records of a stage as documents of ours, in an order in which they can be saved."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from resources.batches import batched
from resources.documents import Document
from resources.interchange.filling import crew
from resources.interchange.intake.hsds import organisations, services
from resources.interchange.intake.hsds.areas import Places
from resources.interchange.intake.hsds.fields import Fields, Notes
from resources.interchange.intake.stage import Raw, Stage
from resources.interchange.intake.taken import Taken
from resources.interchange.intake.terms import Terms, Theirs
from resources.models import Organisation, Resource

# From so many records on, other processes parse while this one saves.
MANY, PORTION = 5_000, 250
# Where a record of our profile names another of its kind.
HEIR, PROGRAMME = ("support_directory", "successor"), ("support_directory", "part_of")


@dataclass(frozen=True, slots=True)
class Portion:
    """Records of one entity, by their ids."""

    entity: str
    ids: list[str]


class Parser:
    """Reads the organizations and services that were fetched from one source."""

    def __init__(self, stage: Stage, terms: Terms, source: str) -> None:
        self._stage, self._terms, self._source = stage, terms, source
        self._places = Places()

    def __len__(self) -> int:
        return self._stage.count("organization") + self._stage.count("service")

    def taken(self) -> Iterator[Taken]:
        """Organizations, then services; what others refer to before those."""
        self._stage.keep()
        processes = (os.cpu_count() or 1) if len(self) >= MANY else 1
        portions = chain(
            self._portions("organization", *HEIR), self._portions("service", *PROGRAMME)
        )
        every: Counter[Theirs] = Counter()
        for taken, unknown in crew.in_order(self.parse, portions, processes=processes):
            every.update(unknown)
            yield from taken
        self._terms.unknown = every

    def parse(self, portion: Portion) -> tuple[list[Taken], Counter[Theirs]]:
        """These records, judged, and the terms in them that are not known."""
        parse = self._organisation if portion.entity == "organization" else self._service
        self._terms.unknown = Counter()
        taken = [parse(self._stage.record(portion.entity, own)) for own in portion.ids]
        for one in taken:
            one.judged()
        return taken, self._terms.unknown

    def _portions(self, entity: str, *above: str) -> Iterator[Portion]:
        for ids in batched(self._in_order(entity, *above), PORTION):
            yield Portion(entity, ids)

    def _in_order(self, entity: str, *above: str) -> Iterator[str]:
        """Those that refer to none of their kind, then those that refer to these, and so on."""
        waiting: dict[str, str] = {}
        for own, upper in self._stage.names(entity, *above):
            if upper and upper != own and self._stage.has(entity, upper):
                waiting[own] = upper
            else:
                yield own
        while waiting:
            ready = [own for own, upper in waiting.items() if upper not in waiting]
            # Where they go round in a circle, saving refuses them, and says so.
            for own in ready or list(waiting):
                del waiting[own]
                yield own

    def _organisation(self, raw: Raw) -> Taken:
        notes = Notes()
        record = Fields(raw.body, notes, name="organization")
        said = organisations.document_of(record, self._terms, self._places, self._source)
        return _taken(Organisation, raw, said, notes)

    def _service(self, raw: Raw) -> Taken:
        notes = Notes()
        record = Fields(raw.body, notes, name="service")
        said = services.document_of(record, self._terms, self._places, self._source)
        return _taken(Resource, raw, said, notes)


def _taken(
    model: type[Organisation] | type[Resource], raw: Raw, document: Document, notes: Notes
) -> Taken:
    guessed, left = sorted(set(notes.guessed)), sorted(set(notes.left))
    return Taken(model, raw.id, document, raw.file, raw.place, guessed, left)
