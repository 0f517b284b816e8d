"""What our own profile says of a service besides: `resources.hsds.profile`, read backwards.

What a fund takes from its programme is left out, so that it goes on taking it.
"""

from __future__ import annotations

from typing import Any

from resources.documents import Document
from resources.hsds.profile import INHERITED
from resources.interchange.intake.hsds.areas import NARROWER
from resources.interchange.intake.hsds.fields import Fields
from resources.interchange.intake.hsds.shared import chosen
from resources.models import Resource

# A fact that is a programme's -> the fields of a document that are blank then.
BLANK: dict[str, Document] = {
    "needs": {"needs": []},
    "conditions": {"conditions": [], "conditions_note": "", "condition_partial": False},
    "medicines": {"medicines": [], "medicines_note": ""},
    "insurance": {"insurance_rule": "not_stated", "insurance": []},
    "income": {
        "income_rule": "not_stated",
        "income_limit_percent": None,
        "income_limit_year": None,
        "dollar_limits": [],
    },
    "income_note": {"income_note": ""},
    "ages": {"age_min": None, "age_max": None},
    "immigration": {"immigration_rule": ""},
    "residency": {"residency_note": ""},
    "treatment": {"treatment_note": ""},
    "award": {"award": "", "paid_to": ""},
    "application": {"how_to_apply": []},
    "who_may_apply": {"who_may_apply": None},
    "windows": {"windows": ""},
    "renewal": {"renewal": ""},
    "use_by": {"use_by": ""},
    "decision_time": {"decision_time": ""},
    "costs": {"costs": ""},
    "url": {"url": ""},
    "apply_url": {"apply_url": ""},
    "status_page_url": {"status_page_url": ""},
    "area": {"states": []},
    "area_note": {"area_note": ""},
    "phones": {"phones": []},
    "documents": {"documents": []},
    "languages": {"languages": [], "languages_note": ""},
}
assert BLANK.keys() == INHERITED.keys()  # noqa: S101 - what is written is read


def said(own: Fields, document: Document) -> Document:
    """The fields that the profile says, and those that it says are a programme's."""
    application, award = own.inner("application"), own.inner("award")
    illnesses, medicines = own.inner("illnesses"), own.inner("medicines")
    residency, insurance = own.inner("residency"), own.inner("insurance")
    note = document["area_note"]
    since = own.day("lifecycle_since")
    found: Document = {
        "slug": own.text("slug"),
        "part_of": own.text("part_of") or None,
        "lifecycle": chosen(own.text("lifecycle"), Resource.Lifecycle, "running"),
        "lifecycle_since": since.isoformat() if since else None,
        "urgent": own.flag("urgent"),
        "takes_anyone": own.flag("takes_anyone"),
        "conditions_note": illnesses.text("note"),
        "condition_partial": illnesses.flag("narrower_than_tagged"),
        "medicines_note": medicines.text("note"),
        "insurance_rule": chosen(
            insurance.text("rule"), Resource.InsuranceRule, Resource.InsuranceRule.NOT_STATED.value
        ),
        "insurance_required": insurance.flag("stated_only_with_insurance"),
        **_income(own.inner("income")),
        "immigration_rule": chosen(residency.text("immigration_rule"), Resource.ImmigrationRule),
        "residency_note": residency.text("note"),
        "area_partial": residency.flag("narrower_than_area"),
        "area_note": "" if note == NARROWER else note,
        "treatment_note": own.text("treatment"),
        "eligibility_notes": own.text("eligibility_notes"),
        "award": award.text("what"),
        "paid_to": chosen(award.text("paid_to"), Resource.PaidTo),
        "how_to_apply": _some(application.texts("ways"), Resource.HowToApply),
        "who_may_apply": _some(application.texts("who_may_apply"), Resource.Applicant) or None,
        "clinic_must_apply": application.flag("clinic_must_apply"),
        "windows": application.text("windows"),
        "renewal": application.text("renewal"),
        "use_by": application.text("use_by"),
        "languages_note": own.text("languages_note"),
        **_fund(own.inner("fund_status")),
        "year_of_facts": own.inner("provenance").number("newest_year_of_facts"),
    }
    taken = own.inner("provenance").raw("taken_from")
    for fact in taken if isinstance(taken, dict) else {}:
        found |= BLANK.get(fact, {})
    return found


def _income(income: Fields) -> Document:
    rule = chosen(income.text("rule"), Resource.IncomeRule, Resource.IncomeRule.NOT_STATED.value)
    table: dict[str, Any] = {}
    if rule == Resource.IncomeRule.DOLLAR_TABLE:
        for row in income.rows("dollars_a_year"):
            by_household = row.raw("by_household")
            table |= by_household if isinstance(by_household, dict) else {}
    sizes = sorted(int(size) for size in table if size.isdecimal())
    percent = income.number("percent_of_guideline")
    return {
        "income_rule": rule,
        "income_limit_percent": percent if rule == Resource.IncomeRule.FPL_PERCENT else None,
        "income_limit_year": income.number("year_confirmed"),
        "income_note": income.text("note"),
        "dollar_limits": [{"household_size": size, "dollars": table[str(size)]} for size in sizes],
    }


def _fund(fund: Fields) -> Document:
    seen_on, days = fund.day("seen_on"), fund.number("counts_for_days")
    found: Document = {
        "fund_status": chosen(fund.text("seen"), Resource.FundStatus, "unknown"),
        "fund_status_seen_on": seen_on.isoformat() if seen_on else None,
        "fund_status_precision": chosen(fund.text("precision"), Resource.Precision),
    }
    return found if days is None else {**found, "fund_status_days": days}


def _some(values: list[str], choices: Any) -> list[str]:
    return [value for value in values if value in choices.values]
