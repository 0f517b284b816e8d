"""Explaining one resource and sorting all of them by sets come to the same."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources import publishing
from resources.eligibility import Answers, Chance, Rules, judge, sort
from resources.eligibility.reading import knowledge_of, rules_of
from resources.models import DollarLimit, Edition, Medicine, Organisation, Resource
from resources.models.vocabulary import Condition, Insurance, State
from resources.search import sets
from resources.search.facets import UNINSURED
from tests import make
from tests.search.test_sets import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

CONDITIONS = (
    *("any-illness", "any-cancer", "leukemia", "chronic-myeloid-leukemia", "breast-cancer"),
    *("lupus", "childhood-cancer"),
)
MEDICINES = ("imatinib", "pembrolizumab", "palbociclib", "nilotinib")
INSURANCE = (
    *(UNINSURED, "insured", "underinsured", "private", "employer", "medicare", "medicare_part_d"),
    *("medicaid", "dual_eligible", "coverage_pending"),
)
STATES = ("OH", "TX", "AK", "HI", "PR")
MAKERS = ("Novartis", "Merck", "Pfizer")


def some(dice: Random, values: tuple[str, ...], most: int = 2) -> tuple[str, ...]:
    return tuple(dice.sample(values, dice.randint(0, most)))


def a_resource(dice: Random, organisations: list[Organisation]) -> Resource:
    """One with any rules, often a fund of another."""
    income = dice.choice(["none", "fpl_percent", "dollar_table", "described", "not_stated"])
    ages = sorted(dice.sample(range(90), 2))
    programmes = list(Resource.objects.filter(organisation__in=organisations, part_of=None)[:5])
    made = make.resource(
        published=False,
        organisation=dice.choice(organisations),
        part_of=dice.choice(programmes) if programmes and dice.random() < 0.5 else None,
        needs=some(dice, ("copay", "premiums", "rides")),
        conditions=some(dice, CONDITIONS),
        medicines=some(dice, MEDICINES),
        insurance=some(dice, INSURANCE),
        states=some(dice, STATES),
        area_partial=dice.random() < 0.3,
        condition_partial=dice.random() < 0.3,
        insurance_required=dice.random() < 0.2,
        income_rule=income,
        income_limit_percent=dice.choice([138, 250, 400]) if income == "fpl_percent" else None,
        income_limit_year=dice.choice([None, 2025, 2026]),
        age_min=dice.choice([None, ages[0]]),
        age_max=dice.choice([None, ages[1]]),
    )
    if dice.random() < 0.3:
        made.insurance_rule = dice.choice(["any", "not_stated", "listed"])
        made.save()
    if income == "dollar_table":
        DollarLimit.objects.bulk_create(
            DollarLimit(resource=made, household_size=size, dollars=dice.randint(1, 9) * 10_000)
            for size in range(1, dice.randint(1, 5))
        )
    publishing.publish(by="test", entries=[made])
    return made


@pytest.fixture
def known() -> tuple[sets.Directory, dict[int, Rules]]:
    """The real resources and invented ones with any rules, as sets and as rules."""
    dice = Random(4)
    for slug in CONDITIONS:
        assert Condition.objects.filter(slug=slug).exists(), slug
    for model, slugs in ((Medicine, MEDICINES), (Insurance, INSURANCE)):
        assert model.objects.filter(slug__in=slugs).count() == len(slugs)
    assert State.objects.filter(code__in=STATES).count() == len(STATES)
    organisations = [make.organisation(makers=list(some(dice, MAKERS))) for _one in range(4)]
    for _one in range(60):
        a_resource(dice, organisations)
    directory = sets.build(Edition.current(), TODAY)
    rows = Resource.objects.published().exclude(lifecycle="ended").with_parts()
    return directory, {row.pk: rules_of(row, "en") for row in rows}


NUMBERS: dict[str, Any] = {
    "household_size": st.integers(1, 12),
    "yearly_income": st.integers(0, 120_000) | st.sampled_from([39_900, 64_920, 47_880]),
    "age": st.integers(0, 120),
}


@st.composite
def anybody(draw: st.DrawFn) -> Answers:
    """Somebody who says some things of themselves."""
    covered = tuple(kind for kind in INSURANCE if kind != UNINSURED)
    insurance = st.just((UNINSURED,)) | st.lists(st.sampled_from(covered), max_size=3).map(tuple)
    return Answers(
        conditions=tuple(draw(st.lists(st.sampled_from(CONDITIONS[1:]), max_size=2))),
        medicines=tuple(draw(st.lists(st.sampled_from(MEDICINES), max_size=2))),
        insurance=draw(insurance),
        state=draw(st.sampled_from(("", *STATES))),
        **{name: draw(st.none() | numbers) for name, numbers in NUMBERS.items()},
    )


def test_sets_and_reasons_agree_on_every_resource(
    known: tuple[sets.Directory, dict[int, Rules]],
) -> None:
    directory, rules = known
    knowledge = knowledge_of(directory, "en")
    assert set(rules) == set(directory.offered)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(anybody())
    def holds(answers: Answers) -> None:
        groups = sort(directory, answers, knowledge)
        sorted_so = {
            **dict.fromkeys(groups.likely, Chance.LIKELY),
            **dict.fromkeys(groups.check, Chance.CHECK),
            **dict.fromkeys(groups.unlikely, Chance.UNLIKELY),
        }
        assert sorted_so == {
            pk: judge(rules_of_one, answers, knowledge).chance for pk, rules_of_one in rules.items()
        }

    holds()
