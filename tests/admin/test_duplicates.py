"""Likely pairs at the desk: compared, told apart, merged, undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from resources import duplicates
from resources.models import Batch, LikelyPair, Organisation
from tests import make
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db

LIST = "/admin/duplicates/"


@pytest.fixture
def pair() -> tuple[Organisation, Organisation]:
    both = (
        make.organisation(name="Ride Aid", city="Ames", website="https://ride.example"),
        make.organisation(name="Ride-Aid", city="Salem", website="https://ride.example"),
    )
    duplicates.find_all(Organisation)
    return both


def page_of(pair: tuple[Organisation, Organisation]) -> str:
    return f"{LIST}organisation/{pair[0].pk}/{pair[1].pk}/"


def test_a_pair_is_compared_merged_and_undone(publisher: Client, pair: Any) -> None:
    assert "like names, a website" in words_of(publisher.get(LIST))
    page = publisher.get(page_of(pair))
    assert "City" in words_of(page)
    sent = {**form_of(page), "take-city": "other"}
    answer = publisher.post(page_of(pair), sent, follow=True)

    assert "They are one now." in words_of(answer)
    assert Organisation.objects.get(pk=pair[0].pk).city == "Salem"
    assert "No pair waits." in words_of(publisher.get(LIST))
    publisher.post(f"/admin/batches/{Batch.objects.get().pk}/")
    assert Organisation.objects.get(pk=pair[0].pk).city == "Ames"
    assert Organisation.objects.get(pk=pair[1].pk).is_published


def test_two_that_are_not_one_are_not_proposed_again(publisher: Client, pair: Any) -> None:
    publisher.post(LIST, {"deed": f"apart:{LikelyPair.objects.get().pk}"})
    publisher.post(LIST, {"deed": "look"})

    assert "No pair waits." in words_of(publisher.get(LIST))


def test_who_looked_before_somebody_saved_looks_again(publisher: Client, pair: Any) -> None:
    sent = {"version": pair[0].version, "other_version": pair[1].version - 1}
    answer = publisher.post(page_of(pair), sent)

    assert "Somebody saved it since you looked." in words_of(answer)
    assert not Batch.objects.exists()


def test_while_a_name_is_typed_what_there_is_already_is_shown(editor: Client, pair: Any) -> None:
    answer = editor.get(f"{LIST}like/organisation/", {"name": "ride aid"})
    assert "Ride Aid" in words_of(answer)
    assert (
        f"{LIST}like/organisation/"
        in editor.get("/admin/resources/organisation/add/").content.decode()
    )
    assert editor.get(f"{LIST}like/nonsense/").status_code == 404


def test_without_scripts_it_is_said_after_the_first_save(editor: Client, pair: Any) -> None:
    page = editor.get("/admin/resources/organisation/add/")
    sent = {
        **form_of(page),
        "name": ["Ride Aid Co"],
        "category": ["cancer_society"],
        "_save": ["x"],
    }
    answer = editor.post("/admin/resources/organisation/add/", sent, follow=True)

    assert "There is already one with a like name." in words_of(answer)


@pytest.mark.parametrize("deed", ["", "apart:x", "apart:999999", "nonsense"])
def test_deeds_that_make_no_sense_are_not_found(publisher: Client, pair: Any, deed: str) -> None:
    assert publisher.post(LIST, {"deed": deed}).status_code == 404


def test_an_editor_compares_and_decides_nothing(editor: Client, pair: Any) -> None:
    assert editor.get(page_of(pair)).status_code == 200
    assert editor.post(page_of(pair)).status_code == 403
    assert editor.post(LIST, {"deed": "look"}).status_code == 403
