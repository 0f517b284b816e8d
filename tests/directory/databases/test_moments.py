from __future__ import annotations

import datetime as dt

import pytest
from django.db import DataError, connection, transaction

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL only"),
]


def read(said: str) -> object:
    """What a connection of Django reads of a moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [said])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-11-28 07:15:37+00", dt.datetime(2026, 11, 28, 7, 15, 37, tzinfo=dt.UTC)),
        ("2026-11-28 07:15:37.5+00", dt.datetime(2026, 11, 28, 7, 15, 37, 500_000, dt.UTC)),
        ("2026-11-28 07:15:37.000001+00", dt.datetime(2026, 11, 28, 7, 15, 37, 1, dt.UTC)),
        ("2026-02-28 23:30:00-05", dt.datetime(2026, 3, 1, 4, 30, tzinfo=dt.UTC)),
        ("0001-01-01 00:00:00+00", dt.datetime(1, 1, 1, tzinfo=dt.UTC)),
    ],
)
def test_a_moment_is_read_in_utc(said: str, moment: dt.datetime) -> None:
    found = read(said)
    assert found == moment
    assert isinstance(found, dt.datetime)
    assert found.tzinfo is dt.UTC


@pytest.mark.parametrize("said", ["infinity", "0044-03-15 12:00:00+00 BC"])
def test_what_is_no_moment_of_pythons_is_refused_as_ever(said: str) -> None:
    with pytest.raises(DataError), transaction.atomic():
        read(said)


def test_no_moment_is_missing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULL::timestamptz")
        assert cursor.fetchone() == (None,)


def test_connections_read_quickly() -> None:
    connection.ensure_connection()
    loader = connection.connection.adapters.get_loader(1184, 0)  # timestamptz, as text
    assert loader.__name__ == "MomentLoader"
