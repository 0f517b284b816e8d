from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

PATH = "/.well-known/security.txt"


def fields_of(settings: Any) -> dict[str, str]:
    settings.CONTACT_EMAIL = "desk@example.org"
    settings.ALLOWED_HOSTS = ["help.example.org"]
    answer = Client().get(PATH, secure=True, headers={"host": "help.example.org"})
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert len(lines) == len({line.partition(":")[0] for line in lines})  # each stands once
    return dict(line.split(": ", 1) for line in lines)


def test_it_names_whom_to_write_to_and_where_it_stands(settings: Any) -> None:
    fields = fields_of(settings)

    assert fields["Contact"] == "mailto:desk@example.org"
    assert fields["Canonical"] == f"https://help.example.org{PATH}"


def test_it_holds_for_less_than_a_year_from_today(settings: Any) -> None:
    expires = dt.datetime.fromisoformat(fields_of(settings)["Expires"])

    assert expires.tzinfo is not None
    assert dt.timedelta(days=90) < expires - timezone.now() < dt.timedelta(days=365)


@pytest.mark.django_db
def test_it_is_not_there_where_nobody_is_named(settings: Any) -> None:
    settings.CONTACT_EMAIL = ""

    assert Client().get(PATH).status_code == 404
