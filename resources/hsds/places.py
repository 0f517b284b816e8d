"""Where a service is given: by phone and online always, and in a city where it is a local one.

The id of a service at a location is read backwards: it is the service's id with fixed bits turned,
so that one is found by its id without a table of them.
"""

from __future__ import annotations

from uuid import UUID

from resources.hsds.rows import Runner, Service
from resources.hsds.telling import Document, part_id, without_blanks
from resources.models import Resource

VIRTUAL, PHYSICAL = "virtual", "physical"

# Which bits of a service's id are turned: drawn once, for ever. Version and variant are left.
TURNED = {
    VIRTUAL: 0x5D1C_3A90_77E4_02B8_1A6F_93C5_E8D4_7B21,
    PHYSICAL: 0xB26E_91F7_4C08_0D53_2E9A_5B70_16CF_A43D,
}
LEFT = 0x0000_0000_0000_F000_C000_0000_0000_0000


def place_id(service: UUID, where: str) -> UUID:
    """The id of this service at its virtual or physical location."""
    return UUID(int=service.int ^ (TURNED[where] & ~LEFT))


def services_at(place: UUID) -> dict[str, UUID]:
    """Which service it would be at a location of each kind; whether there is one is not known."""
    return {where: place_id(place, where) for where in TURNED}


def is_local(resource: Resource) -> bool:
    """Whether it helps in the state of its organisation, whose city is known, and not everywhere.

    A national fund is run from a city as well, but nobody goes there.
    """
    organisation = resource.organisation
    if resource.area_kind == Resource.AreaKind.NATIONAL or not organisation.city:
        return False
    states = resource.who_states("states").states.all()
    return any(state.pk == organisation.state_id for state in states)


def places_of(resource: Resource) -> list[str]:
    """The kinds of locations that it is given at."""
    return [VIRTUAL, PHYSICAL] if is_local(resource) else [VIRTUAL]


def at_location(resource: Service, where: str) -> Document:
    """This service at one of its locations, without the service itself."""
    location = _virtual(resource) if where == VIRTUAL else city_of(resource.organisation)
    about = {
        VIRTUAL: "By phone, by mail or online.",
        PHYSICAL: "Run from here. No street address is known: call before you go.",
    }
    return {
        "id": str(place_id(resource.public_id, where)),
        "service_id": str(resource.public_id),
        "location_id": location["id"],
        "description": about[where],
        "location": location,
    }


def _virtual(resource: Service) -> Document:
    return without_blanks(
        {
            "id": part_id(resource.public_id, "location"),
            "location_type": "virtual",
            "url": resource.inherited("apply_url") or resource.inherited("url"),
            "organization_id": str(resource.organisation.public_id),
            "name": "By phone, by mail or online",
        }
    )


def city_of(organisation: Runner) -> Document:
    """The city of an organisation, as a location without a street."""
    return {
        "id": part_id(organisation.public_id, "location"),
        "location_type": "physical",
        "organization_id": str(organisation.public_id),
        "name": organisation.place,
        "description": "The city is known, the street address is not.",
    }
