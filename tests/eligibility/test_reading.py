"""A fund's rules: its own, and what it takes from its programme with all that belongs to it."""

from __future__ import annotations

from typing import Any

import pytest

from resources.eligibility import Rules
from resources.eligibility.reading import rules_of
from resources.models import Resource
from tests import make

pytestmark = pytest.mark.django_db


def of_a_fund(programme: dict[str, Any], **own: Any) -> Rules:
    made = make.resource(**programme)
    fund = make.resource(organisation=made.organisation, part_of=made, **own)
    return rules_of(Resource.objects.with_parts().get(pk=fund.pk), "en")


def test_a_fund_without_an_insurance_rule_is_tied_to_insurance_as_its_programme_is() -> None:
    programme = {"insurance_rule": "any", "insurance_required": True}

    assert of_a_fund(programme).only_with_insurance
    assert not of_a_fund(programme, insurance_rule="any").only_with_insurance


def test_a_fund_in_its_programmes_states_is_as_narrow_as_that() -> None:
    programme = {"states": ("OH",), "area_partial": True, "area_note": "Only Cuyahoga County"}
    rules = of_a_fund(programme, area_kind="states")

    assert rules.states == {"OH"}
    assert (rules.area_partial, rules.area_note) == (True, "Only Cuyahoga County")


def test_a_fund_with_its_own_states_is_not_explained_by_its_programmes_note() -> None:
    programme = {"states": ("OH",), "area_partial": True, "area_note": "Only Cuyahoga County"}
    rules = of_a_fund(programme, states=("TX",), area_partial=True)

    assert (rules.area_partial, rules.area_note) == (True, "")


def test_a_national_fund_is_not_narrowed_by_its_programmes_states() -> None:
    programme = {"states": ("OH",), "area_partial": True}

    assert not of_a_fund(programme, area_kind="national").area_partial


def test_a_funds_own_note_stands_beside_its_programmes_limit() -> None:
    programme = {"income_rule": "fpl_percent", "income_limit_percent": 300}
    rules = of_a_fund(programme, income_note="Veterans: no limit.")

    assert (rules.income.percent, rules.income_note) == (300, "Veterans: no limit.")
