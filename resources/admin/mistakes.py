"""What a refused form says is wrong, collected for the top of the page, where it is read first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend: where ("Phone 2, Number"), the id of the box, and what to do.

    `place` and `anchor` are empty for what no single box is to blame for.
    """

    place: str
    anchor: str
    says: str


def found_in(adminform: Any, formsets: Iterable[Any]) -> list[Mistake]:
    """The mistakes of a form and of the rows below it, in the order of the page."""
    found = list(_of_form(adminform.form, flatten_fieldsets(adminform.fieldsets), ""))
    for formset in formsets:
        found += [Mistake("", "", says) for says in formset.non_form_errors()]
        for number, row in enumerate(formset.forms, start=1):
            numbered = f"{capfirst(formset.model._meta.verbose_name)} {number}"
            found += _of_form(row, list(row.fields), getattr(row, "label", numbered))
    return found


def _of_form(form: Any, order: Sequence[str], row: str) -> Iterator[Mistake]:
    """First what is said of the whole form, then box by box."""
    names = dict.fromkeys([NON_FIELD_ERRORS, *order, *form.errors])
    for name in filter(form.errors.__contains__, names):
        box = form[name] if name in form.fields else None
        place = ", ".join(filter(None, [row, box and str(box.label)]))
        yield from (Mistake(place, box.auto_id if box else "", says) for says in form.errors[name])
