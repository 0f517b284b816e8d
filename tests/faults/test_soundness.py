"""What `make attack-faults` looks at, each broken once on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from resources.models import Edition, Publication, Resource, SearchName
from resources.search import text
from tests import make
from tests.faults import inside, soundness

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource() -> Resource:
    made = make.resource(name="Rides to the clinic", needs=("rides",), award="$5")
    soundness.store_sets()
    return made


def a_word_too_few(resource: Resource) -> None:
    text.remove("resource", [resource.pk])


def a_name_too_many(resource: Resource) -> None:
    SearchName.objects.create(key="nobody", organisation_pk=resource.organisation_id)


def a_save_that_nobody_recorded(resource: Resource) -> None:
    Resource.objects.filter(pk=resource.pk).update(award="$6")


def a_record_of_what_was_not_saved(resource: Resource) -> None:
    row = Publication.objects.of(resource).get()
    row.pk, row.version = None, row.version + 1
    row.save()


def an_edition_that_nothing_raised(_resource: Resource) -> None:
    Edition.objects.update(number=1_000)


def sets_of_another_time(resource: Resource) -> None:
    resource.needs.clear()


def a_constraint_that_does_not_hold(resource: Resource) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end is looked at
            cursor.execute(
                "ALTER TABLE resources_resource ADD CONSTRAINT odd CHECK (id > 0) NOT VALID"
            )
        else:
            cursor.execute("PRAGMA ignore_check_constraints = on")
            cursor.execute("UPDATE resources_edition SET id = 2")
            cursor.execute("PRAGMA ignore_check_constraints = off")


def test_it_finds_nothing_where_all_is_well(resource: Resource) -> None:
    assert soundness.unsound() == []


@pytest.mark.parametrize(
    ("break_it", "check"),
    [
        (a_word_too_few, "text_index"),
        (a_name_too_many, "text_index"),
        (a_save_that_nobody_recorded, "record"),
        (a_record_of_what_was_not_saved, "record"),
        (an_edition_that_nothing_raised, "record"),
        (sets_of_another_time, "search_sets"),
        (a_constraint_that_does_not_hold, "database"),
    ],
    ids=lambda given: getattr(given, "__name__", given),
)
def test_it_sees(resource: Resource, break_it: Callable[[Resource], None], check: str) -> None:
    break_it(resource)
    assert any(line.startswith(f"{check}: ") for line in soundness.unsound())


def test_it_misses_a_save_and_a_report_that_were_acknowledged(resource: Resource) -> None:
    acknowledged = {"saved": ["$5", "$7"], "reported": ["wrong"]}
    assert inside.look(acknowledged) == ["lost: $7", "lost: wrong"]
