"""Two curators on one thing: what the other saved beside what was typed, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resources.admin import difference
from resources.admin.difference import Difference
from resources.documents import Document, differing, part_relations
from resources.models import Publication, Recorded

# What a form sends for each field of the comparison: whose version to save.
CHOICE = "choose-"
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True, slots=True)
class Disputed:
    """A field in which the two versions differ, what each did to it, and whose is proposed."""

    field: str
    label: str
    theirs: SafeString
    mine: SafeString
    both: bool
    proposed: str

    @property
    def input_name(self) -> str:
        return CHOICE + self.field


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved while this form was open. `disputed` is None where the form has errors of
    its own, so that the two cannot be compared yet; `seen` is what the other changed."""

    who: str
    at: dt.datetime
    version: int
    change: str
    state: str
    seen: Sequence[Difference]
    disputed: Sequence[Disputed] | None


def compared(
    model: type[Recorded],
    *,
    opened: Publication | None,
    newest: Publication,
    typed: Document | None,
) -> Conflict:
    """What somebody saved after a form was opened, beside what the form says now.

    `opened` is the version that the form was opened at, `newest` the one that was saved since,
    `typed` the document that the form would make; None where it does not validate.
    """
    base = opened.document if opened else newest.document
    return Conflict(
        who=newest.by_name,
        at=newest.at,
        version=newest.version,
        change=newest.get_change_display(),
        state=newest.get_state_display(),
        seen=difference.between(model, base, newest.document),
        disputed=None if typed is None else _disputed(model, base, newest.document, typed),
    )


def _disputed(
    model: type[Recorded], base: Document, theirs: Document, typed: Document
) -> list[Disputed]:
    mine = {field: _untouched(model, field, base, typed) for field in typed}
    return [
        Disputed(
            field=field,
            label=difference.label_of(model, field),
            theirs=_told(model, field, base, theirs),
            mine=_told(model, field, base, mine),
            both=_touched(field, base, mine) and _touched(field, base, theirs),
            proposed=MINE if _touched(field, base, mine) else THEIRS,
        )
        for field in differing(theirs, mine)
    ]


def _touched(field: str, base: Document, document: Document) -> bool:
    return bool(base.get(field) != document.get(field))


def _untouched(model: type[Recorded], field: str, base: Document, typed: Document) -> object:
    """The field as typed; as it was where a reader sees no difference."""
    was, now = base.get(field), typed.get(field)
    if field in part_relations(model) and isinstance(was, list) and isinstance(now, list):
        return was if difference.shown_rows(was) == difference.shown_rows(now) else now
    return now


def _told(model: type[Recorded], field: str, base: Document, document: Document) -> SafeString:
    """What became of the field since it was opened, in words for a table's cell."""
    changes = difference.between(model, {field: base.get(field)}, {field: document.get(field)})
    if not changes:
        return format_html("<em>{}</em>", _("as you opened it"))
    if field in part_relations(model):
        return format_html_join("", "{}{}", ((each.before, each.after) for each in changes))
    return changes[0].after or format_html("<em>{}</em>", _("emptied"))


def chosen_of_theirs(sent: Mapping[str, str], theirs: Document) -> Document:
    """The fields of the other's document that the curator chose in the comparison."""
    return {field: value for field, value in theirs.items() if sent.get(CHOICE + field) == THEIRS}
