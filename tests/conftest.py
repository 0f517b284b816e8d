"""What every test runs with: plain static files, a cheap password hasher, no network."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.closing import answers_closed

# The fixtures `starter` (the real data) and `tell` (a line at the end of the run).
pytest_plugins = ["tests.starter", "tests.telling"]


class Network:
    """Which addresses a test may speak to: none, or this machine."""

    loopback_is_open = False

    @classmethod
    def guard(cls, event: str, args: tuple[Any, ...]) -> None:
        """An audit hook that fails whatever reaches for another host."""
        if event in ("socket.connect", "socket.sendto"):
            cls.refuse(args[1][0] if isinstance(args[1], tuple) else None)
        elif event == "socket.getaddrinfo":
            cls.refuse(args[0])

    @classmethod
    def refuse(cls, host: str | bytes | None) -> None:
        """Raise unless the host is a socket file (None), or this machine in a test that may."""
        if host is None or (cls.loopback_is_open and _is_loopback(host)):
            return
        raise RuntimeError(f"A test reached for {host!r}; mark it `server` if it is this machine.")


def _is_loopback(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    return name == "localhost" or (
        not name.strip("0123456789abcdef.:") and ipaddress.ip_address(name).is_loopback
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """For the run on PostgreSQL, where what needs no database need not be told again."""
    parser.addoption(
        "--database-only", action="store_true", help="Leave out tests that need no database."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what `--database-only` asks to leave out."""
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not _needs_database(item)])
        items[:] = [item for item in items if _needs_database(item)]


def _needs_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db")) or not fixtures.isdisjoint(
        {"db", "transactional_db", "live_server", "django_db_setup"}
    )


def pytest_configure(config: pytest.Config) -> None:
    """Change the settings before anything has read them, and close the network."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    sys.addaudithook(Network.guard)


@pytest.fixture(autouse=True)
def _network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Open this machine's own addresses for tests marked `server` or `browser`."""
    marks = {mark.name for mark in request.node.iter_markers()}
    Network.loopback_is_open = bool(marks & {"server", "browser"})
    yield
    Network.loopback_is_open = False


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    """A test's rows are rolled back without an edition: what a process remembers must go too."""
    from django.core.cache import caches
    from django.utils import translation

    from resources.search import sets, tally
    from resources.search.text import availability
    from resources.trust import turns

    sets.forget()
    turns.forget()
    availability.forget()
    tally.tally.forget()
    translation.deactivate()  # a page in Spanish leaves the thread in Spanish
    for cache in caches.all():
        cache.clear()


@pytest.fixture(autouse=True)
def _answers_end_with_their_test() -> Iterator[None]:
    """Let no answer of one test be closed in the midst of another's."""
    with answers_closed():
        yield


@pytest.fixture(autouse=True, scope="session")
def _connections_in_a_transaction_stay_open() -> Iterator[None]:
    """Let the end of a request leave the connection of a test alone, whoever asked and closed it.

    One in a transaction, as a test's is, counts as left in disorder. `django.test.Client` takes
    the closing out while it asks; who asks the site without it does not.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def unless_in_a_transaction(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", unless_in_a_transaction)
        yield


@pytest.fixture(autouse=True, scope="session")
def _flushing_what_is_never_changed() -> Iterator[None]:
    """Let tests that commit be cleared away: on SQLite that deletes rows, which triggers refuse."""
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def without_triggers(self: Any, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            flush(self, sql_list)
            for _name, sql in triggers:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", without_triggers)
        yield
