"""What was witnessed is never changed: not by code, not by a superuser, not in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from resources import accounts, audit, roles
from resources.models import (
    AuditEvent,
    Check,
    Curator,
    LinkCheck,
    NeverChanged,
    StatusSighting,
    Witnessed,
)
from resources.trust import record_check, record_sighting
from tests import make

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 1)
RECORDS = [Check, StatusSighting, LinkCheck, AuditEvent]


@pytest.fixture
def ann() -> Curator:
    return accounts.make_curator(
        username="ann", email="ann@example.org", role=roles.PUBLISHER, password="a-long-odd-one"
    )


@pytest.fixture(params=RECORDS, ids=lambda model: model.__name__)
def row(request: Any, ann: Curator) -> Any:
    resource = make.resource(fund_status="unknown")
    record_check(by=ann, entries=[resource], on=DAY)
    record_sighting(by=ann, resource=resource, status="closed", seen_on=DAY)
    LinkCheck.objects.create(url=make.SOURCE, outcome="ok")
    AuditEvent.objects.exists() or audit.note(ann, audit.What.EXPORTED)
    return request.param.objects.first()


def test_code_cannot_change_it(row: Any) -> None:
    for deed in (
        row.save,
        row.delete,
        type(row).objects.all().delete,
        lambda: type(row).objects.update(at=row.at),
        lambda: type(row)._base_manager.filter(pk=row.pk).update(at=row.at),
    ):
        with pytest.raises((NeverChanged, DatabaseError)), transaction.atomic():
            deed()


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses(row: Any, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(row._meta.db_table))
    assert type(row).objects.filter(pk=row.pk).exists()


def test_every_record_is_protected() -> None:
    assert {*Witnessed.__subclasses__(), LinkCheck, AuditEvent} == set(RECORDS)
