"""What the first page of the desk says of the backups."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from resources.models import BackupNote
from tests.admin.browser_form import words_of

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2025, 12, 15, 12, tzinfo=dt.UTC)


def test_the_desk_says_so_in_production(publisher: Client, settings: Any) -> None:
    assert "There is no backup" not in words_of(publisher.get("/admin/"))

    settings.IN_PRODUCTION = True
    words = words_of(publisher.get("/admin/"))
    assert "There is no backup of the directory yet." in words
    assert "No backup was ever restored and compared." in words


def test_the_desk_says_since_when(publisher: Client, settings: Any) -> None:
    settings.IN_PRODUCTION = True
    for deed in BackupNote.Deed:
        BackupNote.objects.create(name="one", deed=deed, at=LONG_AGO, made_at=LONG_AGO)

    words = words_of(publisher.get("/admin/"))
    assert "The newest backup is of December 15, 2025." in words
    assert "last restored and compared on December 15, 2025" in words
