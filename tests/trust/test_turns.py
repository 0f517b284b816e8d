"""When funds opened and closed lately."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from resources.models import Curator, Edition, Resource, StatusSighting
from resources.trust import correct_sighting, record_sighting, turns
from tests import make
from tests.test_merging import merge
from tests.trust.test_recording import ann  # noqa: F401 - a fixture

TODAY = dt.date(2026, 11, 24)


def fund(**fields: Any) -> Resource:
    return make.resource(fund_status="unknown", **fields)


def see(resource: Resource, status: str, back: int, **said: Any) -> None:
    on = TODAY - dt.timedelta(days=back)
    record_sighting(by="test", resource=resource, status=status, seen_on=on, **said)


def lately(today: dt.date = TODAY) -> list[tuple[int, str, str, int]]:
    """Of each turn the fund, the status before, the status, and how many days ago."""
    found = turns.current(Edition.current(), today).lately(today)
    return [(turn.fund, turn.was, turn.status, (today - turn.on).days) for turn in found]


@pytest.mark.django_db
class TestLately:
    def test_a_turn_lies_between_two_sightings_the_newest_first(self) -> None:
        one, other = fund(), fund()
        see(one, "closed", 20)
        see(one, "open", 10)
        see(one, "open", 5)
        see(other, "open", 7)
        see(other, "waitlist", 1)

        assert lately() == [
            (other.pk, "open", "waitlist", 1),
            (other.pk, "", "open", 7),
            (one.pk, "closed", "open", 10),
            (one.pk, "", "closed", 20),
        ]

    def test_what_was_recorded_since_is_taken_in_wherever_it_belongs(self) -> None:
        one = fund()
        see(one, "open", 20)
        see(one, "open", 1)
        assert lately() == [(one.pk, "", "open", 20)]

        see(one, "closed", 10)

        assert lately() == [
            (one.pk, "closed", "open", 1),
            (one.pk, "open", "closed", 10),
            (one.pk, "", "open", 20),
        ]

    def test_what_was_taken_back_is_no_turn(self, ann: Curator) -> None:  # noqa: F811
        one = fund()
        see(one, "open", 20)
        see(one, "closed", 10)
        see(one, "open", 1)
        lately()
        correct_sighting(StatusSighting.objects.get(status="closed"), by=ann, note="No.")

        assert lately() == [(one.pk, "", "open", 20)]

    def test_sightings_of_what_was_merged_count_for_what_it_became(self, ann: Curator) -> None:  # noqa: F811
        kept, gone = fund(), fund()
        see(kept, "open", 20)
        see(gone, "closed", 10)
        assert {row[0] for row in lately()} == {kept.pk, gone.pk}

        merge(kept, gone, ann)

        assert lately() == [(kept.pk, "open", "closed", 10), (kept.pk, "", "open", 20)]

    def test_the_sighting_before_may_be_of_long_ago(self) -> None:
        one = fund()
        see(one, "closed", 300)
        see(one, "open", 3)
        (turn,) = turns.current(Edition.current(), TODAY).lately(TODAY)

        assert (turn.was_on, turn.was) == (TODAY - dt.timedelta(days=300), "closed")

    def test_what_happened_longer_ago_is_left_out(self) -> None:
        one = fund()
        see(one, "open", turns.LATELY.days - 1)
        see(fund(), "open", turns.LATELY.days)

        assert [row[0] for row in lately()] == [one.pk]
        assert lately(TODAY + dt.timedelta(days=1)) == []

    def test_it_asks_nothing_but_whether_something_is_new(
        self, django_assert_num_queries: Any
    ) -> None:
        see(fund(), "open", 3)
        edition = Edition.current()
        turns.current(edition, TODAY)

        with django_assert_num_queries(1):
            turns.current(edition, TODAY)

    def test_what_a_replica_that_is_behind_says_is_kept_by_nobody(self, ann: Curator) -> None:  # noqa: F811
        kept, gone = fund(), fund()
        see(gone, "open", 3)
        assert [row[0] for row in lately()] == [gone.pk]

        # As of the edition with the merger, read where the merger has not come yet.
        edition = Edition.current() + 2
        turns.current(edition, TODAY, is_passing=True)
        merge(kept, gone, ann)

        assert Edition.current() == edition
        assert [row[0] for row in lately()] == [kept.pk]


@pytest.mark.django_db
def test_whoever_records_has_the_lock_before_a_row_is_added() -> None:
    one = fund()
    with CaptureQueriesContext(connection) as captured:
        see(one, "open", 1)
    told = [query["sql"] for query in captured.captured_queries]
    locked = next(place for place, sql in enumerate(told) if '"resources_edition"' in sql)
    added = next(place for place, sql in enumerate(told) if 'INTO "resources_statuss' in sql)

    assert locked < added


STATUSES = st.sampled_from(["open", "closed", "waitlist"])


@pytest.mark.django_db
class TestAgainstAWalk(TestCase):
    """Whatever is recorded in whichever order, the turns are those of a walk from day to day."""

    funds: ClassVar[list[Resource]]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.funds = [fund() for _ in range(3)]

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 2), STATUSES, st.integers(0, 60)), max_size=12))
    def test_it_finds_the_turns_of_a_walk(self, seen: list[tuple[int, str, int]]) -> None:
        funds = self.funds
        turns.forget()
        for number, (place, status, back) in enumerate(seen):
            on = TODAY - dt.timedelta(days=back)
            StatusSighting(resource=funds[place], status=status, seen_on=on).save()
            if number % 3 == 0:
                lately()

        assert sorted(lately()) == sorted(self.walked(funds, seen))

    @staticmethod
    def walked(
        funds: list[Resource], seen: list[tuple[int, str, int]]
    ) -> list[tuple[int, str, str, int]]:
        found = []
        for place, one in enumerate(funds):
            was = ""
            for _place, status, back in sorted(
                (row for row in seen if row[0] == place), key=lambda row: -row[2]
            ):
                if status != was:
                    found.append((one.pk, was, status, back))
                was = status
        return found
