"""Curators of each role, signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from resources import accounts, roles
from resources.models import Curator
from tests.second_factor import sign_in


def curator(name: str, role: str) -> Curator:
    made = accounts.make_curator(
        username=name, email=f"{name}@example.org", role=role, password="a-long-odd-one"
    )
    made.first_name, made.last_name = name.capitalize(), "Lee"
    made.save()
    return made


def signed_in(made: Curator) -> Client:
    return sign_in(Client(), made)


@pytest.fixture
def editor(db: None) -> Client:
    return signed_in(curator("ed", roles.EDITOR))


@pytest.fixture
def publisher(db: None) -> Client:
    return signed_in(curator("pat", roles.PUBLISHER))


@pytest.fixture
def other_publisher(db: None) -> Client:
    return signed_in(curator("olga", roles.PUBLISHER))


@pytest.fixture
def administrator(db: None) -> Client:
    return signed_in(curator("ada", roles.ADMINISTRATOR))


@pytest.fixture
def by_role(db: None) -> Callable[[str], Client]:
    return lambda role: signed_in(curator(f"the-{role}", role))
