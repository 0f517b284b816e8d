"""A directory that was away for a while."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from resources import tasks
from resources.alerts import addresses
from resources.backups import folder, settling
from resources.backups.folder import Backup
from resources.models import Alert, AlertMail, AuditEvent, Edition
from tests import make
from tests.backups.doing import NOW

pytestmark = pytest.mark.django_db

MANIFEST = folder.Manifest(NOW.isoformat(), "sqlite", 7, (), "age", (), "file", 0, "", "")
BACKUP = Backup(Path("2026-11-27T021500Z"), MANIFEST, None)


def settle(tmp_path: Path, seen: int = 0) -> int:
    return settling.settle(BACKUP, seen=seen, data=tmp_path)


def alert(address: str) -> Alert:
    made: Alert = Alert.objects.create(
        address=address,
        address_key="k",
        resource=make.resource(),
        wants=Alert.Wants.ALL,
        language="en",
        ends_on=dt.date(2027, 1, 1),
    )
    return made


def test_its_edition_is_one_that_nobody_can_have_seen(tmp_path: Path) -> None:
    make.resource()
    before = Edition.current()

    assert settle(tmp_path) == Edition.current() == before + Edition.LEAP
    assert settle(tmp_path, seen=50_000) == 50_000 + Edition.LEAP


def test_everybody_signs_in_again_and_no_old_task_is_done(tmp_path: Path) -> None:
    SessionStore().create()
    tasks.tell_news.enqueue()
    settle(tmp_path)

    assert not Session.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_mail_that_waited_is_not_sent_again_by_itself(tmp_path: Path) -> None:
    mail = AlertMail.objects.create(alert=alert("sealed"))
    settle(tmp_path)

    mail.refresh_from_db()
    assert mail.fate == AlertMail.Fate.SENDING


def test_the_audit_log_says_so(tmp_path: Path) -> None:
    settle(tmp_path)

    line = AuditEvent.objects.get(what=AuditEvent.What.BACKUP_RESTORED)
    assert line.by_name == "manage.py restore"
    assert BACKUP.name in line.about


def test_it_tells_where_the_secret_key_is_another() -> None:
    assert not settling.are_addresses_lost()
    kept = alert(addresses.seal("ann@example.org"))
    assert not settling.are_addresses_lost()

    Alert.objects.filter(pk=kept.pk).update(address="sealed with another key")
    assert settling.are_addresses_lost()
