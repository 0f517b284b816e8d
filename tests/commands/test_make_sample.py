"""`manage.py make_sample`: adds, never where people work unless told to."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from resources import publishing
from resources.models import Curator, Organisation, Resource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


@pytest.fixture
def worked() -> None:
    entry = Organisation.objects.all()[0]
    entry.city = "Dayton"
    entry.save()
    publishing.publish(by=Curator.objects.create_user("ann"), entries=[entry])


def run(**options: object) -> str:
    out = StringIO()
    call_command("make_sample", stdout=out, **options)
    return out.getvalue()


def test_it_adds_so_many_resources() -> None:
    said = run(resources=10)

    assert re.fullmatch(r"10 of 10\n10 new resources, all of them invented, in \d+ s\.\n", said)
    assert Resource.objects.count() == 347 + 10


def test_it_adds_nothing_the_second_time() -> None:
    run(resources=10)

    assert run(resources=10).startswith("0 new resources, all of them invented")


def test_it_refuses_where_curators_have_worked(worked: None) -> None:
    with pytest.raises(CommandError, match="Curators have worked in this directory"):
        run(resources=10)


def test_it_can_be_told_to_all_the_same(worked: None) -> None:
    run(resources=10, yes=True)

    assert Resource.objects.count() == 347 + 10


def test_it_wants_at_least_one() -> None:
    with pytest.raises(CommandError, match="ask for at least one"):
        run(resources=0)
