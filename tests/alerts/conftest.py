"""A fund, somebody who waits for it, and a curator who sees it open and close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from resources import publishing
from resources.alerts import news, queueing, signing_up
from resources.alerts.signing_up import Wish
from resources.models import Alert, Curator, Publication, Resource
from resources.search import sets
from resources.trust import recording
from tests import make

ADDRESS = "jo@example.org"
NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.fixture
def curator() -> Curator:
    return Curator.objects.create_user("ana", password="x")


@pytest.fixture
def fund() -> Resource:
    """One that is closed, for leukemia."""
    return make.resource(
        slug="blood-fund", name="Blood fund", needs=("copay",), conditions=("leukemia",),
        fund_status="closed", fund_status_seen_on=TODAY, fund_status_precision="day",
    )  # fmt: skip


@pytest.fixture
def see(curator: Curator) -> Callable[..., None]:
    """Record that a fund was seen to stand so today, or that the newest sighting was mistaken."""

    def saw(fund: Resource, status: str) -> None:
        fund.refresh_from_db()
        if status == "mistaken":
            newest = fund.sightings.standing()[0]
            recording.correct_sighting(newest, by=curator, note="wrong page")
        else:
            recording.record_sighting(by=curator, resource=fund, status=status, seen_on=TODAY)

    return saw


def wish(resource: Resource | None = None, query: str = "", **said: str) -> Wish:
    return Wish(resource, query, **{"wants": "opening", "language": "en", **said})


def waiting(address: str = ADDRESS, **said: Any) -> Alert:
    """An alert that its owner has confirmed."""
    alert = signing_up.ask(address, wish(**said), NOW)
    assert alert is not None
    signing_up.confirm(alert, TODAY)
    alert.refresh_from_db()
    return alert


def later(minutes: int = 11) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


def gathered(minutes: int = 11) -> list[str]:
    """The kinds of what is news so many minutes from now."""
    return [each.kind for each in news.gather(later(minutes), TODAY)]


def queued() -> int:
    """How many mails of openings are written now."""
    return queueing.queue_openings(sets.current(TODAY))


def queued_daily() -> int:
    return queueing.queue_daily(sets.current(TODAY))


def published(entry: Resource, **changes: Any) -> list[Publication]:
    entry.refresh_from_db()
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save()
    return publishing.publish(by="test", entries=[entry])
