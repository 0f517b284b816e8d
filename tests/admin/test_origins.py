"""Whence an entry was taken, at the desk."""

from __future__ import annotations

import pytest
from django.test import Client

from resources.interchange.intake.saving import Saver, Wishes
from resources.interchange.intake.taken import Taken
from resources.models import Organisation
from tests import make
from tests.admin.browser_form import words_of

pytestmark = pytest.mark.django_db

ORGANISATIONS = "/admin/resources/organisation/"


@pytest.fixture
def taken() -> Organisation:
    said = {"name": "Rides of Ohio", "category": "other"}
    record = Taken(Organisation, "a-17", said, "organizations.csv", "line 3")
    Saver(Wishes("neighbors")).save([record], lambda _done: None)
    return Organisation.objects.get()


def test_the_form_says_whence_it_was_taken(publisher: Client, taken: Organisation) -> None:
    words = words_of(publisher.get(f"{ORGANISATIONS}{taken.pk}/change/"))

    assert "Taken from neighbors on " in words
    assert "(organizations.csv line 3, its id there: a-17)" in words


def test_a_list_can_be_narrowed_to_what_came_from_a_source(
    publisher: Client, taken: Organisation
) -> None:
    make.organisation(name="Beds")

    page = publisher.get(ORGANISATIONS, {"from": "neighbors"})
    assert list(page.context["cl"].queryset) == [taken]
    assert "neighbors" in words_of(publisher.get(ORGANISATIONS))


def test_where_nothing_was_taken_from_anybody_there_is_no_such_filter(publisher: Client) -> None:
    make.organisation()

    assert "By source of an import" not in words_of(publisher.get(ORGANISATIONS))
