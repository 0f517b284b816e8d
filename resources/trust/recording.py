"""Writing down what was seen: checks by people, sightings of statuses, and what was mistaken.

A check or a sighting is a row that stays. The entry has the newest of each in columns of its own,
from which pages, filters and the order read; both are written here, in one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from resources import publishing
from resources.models import (
    Check,
    Curator,
    Entry,
    Organisation,
    Publication,
    Resource,
    StatusSighting,
    Translation,
)
from resources.publishing import By
from resources.trust import due
from resources.trust.absorbed import and_absorbed

WHOLE = Check.Part.WHOLE
# What a row does not share with the one that it takes back.
OF_ONE_ROW = frozenset({"id", "at", "by", "by_name", "corrects", "stands", "note"})
# How the record names what was there before it began.
BEFORE = "before the record began"
NOBODY_OPENS = Resource.FundStatus.NOT_APPLICABLE


class CannotRecord(Exception):
    """It was refused; the message is a sentence that says what to do."""


@transaction.atomic
def record_check(
    *,
    by: Curator,
    entries: Iterable[Entry],
    on: dt.date,
    parts: Sequence[str] = (WHOLE,),
    how: str = Check.How.PAGE,
    source: str = "",
    note: str = "",
) -> list[Publication]:
    """Record that this curator compared published entries, or parts of them, with what they say.

    `source` is the page that was read. A check of all of it is what readers are told; returns the
    publications that tell them. Raises `CannotRecord` for a day to come.
    """
    _refuse_days_to_come(on)
    checked = list(entries)
    for entry in checked:
        for part in parts:
            _add(Check(part=part, on=on, how=how, source=source, note=note, **_of(entry)), by)
    told = _tell_checks(checked, by=by) if WHOLE in parts else []
    _settle_untold(checked, told)
    return told


@transaction.atomic
def correct_check(mistaken: Check, *, by: Curator, note: str) -> list[Publication]:
    """Take a check back: it stays in the record, and counts no longer.

    Raises `CannotRecord` for one that was taken back before.
    """
    _take_back(mistaken, by=by, note=note, version=mistaken.entry.version)
    told = _tell_checks([mistaken.entry], by=by) if mistaken.part == WHOLE else []
    _settle_untold([mistaken.entry], told)
    return told


@transaction.atomic
def record_sighting(
    *,
    by: By,
    resource: Resource,
    status: str,
    seen_on: dt.date,
    precision: str = Resource.Precision.DAY,
    effective_from: dt.date | None = None,
    source: str = "",
    note: str = "",
) -> list[Publication]:
    """Record that a published fund was seen open, closed or with a waiting list.

    Readers are told of it where nothing newer was seen; returns the publications that tell them.
    Raises `CannotRecord` for what is no fund, and for a day to come.
    """
    _refuse_days_to_come(seen_on)
    if resource.fund_status == NOBODY_OPENS:
        raise CannotRecord(
            _("“%s” is not a fund: it does not open and close. Change that first.") % resource
        )
    publishing.lock()  # before a row is added: see `resources.trust.turns`
    _adopt(resource)
    sighting = StatusSighting(
        resource=resource,
        status=status,
        seen_on=seen_on,
        precision=precision,
        effective_from=effective_from,
        source=source,
        note=note,
    )
    _add(sighting, by)
    return _tell_status(resource, by=by)


@transaction.atomic
def correct_sighting(mistaken: StatusSighting, *, by: Curator, note: str) -> list[Publication]:
    """Take a sighting back: it stays in the record, and counts no longer.

    Raises `CannotRecord` for one that was taken back before.
    """
    publishing.lock()
    _take_back(mistaken, by=by, note=note)
    return _tell_status(mistaken.resource, by=by)


def confirm(translation: Translation, *, by: Curator) -> None:
    """Note that somebody who speaks the language has read this translation. Not saved here."""
    translation.confirmed_by, translation.confirmed_at = by, timezone.now()


def _whose(entry: Entry) -> dict[str, Any]:
    return {"organisation" if isinstance(entry, Organisation) else "resource": entry}


def _of(entry: Entry) -> dict[str, Any]:
    return {**_whose(entry), "version": entry.version}


def _take_back(mistaken: Check | StatusSighting, *, by: Curator, note: str, **own: Any) -> None:
    """Add the row that says that an earlier one was mistaken: the same, but for `own` values."""
    model: type[Any] = type(mistaken)
    if not model.objects.standing().filter(pk=mistaken.pk).exists():
        raise CannotRecord(_("It was taken back before."))
    names = (field.name for field in model._meta.concrete_fields)
    same = {name: getattr(mistaken, name) for name in names if name not in OF_ONE_ROW}
    _add(model(**{**same, **own}, corrects=mistaken, stands=False, note=note), by)


def _adopt(resource: Resource) -> None:
    """Let the record of a fund begin with what it says already."""
    said, day = resource.fund_status, resource.fund_status_seen_on
    if said not in StatusSighting.Status.values or day is None:
        return
    if not StatusSighting.objects.filter(resource=resource).exists():
        precision = resource.fund_status_precision
        seen = StatusSighting(resource=resource, status=said, seen_on=day, precision=precision)
        _add(seen, BEFORE)


def _add(row: Check | StatusSighting, by: By) -> None:
    """Add a row of the record in somebody's name."""
    row.by = by if isinstance(by, Curator) else None
    row.by_name = publishing.name_of(by)
    row.save()


def _tell_checks(entries: Sequence[Entry], *, by: Curator) -> list[Publication]:
    """Let entries say when all of them was checked last, by whom; what has not changed is left."""
    for entry in entries:
        checks = Check.objects.standing().filter(part=WHOLE, **_whose(entry))
        newest = checks.order_by("-on", "-pk").first()
        entry.checked_on = newest.on if newest else None
        entry.checked_by = newest.by if newest else None
        entry.save(update_fields=["checked_on", "checked_by"])
    return publishing.publish(by=by, entries=entries, change=Publication.Change.CHECKED)


def _tell_status(resource: Resource, *, by: By) -> list[Publication]:
    """Let a fund say what was seen of it last."""
    seen = StatusSighting.objects.standing().filter(resource__in=and_absorbed(resource))
    newest = seen.order_by("-seen_on", "-at", "-pk").first()
    resource.fund_status = newest.status if newest else Resource.FundStatus.UNKNOWN
    resource.fund_status_seen_on = newest.seen_on if newest else None
    resource.fund_status_precision = newest.precision if newest else ""
    names = ["fund_status", "fund_status_seen_on", "fund_status_precision"]
    resource.save(update_fields=names)
    told = publishing.publish(by=by, entries=[resource])
    _settle_untold([resource], told)
    return told


def _settle_untold(entries: Iterable[Entry], told: Iterable[Publication]) -> None:
    """Let what is due follow for those of which nothing was published: the others did already."""
    followed = {row.public_id for row in told}
    due.settle_entries(entry for entry in entries if entry.public_id not in followed)


def _refuse_days_to_come(day: dt.date) -> None:
    if day > timezone.localdate():
        raise CannotRecord(_("That day has not come yet."))
