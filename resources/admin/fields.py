"""Form fields for what a curator types: lists, ticked choices, and days known only roughly."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


class LinesField(forms.CharField):
    """A list of texts, one a line. Blank lines and repetitions fall away."""

    def __init__(self, *, item_length: int = 300, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("One a line."))
        kwargs.setdefault("widget", AdminTextareaWidget(attrs={"rows": rows}))
        self.item_length = item_length
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (line.strip() for line in str(value or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def run_validators(self, value: Any) -> None:
        """Refuse a line that is too long, naming it by its beginning."""
        for line in value:
            if len(line) > self.item_length:
                raise ValidationError(
                    _("Shorten the line “%(start)s…”: %(most)d characters at most."),
                    params={"start": line[:30], "most": self.item_length},
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(list(initial or []) != self.to_python(data))


class TickedField(forms.MultipleChoiceField):
    """A list of codes, ticked. With `nothing_is_null`, nothing ticked is NULL: "not stated".

    Codes that are stored but have no box of their own (a language that we have no name for) get
    one, so that saving a form never loses them: see `allow`.
    """

    widget: ClassVar[type[forms.Widget]] = forms.CheckboxSelectMultiple  # type: ignore[misc]

    def __init__(
        self, *, choices: Sequence[tuple[str, Label]], nothing_is_null: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("required", False)
        self.nothing_is_null = nothing_is_null
        super().__init__(choices=choices, **kwargs)

    def allow(self, codes: Sequence[str] | None) -> None:
        """Give these codes a box each, where they have none."""
        known = {code for code, _label in list(self.choices)}  # type: ignore[arg-type]
        unknown = [(code, code) for code in codes or [] if code not in known]
        if unknown:
            self.choices = [*self.choices, *unknown]  # type: ignore[misc]

    def clean(self, value: Any) -> Any:
        ticked = super().clean(value)
        return None if self.nothing_is_null and not ticked else ticked

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial or [], data or [])


@dataclass(frozen=True, slots=True)
class RoughDay:
    """A day, or the first day of the month or year where only that is known."""

    day: dt.date
    precision: str  # "day", "month", "year"

    def __str__(self) -> str:
        """As it is typed: "2024-10-28", "2024-10" or "2024"."""
        return self.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


ISO = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?)?", re.ASCII)
AMERICAN = re.compile(r"((?P<month>\d{1,2})/)((?P<day>\d{1,2})/)?(?P<year>\d{4})", re.ASCII)
YEARS = range(1990, 2101)  # as for the year of an entry's facts


def rough_day(text: str) -> RoughDay:
    """Read "2024", "2024-10", "2024-10-28", "10/2024" or "10/28/2024".

    Raises ValueError where it is none of these, or no day of the calendar.
    """
    match = ISO.fullmatch(text) or AMERICAN.fullmatch(text)
    if match is None or int(match["year"]) not in YEARS:
        raise ValueError(text)
    day = dt.date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    return RoughDay(day, "day" if match["day"] else "month" if match["month"] else "year")


class RoughDayField(forms.CharField):
    """A day as exactly as it is known. Cleans to a `RoughDay`, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("A day, a month or a year: 2024-10-28, 2024-10 or 2024."))
        super().__init__(max_length=10, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return rough_day(text) if text else None
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s” is not a date. Write 2024-10-28, 2024-10 or 2024."),
                params={"text": text},
            ) from error


class RoughDayTextField(RoughDayField):
    """The same, for a column that keeps the text: cleans to "2024-10" or ""."""

    def clean(self, value: Any) -> Any:
        return str(super().clean(value) or "")
