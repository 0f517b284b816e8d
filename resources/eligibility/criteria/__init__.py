"""The rules that are understood, in the order in which they are told.

To add one is to write a class like these in a file of its own, and to name it here.
"""

from __future__ import annotations

from resources.eligibility.criteria.age import AgeCriterion
from resources.eligibility.criteria.area import AreaCriterion
from resources.eligibility.criteria.base import Criterion
from resources.eligibility.criteria.condition import ConditionCriterion
from resources.eligibility.criteria.income import IncomeCriterion
from resources.eligibility.criteria.insurance import InsuranceCriterion
from resources.eligibility.criteria.medicine import MedicineCriterion

CRITERIA: tuple[Criterion, ...] = (
    InsuranceCriterion(),
    IncomeCriterion(),
    ConditionCriterion(),
    MedicineCriterion(),
    AreaCriterion(),
    AgeCriterion(),
)

__all__ = ["CRITERIA", "Criterion"]
