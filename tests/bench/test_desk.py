"""The desk whose pages are measured has something on each of them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from resources.models import Curator, Report
from resources.trust import looking
from tests import second_factor
from tests.bench.desk.pages import pages
from tests.bench.desk.work import CURATOR, reported, work


@pytest.mark.usefixtures("starter")
def test_every_page_of_a_worked_desk_is_there() -> None:
    work(timezone.localdate())
    client = Client()
    second_factor.sign_in(client, Curator.objects.get(username=CURATOR))
    answers = {name: client.get(paths[0]).status_code for name, paths in pages().items()}

    assert set(answers.values()) == {200}, answers
    assert Report.objects.waiting().count() == 100
    assert len(reported()) > 50
    assert looking.alarms().count() > 10
