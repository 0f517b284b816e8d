"""The rows that tell of a new public entry, in every table.

They are what `documents.write` and `publishing.publish` would have written between them, in the
form in which the database takes them. The models say which tables and columns there are. Whatever
the variations of a pattern have in common is worked out once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeAlias
from uuid import UUID

from django.db import models

from resources.documents import Document, differing, part_relations, plain_fields
from resources.interchange.sample import Pattern, Varied
from resources.models import Publication, Recorded, public_id_for
from resources.publishing import Debut

Field: TypeAlias = "models.Field[Any, Any]"

# Table -> its rows, and table -> the columns that these have values for.
Rows: TypeAlias = dict[str, list[Sequence[Any]]]
Tables: TypeAlias = dict[str, Sequence[str]]

# Takes a value from how documents have it to how the database does; by the kind of the field.
Form: TypeAlias = Callable[[Any], Any]
Forms: TypeAlias = Mapping[str, Form]
Encode: TypeAlias = Callable[[Any], str]

# What an entry is to the database and the record; no document says it.
IDENTITY = ("id", "public_id", "version", "changed_at", "publication_state")

# The primary keys behind what documents call things by: label of a model -> slug or code -> key.
Keys: TypeAlias = Mapping[str, Mapping[str, int]]


class Encoded(str):
    """A value that is JSON already."""

    __slots__ = ()


# Name -> the table of what an entry has several of.
Lists: TypeAlias = "dict[str, _Part | _Pairs]"


class _Tables:
    """The tables that tell of an entry of one model, and how a row of each is read.

    What `keys` holds of each model may change between one entry and the next.
    """

    def __init__(self, model: type[Recorded], keys: Keys, forms: Forms, encode: Encode) -> None:
        self._kind, self._encode = model.KIND, encode
        self._own = _Columns(model, model._meta.concrete_fields, keys, forms)
        self._record = _Columns(Publication, Publication._meta.concrete_fields[1:], keys, forms)
        self._lists: Lists = {
            **{name: _Part(key, keys, forms) for name, key in part_relations(model).items()},
            **{field.name: _Pairs(field, keys) for field in model._meta.many_to_many},
        }

    def tables(self) -> Tables:
        """The tables that rows are made for, with their columns."""
        written: list[_Columns | _Part | _Pairs] = [self._own, self._record, *self._lists.values()]
        return {one.table: one.columns for one in written}


class EntryRows(_Tables):
    """Makes the rows of new public entries of one model."""

    def __init__(self, model: type[Recorded], keys: Keys, forms: Forms, encode: Encode) -> None:
        super().__init__(model, keys, forms, encode)
        self._common: dict[Pattern, _Common] = {}

    def add(self, rows: Rows, pk: int, varied: Varied, debut: Debut) -> None:
        """Add the rows for an entry whose primary key is to be `pk`.

        Raises `CannotPublish` where it cannot be public, KeyError where it refers to nothing.
        """
        if varied.pattern not in self._common:
            self._common[varied.pattern] = _Common(varied, self._own, self._lists, self._encode)
        common, changes = self._common[varied.pattern], varied.changes
        public_id = public_id_for(self._kind, changes["slug"])
        identity = {"id": pk, "public_id": public_id, **debut.columns()}
        rows[self._own.table].append(common.row({**changes, **identity}))
        record = debut.publication(
            self._kind,
            public_id,
            slug=changes["slug"],
            sources=changes["sources"],
            fields=common.fields(changes),
            document=common.document(varied),
        )
        rows[self._record.table].append(self._record.row(record))
        for table, tails in common.tails(varied):
            rows[table] += [(pk, *tail) for tail in tails]


class DocumentRows(_Tables):
    """Makes the rows of new entries of one model from whole documents, one by one."""

    def add(self, rows: Rows, pk: int, public_id: UUID, document: Document, debut: Debut) -> None:
        """Add the rows of an entry that is to have these keys.

        Raises `CannotPublish` where it cannot be public, KeyError where it refers to nothing.
        """
        identity = {"id": pk, "public_id": public_id, **debut.columns()}
        rows[self._own.table].append(self._own.row({**document, **identity}))
        record = debut.publication(
            self._kind,
            public_id,
            slug=document["slug"],
            sources=document["sources"],
            fields=differing({}, document),
            document=Encoded(self._encode(document)),
        )
        rows[self._record.table].append(self._record.row(record))
        for name, one in self._lists.items():
            rows[one.table] += [(pk, *tail) for tail in one.tails(document[name])]


class _Common:
    """What the variations of a pattern have in common, and what makes each of them complete."""

    def __init__(self, first: Varied, own: _Columns, lists: Lists, encode: Encode) -> None:
        self._whole, self._encode = first.pattern.document, encode
        same = {name: said for name, said in self._whole.items() if name not in first.changes}
        self._row = own.row({**own.defaults, **same})
        self._filled = own.places([*first.changes, *IDENTITY])
        tables = lists.items()
        self._tails = [(one.table, one.tails(same[name])) for name, one in tables if name in same]
        self._changing = [(name, one) for name, one in tables if name in first.changes]
        self._translations = lists["translations"]
        self._encoded_translations = [
            (row["field"], encode(row)) for row in same.pop("translations")
        ]
        self._encoded = encode(same)
        self._fields: dict[tuple[str, ...], list[str]] = {}

    def row(self, fields: Mapping[str, Any]) -> list[Any]:
        """The row of the entry itself; `fields` are its changes and its identity."""
        row = self._row.copy()
        for name, place, form in self._filled:
            value = fields[name]
            row[place] = value if form is None or value is None else form(value)
        return row

    def tails(self, varied: Varied) -> Iterator[tuple[str, list[Sequence[Any]]]]:
        """The rows of what it has several of, table by table, without its own key."""
        yield from self._tails
        yield from ((one.table, one.tails(varied.changes[name])) for name, one in self._changing)
        yield self._translations.table, self._translations.tails(varied.translations)

    def fields(self, changes: Document) -> list[str]:
        """The fields that are stated, which is all that differs from nothing."""
        blank = tuple(name for name, value in changes.items() if value is None)
        if blank not in self._fields:
            self._fields[blank] = differing({}, {**self._whole, **changes})
        return self._fields[blank]

    def document(self, varied: Varied) -> Encoded:
        """The whole document in JSON, put together from pieces."""
        rows = [(row["field"], self._encode(row)) for row in varied.translations]
        rows = sorted([*self._encoded_translations, *rows], key=itemgetter(0))
        translations = ", ".join(row for _field, row in rows)
        changes = self._encode(varied.changes)
        return Encoded(f'{self._encoded[:-1]}, {changes[1:-1]}, "translations": [{translations}]}}')


class _Columns:
    """Columns of a table, and how a row is read from what has the fields by their names."""

    def __init__(
        self, model: type[models.Model], fields: Sequence[Field], keys: Keys, forms: Forms
    ) -> None:
        self.table = model._meta.db_table
        self.columns = tuple(field.column for field in fields)
        self.defaults = {field.name: field.get_default() for field in fields}
        self._values = itemgetter(*(field.name for field in fields))
        self._forms = {field.name: _form(field, keys, forms) for field in fields}
        found = enumerate(self._forms.values())
        self._formed = [(place, form) for place, form in found if form is not None]

    def row(self, fields: Mapping[str, Any]) -> list[Any]:
        """The values of the columns."""
        values = list(self._values(fields))
        for place, form in self._formed:
            if values[place] is not None:
                values[place] = form(values[place])
        return values

    def places(self, names: Iterable[str]) -> list[tuple[str, int, Form | None]]:
        """Of those of the names that are columns: the place in a row, and the form of values."""
        places = {name: place for place, name in enumerate(self._forms)}
        return [(name, places[name], self._forms[name]) for name in names if name in places]


def _form(field: Field, keys: Keys, forms: Forms) -> Form | None:
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

    def tails(self, parts: Sequence[Any]) -> list[Sequence[Any]]:
        return [tuple(self._columns.row(part)) for part in parts]


class _Pairs:
    """The table of a many-to-many field."""

    def __init__(self, field: models.ManyToManyField[Any, Any], keys: Keys) -> None:
        self.table = field.m2m_db_table()
        self.columns = (field.m2m_column_name(), field.m2m_reverse_name())
        self._keys = keys[label(field.related_model)]

    def tails(self, references: Sequence[Any]) -> list[Sequence[Any]]:
        return [(self._keys[reference],) for reference in references]
