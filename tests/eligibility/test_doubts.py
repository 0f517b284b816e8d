"""Where words and rules seem to disagree."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from resources.eligibility.doubts import doubts
from tests import make

pytestmark = pytest.mark.django_db

LIMITED: dict[str, Any] = {"income_rule": "fpl_percent", "income_limit_percent": 300}


def said(**fields: Any) -> list[str]:
    with override("en"):
        return doubts(make.resource(**fields))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({**LIMITED, "income_note": "300% of poverty"}, []),
        (
            {**LIMITED, "income_note": "250% of poverty"},
            ["The words name 250%, the limit is 300%."],
        ),
        (
            {"eligibility_notes": "Up to 400% of the poverty level."},
            ["The words name 400% of income, and no rule does."],
        ),
        ({"income_rule": "described", "income_note": "From 150% to 250% of poverty"}, []),
        (
            {**LIMITED, "income_note": "From 150% to 250% of poverty"},
            ["The words name 150%, 250%, the limit is 300%."],
        ),
        ({"eligibility_notes": "Pays 80% of the bill."}, []),
        (
            {"income_rule": "described", "income_note": "Open to all incomes"},
            ["The words say that there is no income limit, the rule does not."],
        ),
        ({"income_rule": "none", "income_note": "No income limit"}, []),
        (
            {"insurance": ("medicare",), "eligibility_notes": "For uninsured people too"},
            ["The words speak of people without insurance, the list does not."],
        ),
        ({"insurance": ("uninsured",), "eligibility_notes": "For uninsured people"}, []),
        (
            {"insurance": ("uninsured",), "summary": "For the underinsured"},
            ["The words speak of people with too little insurance, the list does not."],
        ),
        (
            {"insurance_rule": "any", "eligibility_notes": "You must have health insurance"},
            ["The words say that one must have insurance, the rule takes any or none."],
        ),
        (
            {"eligibility_notes": "Adults 18 or older"},
            ["The words name an age (18), and no rule does."],
        ),
        ({"eligibility_notes": "Adults 18 or older", "age_min": 18}, []),
        ({"eligibility_notes": "Diagnosed in the last 24 months, under 50 miles away"}, []),
        (
            {"insurance": ("uninsured",), "insurance_required": True},
            ["It lists people without insurance, but helps only together with insurance."],
        ),
    ],
)
def test_what_a_curator_is_asked_to_look_at(fields: dict[str, Any], expected: list[str]) -> None:
    assert said(**fields) == expected


def test_a_funds_own_words_are_held_against_its_programmes_rule() -> None:
    programme = make.resource(**LIMITED)
    fund = make.resource(part_of=programme, income_note="400% of poverty")

    with override("en"):
        assert doubts(fund) == ["The words name 400%, the limit is 300%."]
