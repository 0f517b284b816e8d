"""What is measured of the API is there, and has something to show."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.bench.api import inside
from tests.bench.api.measuring import FULL, ROOT, STREAMS


@pytest.mark.usefixtures("starter")
def test_every_address_that_is_measured_is_there() -> None:
    client = Client(headers={"host": "localhost"})
    asked = {name: addresses[0] for name, addresses in inside.queries(None).items()}
    answers = {name: client.get(ROOT + address).json() for name, address in asked.items()}

    assert {name for name, answer in answers.items() if not answer.get("total_items", 1)} == set()
    for address in (*STREAMS.values(), *FULL.values()):
        assert client.get(ROOT + address).status_code == 200
