"""The real data for tests: 347 resources, loaded once a worker.

A test that asks for the fixture `starter` runs in a second test database, a copy of the first with
the starter data in it; every other test sees the empty one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

SUFFIX = "starter"


class Sides:
    """The empty and the filled test database of this worker, behind Django's one connection."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._raw: dict[str, Any] = {}
        self.empty = str(connection.settings_dict["NAME"])
        self.is_loaded = False
        self.edition = 0
        with blocker.unblock():
            self.filled = self._copied()

    def _copied(self) -> str:
        """Copy the test database as it is now; the name of the copy."""
        if connection.vendor == "postgresql":
            connection.creation.clone_test_db(suffix=SUFFIX, verbosity=0)
            return str(connection.creation.get_test_db_clone_settings(SUFFIX)["NAME"])
        name = f"file:{SUFFIX}?mode=memory&cache=shared"
        connection.ensure_connection()
        original = connection.connection
        self._use(name)
        connection.ensure_connection()
        original.backup(connection.connection)
        self._use(self.empty)
        return name

    def _use(self, name: str) -> None:
        """Let the connection lead to this one. Both stay open, so that changing costs nothing."""
        present = connection.settings_dict["NAME"]
        if name != present:
            self._raw[present] = connection.connection
            connection.settings_dict["NAME"] = name
            connection.connection = self._raw.pop(name, None)
            _forget_the_sets()

    def use_empty(self) -> None:
        """For a test that makes what it needs by itself."""
        self._use(self.empty)

    def use_filled(self, *, is_flushed_after: bool) -> None:
        """For a test that looks at the real data, or changes it and has that rolled back."""
        from resources.interchange import starter as starter_data
        from resources.models import Edition

        self._use(self.filled)
        if not self.is_loaded:
            with self._blocker.unblock():
                starter_data.load()
                self.edition = Edition.current()
        self.is_loaded = not is_flushed_after

    def drop(self) -> None:
        """Take the copy away."""
        self._use(self.empty)
        filled = self._raw.pop(self.filled, None)
        if filled is not None:
            filled.close()
        if connection.vendor == "postgresql":
            with self._blocker.unblock():
                connection.creation.destroy_test_db(suffix=SUFFIX, verbosity=0)


def _forget_the_sets() -> None:
    """Editions of the two databases have the same numbers."""
    import contextlib

    with contextlib.suppress(ModuleNotFoundError):
        from resources.search import sets

        sets.forget()


SIDES = pytest.StashKey[Sides]()


@pytest.fixture(scope="session")
def _sides(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    sides = request.config.stash[SIDES] = Sides(django_db_blocker)
    yield
    sides.drop()
    del request.config.stash[SIDES]


@pytest.fixture
def starter(_sides: None, db: None) -> None:
    """The starter data is in the database."""


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> None:
    """Choose the database of a test, just before pytest-django opens the transaction around it."""
    sides = request.config.stash.get(SIDES, None)
    if fixturedef.argname != "_django_db_helper" or sides is None:
        return
    if "starter" in request.fixturenames:
        sides.use_filled(is_flushed_after=_is_flushed_after(request))
    else:
        sides.use_empty()


def _is_flushed_after(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    by_marker = marker is not None and bool(marker.kwargs.get("transaction"))
    return by_marker or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)
