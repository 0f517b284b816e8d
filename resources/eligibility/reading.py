"""Rules from a resource's rows, and knowledge from the sets in memory."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from resources.eligibility.guidelines import Guideline, Guidelines
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.rules import Rules
from resources.models import PovertyGuideline, Resource, State
from resources.models.limits import Ages, IncomeLimit
from resources.search.sets import Directory
from resources.translations import wording


def rules_of(resource: Resource, language: str) -> Rules:
    """The rules of a resource, what it leaves blank from its programme; notes in this language."""

    def note(field: str, *beside: str) -> str:
        owner = resource.who_states(field, *beside)
        return str(wording(owner, field, getattr(owner, field), language))

    where = resource.who_states("states")
    is_national = resource.area_kind == Resource.AreaKind.NATIONAL
    ill, income = resource.who_states("conditions"), resource.who_states("income_rule")
    aged = resource.who_states("age_min", "age_max")
    return Rules(
        is_national=is_national,
        states=frozenset(state.code for state in where.states.all()),
        area_partial=resource.area_partial or (where.area_partial and not is_national),
        area_note=note("area_note", "states"),
        conditions=_slugs(resource, "conditions"),
        condition_partial=resource.condition_partial or ill.condition_partial,
        conditions_note=note("conditions_note", "conditions"),
        medicines=_slugs(resource, "medicines"),
        medicines_note=note("medicines_note", "medicines"),
        makers=frozenset(resource.organisation.makers),
        insurance_rule=resource.who_states("insurance_rule").insurance_rule,
        insurance=_slugs(resource, "insurance"),
        only_with_insurance=resource.only_with_insurance,
        income=limit_of(income),
        income_note=note("income_note", "income_rule"),
        ages=Ages(aged.age_min, aged.age_max),
    )


def _slugs(resource: Resource, relation: str) -> frozenset[str]:
    terms = getattr(resource.who_states(relation), relation).all()
    return frozenset(term.slug for term in terms)


def limit_of(owner: Resource) -> IncomeLimit:
    """The income limit that a resource states itself."""
    rows = owner.dollar_limits.all() if owner.income_rule == "dollar_table" else ()
    return IncomeLimit(
        owner.income_rule,
        owner.income_limit_percent,
        owner.income_limit_year,
        tuple((row.household_size, row.dollars) for row in rows),
    )


def knowledge_of(directory: Directory, language: str) -> Knowledge:
    """What is known in this edition and on its day, with names for a reader of this language."""
    trees: Mapping[str, Any] = {
        "condition": directory.conditions,
        "insurance": directory.insurance,
    }

    def term(facet: str, slug: str) -> Any:
        return directory.terms[facet].get(slug)

    def related(condition: str) -> Collection[str]:
        known = term("condition", condition)
        return known.related if known else ()

    def makers(medicine: str) -> Collection[str]:
        known = term("medicine", medicine)
        return known.makers if known else ()

    def name(facet: str, slug: str) -> str:
        known = term(facet, slug)
        return known.in_language(language) if known else slug

    return Knowledge(
        above=lambda facet, slug: trees[facet].above(slug),
        below=lambda facet, slug: trees[facet].below(slug),
        related=related,
        makers=makers,
        name=name,
        tables=directory.remembered("guideline tables", _tables),
        guidelines=guidelines_of(directory),
    )


def guidelines_of(directory: Directory) -> Guidelines:
    """The guidelines of the directory's day, read once an edition."""
    return directory.remembered("guidelines", lambda: guidelines_on(directory.today))


def _tables() -> dict[str, str]:
    return dict(State.objects.values_list("code", "guideline_table"))


def guidelines_on(day: dt.date) -> Guidelines:
    """The guidelines in force on this day or before that were seen in their source. One query."""
    found: dict[str, dict[int, Guideline]] = defaultdict(dict)
    for row in PovertyGuideline.objects.filter(verified=True, effective__lte=day):
        found[row.table][row.year] = Guideline(
            row.year, row.first_person, row.each_additional, row.source
        )
    return Guidelines(day, dict(found))
