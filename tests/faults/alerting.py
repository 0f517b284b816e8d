"""Readers who wait for a fund that opens, inside the site."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from resources.alerts import news, queueing
from resources.alerts.addresses import key_of, seal
from resources.models import Alert, AlertMail, Resource
from resources.search import sets
from resources.tasks import tell_news
from resources.trust.recording import record_sighting


def ask_for_mails(alerts: int) -> int:
    """Let so many new addresses wait, and the fund open; returns how many mails wait."""
    today, now = timezone.localdate(), timezone.now()
    funds = Resource.objects.published().exclude(lifecycle="ended")
    fund = funds.exclude(fund_status="not_applicable").order_by("pk")[0]
    record_sighting(by="test", resource=fund, status="closed", seen_on=today)
    news.begin()
    addresses = [f"person-{now.timestamp()}-{number}@example.org" for number in range(alerts)]
    Alert.objects.bulk_create(
        Alert(
            address=seal(address),
            address_key=key_of(address),
            resource=fund,
            wants="opening",
            language="en",
            confirmed_on=today,
            ends_on=today + dt.timedelta(days=365),
        )
        for address in addresses
    )
    news.begin()
    fund.refresh_from_db()
    record_sighting(by="test", resource=fund, status="open", seen_on=today)
    news.gather(now + 2 * news.SETTLES, today)
    queueing.queue_openings(sets.current(today))
    tell_news.enqueue()
    return AlertMail.objects.filter(fate=AlertMail.Fate.WAITING).count()
