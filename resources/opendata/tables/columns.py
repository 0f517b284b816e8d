"""The tables and their columns, by the names that HSDS gives them, and what stands in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from resources.hsds.telling import Document


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `holds`: text, id, uri, email, number, day, moment or json. `of`: whose id."""

    name: str
    holds: str
    means: str
    is_required: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `entity`: the name of one row in HSDS."""

    name: str
    entity: str
    means: str
    columns: tuple[Column, ...]


def _own() -> Column:
    return Column("id", "id", "Its id. It stays the same from edition to edition.", True)


def _of(table: str, entity: str, *, is_required: bool = False) -> Column:
    return Column(f"{entity}_id", "id", f"The {entity} that it belongs to.", is_required, table)


_PROFILE = Column(
    "support_directory", "json", "What HSDS cannot say, as JSON. The profile describes it."
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "organizations",
            "organization",
            "Who runs the services.",
            (
                _own(),
                Column("name", "text", "What it is called.", True),
                Column("alternate_name", "text", "Other names and short names, with commas."),
                Column("description", "text", "What it does. May be blank."),
                Column("email", "email", "Its address for mail."),
                Column("website", "uri", "Its own site."),
                Column("uri", "uri", "Its page in the directory."),
                _PROFILE,
            ),
        ),
        Table(
            "organization_identifiers",
            "organization_identifier",
            "Former and further names of organizations, and who goes on in their place.",
            (
                _own(),
                _of("organizations", "organization", is_required=True),
                Column("identifier_type", "text", "Which sort of name, or successor.", True),
                Column("identifier", "text", "The name, or the id of the successor.", True),
            ),
        ),
        Table(
            "programs",
            "program",
            "Programs that several funds belong to.",
            (
                _own(),
                _of("organizations", "organization", is_required=True),
                Column("name", "text", "What it is called.", True),
                Column("description", "text", "What it does.", True),
            ),
        ),
        Table(
            "services",
            "service",
            "What organizations offer: funds, free medicine, rides, lodging, helplines.",
            (
                _own(),
                _of("organizations", "organization", is_required=True),
                _of("programs", "program"),
                Column("name", "text", "What it is called.", True),
                Column("description", "text", "What it is, in a sentence or two."),
                Column("url", "uri", "Its page at the organization."),
                Column("status", "text", "active, temporarily closed, inactive or defunct.", True),
                Column("alert", "text", "What stands in the way on the day of the edition."),
                Column("eligibility_description", "text", "Who may get it, line by line."),
                Column("application_process", "text", "How to get it, line by line."),
                Column("fees_description", "text", "What it costs."),
                Column("wait_time", "text", "How long an answer takes."),
                Column("minimum_age", "number", "From this age, in years."),
                Column("maximum_age", "number", "Up to this age, in years."),
                Column("assured_date", "day", "When a person compared all of it with its source."),
                Column("last_modified", "moment", "When what it says changed last."),
                _PROFILE,
            ),
        ),
        Table(
            "service_at_location",
            "service_at_location",
            "Where services are given.",
            (
                _own(),
                _of("services", "service", is_required=True),
                _of("locations", "location", is_required=True),
                Column("description", "text", "In which way."),
            ),
        ),
        Table(
            "locations",
            "location",
            "By phone or online (virtual), or a city (physical). No street addresses are known.",
            (
                _own(),
                Column("location_type", "text", "virtual or physical.", True),
                _of("organizations", "organization"),
                Column("name", "text", "The city and state, or that it is by phone or online."),
                Column("description", "text", "What is known of it."),
                Column("url", "uri", "Where it is found online."),
            ),
        ),
        Table(
            "service_areas",
            "service_area",
            "Where services help: the country, states or counties.",
            (
                _own(),
                _of("services", "service"),
                Column("name", "text", "The name of the area."),
                Column("description", "text", "Where it is narrower than that."),
                Column("extent", "text", "Its code: US, US-OH, or a county after its state."),
                Column("extent_type", "text", "How extent is written."),
            ),
        ),
        Table(
            "phones",
            "phone",
            "Telephones of organizations and services.",
            (
                _own(),
                _of("organizations", "organization"),
                _of("services", "service"),
                Column("number", "text", "In a form that can be dialed: it begins with +.", True),
                Column("extension", "number", "The extension."),
                Column("type", "text", "voice or tty."),
                Column("description", "text", "What for, and when it is answered."),
                _PROFILE,
            ),
        ),
        Table(
            "languages",
            "language",
            "Languages that are spoken, on a telephone or in a service.",
            (
                _own(),
                _of("services", "service"),
                _of("phones", "phone"),
                Column("name", "text", "The language."),
                Column("code", "text", "Its code (ISO 639)."),
                Column("note", "text", "How, or how to ask for it."),
            ),
        ),
        Table(
            "schedules",
            "schedule",
            "When telephones of services are answered, in words.",
            (
                _own(),
                _of("services", "service"),
                Column("description", "text", "The hours."),
                Column("attending_type", "text", "By which way: phone."),
                Column("notes", "text", "Which number."),
            ),
        ),
        Table(
            "cost_options",
            "cost_option",
            "What services cost.",
            (
                _own(),
                _of("services", "service", is_required=True),
                Column("option", "text", "What is paid for."),
                Column("amount_description", "text", "How much, in words."),
            ),
        ),
        Table(
            "required_documents",
            "required_document",
            "Papers to have ready.",
            (
                _own(),
                _of("services", "service"),
                Column("document", "text", "The paper."),
            ),
        ),
        Table(
            "url",
            "url",
            "Further addresses of services.",
            (
                _own(),
                _of("services", "service"),
                Column("label", "text", "What is found there."),
                Column("url", "uri", "The address.", True),
            ),
        ),
        Table(
            "attributes",
            "attribute",
            "Which terms organizations and services carry.",
            (
                _own(),
                Column("link_id", "id", "The organization or service.", True),
                Column("link_entity", "text", "Which of both it is.", True),
                Column("link_type", "text", "The kind of the term, such as need."),
                _of("taxonomy_terms", "taxonomy_term", is_required=True),
                Column("label", "text", "The name of the taxonomy."),
            ),
        ),
        Table(
            "taxonomies",
            "taxonomy",
            "The vocabularies.",
            (
                _own(),
                Column("name", "text", "What it is called.", True),
                Column("description", "text", "What its terms are.", True),
            ),
        ),
        Table(
            "taxonomy_terms",
            "taxonomy_term",
            "The terms of the vocabularies: needs, illnesses, medicines, insurance, kinds.",
            (
                _own(),
                Column("code", "text", "Its short name in addresses."),
                Column("name", "text", "What it is called.", True),
                Column("description", "text", "What it means.", True),
                Column("parent_id", "id", "The term that it stands under.", of="taxonomy_terms"),
                Column("taxonomy", "text", "The name of its taxonomy."),
                _of("taxonomies", "taxonomy"),
                Column("language", "text", "The language of its name."),
                Column("term_uri", "uri", "Its page in the directory."),
                _PROFILE,
            ),
        ),
    )
}

# Where in a document the rows of other tables stand.
PARTS: Mapping[str, str] = {
    "additional_urls": "url",
    "attributes": "attributes",
    "cost_options": "cost_options",
    "languages": "languages",
    "location": "locations",
    "locations": "locations",
    "organization_identifiers": "organization_identifiers",
    "phones": "phones",
    "program": "programs",
    "required_documents": "required_documents",
    "schedules": "schedules",
    "service_areas": "service_areas",
    "service_at_locations": "service_at_location",
}
# What is repeated in a document for whoever reads only that: it has a row of its own.
REPEATED = frozenset({"organization", "taxonomy_term", "taxonomy_detail"})


def parts_of(document: Document) -> list[tuple[str, Document]]:
    """What of a document stands in other tables, with the names of these."""
    found: list[tuple[str, Document]] = []
    for name, value in document.items():
        if name in PARTS:
            parts = value if isinstance(value, list) else [value]
            found += [(PARTS[name], part) for part in parts]
    return found
