"""What was seen of a fund over time."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from resources.models import Resource, StatusSighting
from resources.pages.seen import Seen, said_of, seen_of
from resources.trust import correct_sighting, record_sighting
from resources.trust.history import NOT_KNOWN, YEAR, History, Sighting, history
from tests import make
from tests.trust.test_recording import ann  # noqa: F401 - a fixture

TODAY = dt.date(2026, 11, 24)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def told(*seen: tuple[str, ...], days: int = 30) -> History:
    """The history of sightings: (status, day), with a precision, or a day "since"."""
    rows = []
    for status, on, *more in seen:
        precision = next((text for text in more if text in ("month", "year")), "day")
        since = next((day(text) for text in more if text not in ("month", "year")), None)
        rows.append(Sighting(status, day(on), precision, since))
    return history(rows, days, TODAY)


def said(*seen: tuple[str, ...], days: int = 30) -> Seen:
    with override("en"):
        return said_of(told(*seen, days=days))


def test_sightings_of_one_status_are_one_spell_newest_first() -> None:
    seen = said(("open", "2026-10-05"), ("closed", "2026-11-03"), ("closed", "2026-11-20"))

    assert seen.now == "Seen closed since November 3, 2026."
    assert seen.lines == [
        "Closed: seen November 3, 2026 to November 20, 2026",
        "Open: seen October 5, 2026",
    ]


def test_a_first_sighting_is_no_opening() -> None:
    assert said(("open", "2026-11-05"), ("closed", "2026-11-09")).opened == ""


def test_it_says_how_often_a_fund_opened_within_a_year_and_for_how_long() -> None:
    seen = said(
        ("closed", "2025-02-01"), ("open", "2025-03-01"),
        ("closed", "2026-05-20"), ("open", "2026-06-01"), ("closed", "2026-06-03"),
        ("open", "2026-06-20"), ("closed", "2026-06-29"),
        ("open", "2026-07-05"), ("closed", "2026-07-07"), ("closed", "2026-11-20"),
    )  # fmt: skip

    assert seen.opened == (
        "Opened 3 times in the last 12 months, for 2 days in the middle (median)."
    )


@pytest.mark.parametrize(
    ("seen", "opened"),
    [
        pytest.param(
            [("closed", "2026-06-01"), ("open", "2026-06-10"), ("closed", "2026-06-11")],
            "Opened once in the last 12 months, for 1 day.",
            id="once",
        ),
        pytest.param(
            [("closed", "2026-06-01"), ("open", "2026-06-10"), ("closed", "2026-06-10")],
            "Opened once in the last 12 months, for less than a day.",
            id="within a day",
        ),
        pytest.param(
            [("closed", "2026-06-01"), ("open", "2026-06-10"), ("closed", "2026-09-11")],
            "Opened once in the last 12 months.",
            id="nobody looked when it closed",
        ),
        pytest.param(
            [("closed", "2026-01-01"), ("open", "2026-06-10"), ("closed", "2026-06-11")],
            "Opened once in the last 12 months.",
            id="nobody looked when it opened",
        ),
        pytest.param(
            [("closed", "2026-06-01"), ("open", "2026-06-10"), ("closed", "2026-07-01", "month")],
            "Opened once in the last 12 months.",
            id="only the month is known",
        ),
        pytest.param(
            [
                *[("closed", "2026-06-01"), ("open", "2026-06-10"), ("closed", "2026-06-13")],
                *[("open", "2026-11-10"), ("open", "2026-11-20")],
            ],
            "Opened 2 times in the last 12 months: once for 3 days, else we don’t know how long.",
            id="one of them goes on",
        ),
    ],
)
def test_it_is_honest_about_how_long(seen: list[tuple[str, str]], opened: str) -> None:
    assert said(*seen).opened == opened


def test_a_day_that_the_source_names_is_said_as_such() -> None:
    seen = said(("open", "2026-01-05"), ("closed", "2026-11-01", "2026-03-03"))

    assert seen.now == "Closed since March 3, 2026."
    assert seen.lines[0] == "Closed since March 3, 2026, last seen so November 1, 2026"


def test_a_day_that_another_sighting_contradicts_is_not_believed() -> None:
    seen = said(("open", "2026-10-15"), ("closed", "2026-11-01", "2026-03-03"))

    assert seen.now == "Seen closed since November 1, 2026."


def test_dates_are_no_more_exact_than_they_are_known() -> None:
    seen = said(("open", "2024-01-01", "year"), ("closed", "2026-11-01", "month"))

    assert seen.now == "Seen closed since November 2026."
    assert seen.lines == ["Closed: seen November 2026", "Open: seen 2024"]
    assert seen.gaps == ["Not looked at between 2024 and November 2026."]


def test_it_says_when_nobody_looked() -> None:
    seen = said(("open", "2026-01-05"), ("open", "2026-06-01"), ("closed", "2026-06-05"))

    assert seen.now == "Last seen closed on June 5, 2026; we don’t know today."
    assert seen.gaps == [
        "Not looked at since June 5, 2026.",
        "Not looked at between January 5, 2026 and June 1, 2026.",
    ]


def test_a_sighting_counts_for_as_long_as_the_fund_says() -> None:
    seen = [("open", "2026-06-01"), ("closed", "2026-08-20")]

    assert told(*seen, days=120).gaps == ()
    assert len(told(*seen, days=20).gaps) == 2


def test_its_picture_is_a_year_wide_and_tells_statuses_apart_by_height() -> None:
    picture = said(
        ("open", "2026-09-01"), ("waitlist", "2026-09-20"), ("closed", "2026-11-20")
    ).picture

    assert picture.width == 365
    assert [bar.kind for bar in picture.bars] == [
        *("unknown", "open", "waitlist", "unknown", "closed")
    ]
    assert len({bar.height for bar in picture.bars}) == 4
    assert sum(bar.width for bar in picture.bars) == 365


@st.composite
def sightings(draw: st.DrawFn) -> list[Sighting]:
    days = st.integers(0, 900).map(lambda back: TODAY - dt.timedelta(days=back))
    one = st.builds(
        Sighting,
        st.sampled_from(["open", "closed", "waitlist"]),
        days,
        st.just("day"),
        st.one_of(st.none(), days),
    )
    rows = draw(st.lists(one, min_size=1, max_size=12))
    return sorted(rows, key=lambda row: row.on)


def naively(rows: list[Sighting], days: int, on: dt.date) -> str:
    """What counted on a day: of what began by then, the last, if a sighting of it still counts."""
    status = NOT_KNOWN
    for place, row in enumerate(rows):
        begins = _begins(rows, place) if _start(rows, place) == place else row.on
        if begins <= on:
            status = row.status if on < row.on + dt.timedelta(days=days) else NOT_KNOWN
    return status


def _begins(rows: list[Sighting], start: int) -> dt.date:
    """The day that the last of a run names, if it fits, else the day of the first."""
    earliest = rows[start - 1].on if start else dt.date.min
    named = [row.since for row in _run_from(rows, start) if row.since]
    fitting = [since for since in named if earliest <= since <= rows[start].on]
    return fitting[-1] if fitting else rows[start].on


def _start(rows: list[Sighting], place: int) -> int:
    while place and rows[place - 1].status == rows[place].status:
        place -= 1
    return place


def _run_from(rows: list[Sighting], start: int) -> list[Sighting]:
    end = start
    while end < len(rows) and rows[end].status == rows[start].status:
        end += 1
    return rows[start:end]


@given(sightings(), st.integers(1, 60))
def test_on_every_day_of_the_year_it_agrees_with_going_through_all_sightings(
    rows: list[Sighting], days: int
) -> None:
    found = history(rows, days, TODAY)
    told = {
        stretch.begins + dt.timedelta(days=number): stretch.status
        for stretch in found.stretches
        for number in range((stretch.until - stretch.begins).days)
    }
    year = [TODAY - dt.timedelta(days=back) for back in range(YEAR.days)]

    assert told == {on: naively(rows, days, on) for on in year}
    assert all(a.until == b.begins for a, b in pairwise(found.stretches))


@given(sightings(), st.integers(1, 60))
def test_it_counts_openings_and_gaps_as_one_who_goes_from_sighting_to_sighting(
    rows: list[Sighting], days: int
) -> None:
    found = history(rows, days, TODAY)
    pairs = list(pairwise(rows))
    gaps = [pair for pair in pairs if (pair[1].on - pair[0].on).days > days]

    opened = [then for one, then in pairs if then.status == "open" != one.status]
    if not any(row.since for row in rows):
        assert found.times_opened == sum(row.on > TODAY - YEAR for row in opened)
    recent = [pair for pair in gaps if pair[1].on > TODAY - YEAR]
    assert [gap for gap in found.gaps if gap.until] == [
        type(found.gaps[0])(*pair) for pair in reversed(recent)
    ]
    assert found.is_old == ((TODAY - rows[-1].on).days >= days)
    assert sum(len(spell.seen) for spell in found.spells) == len(rows)


# With a database


def fund(*seen: tuple[str, str]) -> Resource:
    made = make.resource(fund_status="unknown")
    for status, on in seen:
        record_sighting(by="test", resource=made, status=status, seen_on=day(on))
    return made


def lines(resource: Resource) -> list[str]:
    with override("en"):
        found = seen_of(resource, TODAY)
    return [] if found is None else found.lines


@pytest.mark.django_db
def test_what_was_taken_back_was_not_seen(ann: object) -> None:  # noqa: F811
    seen = fund(("closed", "2026-11-03"), ("open", "2026-11-05"), ("closed", "2026-11-20"))
    correct_sighting(StatusSighting.objects.get(status="open"), by=ann, note="No.")  # type: ignore[arg-type]

    assert lines(seen) == ["Closed: seen November 3, 2026 to November 20, 2026"]


@pytest.mark.django_db
def test_what_was_seen_once_has_no_history() -> None:
    assert lines(fund(("closed", "2026-11-01"))) == []
    assert lines(make.resource(fund_status="not_applicable")) == []
