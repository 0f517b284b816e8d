"""New entries from documents, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from resources import publishing
from resources.documents import Document, part_relations, plain_fields
from resources.interchange import bulk
from resources.interchange.intake.saving.wishes import Wishes
from resources.interchange.intake.taken import Taken
from resources.models import Entry, Organisation, PublicationState, Resource


@dataclass(frozen=True, slots=True)
class New:
    """A record that becomes an entry; `prepared` is that entry, and refers to what is here."""

    taken: Taken
    public_id: UUID
    prepared: bulk.Prepared

    @classmethod
    def of(cls, taken: Taken, public_id: UUID, document: Document) -> New:
        """From the record, and its document with slugs for what it refers to."""
        prepared = bulk.prepare(taken.model, document)
        prepared.entry.public_id = public_id
        return cls(taken, public_id, prepared)

    @property
    def document(self) -> Document:
        """What the entry is to say."""
        return self.prepared.document


class Referred(bulk.References):
    """The keys behind slugs of entries are looked up for a batch, those of terms once for all."""

    def __init__(self) -> None:
        super().__init__()
        self._keys = {Organisation: {}, Resource: {}}

    def look_up(self, new: Sequence[New]) -> None:
        """Read the keys of all entries that these refer to."""
        for model in (Organisation, Resource):
            slugs = {slug for one in new for slug in _slugs_of(one, model)}
            found = model._default_manager.filter(slug__in=slugs)
            self._keys[model] = dict(found.values_list("slug", "pk"))


def _slugs_of(one: New, target: Any) -> list[str]:
    keys = [field for field in plain_fields(one.taken.model) if field.related_model is target]
    return [one.document[key.name] for key in keys if one.document.get(key.name)]


def complaints_of(new: Sequence[New], references: Referred) -> dict[UUID, dict[str, list[str]]]:
    """What speaks against each of them, by public id and field. Those without are left out."""
    found = {}
    for one in new:
        said = one.prepared.complaints()
        for field, model, slug in _terms(one):
            if not references.knows(model, slug):
                said.setdefault(field, []).append(f"There is no “{slug}” here.")
        if said:
            found[one.public_id] = said
    return found


def _terms(one: New) -> list[tuple[str, Any, str]]:
    """What it refers to besides entries: field, model, slug or code."""
    model, document = one.taken.model, one.document
    many = [
        (field.name, field.related_model, slug)
        for field in model._meta.many_to_many
        for slug in document.get(field.name, [])
    ]
    rows = [
        (name, key.model, row)
        for name, key in part_relations(model).items()
        for row in document.get(name, [])
    ]
    parts = [
        (name, field.related_model, row[field.name])
        for name, part, row in rows
        for field in plain_fields(part)
        if field.is_relation and row.get(field.name)
    ]
    own = [
        (field.name, field.related_model, document[field.name])
        for field in plain_fields(model)
        if field.is_relation and document.get(field.name)
    ]
    every: list[tuple[str, Any, str]] = [*many, *parts, *own]
    return [one for one in every if one[1] not in (Organisation, Resource)]


def create(new: Sequence[New], references: Referred, wishes: Wishes) -> list[Entry]:
    """Save them as drafts, and publish those that may be where that is wished.

    All of one model. Returns the entries in the same order.
    """
    references.look_up(new)
    prepared = [one.prepared for one in new]
    entries: Any = bulk.create(new[0].taken.model, prepared, references)
    said = zip(entries, map(bulk.said, prepared), strict=True)
    publishing.keep_new_drafts(by=wishes.machine, drafts=list(said))
    if wishes.publish:
        publishing.publish(by=wishes.machine, entries=[one for one in entries if _may_be(one)])
    return list(entries)


def _may_be(entry: Any) -> bool:
    """Whether it can be public: it has a source, and stands under nothing hidden."""
    above = []
    if isinstance(entry, Resource):
        above = [entry.organisation, *([entry.part_of] if entry.part_of else [])]
    is_hidden = any(one.publication_state != PublicationState.PUBLISHED for one in above)
    return not is_hidden and entry.sources.exists()
