"""From news to mails: each alert hears of each of its news once.

Openings, and what takes one back, go out at once; everything else waits for the mail of the day.
An alert notes up to where it was told in the same transaction that writes the mail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, Q
from django.http import QueryDict

from resources.batches import batched
from resources.models import Alert, AlertMail, AlertNews
from resources.search.query import SearchQuery
from resources.search.results import find
from resources.search.sets import Directory

A_BATCH = 1_000
Kind, Wants = AlertNews.Kind, Alert.Wants
AT_ONCE = (Kind.OPENED, Kind.MISTAKEN)
# What somebody who waits for a search hears of besides; changes of all that it finds are too many.
OF_A_SEARCH = (*AT_ONCE, Kind.WAITLIST, Kind.CLOSED, Kind.NEW)


def queue_openings(directory: Directory) -> int:
    """Write the mails of what goes out at once; returns how many."""
    return _queue(directory, "told", Q(kind__in=AT_ONCE), Q())


def queue_daily(directory: Directory) -> int:
    """Write the mails of everything else. Call it once a day."""
    return _queue(directory, "told_daily", ~Q(kind__in=AT_ONCE), Q(wants=Wants.ALL))


@transaction.atomic
def _queue(directory: Directory, mark: str, which: Q, whose: Q) -> int:
    """Write a mail for each alert that has some of this news, and move its mark.

    An address that has several alerts hears of each news by one of them.
    """
    newest = AlertNews.objects.aggregate(newest=Max("pk"))["newest"] or 0
    waiting = Alert.objects.confirmed().filter(whose, **{f"{mark}__lt": newest})
    # Locked, so that two workers do not tell the same.
    alerts = list(waiting.select_for_update().order_by("pk"))
    if not alerts:
        return 0
    last = alerts[-1].pk
    oldest = min(getattr(alert, mark) for alert in alerts)
    finder = _Finder(directory, AlertNews.objects.filter(which, pk__gt=oldest, pk__lte=newest))
    told_to: dict[str, set[int]] = defaultdict(set)
    count = 0
    for some in batched(alerts, A_BATCH):
        mails = []
        for alert in some:
            found = finder.of(alert, getattr(alert, mark))
            fresh = [pk for pk in found if pk not in told_to[alert.address_key]]
            told_to[alert.address_key].update(found)
            if fresh:
                mails.append(AlertMail(alert=alert, news=fresh))
            elif found and alert.wants == Wants.OPENING:
                alert.delete()  # another alert of the same address tells them, and this was for it
        count += len(AlertMail.objects.bulk_create(mails))
    waiting.filter(pk__lte=last).update(**{mark: newest})
    return count


class _Finder:
    """Which news an alert is about; each search is looked up once."""

    def __init__(self, directory: Directory, news: Iterable[AlertNews]) -> None:
        self.directory = directory
        self.of_resource: dict[int, list[AlertNews]] = defaultdict(list)
        for each in news:
            self.of_resource[each.resource_id].append(each)
        self.found: dict[str, list[AlertNews]] = {}

    def of(self, alert: Alert, told: int) -> list[int]:
        """The numbers of its news after those that it was told, oldest first."""
        theirs = [news for news in self._all(alert) if news.pk > told and _concerns(alert, news)]
        undone = {news.takes_back_id for news in theirs} & {news.pk for news in theirs}
        return [
            news.pk for news in theirs if news.pk not in undone and news.takes_back_id not in undone
        ]

    def _all(self, alert: Alert) -> list[AlertNews]:
        if alert.resource_id is not None:
            return self.of_resource.get(alert.resource_id, [])
        if alert.query not in self.found:
            self.found[alert.query] = self._of_search(alert.query)
        return self.found[alert.query]

    def _of_search(self, query: str) -> list[AlertNews]:
        asked = SearchQuery.from_params(QueryDict(query))
        matches = find(asked, self.directory, "en").matches
        return [
            news
            for resource, told in self.of_resource.items()
            if resource in matches
            for news in told
            if news.kind in OF_A_SEARCH
        ]


def _concerns(alert: Alert, news: AlertNews) -> bool:
    """Whoever was not told that it opened is not told that it did not."""
    return news.takes_back_id is None or news.takes_back_id > alert.begun
