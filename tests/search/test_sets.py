"""The sets in memory: always what the rows say, by whichever way they came there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from random import Random
from threading import Event, Thread
from typing import Any

import pytest
from django.utils import timezone
from pyroaring import BitMap

from directory.databases import reading
from resources import publishing
from resources.models import Condition, Edition, Medicine, Organisation, Resource, SearchSnapshot
from resources.search import sets
from resources.search.sets import freshness, snapshot
from resources.search.sets.places import Places
from tests import make
from tests.search.content import content

pytestmark = pytest.mark.django_db

TODAY, NOW = timezone.localdate(), timezone.now()


def anew() -> dict[str, Any]:
    """What reading everything gives."""
    return content(sets.build(Edition.current(), TODAY))


def publish(*entries: Any) -> None:
    for entry in entries:
        entry.save()
    publishing.publish(by="test", entries=entries)


def of(slug: str) -> Resource:
    return Resource.objects.get(slug=slug)


def a_closed_fund() -> None:
    fund = Resource.objects.published().filter(fund_status="unknown").order_by("pk")[0]
    fund.fund_status, fund.fund_status_seen_on, fund.fund_status_precision = "open", TODAY, "day"
    publish(fund)


def a_fund_seen_long_ago() -> None:
    fund = Resource.objects.published().filter(fund_status="unknown").order_by("-pk")[0]
    seen_on = TODAY - dt.timedelta(days=400)
    fund.fund_status, fund.fund_status_seen_on, fund.fund_status_precision = (
        "closed",
        seen_on,
        "day",
    )
    publish(fund)


def another_name() -> None:
    resource = Resource.objects.published().order_by("pk")[5]
    resource.name = "Ángeles of Ohio"
    publish(resource)


def two_new_names_at_once() -> None:
    first, second = Resource.objects.published().order_by("pk")[7:9]
    first.name, second.name = "Zzz last", "Zzz laster"
    publish(first, second)


def a_new_resource() -> None:
    make.resource(name="Middle of the list", needs=("copay",), states=("OH",))


def a_withdrawn_one() -> None:
    one = Resource.objects.published().filter(funds=None).order_by("pk")[3]
    publishing.withdraw(by="test", entries=[one])


def a_programme_whose_funds_inherit() -> None:
    fund = Resource.objects.published().filter(part_of__isnull=False).order_by("pk")[0]
    fund.insurance_rule, fund.languages, fund.who_may_apply = "not_stated", [], None
    fund.insurance.clear()
    fund.medicines.clear()
    publish(fund)
    programme = fund.part_of
    assert programme is not None
    programme.insurance_rule, programme.languages, programme.who_may_apply = (
        "any",
        ["es"],
        ["clinic"],
    )
    programme.medicines.set(Medicine.objects.order_by("pk")[:2])
    publish(programme)


def another_category() -> None:
    organisation = Organisation.objects.published().filter(resources__isnull=False)[0]
    organisation.category, organisation.makers = "manufacturer", ["Novartis"]
    publish(organisation)


def another_city() -> None:
    local = Resource.objects.published().filter(area_kind="states").order_by("pk")[0]
    local.organisation.city, local.organisation.state = "Nome", make.state("AK")
    publish(local.organisation)


def a_successor() -> None:
    old, new = Organisation.objects.published().filter(successor=None).order_by("pk")[:2]
    old.successor, old.status = new, "merged"
    publish(old)


def another_slug_of_a_term() -> None:
    condition = Condition.objects.filter(resources__isnull=False).order_by("pk")[0]
    condition.slug = "called-otherwise"
    publish(condition)


def a_new_synonym() -> None:
    condition = Condition.objects.get(slug="leukemia")
    condition.synonyms = [*condition.synonyms, "white blood"]
    publish(condition)


def a_draft() -> None:
    make.resource(published=False, name="Unseen")


EDITS: list[Callable[[], None]] = [
    a_closed_fund,
    a_fund_seen_long_ago,
    another_name,
    two_new_names_at_once,
    a_new_resource,
    a_withdrawn_one,
    a_programme_whose_funds_inherit,
    another_category,
    another_city,
    a_successor,
    another_slug_of_a_term,
    a_new_synonym,
    a_draft,
]


@pytest.fixture
def no_rebuild(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading everything anew fails."""

    def refuse(*args: Any) -> None:
        raise AssertionError("everything was read anew")

    monkeypatch.setattr(freshness, "build", refuse)


@pytest.mark.parametrize("edit", EDITS)
def test_taking_in_an_edit_gives_what_reading_everything_gives(
    starter: None, edit: Callable[[], None], request: pytest.FixtureRequest
) -> None:
    sets.current(TODAY)
    request.getfixturevalue("no_rebuild")

    edit()

    assert content(sets.current(TODAY)) == anew()


def test_edits_one_after_another_in_any_order_add_up(
    starter: None, request: pytest.FixtureRequest
) -> None:
    sets.current(TODAY)
    request.getfixturevalue("no_rebuild")
    edits = EDITS * 2
    Random(7).shuffle(edits)

    for number, edit in enumerate(edits):
        edit()
        if number % 3 == 0:
            sets.current(TODAY)

    assert content(sets.current(TODAY)) == anew()


def test_an_edit_leaves_the_directory_before_as_it_was(starter: None) -> None:
    before = sets.current(TODAY)
    said = content(before)

    for edit in EDITS:
        edit()
        sets.current(TODAY)

    assert content(before) == said


def test_a_new_day_makes_sightings_old(starter: None) -> None:
    seen: dict[str, Any] = {
        "status": "open",
        "status_seen_on": TODAY,
        "status_precision": "day",
        "status_days": 2,
    }
    pk = make.resource(**{f"fund_{name}": value for name, value in seen.items()}).pk

    days = [sets.current(TODAY + dt.timedelta(days=n)).tags("status", "open") for n in (1, 2)]

    assert [pk in day for day in days] == [True, False]
    assert pk in sets.current(TODAY + dt.timedelta(days=2)).tags("status", "unknown")
    assert pk in sets.current(TODAY).tags("status", "open")


def test_it_knows_what_changed_at_any_moment_or_later(starter: None) -> None:
    dice, every = Random(11), list(Resource.objects.published().order_by("pk"))
    for resource in every:
        resource.changed_at = NOW - dt.timedelta(microseconds=dice.randrange(10**14))
    Resource.objects.bulk_update(every, ["changed_at"])
    programmes = {resource.pk: resource for resource in every}
    moments = {resource.pk: _moment(resource, programmes) for resource in every}

    directory = sets.build(Edition.current(), TODAY)

    for moment in [*dice.sample(sorted(moments.values()), 40), NOW, NOW - dt.timedelta(days=4_000)]:
        for asked in (moment, moment + dt.timedelta(microseconds=1)):
            wanted = {pk for pk, at in moments.items() if at >= asked}
            assert set(directory.changed_since(asked)) == wanted


def _moment(resource: Resource, programmes: dict[int, Resource]) -> dt.datetime:
    above = programmes.get(resource.part_of_id or 0)
    own = resource.changed_at
    assert own is not None
    return max(own, _moment(above, programmes)) if above else own


@pytest.mark.parametrize("year", [1, 1969, 2300, 9999])
def test_it_takes_any_moment(year: int) -> None:
    pk = make.resource().pk
    asked = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    assert (pk in sets.current(TODAY).changed_since(asked)) == (year < 2000)


def test_a_process_starts_from_the_snapshot_and_what_came_after(
    starter: None, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(freshness, "WORTH_A_SNAPSHOT", 1)
    monkeypatch.setattr(freshness, "MOST_OF_ALL", 1)
    sets.current(TODAY)
    assert SearchSnapshot.objects.count() == 1
    request.getfixturevalue("no_rebuild")
    for edit in EDITS:
        edit()

    sets.forget()

    assert content(sets.current(TODAY)) == anew()


@pytest.mark.parametrize(
    "spoil",
    [{"data": b"no archive"}, {"data": b""}, {"format": 0}, {"edition": 10_000_000}],
)
def test_a_snapshot_that_is_of_no_use_is_left(starter: None, spoil: dict[str, Any]) -> None:
    snapshot.save(sets.current(TODAY))
    a_closed_fund()
    SearchSnapshot.objects.update(**spoil)

    sets.forget()

    assert content(sets.current(TODAY)) == anew()


def test_names_come_in_their_order_however_many_are_asked_for() -> None:
    dice = Random(3)
    names = {pk: f"{dice.randrange(500)}" for pk in range(1, 400)}
    places = Places.of(sorted(names, key=lambda pk: (names[pk], pk)))
    for pk in range(380, 420):
        names[pk] = f"{dice.randrange(500)}"
    places = places.with_changes(range(380, 420), names.__getitem__)

    for size in (1, 5, 60, 419):
        hits = BitMap(dice.sample(range(1, 420), size))
        in_order = sorted(hits, key=lambda pk: (names[pk], pk))
        for start, stop in ((0, 1), (0, 25), (40, 65), (0, 500)):
            assert places.first(hits, start, stop) == in_order[start:stop]


@pytest.mark.django_db(transaction=True)
class TestManyChanges:
    """More than a request takes in itself: a thread does, and no request waits for it."""

    @pytest.fixture(autouse=True)
    def _all_is_much(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(freshness, "MOST_AT_ONCE", 0)

    def test_requests_go_on_with_the_edition_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make.resource(name="First")
        before = sets.current(TODAY)
        started, may_go_on = Event(), Event()
        caught_up = freshness._caught_up

        def slowly(*args: Any) -> sets.Directory:
            started.set()
            may_go_on.wait(20)
            return caught_up(*args)

        monkeypatch.setattr(freshness, "_caught_up", slowly)
        make.resource(name="Second")

        assert sets.current(TODAY) is before
        assert started.wait(20)
        assert sets.current(TODAY) is before
        may_go_on.set()

        assert content(self._in_the_end()) == anew()

    def test_a_fault_is_told_and_tried_again(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        make.resource(name="First")
        sets.current(TODAY)
        caught_up, failed = freshness._caught_up, Event()

        def fails_once(*args: Any) -> sets.Directory:
            monkeypatch.setattr(freshness, "_caught_up", caught_up)
            failed.set()
            raise RuntimeError("the database went away")

        monkeypatch.setattr(freshness, "_caught_up", fails_once)
        make.resource(name="Second")
        sets.current(TODAY)
        assert failed.wait(20)

        assert content(self._in_the_end()) == anew()
        assert "could not be renewed" in caplog.text

    def _in_the_end(self) -> sets.Directory:
        waiting = Event()
        for _time in range(400):
            found = sets.current(TODAY)
            if found.edition == Edition.current():
                return found
            waiting.wait(0.05)
        raise AssertionError("never renewed")


class TestBehind:
    """A replica that has not come as far as what this process has from elsewhere."""

    @pytest.fixture(autouse=True)
    def _behind(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        make.resource()
        sets.current(TODAY)
        Edition.objects.update(number=Edition.current() - 1)
        monkeypatch.setattr(freshness, "PRIMARY", "elsewhere")
        yield
        reading.read_where_written()

    def test_another_database_is_asked(self) -> None:
        with pytest.raises(reading.Behind), reading.trying("default"):
            sets.current(TODAY)

    def test_what_is_read_from_it_is_remembered_by_nobody_else(self) -> None:
        kept = freshness._current
        assert kept
        assert kept.remembered("both", lambda: "new") == "new"

        passing = sets.current(TODAY)

        assert passing.edition == kept.edition
        assert passing.remembered("both", lambda: "old") == "new"
        assert passing.remembered("one", lambda: "old") == "old"
        assert kept.remembered("one", lambda: "new") == "new"

    def test_a_new_day_is_not_taken_for_the_day_before(self) -> None:
        kept = freshness._current
        assert kept
        kept.remembered("day", lambda: "old")

        passing = sets.current(TODAY + dt.timedelta(days=1))

        assert passing.today == TODAY + dt.timedelta(days=1)
        assert passing.remembered("day", lambda: "new") == "new"


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_build_once(monkeypatch: pytest.MonkeyPatch) -> None:
    make.resource(name="First")
    built: list[int] = []
    build = freshness.build

    def counted(*args: Any) -> sets.Directory:
        built.append(1)
        return build(*args)

    monkeypatch.setattr(freshness, "build", counted)
    found: list[sets.Directory] = []

    def ask() -> None:
        from django.db import connection

        found.append(sets.current(TODAY))
        connection.close()

    threads = [Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert built == [1]
