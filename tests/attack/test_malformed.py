"""The public site answers whatever is sent to it: a tenth here, all with `--full`."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.attack import by_client
from tests.attack.answers import tally
from tests.attack.malformed import IN_FULL, KINDS, PLACES, Attack, attacks
from tests.telling import Tell


@pytest.fixture
def requests(request: pytest.FixtureRequest) -> list[Attack]:
    """A tenth of the requests, all of them with `--full`."""
    is_full = request.config.getoption("--full", default=False)
    return attacks(IN_FULL if is_full else IN_FULL // 10)


def test_it_attacks_in_the_same_way_every_time() -> None:
    assert attacks(300) == attacks(IN_FULL)[:300]


def test_it_attacks_in_every_way_even_in_a_tenth() -> None:
    assert {attack.kind for attack in attacks(IN_FULL // 10)} == set(KINDS)


@pytest.mark.django_db
@pytest.mark.parametrize("place", sorted({*PLACES} - {"/nothing-here/", "/admin/"}))
def test_it_attacks_pages_that_are_there(starter: None, place: str) -> None:
    assert by_client.send(Client(), Attack("", place.encode())).status == 200


@pytest.mark.django_db
def test_the_site_answers_every_malformed_request_rightly(
    starter: None, requests: list[Attack], tell: Tell
) -> None:
    found = tally(by_client.send_all(requests))
    tell(f"Django alone: {found}")
    assert found.failures == []
