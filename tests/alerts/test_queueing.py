"""Who hears of what: each alert of each of its news, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from resources.alerts import signing_up
from resources.models import AlertMail, AlertNews, Condition, Resource
from tests import make
from tests.alerts.conftest import ADDRESS, gathered, published, queued, queued_daily, waiting

pytestmark = pytest.mark.django_db

See = Callable[..., None]


def told() -> list[list[str]]:
    """The kinds of news of each mail."""
    kinds = dict(AlertNews.objects.values_list("pk", "kind"))
    return [[kinds[pk] for pk in mail.news] for mail in AlertMail.objects.all()]


def test_an_opening_goes_to_all_who_wait_for_it_once(fund: Resource, see: See) -> None:
    waiting(resource=fund)
    waiting("ann@example.org", query="need=copay&condition=leukemia", wants="all")
    waiting("bob@example.org", resource=make.resource())
    waiting("cam@example.org", query="need=rides")
    see(fund, "open")
    gathered()

    assert queued() == 2
    assert queued() == queued_daily() == 0
    assert told() == [["opened"], ["opened"]]


def test_a_search_for_an_illness_hears_of_a_fund_for_any_of_its_kind(
    fund: Resource, see: See
) -> None:
    cml = make.term(Condition, "cml", parent=make.term(Condition, "leukemia"))
    waiting(query=f"need=copay&condition={cml.slug}")
    see(fund, "open")
    gathered()

    assert queued() == 1


def test_everything_else_waits_for_the_mail_of_the_day(fund: Resource, see: See) -> None:
    waiting(resource=fund, wants="all")
    waiting("ann@example.org", resource=fund, wants="opening")
    see(fund, "waitlist")
    gathered()
    published(fund, award="More")
    gathered()

    assert queued() == 0
    assert queued_daily() == 1
    assert told() == [["waitlist", "changed"]]
    assert queued_daily() == 0


def test_whoever_came_later_hears_of_nothing_before(fund: Resource, see: See) -> None:
    waiting(resource=fund)
    see(fund, "open")
    gathered()
    waiting("ann@example.org", resource=fund, wants="all")
    assert queued() == 1
    see(fund, "mistaken")
    gathered()

    assert queued() == 1  # of the first alone
    assert told() == [["opened"], ["mistaken"]]


def test_an_opening_taken_back_before_a_mail_was_written_is_not_told(
    fund: Resource, see: See
) -> None:
    waiting(resource=fund)
    see(fund, "open")
    gathered()
    see(fund, "mistaken")
    gathered()

    assert queued() == 0


def test_several_openings_are_one_mail(see: See, fund: Resource) -> None:
    other = make.resource(needs=("copay",))
    waiting(query="need=copay")
    see(fund, "open")
    see(other, "open")
    gathered()

    assert queued() == 1
    assert told() == [["opened", "opened"]]


def test_an_address_with_two_alerts_hears_of_an_opening_once(fund: Resource, see: See) -> None:
    kept = waiting(query="need=copay", wants="all")
    waiting(resource=fund)
    waiting("ann@example.org", resource=fund)
    see(fund, "open")
    gathered()

    assert queued() == 2
    assert AlertMail.objects.filter(alert__address_key=kept.address_key).count() == 1
    assert [alert.pk for alert in signing_up.of_address(ADDRESS)] == [kept.pk]
