"""A worker reads before anybody asks."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.utils import timezone

from resources.search import sets, warming
from resources.search.sets import freshness
from tests import make


@pytest.mark.django_db(transaction=True)
def test_the_first_request_finds_the_sets_made(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = make.resource(name="First")

    warming.warm_up().join()
    monkeypatch.setattr(freshness, "build", None)

    assert resource.pk in sets.current(timezone.localdate()).everything


def test_a_server_starts_without_its_database_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_today: object) -> None:
        raise OperationalError("no database yet")

    monkeypatch.setattr(sets, "current", refuse)

    warming.warm_up().join()

    assert "could not be made ready" in caplog.text
