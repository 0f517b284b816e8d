"""What becomes of links: alarms after three days, what moved, what a status page says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources.models import Link, LinkCheck, StatusWords
from resources.tasks import look_at_links
from resources.trust import due, looking
from resources.trust.links import Answer, Finding, Outcome, Visit
from resources.trust.named import pages_of
from tests import make
from tests.admin.browser_form import words_of
from tests.admin.conftest import publisher  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
URL = make.SOURCE


def visit(outcome: Outcome, url: str = URL, *, leads_to: str = "", text: str = "") -> Visit:
    return Visit(url, Answer(url, status=200, text=text), Finding(outcome, leads_to))


def on_days(outcome: Outcome, *days: int, url: str = URL) -> Link:
    for day in days:
        link = looking.record(visit(outcome, url), TODAY + dt.timedelta(days=day))
    return link


@pytest.mark.parametrize(
    "outcome", [Outcome.GONE, Outcome.TIMEOUT, Outcome.TLS, Outcome.SOFT_404, Outcome.SERVER_ERROR]
)
def test_an_alarm_takes_failures_on_three_days(outcome: Outcome) -> None:
    on_days(outcome, 0, 0, 0, 1)
    assert not looking.alarms()
    link = on_days(outcome, 2)

    assert list(looking.alarms()) == [link]
    assert link.failed_days == 3
    assert link.since is not None
    assert link.since < LinkCheck.objects.latest("pk").at
    assert LinkCheck.objects.count() == 5


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.ROBOTS, Outcome.OK])
def test_what_keeps_machines_away_is_no_alarm_and_one_success_ends_it(outcome: Outcome) -> None:
    on_days(Outcome.GONE, 0, 1, 2)
    on_days(outcome, 3)

    assert not looking.alarms()


def test_what_moved_is_to_be_looked_at_at_once_with_its_new_address() -> None:
    link = looking.record(visit(Outcome.MOVED, leads_to="https://example.org/new"), TODAY)

    assert list(looking.alarms()) == [link]
    assert (link.leads_to, link.worked_on) == ("https://example.org/new", TODAY)


def test_every_address_that_is_public_is_due_once_and_then_in_a_month() -> None:
    resource = make.resource(url="https://example.org/a", apply_url="https://example.org/b")
    make.resource(published=False, url="https://example.org/draft")

    due = looking.due_addresses(TODAY)
    assert {"https://example.org/a", "https://example.org/b", URL} <= set(due)
    assert "https://example.org/draft" not in due
    for url in pages_of(resource):
        on_days(Outcome.OK, 0, url=url)
    assert URL not in looking.due_addresses(TODAY + dt.timedelta(days=29))
    assert URL in looking.due_addresses(TODAY + dt.timedelta(days=30))


def test_what_failed_and_what_is_watched_is_due_daily() -> None:
    page = "https://example.org/status"
    make.resource(status_page_url=page)
    on_days(Outcome.OK, 0, url=page)
    on_days(Outcome.GONE, 0)
    tomorrow = looking.due_addresses(TODAY + dt.timedelta(days=1))

    assert {page, URL} <= set(tomorrow)


def test_a_status_page_that_says_something_else_is_proposed_and_changes_nothing() -> None:
    page = "https://example.org/status"
    fund = make.resource(
        status_page_url=page, fund_status="closed", fund_status_seen_on=TODAY,
        fund_status_precision="day",
    )  # fmt: skip
    says = "<p>This fund is now open to new applicants.</p>"
    looking.record(visit(Outcome.OK, page, text=says), TODAY, is_watched=True)

    due.settle_all(TODAY)
    (proposal,) = looking.proposals()
    assert (proposal.review.resource, proposal.says) == (fund, "open")
    fund.refresh_from_db()
    assert fund.fund_status == "closed"
    same = "<p>This fund is closed.</p>"
    looking.record(visit(Outcome.OK, page, text=same), TODAY, is_watched=True)
    due.settle_all(TODAY)
    assert not looking.proposals()


def test_an_entry_says_when_all_its_links_worked() -> None:
    resource = make.resource(url="https://example.org/a")
    assert looking.worked_on(resource) is None
    on_days(Outcome.OK, 0)
    on_days(Outcome.OK, 2, url="https://example.org/a")
    assert looking.worked_on(resource) == TODAY
    assert "Links worked" in Client().get(resource.get_absolute_url()).content.decode()
    on_days(Outcome.GONE, 3)
    assert looking.worked_on(resource) is None


class Visitor:
    """Answers without a network."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def visit(self, urls: Any) -> Any:
        return (visit(Outcome.OK, url, text=self.text) for url in urls)


def test_looking_at_addresses_records_each() -> None:
    assert looking.look_at(["https://a.example/", "https://b.example/"], Visitor()) == 2  # type: ignore[arg-type]
    assert Link.objects.filter(outcome="ok").count() == 2


def test_the_daily_command_enqueues_what_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    make.resource(url="https://example.org/a")
    call_command("enqueue_due")

    enqueued = DBTaskResult.objects.get(task_path=look_at_links.module_path)
    assert set(enqueued.args_kwargs["args"][0]) == {"https://example.org/a", URL}
    assert "2 links are to be looked at" in capsys.readouterr().out


def test_the_desk_shows_alarms_with_the_entries_that_name_them(publisher: Client) -> None:  # noqa: F811
    make.resource(name="Ride fund")
    on_days(Outcome.GONE, 0, 1, 2)
    words = words_of(publisher.get("/admin/queue/links/"))

    assert URL in words
    assert "gone" in words
    assert "Ride fund" in words
    Link.objects.all().delete()
    assert "No link needs a look." in words_of(publisher.get("/admin/queue/links/"))


def test_a_page_is_read_with_the_words_that_a_curator_set_for_it() -> None:
    page = "https://example.org/status"
    make.resource(status_page_url=page)
    says = "<p>Enrollment: yellow light.</p>"
    looking.look_at([page], Visitor(says))  # type: ignore[arg-type]
    assert Link.objects.get(url=page).seen == ""
    StatusWords.objects.create(url=page, closed="red light\n yellow light \n")
    looking.look_at([page], Visitor(says))  # type: ignore[arg-type]

    assert Link.objects.get(url=page).seen == "closed"


def test_what_nothing_public_names_any_more_is_forgotten() -> None:
    make.resource()
    on_days(Outcome.GONE, 0)
    on_days(Outcome.GONE, 0, url="https://example.org/dropped")

    assert looking.forget_unnamed() == 1
    assert [link.url for link in Link.objects.all()] == [URL]
    assert LinkCheck.objects.count() == 2
