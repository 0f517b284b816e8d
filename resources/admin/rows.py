"""Fits the rows that a curator sent to the rows that are there now.

A form of rows names each by its number in the database. When somebody else saved or restored the
entry in between, rows have come, gone or been made anew. What was typed must neither be refused
for that nor quietly joined with the other's: rows that are gone count as new ones, and rows that
the curator never saw are put before them, marked for deletion, so that what is saved is what is
shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.http import QueryDict

Row = dict[str, list[str]]


def fitted(data: QueryDict, prefix: str, *, forms: Iterable[Any], key: Sequence[str]) -> QueryDict:
    """The sent data with the rows under `prefix` made to fit.

    `forms` are unbound forms of the rows that are there now; `key` are the fields by which a row
    that was made anew is known again. Returns the data as it is where it fits already.
    """
    present = {str(form.instance.pk): form for form in forms}
    sent = _rows(data, prefix)
    if sent is None or [_id(row) for row in sent if _id(row)] == list(present):
        return data
    claimed = _claims(sent, present, key)
    unseen = [_deleted(form) for pk, form in present.items() if pk not in claimed.values()]
    known = [{**row, "id": [claimed[n]]} for n, row in enumerate(sent) if n in claimed]
    new = [{**row, "id": [""]} for n, row in enumerate(sent) if n not in claimed]
    return _with_rows(data, prefix, [*known, *unseen], new)


def _rows(data: QueryDict, prefix: str) -> list[Row] | None:
    """The rows as sent, in order; None where the form does not say how many."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    if not (total.isascii() and total.isdecimal() and int(total) <= 1000):
        return None
    rows: list[Row] = [{} for _number in range(int(total))]
    for name in data:
        number, _dash, field = name.removeprefix(f"{prefix}-").partition("-")
        if (
            name.startswith(f"{prefix}-")
            and number.isdecimal()
            and field
            and int(number) < len(rows)
        ):
            rows[int(number)][field] = data.getlist(name)
    return rows


def _id(row: Row) -> str:
    return (row.get("id") or [""])[-1]


def _claims(sent: Sequence[Row], present: dict[str, Any], key: Sequence[str]) -> dict[int, str]:
    """Which sent row is which present one: by its number, else by what it says."""
    claimed: dict[int, str] = {}
    for number, row in enumerate(sent):
        if _id(row) in present and _id(row) not in claimed.values():
            claimed[number] = _id(row)
    for number, row in enumerate(sent):
        if number not in claimed and any(row.get(name, [""])[-1] for name in key):
            free = (
                pk
                for pk, form in present.items()
                if pk not in claimed.values() and _alike(row, form, key)
            )
            if (pk := next(free, None)) is not None:
                claimed[number] = pk
    return dict(sorted(claimed.items()))


def _alike(row: Row, form: Any, key: Sequence[str]) -> bool:
    return all((row.get(name) or [""])[-1].strip() == _sent(form[name].value())[-1] for name in key)


def _deleted(form: Any) -> Row:
    """A present row as its form would send it, marked for deletion."""
    row = {
        name: _sent(form[name].value()) for name in form.fields if form[name].value() is not False
    }
    return {**row, "id": [str(form.instance.pk)], "DELETE": ["on"]}


def _sent(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    if isinstance(value, models.Model):
        return [str(value.pk)]
    return ["on" if value is True else "" if value is None else str(value)]


def _with_rows(data: QueryDict, prefix: str, known: Sequence[Row], new: Sequence[Row]) -> QueryDict:
    fitting = data.copy()
    for name in data:
        if name.removeprefix(f"{prefix}-").partition("-")[0].isdecimal() and name.startswith(
            f"{prefix}-"
        ):
            del fitting[name]
    for number, row in enumerate([*known, *new]):
        for field, values in row.items():
            fitting.setlist(f"{prefix}-{number}-{field}", values)
    fitting[f"{prefix}-INITIAL_FORMS"] = str(len(known))
    fitting[f"{prefix}-TOTAL_FORMS"] = str(len(known) + len(new))
    return fitting
