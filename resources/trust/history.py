"""What was seen of a fund, in order: spells of being open, closed or having a waiting list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from resources.models import Resource, StatusSighting
from resources.trust.absorbed import and_absorbed

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a fund was seen to stand one way, from the first sighting to the last.

    `begins` is the day that the source names, where it does (`is_known`), else that of the first
    sighting; days are as exact as the precision with them says.
    """

    status: str
    begins: dt.date
    precision: str
    is_known: bool
    last_seen: dt.date
    last_precision: str


def spells_of(resource: Resource) -> list[Spell]:
    """The spells of a fund, and of what was merged into it, newest first. Two queries."""
    rows = StatusSighting.objects.standing().filter(resource__in=and_absorbed(resource))
    return list(reversed(spells(sorted(rows, key=lambda row: (row.seen_on, row.at, row.pk)))))


def spells(sightings: Iterable[StatusSighting]) -> list[Spell]:
    """Sightings in the order of the days, each run of one status as one spell."""
    found: list[Spell] = []
    for row in sightings:
        if found and found[-1].status == row.status:
            found[-1] = replace(found[-1], last_seen=row.seen_on, last_precision=row.precision)
        else:
            found.append(_begun(row))
    return found


def _begun(row: StatusSighting) -> Spell:
    known = row.effective_from
    return Spell(
        status=row.status,
        begins=known or row.seen_on,
        precision="day" if known else row.precision,
        is_known=known is not None,
        last_seen=row.seen_on,
        last_precision=row.precision,
    )


def times_opened(found: Iterable[Spell], today: dt.date) -> int:
    """How often it was seen to open, or to be open anew, in the year before this day."""
    opened = (spell for spell in found if spell.status == StatusSighting.Status.OPEN)
    return sum(spell.begins > today - YEAR for spell in opened)
