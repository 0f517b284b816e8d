"""What was seen of a fund over time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from resources.models import Resource, StatusSighting
from resources.pages.seen import seen_of
from resources.trust import correct_sighting, record_sighting
from tests import make
from tests.trust.test_recording import ann  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


def fund(*seen: tuple[str, str], effective: str = "") -> Resource:
    made = make.resource(fund_status="unknown")
    for status, day in seen:
        record_sighting(
            by="test", resource=made, status=status, seen_on=dt.date.fromisoformat(day),
            effective_from=dt.date.fromisoformat(effective) if effective else None,
        )  # fmt: skip
    return made


def lines(resource: Resource) -> list[str]:
    with override("en"):
        found = seen_of(resource, TODAY)
    return [] if found is None else [*filter(None, [found.opened]), *found.lines]


def test_sightings_of_one_status_are_one_spell_newest_first() -> None:
    seen = fund(("open", "2026-01-05"), ("closed", "2026-03-03"), ("closed", "2026-11-01"))

    assert lines(seen) == [
        "It was seen to open once in the last 12 months.",
        "Closed: seen March 3, 2026 to November 1, 2026",
        "Open: seen January 5, 2026",
    ]


def test_it_counts_how_often_a_fund_opened_within_a_year() -> None:
    seen = fund(
        ("open", "2025-01-05"), ("closed", "2025-02-01"), ("open", "2026-01-05"),
        ("closed", "2026-02-01"), ("open", "2026-06-01"), ("closed", "2026-06-09"),
    )  # fmt: skip

    assert lines(seen)[0] == "It was seen to open 2 times in the last 12 months."


def test_a_day_that_the_source_names_is_said_as_such() -> None:
    seen = fund(("open", "2026-01-05"))
    record_sighting(
        by="test",
        resource=seen,
        status="closed",
        seen_on=dt.date(2026, 11, 1),
        effective_from=dt.date(2026, 3, 3),
    )

    assert lines(seen)[1] == "Closed since March 3, 2026, last seen so November 1, 2026"


def test_what_was_taken_back_was_not_seen(ann: object) -> None:  # noqa: F811
    seen = fund(("closed", "2026-03-03"), ("open", "2026-05-05"), ("closed", "2026-11-01"))
    correct_sighting(StatusSighting.objects.get(status="open"), by=ann, note="No.")  # type: ignore[arg-type]

    assert lines(seen) == []


def test_what_was_seen_once_has_no_history() -> None:
    assert lines(fund(("closed", "2026-11-01"))) == []
    assert lines(make.resource(fund_status="not_applicable")) == []
