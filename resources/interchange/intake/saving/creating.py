"""New entries from documents, many at once.

They are written as bare rows: making models of them again, and reading back what was just written,
is most of the time where a hundred thousand come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from resources import publishing
from resources.documents import Document, part_relations, plain_fields
from resources.interchange.filling.databases import ours
from resources.interchange.filling.keys import TERMS, keys_of_terms
from resources.interchange.filling.rows import DocumentRows, Rows, label
from resources.interchange.intake.saving.known import REFERENCES, Model
from resources.interchange.intake.saving.wishes import Wishes
from resources.interchange.intake.taken import Taken
from resources.models import Organisation, Resource

ENTRIES: tuple[Any, ...] = (Organisation, Resource)
DRAFT = 1  # the version of a new draft


@dataclass(frozen=True, slots=True)
class New:
    """A record that becomes an entry. `document` is whole, and refers to what is here."""

    taken: Taken
    public_id: UUID
    document: Document


class Creator:
    """Writes new entries. Reads the vocabularies once, and of entries what a batch refers to."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, int]] = {
            **{label(model): {} for model in ENTRIES},
            **keys_of_terms(),
        }
        forms, encode = ours().FORMS, ours().encode
        self._created, self._planned_for = 0, 0
        self._rows = {model: DocumentRows(model, self._keys, forms, encode) for model in ENTRIES}
        self._terms = {model: list(_fields_of_terms(model)) for model in ENTRIES}

    def complaints(self, new: Iterable[New]) -> dict[UUID, dict[str, list[str]]]:
        """What speaks against each of them, by public id and field; those without are left out."""
        found = {}
        for one in new:
            said = {name: list(all_) for name, all_ in one.taken.judged().complaints.items()}
            for field, slug in self._unknown(one):
                said.setdefault(field, []).append(f"There is no “{slug}” here.")
            if said:
                found[one.public_id] = said
        return found

    def create(self, new: Sequence[New], wishes: Wishes) -> list[int]:
        """Save entries of one model as drafts; publish those that may be where that is wished.

        Returns the version of each, in the same order: 2 where it is public. Call it with the lock
        of `publishing`.
        """
        model = new[0].taken.model
        self._look_up(new)
        keys = ours().next_keys(model, len(new))
        self._keys[label(model)] |= {
            one.document["slug"]: key for one, key in zip(new, keys, strict=True)
        }
        debut = publishing.debut_of_drafts(by_name=wishes.machine)
        tables = self._rows[model].tables()
        rows: Rows = {table: [] for table in tables}
        for one, key in zip(new, keys, strict=True):
            self._rows[model].add(rows, key, one.public_id, one.document, debut)
        for table, values in rows.items():
            if values:
                ours().add(table, tables[table], values)
        self._created += len(new)
        public = _that_may_be_public(model, keys) if wishes.publish else []
        entries = model._default_manager.in_bulk(public)
        publishing.publish(by=wishes.machine, entries=[entries[key] for key in public])
        return [DRAFT + (key in entries) for key in keys]

    def keep_plans_right(self) -> None:
        """To be called between batches: the database plans anew when what is new has doubled."""
        if self._created > 2 * self._planned_for:
            ours().plan_anew(ENTRIES)
            self._planned_for = self._created

    def _look_up(self, new: Sequence[New]) -> None:
        """Read the keys of all entries that these refer to."""
        for target in ENTRIES:
            slugs = {slug for one in new for slug in _slugs_of(one, target)}
            found = target.objects.filter(slug__in=slugs).values_list("slug", "pk")
            known = self._keys[label(target)]
            known.clear()
            known.update(found)

    def _unknown(self, one: New) -> Iterator[tuple[str, str]]:
        """The terms that it refers to and that are not here: field, slug or code."""
        for field, inner, target in self._terms[one.taken.model]:
            known, value = self._keys[label(target)], one.document.get(field)
            values = [row.get(inner) for row in value or []] if inner else value
            for slug in values if isinstance(values, list) else [values]:
                if slug and slug not in known:
                    yield field, slug


def _fields_of_terms(model: Any) -> Iterator[tuple[str, str, Any]]:
    """Where a document names terms: field, field of its rows where it has those, model."""
    for field in [*plain_fields(model), *model._meta.many_to_many]:
        if field.related_model in TERMS:
            yield field.name, "", field.related_model
    for name, key in part_relations(model).items():
        for field in plain_fields(key.model):
            if field.related_model in TERMS:
                yield name, field.name, field.related_model


def _slugs_of(one: New, target: Model) -> list[str]:
    named = REFERENCES[one.taken.model].items()
    return [one.document[name] for name, to in named if to is target and one.document.get(name)]


def _that_may_be_public(model: Any, keys: Sequence[int]) -> list[int]:
    """Those that have a source, and stand under nothing hidden, in the same order."""
    rows = model.objects.filter(pk__in=keys).exclude(sources=None)
    if model is Resource:
        public = {"organisation__publication_state": "published"}
        hidden = Resource.objects.exclude(publication_state="published").exclude(pk__in=keys)
        rows = rows.filter(**public).exclude(part_of__in=hidden)
    found = set(rows.values_list("pk", flat=True))
    return [key for key in keys if key in found]
