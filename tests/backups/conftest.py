"""A database to back up, apart from the one that tests run in, and a pair of keys."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from resources.backups import making, postgresql
from resources.backups.folder import Backup
from resources.backups.picture import Database
from resources.backups.sealing import AGE, Recipients
from tests.backups.doing import CANARY, EDITION, NOW, ask


class Keys:
    """A pair of age keys: the file of the private one, and the public one."""

    def __init__(self, folder: Path) -> None:
        self.identity = folder / "key.txt"
        subprocess.run(["age-keygen", "-o", self.identity], check=True, capture_output=True)
        said = subprocess.run(["age-keygen", "-y", self.identity], check=True, capture_output=True)
        self.recipients = Recipients(AGE, (said.stdout.decode().strip(),))


def _need(*programs: str) -> None:
    """Leave the test out where a program is missing; with CI=true that fails."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing and os.environ.get("CI", "").lower() not in ("true", "1"):
        pytest.skip(f"{', '.join(missing)} is missing. On Debian: apt-get install age gnupg")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    _need("age", "gpg")
    return Keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def other_keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("keys"))


@contextmanager
def _copied(blocker: DjangoDbBlocker, path: Path) -> Iterator[Database]:
    """The test database as a database of its own: the tests' own is in memory, or in use."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        with blocker.unblock(), closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = WAL")
        yield {**own, "NAME": str(path)}
        return
    with postgresql.scratch(own) as made:
        with postgresql.picture(own) as picture, picture.stream() as chunks:
            postgresql.restore(made, chunks, overwrite=False)
        yield made


@pytest.fixture(scope="session")
def _filled(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Database]:
    with _copied(django_db_blocker, tmp_path_factory.mktemp("filled") / "db.sqlite3") as database:
        ask(database, "DELETE FROM resources_edition")
        ask(database, f"INSERT INTO resources_edition (id, number) VALUES (1, {EDITION})")
        ask(
            database,
            "INSERT INTO resources_auditevent (at, by_name, what, about)"
            f" VALUES ('2026-11-01 12:00:00', 'ann', 'merged', '{CANARY}')",
        )
        yield database


@pytest.fixture
def database(_filled: Database, db: None) -> Database:
    """A directory of edition 7 with a line in its audit log. Not to be changed."""
    return _filled


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Iterator[Database]:
    """An empty place of the same kind."""
    if connection.vendor == "sqlite":
        yield {**database, "NAME": str(tmp_path / "place" / "db.sqlite3")}
        return
    with postgresql.scratch(database) as empty:
        yield empty


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def make(root: Path, database: Database, keys: Keys) -> Callable[..., Backup]:
    """Makes a backup of the database, or `of` another."""

    def made(**changed: Any) -> Backup:
        usual = {"to": keys.recipients, "now": NOW, "keep": 14}
        return making.make(root, changed.pop("of", database), **{**usual, **changed})[0]

    return made
