"""What the directory knows of some records: whence it has them, and which entries they became."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from resources.interchange.intake.taken import Taken
from resources.models import Organisation, Origin, PublicationState, Resource

Model: TypeAlias = type[Organisation] | type[Resource]
# Kind and identifier at the source.
Key: TypeAlias = tuple[str, str]

# Which model a document refers to by the identifiers of the source.
REFERENCES: dict[Model, dict[str, Model]] = {
    Organisation: {"successor": Organisation},
    Resource: {"organisation": Organisation, "part_of": Resource},
}


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of ours, as far as deciding needs it."""

    pk: int
    slug: str
    state: str
    version: int

    @property
    def is_draft(self) -> bool:
        return self.state == PublicationState.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == PublicationState.PUBLISHED


@dataclass(slots=True)
class Known:
    """Of the records of a batch and of those that they refer to."""

    origins: dict[Key, Origin] = field(default_factory=dict)
    entries: dict[UUID, Standing] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: Sequence[Taken], source: str) -> Known:
        """In two queries for each model."""
        known = cls()
        for model, identifiers in _mentioned(batch).items():
            rows = Origin.objects.filter(source=source, kind=model.KIND, identifier__in=identifiers)
            known.origins |= {(row.kind, row.identifier): row for row in rows}
            public_ids = [known.public_id(model, one, source) for one in identifiers]
            found: Any = model._default_manager.filter(public_id__in=public_ids)
            for public_id, *said in found.values_list(
                "public_id", "pk", "slug", "publication_state", "version"
            ):
                known.entries[public_id] = Standing(*said)
        return known

    def public_id(self, model: Model, identifier: str, source: str) -> UUID:
        """The public id of the entry that this record is, or would become."""
        origin = self.origins.get((model.KIND, identifier))
        return origin.public_id if origin else Taken.id_of(model, identifier, source)


def references(one: Taken) -> Iterable[tuple[str, Model, str]]:
    """What a record refers to: field, model, identifier at the source."""
    for name, model in REFERENCES[one.model].items():
        identifier = one.document.get(name)
        if identifier:
            yield name, model, identifier


def _mentioned(batch: Iterable[Taken]) -> dict[Model, list[str]]:
    found: dict[Model, dict[str, None]] = {Organisation: {}, Resource: {}}
    for one in batch:
        found[one.model][one.identifier] = None
        for _name, model, identifier in references(one):
            found[model][identifier] = None
    return {model: list(identifiers) for model, identifiers in found.items() if identifiers}
