"""What the desk knows of the backups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resources.backups import folder, notes
from resources.backups.folder import Backup
from resources.models import BackupNote
from tests.backups.doing import DAY, NOW

pytestmark = pytest.mark.django_db

Deed = BackupNote.Deed


def note(deed: str, at: dt.datetime, made_at: dt.datetime | None = None) -> None:
    BackupNote.objects.create(name="one", deed=deed, at=at, made_at=made_at or at)


@pytest.mark.parametrize(
    ("made", "checked", "of", "is_made", "is_checked"),
    [
        (1, 6, 6, True, True),
        (1, 8, 8, True, False),
        (3, 1, 1, False, True),
        (1, 1, 9, True, False),
        (None, None, None, False, False),
    ],
    ids=["all well", "checked long ago", "none made", "an old one checked", "nothing"],
)
def test_it_worries_where_none_was_made_or_tried(
    made: int | None, checked: int | None, of: int | None, is_made: bool, is_checked: bool
) -> None:
    if made is not None and checked is not None and of is not None:
        note(Deed.MADE, NOW - made * DAY)
        note(Deed.CHECKED, NOW - checked * DAY, NOW - of * DAY)

    found = notes.worry(NOW)

    assert (found is None) is (is_made and is_checked)
    if found:
        assert (found.is_made, found.is_checked) == (is_made, is_checked)


def test_it_takes_note_once_of_what_the_folder_says(root: Path, folder_of: Any) -> None:
    backup = folder_of(root)
    folder.note_check(backup, NOW + DAY)
    notes.take_note(root)
    notes.take_note(root)

    said = BackupNote.objects.values_list("deed", "at", "made_at").order_by("at")
    assert list(said) == [(Deed.MADE, NOW, NOW), (Deed.CHECKED, NOW + DAY, NOW)]


@pytest.fixture
def folder_of() -> Callable[[Path], Backup]:
    """A backup as far as its manifest goes."""

    def made(root: Path) -> Backup:
        root.mkdir()
        with folder.draft(root) as draft:
            manifest = folder.Manifest(
                NOW.isoformat(), "sqlite", 7, (), "age", (), "file", 0, "", ""
            )
            return folder.publish(root, draft, manifest)

    return made
