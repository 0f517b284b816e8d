"""A resource's rules at the desk: as a reader sees them, what is doubtful, and a trial."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from resources.models import PovertyGuideline, Resource
from tests import make
from tests.admin.browser_form import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guideline() -> None:
    PovertyGuideline.objects.create(
        year=2026,
        table="48+DC",
        first_person=15_960,
        each_additional=5_680,
        effective="2026-01-13",
        source="91 FR 1797",
        verified=True,
    )


def limited(**fields: Any) -> Resource:
    make.state("OH", name="Ohio", guideline_table="48+DC")
    return make.resource(
        **{"income_rule": "fpl_percent", "income_limit_percent": 300, "age_min": 18, **fields}
    )


def rules_of(resource: Resource) -> str:
    return f"/admin/resources/resource/{resource.pk}/rules/"


def test_a_curator_sees_the_rules_as_a_reader_does(editor: Client) -> None:
    words = words_of(editor.get(rules_of(limited())))

    assert "1 person $47,880" in words
    assert "18 or older." in words


def test_it_says_where_words_and_rules_seem_to_disagree(publisher: Client) -> None:
    resource = limited(income_note="250% of poverty")
    doubt = "The words name 250%, the limit is 300%."

    assert doubt in words_of(publisher.get(rules_of(resource)))
    assert doubt in words_of(publisher.get(f"/admin/resources/resource/{resource.pk}/change/"))


def test_a_trial_says_what_a_reader_would_be_told(publisher: Client) -> None:
    said = {"place": "Ohio", "people": "2", "income": "70k", "age": "40"}
    response = publisher.post(rules_of(limited()), said)
    words = words_of(response)

    assert "Probably not" in words
    assert "The limit for 2 people is $64,920 a year. You said $70,000." in words
    assert "no-store" in response.headers["Cache-Control"]


def test_a_trial_of_what_nobody_could_answer_says_what_to_write(publisher: Client) -> None:
    assert "Count yourself too" in words_of(publisher.post(rules_of(limited()), {"people": "0"}))


def test_a_resource_without_rules_has_nothing_to_try(publisher: Client) -> None:
    resource = make.resource(insurance_rule="any", income_rule="none")

    assert "No rule of it depends" in words_of(publisher.get(rules_of(resource)))


def test_a_draft_can_be_tried_before_it_is_public(editor: Client) -> None:
    assert "Try it" in words_of(editor.get(rules_of(limited(published=False))))


def test_strangers_and_what_is_not_there(publisher: Client) -> None:
    assert Client().get(rules_of(limited())).status_code == 302
    assert publisher.get("/admin/resources/resource/999999/rules/").status_code == 404
