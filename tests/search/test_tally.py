"""Counts of searches on their way to the database: none lost, none twice, none too old."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from resources.models import SearchCount
from resources.search import tally
from resources.search.tally import Cell, Tally
from tests import make
from tests.bench.asking import Client
from tests.served import ROOT, Served, database
from tests.views.page import read

MONDAY = dt.date(2026, 11, 23)
THURSDAY = MONDAY + dt.timedelta(days=3)
RIDES = Cell(MONDAY, "need", "rides", has_results=True)
NO_BEDS = Cell(MONDAY, "need", "lodging", has_results=False)


def written() -> dict[Cell, int]:
    """What the database holds."""
    return {
        Cell(row.week, row.facet, row.term, row.has_results): row.number
        for row in SearchCount.objects.all()
    }


@pytest.mark.django_db
class TestWriting:
    def test_it_adds_to_what_others_wrote(self) -> None:
        for one in (Tally(), Tally()):
            one.add([RIDES, NO_BEDS])
            one.add([RIDES])
            assert one.write(THURSDAY)

        assert written() == {RIDES: 4, NO_BEDS: 2}

    def test_it_writes_each_count_once(self) -> None:
        one = Tally()
        one.add([RIDES])
        for _time in range(3):
            one.write(THURSDAY)

        assert written() == {RIDES: 1}

    def test_it_asks_the_database_nothing_where_nothing_was_counted(
        self, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(0):
            assert Tally().write(THURSDAY)

    def test_what_cannot_be_written_waits_and_only_that_is_logged(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def locked(_numbers: object) -> None:
            raise OperationalError("database is locked: rides")

        one = Tally()
        one.add([RIDES])
        with monkeypatch.context() as patch:
            patch.setattr(tally, "_add", locked)
            assert not one.write(THURSDAY)
            one.add([RIDES, NO_BEDS])
            assert not one.write(THURSDAY)
        assert one.write(THURSDAY)

        assert written() == {RIDES: 2, NO_BEDS: 1}
        assert caplog.messages == ["Counts of searches wait to be written: OperationalError"]

    def test_a_failure_in_the_middle_leaves_nothing_to_be_counted_twice(self) -> None:
        refused: Any = Cell(MONDAY, "need", "rides again", has_results=None)  # type: ignore[arg-type]
        one = Tally()
        one.add([NO_BEDS, RIDES, refused])
        assert not one.write(THURSDAY)
        assert written() == {}
        del one._held[refused]
        assert one.write(THURSDAY)

        assert written() == {RIDES: 1, NO_BEDS: 1}

    def test_memory_is_bounded_and_what_is_held_goes_on_counting(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tally, "MOST_HELD", 1)
        one = Tally()
        one.add([RIDES, NO_BEDS])
        one.add([RIDES, NO_BEDS])
        one.write(THURSDAY)

        assert written() == {RIDES: 2}


class TestWeeks:
    @pytest.mark.parametrize(
        ("today", "shown"),
        [
            (MONDAY - dt.timedelta(days=1), MONDAY - dt.timedelta(days=14)),
            (MONDAY, MONDAY - dt.timedelta(days=14)),  # may still be written to
            (MONDAY + dt.timedelta(days=1), MONDAY - dt.timedelta(days=7)),
            (MONDAY + dt.timedelta(days=6), MONDAY - dt.timedelta(days=7)),
        ],
    )
    def test_a_week_is_shown_when_it_has_been_over_for_a_day(
        self, today: dt.date, shown: dt.date
    ) -> None:
        assert tally.weeks_shown(today)[0] == shown

    def test_the_weeks_of_two_years_may_be_looked_at(self) -> None:
        weeks = tally.weeks_shown(THURSDAY)

        assert {week.weekday() for week in weeks} == {0}
        assert len(weeks) == len(set(weeks)) == 103
        assert weeks[-1] - tally.WEEK < THURSDAY - tally.KEPT <= weeks[-1]

    @pytest.mark.django_db
    def test_a_week_changes_no_more_once_it_is_shown(self) -> None:
        shown_from = MONDAY + dt.timedelta(days=8)
        for today in (shown_from - dt.timedelta(days=1), shown_from):
            one = Tally()
            one.add([RIDES])
            assert one.write(today)
            assert not one._held

        assert written() == {RIDES: 1}

    @pytest.mark.django_db
    def test_the_daily_command_deletes_what_is_older_than_two_years(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        today = dt.date(2026, 11, 26)
        monkeypatch.setattr(timezone, "localdate", lambda value=None: today)
        for days in (0, 730, 731):
            cell = RIDES._replace(week=today - dt.timedelta(days=days))
            SearchCount.objects.create(**cell._asdict(), number=50)
        call_command("enqueue_due", verbosity=0)

        weeks = {cell.week for cell in written()}
        assert weeks == {today, today - dt.timedelta(days=730)}


@pytest.mark.django_db
def test_no_column_could_hold_more_than_a_number() -> None:
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, "resources_searchcount")

    assert [column.name for column in table] == ["week", "facet", "term", "has_results", "number"]


def test_threads_that_count_at_once_lose_nothing() -> None:
    one = Tally()
    with ThreadPoolExecutor(8) as pool:
        for _number in range(2_000):
            pool.submit(one.add, [RIDES, NO_BEDS])

    assert one._held == {RIDES: 2_000, NO_BEDS: 2_000}


@pytest.mark.django_db(transaction=True)
def test_threads_that_write_at_once_lose_nothing() -> None:
    def count_and_write(_number: int) -> None:
        one = Tally()
        try:
            for _time in range(20):
                one.add([RIDES, NO_BEDS])
                one.write(THURSDAY)
            while not one.write(THURSDAY):  # a table in memory is locked at once, without waiting
                time.sleep(0.01)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_and_write, range(4)))

    assert written() == {RIDES: 80, NO_BEDS: 80}


@pytest.mark.django_db(transaction=True)
def test_a_locked_table_keeps_no_reader_waiting_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.resource(needs=("rides",))
    read("/search/?need=rides")
    monkeypatch.setattr(tally, "EVERY", 0.01)
    locked, may_go_on = Event(), Event()

    def lock() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE resources_searchcount SET number = 0")
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE resources_searchcount")
            locked.set()
            may_go_on.wait(20)
        connection.close()

    locker = Thread(target=lock)
    locker.start()
    assert locked.wait(20)
    end = tally.keep_writing()
    began = time.monotonic()
    for _number in range(3):
        read("/search/?need=rides")
    took = time.monotonic() - began
    may_go_on.set()
    locker.join()
    end()

    assert took < 2
    assert list(written().values()) == [4]


COUNT = """
import datetime
from resources.search.tally import Cell, Tally
one, week = Tally(), datetime.date(2026, 11, 23)
for number in range(50):
    one.add([Cell(week, "need", term, True) for term in ("rides", "copay", "lodging")])
    assert one.write(week)
"""
SAY = """
from resources.models import SearchCount
print(*sorted(f"{c.facet}:{c.term}:{c.has_results}:{c.number}" for c in SearchCount.objects.all()))
"""


def said(site: Served) -> list[str]:
    """What the site's database holds."""
    return site.manage("shell", "--no-imports", "-v0", "-c", SAY).split()


@pytest.fixture
def site(
    tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Served]:
    """A site with an empty database of its own, not started."""
    with django_db_blocker.unblock(), database(tmp_path) as url:
        served = Served(tmp_path, url, WORKERS="2")
        served.manage("migrate", "-v0")
        try:
            yield served
        finally:
            served.stop()


@pytest.mark.server
def test_processes_that_write_at_once_lose_nothing(site: Served) -> None:
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", COUNT]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL)
        for _number in range(3)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]

    assert said(site) == [f"need:{term}:True:150" for term in ("copay", "lodging", "rides")]


@pytest.mark.server
def test_a_server_that_is_stopped_writes_what_its_workers_counted(site: Served) -> None:
    site.prepare()
    site.start()
    for _number in range(12):  # each over a connection of its own, so that both workers answer
        with Client(site) as client:
            client.read("/search/?need=copay&area=OH")
    site.stop()

    assert said(site) == ["area:OH:True:12", "need:copay:True:12"]
