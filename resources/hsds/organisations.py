"""An organisation as an HSDS organization, with the names it had and who went on in its place."""

from __future__ import annotations

from collections.abc import Sequence

from resources.hsds import parts, places, profile, terms
from resources.hsds.loading import Witnessed
from resources.hsds.rows import Runner
from resources.hsds.telling import Document, Telling, part_id, without_blanks
from resources.hsds.vocabulary import CATEGORY
from resources.models import Organisation, OrganisationName

FORMER = OrganisationName.Sort.FORMER


def organisation_in_brief(organisation: Runner, telling: Telling) -> Document:
    """A line of a list: what it says in single fields."""
    return without_blanks(
        {
            "id": str(organisation.public_id),
            "name": organisation.name,
            "email": organisation.email,
            "website": organisation.website,
            "uri": telling.page_of("organisation", organisation.slug),
        }
    ) | {"description": organisation.summary}  # which HSDS asks for, blank where not stated


def organisation_document(
    organisation: Organisation, seen: Witnessed, services: Sequence[Document], telling: Telling
) -> Document:
    """All of it. The organisation is one of `loading.organisations`."""
    own = organisation.public_id
    named = [row.name for row in organisation.names.all() if row.sort != FORMER]
    return organisation_in_brief(organisation, telling) | without_blanks(
        {
            "alternate_name": ", ".join(named),
            "phones": parts.phones(own, "organization", organisation.phones.all()),
            "locations": [places.city_of(organisation)] if organisation.city else [],
            "organization_identifiers": _identifiers(organisation),
            "attributes": terms.attributes(
                own, "organization", CATEGORY, [organisation.category], telling
            ),
            "services": list(services),
            "support_directory": profile.of_organisation(organisation, seen),
        }
    )


def _identifiers(organisation: Organisation) -> list[Document]:
    """By what else it is known: the names it had, short names, and who goes on in its place."""
    known = [(f"{row.get_sort_display()}", row.name) for row in organisation.names.all()]
    if organisation.successor is not None and organisation.successor.is_published:
        known.append(("successor", str(organisation.successor.public_id)))
    return [
        {
            "id": part_id(organisation.public_id, f"identifier {sort} {value}"),
            "organization_id": str(organisation.public_id),
            "identifier_type": sort,
            "identifier": value,
        }
        for sort, value in known
    ]
