"""A list as a table and as a reminder."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

import pytest
from django.utils import timezone

from tests import make
from tests.views.list_reader import Reader, page_of

pytestmark = pytest.mark.django_db


def reader_of(**fields: object) -> Reader:
    reader = Reader()
    reader.add(make.resource(**fields))  # type: ignore[arg-type]
    return reader


def test_a_table_has_the_notes_and_is_stored_by_nobody() -> None:
    reader = reader_of(name="Rides")
    response = reader.post("/list/csv/", code=reader.code, **{f"note-{reader.numbers[0]}": "First"})

    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert "no-store" in response["Cache-Control"]
    assert "Rides" in response.content.decode()
    assert "First" in response.content.decode()


@pytest.mark.parametrize("written", ["%Y-%m-%d", "%m/%d/%Y"])
def test_a_reminder_is_for_the_day_that_was_chosen(written: str) -> None:
    reader, day = reader_of(), timezone.localdate() + dt.timedelta(days=9)
    response = reader.post("/list/reminder/", code=reader.code, day=day.strftime(written))

    assert response["Content-Disposition"] == 'attachment; filename="reminder.ics"'
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in response.content.decode()


@pytest.mark.parametrize(
    "day", ["", "soon", "2001-01-01", "9999-12-31", "2026-13-01", "0", "1\r\nX:1", "x" * 9999]
)
def test_a_day_that_cannot_be_meant_is_told_and_loses_no_note(day: str) -> None:
    reader = reader_of()
    page = page_of(reader.post("/list/reminder/", code=reader.code, day=day, note="Kept"))

    assert "Choose a day from today on" in page.text
    assert ">Kept</textarea>" in page.html


def test_a_resource_that_is_renewed_can_be_reminded_of() -> None:
    reader = reader_of(name="Yearly", renewal="each year")
    assert "Yearly: each year</option>" in page_of(reader.get("/list/")).html
    day = timezone.localdate()
    response = reader.post(
        "/list/reminder/", code=reader.code, day=day.isoformat(), about=reader.numbers[0]
    )
    assert "Apply again: number 1 on your list" in response.content.decode()


def test_names_begin_no_header_and_no_line_of_their_own() -> None:
    reader = reader_of(name="A\r\nSet-Cookie: a=b")
    day = timezone.localdate().isoformat()
    for path in ("/list/csv/", "/list/reminder/"):
        response = reader.post(path, code=reader.code, day=day, about="1\r\nX-Evil: 1")
        assert response.status_code == HTTPStatus.OK
        assert set(response.cookies) == {"list"}
        assert "X-Evil" not in response.headers
    assert b"\r\nSet-Cookie" not in response.content
    assert b"X-Evil" not in response.content
