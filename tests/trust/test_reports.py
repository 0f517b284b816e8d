"""What readers report: taken where there is room, closed by curators, then forgotten."""

from __future__ import annotations

import datetime as dt
import time
from itertools import count
from typing import Any

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from resources import documents, publishing
from resources.models import Curator, Organisation, Report
from resources.models.report import MOST_WAITING
from resources.trust import floods, reports
from resources.trust.reports import Answer
from tests import make
from tests.trust.test_recording import ann  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
HERE = "203.0.113.7"
numbers = count(1)


def a_report(**fields: Any) -> Report:
    """An unsaved report of a problem, unlike every other."""
    usual = {"kind": "problem", "wrong": "contact", "text": f"Nobody answers, {next(numbers)}."}
    return Report(**{**usual, **fields})


def accepted(**fields: Any) -> Report:
    """A report that waits, from somebody of whom nothing is known."""
    report = a_report(**fields)
    assert reports.accept(report, sender="") == Answer.TAKEN
    return report


def test_a_report_is_kept_as_it_was_written() -> None:
    resource = make.resource()
    accepted(path="/resources/x/", resource=resource, text="It rings.", email="jo@example.org")

    row = Report.objects.get()
    assert (row.kind, row.wrong, row.text, row.email) == (
        "problem", "contact", "It rings.", "jo@example.org",
    )  # fmt: skip
    assert (row.entry, row.path, row.state) == (resource, "/resources/x/", "new")


def test_nothing_of_the_sender_has_a_column() -> None:
    columns = {field.name for field in Report._meta.get_fields()}

    assert columns == {
        "id", "kind", "path", "organisation", "resource", "wrong", "name", "website", "text",
        "why", "email", "at", "state", "place", "closed_at", "closed_by", "note",
    }  # fmt: skip


def test_an_hour_has_room_for_five_from_one_sender() -> None:
    answers = [reports.accept(a_report(), sender=HERE) for _number in range(6)]

    assert answers == [Answer.TAKEN] * 5 + [Answer.TOO_MANY]
    assert reports.accept(a_report(), sender="203.0.113.8") == Answer.TAKEN


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("no address", "no address", True),
    ],
)
def test_a_household_is_one_sender(one: str, other: str, is_same: bool) -> None:
    for _number in range(floods.OF_ONE):
        assert floods.let_through(one)

    assert floods.let_through(other) != is_same


def test_an_hour_has_room_for_sixty_from_all() -> None:
    answers = [reports.accept(a_report(), sender=f"203.0.113.{n}") for n in range(70)]

    assert answers == [Answer.TAKEN] * 60 + [Answer.TOO_MANY] * 10


def test_the_next_hour_has_room_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(70):
        floods.let_through(HERE)
    assert not floods.let_through(HERE)
    later = time.time() + floods.HOUR + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert floods.let_through(HERE)


def test_the_key_is_another_one_every_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    floods.let_through(HERE)
    first = caches["default"].get(floods.KEY)
    later = time.time() + floods.HOUR + 1
    monkeypatch.setattr(time, "time", lambda: later)
    floods.let_through(HERE)

    assert first != caches["default"].get(floods.KEY)


def test_no_address_is_left_in_the_cache_or_in_the_database() -> None:
    for number in range(7):
        reports.accept(a_report(text=f"{number}"), sender=HERE)

    kept = [str(vars(caches[name])) for name in ("default", "filters")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM resources_report")
        kept += map(str, cursor.fetchall())
    assert len(kept) == 2 + 5
    for place in kept:
        assert HERE not in place


def test_a_flood_from_everywhere_leaves_few_traces_in_the_cache() -> None:
    for number in range(3000):
        floods.let_through(f"10.0.{number // 250}.{number % 250}")

    assert len(caches["default"]._cache) <= floods.OF_ALL + 2  # type: ignore[attr-defined]


def test_at_most_a_hundred_wait_whatever_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "let_through", lambda sender: True)
    answers = [reports.accept(a_report(), sender="") for _number in range(150)]

    assert answers == [Answer.TAKEN] * MOST_WAITING + [Answer.FULL] * 50
    assert Report.objects.count() == MOST_WAITING == 100


def test_two_thousand_posts_of_robots_leave_at_most_a_hundred() -> None:
    for number in range(2000):
        caches["default"].delete(f"{floods.ALL}-messages")  # as if each came in an hour of its own
        reports.accept(a_report(), sender=f"2001:db8:{number:x}::1")

    assert Report.objects.count() == MOST_WAITING


@pytest.mark.parametrize("place", [0, 101, None])
def test_the_database_has_a_hundred_places(place: int | None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_report(place=place).save()


def test_two_that_want_one_place_get_one_each(monkeypatch: pytest.MonkeyPatch) -> None:
    accepted()
    seen = iter([iter([2]), iter([1]), iter([2])])  # the first look was too early
    monkeypatch.setattr(reports, "_free_places", lambda: next(seen))

    assert reports.accept(a_report(), sender="") == Answer.TAKEN
    assert set(Report.objects.values_list("place", flat=True)) == {1, 2}


def test_a_closed_one_makes_room(ann: Curator) -> None:  # noqa: F811
    first = accepted()
    reports.close(first, by=ann)
    accepted()

    assert Report.objects.waiting().get().place == 1


def test_the_same_words_about_the_same_page_are_kept_once() -> None:
    for _number in range(9):
        assert reports.accept(a_report(path="/needs/", text="Gone."), sender=HERE) == "taken"
    accepted(path="/states/", text="Gone.")

    assert Report.objects.count() == 2


def test_what_was_closed_may_be_reported_again(ann: Curator) -> None:  # noqa: F811
    reports.close(accepted(text="Gone."), by=ann)
    accepted(text="Gone.")

    assert Report.objects.waiting().count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "a" * 2001},
        {"text": "a" * 1_000_000},
        {"email": f"{'a' * 260}@example.org"},
        {"email": "jo@example.org\r\nBcc: all@example.org"},
        {"website": "javascript:alert(1)"},
        {"name": "a" * 201},
        {"wrong": "everything"},
    ],
    ids=lambda fields: str(fields)[:40],
)
def test_what_does_not_fit_is_kept_by_nobody(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        reports.accept(a_report(**fields), sender="")

    assert not Report.objects.exists()


def test_a_curator_closes_it_with_a_note(ann: Curator) -> None:  # noqa: F811
    report = accepted()
    assert reports.close(report, by=ann, note="The number is right.")

    row = Report.objects.get()
    assert (row.state, row.closed_by, row.note) == ("closed", ann, "The number is right.")
    assert row.closed_at is not None
    assert not Report.objects.waiting().exists()


def test_the_first_of_two_who_close_it_is_the_one(ann: Curator) -> None:  # noqa: F811
    report = accepted()
    reports.close(report, by=ann, note="First.")

    assert not reports.close(report, by=Curator.objects.create_user("bo"), note="Second.")
    assert Report.objects.get().note == "First."


def test_what_was_written_is_erased_ninety_days_after_closing(ann: Curator) -> None:  # noqa: F811
    report = accepted(
        kind="suggestion", wrong="", name="Rides", website="https://example.org", why="Free.",
        email="jo@example.org",
    )  # fmt: skip
    reports.close(report, by=ann, note="Added.")
    closed = timezone.localdate(Report.objects.get().closed_at)

    assert reports.forget_old(closed + dt.timedelta(days=89)) == 0
    assert reports.forget_old(closed + dt.timedelta(days=90)) == 1
    row = Report.objects.get()
    assert [getattr(row, field) for field in Report.WRITTEN] == [""] * 5
    assert (row.note, row.closed_by, row.kind) == ("Added.", ann, "suggestion")
    assert reports.forget_old(closed + dt.timedelta(days=91)) == 0


def test_what_waits_is_not_erased() -> None:
    accepted(text="Gone.")

    assert reports.forget_old(TODAY + dt.timedelta(days=9999)) == 0
    assert Report.objects.get().text == "Gone."


def test_the_daily_command_erases(ann: Curator, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    reports.close(accepted(), by=ann)
    Report.objects.update(closed_at=timezone.now() - dt.timedelta(days=91))
    call_command("enqueue_due")

    assert Report.objects.get().text == ""
    assert "in 1 closed reports" in capsys.readouterr().out


def test_reports_are_no_part_of_an_entry_and_outlive_it() -> None:
    draft = make.organisation(published=False)
    report = accepted(organisation=draft)

    assert "reports" not in documents.read(draft)
    publishing.discard(entries=[draft])
    report.refresh_from_db()
    assert report.entry is None
    assert not Organisation.objects.exists()
