"""What speaks against an entry brings it to the queue, with the reason, until somebody looked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from resources import trust
from resources.models import Curator, Letter, Link, Report, Resource, Review
from resources.trust import due, looking, reports
from resources.trust.links import Answer, Finding, Outcome, Visit
from tests import make
from tests.admin.browser_form import words_of
from tests.admin.conftest import publisher  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PAGE = "https://example.org/status"


class Visitor:
    """Answers without a network, each address in its own way."""

    def __init__(self, *visits: Visit) -> None:
        self.visits = visits

    def visit(self, urls: object) -> tuple[Visit, ...]:
        return self.visits


def visited(url: str, outcome: Outcome, *, leads_to: str = "", text: str = "") -> None:
    visit = Visit(url, Answer(url, status=200, text=text), Finding(outcome, leads_to))
    looking.look_at([url], Visitor(visit))  # type: ignore[arg-type]


def fresh_fund(curator: Curator, name: str = "Fund") -> Resource:
    """A fund that a person checked today, and saw closed."""
    fund = make.resource(
        name=name,
        fund_status="closed",
        fund_status_seen_on=TODAY,
        fund_status_precision="day",
        status_page_url=PAGE,
    )
    trust.record_check(by=curator, entries=[fund], on=TODAY)
    fund.refresh_from_db()
    return fund


def queued(client: Client) -> str:
    return words_of(client.get("/admin/queue/"))


@pytest.fixture
def curator(publisher: Client) -> Curator:  # noqa: F811
    return Curator.objects.get()


def test_a_status_page_that_says_otherwise_brings_a_fresh_fund_to_the_queue(
    publisher: Client,  # noqa: F811
    curator: Curator,
) -> None:
    fund = fresh_fund(curator, name="Copay fund")
    assert "Copay fund" not in queued(publisher)
    visited(PAGE, Outcome.OK, text="<p>This fund is now open to new applicants.</p>")

    assert "Its page says “open”" in queued(publisher)
    check = f"/admin/queue/{Review.objects.get(resource=fund).pk}/"
    assert "This fund is now open to new applicants." in words_of(publisher.get(check))
    trust.record_sighting(by=curator, resource=fund, status="open", seen_on=TODAY)
    assert "Copay fund" not in queued(publisher)


def test_who_looked_and_saw_it_closed_all_the_same_is_not_asked_again(
    publisher: Client,  # noqa: F811
    curator: Curator,
) -> None:
    fund = fresh_fund(curator, name="Copay fund")
    visited(PAGE, Outcome.OK, text="<p>This fund is now open to new applicants.</p>")
    trust.record_sighting(by=curator, resource=fund, status="closed", seen_on=TODAY)
    assert "Copay fund" not in queued(publisher)
    visited(PAGE, Outcome.OK, text="<p>The fund is now open to new patients.</p>")
    assert "Copay fund" not in queued(publisher)
    visited(PAGE, Outcome.OK, text="<p>There is a waiting list.</p>")
    assert "Its page says “waiting list”" in queued(publisher)


def test_a_link_that_leads_elsewhere_is_a_doubt_until_all_of_it_is_checked(
    publisher: Client,  # noqa: F811
    curator: Curator,
) -> None:
    fund = fresh_fund(curator, name="Copay fund")
    visited(PAGE, Outcome.RENAMED, leads_to="https://other.example/")

    assert "renamed or merged?" in queued(publisher)
    trust.record_check(by=curator, entries=[fund], on=TODAY)
    assert "Copay fund" not in queued(publisher)


def test_a_link_that_failed_once_is_none(publisher: Client, curator: Curator) -> None:  # noqa: F811
    fresh_fund(curator, name="Copay fund")
    visited(PAGE, Outcome.GONE)
    assert "Copay fund" not in queued(publisher)

    Link.objects.update(failed_days=2, checked_on=TODAY - dt.timedelta(days=1))
    visited(PAGE, Outcome.GONE)
    assert "A link: gone" in queued(publisher)
    visited(PAGE, Outcome.OK)
    assert "Copay fund" not in queued(publisher)


def test_what_a_reader_reports_is_a_doubt_until_it_is_closed(
    publisher: Client,  # noqa: F811
    curator: Curator,
) -> None:
    fund = fresh_fund(curator, name="Copay fund")
    report = Report(kind="problem", wrong="contact", resource=fund, text="Wrong number.")
    reports.accept(report, sender="")

    assert "A reader says: The phone number or address is wrong" in queued(publisher)
    check = f"/admin/queue/{Review.objects.get(resource=fund).pk}/"
    assert "Wrong number." in words_of(publisher.get(check))
    reports.close(report, by=curator)
    assert "Copay fund" not in queued(publisher)


def test_silence_counts_once_the_last_reminder_was_two_weeks_ago(curator: Curator) -> None:
    fund = fresh_fund(curator)
    Letter.objects.create(
        organisation=fund.organisation,
        email="help@example.org",
        began_on=TODAY - dt.timedelta(days=90),
        last_mail_on=TODAY - dt.timedelta(days=13),
        mails=4,
        fate="sent",
        approved_by=curator,
    )
    due.settle_all(TODAY)
    assert not Review.objects.filter(is_doubted=True)
    due.settle_all(TODAY + dt.timedelta(days=1))

    assert Review.objects.filter(is_doubted=True).count() == 2
    assert Review.objects.get(resource=fund).score > 0


def test_what_speaks_against_an_entry_puts_it_before_its_like() -> None:
    first, second = (
        make.resource(fund_status="unknown", year_of_facts=2020, needs=("copay",))
        for _each in range(2)
    )
    assert Review.objects.get(resource=first).score == Review.objects.get(resource=second).score
    reports.accept(Report(kind="problem", wrong="changed", resource=second), sender="")

    assert Review.objects.get(resource=second).score > Review.objects.get(resource=first).score


def test_a_doubt_makes_nothing_overdue_for_readers(curator: Curator) -> None:
    fund = fresh_fund(curator)
    reports.accept(Report(kind="problem", wrong="changed", resource=fund), sender="")

    assert not Review.objects.get(resource=fund).is_overdue(TODAY)
