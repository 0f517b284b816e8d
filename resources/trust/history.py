"""What was seen of a fund, in order: when it was open or closed, and when nobody looked.

Worked out from sightings alone, by a function over plain rows and a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_low

from resources.models import Resource, StatusSighting
from resources.trust.absorbed import and_absorbed

YEAR = dt.timedelta(days=365)
A_DAY = dt.timedelta(days=1)

OPEN, DAY = StatusSighting.Status.OPEN.value, Resource.Precision.DAY.value
# The status of a time for which no sighting counts.
NOT_KNOWN = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """That a fund was seen to stand one way on a day, as exactly as `precision` says.

    Of a month or a year `on` is the first day. `since`: from when on its source says it is so.
    """

    status: str
    on: dt.date
    precision: str = DAY
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a fund was seen to stand one way, from the first sighting to the last.

    `begins` is the day that a source names, where one does (`is_known`), else that of the first
    sighting. `before`: the last sighting of another status; None where there was none.
    """

    status: str
    begins: dt.date
    precision: str
    is_known: bool
    seen: tuple[Sighting, ...]
    before: Sighting | None = None

    @property
    def last(self) -> Sighting:
        """The newest sighting in it."""
        return self.seen[-1]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, `until` excluded, on which a fund counts as standing one way, or as `NOT_KNOWN`."""

    status: str
    begins: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody looked between two sightings for longer than one counts; `until` None: up to today."""

    after: Sighting
    until: Sighting | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What was seen of a fund up to a day. A sighting counts for so many `days`.

    `spells` of all time, newest first. Of the year that ends with `today`: `stretches`, oldest
    first and without a hole; `gaps`, newest first; how often it opened, which needs a sighting of
    something else before it; and for how many days each time, where it was looked at throughout.
    """

    today: dt.date
    days: int
    spells: tuple[Spell, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    gaps: tuple[Gap, ...] = ()
    times_opened: int = 0
    days_open: tuple[int, ...] = ()

    @property
    def sightings(self) -> int:
        """How many sightings it is made from."""
        return sum(len(spell.seen) for spell in self.spells)

    @property
    def median_days_open(self) -> int | None:
        """Half of the times it was open for so many days at most; None where that is not known."""
        return median_low(self.days_open) if self.days_open else None

    @property
    def is_old(self) -> bool:
        """Whether the newest sighting counts no longer."""
        return bool(self.gaps) and self.gaps[0].until is None


def history_of(resource: Resource, today: dt.date) -> History:
    """What was seen of a fund, and of what was merged into it. Two queries."""
    rows = StatusSighting.objects.standing().filter(resource__in=and_absorbed(resource))
    rows = rows.order_by("seen_on", "at", "pk")
    said = rows.values_list("status", "seen_on", "precision", "effective_from")
    return history((Sighting(*row) for row in said), resource.fund_status_days, today)


def history(sightings: Iterable[Sighting], days: int, today: dt.date) -> History:
    """The history that these tell; those of one day in the order in which they were recorded."""
    seen = [one for one in sorted(sightings, key=lambda one: one.on) if one.on <= today]
    if not seen:
        return History(today, days, stretches=(Stretch(NOT_KNOWN, *_year(today)),))
    found = spells(seen)
    opened = [
        (spell, ended)
        for spell, ended in zip(found, [*found[1:], None], strict=True)
        if spell.status == OPEN and spell.before and spell.begins > today - YEAR
    ]
    lengths = (_length(spell, ended, days) for spell, ended in opened)
    return History(
        today=today,
        days=days,
        spells=tuple(reversed(found)),
        stretches=tuple(_stretches(found, days, today)),
        gaps=tuple(reversed(list(_gaps(seen, days, today)))),
        times_opened=len(opened),
        days_open=tuple(length for length in lengths if length is not None),
    )


def spells(seen: Iterable[Sighting]) -> list[Spell]:
    """Sightings in the order of the days, each run of one status as one spell."""
    found: list[Spell] = []
    for _status, run in groupby(seen, key=lambda one: one.status):
        found.append(_spell(tuple(run), found[-1].last if found else None))
    return found


def _spell(run: tuple[Sighting, ...], before: Sighting | None) -> Spell:
    """A day that a source names counts unless something else was seen later than that."""
    first = run[0]
    earliest = before.on if before else dt.date.min
    named = [one.since for one in run if one.since and earliest <= one.since <= first.on]
    return Spell(
        status=first.status,
        begins=named[-1] if named else first.on,
        precision=DAY if named else first.precision,
        is_known=bool(named),
        seen=run,
        before=before,
    )


def _length(spell: Spell, ended: Spell | None, days: int) -> int | None:
    """For how many days a spell lasted; None where a gap hides when it began or ended."""
    if ended is None or {spell.precision, ended.precision} != {DAY}:
        return None
    start = [] if spell.is_known or spell.before is None else [spell.before]
    if any(_is_gap(*pair, days) for pair in pairwise([*start, *spell.seen, ended.seen[0]])):
        return None
    return (ended.begins - spell.begins).days


def _is_gap(one: Sighting, then: Sighting, days: int) -> bool:
    return (then.on - one.on).days > days


def _gaps(seen: Sequence[Sighting], days: int, today: dt.date) -> Iterator[Gap]:
    """The times in which nobody looked, of which a part lies in the last year."""
    for one, then in pairwise(seen):
        if _is_gap(one, then, days) and then.on > today - YEAR:
            yield Gap(one, then)
    if (today - seen[-1].on).days >= days:
        yield Gap(seen[-1])


def _stretches(found: Sequence[Spell], days: int, today: dt.date) -> Iterator[Stretch]:
    """The last year without a hole: what counted, and between that what nobody knows."""
    at, end = _year(today)
    for one in _merged(_counted(found, days)):
        begins, until = max(one.begins, at), min(one.until, end)
        if begins < until:
            if at < begins:
                yield Stretch(NOT_KNOWN, at, begins)
            yield Stretch(one.status, begins, until)
            at = until
    if at < end:
        yield Stretch(NOT_KNOWN, at, end)


def _counted(found: Sequence[Spell], days: int) -> Iterator[Stretch]:
    """For each sighting the days for which it counts, the first from the spell's beginning on."""
    ends = [spell.begins for spell in found[1:]]
    for spell, end in zip(found, [*ends, dt.date.max], strict=True):
        begins = [spell.begins, *(one.on for one in spell.seen[1:])]
        for one, start in zip(spell.seen, begins, strict=True):
            yield Stretch(spell.status, start, min(one.on + dt.timedelta(days=days), end))


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The same, those of one status that touch or overlap as one; empty ones left out."""
    last: Stretch | None = None
    for one in stretches:
        if one.begins >= one.until:
            continue
        if last and last.status == one.status and one.begins <= last.until:
            last = Stretch(last.status, last.begins, one.until)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _year(today: dt.date) -> tuple[dt.date, dt.date]:
    """The first day of the year that ends today, and the day after today."""
    return today - YEAR + A_DAY, today + A_DAY
