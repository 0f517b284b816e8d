"""Checks and sightings: rows that stay, and what entries tell of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from resources import accounts, publishing, roles
from resources.models import Check, Curator, Publication, Resource, StatusSighting
from resources.trust import (
    CannotRecord,
    correct_check,
    correct_sighting,
    record_check,
    record_sighting,
)
from tests import make

pytestmark = pytest.mark.django_db

MAY, JUNE = dt.date(2026, 5, 1), dt.date(2026, 6, 1)


@pytest.fixture
def ann() -> Curator:
    return accounts.make_curator(
        username="ann", email="ann@example.org", role=roles.PUBLISHER, password="a-long-odd-one"
    )


@pytest.fixture
def fund() -> Resource:
    return make.resource(fund_status="unknown")


def fresh(resource: Resource) -> Resource:
    return Resource.objects.get(pk=resource.pk)


class TestChecks:
    def test_a_check_keeps_how_it_was_done_and_of_which_version(
        self, ann: Curator, fund: Resource
    ) -> None:
        record_check(
            by=ann, entries=[fund], on=MAY, how="page", source="https://example.org/fund", note="ok"
        )

        row = Check.objects.get()
        assert (row.entry, row.part, row.on, row.how) == (fund, "whole", MAY, "page")
        assert (row.source, row.note, row.by, row.version) == (
            "https://example.org/fund",
            "ok",
            ann,
            1,
        )
        assert (fresh(fund).checked_on, fresh(fund).checked_by) == (MAY, ann)

    def test_a_check_of_a_part_is_no_check_of_all(self, ann: Curator, fund: Resource) -> None:
        told = record_check(by=ann, entries=[fund], on=MAY, parts=["contact", "status"])

        assert told == []
        assert {row.part for row in Check.objects.all()} == {"contact", "status"}
        assert fresh(fund).checked_on is None

    def test_an_older_check_does_not_hide_a_newer_one(self, ann: Curator, fund: Resource) -> None:
        record_check(by=ann, entries=[fund], on=JUNE)
        record_check(by=ann, entries=[fund], on=MAY)

        assert fresh(fund).checked_on == JUNE

    def test_a_mistaken_one_is_taken_back_by_a_later_row(
        self, ann: Curator, fund: Resource
    ) -> None:
        record_check(by=ann, entries=[fund], on=MAY)
        record_check(by=ann, entries=[fund], on=JUNE)
        mistaken = Check.objects.get(on=JUNE)
        correct_check(mistaken, by=ann, note="Looked at another page.")

        assert fresh(fund).checked_on == MAY
        assert Check.objects.count() == 3
        with pytest.raises(CannotRecord, match="taken back before"):
            correct_check(mistaken, by=ann, note="Again.")

    def test_the_last_one_taken_back_leaves_none(self, ann: Curator, fund: Resource) -> None:
        record_check(by=ann, entries=[fund], on=MAY)
        correct_check(Check.objects.get(), by=ann, note="No.")

        assert (fresh(fund).checked_on, fresh(fund).checked_by) == (None, None)

    def test_a_day_to_come_is_refused(self, ann: Curator, fund: Resource) -> None:
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        with pytest.raises(CannotRecord, match="not come yet"):
            record_check(by=ann, entries=[fund], on=tomorrow)
        assert not Check.objects.exists()


class TestSightings:
    def test_what_was_seen_last_is_told(self, ann: Curator, fund: Resource) -> None:
        record_sighting(by=ann, resource=fund, status="open", seen_on=MAY)
        record_sighting(by=ann, resource=fund, status="closed", seen_on=JUNE)
        record_sighting(by=ann, resource=fund, status="waitlist", seen_on=MAY)

        assert (fresh(fund).fund_status, fresh(fund).fund_status_seen_on) == ("closed", JUNE)
        assert StatusSighting.objects.count() == 3

    def test_it_is_published(self, ann: Curator, fund: Resource) -> None:
        (row,) = record_sighting(by=ann, resource=fund, status="open", seen_on=MAY)

        assert row.by == ann
        assert "fund_status" in row.fields

    def test_a_mistaken_one_is_taken_back(self, ann: Curator, fund: Resource) -> None:
        record_sighting(by=ann, resource=fund, status="open", seen_on=MAY)
        record_sighting(by=ann, resource=fund, status="closed", seen_on=JUNE)
        correct_sighting(StatusSighting.objects.get(status="closed"), by=ann, note="Another fund.")

        assert fresh(fund).fund_status == "open"

    def test_what_is_no_fund_has_no_status(self, ann: Curator) -> None:
        with pytest.raises(CannotRecord, match="not a fund"):
            record_sighting(
                by=ann,
                resource=make.resource(fund_status="not_applicable"),
                status="open",
                seen_on=MAY,
            )

    def test_what_a_form_or_a_loader_publishes_is_a_sighting_too(self, ann: Curator) -> None:
        fund = make.resource(
            fund_status="open", fund_status_seen_on=MAY, fund_status_precision="month"
        )
        fund.summary = "Something else."
        fund.save()
        publishing.publish(by=ann, entries=[fund])

        row = StatusSighting.objects.get()
        assert (row.status, row.seen_on, row.precision, row.by_name) == (
            "open",
            MAY,
            "month",
            "test",
        )

    def test_a_draft_that_said_so_all_along_is_one_once_it_is_public(self) -> None:
        fund = make.resource(
            published=False,
            fund_status="open",
            fund_status_seen_on=dt.date(2026, 11, 1),
            fund_status_precision="day",
        )
        assert not fund.sightings.exists()

        publishing.publish(by="test", entries=[fund])

        assert [row.status for row in fund.sightings.all()] == ["open"]

    def test_a_restore_brings_no_sighting_back(self, ann: Curator, fund: Resource) -> None:
        first = Publication.objects.of(fund).get()
        record_sighting(by=ann, resource=fund, status="closed", seen_on=JUNE)
        publishing.restore(by=ann, publication=first)

        assert fresh(fund).fund_status == "closed"
