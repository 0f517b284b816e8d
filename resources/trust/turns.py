"""When funds opened and closed lately: the turns between two sightings, of all funds, in memory.

A process keeps them and takes in what was recorded since: whoever records holds the lock on the
edition (`publishing.lock`), so that the keys of sightings rise in the order in which they become
visible, and what is newer than the newest known is all that is new. Only a process that starts
reads all sightings. Losing them loses nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db import DatabaseError, connections
from django.db.models import F, Max, Q, Window
from django.db.models.functions import Coalesce, Lag
from django.utils import timezone

from directory.databases.asking import ask
from resources.batches import batched
from resources.models import Edition, Resource, StatusSighting
from resources.trust.absorbed import and_absorbed

# What happened longer ago is no longer "lately": a fund may have turned many times since.
LATELY = dt.timedelta(days=90)
A_BATCH = 500

FIRST = ""  # what a fund was before its first sighting

_log = logging.getLogger("resources.trust")


@dataclass(frozen=True, slots=True)
class Turn:
    """That a fund was seen to stand otherwise than before.

    `was`, `was_on`, `was_precision`: the sighting before; `FIRST` and None for the first ever,
    which is no opening and no closing. `since`: the day that the source names for it. `at`: when it
    was recorded.
    """

    fund: int
    status: str
    on: dt.date
    precision: str
    since: dt.date | None
    at: dt.datetime
    was: str
    was_on: dt.date | None
    was_precision: str

    @property
    def is_first(self) -> bool:
        """Whether nothing was seen of the fund before."""
        return self.was == FIRST


@dataclass(frozen=True)
class Turns:
    """The turns of every fund as of the edition and the newest row that it was read for.

    `merged`: entries that were merged away -> the entry for which their sightings count.
    """

    edition: int = 0
    newest_row: int = 0
    corrected_at: dt.datetime | None = None
    merged: Mapping[int, int] = field(default_factory=dict)
    of_fund: Mapping[int, tuple[Turn, ...]] = field(default_factory=dict)

    @cached_property
    def newest_first(self) -> tuple[Turn, ...]:
        """All of them, by the days on which they were seen."""
        every = (turn for turns in self.of_fund.values() for turn in turns)
        return tuple(sorted(every, key=attrgetter("on", "at", "fund"), reverse=True))

    def lately(self, today: dt.date) -> Iterator[Turn]:
        """Those of the days that count as lately, newest first."""
        for turn in self.newest_first:
            if turn.on <= today - LATELY:
                return
            if turn.on <= today:
                yield turn


_current: Turns | None = None
_changing = threading.Lock()


def current(edition: int, today: dt.date, *, is_passing: bool = False) -> Turns:
    """The turns as of now, for a page of this edition. One query where nothing was recorded.

    What is no longer lately on `today` is not read. `is_passing`: what is read now may be older
    than what is kept, and is not to be kept itself.
    """
    global _current
    kept = _current
    if is_passing:
        return kept or _caught_up(None, edition, today - LATELY)
    newest = StatusSighting.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if kept is not None and kept.newest_row >= newest and kept.edition >= edition:
        return kept
    with _changing:
        edition = max(edition, _current.edition if _current else 0)
        _current = _caught_up(_current, edition, today - LATELY)
        return _current


def of(resource: Resource) -> tuple[Turn, ...]:
    """The turns of one fund of all time, read for the purpose; the oldest first."""
    own = _standing().filter(resource__in=and_absorbed(resource))
    return _read(own, dt.date.min).get(resource.pk, ())


def corrected_at(resource: Resource) -> dt.datetime | None:
    """When a sighting of a fund was last taken back; None where none was."""
    rows = StatusSighting.objects.filter(resource__in=and_absorbed(resource), stands=False)
    newest: dt.datetime | None = rows.aggregate(newest=Max("at"))["newest"]
    return newest


def warm_up() -> threading.Thread:
    """Begin to read them, so that the first who asks need not wait; returns the thread."""
    thread = threading.Thread(target=_read_ahead, daemon=True)
    thread.start()
    return thread


def _read_ahead() -> None:
    try:
        ask(lambda: current(Edition.current(), timezone.localdate()))
    except DatabaseError:
        _log.exception("What opened and closed could not be read before the first request")
    finally:
        connections.close_all()


def forget() -> None:
    """Drop what this process remembers, as tests do when they put the database back."""
    global _current
    _current = None


def _caught_up(kept: Turns | None, edition: int, after: dt.date) -> Turns:
    """What is kept with what was recorded and merged since; all of it where nothing is kept."""
    merged = dict(_merged())
    fresh = StatusSighting.objects.filter(pk__gt=kept.newest_row if kept else 0)
    newest = fresh.aggregate(newest=Max("pk"), corrected=Max("at", filter=Q(stands=False)))
    now = Turns(
        edition=edition,
        newest_row=newest["newest"] or (kept.newest_row if kept else 0),
        corrected_at=newest["corrected"] or (kept.corrected_at if kept else None),
        merged=merged,
    )
    if kept is None:
        return replace(now, of_fund=_read(_standing(), after))
    touched = {
        merged.get(pk, pk)
        for pk in fresh.filter(pk__lte=now.newest_row).values_list("resource_id", flat=True)
    }
    moved = {pk for pair in {*merged.items()} ^ {*kept.merged.items()} for pk in pair}
    touched |= {merged.get(pk, pk) for pk in moved}
    if not touched:
        return replace(now, of_fund=kept.of_fund)
    rest = {pk: turns for pk, turns in kept.of_fund.items() if pk not in touched | moved}
    for some in batched(touched, A_BATCH):
        own = {*some, *(pk for pk, survivor in merged.items() if survivor in some)}
        rest |= _read(_standing().filter(resource__in=own), after)
    return replace(now, of_fund=rest)


def _merged() -> Any:
    rows = Resource.objects.filter(merged_into__isnull=False).order_by()
    return rows.values_list("pk", "merged_into_id")


def _standing() -> Any:
    return StatusSighting.objects.standing().order_by()


def _read(sightings: Any, after: dt.date) -> dict[int, tuple[Turn, ...]]:
    """The turns after a day among these sightings, which are all those of their funds."""
    fund = Coalesce("resource__merged_into_id", "resource_id")
    order = [F("seen_on"), F("at"), F("pk")]

    def before(column: str) -> Window:
        return Window(Lag(column), partition_by=[fund], order_by=order)

    rows = sightings.annotate(
        fund=fund, was=before("status"), was_on=before("seen_on"), was_as=before("precision")
    )
    # In each half: Django would apply it before the window sees what came before.
    recent = Q(seen_on__gt=after)
    turned = rows.filter((Q(was=None) & recent) | (~Q(was=F("status")) & recent))
    turned = turned.order_by("seen_on", "at", "pk")
    found: dict[int, list[Turn]] = defaultdict(list)
    columns = ("fund", "status", "seen_on", "precision", "effective_from", "at")
    for row in turned.values_list(*columns, "was", "was_on", "was_as").iterator(chunk_size=5_000):
        turn = _turn(*row)
        found[turn.fund].append(turn)
    return {fund: tuple(turns) for fund, turns in found.items()}


def _turn(
    fund: int,
    status: str,
    on: dt.date,
    precision: str,
    since: dt.date | None,
    at: dt.datetime,
    was: str | None,
    was_on: dt.date | None,
    was_precision: str | None,
) -> Turn:
    """A day that the source names counts unless another status was seen after it."""
    earliest = was_on or dt.date.min
    named = since if since and earliest <= since <= on else None
    return Turn(
        fund, status, on, precision, named, at, was or FIRST, was_on, was_precision or ""
    )  # fmt: skip
