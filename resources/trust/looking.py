"""Looking at the addresses that published entries name: which are due, what was found, alarms.

A machine records and proposes. An alarm takes failures on three days; what keeps machines away is
none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from resources.models import (
    Entry,
    Link,
    LinkCheck,
    Organisation,
    PublicationState,
    Resource,
)
from resources.trust.links import Outcome, Visit, Visitor, watch

# How often what works is looked at, in days; what fails, and a fund's status page, daily.
EVERY = 30
# Failures on so many days make an alarm.
ALARM_DAYS = 3
# What somebody may want to change, whether or not it fails.
TO_LOOK_AT = (Outcome.MOVED, Outcome.RENAMED)

# Where entries name addresses, what is to be looked at first before the rest.
SOURCES = "sources__url"
NAMED_IN: dict[type[Entry], tuple[str, ...]] = {
    Resource: ("status_page_url", "apply_url", "url", SOURCES),
    Organisation: ("website", SOURCES),
}
IS_PUBLIC = Q(publication_state=PublicationState.PUBLISHED)

LONGEST_DETAIL, LONGEST_ADDRESS = 300, 2000


def addresses() -> set[str]:
    """Every address that something public names."""
    public = [(model, model._default_manager.filter(IS_PUBLIC)) for model in NAMED_IN]
    columns = [
        rows.values_list(name, flat=True) for model, rows in public for name in NAMED_IN[model]
    ]
    return set(filter(None, chain(*columns)))


def status_pages() -> set[str]:
    """The pages that say whether a fund is open."""
    rows = Resource.objects.published().exclude(status_page_url="")
    return set(rows.values_list("status_page_url", flat=True))


def due_addresses(today: dt.date) -> list[str]:
    """What is to be looked at on this day, what was looked at longest ago first."""
    watched = status_pages()
    known = {link.url: link for link in Link.objects.all()}
    due = []
    for url in addresses():
        link = known.get(url)
        days = 1 if url in watched or (link and link.failed_days) else EVERY
        if link is None or link.checked_on + dt.timedelta(days=days) <= today:
            due.append((link.checked_on if link else dt.date.min, url))
    return [url for _day, url in sorted(due)]


def look_at(urls: Sequence[str], visitor: Visitor) -> int:
    """Visit these addresses, and record what became of each. Returns how many were visited."""
    watched = status_pages()
    count = 0
    for visit in visitor.visit(urls):
        record(visit, timezone.localdate(), is_watched=visit.url in watched)
        count += 1
    return count


@transaction.atomic
def record(visit: Visit, today: dt.date, *, is_watched: bool = False) -> Link:
    """Add the row of a visit, and work out where its address stands."""
    outcome, answer = visit.finding.outcome, visit.answer
    LinkCheck.objects.create(
        url=visit.url,
        outcome=outcome,
        status=answer.status,
        leads_to=visit.finding.address[:LONGEST_ADDRESS],
        detail=answer.detail[:LONGEST_DETAIL],
    )
    link = Link.objects.select_for_update().filter(url=visit.url).first() or Link(url=visit.url)
    if outcome.is_failure:
        is_new_day = not link.failed_days or link.checked_on != today
        link.failed_days += 1 if is_new_day else 0
        link.failed_since = link.failed_since or today
    else:
        link.failed_days, link.failed_since = 0, None
        if outcome in (Outcome.OK, *TO_LOOK_AT):
            link.worked_on = today
    link.outcome, link.checked_on = outcome, today
    link.leads_to = visit.finding.address[:LONGEST_ADDRESS]
    if is_watched and outcome == Outcome.OK:
        seen = watch(answer.text)
        link.seen, link.sentence = (seen.status, seen.sentence[:300]) if seen else ("", "")
    link.save()
    return link


def alarms() -> QuerySet[Link]:
    """What failed on three days, moved, or goes by another name; among what is public."""
    wanted = Q(failed_days__gte=ALARM_DAYS) | Q(outcome__in=TO_LOOK_AT)
    return Link.objects.filter(wanted).order_by("-failed_days", "url")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fund whose status page says something else than its entry."""

    resource: Resource
    link: Link


def proposals(today: dt.date) -> Iterator[Proposal]:
    """The funds whose page was seen to say another status than counts today."""
    said = {link.url: link for link in Link.objects.exclude(seen="")}
    funds = Resource.objects.published().filter(status_page_url__in=said)
    for fund in funds.select_related("organisation"):
        link = said[fund.status_page_url]
        if fund.fund_status_on(today).counts != link.seen:
            yield Proposal(fund, link)


def citing(urls: Iterable[str]) -> dict[str, list[Entry]]:
    """The public entries that name each of these addresses."""
    wanted = set(urls)
    found: dict[str, list[Entry]] = {url: [] for url in wanted}
    for model, names in NAMED_IN.items():
        names_one = Q(*((f"{name}__in", wanted) for name in names), _connector=Q.OR)
        entries: QuerySet[Any] = model._default_manager.filter(IS_PUBLIC & names_one).distinct()
        for entry in entries.prefetch_related("sources"):
            for url in wanted.intersection(pages_of(entry)):
                found[url].append(entry)
    return found


def pages_of(entry: Entry) -> list[str]:
    """The addresses that an entry names: where its status stands, its sources, its own pages."""
    own = [getattr(entry, name) for name in NAMED_IN[type(entry)] if name != SOURCES]
    sources = [source.url for source in entry.sources.all()]  # type: ignore[attr-defined]
    return list(dict.fromkeys(filter(None, [own[0], *sources, *own[1:]])))


def worked_on(entry: Entry) -> dt.date | None:
    """The day on which all links of an entry were last found to work; None where one does not.

    What keeps machines away says nothing either way.
    """
    links = list(Link.objects.filter(url__in=pages_of(entry)))
    if not links or any(link.failed_days for link in links):
        return None
    return min((link.worked_on for link in links if link.worked_on), default=None)
