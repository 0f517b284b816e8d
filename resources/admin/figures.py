"""Figures for the first page of the desk: what is due and done, who did what, what is covered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from pyroaring import BitMap

from resources.models import Check, Publication, Resource, Review, State, StatusSighting, Tier
from resources.search.counting import fitting
from resources.search.sets import Directory
from resources.trust import due

WEEK = dt.timedelta(days=7)
# A check counts as fresh for so long in the share of stale entries.
FRESH = dt.timedelta(days=365)
WEEKS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is due, how much is done in a week, and how much the rules ask for.

    `fitting`: tier and part -> days, as long as they would have to be for what is done to do.
    """

    due: int
    done: int
    asked: int
    fitting: Mapping[tuple[str, str], int]

    @property
    def weeks(self) -> int | None:
        """Weeks until nothing is overdue at this pace; None where nothing is done."""
        return -(-self.due // self.done) if self.done else None

    @property
    def proposals(self) -> list[tuple[str, str, int]]:
        """Tier, part and days, in words, where the rules ask for more than is done."""
        tiers, parts = dict(Tier.choices), dict(Check.Part.choices)
        return [
            (str(tiers[tier]), str(parts[part]), days)
            for (tier, part), days in self.fitting.items()
        ]


def pace(today: dt.date) -> Pace:
    """What is due, what was done in the last seven days, what the rules ask for in as many."""
    rules = due.intervals()
    parts = _parts()
    asked = sum(number * WEEK.days / rules[rule] for rule, number in parts.items())
    done = _entries_checked(today - WEEK)
    stretch = asked / done if done and asked > done else 1
    longer = {rule: round(rules[rule] * stretch) for rule in parts} if stretch > 1 else {}
    return Pace(
        due=Review.objects.filter(due_on__lte=today).count(),
        done=done,
        asked=round(asked),
        fitting=longer,
    )


def _parts() -> dict[tuple[str, str], int]:
    """How many of each part there are in each tier."""
    is_fund = ~Q(resource__fund_status=Resource.FundStatus.NOT_APPLICABLE)
    rows = Review.objects.values("tier").annotate(
        organisations=Count("organisation"),
        resources=Count("resource"),
        funds=Count("resource", filter=is_fund),
    )
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        for part in due.OF_FUND:
            number = row["funds"] if part == Check.Part.STATUS else row["resources"]
            own = row["organisations"] if part in due.OF_ORGANISATION else 0
            found[row["tier"], part] = number + own
    return {rule: number for rule, number in found.items() if number}


def _entries_checked(since: dt.date) -> int:
    """How many parts of entries were checked or seen since this day."""
    checks = Check.objects.standing().filter(on__gt=since)
    whole = checks.filter(part=Check.Part.WHOLE).count()
    return (
        whole * len(due.OF_RESOURCE)
        + checks.exclude(part=Check.Part.WHOLE).count()
        + StatusSighting.objects.standing().filter(seen_on__gt=since, by__isnull=False).count()
    )


@dataclass(frozen=True, slots=True)
class Work:
    """What one curator did in the last seven days."""

    name: str
    entries: int
    checks: int


def work_of_the_week(today: dt.date) -> list[Work]:
    """Who saved how many entries and checked how many, the busiest first."""
    since = timezone.now() - WEEK
    saved = Publication.objects.filter(at__gt=since, by__isnull=False).exclude(
        change=Publication.Change.CHECKED
    )
    entries = dict(
        saved.values_list("by_name").annotate(n=Count("public_id", distinct=True)).order_by()
    )
    checked = Check.objects.standing().filter(on__gt=today - WEEK).order_by()
    checks = dict(checked.values_list("by_name").annotate(n=Count("pk")))
    found = [Work(name, entries.get(name, 0), checks.get(name, 0)) for name in {*entries, *checks}]
    return sorted(found, key=lambda one: (-one.entries - one.checks, one.name))


def stale_share(today: dt.date) -> list[tuple[dt.date, int]]:
    """For each of the last weeks, how many percent of entries nobody had checked for a year."""
    total = Review.objects.count()
    if not total:
        return []
    weeks = [today - number * WEEK for number in reversed(range(WEEKS_SHOWN))]
    rows = Check.objects.standing().filter(part=Check.Part.WHOLE, on__gt=weeks[0] - FRESH)
    days = rows.order_by().values_list("on", "organisation_id", "resource_id")
    fresh = _fresh(weeks, days.iterator(chunk_size=2_000))
    return [
        (week, round(100 * (total - count) / total))
        for week, count in zip(weeks, fresh, strict=True)
    ]


def _fresh(
    weeks: Iterable[dt.date], checks: Iterable[tuple[dt.date, int | None, int | None]]
) -> list[int]:
    """How many entries had been checked within a year on each of these days.

    Each check is its day with the number of an organisation or of a resource.
    """
    checked: dict[dt.date, BitMap] = defaultdict(BitMap)
    for day, organisation, resource in checks:
        checked[day].add(2 * organisation if organisation else 2 * (resource or 0) + 1)
    return [
        len(BitMap().union(*(of for day, of in checked.items() if week - FRESH < day <= week)))
        for week in weeks
    ]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many resources help with each need in each state; `national`: everywhere."""

    needs: list[str]
    national: list[int]
    rows: list[tuple[str, list[int]]]


def coverage(directory: Directory, language: str) -> Coverage:
    """What is offered for each need of the first level, by state."""
    terms = directory.terms["need"]
    needs = [slug for slug, term in terms.items() if not term.parents and slug != "other"]
    of_need = [fitting(directory, "need", [slug]) & directory.offered for slug in needs]
    everywhere = directory.tags("area_kind", "national")
    return Coverage(
        needs=[terms[slug].in_language(language) for slug in needs],
        national=[len(held & everywhere) for held in of_need],
        rows=[
            (state.display_name, _local(directory, state.code, of_need))
            for state in State.objects.order_by("name")
        ],
    )


def _local(directory: Directory, code: str, of_need: Sequence[BitMap]) -> list[int]:
    here = directory.tags("area", code)
    return [len(held & here) for held in of_need]
