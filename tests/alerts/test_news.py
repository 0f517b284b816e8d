"""What there is to tell of a resource, once nobody has undone it for ten minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from resources import publishing
from resources.models import Alert, AlertNews, Publication, Resource
from tests import make
from tests.alerts.conftest import gathered, published, waiting

pytestmark = pytest.mark.django_db

See = Callable[..., None]


@pytest.fixture(autouse=True)
def somebody_waits(fund: Resource) -> None:
    waiting(resource=fund)


def test_an_opening_is_news_after_ten_minutes_and_once(fund: Resource, see: See) -> None:
    see(fund, "open")

    assert gathered(minutes=9) == []
    assert gathered(minutes=11) == ["opened"]
    assert gathered(minutes=30) == []


def test_what_is_taken_back_within_ten_minutes_is_none(fund: Resource, see: See) -> None:
    see(fund, "open")
    assert gathered(minutes=5) == []
    see(fund, "mistaken")

    assert gathered() == []


def test_what_is_taken_back_later_is_corrected(fund: Resource, see: See) -> None:
    see(fund, "open")
    gathered()
    see(fund, "mistaken")

    assert gathered() == ["mistaken"]
    opened, mistaken = AlertNews.objects.all()
    assert mistaken.takes_back == opened


def test_a_fund_that_closes_was_not_mistaken(fund: Resource, see: See) -> None:
    see(fund, "open")
    gathered()
    see(fund, "closed")

    assert gathered() == ["closed"]


def test_seen_open_again_is_no_news(fund: Resource, see: See) -> None:
    see(fund, "open")
    gathered()
    see(fund, "open")

    assert gathered() == []


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"award": "Up to $5,000"}, ["changed"]),
        ({"year_of_facts": 2026}, []),
        ({"lifecycle": "ended"}, ["ended"]),
        ({"fund_status": "waitlist"}, ["waitlist"]),
        ({"fund_status": "open", "award": "More"}, ["opened", "changed"]),
    ],
    ids=str,
)
def test_other_changes(fund: Resource, changes: dict[str, Any], kinds: list[str]) -> None:
    published(fund, **changes)

    assert gathered() == kinds


def test_a_new_resource_and_one_that_goes(fund: Resource) -> None:
    make.resource()
    assert gathered() == ["new"]
    publishing.withdraw(by="test", entries=[fund])

    assert gathered() == ["ended"]


def test_one_that_is_changed_again_and_again_keeps_no_other_waiting(
    fund: Resource, see: See
) -> None:
    other = make.resource(name="Other")
    see(fund, "open")
    assert gathered(minutes=9) == []
    # The fund changes once more while the other has settled.
    Publication.objects.update(at=timezone.now() - dt.timedelta(minutes=20))
    published(fund, award="More")
    assert gathered(minutes=1) == ["new"]
    assert other.pk == AlertNews.objects.get().resource_id

    assert gathered(minutes=11) == ["opened", "changed"]


def test_what_was_published_before_anybody_waited_is_none(fund: Resource, see: See) -> None:
    Alert.objects.all().delete()
    see(fund, "open")
    waiting(resource=fund)

    assert gathered() == []
