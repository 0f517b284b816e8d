"""The documents of HSDS as the description of the API has them: enough to read one, and where the
schema of the standard is, which says all. It is not repeated here, and nobody has to fetch it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from resources.hsds.profile_schemas import SCHEMAS, TOMBSTONE

Schema = dict[str, Any]

STANDARD = "https://raw.githubusercontent.com/openreferral/specification/3.2/schema"

TEXT: Schema = {"type": "string"}
AN_ID: Schema = {"type": "string", "format": "uuid"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
AGE: Schema = {"type": "integer", "minimum": 0}
PARTS: Schema = {"type": "array", "items": {"type": "object"}}


def _document(kind: str, required: tuple[str, ...], **properties: Schema) -> Schema:
    own = SCHEMAS.get(kind, {}).get("properties", {})
    return {
        "type": "object",
        "required": ["id", *required],
        "properties": {"id": AN_ID, **properties, **own},
        "externalDocs": {"description": "Its schema in HSDS", "url": f"{STANDARD}/{kind}.json"},
    }


ORGANIZATION = _document(
    "organization",
    ("name", "description"),
    name=TEXT,
    description=TEXT,
    alternate_name=TEXT,
    email=TEXT,
    website=ADDRESS,
    uri=ADDRESS,
    phones=PARTS,
    locations=PARTS,
    organization_identifiers=PARTS,
    attributes=PARTS,
    services=PARTS,
)
SERVICE = _document(
    "service",
    ("name", "status", "last_modified"),
    name=TEXT,
    description=TEXT,
    status={"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]},
    alert=TEXT,
    last_modified=MOMENT,
    modified_date=MOMENT,
    assured_date=DAY,
    organization_id=AN_ID,
    organization=ORGANIZATION,
    program_id=AN_ID,
    program={"type": "object"},
    url=ADDRESS,
    fees_description=TEXT,
    wait_time=TEXT,
    minimum_age=AGE,
    maximum_age=AGE,
    eligibility_description=TEXT,
    application_process=TEXT,
    additional_urls=PARTS,
    phones=PARTS,
    schedules=PARTS,
    service_areas=PARTS,
    service_at_locations=PARTS,
    languages=PARTS,
    cost_options=PARTS,
    required_documents=PARTS,
    attributes=PARTS,
)
PLACE = _document(
    "service_at_location",
    ("service_id", "location"),
    service_id=AN_ID,
    location_id=AN_ID,
    description=TEXT,
    location={"type": "object"},
    service=SERVICE,
    service_areas=PARTS,
    phones=PARTS,
    schedules=PARTS,
)
TAXONOMY = _document("taxonomy", ("name", "description"), name=TEXT, description=TEXT)
TERM = _document(
    "taxonomy_term",
    ("name", "description", "taxonomy_id"),
    code=TEXT,
    name=TEXT,
    description=TEXT,
    parent_id=AN_ID,
    taxonomy=TEXT,
    taxonomy_id=AN_ID,
    taxonomy_detail=TAXONOMY,
    language=TEXT,
    term_uri=ADDRESS,
)

PAGE: Schema = {
    "type": "object",
    "required": ["empty", "contents"],
    "properties": {
        "total_items": {"type": "integer"},
        "total_pages": {"type": "integer"},
        "page_number": {"type": "integer"},
        "size": {"type": "integer", "description": "How many are in contents."},
        "first_page": {"type": "boolean"},
        "last_page": {"type": "boolean"},
        "empty": {"type": "boolean"},
    },
}
ROOT: Schema = {
    "type": "object",
    "required": ["version", "profile", "openapi_url"],
    "properties": {
        "version": TEXT,
        "profile": ADDRESS,
        "openapi_url": ADDRESS,
        "description": TEXT,
        "data_guide": ADDRESS,
        "license": ADDRESS,
        "publisher": {"type": "object"},
    },
}
REFUSED: Schema = {
    "type": "object",
    "required": ["detail"],
    "properties": {
        "detail": {"type": "string", "description": "What is wrong, and what to do."},
        "parameter": TEXT,
    },
}
GONE: Schema = {
    "type": "object",
    "required": ["detail", *TOMBSTONE["required"]],
    "properties": {**REFUSED["properties"], **TOMBSTONE["properties"]},
}

# By name, as the description has them.
COMPONENTS: Mapping[str, Schema] = {
    "organization": ORGANIZATION,
    "service": SERVICE,
    "service_at_location": PLACE,
    "taxonomy": TAXONOMY,
    "taxonomy_term": TERM,
    "tombstone": TOMBSTONE,
    "page": PAGE,
    "root": ROOT,
    "refused": REFUSED,
    "gone": GONE,
}
