"""The rows that are parts of an entry in one cell, one a line: its phones, its sources.

    800-532-5274 | purpose: helpline | hours: Mon-Fri 9am-5pm | languages: en, es

What stands first is what the row is about; what follows is named, and what says nothing is left
out. A bar in a text is written \\|, a backslash \\\\, a line's end \\n.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from resources import documents
from resources.interchange.spreadsheets.widgets import Listed, Reference, refuse_unknown, widget_for
from resources.models import Recorded

# What a row is about, by the first of these columns that it has.
FIRST = ("number", "url", "name", "county", "household_size")
LEFT_OUT = frozenset({"position", "dial"})
MOST_LINES = 100

Row = dict[str, Any]

_CELLS = re.compile(r"((?:[^|\\]|\\.|\\\Z)*)(?:\||\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Parts(Widget):  # type: ignore[misc]
    """The parts of one kind that an entry has; `key` is the column of theirs that says whose."""

    def __init__(self, key: models.ForeignKey[Any, Any]) -> None:
        super().__init__()
        self.key = key

    @cached_property
    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """The columns that a line says, what it is about first."""
        every = documents.plain_fields(self.key.model)
        found = {each.name: each for each in every if each is not self.key}
        first = next(name for name in FIRST if name in found)
        rest = {name: each for name, each in found.items() if name not in (first, *LEFT_OUT)}
        return {first: found[first], **rest}

    @cached_property
    def widgets(self) -> dict[str, Any]:
        """What writes and reads each of them."""
        return {name: widget_for(field) for name, field in self.fields.items()}

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "\n".join(map(self._line, value or []))

    def _line(self, row: Row) -> str:
        first, *rest = self.fields
        said = [_escaped(self.widgets[first].render(row.get(first)))]
        for name in rest:
            if row.get(name) != _default(self.fields[name]):
                said.append(f"{name}: {_escaped(self._text(name, row.get(name)))}".rstrip())
        return " | ".join(said)

    def _text(self, name: str, value: Any) -> str:
        text: str = self.widgets[name].render(value)
        return text.replace("; ", ", ") if isinstance(self.widgets[name], Listed) else text

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        lines = [line.strip() for line in str(value).split("\n")]
        written = [line for line in lines if line]
        if len(written) > MOST_LINES:
            raise ValueError(_("More than %d lines in one cell.") % MOST_LINES)
        rows = []
        for place, line in enumerate(written, start=1):
            try:
                rows.append(self._row(line))
            except ValueError as error:
                told = _("Line %(line)d: %(problem)s")
                raise ValueError(told % {"line": place, "problem": error}) from error
        self._refuse_twice(rows)
        return rows

    def _row(self, line: str) -> Row:
        about, *cells = _cells(line)
        first, *rest = self.fields
        said = {name: _default(self.fields[name]) for name in rest}
        said[first] = self._read(first, about)
        for cell in filter(None, cells):
            name, colon, text = cell.partition(":")
            if not colon or name.strip() not in rest:
                known = ", ".join(f"{each}:" for each in rest)
                told = _("“%(text)s” is not understood. After a bar stands one of: %(known)s.")
                raise ValueError(told % {"text": cell[:40], "known": known})
            said[name.strip()] = self._read(name.strip(), text.strip())
        self._judge(said)
        return {name: said[name] for name in self.fields}

    def _read(self, name: str, text: str) -> Any:
        widget = self.widgets[name]
        value = widget.clean(text.replace(",", ";") if isinstance(widget, Listed) else text)
        if isinstance(widget, Listed):
            refuse_unknown(widget, value, ())
            return value or []
        return value

    def _judge(self, said: Row) -> None:
        """Raise `ValueError` for what the part itself would refuse. Asks the database nothing."""
        references = [
            name for name, widget in self.widgets.items() if isinstance(widget, Reference)
        ]
        for name in references:
            if not said[name]:
                raise ValueError(_("Say its %s.") % name)
        part = self.key.model(**{n: v for n, v in said.items() if n not in references})
        try:
            part.clean_fields(exclude={self.key.name, *references})
            part.clean()
        except ValidationError as refusal:
            raise ValueError(" ".join(refusal.messages)) from refusal

    def _refuse_twice(self, rows: list[Row]) -> None:
        constraints = self.key.model._meta.constraints
        for unique in (each for each in constraints if isinstance(each, models.UniqueConstraint)):
            names = [name for name in unique.fields if name != self.key.name]
            seen: set[tuple[Any, ...]] = set()
            for row in rows:
                key = tuple(row[name] for name in names)
                if key in seen:
                    raise ValueError(_("“%s” stands there twice.") % key[-1])
                seen.add(key)

    def references(self, rows: Any) -> Iterator[tuple[type[Recorded], str]]:
        """What the rows refer to: a model, and a slug or code."""
        for name, widget in self.widgets.items():
            if isinstance(widget, Reference):
                yield from ((widget.target, row[name]) for row in rows or [])

    def stated(self, rows: Any) -> list[Row]:
        """The rows without what a cell does not say."""
        return [{name: row.get(name) for name in self.fields} for row in rows or []]


def _default(field: models.Field[Any, Any]) -> Any:
    return field.get_default()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _cells(line: str) -> list[str]:
    found = [match[1] for match in _CELLS.finditer(line) if match.end() > match.start()]
    return [_ESCAPED.sub(_unescaped, cell).strip() for cell in found]


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]
