"""The rows that tell of a new public entry, in every table, made from its document.

They are what `documents.write` and `publishing.publish` would have written between them, in the
form in which the database takes them. The models say which tables and columns there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

from django.db import models

from resources.documents import Document, part_relations, plain_fields
from resources.models import Publication, Recorded, public_id_for
from resources.publishing import Debut

Field: TypeAlias = "models.Field[Any, Any]"

# Table -> its rows, and table -> the columns that these have values for.
Rows: TypeAlias = dict[str, list[Sequence[Any]]]
Tables: TypeAlias = dict[str, Sequence[str]]

# Kind of field -> how its values go into a database, where that is not as a document has them.
Forms: TypeAlias = Mapping[str, Callable[[Any], Any]]

# The primary keys behind what documents call things by: label of a model -> slug or code -> key.
Keys: TypeAlias = Mapping[str, Mapping[str, int]]


class EntryRows:
    """Makes the rows of new public entries of one model."""

    def __init__(self, model: type[Recorded], keys: Keys, forms: Forms) -> None:
        self._kind = model.KIND
        self._defaults = {field.name: field.get_default() for field in model._meta.concrete_fields}
        self._own = _Columns(model, model._meta.concrete_fields, keys, forms)
        self._record = _Columns(Publication, Publication._meta.concrete_fields[1:], keys, forms)
        self._parts = {
            accessor: _Part(key, keys, forms) for accessor, key in part_relations(model).items()
        }
        self._many = {field.name: _Pairs(field, keys) for field in model._meta.many_to_many}

    def tables(self) -> Tables:
        """The tables that rows are made for, with their columns."""
        written: list[_Columns | _Part | _Pairs] = [self._own, self._record]
        written += [*self._parts.values(), *self._many.values()]
        return {one.table: one.columns for one in written}

    def add(self, rows: Rows, pk: int, document: Document, debut: Debut) -> None:
        """Add the rows for the entry of this document, whose primary key is to be `pk`.

        Raises `CannotPublish` where it cannot be public, KeyError where it refers to nothing.
        """
        public_id = public_id_for(self._kind, document["slug"])
        identity = {"id": pk, "public_id": public_id, **debut.columns()}
        rows[self._own.table].append(self._own.row({**self._defaults, **document, **identity}))
        record = debut.publication(self._kind, public_id, document)
        rows[self._record.table].append(self._record.row(record))
        for accessor, part in self._parts.items():
            rows[part.table] += part.rows(pk, document[accessor])
        for name, pairs in self._many.items():
            rows[pairs.table] += pairs.rows(pk, document[name])


class _Columns:
    """Columns of a table, and how a row is read from what has the fields by their names."""

    def __init__(
        self, model: type[models.Model], fields: Sequence[Field], keys: Keys, forms: Forms
    ) -> None:
        self.table = model._meta.db_table
        self.columns = tuple(field.column for field in fields)
        self._values = itemgetter(*(field.name for field in fields))
        found = ((place, _form(field, keys, forms)) for place, field in enumerate(fields))
        self._forms = [(place, form) for place, form in found if form is not None]

    def row(self, fields: Mapping[str, Any]) -> list[Any]:
        values = list(self._values(fields))
        for place, form in self._forms:
            if values[place] is not None:
                values[place] = form(values[place])
        return values


def _form(field: Field, keys: Keys, forms: Forms) -> Callable[[Any], Any] | None:
    if field.is_relation:
        return keys[label(field.related_model)].__getitem__
    return forms.get(field.get_internal_type())


def label(model: Any) -> str:
    """What a model is called in `Keys`."""
    return str(model._meta.label)


class _Part:
    """The table of one sort of parts. Their primary keys are the database's to give."""

    def __init__(self, key: models.ForeignKey[Any, Any], keys: Keys, forms: Forms) -> None:
        said = [field for field in plain_fields(key.model) if field is not key]
        self._columns = _Columns(key.model, said, keys, forms)
        self.table = self._columns.table
        self.columns = (key.column, *self._columns.columns)

    def rows(self, pk: int, parts: Sequence[Document]) -> list[Sequence[Any]]:
        return [(pk, *self._columns.row(part)) for part in parts]


class _Pairs:
    """The table of a many-to-many field."""

    def __init__(self, field: models.ManyToManyField[Any, Any], keys: Keys) -> None:
        self.table = field.m2m_db_table()
        self.columns = (field.m2m_column_name(), field.m2m_reverse_name())
        self._keys = keys[label(field.related_model)]

    def rows(self, pk: int, references: Sequence[str]) -> list[Sequence[Any]]:
        return [(pk, self._keys[reference]) for reference in references]
