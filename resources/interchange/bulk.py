"""Many new entries or terms at once, from their documents, in a fixed number of queries a batch.

`resources.documents.write` does the same for one. This is for what has been validated, or was made
by a machine: what it saves becomes public, or a draft, only through `resources.publishing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from resources.batches import batched
from resources.documents import Document, part_relations, plain, plain_fields
from resources.models import FormerSlug, Recorded, State

BATCH = 500


class References:
    """The primary key of everything that a document can refer to, looked up once a model."""

    def __init__(self) -> None:
        self._keys: dict[type[models.Model], dict[str, int]] = {}

    def key(self, model: Any, reference: str) -> int:
        """The primary key behind a slug (a state's code). Raises KeyError where there is none."""
        return self._of(model)[reference]

    def knows(self, model: type[models.Model], reference: str) -> bool:
        """Whether there is such a thing."""
        return reference in self._of(model)

    def learn(self, entries: Iterable[Recorded]) -> None:
        """Take in what has just been created."""
        for entry in entries:
            self._of(type(entry))[getattr(entry, reference_field(type(entry)))] = entry.pk

    def _of(self, model: type[models.Model]) -> dict[str, int]:
        if model not in self._keys:
            rows = model._default_manager.values_list(reference_field(model), "pk")
            self._keys[model] = dict(rows)
        return self._keys[model]


def reference_field(model: type[models.Model]) -> str:
    """The field by which documents refer to things of this model."""
    return "code" if model is State else "slug"


@dataclass(slots=True)
class Prepared:
    """A new entry and its parts, unsaved; what they refer to still stands in the document."""

    entry: Recorded
    document: Document
    parts: dict[str, list[models.Model]] = field(default_factory=dict)

    def complaints(self) -> dict[str, list[str]]:
        """What the models' own rules say against it, by field. Asks no database."""
        found = _complaints(self.entry)
        for accessor, parts in self.parts.items():
            for place, part in enumerate(parts, 1):
                said = [
                    f"{place}: {name}: {m}"
                    for name, all_ in _complaints(part).items()
                    for m in all_
                ]
                found.setdefault(accessor, []).extend(said)
        return {name: messages for name, messages in found.items() if messages}


def prepare(model: type[Recorded], document: Document) -> Prepared:
    """The unsaved rows that say what the document says, without what they refer to."""
    prepared = Prepared(entry=model.made(**_columns(model, document)), document=document)
    for accessor, key in part_relations(model).items():
        rows = document.get(accessor, [])
        prepared.parts[accessor] = [key.model(**_columns(key.model, row)) for row in rows]
    return prepared


def _columns(model: type[models.Model], document: Document) -> dict[str, Any]:
    return {
        column.name: column.to_python(document[column.name])
        for column in _own_columns(model)
        if column.name in document
    }


@cache
def _own_columns(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    """The columns of a document that refer to nothing else."""
    return tuple(c for c in plain_fields(model) if not isinstance(c, models.ForeignKey))


def _complaints(row: models.Model) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    checks: list[Callable[[], None]] = [
        partial(row.clean_fields, exclude=_unasked(type(row))),
        partial(_refuse_contradictions, row) if isinstance(row, Recorded) else row.clean,
    ]
    for check in checks:
        try:
            check()
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, messages in told.items():
                found.setdefault(name, []).extend(messages)
    return found


@cache
def _unasked(model: type[models.Model]) -> frozenset[str]:
    """What cannot be judged without the database."""
    columns = model._meta.concrete_fields
    return frozenset({c.name for c in columns if isinstance(c, models.ForeignKey)} | {"public_id"})


def _refuse_contradictions(row: Recorded) -> None:
    """What `clean` does without asking which addresses lead elsewhere: see `leading_elsewhere`."""
    if errors := row.contradictions():
        raise ValidationError(errors)


def leading_elsewhere(model: type[Recorded], slugs: Iterable[str]) -> set[str]:
    """Those of the slugs that an entry had before and that still lead to it."""
    former = FormerSlug.objects.filter(kind=model.KIND)
    return {
        slug
        for some in batched(slugs, BATCH)
        for slug in former.filter(slug__in=some).values_list("slug", flat=True)
    }


def said(prepared: Prepared) -> Document:
    """The document of what was prepared, whole, as `documents.read` has it once it is saved."""
    model, given = type(prepared.entry), prepared.document
    document = _said_by(prepared.entry, given)
    document |= {f.name: sorted(given.get(f.name, [])) for f in model._meta.many_to_many}
    for accessor, key in part_relations(model).items():
        rows = zip(prepared.parts[accessor], given.get(accessor, []), strict=True)
        parts = [_said_by(part, row) for part, row in rows]
        for part in parts:
            part.pop(key.name)
        document[accessor] = sorted(parts, key=_order_of(key.model))
    return document


def _said_by(row: models.Model, given: Document) -> Document:
    return {
        field.name: given.get(field.name) if field.is_relation else plain(getattr(row, field.name))
        for field in plain_fields(type(row))
    }


def _order_of(model: type[models.Model]) -> Callable[[Document], Any]:
    """By what the model says its rows are in order of; those that are alike stay as given."""
    names = [str(name) for name in model._meta.ordering or () if name != "pk"]
    return lambda part: [part[name] for name in names]


def create(
    model: type[Recorded], prepared: Sequence[Prepared], references: References
) -> list[Recorded]:
    """Save the prepared entries of one model, with their parts and references; return them.

    They may refer to each other in any order. Raises KeyError where a reference leads nowhere.
    """
    own = [column for column in _keys(model) if column.related_model is model]
    _refer(prepared, [column for column in _keys(model) if column not in own], references)
    entries = model._default_manager.bulk_create([one.entry for one in prepared], batch_size=BATCH)
    references.learn(entries)
    _refer(prepared, own, references)
    for column in own:
        pointing = [one.entry for one in prepared if getattr(one.entry, column.attname) is not None]
        model._default_manager.bulk_update(pointing, [column.name], batch_size=BATCH)
    _create_many_to_many(model, prepared, references)
    _create_parts(model, prepared, references)
    return entries


def _keys(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    return [column for column in plain_fields(model) if isinstance(column, models.ForeignKey)]


def _refer(
    prepared: Iterable[Prepared],
    keys: Sequence[models.ForeignKey[Any, Any]],
    references: References,
) -> None:
    for one in prepared:
        _refer_row(one.entry, one.document, keys, references)


def _refer_row(
    row: models.Model,
    document: Document,
    keys: Sequence[models.ForeignKey[Any, Any]],
    references: References,
) -> None:
    for column in keys:
        reference = document.get(column.name)
        if reference is not None:
            setattr(row, column.attname, references.key(column.related_model, reference))


def _create_many_to_many(
    model: type[Recorded], prepared: Sequence[Prepared], references: References
) -> None:
    for column in model._meta.many_to_many:
        through: Any = column.remote_field.through
        near, far = f"{column.m2m_field_name()}_id", f"{column.m2m_reverse_field_name()}_id"
        rows = [
            through(**{near: one.entry.pk, far: references.key(column.related_model, reference)})
            for one in prepared
            for reference in one.document.get(column.name, [])
        ]
        through._default_manager.bulk_create(rows, batch_size=BATCH)


def _create_parts(
    model: type[Recorded], prepared: Sequence[Prepared], references: References
) -> None:
    for accessor, key in part_relations(model).items():
        further = [column for column in _keys(key.model) if column.name != key.name]
        parts: list[models.Model] = []
        for one in prepared:
            for part, row in zip(one.parts[accessor], one.document.get(accessor, []), strict=True):
                setattr(part, key.attname, one.entry.pk)
                _refer_row(part, row, further, references)
                parts.append(part)
        key.model._default_manager.bulk_create(parts, batch_size=BATCH)
