"""An entry, or a vocabulary term, as one document: everything it says, its parts included.

`read` and `write` follow the models by themselves: a new field, many-to-many or part joins the
document (and with it history, differences and restore) without a line here. A document is plain
JSON: a date is "2026-05-17", a reference is a slug (a code for a state, a user name for a curator).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import models

from resources.models import Curator, FormerSlug, Recorded, State

Document: TypeAlias = dict[str, Any]

# What a thing is to the database and to the record, not what it says.
NOT_CONTENT = frozenset({"id", "public_id", "version", "changed_at", "publication_state"})


@cache
def plain_fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    """The columns that belong to a document of this model."""
    return tuple(field for field in model._meta.concrete_fields if field.name not in NOT_CONTENT)


@cache
def part_relations(model: type[models.Model]) -> dict[str, models.ForeignKey[Any, Any]]:
    """The rows that are parts of such an entry (they go when it goes): accessor -> their key."""
    return {
        relation.get_accessor_name(): relation.field  # type: ignore[misc]
        for relation in model._meta.related_objects
        if relation.one_to_many and relation.on_delete is models.CASCADE
    }


def read(entry: Recorded) -> Document:
    """The document of a saved entry, as the database has it now."""
    return read_many(type(entry), [entry.pk])[entry.pk]


def read_many(model: type[Recorded], pks: Iterable[int]) -> dict[int, Document]:
    """The documents of many saved entries of one model, by primary key.

    In a fixed number of queries, of bare rows: making an instance of each part is what takes the
    time where thousands are published at once.
    """
    wanted = list(pks)
    entries = model._default_manager.filter(pk__in=wanted)
    found = dict(_bare_rows(entries, "pk", plain_fields(model)))
    for field in model._meta.many_to_many:
        near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
        target = f"{far}__{_reference_field(field.related_model)}"
        through: Any = field.remote_field.through
        pairs = through._default_manager.filter(**{f"{near}__in": wanted})
        _share_out(found, field.name, pairs.values_list(f"{near}_id", target))
        for document in found.values():
            document[field.name].sort()
    for accessor, key in part_relations(model).items():
        fields = [field for field in plain_fields(key.model) if field is not key]
        parts = key.model._default_manager.filter(**{f"{key.name}__in": wanted})
        _share_out(found, accessor, _bare_rows(parts, key.attname, fields))
    return found


def _bare_rows(
    rows: models.QuerySet[Any], owner: str, fields: Iterable[models.Field[Any, Any]]
) -> Iterator[tuple[int, Document]]:
    """Each row as a document, with the primary key in `owner`, in the model's own order."""
    names = [field.name for field in fields]
    paths = [
        f"{field.name}__{_reference_field(field.related_model)}"
        if field.is_relation
        else field.name
        for field in fields
    ]
    for pk, *values in rows.values_list(owner, *paths):
        yield pk, dict(zip(names, map(plain, values), strict=True))


def plain(value: Any) -> Any:
    """A value of a column as a document has it."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _reference_field(model: Any) -> str:
    """The field by which documents refer to things of this model."""
    return {State: "code", Curator: "username"}.get(model, "slug")


def _share_out(documents: dict[int, Document], name: str, rows: Iterable[tuple[int, Any]]) -> None:
    """Give each document its own of the rows, as a list under this name."""
    for document in documents.values():
        document[name] = []
    for pk, row in rows:
        documents[pk][name].append(row)


def write(entry: Recorded, document: Document, *, leave: Iterable[str] = ()) -> None:
    """Make the rows of an entry, new or saved, say what the document says.

    Fields that the document lacks, and those in `leave`, stay as they are. Raises
    `ValidationError` by field, before anything is saved, when the document contradicts the rules
    or refers to something that is not there. Call it inside a transaction.
    """
    model, skipped = type(entry), set(leave)
    wanted = {name: value for name, value in document.items() if name not in skipped}
    for field in plain_fields(model):
        if field.name in wanted:
            setattr(entry, field.name, _value(field, wanted[field.name]))
    many = {
        field.name: _targets(field, wanted[field.name])
        for field in model._meta.many_to_many
        if field.name in wanted
    }
    entry.full_clean(exclude={"public_id"}, validate_constraints=False)
    _hold_constraints(entry, wanted.keys())
    entry.save()
    for name, targets in many.items():
        getattr(entry, name).set(targets)
    for accessor, key in part_relations(model).items():
        if accessor in wanted:
            _replace_parts(entry, accessor, key, wanted[accessor])


def _hold_constraints(entry: Recorded, written: Collection[str]) -> None:
    """Raise `ValidationError` where what was written breaks a constraint of the database.

    Each is a query, so only those of a saved entry are asked that could have become broken.
    """
    is_new = entry.pk is None
    for constraint in type(entry)._meta.constraints:
        condition = getattr(constraint, "condition", None)
        if is_new or condition is None or not condition.referenced_base_fields.isdisjoint(written):
            constraint.validate(type(entry), entry)  # type: ignore[attr-defined]


def _replace_parts(
    entry: Recorded, accessor: str, key: models.ForeignKey[Any, Any], rows: list[Document]
) -> None:
    model = key.model
    parts = []
    for place, row in enumerate(rows):
        fields = {f.name: _value(f, row[f.name]) for f in plain_fields(model) if f.name in row}
        if any(field.name == "position" for field in plain_fields(model)):
            fields["position"] = place
        part = model(**fields, **{key.name: entry})
        try:
            part.full_clean(exclude={key.name}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            raise ValidationError(
                {accessor: [f"{place + 1}: {m}" for m in error.messages]}
            ) from error
        parts.append(part)
    getattr(entry, accessor).all().delete()
    model._default_manager.bulk_create(parts)
    entry.__dict__.get("_prefetched_objects_cache", {}).pop(accessor, None)


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return None if value is None else _target(field, value)
    return field.to_python(value)


def _targets(field: models.ManyToManyField[Any, Any], references: list[str]) -> list[models.Model]:
    return [_target(field, reference) for reference in references]


def _target(field: Any, reference: str) -> models.Model:
    model, key = field.related_model, _reference_field(field.related_model)
    found: models.Model | None = model._default_manager.filter(**{key: reference}).first()
    if found is None and key == "slug":
        moved = FormerSlug.objects.filter(kind=model.KIND, slug=reference).first()
        found = moved and model._default_manager.filter(public_id=moved.public_id).first()
    if found is None:
        raise ValidationError(
            {field.name: f"There is no {model._meta.verbose_name} “{reference}”."}
        )
    return found


def as_stated(model: type[models.Model], name: str, value: Any) -> Any:
    """What a document of this model says where a form gave `value` for this field."""
    field = model._meta.get_field(name)
    if value is None or not field.is_relation:
        return plain(value)
    reference = _reference_field(field.related_model)
    if field.many_to_many:
        return sorted(getattr(each, reference) for each in value)
    return getattr(value, reference)


def differing(old: Document, new: Document) -> list[str]:
    """The names of the fields and parts in which two documents differ, in the new one's order."""
    names = [*new, *(name for name in old if name not in new)]
    return [name for name in names if old.get(name) != new.get(name)]
