"""Migrations run while people read and save, and beside the code before them: docs/faults.md."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements
from django_migration_linter.sql_analyser.postgresql import PostgresqlAnalyser

import resources.migrations

pytestmark = pytest.mark.django_db

# Those up to here came before the first release; `make bench-migrations` has measured them.
LAST_BEFORE_RELEASES = "0021"

# What a newer one may do all the same, by its name: the codes of django-migration-linter, and why.
ALLOWED: dict[str, set[str]] = {}


def names() -> list[str]:
    folder = Path(resources.migrations.__file__).parent
    return sorted(file.stem for file in folder.glob("0*.py"))


def troubles_of(name: str) -> set[str]:
    """What in a migration locks a table for long, or breaks the code before it."""
    with Path(os.devnull).open("w") as nowhere:
        statements = call_command("sqlmigrate", "resources", name, stdout=nowhere)
    errors, _ignored, warnings = analyse_sql_statements(
        PostgresqlAnalyser, statements.splitlines(), []
    )
    return {found.code for found in (*errors, *warnings)}


@pytest.fixture(autouse=True)
def _postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one lock for everything, and migrates in its one transaction.")


def test_new_migrations_neither_lock_nor_break_the_code_before_them() -> None:
    new = [name for name in names() if name[:4] > LAST_BEFORE_RELEASES]
    found = {name: troubles_of(name) - ALLOWED.get(name, set()) for name in new}
    assert not {name: codes for name, codes in found.items() if codes}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("0010_letters_and_doubts", "DROP_COLUMN"),
        ("0015_desk_indexes", "CREATE_INDEX"),
    ],
)
def test_it_would_see_what_locks_and_what_breaks(name: str, code: str) -> None:
    assert code in troubles_of(name)
