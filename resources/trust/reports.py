"""What readers report: taken where there is room, read and closed by curators, then forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from resources.models import Curator, Report
from resources.models.report import MOST_WAITING
from resources.trust import due, floods

# How long what was written stays after it was closed.
KEPT = dt.timedelta(days=90)
# So many may take the last place at once before one is turned away.
TRIES = 3


class Answer(StrEnum):
    """What became of a message."""

    TAKEN = "taken"
    FULL = "full"  # too many wait for a curator
    TOO_MANY = "too many"  # in this hour, from this sender or from all


def accept(report: Report, *, sender: str) -> Answer:
    """Keep an unsaved report, if there is room. What waits already is taken, and not kept twice.

    `sender` is an internet address, or "" where it is not known; see `floods`. Raises
    `ValidationError` for what is longer than its column.
    """
    report.clean_fields(exclude=["organisation", "resource", "closed_by"])
    if _is_there(report):
        return Answer.TAKEN
    if not any(_free_places()):
        return Answer.FULL
    if not floods.let_through(sender):
        return Answer.TOO_MANY
    return Answer.TAKEN if any(_saved(report) for _try in range(TRIES)) else Answer.FULL


def close(report: Report, *, by: Curator, note: str = "") -> bool:
    """Take it from those that wait. False where somebody closed it already; their note stays."""
    closed = Report.objects.waiting().filter(pk=report.pk)
    done = closed.update(
        state=Report.State.CLOSED,
        place=None,
        closed_at=timezone.now(),
        closed_by=by,
        note=note,
    )
    _let_follow(report)
    return bool(done)


def forget_old(today: dt.date) -> int:
    """Empty what was written in those closed long ago. Returns in how many there was something."""
    something = Q()
    for field in Report.WRITTEN:
        something |= ~Q(**{field: ""})
    old = Report.objects.filter(something, closed_at__date__lte=today - KEPT)
    return old.update(**dict.fromkeys(Report.WRITTEN, ""))


def _let_follow(report: Report) -> None:
    """Let what needs checking follow what readers say of an entry."""
    if report.entry is not None:
        due.settle_entries([report.entry])


def _is_there(report: Report) -> bool:
    same = ("kind", "path", "wrong", "name", "website", "text", "why")
    return (
        Report.objects.waiting().filter(**{name: getattr(report, name) for name in same}).exists()
    )


def _free_places() -> Iterator[int]:
    taken = set(Report.objects.waiting().values_list("place", flat=True))
    return (place for place in range(1, MOST_WAITING + 1) if place not in taken)


def _saved(report: Report) -> bool:
    """Whether it got a place: two at once may try for the same one."""
    report.place = next(_free_places(), None)
    if report.place is None:
        return False
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            _let_follow(report)
    except IntegrityError:
        return False
    return True
