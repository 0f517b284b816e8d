"""A list sent on: messages and reminders that give nobody away, and a table without surprises."""

from __future__ import annotations

import csv
import datetime as dt
import io
from urllib.parse import parse_qs, urlsplit

import pytest

from resources import publishing
from resources.handouts.paper import Paper
from resources.handouts.reminder import LINE, reminder_of
from resources.handouts.sharing import by_mail, by_text
from resources.handouts.table import COLUMNS, table_of
from resources.handouts.wishes import Notes
from resources.models import ResourcePhone
from tests import make
from tests.handouts.lists import paper

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 3, 22, 5, tzinfo=dt.UTC)
DAY = dt.date(2026, 12, 1)


@pytest.fixture
def telling() -> Paper:
    """A list whose every name tells an illness, and whose title was to tell it too."""
    house = make.organisation(name="Leukemia House")
    resource = make.resource(name="Leukemia fund", organisation=house, conditions=("leukemia",))
    return paper([resource], Notes("Her leukemia"), illness="leukemia")


def told(reminder: bytes) -> dict[str, str]:
    """The lines of an event, unfolded, by name; of two the first."""
    lines = reminder.decode().replace("\r\n ", "").split("\r\n")
    pairs = [line.partition(":") for line in lines if line]
    found: dict[str, str] = {}
    for name, _colon, value in pairs:
        found.setdefault(name, value)
    return found


def rows(made: Paper) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table_of(made).decode("utf-8-sig"))))


def test_a_mail_and_a_text_have_the_link_and_name_no_illness(telling: Paper) -> None:
    for address in (by_mail(telling), by_text(telling)):
        said = parse_qs(urlsplit(address).query.lstrip("&"))
        assert telling.url in said["body"][0]
        assert "leukemia" not in str(said).lower()
        assert not said.keys() & {"to", "cc", "bcc"}


def test_a_reminder_has_the_day_the_place_and_the_link_and_names_no_illness(
    telling: Paper,
) -> None:
    made = reminder_of(telling, DAY, telling.items[0].number, NOW)
    event = told(made)

    assert event["DTSTART;VALUE=DATE"] == "20261201"
    assert event["DTSTAMP"] == "20261103T220500Z"
    assert event["SUMMARY"] == "Apply again: number 1 on your list"
    assert event["DESCRIPTION"] == telling.url
    assert b"leukemia" not in made.lower()


@pytest.mark.parametrize("number", [None, 999_999])
def test_a_reminder_of_no_resource_is_of_the_list(telling: Paper, number: int | None) -> None:
    event = told(reminder_of(telling, DAY, number, NOW))
    assert event["SUMMARY"] == "Look at your list of help again"


def test_no_line_of_a_reminder_is_longer_than_calendars_read() -> None:
    with make.together():
        resources = [make.resource() for _ in range(40)]
    made = reminder_of(paper(resources), DAY, None, NOW)
    lines = made.split(b"\r\n")

    assert max(map(len, lines)) <= LINE
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in made.replace(b"\r\n", b"")


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(evil: str) -> None:
    resource = make.resource(name=evil, summary=evil, documents=[evil])
    (row,) = rows(paper([resource], Notes("", {resource.pk: evil})))

    for column in ("name", "what", "have_ready", "note"):
        assert row[column].startswith("'")


def test_a_table_says_what_the_paper_says() -> None:
    resource = make.resource(name="Rides, free", documents=["photo ID", "a bill"])
    ResourcePhone.objects.create(resource=resource, number="800-532-5274", extension="12")
    gone = make.resource(name="Gone")
    publishing.withdraw(by="test", entries=[gone])
    note = 'Call "Ana"\nfirst; then\r\nwrite'
    first, second = rows(paper([resource, gone], Notes("", {resource.pk: note})))

    assert tuple(first) == COLUMNS
    assert (first["place"], first["name"], first["phones"]) == (
        "1",
        "Rides, free",
        "800-532-5274 ext. 12",
    )
    assert first["have_ready"] == "photo ID; a bill"
    assert first["note"] == note
    assert (second["name"], second["checked"], second["status"]) == ("Gone", "", "withdrawn")
