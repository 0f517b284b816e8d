"""What the tests themselves lean on: their connection outlives the requests that they make."""

from __future__ import annotations

import pytest
from django.core.signals import request_finished, request_started

from resources.models import State


@pytest.mark.django_db
def test_the_end_of_a_request_does_not_close_the_connection_of_a_test() -> None:
    request_started.send(sender=None)
    request_finished.send(sender=None)

    State.objects.count()  # which a closed one would refuse
