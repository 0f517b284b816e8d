"""What is measured of watching is there, and has something to show."""

from __future__ import annotations

import pytest
from django.test import Client

from resources.models import Edition, StatusSighting
from tests.bench.watching import inside


@pytest.mark.usefixtures("starter")
def test_every_page_that_is_measured_is_there() -> None:
    before = StatusSighting.objects.count()
    inside.see(200)
    client = Client(headers={"host": "localhost"})
    answers = {name: client.get(paths[0]).status_code for name, paths in inside.paths(None).items()}

    assert set(answers.values()) == {200}, answers
    assert StatusSighting.objects.count() == before + 200


@pytest.mark.usefixtures("starter")
def test_what_is_recorded_meanwhile_is_published() -> None:
    before = Edition.current()
    inside.record(None)

    assert Edition.current() == before + 1
