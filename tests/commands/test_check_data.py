"""`manage.py check_data`: a report for people, one for machines, and a gate."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests import make

pytestmark = pytest.mark.django_db


def run(**options: object) -> str:
    out = StringIO()
    call_command("check_data", stdout=out, **options)
    return out.getvalue()


def test_it_groups_what_it_finds_under_headings() -> None:
    make.organisation(slug="house")

    assert (
        "Organizations without phone, website or email (no-contact): 1\n"
        "  organisation/house: active\n"
    ) in run()


def test_it_says_of_every_kind_that_there_is_none() -> None:
    assert "Entries without a source (no-source): none" in run()


def test_it_shows_so_many_of_a_kind_and_counts_the_rest() -> None:
    for _number in range(3):
        make.organisation()

    assert run(only=["no-contact"], most=2).endswith("  … and 1 more\n")


def test_it_tells_machines_the_same() -> None:
    make.organisation(slug="house")

    told = json.loads(run(json=True))
    assert told["no-contact"] == [{"where": "organisation/house", "says": "active"}]
    assert told["circle"] == []


def test_it_fails_only_on_what_it_is_asked_to_fail_on() -> None:
    make.organisation()

    run(fail_on=["circle"])
    with pytest.raises(SystemExit) as ended:
        run(fail_on=["circle", "no-contact"])
    assert ended.value.code == 1
