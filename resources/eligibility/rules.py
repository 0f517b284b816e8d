"""What the pages of a resource say of who may get it, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from resources.models.limits import NO_AGES, NO_LIMIT_STATED, Ages, IncomeLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one resource. Terms are slugs, states codes; notes are in the reader's language.

    Of a fund they are its programme's where it states none itself.
    """

    is_national: bool = True
    states: frozenset[str] = frozenset()
    area_partial: bool = False
    area_note: str = ""
    conditions: frozenset[str] = frozenset()
    condition_partial: bool = False
    conditions_note: str = ""
    medicines: frozenset[str] = frozenset()
    medicines_note: str = ""
    makers: frozenset[str] = frozenset()
    insurance_rule: str = "not_stated"
    insurance: frozenset[str] = frozenset()
    only_with_insurance: bool = False
    income: IncomeLimit = NO_LIMIT_STATED
    income_note: str = ""
    ages: Ages = NO_AGES
