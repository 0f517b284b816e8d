"""The three commands about backups, from outside."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from resources.backups import databases, folder
from resources.backups.picture import Database
from resources.management.commands import backup
from resources.models import BackupNote, Edition
from tests.backups.conftest import Keys
from tests.backups.doing import EDITION, ask, small_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return small_database(tmp_path / "db.sqlite3")


@pytest.fixture
def place(tmp_path: Path) -> Database:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "place.sqlite3")}


@pytest.fixture(autouse=True)
def own(
    database: Database, root: Path, keys: Keys, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BACKUP_FOLDER = root
    settings.BACKUP_RECIPIENT = list(keys.recipients.keys)
    monkeypatch.setattr(databases, "own", lambda: database)


def said(*command: str, **options: Any) -> str:
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_it_makes_checks_and_lists(keys: Keys) -> None:
    assert f"edition {EDITION}" in said("backup")
    assert "never checked" in said("restore", list=True)
    assert "all as they were" in said("check_backup", identity=keys.identity)
    assert "never checked" not in said("restore", list=True)
    assert BackupNote.objects.count() == 2


def test_it_restores_and_says_what_is_next(
    keys: Keys, place: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    said("backup")
    monkeypatch.setattr(databases, "own", lambda: place)
    words = said("restore", identity=keys.identity)

    assert "Now start the web server and the worker anew." in words
    assert ask(place, "SELECT number FROM resources_edition") == [(EDITION,)]
    assert Edition.current() > EDITION  # what Django is connected to here is another database


def test_it_refuses_to_restore_to_a_place_that_is_not_empty(keys: Keys) -> None:
    said("backup")
    with pytest.raises(CommandError, match=r"Nothing was restored\..*--overwrite"):
        said("restore", identity=keys.identity)


def test_it_encrypts_unless_it_is_told_not_to(settings: Any, root: Path) -> None:
    settings.BACKUP_RECIPIENT = []
    with pytest.raises(CommandError, match="Set BACKUP_RECIPIENT"):
        said("backup")
    assert folder.listed(root) == []

    assert "not encrypted" in said("backup", unencrypted=True)


@pytest.mark.parametrize(
    ("written", "told"),
    [(["a-file-that-is-not-there"], "neither an age key"), (["age1a", "a.asc"], "not both")],
)
def test_it_says_what_is_wrong_with_a_recipient(
    settings: Any, written: list[str], told: str
) -> None:
    settings.BACKUP_RECIPIENT = written
    with pytest.raises(CommandError, match=told):
        said("backup")


def test_it_needs_a_private_key(keys: Keys) -> None:
    said("backup")
    with pytest.raises(CommandError, match="Name the file of the private key"):
        said("check_backup")


def test_it_names_those_that_there_are() -> None:
    with pytest.raises(CommandError, match="no whole backup"):
        said("check_backup")
    said("backup")
    with pytest.raises(CommandError, match=r"no backup another in .* There are: 20"):
        said("check_backup", "another")


def test_it_keeps_them_for_as_long_as_the_privacy_page_says(client: Client) -> None:
    assert "until we delete these about two weeks later" in client.get("/privacy/").text
    assert backup.KEPT == 14


def test_it_keeps_at_least_one() -> None:
    with pytest.raises(CommandError, match="--keep: give 1 or more"):
        said("backup", keep=0)
