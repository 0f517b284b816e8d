"""An HSDS organization as a document of ours."""

from __future__ import annotations

from collections.abc import Iterator

from resources.documents import Document
from resources.interchange.intake.hsds.areas import Places
from resources.interchange.intake.hsds.fields import Fields
from resources.interchange.intake.hsds.phones import phones_of
from resources.interchange.intake.hsds.shared import (
    chosen,
    cut_name,
    own_of,
    sources_of,
    tags_of,
    translations_of,
)
from resources.interchange.intake.terms import CATEGORY, Terms
from resources.interchange.intake.texts import fitting, room_in
from resources.models import Organisation, OrganisationName

NAME, NOTE, CITY = (room_in(Organisation, name) for name in ("name", "status_note", "city"))
Sort = OrganisationName.Sort
SORTS = {"former name": Sort.FORMER, "abbreviation": Sort.ABBREVIATION, "also known as": Sort.ALSO}


def document_of(record: Fields, terms: Terms, places: Places, source: str) -> Document:
    """What we would say of it; `successor` holds its id there."""
    own, tags = own_of(record), tags_of(record, terms)
    website = record.address("website") or _first_page(record)
    category = chosen(own.text("category"), Organisation.Category)
    if not category and not tags.get(CATEGORY):
        record.notes.guessed.append("the category, as other")
    city, state = _place(record, own, places)
    since = own.day("status_since")
    record.pass_over("services", "programs", "uri", "last_modified")
    document: Document = {
        "slug": own.text("slug"),
        "name": cut_name(record.text("name"), NAME, record),
        "category": category
        or next(iter(tags.get(CATEGORY, [])), Organisation.Category.OTHER.value),
        "status": chosen(own.text("status"), Organisation.Status, Organisation.Status.ACTIVE.value),
        "status_since": since.isoformat() if since else None,
        "successor": own.text("successor") or None,
        "status_note": fitting(own.text("status_note"), NOTE),
        "summary": record.text("description"),
        "website": website,
        "email": record.text("email"),
        "city": fitting(city, CITY),
        "state": state or None,
        "makers": own.texts("makers"),
        "names": list(_names(record)),
        "phones": phones_of(record.rows("phones")),
        "sources": sources_of(record, own, [website], source),
        "translations": translations_of(own),
    }
    record.leave_the_rest()
    return document


def _first_page(record: Fields) -> str:
    pages = [row.address("url") for row in record.rows("additional_websites")]
    return next(filter(None, pages), "")


def _place(record: Fields, own: Fields, places: Places) -> tuple[str, str]:
    """City and state: ours, else of its first location with an address."""
    found = own.text("city"), places.state(own.text("state"))
    for location in record.rows("locations"):
        location.pass_over("name", "description", "location_type")
        for address in location.rows("addresses"):
            state = places.state(address.text("state_province"))
            if not any(found) and state:
                found = address.text("city"), state
            elif not any(found):
                record.notes.left.append("a city in no state of ours")
    return found


def _names(record: Fields) -> Iterator[Document]:
    """Its other names, each once: those of our own documents with their kinds."""
    known = {row.text("identifier"): row for row in record.rows("organization_identifiers")}
    sorts = {name: SORTS.get(row.text("identifier_type")) for name, row in known.items()}
    found = {name: sort for name, sort in sorts.items() if sort}
    for name, row in known.items():
        if not sorts[name] and row.text("identifier_type") != "successor":
            record.notes.left.append(f"an identifier of the kind “{row.text('identifier_type')}”")
    alternate = record.text("alternate_name")
    if not found and alternate:
        found = {alternate: Sort.ALSO}
    for place, (name, sort) in enumerate(found.items()):
        yield {"position": place, "name": cut_name(name, NAME, record), "sort": sort.value}
