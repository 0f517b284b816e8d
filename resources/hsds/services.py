"""A resource as an HSDS service: a line of a list, the whole, or no more than that it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from resources.eligibility.reading import guidelines_of
from resources.hsds import parts, places, profile, terms, words
from resources.hsds.loading import Witnessed
from resources.hsds.organisations import organisation_in_brief
from resources.hsds.rows import Service
from resources.hsds.telling import Document, Telling, part_id, without_blanks
from resources.models import FundStatusToday, Organisation, Resource, StatusSighting
from resources.pages.sheet import sheet_of

# What a service is tagged with: the kind of its terms, and the relation that holds them.
TAGS = {
    "need": "needs",
    "condition": "conditions",
    "medicine": "medicines",
    "insurance": "insurance",
}


# What somebody can have seen of a fund, and what then grows old.
SEEN = frozenset(StatusSighting.Status.values)


def status_of(resource: Service, fund: FundStatusToday) -> str:
    """The one of the four statuses of HSDS that says most.

    A fund seen closed lately is "temporarily closed", one whose sighting grew old is not: then
    nobody knows, and `alert` says so. One that may no longer exist is "inactive".
    """
    if any(one.is_ended for one in resource.along_programmes()):
        return "defunct"
    if fund.counts == Resource.FundStatus.CLOSED:
        return "temporarily closed"
    is_unsure = resource.lifecycle == Resource.Lifecycle.UNCONFIRMED
    has_closed = resource.organisation.status == Organisation.Status.CLOSED
    return "inactive" if is_unsure or has_closed else "active"


def last_modified(resource: Service, today: dt.date) -> str:
    """When what it says changed last: itself, a programme it inherits from, or by growing old.

    A sighting that stops counting changes the status at midnight, and nobody saves anything.
    """
    moments = [one.changed_at for one in resource.along_programmes() if one.changed_at]
    seen_on, days = resource.fund_status_seen_on, resource.fund_status_days
    if seen_on is not None and resource.fund_status in SEEN:
        old_on = seen_on + dt.timedelta(days=days)
        if old_on <= today:
            moments.append(timezone.make_aware(dt.datetime.combine(old_on, dt.time())))
    return max(moments).isoformat() if moments else ""


def service_minimal(resource: Service, telling: Telling) -> Document:
    """That it is there, and when it changed; what the schema asks for besides.

    The standard calls the day `modified_date` here and `last_modified` in its schema.
    """
    changed = last_modified(resource, telling.today)
    return without_blanks(
        {
            "id": str(resource.public_id),
            "name": resource.name,
            "status": status_of(resource, resource.fund_status_on(telling.today)),
            "last_modified": changed,
            "modified_date": changed,
        }
    )


def service_in_brief(resource: Service, telling: Telling) -> Document:
    """A line of a list: what it says in single fields, and who runs it."""
    youngest = resource.who_states("age_min", "age_max")
    checked = resource.checked_on
    fund = resource.fund_status_on(telling.today)
    organization = organisation_in_brief(resource.organisation, telling)
    return without_blanks(
        {
            "id": str(resource.public_id),
            "organization_id": organization["id"],
            "name": resource.name,
            "description": resource.summary,
            "url": resource.inherited("url"),
            "status": status_of(resource, fund),
            "fees_description": resource.inherited("costs"),
            "wait_time": resource.inherited("decision_time"),
            "minimum_age": youngest.age_min,
            "maximum_age": youngest.age_max,
            "assured_date": checked.isoformat() if checked else None,
            "alert": words.alert(resource, fund),
            "last_modified": last_modified(resource, telling.today),
            "organization": organization,
            **_program(resource),
        }
    )


def service_document(resource: Resource, seen: Witnessed, telling: Telling) -> Document:
    """All of it. The resource is one of `loading.services`."""
    own = resource.public_id
    guidelines = guidelines_of(telling.directory)
    sheet = sheet_of(resource, guidelines=guidelines, today=telling.today, language="en")
    answered = resource.who_states("phones").phones.all()
    spoken = resource.who_states("languages", "languages_note")
    return without_blanks(
        {
            **service_in_brief(resource, telling),
            "additional_urls": _addresses(resource, telling),
            "eligibility_description": words.eligibility(sheet),
            "application_process": words.application(sheet),
            "phones": parts.phones(own, "service", answered),
            "schedules": parts.schedules(own, answered),
            "service_areas": parts.service_areas(resource),
            "service_at_locations": [
                places.at_location(resource, where) for where in places.places_of(resource)
            ],
            "languages": parts.languages(own, "service", spoken.languages, spoken.languages_note),
            "cost_options": parts.cost_options(resource),
            "required_documents": parts.required_documents(resource),
            "attributes": _attributes(resource, telling),
            "support_directory": profile.of_service(resource, seen, guidelines, telling),
        }
    )


def _program(resource: Service) -> Document:
    """The programme that a fund belongs to, which is a service of its own as well."""
    programme = resource.part_of
    if programme is None:
        return {}
    own = part_id(programme.public_id, "program")
    program = {
        "id": own,
        "organization_id": str(resource.organisation.public_id),
        "name": programme.name,
        "description": programme.summary,
    }
    return {"program_id": own, "program": program}


def _addresses(resource: Resource, telling: Telling) -> list[Document]:
    page = telling.page_of("resource", resource.slug)
    found = {
        "Where to apply": resource.inherited("apply_url"),
        "Its own page about open and closed funds": resource.inherited("status_page_url"),
        "This entry in the directory": page,
    }
    return [
        {
            "id": part_id(resource.public_id, f"address {label}"),
            "service_id": str(resource.public_id),
            "label": label,
            "url": url,
        }
        for label, url in found.items()
        if url
    ]


def _attributes(resource: Resource, telling: Telling) -> list[Document]:
    found: list[Document] = []
    for kind, relation in TAGS.items():
        # With a rule of its own, a fund does not take the kinds that belong to another rule.
        owner = resource.who_states(*profile.INHERITED[relation])
        values = _values(getattr(owner, relation).all())
        found += terms.attributes(resource.public_id, "service", kind, values, telling)
    return found


def _values(rows: Iterable[object]) -> list[str]:
    return [row.slug for row in rows]  # type: ignore[attr-defined]
