from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection

from resources.models import Resource
from resources.opendata.snapshot import at_one_edition
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = dt.date(2026, 11, 20)


def names() -> set[str]:
    return set(Resource.objects.published().values_list("name", flat=True))


def _publish(name: str) -> None:
    try:
        make.resource(name=name)
    finally:
        connection.close()


def test_it_sees_one_edition_whatever_is_published_meanwhile() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory has no readers beside a writer; one in a file has")
    make.resource(name="before")
    with at_one_edition(TODAY) as directory:
        meanwhile = threading.Thread(target=_publish, args=("meanwhile",))
        meanwhile.start()
        meanwhile.join()
        assert names() == {"before"}
        assert len(directory.everything) == 1

    assert names() == {"before", "meanwhile"}


def test_it_ends_with_what_goes_wrong_inside_and_can_be_begun_again() -> None:
    with pytest.raises(ZeroDivisionError), at_one_edition(TODAY):
        raise ZeroDivisionError
    make.resource(name="after")

    with at_one_edition(TODAY):
        assert names() == {"after"}


def test_nothing_can_be_published_inside() -> None:
    with pytest.raises(DatabaseError), at_one_edition(TODAY):
        make.resource()
