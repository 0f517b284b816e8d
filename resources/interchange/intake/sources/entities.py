"""What HSDS 3.x calls its records, and how they belong to each other.

From the entity schemas of the Human Services Data Specification 3.2, https://docs.openreferral.org.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What is put into the stage, in the order in which one names the other.
WHOLE = ("taxonomy", "taxonomy_term", "organization", "service")

# A part by its name: where it stands in what it is of.
FIELDS = {
    "accessibility": "accessibility",
    "address": "addresses",
    "attribute": "attributes",
    "contact": "contacts",
    "cost_option": "cost_options",
    "funding": "funding",
    "language": "languages",
    "location": "locations",
    "organization_identifier": "organization_identifiers",
    "phone": "phones",
    "program": "programs",
    "required_document": "required_documents",
    "schedule": "schedules",
    "service_area": "service_areas",
    "service_at_location": "service_at_locations",
    "service_capacity": "capacities",
    "url": "additional_urls",
}
WEBSITES = "additional_websites"  # what an organization calls its urls

# Which columns of a part say whose it is.
OWNERS: Mapping[str, tuple[str, ...]] = {
    "accessibility": ("location",),
    "address": ("location",),
    "contact": ("organization", "service", "service_at_location", "location"),
    "cost_option": ("service",),
    "funding": ("organization", "service"),
    "language": ("service", "location", "phone"),
    "location": ("organization",),
    "organization_identifier": ("organization",),
    "phone": ("location", "service", "organization", "contact", "service_at_location"),
    "program": ("organization",),
    "required_document": ("service",),
    "schedule": ("service", "location", "service_at_location"),
    "service_area": ("service", "service_at_location"),
    "service_at_location": ("service",),
    "service_capacity": ("service",),
    "url": ("organization", "service"),
}

# Which columns name one other record that is told inside: its entity, and under which name.
ONES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "attribute": {"taxonomy_term_id": ("taxonomy_term", "taxonomy_term")},
    "service": {"program_id": ("program", "program")},
    "service_at_location": {"location_id": ("location", "location")},
    "service_capacity": {"unit_id": ("unit", "unit")},
    "taxonomy_term": {"taxonomy_id": ("taxonomy", "taxonomy_detail")},
}

# What names one above it of the same kind, and by which column.
PARENTS = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}

# What nobody needs who shows help: what changed when, and what columns mean.
PASSED_OVER = ("metadata", "meta_table_description", "tombstone")

# What our own documents say besides (`resources/hsds/profile.py`); in a table JSON in a cell.
OF_OURS = "support_directory"

# Columns that JSON has as numbers.
NUMBERS = frozenset(
    {
        "minimum_age", "maximum_age", "year_incorporated", "count", "interval", "timezone",
        "latitude", "longitude", "amount", "available", "maximum",
    }
)  # fmt: skip

# Fields by which a record without a name for its kind is known, looked at in this order.
MARKS: tuple[tuple[str, frozenset[str]], ...] = (
    ("service_at_location", frozenset({"service", "location_id", "location"})),
    ("location", frozenset({"location_type", "addresses", "latitude"})),
    (
        "service",
        frozenset(
            {
                "organization_id", "organization", "status", "service_at_locations", "program_id",
                "service_areas", "eligibility_description", "application_process", "program",
                "cost_options", "required_documents", "schedules", "assured_date", "capacities",
            }
        ),
    ),
    (
        "taxonomy_term",
        frozenset({"taxonomy_id", "taxonomy", "taxonomy_detail", "parent_id", "code"}),
    ),
    ("taxonomy", frozenset({"version"})),
    (
        "organization",
        frozenset(
            {
                "services", "website", "organization_identifiers", "locations", "programs",
                "additional_websites", "legal_status", "tax_id", "tax_status", "phones", "email",
                "year_incorporated", "parent_organization_id", "description",
            }
        ),
    ),
)  # fmt: skip

PLURALS = {
    "accessibility": "accessibilities",
    "address": "addresses",
    "metadata": "metadata",
    "service_at_location": "service_at_locations",
    "service_capacity": "service_capacities",
    "taxonomy": "taxonomies",
}
# As files of others call them: singular, plural, and as they stand in records.
NAMES: dict[str, str] = {
    spelling: entity
    for entity in (*WHOLE, *FIELDS, "unit", *PASSED_OVER)
    for spelling in (entity, PLURALS.get(entity, f"{entity}s"), FIELDS.get(entity, entity))
} | {"services_at_location": "service_at_location", WEBSITES: "url"}
ENDINGS = (".csv", ".json", "_list", "_full")


def entity_called(name: str) -> str | None:
    """The entity that a table, list or file of this name holds; None for what is not of HSDS."""
    found = name.strip().lower().replace("-", "_").replace(" ", "_")
    for ending in ENDINGS:
        found = found.removesuffix(ending)
    return NAMES.get(found)


def entity_of(record: Any) -> str | None:
    """What a record is, told by its fields; None where they do not tell."""
    if not isinstance(record, dict):
        return None
    return next((entity for entity, marks in MARKS if not marks.isdisjoint(record)), None)


def field_of(part: str, owner: str) -> str:
    """Under which name a part stands in its owner."""
    return WEBSITES if (part, owner) == ("url", "organization") else FIELDS[part]


def _inside() -> dict[str, dict[str, tuple[str, bool]]]:
    """By entity: field -> what stands there, and whether it is a list."""
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    for part, owners in OWNERS.items():
        for owner in owners:
            found.setdefault(owner, {})[field_of(part, owner)] = (part, True)
    for entity, columns in ONES.items():
        for other, field in columns.values():
            found.setdefault(entity, {})[field] = (other, False)
    for entity in (*FIELDS, *WHOLE[2:]):
        if entity != "attribute":
            found.setdefault(entity, {})["attributes"] = ("attribute", True)
    return found


INSIDE = _inside()
