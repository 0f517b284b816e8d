"""How one value of a document is written in a cell and read from it.

Each is a widget of django-import-export: `render` writes, `clean` reads, and raises `ValueError`
with a sentence for whoever wrote the cell. Values are those of `resources.documents`: plain JSON.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from resources.languages import LANGUAGE_NAMES
from resources.models import Recorded, Resource

YES, NO = "yes", "no"
SAYS_YES = frozenset({YES, "y", "true", "1", "x", "sí", "si"})
SAYS_NO = frozenset({NO, "n", "false", "0", ""})
AMERICAN_DAY = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", re.ASCII)
YEARS = range(1900, 2201)

# The codes that a list of a resource may hold.
CODES: Mapping[str, Mapping[str, Any]] = {
    "how_to_apply": dict(Resource.HowToApply.choices),
    "who_may_apply": dict(Resource.Applicant.choices),
    "languages": LANGUAGE_NAMES,
}


class Text(Widget):  # type: ignore[misc]
    """A text, or a reference by its slug."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return str(value).strip()


class Reference(Text):
    """A thing, named by its slug (a state by its code); blank for none."""

    def __init__(self, target: type[Recorded]) -> None:
        super().__init__()
        self.target = target

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return super().clean(value) or None


class Choice(Text):
    """One of a few codes; the words for them are understood too."""

    def __init__(self, choices: Sequence[tuple[str, Any]], *, blank: bool) -> None:
        super().__init__()
        self.codes = [code for code, _label in choices if code]
        self.blank = blank
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value)
        if text in self.codes or (self.blank and not text):
            return text
        meant = {str(label).casefold(): code for code, label in self.choices}
        if text and text.casefold() in meant:
            return meant[text.casefold()]
        raise ValueError(_not_one_of(text, self.codes))


class YesOrNo(Widget):  # type: ignore[misc]
    """Yes or no; blank is no."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else YES if value else NO

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = str(value).strip().casefold()
        if text in SAYS_YES | SAYS_NO:
            return text in SAYS_YES
        raise ValueError(_("Write yes or no."))


class Whole(Widget):  # type: ignore[misc]
    """A whole number; blank for none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = str(value).strip()
        if not text:
            return None
        match = re.fullmatch(r"(-?\d{1,12})(\.0+)?", text, re.ASCII)
        if match is None:
            raise ValueError(_("“%s” is not a whole number. Write one, such as 300.") % text[:40])
        return int(match[1])


class Day(Widget):  # type: ignore[misc]
    """A day as 2026-05-17; what American programs make of it, 5/17/2026, is understood too."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = str(value).strip()
        if not text:
            return None
        american = AMERICAN_DAY.fullmatch(text)
        try:
            day = (
                dt.date(*(int(american[part]) for part in ("year", "month", "day")))
                if american
                else dt.date.fromisoformat(text)
            )
            if day.year in YEARS:
                return day.isoformat()
        except ValueError:
            pass
        raise ValueError(_("“%s” is not a day. Write it as 2026-05-17.") % text[:40])


class Listed(Widget):  # type: ignore[misc]
    """Several references or codes, with a semicolon between them; their order says nothing.

    `codes`: those that there are; None for references. `nothing`: what no value at all means.
    """

    def __init__(self, *, codes: Sequence[str] | None = None, nothing: Any = ()) -> None:
        super().__init__()
        self.codes = codes
        self.nothing = nothing

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "; ".join(value or [])

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        items = (item.strip() for item in re.split(r"[;\n]", str(value)))
        found = list(dict.fromkeys(filter(None, items)))
        return found or (None if self.nothing is None else [])


class References(Listed):
    """Several things, named by their slugs (states by their codes)."""

    def __init__(self, target: type[Recorded]) -> None:
        super().__init__()
        self.target = target

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return sorted(super().clean(value))


class Lines(Widget):  # type: ignore[misc]
    """Several texts, one a line."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "\n".join(value or [])

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return list(dict.fromkeys(filter(None, map(str.strip, str(value).splitlines()))))


def _not_one_of(text: str, codes: Sequence[str]) -> str:
    return _("“%(text)s” is not one of: %(codes)s.") % {
        "text": text[:40],
        "codes": ", ".join(codes),
    }


def refuse_unknown(widget: Listed, codes: Sequence[str] | None, today: Sequence[str]) -> None:
    """Raise `ValueError` for a code that there is not, unless the entry has it already."""
    for code in codes or []:
        if widget.codes is not None and code not in widget.codes and code not in today:
            raise ValueError(_not_one_of(code, widget.codes))


def widget_for(field: models.Field[Any, Any]) -> Widget:
    """The widget for a column, or for a list of references, of an entry or of a part of it."""
    target: Any = field.related_model
    if field.many_to_many:
        return References(target)
    if field.is_relation:
        return Reference(target)
    if isinstance(field, models.JSONField):
        if field.name in CODES:
            nothing = None if field.null else ()
            return Listed(codes=list(CODES[field.name]), nothing=nothing)
        return Lines()
    if field.choices:
        return Choice(list(field.flatchoices), blank=field.blank)
    if isinstance(field, models.BooleanField):
        return YesOrNo()
    if isinstance(field, models.IntegerField):
        return Whole()
    return Day() if isinstance(field, models.DateField) else Text()
