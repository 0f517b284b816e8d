""" "Could this be for me?" on a resource's page: it asks what its rules need, and answers there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from resources.eligibility import Rules, questions
from resources.models import Resource
from resources.models.limits import Ages, IncomeLimit
from tests import make
from tests.views.page import Page, get, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def post(path: str, **said: Any) -> Any:
    client = Client(headers={"host": "localhost"})
    with override("en"):
        response = client.post(path, said)
    assert not client.cookies
    return response


def box(page: Page) -> str:
    found = re.search(r'<section[^>]*id="for-me".*?</section>', page.html, re.DOTALL)
    return found[0] if found else ""


def answer(path: str, **said: Any) -> str:
    response = post(path, **said)
    assert response.status_code == 200
    return box(Page(response.content.decode()))


@pytest.fixture
def address() -> str:
    return Resource.objects.get(name="Komen Financial Assistance Program").get_absolute_url()


def test_it_asks_only_what_this_resources_rules_need(address: str) -> None:
    asked = box(read(address))

    assert 'name="illness"' in asked
    assert 'name="income"' in asked
    assert 'name="age"' not in asked
    assert 'name="medicine"' not in asked
    assert 'name="need"' not in asked


def test_it_answers_in_place_with_the_reasons_and_keeps_what_was_said(address: str) -> None:
    found = answer(address, illness="breast cancer", place="Ohio", people="2", income="40k")

    assert "Likely" in found
    assert "The limit for 2 people is $64,920 a year. You said $40,000." in found
    assert 'value="40k"' in found


def test_a_slip_is_said_beside_its_field_and_nothing_else_is_lost(address: str) -> None:
    found = answer(address, illness="breast cancer", people="0")

    assert "Count yourself too" in found
    assert 'value="breast cancer"' in found
    assert "Likely" not in found


def test_an_empty_answer_says_what_is_missing(address: str) -> None:
    assert "Check" in answer(address)


def test_the_answer_may_be_kept_by_nobody(address: str) -> None:
    response = post(address, income="40k")

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_what_has_no_rule_to_ask_about_asks_nothing() -> None:
    resource = make.resource(conditions=("any-illness",), insurance_rule="any", income_rule="none")

    assert not box(read(resource.get_absolute_url()))


def test_what_has_ended_asks_nothing() -> None:
    resource = make.resource(lifecycle="ended", age_min=18)

    assert not box(read(resource.get_absolute_url()))


def test_another_site_cannot_send_answers(address: str) -> None:
    client = Client(headers={"host": "localhost", "origin": "https://elsewhere.example"})

    assert client.post(address, {"age": "3"}).status_code == 403
    assert get(address).status_code == 200


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, []),
        ({"conditions": frozenset({"any-illness"})}, []),
        ({"insurance_rule": "any"}, []),
        ({"insurance_rule": "any", "only_with_insurance": True}, ["insurance"]),
        ({"income": IncomeLimit("described")}, []),
        ({"income": IncomeLimit("dollar_table")}, ["household_size", "yearly_income"]),
        ({"makers": frozenset({"novartis"})}, ["medicines"]),
        ({"ages": Ages(18, None), "is_national": False, "states": frozenset({"OH"})},
         ["state", "age"]),
    ],
)  # fmt: skip
def test_the_questions_of_some_rules(rules: dict[str, Any], expected: list[str]) -> None:
    assert questions(Rules(**rules)) == expected
