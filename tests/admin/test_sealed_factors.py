"""A copy of the database is no second factor: keys of apps and codes stand sealed in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client

from resources import accounts, roles
from resources.models import Curator
from tests.admin.test_signing_in import PASSWORD, is_in, set_up, show, typed
from tests.second_factor import SECRET, code_of, give_app

# What follows a commit, such as the mark in the session, follows a real one.
pytestmark = pytest.mark.django_db(transaction=True)

FORMER, TODAYS = "a former key of the server", "today's key of the server"


@pytest.fixture
def ann() -> Curator:
    return accounts.make_curator(
        username="ann", email="ann@example.org", role=roles.PUBLISHER, password=PASSWORD
    )


def kept() -> str:
    """What the table of second factors holds, as whoever has a copy reads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return json.dumps(cursor.fetchall(), default=str)


def test_neither_the_key_of_an_app_nor_a_seed_can_be_read_in_the_database(ann: Curator) -> None:
    TOTP.activate(ann, SECRET)
    codes = RecoveryCodes.activate(ann).generate_codes()

    assert kept().count("sealed:") == 2
    assert not any(secret in kept() for secret in (SECRET, *codes))


def test_a_key_from_before_still_works_and_is_sealed_when_it_is_used(
    client: Client, ann: Curator
) -> None:
    give_app(ann)
    assert SECRET in kept()
    typed(client)
    show(client, code_of())

    assert is_in(client)
    assert SECRET not in kept()
    again = Client()
    typed(again)
    show(again, code_of(later=1))
    assert is_in(again)


def test_sealing_again_brings_no_used_recovery_code_back(client: Client, ann: Curator) -> None:
    typed(client)
    codes = set_up(client)
    for code in codes[:2]:
        other = Client()
        typed(other)
        show(other, code)

    left = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    assert left == codes[2:]


def test_what_a_former_key_sealed_opens_while_that_key_is_named(
    client: Client, ann: Curator, settings: Any
) -> None:
    settings.SECRET_KEY = FORMER
    TOTP.activate(ann, SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = TODAYS, [FORMER]
    typed(client)
    show(client, code_of())
    assert is_in(client)

    settings.SECRET_KEY_FALLBACKS = []
    again = Client()
    typed(again)
    show(again, code_of(later=1))
    assert is_in(again)


def test_no_code_is_right_where_the_key_that_sealed_it_is_gone(
    client: Client, ann: Curator, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    TOTP.activate(ann, SECRET)
    settings.SECRET_KEY = TODAYS
    typed(client)
    answer = show(client, code_of())

    assert answer.status_code == 200
    assert not is_in(client)
    assert "sealed with another SECRET_KEY" in caplog.text
