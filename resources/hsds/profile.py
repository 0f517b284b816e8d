"""What HSDS cannot say, under one name of ours in each document: `support_directory`.

`profile_schemas` describes it, and a test holds every document to them. A field that changes its
meaning raises the first number of `VERSION`, a new one the second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from resources.eligibility.guidelines import ELSEWHERE, MAIN_TABLE, Guidelines
from resources.hsds.loading import Witnessed
from resources.hsds.telling import Document, Telling, without_blanks
from resources.models import Entry, Organisation, Phone, Resource, StatusSighting
from resources.search.facets import INSURED, UNDERINSURED, UNINSURED

VERSION = "1.1"

# Of a percentage of the guideline, dollars are told for households up to this size.
PEOPLE = range(1, 9)

# What a fund may take from its programme; asked for together where it belongs together.
INHERITED: Mapping[str, tuple[str, ...]] = {
    "needs": ("needs",),
    "conditions": ("conditions", "conditions_note"),
    "medicines": ("medicines", "medicines_note"),
    "insurance": ("insurance_rule", "insurance"),
    "income": ("income_rule",),
    "income_note": ("income_rule", "income_note"),
    "ages": ("age_min", "age_max"),
    "immigration": ("immigration_rule",),
    "residency": ("residency_note",),
    "treatment": ("treatment_note",),
    "award": ("award", "paid_to"),
    "application": ("how_to_apply",),
    "who_may_apply": ("who_may_apply",),
    "windows": ("windows",),
    "renewal": ("renewal",),
    "use_by": ("use_by",),
    "decision_time": ("decision_time",),
    "costs": ("costs",),
    "url": ("url",),
    "apply_url": ("apply_url",),
    "status_page_url": ("status_page_url",),
    "area": ("states",),
    "area_note": ("area_note", "states"),
    "phones": ("phones",),
    "documents": ("documents",),
    "languages": ("languages", "languages_note"),
}


def of_service(
    resource: Resource, seen: Witnessed, guidelines: Guidelines, telling: Telling
) -> Document:
    """What the profile says of a service."""
    part_of = resource.part_of
    since = resource.lifecycle_since
    return without_blanks(
        {
            "profile_version": VERSION,
            "slug": resource.slug,
            "lifecycle": resource.lifecycle,
            "lifecycle_since": since.isoformat() if since else None,
            "part_of": str(part_of.public_id) if part_of else None,
            "urgent": resource.urgent,
            "takes_anyone": resource.takes_anyone,
            "fund_status": _fund_status(resource, seen.sightings, telling),
            "illnesses": _noted(resource, "conditions", "condition_partial"),
            "medicines": _noted(resource, "medicines", None),
            "insurance": _insurance(resource, telling),
            "income": _income(resource, guidelines),
            "residency": _residency(resource),
            "treatment": resource.inherited("treatment_note"),
            "eligibility_notes": resource.eligibility_notes,
            "languages_note": resource.who_states("languages", "languages_note").languages_note,
            "award": _award(resource),
            "application": _application(resource),
            "provenance": _provenance(resource, seen),
            "translations": _translations(resource),
        }
    )


def of_organisation(organisation: Organisation, seen: Witnessed) -> Document:
    """What the profile says of an organisation."""
    since, heir = organisation.status_since, organisation.successor
    return without_blanks(
        {
            "profile_version": VERSION,
            "slug": organisation.slug,
            "city": organisation.city,
            "state": organisation.state.code if organisation.state else "",
            "status": organisation.status,
            "status_since": since.isoformat() if since else None,
            "status_note": organisation.status_note,
            "successor": str(heir.public_id) if heir and heir.is_published else None,
            "category": organisation.category,
            "makers": organisation.makers,
            "provenance": _provenance(organisation, seen),
            "translations": _translations(organisation),
        }
    )


def of_phone(phone: Phone) -> Document:
    """What the profile says of a telephone: HSDS has no hours for it, and no numbers as written."""
    return without_blanks(
        {
            "number": phone.number,
            "extension": phone.extension,
            "purpose": phone.purpose,
            "hours": phone.hours,
            "time_zone": phone.time_zone,
            "note": phone.note,
        }
    )


def tombstone(entry: Entry) -> Document:
    """That an entry was taken down. What it said may have been wrong, and is not repeated."""
    heir = entry.merged_into
    return without_blanks(
        {
            "id": str(entry.public_id),
            "entity": "organization" if isinstance(entry, Organisation) else "service",
            "deleted_at": entry.changed_at.isoformat() if entry.changed_at else None,
            "replaced_by": str(heir.public_id) if heir and heir.is_published else None,
        }
    )


def _fund_status(
    resource: Resource, sightings: Sequence[StatusSighting], telling: Telling
) -> Document:
    today = resource.fund_status_on(telling.today)
    history = [
        without_blanks(
            {
                "status": row.status,
                "seen_on": row.seen_on.isoformat(),
                "precision": row.precision,
                "effective_from": row.effective_from.isoformat() if row.effective_from else None,
                "source": row.source,
            }
        )
        for row in sightings
        if row.seen_on <= telling.today
    ]
    return without_blanks(
        {
            "counts_as": today.counts,
            "seen": today.seen,
            "seen_on": today.seen_on.isoformat() if today.seen_on else None,
            "precision": today.precision,
            "counts_for_days": resource.fund_status_days,
            "history": history,
        }
    )


def _noted(resource: Resource, relation: str, partial: str | None) -> Document:
    """A note on what is tagged, and whether the tags are wider than the truth."""
    owner = resource.who_states(relation, f"{relation}_note")
    narrower = bool(partial) and (getattr(owner, str(partial)) or getattr(resource, str(partial)))
    said = {"note": getattr(owner, f"{relation}_note"), "narrower_than_tagged": narrower or None}
    return without_blanks(said)


def _insurance(resource: Resource, telling: Telling) -> Document:
    owner = resource.who_states("insurance_rule")
    accepted = [kind.slug for kind in resource.inherited("insurance")]
    return without_blanks(
        {
            "rule": owner.insurance_rule,
            "accepted": accepted if owner.insurance_rule == "listed" else [],
            "excluded": excluded(owner.insurance_rule, accepted, resource, telling),
            "only_with_insurance": resource.only_with_insurance,
            "stated_only_with_insurance": resource.insurance_required or None,
        }
    )


def excluded(rule: str, accepted: Sequence[str], resource: Resource, telling: Telling) -> list[str]:
    """The kinds of insurance that it is not for: neither they nor what they are kinds of is listed.

    Whoever is insured may still be underinsured; then none but having no insurance is excluded.
    """
    tree, kinds = telling.directory.insurance, telling.directory.terms["insurance"]
    shut: set[str] = set()
    if rule == "listed" and accepted:
        known = {*accepted, *chain.from_iterable(map(tree.above, accepted))}
        known.update(*map(tree.below, accepted))
        shut = set(kinds) - known
        if UNDERINSURED in accepted:
            shut -= {INSURED, *tree.below(INSURED)}
    if resource.only_with_insurance:
        shut.add(UNINSURED)
    return [kind for kind in kinds if kind in shut]


def _income(resource: Resource, guidelines: Guidelines) -> Document:
    owner = resource.who_states("income_rule")
    noted = resource.who_states("income_rule", "income_note")
    return without_blanks(
        {
            "rule": owner.income_rule,
            "percent_of_guideline": owner.income_limit_percent,
            "year_confirmed": owner.income_limit_year,
            "dollars_a_year": _dollars(owner, resource, guidelines),
            "note": noted.income_note,
        }
    )


def _dollars(owner: Resource, resource: Resource, guidelines: Guidelines) -> list[Document]:
    """Tables of dollars by household size; two of one place while last year's may still count."""
    if owner.income_rule == Resource.IncomeRule.DOLLAR_TABLE:
        rows = {str(row.household_size): row.dollars for row in owner.dollar_limits.all()}
        return [without_blanks({"year": owner.income_limit_year, "by_household": rows})]
    if owner.income_rule != Resource.IncomeRule.FPL_PERCENT:
        return []
    percent = owner.income_limit_percent or 0
    return [
        {
            "where": where,
            "guideline_year": guideline.year,
            "by_household": {str(people): guideline.limit(percent, people) for people in PEOPLE},
        }
        for where in _tables(resource)
        for guideline in guidelines.in_force(where, owner.income_limit_year)
    ]


def _tables(resource: Resource) -> list[str]:
    every = [MAIN_TABLE, *ELSEWHERE]
    if resource.area_kind == Resource.AreaKind.NATIONAL:
        return every
    wanted = {state.guideline_table for state in resource.who_states("states").states.all()}
    return [table for table in every if table in wanted]


def _residency(resource: Resource) -> Document:
    return without_blanks(
        {
            "immigration_rule": resource.inherited("immigration_rule"),
            "note": resource.inherited("residency_note"),
            "narrower_than_area": resource.area_partial or None,
        }
    )


def _award(resource: Resource) -> Document:
    owner = resource.who_states("award", "paid_to")
    return without_blanks({"what": owner.award, "paid_to": owner.paid_to})


def _application(resource: Resource) -> Document:
    return without_blanks(
        {
            "ways": resource.inherited("how_to_apply"),
            "who_may_apply": resource.inherited("who_may_apply"),
            "clinic_must_apply": resource.clinic_must_apply,
            "windows": resource.inherited("windows"),
            "renewal": resource.inherited("renewal"),
            "use_by": resource.inherited("use_by"),
        }
    )


def _provenance(entry: Entry, seen: Witnessed) -> Document:
    """Which page says what, what people checked part by part, what is taken from a programme."""
    checked, links = entry.checked_on, entry.links_checked_on
    return without_blanks(
        {
            "checked_by_a_person_on": checked.isoformat() if checked else None,
            "links_checked_by_a_machine_on": links.isoformat() if links else None,
            "newest_year_of_facts": getattr(entry, "year_of_facts", None),
            "sources": [
                without_blanks({"url": row.url, "page_date": row.page_date, "says": row.says})
                for row in entry.sources.all()  # type: ignore[attr-defined]
            ],
            "checks": [
                without_blanks(
                    {"part": row.part, "on": row.on.isoformat(), "how": row.how, "page": row.source}
                )
                for row in seen.checks
            ],
            "taken_from": _taken_from(entry) if isinstance(entry, Resource) else {},
        }
    )


def _translations(entry: Entry) -> list[Document]:
    """Texts in other languages. `of` is the digest of the English that each of them translates."""
    return [
        {
            "field": row.field,
            "language": row.language,
            "text": row.text,
            "of": row.english_digest,
            "confirmed": row.confirmed_at is not None,
        }
        for row in entry.translations.all()  # type: ignore[attr-defined]
    ]


def _taken_from(resource: Resource) -> Mapping[str, Any]:
    """Which facts are a programme's: fact -> the id of the service that states it."""
    owners = {fact: resource.who_states(*fields) for fact, fields in INHERITED.items()}
    return {fact: str(one.public_id) for fact, one in owners.items() if one.pk != resource.pk}
