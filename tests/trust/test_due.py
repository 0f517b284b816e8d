"""What is to be looked at again, when, and how urgently."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from resources import publishing
from resources.models import Curator, Resource, Review, ReviewRule
from resources.trust import due, record_check, record_sighting
from tests import make
from tests.trust.test_recording import ann  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def review(resource: Any) -> Review:
    return Review.objects.get(resource=resource)


def days_to(resource: Resource, part: str) -> int:
    """In how many days a part is due; less than none where it is overdue."""
    return (dt.date.fromisoformat(review(resource).due[part]) - TODAY).days


def test_every_published_entry_has_a_row_and_no_draft_has_one() -> None:
    public, draft = make.resource(), make.resource(published=False)

    assert review(public).entry == public
    assert Review.objects.filter(organisation=public.organisation).exists()
    assert not Review.objects.filter(resource=draft).exists()


def test_what_is_withdrawn_is_not_looked_at_again() -> None:
    resource = make.resource()
    publishing.withdraw(by="test", entries=[resource])

    assert not Review.objects.filter(resource=resource).exists()


def test_a_fund_has_a_status_to_be_looked_at_and_a_helpline_has_none() -> None:
    fund = make.resource(fund_status="unknown")
    helpline = make.resource(fund_status="not_applicable", takes_anyone=True)

    assert set(review(fund).due) == {"contact", "eligibility", "application", "status"}
    assert set(review(helpline).due) == {"contact", "eligibility", "application"}
    assert review(helpline).tier == "helpline"


def test_a_check_of_all_puts_every_part_off_by_its_own_days(ann: Curator) -> None:  # noqa: F811
    fund = make.resource(fund_status="unknown")
    record_check(by=ann, entries=[fund], on=TODAY)

    assert days_to(fund, "status") == 30
    assert days_to(fund, "eligibility") == 91
    assert days_to(fund, "contact") == 182


def test_a_check_of_a_part_and_a_sighting_put_off_that_part_alone(ann: Curator) -> None:  # noqa: F811
    fund = make.resource(fund_status="unknown", year_of_facts=2020)
    record_check(by=ann, entries=[fund], on=ago(2), parts=["contact"])
    record_sighting(by=ann, resource=fund, status="open", seen_on=ago(1))

    assert days_to(fund, "contact") == 180
    assert days_to(fund, "status") == 29
    assert days_to(fund, "eligibility") < -365


def test_rules_are_data_and_an_entry_may_have_its_own(ann: Curator) -> None:  # noqa: F811
    fund = make.resource(fund_status="unknown")
    record_check(by=ann, entries=[fund], on=TODAY)
    ReviewRule.objects.filter(tier="usual", part="status").update(days=14)
    Review.objects.filter(resource=fund).update(every={"contact": 60})
    due.settle_all()

    assert days_to(fund, "status") == 14
    assert days_to(fund, "contact") == 60


def test_the_most_relied_on_funds_are_looked_at_weekly(ann: Curator) -> None:  # noqa: F811
    fund = make.resource(fund_status="unknown")
    record_check(by=ann, entries=[fund], on=TODAY)
    Review.objects.filter(resource=fund).update(tier="first")
    due.settle_all()

    assert days_to(fund, "status") == 7


def test_what_is_older_and_serves_more_is_more_urgent() -> None:
    old = make.resource(year_of_facts=TODAY.year - 3, needs=("rides",))
    fresh = make.resource(year_of_facts=TODAY.year - 1, needs=("rides",))
    local = make.resource(year_of_facts=TODAY.year - 3, needs=("rides",), states=("OH",))
    ended = make.resource(year_of_facts=2001, needs=("rides",), lifecycle="ended")

    assert review(old).score > review(fresh).score
    assert review(old).score > review(local).score > review(ended).score


def test_scores_grow_with_the_days(ann: Curator) -> None:  # noqa: F811
    fund = make.resource(fund_status="unknown")
    record_check(by=ann, entries=[fund], on=TODAY)
    before = review(fund).score
    due.settle_all(TODAY + dt.timedelta(days=40))

    assert review(fund).score > before
    assert due.reasons(review(fund), TODAY + dt.timedelta(days=40))[0].endswith("10 days past due")


def test_what_was_put_off_comes_back(ann: Curator) -> None:  # noqa: F811
    fund = make.resource()
    Review.objects.filter(resource=fund).update(
        snoozed_until=TODAY + dt.timedelta(days=3), snooze_note="They move this week."
    )
    due.settle_all(TODAY + dt.timedelta(days=2))
    assert review(fund).snoozed_until is not None
    due.settle_all(TODAY + dt.timedelta(days=3))
    assert (review(fund).snoozed_until, review(fund).snooze_note) == (None, "")


def test_the_daily_command_makes_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    resource = make.resource()
    Review.objects.all().delete()
    call_command("enqueue_due")

    assert review(resource)
    assert "2 entries" in capsys.readouterr().out


def test_what_is_overdue_past_the_days_of_grace_is_labelled_and_sinks(ann: Curator) -> None:  # noqa: F811
    """Found all the same. What was never checked is not called overdue: nearly all would be."""
    late, fresh = (make.resource(name=name, needs=("rides",)) for name in ("Alpha", "Beta"))
    never = make.resource(name="Gamma", needs=("rides",))
    for resource, days in ((late, 182 + 61), (fresh, 182 + 59)):
        record_check(by=ann, entries=[resource], on=ago(days))
        record_check(
            by=ann, entries=[resource], on=TODAY, parts=["eligibility", "application", "status"]
        )
        publishing.publish(by=ann, entries=[resource])
    page = Client().get("/search/?need=rides").content.decode()

    assert page.count("overdue for the next check") == 1
    assert 0 < page.index("Beta") < page.index("Gamma") < page.index("Alpha")
    own = Client().get(late.get_absolute_url()).content.decode()
    assert "overdue for the next check" in own
    assert "overdue" not in Client().get(never.get_absolute_url()).content.decode()
