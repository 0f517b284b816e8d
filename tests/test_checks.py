from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from resources import checks

RIGHT: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL",
}

Problems = Callable[..., list[str]]


@pytest.fixture
def problems(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Problems]:
    """What the check says of a database file that is opened with these options."""
    handlers: list[ConnectionHandler] = []

    def problems(options: dict[str, Any], **database: Any) -> list[str]:
        file = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "db.sqlite3"}
        handlers.append(ConnectionHandler({"default": {**file, "OPTIONS": options, **database}}))
        return [str(problem) for problem in checks.problems_of(handlers[-1]["default"])]

    with django_db_blocker.unblock():
        yield problems
    for handler in handlers:
        handler["default"].close()


def test_it_is_content_with_the_settings_as_they_are(problems: Problems) -> None:
    if connection.vendor == "sqlite":
        assert problems(settings.DATABASES["default"]["OPTIONS"]) == []


@pytest.mark.django_db
def test_it_finds_nothing_wrong_with_the_database_of_the_tests() -> None:
    assert run_checks(databases=["default"]) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"transaction_mode": "DEFERRED"}, "do not begin as IMMEDIATE"),
        ({"timeout": 1}, "busy_timeout is 1000"),
        ({"init_command": "PRAGMA journal_mode=DELETE"}, "journal_mode is delete"),
        ({"init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF"}, "synchronous is 0"),
        ({"init_command": "PRAGMA journal_mode=WAL;PRAGMA foreign_keys=OFF"}, "foreign_keys is 0"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_complains_of_a_connection_that_is_opened_otherwise(
    problems: Problems, change: dict[str, Any], complaint: str
) -> None:
    found = problems({**RIGHT, **change})
    assert len(found) == 1
    assert complaint in found[0]


def test_it_complains_of_a_transaction_around_every_request(problems: Problems) -> None:
    assert "ATOMIC_REQUESTS is on" in problems(RIGHT, ATOMIC_REQUESTS=True)[0]


def test_the_document_says_how_postgresql_is_to_be_set() -> None:
    document = (settings.BASE_DIR / "docs" / "security.md").read_text()
    lines = re.findall(r"^ALTER ROLE directory SET (\w+) = (\w+);$", document, re.MULTILINE)

    assert dict(lines) == checks.POSTGRESQL_LOGS


@pytest.mark.django_db
def test_it_warns_of_a_postgresql_that_would_write_words_down() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes no log")
    found = "\n".join(str(problem) for problem in checks.words_written(connection))
    assert "log_min_messages is warning, not fatal" in found
    with connection.cursor() as cursor:
        for name, wanted in checks.POSTGRESQL_LOGS.items():
            cursor.execute(f"SET LOCAL {name} = {wanted}")
    assert checks.words_written(connection) == []


@pytest.mark.django_db
def test_it_warns_where_a_replica_could_not_be_promoted() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no replicas")
    assert checks.promotion_forbidden(connection) == []
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE reader_alone")
        cursor.execute("SET LOCAL ROLE reader_alone")
    (warning,) = checks.promotion_forbidden(connection)
    assert warning.id == "resources.W002"
