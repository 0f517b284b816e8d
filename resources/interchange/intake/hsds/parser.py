"""All records of a stage as documents of ours, in an order in which they can be saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from resources.documents import Document
from resources.interchange.intake.hsds import organisations, services
from resources.interchange.intake.hsds.areas import Places
from resources.interchange.intake.hsds.fields import Fields, Notes
from resources.interchange.intake.stage import Raw, Stage
from resources.interchange.intake.taken import Taken
from resources.interchange.intake.terms import Terms
from resources.models import Organisation, Resource


class Parser:
    """Reads the organizations and services that were fetched from one source."""

    def __init__(self, stage: Stage, terms: Terms, source: str) -> None:
        self._stage, self._terms, self._source = stage, terms, source
        self._places = Places()

    def __len__(self) -> int:
        return self._stage.count("organization") + self._stage.count("service")

    def taken(self) -> Iterator[Taken]:
        """Organizations, then services; what others refer to before those."""
        yield from chain(
            self._in_order("organization", _heir, self._organisation),
            self._in_order("service", lambda raw: services.identifier_of(raw.body), self._service),
        )

    def _in_order(
        self, entity: str, above: Callable[[Raw], str], parse: Callable[[Raw], Taken]
    ) -> Iterator[Taken]:
        """Those that refer to none of their kind, then those that refer to these, and so on."""
        waiting: dict[str, str] = {}
        for raw in self._stage.records(entity):
            upper = above(raw)
            if upper and upper != raw.id and self._stage.has(entity, upper):
                waiting[raw.id] = upper
            else:
                yield parse(raw)
        while waiting:
            ready = [own for own, upper in waiting.items() if upper not in waiting]
            # Where they go round in a circle, saving refuses them, and says so.
            for own in ready or list(waiting):
                del waiting[own]
                yield parse(self._stage.record(entity, own))

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


def _heir(raw: Raw) -> str:
    own = raw.body.get("support_directory")
    heir = own.get("successor") if isinstance(own, dict) else None
    return heir if isinstance(heir, str) else ""


def _taken(
    model: type[Organisation] | type[Resource], raw: Raw, document: Document, notes: Notes
) -> Taken:
    guessed, left = sorted(set(notes.guessed)), sorted(set(notes.left))
    return Taken(model, raw.id, document, raw.file, raw.place, guessed, left)
