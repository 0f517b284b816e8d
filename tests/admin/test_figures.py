"""The figures on the first page of the desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resources import publishing
from resources.admin import figures, waiting
from resources.models import Curator, Report, Resource, Review, ReviewRule, digest_of
from resources.trust import record_check
from tests import make
from tests.admin.browser_form import form_of, words_of
from tests.trust.test_recording import ann  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def test_it_says_what_is_due_and_done_and_how_long_it_takes(
    publisher: Client,
    ann: Curator,  # noqa: F811
) -> None:
    checked = make.resource(fund_status="unknown")
    for _number in range(3):
        make.resource(organisation=checked.organisation)
    record_check(by=ann, entries=[checked], on=TODAY)
    words = words_of(publisher.get("/admin/"))

    assert "4 entries are due." in words  # three resources and their organisation
    assert "3 parts were checked in the last 7 days." in words
    assert "At this pace all is checked in 2 weeks." in words
    assert "ann 0 1" in words


def test_it_proposes_rules_that_fit_what_is_done(ann: Curator) -> None:  # noqa: F811
    with make.together():
        resources = [make.resource(fund_status="unknown") for _number in range(60)]
    record_check(by=ann, entries=resources[:1], on=TODAY)
    pace = figures.pace(TODAY)

    assert pace.asked > pace.done
    stretch = pace.asked / pace.done
    assert pace.fitting["usual", "status"] == pytest.approx(30 * stretch, rel=0.1)
    assert len(pace.proposals) == len(pace.fitting)


def test_where_nothing_is_done_there_is_no_pace() -> None:
    make.resource()
    pace = figures.pace(TODAY)

    assert (pace.done, pace.weeks, pace.proposals) == (0, None, [])


def test_the_share_of_what_nobody_checked_falls_with_each_check(ann: Curator) -> None:  # noqa: F811
    one, _other = make.resource(), make.resource()
    record_check(by=ann, entries=[one, one.organisation], on=TODAY - dt.timedelta(days=10))
    weeks = dict(figures.stale_share(TODAY))

    assert weeks[TODAY - dt.timedelta(days=14)] == 100
    assert weeks[TODAY] == 50


@pytest.mark.usefixtures("starter")
def test_it_shows_what_is_offered_by_need_and_state(publisher: Client) -> None:
    words = words_of(publisher.get("/admin/"))

    assert "Everywhere" in words
    assert "Ohio" in words


def test_rules_are_changed_in_a_list_and_followed_at_once(publisher: Client) -> None:
    fund = make.resource(fund_status="unknown", year_of_facts=TODAY.year - 1)
    before = Review.objects.get(resource=fund).due["status"]
    address = "/admin/resources/reviewrule/"
    form = form_of(publisher.get(address))
    rule = ReviewRule.objects.get(tier="usual", part="status")
    name = next(
        key for key, value in form.items() if key.endswith("-id") and value == [str(rule.pk)]
    )
    form[name.replace("-id", "-days")] = ["300"]
    publisher.post(address, {**form, "_save": "x"})

    rule.refresh_from_db()
    assert rule.days == 300
    assert Review.objects.get(resource=fund).due["status"] > before


def test_an_editor_reads_the_rules_and_does_not_change_them(editor: Client) -> None:
    assert "30" in words_of(editor.get("/admin/resources/reviewrule/"))
    assert editor.post("/admin/resources/reviewrule/", {"_save": "x"}).status_code == 403


def test_the_first_page_asks_the_database_little(
    publisher: Client, django_assert_max_num_queries: Any
) -> None:
    with make.together():
        for _number in range(20):
            make.resource(fund_status="unknown")
    publisher.get("/admin/")
    with django_assert_max_num_queries(30):
        publisher.get("/admin/")


def test_the_first_page_says_what_came_in(publisher: Client) -> None:
    words = words_of(publisher.get("/admin/"))
    assert "report of a reader" not in words
    make.organisation(email="help@example.org")
    Report.objects.create(kind="problem", wrong="link", place=1)
    words = words_of(publisher.get("/admin/"))

    assert "1 report of a reader waits" in words
    assert "1 organization may be written to" in words


def test_it_follows_what_is_saved_whose_spanish_is_out_of_date() -> None:
    one, other = make.resource(), make.resource()
    for resource in (one, other):
        digest = digest_of(resource.summary)
        resource.translations.create(
            field="summary", language="es", text="Ayuda.", english_digest=digest
        )
    counted = [waiting.figures_of(Resource).spanish_outdated]
    for resource, summary in ((one, "Helps."), (other, "Helps."), (one, "Helps people.")):
        resource.summary = summary
        resource.save()
        publishing.publish(by="test", entries=[resource])
        counted.append(waiting.figures_of(Resource).spanish_outdated)

    assert counted == [0, 1, 2, 1]
    assert waiting.with_outdated(Resource) == {other.pk}


def test_what_is_counted_again_is_only_what_was_saved_since(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make.resource()
    waiting.with_outdated(Resource)

    with django_assert_num_queries(1):
        waiting.with_outdated(Resource)
