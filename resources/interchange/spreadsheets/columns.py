"""The columns of a sheet of organisations or resources: what they are called, what they hold.

They follow the models, as documents do: a new field, list or part is a new column, without a line
here. A column is a `Field` of django-import-export, over documents instead of instances.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export.fields import Field

from resources import documents
from resources.documents import Document
from resources.interchange.spreadsheets import cells
from resources.interchange.spreadsheets.parts import Parts
from resources.interchange.spreadsheets.widgets import Choice, Listed, widget_for
from resources.models import Entry

SLUG, VERSION, STATE = "slug", "version", "publication_state"

# What is recorded at the desk alone, with who saw it and when: shown, and never taken from a file.
READ_ONLY = frozenset(
    {
        *("fund_status", "fund_status_seen_on", "fund_status_precision"),
        *("checked_on", "merged_into", STATE),
    }
)
# What says nothing to whoever edits a sheet, or belongs to one text by its fingerprint.
LEFT_OUT = frozenset({"checked_by", "links_checked_on", "translations", SLUG})


class Column(Field):  # type: ignore[misc]
    """One column: `column_name` stands in the first row, `label` in the second."""

    def __init__(self, name: str, of: Any, widget: Any, *, readonly: bool = False) -> None:
        super().__init__(attribute=name, column_name=name, widget=widget, readonly=readonly)
        self.name, self.of = name, of

    @property
    def label(self) -> str:
        """What a curator calls it, in the language of the page."""
        is_model = isinstance(self.of, type) and issubclass(self.of, models.Model)
        return capfirst(
            str(self.of._meta.verbose_name_plural if is_model else self.of.verbose_name)
        )

    def text(self, document: Document) -> str:
        """What the cell of an entry holds, before it is made harmless."""
        value = document.get(self.name)
        return "" if value in (None, "", []) else cells.written(self.widget.render(value))

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values say the same. Codes have no order; nothing is nothing."""
        if one in (None, "", []) and other in (None, "", []):
            return True
        if isinstance(self.widget, Parts):
            return self.widget.stated(one) == self.widget.stated(other)
        if isinstance(self.widget, Listed):
            return sorted(one or []) == sorted(other or [])
        return bool(one == other)

    def explained(self) -> str:
        """The label, with the codes that it takes."""
        if self.readonly:
            return _("%s (only to read)") % self.label
        if isinstance(self.widget, Choice):
            return f"{self.label} ({' / '.join(self.widget.codes)})"
        if isinstance(self.widget, Listed) and self.widget.codes and len(self.widget.codes) < 10:
            return f"{self.label} ({'; '.join(self.widget.codes)})"
        return self.label


@cache
def columns_of(model: type[Entry]) -> tuple[Column, ...]:
    """What may be said of an entry in a sheet, after its slug and its version."""
    state: Any = model._meta.get_field(STATE)
    fields = [
        state,
        *(each for each in documents.plain_fields(model) if each.name not in LEFT_OUT),
        *model._meta.many_to_many,
    ]
    relations = documents.part_relations(model)
    return (
        *(
            Column(each.name, each, widget_for(each), readonly=each.name in READ_ONLY)
            for each in sorted(fields, key=lambda each: each.name != STATE)
        ),
        *(
            Column(name, key.model, Parts(key))
            for name, key in relations.items()
            if name not in LEFT_OUT
        ),
    )


def by_name(model: type[Entry]) -> dict[str, Column]:
    """The same, by what stands in the first row."""
    return {column.name: column for column in columns_of(model)}


def header(model: type[Entry]) -> list[str]:
    """The first row: names that never change with the language."""
    return [SLUG, VERSION, *(column.name for column in columns_of(model))]


def explanations(model: type[Entry]) -> list[str]:
    """The second row, for people. It begins with #, by which it is known and left alone."""
    return [
        "# " + _("never change this one"),
        _("leave as it is"),
        *(cells.harmless(column.explained()) for column in columns_of(model)),
    ]
