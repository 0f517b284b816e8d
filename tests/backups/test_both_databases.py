"""Away and back: what is put away comes back as it was, or nothing happens at all."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from resources.backups.databases import module_of
from resources.backups.folder import Backup
from resources.backups.picture import Database, NotEmpty, Refused, Unsound
from resources.backups.programs import ProgramFailed
from tests.backups.conftest import Keys
from tests.backups.doing import (
    AUDIT,
    CANARY,
    DAY,
    EDITION,
    NOW,
    ask,
    connected,
    is_empty,
    restore,
    rewrite,
)

pytestmark = pytest.mark.django_db

ADD = (
    "INSERT INTO resources_auditevent (at, by_name, what, about)"
    " VALUES ('2026-11-02 12:00:00', 'ann', 'merged', 'one more')"
)


def test_it_brings_everything_back(
    make: Callable[..., Backup], place: Database, keys: Keys
) -> None:
    rows = restore(make(rehearse=True), place, keys.identity)

    assert rows["resources_auditevent"] == 1
    assert ask(place, "SELECT number FROM resources_edition") == [(EDITION,)]
    with pytest.raises((sqlite3.DatabaseError, psycopg.Error), match="are never changed"):
        ask(place, "DELETE FROM resources_auditevent")
    ask(place, ADD)  # it gets a number of its own
    assert ask(place, f"{AUDIT} ORDER BY id") == [(CANARY,), ("one more",)]


def test_a_wrong_key_changes_nothing(
    make: Callable[..., Backup], place: Database, other_keys: Keys
) -> None:
    with pytest.raises(ProgramFailed, match=r"age failed .*no identity matched"):
        restore(make(), place, other_keys.identity)
    assert is_empty(place)


def test_what_opens_and_is_something_else_is_taken_back(
    make: Callable[..., Backup], place: Database, keys: Keys
) -> None:
    backup = rewrite(make(), plain_sha256="0" * 64)

    with pytest.raises(Unsound, match="not what its manifest says"):
        restore(backup, place, keys.identity)
    assert is_empty(place)


def test_it_overwrites_nothing_unless_told_and_nothing_with_what_is_no_good(
    make: Callable[..., Backup], place: Database, keys: Keys, other_keys: Keys
) -> None:
    backup = make()
    restore(backup, place, keys.identity)
    ask(place, "UPDATE resources_edition SET number = 9")
    speaker = module_of(place)

    with pytest.raises(NotEmpty):
        restore(backup, place, keys.identity)
    with pytest.raises(ProgramFailed):
        restore(backup, place, other_keys.identity, overwrite=True)
    other = replace(backup, manifest=replace(backup.manifest, plain_sha256="0" * 64))
    with pytest.raises(Unsound):
        restore(other, place, keys.identity, overwrite=True)
    assert speaker.edition(place) == 9

    restore(backup, place, keys.identity, overwrite=True)
    assert speaker.edition(place) == EDITION


def test_what_a_restore_put_aside_is_not_lost_by_the_next(
    make: Callable[..., Backup], place: Database, keys: Keys
) -> None:
    """PostgreSQL puts nothing aside: the document says to make a backup of what is there first."""
    if "postgresql" in str(place["ENGINE"]):
        pytest.skip("SQLite only")
    backup = make()
    restore(backup, place, keys.identity)
    ask(place, "UPDATE resources_edition SET number = 9")
    restore(backup, place, keys.identity, overwrite=True)

    with pytest.raises(Refused, match=r"\.before is there from an earlier restore"):
        restore(backup, place, keys.identity, overwrite=True)
    aside = {**place, "NAME": f"{place['NAME']}.before"}
    assert module_of(place).edition(aside) == 9
    assert module_of(place).edition(place) == EDITION


def test_what_is_written_meanwhile_is_in_it_as_a_whole_or_not_at_all(
    make: Callable[..., Backup], place: Database, keys: Keys
) -> None:
    restore(make(), place, keys.identity)
    is_over, began = threading.Event(), threading.Event()

    def write() -> None:
        with closing(connected(place)) as writer:
            while not is_over.is_set():
                writer.execute("UPDATE resources_edition SET number = number + 1")
                writer.execute(ADD)
                writer.commit()
                began.set()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        began.wait()
        backup = make(of=place, now=NOW + DAY)
    finally:
        is_over.set()
        thread.join()

    with module_of(place).scratch(place) as another:
        restore(backup, another, keys.identity)
        number = module_of(another).edition(another)
        assert ask(another, "SELECT count(*) FROM resources_auditevent") == [
            (number - EDITION + 1,)
        ]
        assert EDITION < number == backup.manifest.edition
    assert module_of(place).edition(place) >= number
