"""Works at the desk of a sample, so that every page of it has something to show.

What waits is as much as a busy desk would have: reports up to their bound, thousands of links with
alarms among them, a year of checks. All of it but the dates follows from a seed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from resources import accounts, publishing, roles, trust
from resources.models import (
    Check,
    Curator,
    Entry,
    Link,
    LinkCheck,
    Organisation,
    Report,
    Resource,
    ResourceSource,
    Review,
    StatusSighting,
)
from resources.models.report import MOST_WAITING
from resources.trust import doubts, due, named
from resources.trust.links import Outcome

SEED = 20261127
CURATOR = "curator-0"  # who looks at the pages: an administrator, who sees most
CURATORS = 12
CLOSED_REPORTS = 900
LINKS = 4_000
EARLIER_CHECKS = 8_000  # over the last year and three months
CHECKED, SEEN, CHANGED, DRAFTS = 300, 20, 60, 40  # entries, within the last days
VERSIONS = 60  # of the one with the longest history
MINE, SNOOZED = 1_200, 200  # reviews; more than forty pages are one curator's own

# What became of links, and on how many days in a row. The rest of them work.
FAILING = {
    Outcome.GONE: (0.03, 5),
    Outcome.TIMEOUT: (0.01, 2),
    Outcome.TLS: (0.01, 3),
    Outcome.SERVER_ERROR: (0.01, 1),
    Outcome.MOVED: (0.03, 0),
    Outcome.RENAMED: (0.01, 0),
    Outcome.BLOCKED: (0.05, 0),
}


def work(today: dt.date) -> None:
    """Fill the desk of a fresh sample as of this day, through the project's own functions where
    readers see what is written, else by rows."""
    dice = Random(SEED)
    curators = [_curator(number) for number in range(CURATORS)]
    public = list(Resource.objects.published().order_by("pk").values_list("pk", flat=True))
    Check.objects.bulk_create(_earlier_checks(dice, curators, public, today), batch_size=1_000)
    due.settle_all(today)
    _publish(dice, curators, public)
    _check(dice, curators, public, today)
    _drafts(curators[1])
    _links(dice, today)
    Report.objects.bulk_create(_reports(dice, curators[1], public))
    due.settle_all(today)
    _share_out(curators[0], today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _curator(number: int) -> Curator:
    usual = roles.PUBLISHER if number % 3 else roles.EDITOR
    return accounts.make_curator(
        username=f"curator-{number}",
        email=f"curator-{number}@example.org",
        role=usual if number else roles.ADMINISTRATOR,
    )


def _earlier_checks(
    dice: Random, curators: Sequence[Curator], public: Sequence[int], today: dt.date
) -> Iterator[Check]:
    for pk in dice.sample(public, min(EARLIER_CHECKS, len(public))):
        by = dice.choice(curators)
        on = today - dt.timedelta(days=dice.randint(1, 450))
        part = dice.choice((Check.Part.WHOLE, Check.Part.WHOLE, *due.OF_RESOURCE))
        at = timezone.now() - (today - on)
        yield Check(resource_id=pk, part=part, on=on, version=1, by=by, by_name=by.username, at=at)


def _publish(dice: Random, curators: Sequence[Curator], public: Sequence[int]) -> None:
    """Change English whose Spanish is then out of date, each entry once and one of them often."""
    changed = dice.sample(public, min(CHANGED, len(public)))
    for number, pk in enumerate([*changed, *changed[:1] * VERSIONS]):
        resource = Resource.objects.get(pk=pk)
        resource.summary += " Call first."
        resource.save()
        publishing.publish(by=curators[number % CURATORS], entries=[resource])


def _check(
    dice: Random, curators: Sequence[Curator], public: Sequence[int], today: dt.date
) -> None:
    chosen = dice.sample(public, min(CHECKED, len(public)))
    for number in range(0, len(chosen), 20):
        entries = Resource.objects.filter(pk__in=chosen[number : number + 20])
        day = today - dt.timedelta(days=number % 10)
        trust.record_check(by=curators[number % CURATORS], entries=entries, on=day)
    funds = Resource.objects.published().filter(fund_status__in=StatusSighting.Status.values)
    for number, fund in enumerate(funds.order_by("pk")[:SEEN]):
        trust.record_sighting(
            by=curators[number % CURATORS], resource=fund, status="closed", seen_on=today
        )


def _drafts(by: Curator) -> None:
    organisation = Organisation.objects.published().order_by("pk")[0]
    for number in range(DRAFTS):
        resource = Resource(
            slug=f"desk-draft-{number}", name=f"A draft, {number}", organisation=organisation,
            summary="It waits.",
        )  # fmt: skip
        resource.save()
        ResourceSource.objects.create(resource=resource, url="https://example.org/draft")
        publishing.record(by=by, entries=[resource])


def _links(dice: Random, today: dt.date) -> None:
    """Links as after a few days of visits; status pages say at times what their fund does not."""
    watched = sorted(named.status_pages())
    others = sorted(named.addresses() - set(watched))
    dice.shuffle(others)
    urls = [*watched[: LINKS // 4], *others][:LINKS]
    links = [_link(dice, url, today, is_watched=url in watched) for url in urls]
    Link.objects.bulk_create(links, batch_size=1_000)
    LinkCheck.objects.bulk_create(
        [LinkCheck(url=link.url, outcome=link.outcome, status=200) for link in links],
        batch_size=1_000,
    )


def _link(dice: Random, url: str, today: dt.date, *, is_watched: bool) -> Link:
    shares = [share for share, _days in FAILING.values()]
    (outcome,) = dice.choices([*FAILING, Outcome.OK], [*shares, 1 - sum(shares)])
    days = FAILING[outcome][1] if outcome in FAILING else 0
    seen = dice.choice(("", "", "open", "closed")) if is_watched else ""
    return Link(
        url=url,
        outcome=outcome,
        checked_on=today,
        failed_days=days,
        since=timezone.now() - dt.timedelta(days=days),
        worked_on=None if days else today,
        leads_to="https://example.org/new" if outcome in doubts.LEADS_ELSEWHERE else "",
        seen=seen,
        seen_since=timezone.now() if seen else None,
        sentence=f"This fund is {seen}." if seen else "",
    )


def _reports(dice: Random, by: Curator, public: Sequence[int]) -> Iterator[Report]:
    for number in range(MOST_WAITING + CLOSED_REPORTS):
        state: dict[str, Any] = {"place": number + 1}
        if number >= MOST_WAITING:
            state = {"state": "closed", "closed_at": timezone.now(), "closed_by": by}
        is_problem = number % 5 > 0
        yield Report(
            kind=Report.Kind.PROBLEM if is_problem else Report.Kind.SUGGESTION,
            wrong=dice.choice(Report.Wrong.values) if is_problem else "",
            resource_id=dice.choice(public) if is_problem else None,
            name="" if is_problem else f"Organization {number}",
            text=f"The number on this page rings for ever, {number}. " * 4,
            email=f"reader-{number}@example.org" if number % 2 else "",
            **state,
        )


def _share_out(curator: Curator, today: dt.date) -> None:
    rows = list(Review.objects.order_by("-score", "pk").values_list("pk", flat=True)[:10_000])
    Review.objects.filter(pk__in=rows[::8][:MINE]).update(assigned_to=curator)
    Review.objects.filter(pk__in=rows[1::40][:SNOOZED]).update(
        snoozed_until=today + dt.timedelta(days=30), snooze_note="They are moving."
    )


def reported() -> list[Entry]:
    """The entries about which a report waits."""
    rows = Report.objects.waiting().exclude(resource=None).select_related("resource")
    return [row.resource for row in rows]
